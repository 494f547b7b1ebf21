"""Draw two paths in the plane: a line from step to step, a dot for each step, a ring at the start."""

from __future__ import annotations

import math
from typing import Final

from grader.report.plot.axes import Scale, Tick, path, round_numbers, unit, widened
from grader.report.plot.captions import observations
from grader.report.plot.drawing import FOOT, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Kind, Label, Panel, Picture
from grader.results import Curves
from grader.text.numbers import number

Points = list[tuple[float, float]]
_LARGE: Final = 1e300
_CAPTION: Final = "The ring is the start, each dot a step."
_INSET: Final = 30
"""Space on both sides for half a label."""


def paths(curves: Curves) -> Picture | None:
    """Return the drawing of two paths, or None if one of them has no points."""
    lines = _lines(curves)
    if not all(lines.values()):
        return None
    x, y = ([point[axis] for line in lines.values() for point in line] for axis in (0, 1))
    low, high = widened(min(x), max(x))
    upward = round_numbers(*widened(min(y), max(y)), outward=True)
    bottom = TOP + HEIGHT[1]
    across = Scale(low, high, LEFT + 8, WIDTH - RIGHT - 8)
    up = Scale(min(*y, upward[0]), max(*y, upward[-1]), bottom, TOP)
    drawn = {kind: [(across(a), up(b)) for a, b in line] for kind, line in lines.items()}
    return Picture(
        title=curves.title,
        height=bottom + FOOT,
        ticks=[Tick(unit(across(t)), number(t)) for t in round_numbers(low, high)],
        panels=[_panel(drawn, [Tick(unit(up(t)), number(t)) for t in upward], bottom)],
        observations=observations(curves),
        caption=_CAPTION,
    )


def _lines(curves: Curves) -> dict[Kind, Points]:
    """Return the points of both paths up to the first that is not finite or too large to draw."""
    return {
        "expected": _finite(curves.x_expected, curves.expected),
        "yours": _finite(curves.x, curves.yours),
    }


def _finite(x: list[float], y: list[float | None]) -> Points:
    found: Points = []
    for a, b in zip(x, y, strict=False):
        if b is None or not abs(a) < _LARGE or not abs(b) < _LARGE:
            break
        found.append((a, b))
    return found


def _panel(drawn: dict[Kind, Points], ticks: list[Tick], bottom: float) -> Panel:
    first = drawn["expected"][0]
    return Panel(
        top=TOP,
        bottom=bottom,
        ticks=ticks,
        paths=[(kind, path(line)) for kind, line in drawn.items()],
        labels=[_label("yours", drawn, bottom), _label("expected", drawn, bottom)],
        dots=[(kind, _dots(line[1:])) for kind, line in drawn.items()],
        start=(unit(first[0]), unit(first[1])),
    )


def _dots(line: Points) -> str:
    return "".join(f"M{unit(x):g} {unit(y):g}h0" for x, y in line)


def _label(kind: Kind, drawn: dict[Kind, Points], bottom: float) -> Label:
    """Return the label of a path, placed beside its point that is furthest from the other path."""
    others = [point for k, line in drawn.items() if k != kind for point in line]
    x, y = max(drawn[kind], key=lambda p: min(math.dist(p, other) for other in others))
    above = y - 9 >= TOP + 10
    place = y - 9 if above else min(y + 17, bottom - 4)
    return Label(kind, unit(min(max(x, LEFT + _INSET), WIDTH - RIGHT - _INSET)), unit(place))
