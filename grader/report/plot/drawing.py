"""The parts of a plot, which is 320 units wide: panels with ticks, paths, labels and texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from grader.report.plot.axes import Tick

Kind = Literal["yours", "expected"]
Values = list[float | None]

WIDTH: Final = 320
LEFT, RIGHT, TOP, FOOT = 44, 8, 10, 23
HEIGHT: Final = {1: 170, 2: 96}
"""Height of a panel's plotting area, by the number of panels."""


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
    labels: list[Label]
    gap: str = ""
    dots: list[tuple[Kind, str]] = field(default_factory=list)
    """Paths of dots at the end of each step."""
    start: tuple[float, float] | None = None
    """The common start of both paths."""


@dataclass(frozen=True)
class Picture:
    """The input of the macro in `curves.html.j2`."""

    title: str
    height: float
    ticks: list[Tick]
    panels: list[Panel]
    observations: list[str]
    caption: str = ""
    """A sentence on the axes and lines."""
    left: int = LEFT
    right: int = WIDTH - RIGHT
