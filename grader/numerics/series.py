"""Numbers of a picture: plain lines of floats, as precise as an eye needs them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_VISIBLE = 1e-3
"""Least distance of two curves, relative to their range, that an eye can see."""
NOTHING = 1e-17
"""What an error of exactly 0 is drawn as: a logarithm needs more."""


def line(value: object) -> Array | None:
    """Return a vector of real numbers as floats, None for anything else."""
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype.kind not in "biuf":
        return None
    with np.errstate(over="ignore"):  # a long double may be too large
        return value.astype(float)


def series(values: Array) -> list[float | None]:
    """Return numbers as precise as a picture needs them, None where they are not finite."""
    return [float(f"{v:.6g}") if math.isfinite(v) else None for v in values]


def finite(values: Iterable[float | None]) -> list[float]:
    """Return the numbers of a line without its breaks."""
    return [v for v in values if v is not None]


def look_alike(got: Array, expected: Array) -> bool:
    """Return whether an eye would see no difference."""
    with np.errstate(invalid="ignore"):
        return bool((np.abs(got - expected) <= _VISIBLE * _span(expected)).all())


def _span(values: Array) -> float:
    finite = values[np.isfinite(values)]
    return float(np.ptp(finite)) or 1.0 if finite.size else 1.0
