"""What shows why a check failed, and what would mend it: values side by side, plots, a small change."""

from __future__ import annotations

from typing import Literal

import msgspec

RepairStage = Literal["off", "where", "what", "change"]
"""How far a student is told a repair; each stage includes those before it."""


class Cell(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One element of a compared array as shown: 4 significant digits, or more to show a difference."""

    yours: str
    expected: str
    differs: bool


class Far(msgspec.Struct, frozen=True, kw_only=True):
    """One of the largest differences in an array that is too large to be shown as a whole."""

    index: str
    yours: str
    expected: str
    difference: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Two arrays of one shape side by side; large ones are cut to a window around the worst element."""

    shape: list[int]
    count: int
    """Number of elements, of `total`, that differ."""
    total: int
    worst: list[int]
    """Index of the largest difference."""
    largest: str
    """The largest difference as shown; empty if it is not a number."""
    tolerance: str
    plane: str = ""
    """The 2-D slice that the cells show, such as `[1, :, :]`; empty for 0-D to 2-D."""
    rows: list[int]
    """Indices of the rows shown, at most 12."""
    columns: list[int]
    """Indices of the columns shown, at most 8; empty for 0-D and 1-D."""
    cells: list[list[Cell]]
    """One list per row; one cell per row for 0-D and 1-D."""
    inputs: list[str] = []
    """The input of each row, for 1-D results of functions that act on each element."""
    gaps: list[str] = []
    """The difference in each row, empty if it is within tolerance; only for 1-D."""
    top: list[Far] = []
    """The five largest differences, only if cells were left out."""
    map: list[str] = []
    """At most 32 strings of at most 32 `.` and `x`, one per block; only if cells were left out."""


class Shapes(msgspec.Struct, frozen=True, kw_only=True):
    """Two arrays that cannot be compared element by element."""

    yours: list[int]
    expected: list[int]
    yours_dtype: str
    expected_dtype: str


class Curves(msgspec.Struct, frozen=True, kw_only=True):
    """A plot of two lines, null where they are not finite; both have the same `x`, except in a path."""

    title: str
    kind: Literal["function", "steps", "errors", "path"] = "function"
    """What the plot shows: values over the input or the step number; a gradient's errors over the step of
    finite differences, both in powers of ten; a path in the plane."""
    x: list[float]
    """In a path, the first coordinates of `yours`."""
    yours: list[float | None]
    expected: list[float | None]
    x_expected: list[float] = []
    """First coordinates of the expected path."""


class ChangedLine(msgspec.Struct, frozen=True):
    """A line that goes and the one that comes in its place; either may be empty."""

    number: int
    """The line in the student's file, from 1; for an added line, the one that it comes before."""
    old: str
    new: str


class Place(msgspec.Struct, frozen=True):
    """Where in the student's file to look, and for what."""

    line: int
    sentence: str


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """The smallest change of the student's own code that is proven to make checks pass."""

    file: str
    function: str
    """The function that changes: the exercise's, or a helper of it."""
    line: int
    """The first line that changes."""
    kind: str = ""
    """What kind of slip it is, in a few words, such as `axis: sum`; the same for the same slip of others."""
    excerpt: list[tuple[int, str]] = []
    """Numbered source lines around `line`."""
    where: list[Place]
    """For each change where to look, from the top of the file on."""
    what: list[str] = []
    """What to know about slips of that kind."""
    change: list[ChangedLine] = []
    is_full: bool
    """Whether all points are earned with it."""
    uses_solution: bool = False
    """Whether the change brings in code of the solution; students are then never shown it."""
    told: RepairStage = "change"
    """How far the student is told."""
    code: str = ""
    """For instructors only: the function as it was handed in."""
