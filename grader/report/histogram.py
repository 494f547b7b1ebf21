"""Statistics of a class: medians, quartiles, and the bars of a histogram that `tallies.html.j2` draws."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping
from typing import Final

import msgspec

from grader.text.numbers import points_text

_ONE_EACH: Final = 20
"""Largest maximum at which every whole number of points has its own bar."""
_BARS: Final = 10


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar of the histogram: scores from `low` (included) to `high` (excluded, except in the last bar)."""

    label: str
    low: float
    high: float
    count: int


def quartiles(points: list[float]) -> tuple[float, float]:
    """Return the lower and the upper quartile of the scores."""
    if len(points) < 2:
        return points[0], points[0]
    low, _, high = statistics.quantiles(points, n=4, method="inclusive")
    return low, high


def middle(counted: Mapping[float, int]) -> float:
    """Return the median of counted numbers, the lower of two middle ones; 0 if there are none."""
    reached, half = 0, sum(counted.values()) / 2
    for value, count in sorted(counted.items()):
        reached += count
        if reached >= half:
            return value
    return 0.0


def bars(points: list[float], most: float) -> list[Bar]:
    """Return the bars of the histogram of scores out of `most`."""
    single = 0 < most <= _ONE_EACH and all(float(p).is_integer() for p in (*points, most))
    width = 1.0 if single else _width(most if most > 1e-6 else 1)
    count = int(most) + 1 if single else max(1, math.ceil(most / width - 1e-9))
    places = Counter(max(0, min(count - 1, int(p / width + 1e-9))) for p in points)
    return [_bar(i, width, most, places[i], single=single) for i in range(count)]


def _width(most: float) -> float:
    """Return the least width of two digits with which ten bars reach `most`, so that bounds are short."""
    exact = most / _BARS
    unit = 10.0 ** (math.floor(math.log10(exact)) - 1)
    return math.ceil(exact / unit - 1e-9) * unit


def _bar(place: int, width: float, most: float, count: int, *, single: bool) -> Bar:
    low, high = place * width, (place + 1) * width
    high = high if single else min(high, most)
    label = points_text(low) if single else f"{points_text(low)} to {points_text(high)}"
    return Bar(label=label, low=low, high=high, count=count)
