"""Numbers of a plot: lists of floats with the precision that an eye can see."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_VISIBLE = 1e-3
"""Least visible distance of two curves, relative to their range."""
NOTHING = 1e-17
"""Value drawn for an error of exactly 0, which has no logarithm."""


def line(value: object) -> Array | None:
    """Return a vector of real numbers as floats, or None for any other value."""
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype.kind not in "biuf":
        return None
    with np.errstate(over="ignore"):  # a long double such as 1e4000 becomes inf
        return value.astype(float)


def series(values: Array) -> list[float | None]:
    """Return the numbers with six significant digits, and None where they are not finite."""
    return [float(f"{v:.6g}") if math.isfinite(v) else None for v in values]


def finite(values: Iterable[float | None]) -> list[float]:
    """Return the numbers of a line without its gaps."""
    return [v for v in values if v is not None]


def look_alike(got: Array, expected: Array) -> bool:
    """Return whether two curves would look the same in a plot."""
    with np.errstate(invalid="ignore"):
        return bool((np.abs(got - expected) <= _VISIBLE * _span(expected)).all())


def _span(values: Array) -> float:
    finite = values[np.isfinite(values)]
    return float(np.ptp(finite)) or 1.0 if finite.size else 1.0
