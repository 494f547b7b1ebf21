"""Two curves as a small picture 320 units wide: paths, ticks, labels and what a reader should notice."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from grader.axes import Scale, Tick, path, round_numbers, unit, widened
from grader.digits import number
from grader.results import Curves

Kind = Literal["yours", "expected"]
Values = list[float | None]

WIDTH: Final = 320
POINTS: Final = 121
_LEFT, _RIGHT, _TOP, _FOOT = 44, 8, 10, 23
_HEIGHT: Final = {1: 170, 2: 96}
"""Height of a panel's plotting area, by how many panels there are."""
_APART: Final = 20
"""Ranges that differ by more than this factor get a panel each."""
_HUGE: Final = 1e300


@dataclass(frozen=True)
class Label:
    kind: Kind
    x: float
    y: float


@dataclass(frozen=True)
class Panel:
    """One pair of axes."""

    top: float
    bottom: float
    ticks: list[Tick]
    paths: list[tuple[Kind, str]]
    gap: str
    labels: list[Label]


@dataclass(frozen=True)
class Picture:
    """All that the macro in `curves.html.j2` draws."""

    title: str
    height: float
    ticks: list[Tick]
    panels: list[Panel]
    observations: list[str]
    broken: bool
    """A curve has gaps where it is not finite."""
    left: int = _LEFT
    right: int = WIDTH - _RIGHT


def picture(curves: Curves) -> Picture | None:
    """Return the drawing of `curves`; None where there is nothing to draw."""
    curves = _thinned(curves)
    if len(curves.x) < 2 or not (_finite(curves.yours) + _finite(curves.expected)):
        return None
    low, high = widened(min(curves.x), max(curves.x))
    across = Scale(low, high, _LEFT, WIDTH - _RIGHT)
    groups: list[tuple[Kind, ...]] = (
        [("yours",), ("expected",)] if _apart(curves) else [("yours", "expected")]
    )
    panels = [_panel(curves, kinds, across, number_of=len(groups), place=i) for i, kinds in enumerate(groups)]
    return Picture(
        title=curves.title,
        height=panels[-1].bottom + _FOOT,
        ticks=[Tick(unit(across(t)), number(t)) for t in round_numbers(low, high)],
        panels=panels,
        observations=_observations(curves),
        broken=None in curves.yours or None in curves.expected,
    )


def _thinned(curves: Curves) -> Curves:
    """Return at most 121 points, and nothing that is not finite."""
    count = min(len(curves.x), len(curves.yours), len(curves.expected))
    keep = sorted({round(i * (count - 1) / (POINTS - 1)) for i in range(POINTS)} if count else ())
    keep = [i for i in keep if math.isfinite(curves.x[i])]
    return Curves(
        title=curves.title,
        x=[_clamped(curves.x[i]) for i in keep],
        yours=[_plain(curves.yours[i]) for i in keep],
        expected=[_plain(curves.expected[i]) for i in keep],
    )


def _plain(value: float | None) -> float | None:
    return _clamped(value) if value is not None and math.isfinite(value) else None


def _clamped(value: float) -> float:
    return max(-_HUGE, min(_HUGE, value))


def _finite(values: Values) -> list[float]:
    return [v for v in values if v is not None]


def _apart(curves: Curves) -> bool:
    expected, yours = _finite(curves.expected), _finite(curves.yours)
    if not expected or not yours:
        return False
    span = max(expected) - min(expected) or max(map(abs, expected))
    return 0 < _APART * span < max(*expected, *yours) - min(*expected, *yours)


def _panel(curves: Curves, kinds: tuple[Kind, ...], across: Scale, *, number_of: int, place: int) -> Panel:
    top = _TOP + place * (_HEIGHT[number_of] + 14)
    lines: dict[Kind, Values] = {kind: getattr(curves, kind) for kind in kinds}
    values = [v for line in lines.values() for v in _finite(line)]
    low, high = widened(min(values), max(values))
    ticks = round_numbers(low, high, outward=True)
    up = Scale(min(low, ticks[0]), max(high, ticks[-1]), top + _HEIGHT[number_of], top)
    points = {k: [None if v is None else up(v) for v in line] for k, line in lines.items()}
    x = [across(v) for v in curves.x]
    return Panel(
        top=top,
        bottom=up.start,
        ticks=[Tick(unit(up(t)), number(t)) for t in ticks],
        paths=[
            (k, line) for k in reversed(kinds) if (line := "".join(path(run) for run in _runs(x, points[k])))
        ],
        gap=_gap(x, points["yours"], points["expected"]) if len(kinds) == 2 else "",
        labels=[label for k in kinds if (label := _label(k, x, points, top=top, bottom=up.start))],
    )


def _runs(x: list[float], y: Values) -> list[list[tuple[float, float]]]:
    """Return the stretches without a gap."""
    pairs = groupby(zip(x, y, strict=True), key=lambda point: point[1] is not None)
    return [[(a, b) for a, b in run if b is not None] for whole, run in pairs if whole]


def _gap(x: list[float], yours: Values, expected: Values) -> str:
    """Return the area between the curves, where both are there."""
    both = groupby(zip(x, yours, expected, strict=True), key=lambda p: p[1] is not None and p[2] is not None)
    areas = []
    for whole, run in both:
        points = [(a, b, c) for a, b, c in run if b is not None and c is not None]
        if whole and len(points) > 1:
            areas.append(
                path([(a, b) for a, b, _ in points] + [(a, c) for a, _, c in reversed(points)]) + "z"
            )
    return "".join(areas)


def _label(
    kind: Kind, x: list[float], points: dict[Kind, Values], *, top: float, bottom: float
) -> Label | None:
    """Return where a curve's name stands: beside it, where the other curve is furthest away."""
    mine = points[kind]
    other = next((line for k, line in points.items() if k != kind), [None] * len(x))
    inner = [i for i, at in enumerate(x) if _LEFT + 30 <= at <= WIDTH - _RIGHT - 30 and mine[i] is not None]
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


def _observations(curves: Curves) -> list[str]:
    """Return at most three sentences with numbers: the ranges, the largest difference, where yours breaks."""
    yours, expected = _finite(curves.yours), _finite(curves.expected)
    found = []
    if len(yours) < len(curves.x):
        at = curves.x[curves.yours.index(None)]
        missing = len(curves.x) - len(yours)
        found.append(
            f"Your values are not finite at {missing} of {len(curves.x)} points, first at x = {number(at)}."
        )
    if yours and expected:
        found.append(f"Your values lie {_between(yours)}; expected values lie {_between(expected)}.")
    found.extend(_largest(curves))
    return found[:3]


def _between(values: list[float]) -> str:
    low, high = number(min(values), 3), number(max(values), 3)
    return f"at {low}" if low == high else f"between {low} and {high}"


def _largest(curves: Curves) -> list[str]:
    triples = zip(curves.x, curves.yours, curves.expected, strict=True)
    both = [(x, a, b) for x, a, b in triples if a is not None and b is not None]
    if not both:
        return []
    x, a, b = max(both, key=lambda p: abs(p[1] - p[2]))
    if a == b:
        return ["At the points drawn, both curves have the same values."]
    where = f"The curves are furthest apart at x = {number(x)}"
    return [f"{where}: you returned {number(a)}, expected {number(b)}."]
