"""Draw two curves over one axis: paths, ticks, labels and sentences."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from grader.numerics.series import finite
from grader.report.plot.axes import Scale, Tick, corners, path, powers, round_numbers, unit, widened
from grader.report.plot.captions import observations
from grader.report.plot.drawing import (
    FOOT,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Kind,
    Label,
    Panel,
    Picture,
    Values,
)
from grader.report.plot.paths import paths
from grader.results import Curves
from grader.text.numbers import number

POINTS: Final = 121
_APART: Final = 20
"""Factor between two ranges above which each curve gets its own panel."""
_HUGE: Final = 1e300
_TINY: Final = 1e-300
_CAPTIONS: Final = {
    "function": "",
    "steps": "Across: the number of steps.",
    "errors": "Across: the step of the finite difference. Up: how far the value is from it.",
}


def picture(curves: Curves) -> Picture | None:
    """Return the drawing of `curves`, or None if there is nothing to draw."""
    if curves.kind == "path":
        return paths(curves)
    curves = _thinned(curves)
    told = observations(curves)
    curves = _in_powers(curves) if curves.kind == "errors" else curves
    if len(curves.x) < 2 or not (finite(curves.yours) + finite(curves.expected)):
        return None
    low, high = widened(min(curves.x), max(curves.x))
    across = Scale(low, high, LEFT, WIDTH - RIGHT)
    groups: list[tuple[Kind, ...]] = (
        [("yours",), ("expected",)] if curves.kind != "errors" and _apart(curves) else [("yours", "expected")]
    )
    panels = [_panel(curves, kinds, across, number_of=len(groups), place=i) for i, kinds in enumerate(groups)]
    return Picture(
        title=curves.title,
        height=panels[-1].bottom + FOOT,
        ticks=_across(curves, across, low, high),
        panels=panels,
        observations=told,
        caption=_caption(curves, len(panels)),
    )


def _in_powers(curves: Curves) -> Curves:
    """Return the logarithms of all numbers."""
    yours, expected = ([None if v is None else _power(v) for v in y] for y in (curves.yours, curves.expected))
    return replace(curves, x=[_power(v) for v in curves.x], yours=yours, expected=expected)


def _power(value: float) -> float:
    return math.log10(max(value, _TINY))


def _across(curves: Curves, across: Scale, low: float, high: float) -> list[Tick]:
    if curves.kind == "errors":
        return powers(low, high, across)
    ticks = [t for t in round_numbers(low, high) if curves.kind != "steps" or t == round(t)]
    return [Tick(unit(across(t)), number(t)) for t in ticks]


def _caption(curves: Curves, panels: int) -> str:
    broken = None in curves.yours or None in curves.expected
    parts = (
        _CAPTIONS.get(curves.kind, ""),
        "A line breaks where a value is not finite." if broken else "",
        "The two panels have different scales." if panels > 1 else "",
    )
    return " ".join(part for part in parts if part)


def _thinned(curves: Curves) -> Curves:
    """Return at most 121 of the points, with gaps for values that are not finite."""
    count = min(len(curves.x), len(curves.yours), len(curves.expected))
    keep = sorted({round(i * (count - 1) / (POINTS - 1)) for i in range(POINTS)} if count else ())
    keep = [i for i in keep if math.isfinite(curves.x[i])]
    return replace(
        curves,
        x=[_clamped(curves.x[i]) for i in keep],
        yours=[_plain(curves.yours[i]) for i in keep],
        expected=[_plain(curves.expected[i]) for i in keep],
    )


def _plain(value: float | None) -> float | None:
    return _clamped(value) if value is not None and math.isfinite(value) else None


def _clamped(value: float) -> float:
    return max(-_HUGE, min(_HUGE, value))


def _apart(curves: Curves) -> bool:
    expected, yours = finite(curves.expected), finite(curves.yours)
    if not expected or not yours:
        return False
    span = max(expected) - min(expected) or max(map(abs, expected))
    return 0 < _APART * span < max(*expected, *yours) - min(*expected, *yours)


def _panel(curves: Curves, kinds: tuple[Kind, ...], across: Scale, *, number_of: int, place: int) -> Panel:
    top = TOP + place * (HEIGHT[number_of] + 14)
    lines: dict[Kind, Values] = {kind: getattr(curves, kind) for kind in kinds}
    values = [v for line in lines.values() for v in finite(line)]
    low, high = widened(min(values), max(values))
    outer = (math.floor(low), math.ceil(high)) if curves.kind == "errors" else _outer(low, high)
    up = Scale(min(low, outer[0]), max(high, outer[1]), top + HEIGHT[number_of], top)
    points = {k: [None if v is None else up(v) for v in line] for k, line in lines.items()}
    x = [across(v) for v in curves.x]
    return Panel(
        top=top,
        bottom=up.start,
        ticks=_upward(curves, low, high, up),
        paths=[(k, line) for k in reversed(kinds) if (line := _line(x, points[k]))],
        gap=_gap(x, points["yours"], points["expected"])
        if len(kinds) == 2 and curves.kind != "errors"
        else "",
        labels=[label for k in kinds if (label := _label(k, x, points, top=top, bottom=up.start))],
    )


def _outer(low: float, high: float) -> tuple[float, float]:
    ticks = round_numbers(low, high, outward=True)
    return ticks[0], ticks[-1]


def _upward(curves: Curves, low: float, high: float, up: Scale) -> list[Tick]:
    if curves.kind == "errors":
        return powers(low, high, up)
    return [Tick(unit(up(t)), number(t)) for t in round_numbers(low, high, outward=True)]


def _line(x: list[float], y: Values) -> str:
    return "".join(path(corners(run)) for run in _runs(x, y))


def _runs(x: list[float], y: Values) -> list[list[tuple[float, float]]]:
    """Return the parts of a line between its gaps."""
    pairs = groupby(zip(x, y, strict=True), key=lambda point: point[1] is not None)
    return [[(a, b) for a, b in run if b is not None] for whole, run in pairs if whole]


def _gap(x: list[float], yours: Values, expected: Values) -> str:
    """Return the path of the area between the curves where both have values."""
    both = groupby(zip(x, yours, expected, strict=True), key=lambda p: p[1] is not None and p[2] is not None)
    areas = []
    for whole, run in both:
        points = [(a, b, c) for a, b, c in run if b is not None and c is not None]
        if whole and len(points) > 1:
            there, back = corners([(a, b) for a, b, _ in points]), corners([(a, c) for a, _, c in points])
            areas.append(path(there + back[::-1]) + "z")
    return "".join(areas)


def _label(
    kind: Kind, x: list[float], points: dict[Kind, Values], *, top: float, bottom: float
) -> Label | None:
    """Return the label of a curve, placed where the other curve is furthest away."""
    mine = points[kind]
    other = next((line for k, line in points.items() if k != kind), [None] * len(x))
    inner = [i for i, at in enumerate(x) if LEFT + 30 <= at <= WIDTH - RIGHT - 30 and mine[i] is not None]
    if not inner:
        return None
    best = max(
        inner, key=lambda i: min(abs((mine[i] or 0) - (other[i] or 0)), 40) if other[i] is not None else 0
    )
    y, beside = mine[best] or 0.0, other[best]
    above = beside is None or y < beside or (y == beside and kind == "yours")
    place = y - 8 if above else y + 15
    if not top + 10 <= place <= bottom - 4:
        place = y + 15 if above else y - 8
    return Label(kind, unit(x[best]), unit(place))
