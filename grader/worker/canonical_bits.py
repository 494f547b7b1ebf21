"""Numbers in the bits that arithmetic makes of them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def usual(values: Any) -> Any:
    """Return values in the bits that arithmetic makes of them.

    Any other byte of a boolean counts as `True`. A signalling nan and a long double that is no number become
    the usual nan: NumPy warns at every use of them.
    """
    if values.dtype.kind == "b":
        return values.view(np.uint8) != 0
    if values.dtype.kind not in "fc":
        return values
    parts = values.view(values.real.dtype)
    with np.errstate(invalid="ignore"):
        is_lost = np.isnan(parts)
    if not is_lost.any():
        return values
    parts = parts.copy()
    parts[is_lost] = np.nan
    return parts.view(values.dtype)


def usual_float(value: float) -> float:
    """Return a number, and the usual nan for any."""
    return math.nan if math.isnan(value) else value
