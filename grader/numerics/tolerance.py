"""The error allowed in a right answer: u·(16·max(|f|, s) + 4·C) + slack."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def unit_roundoff(*values: object) -> float:
    """Return the unit roundoff of the least precise floating dtype among `values`, at least float64's.

    Integers, booleans and Python scalars count as float64, and so does a long double.
    """
    roundoffs = [2.0**-53]
    for value in values:
        if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "fc":
            roundoffs.append(float(np.finfo(value.dtype).eps) / 2)
    return max(roundoffs)


def tolerance(
    exact: Array,
    *,
    roundoff: float,
    scale: Array | float = 1.0,
    condition: Array | float = 0.0,
    slack: Array | float = 0.0,
) -> Array:
    """Return the absolute error allowed for each element of `exact`, in its shape.

    Args:
        exact: the expected values; the tolerance of one that is not finite is 0.
        roundoff: unit roundoff of the inputs' dtype.
        scale: natural scale of the output, such as 1 for probabilities.
        condition: change of each element per relative error of the inputs, so that a relative error of
            `roundoff` moves an element by `roundoff` · `condition`.
        slack: further absolute error that the exercise's text allows.
    """
    size = np.abs(np.asarray(exact, dtype=complex if np.iscomplexobj(exact) else float))
    # The roundoff comes first: 16 * 1e308 would overflow.
    allowed = 16 * roundoff * np.maximum(size, scale) + 4 * roundoff * np.abs(condition) + slack
    return np.where(np.isfinite(size) & np.isfinite(allowed), allowed, 0.0)


def signed(values: Array) -> Array:
    """Return booleans and integers as floats.

    NumPy refuses to subtract booleans, and unsigned integers wrap around: np.uint8(0) - np.uint8(1) is 255.
    """
    return values.astype(float) if values.dtype.kind in "biu" else values


def wrong(got: Array, exact: Array, allowed: Array) -> NDArray[np.bool_]:
    """Return where `got` is further than `allowed` from `exact`.

    nan equals nan, and an infinity equals the infinity of the same sign.
    """
    same = np.asarray(got == exact)
    if same.all():  # most answers are right to the last bit
        return ~same
    with np.errstate(all="ignore"):
        # As floats, 2**53 and 2**53 + 1 are equal: with an allowance of 0 only `==` counts.
        near = (np.abs(signed(got) - signed(exact)) <= allowed) & (np.asarray(allowed) > 0)
    return np.asarray(~(near | same | ((got != got) & (exact != exact))))
