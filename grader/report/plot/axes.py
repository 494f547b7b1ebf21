"""Axes and paths of a plot: scale numbers to the plot's units, choose round ticks, write SVG path data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_CLOSE: Final = 0.15
"""Invisible distance in the plot's units: a fifth of a pixel."""
_SHORTEST: Final = 1e-300
"""Shortest range with ticks; a range that is no longer is drawn as one number."""
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Scale:
    """A linear scale from numbers to the plot's units."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def widened(low: float, high: float) -> tuple[float, float]:
    """Return the range, or a wider one if it is too short for ticks, such as from 0 to 5e-324."""
    if high - low > _SHORTEST:
        return low, high
    pad = max(abs(low), abs(high)) / 2
    pad = pad if pad > _SHORTEST else 1.0
    return low - pad, high + pad


def round_numbers(low: float, high: float, *, outward: bool = False) -> list[float]:
    """Return 3 to 7 round numbers in [low, high]; `outward` adds the next round numbers outside of it."""
    raw = (high - low) / (5 if outward else 6)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(m * size for m in (1, 2, 2.5, 5, 10, 20) if m * size >= raw * (1 - 1e-9))
    first, last = low / step, high / step
    edges = (
        (math.floor(first + 1e-9), math.ceil(last - 1e-9))
        if outward
        else (
            math.ceil(first - 1e-9),
            math.floor(last + 1e-9),
        )
    )
    return [i * step for i in range(edges[0], edges[1] + 1)]


def powers(low: float, high: float, scale: Scale) -> list[Tick]:
    """Return ticks for the powers of ten between two exponents, at most about seven."""
    first, last = math.floor(low), math.ceil(high)
    apart = math.ceil((last - first) / 6)
    shown = [n for n in range(first, last + 1) if n % apart == 0 and low - 1e-9 <= n]
    return [Tick(unit(scale(n)), f"10{str(n).translate(_RAISED)}") for n in shown]


def corners(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points at which a line from left to right visibly turns.

    The line through these points is invisibly close to all others.
    """
    kept = points[:1]
    low, high = -math.inf, math.inf  # slopes from the last corner that pass close to all points since
    for before, (x, y) in pairwise(points):
        run = x - kept[-1][0] or _CLOSE
        if not low <= (y - kept[-1][1]) / run <= high:
            kept.append(before)
            low, high = -math.inf, math.inf
            run = x - before[0] or _CLOSE
        rise = y - kept[-1][1]
        low, high = max(low, (rise - _CLOSE) / run), min(high, (rise + _CLOSE) / run)
    return kept + points[-1:]


def path(points: list[tuple[float, float]]) -> str:
    """Return relative SVG path data in tenths of a unit, a third of the size of absolute data."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    steps = [f"{_tenth(c - a)}{_joined(d - b)}" for (a, b), (c, d) in pairwise(tenths)]
    start = f"M{_tenth(tenths[0][0])}{_joined(tenths[0][1])}"
    return f"{start}l{' '.join(steps) or '0 0'}".replace(" -", "-")


def _tenth(value: int) -> str:
    return f"{value / 10:g}".replace("0.", ".") if abs(value) < 10 else f"{value / 10:g}"


def _joined(value: int) -> str:
    return _tenth(value) if value < 0 else f" {_tenth(value)}"


def unit(value: float) -> float:
    return round(value, 1)
