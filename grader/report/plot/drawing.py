"""What a small picture 320 units wide consists of: panels with ticks, paths, labels and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from grader.report.plot.axes import Tick

Kind = Literal["yours", "expected"]
Values = list[float | None]

WIDTH: Final = 320
LEFT, RIGHT, TOP, FOOT = 44, 8, 10, 23
HEIGHT: Final = {1: 170, 2: 96}
"""Height of a panel's plotting area, by how many panels there are."""


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
    """Where each step ends."""
    start: tuple[float, float] | None = None
    """Where both paths begin."""


@dataclass(frozen=True)
class Picture:
    """All that the macro in `curves.html.j2` draws."""

    title: str
    height: float
    ticks: list[Tick]
    panels: list[Panel]
    observations: list[str]
    caption: str = ""
    """What the axes are, and what the lines do."""
    left: int = LEFT
    right: int = WIDTH - RIGHT
