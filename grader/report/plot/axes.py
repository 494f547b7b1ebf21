"""Axes and paths: numbers to units of a picture, round numbers for ticks, SVG path data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_CLOSE: Final = 0.15
"""Units of a picture that nobody sees: a fifth of a pixel."""
_SHORTEST: Final = 1e-300
"""A range that is no longer is drawn as one number."""
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Scale:
    """Numbers to units, linear."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def widened(low: float, high: float) -> tuple[float, float]:
    """Return the range, or a wider one where it is too short to be divided by ticks, as from 0 to 5e-324."""
    if high - low > _SHORTEST:
        return low, high
    pad = max(abs(low), abs(high)) / 2
    pad = pad if pad > _SHORTEST else 1.0
    return low - pad, high + pad


def round_numbers(low: float, high: float, *, outward: bool = False) -> list[float]:
    """Return 3 to 7 round numbers inside [low, high]; `outward` reaches to the next round number beyond."""
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
    """Return a tick for every power of ten between two exponents, or for as few as there is room for."""
    first, last = math.floor(low), math.ceil(high)
    apart = math.ceil((last - first) / 6)
    shown = [n for n in range(first, last + 1) if n % apart == 0 and low - 1e-9 <= n]
    return [Tick(unit(scale(n)), f"10{str(n).translate(_RAISED)}") for n in shown]


def corners(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points at which a line from left to right visibly turns; it passes the others close by."""
    kept = points[:1]
    low, high = -math.inf, math.inf  # slopes from the last corner that pass close by every point since
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
    """Return SVG path data in tenths of a unit, relative: a third of the size of absolute data."""
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
