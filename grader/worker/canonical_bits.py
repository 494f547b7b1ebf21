"""Replace unusual bit patterns of numbers by those that arithmetic produces."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def usual(values: Any) -> Any:
    """Return values with the bit patterns that arithmetic produces.

    A submission controls the bytes of its answers. A boolean's byte other than 0 and 1 becomes `True`. A
    signalling nan, and an 80-bit pattern that is not a valid long double, become the quiet nan: NumPy would
    warn at every use of them.
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
    """Return a number, and the quiet nan for any nan."""
    return math.nan if math.isnan(value) else value
