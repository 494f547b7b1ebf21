"""Points at which to measure a slope: on every branch of a function and away from its kinks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.numerics.differences import Slope

Array = NDArray[Any]
RETRIES = 4
_SEED = 4_2011
_TINY = 5e-324


def branches(kinks: Sequence[float]) -> Array:
    """Return each kink itself and points on both sides of it, at distances of 1e-8 and 1.

    A kink at 0 adds -0.0 and the two smallest subnormal numbers, 5e-324 and -5e-324.
    """
    points: list[float] = []
    for kink in kinks:
        closest = (-0.0, _TINY, -_TINY) if kink == 0 else ()
        points += [kink, *closest, kink - 1e-8, kink + 1e-8, kink - 1.0, kink + 1.0]
    return np.array(points)


def moved(measure: Callable[[Array], Slope], x: Array) -> Array | None:
    """Return `x` with its uncertain coordinates moved, in at most four attempts.

    A coordinate is uncertain if its slope is not trusted or lies on a kink. Return None if no coordinate is
    uncertain, or if some still are after the last attempt.
    """
    point = np.array(x, dtype=float)
    rng = np.random.default_rng(_SEED)
    for attempt in range(RETRIES + 1):
        unsure = _unsure(measure(point), point.shape)
        if not unsure.any():
            return point if attempt else None
        step = rng.uniform(0.1, 0.5, size=point.shape) * np.maximum(1.0, np.abs(point))
        point = np.round(np.where(unsure, point + step * rng.choice([-1, 1], size=point.shape), point), 3)
    return None


def _unsure(slope: Slope, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return which coordinates have an entry that is not trusted or lies on a kink."""
    open_ = ~slope.trusted | (np.broadcast_to(slope.spread, slope.trusted.shape) > 0)
    outputs = tuple(range(open_.ndim - len(shape)))
    return np.asarray(open_.any(axis=outputs))
