"""A repair is told no further than it may be; code of the solution never."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from grader.course.policy import Repairs
from grader.repair.repair import Line, Repair
from grader.repair.telling import Told, held_back, told_until

WHERE, WHAT = "Look at the axis of this sum.", "axis=0 combines the rows and leaves a number for each column"
LINES = (Line(3, "    return Z.sum(axis=0)", "    return Z.sum(axis=1)"),)


def repair(*, uses_donor: bool = False) -> Repair:
    return Repair("f", "f.py", ("axis", "axis"), (WHERE, WHERE), LINES, uses_donor, ("values",), True)


def parts(told: Told | None) -> tuple[int, int, int]:
    """Return how many sentences and lines are told."""
    return (len(told.where), len(told.what), len(told.change)) if told else (0, 0, 0)


@pytest.mark.parametrize(
    ("stage", "alone", "with_donor"),
    [
        ("off", (0, 0, 0), (0, 0, 0)),
        ("where", (1, 0, 0), (1, 0, 0)),
        ("what", (1, 1, 0), (1, 1, 0)),
        ("change", (1, 1, 1), (1, 1, 0)),
    ],
)
def test_each_stage_tells_all_before_it(
    stage: Repairs, alone: tuple[int, int, int], with_donor: tuple[int, int, int]
) -> None:
    found = [parts(told_until(repair(uses_donor=donor), stage)) for donor in (False, True)]
    assert found == [alone, with_donor]


def test_the_change_is_told_by_its_lines() -> None:
    told = told_until(repair(), "change")
    assert told is not None
    assert (told.file, told.line, told.where, told.is_full) == ("f.py", 3, [WHERE], True)
    assert [asdict(line) for line in told.change] == [
        {"number": 3, "old": "    return Z.sum(axis=0)", "new": "    return Z.sum(axis=1)"}
    ]
    assert told.what[0].startswith(WHAT)


@pytest.mark.parametrize("stage", ["where", "what", "change"])
def test_what_is_held_back_is_what_an_earlier_stage_tells(stage: Repairs) -> None:
    told = told_until(repair(), "change")
    assert told is not None
    assert held_back(told, stage) == told_until(repair(), stage)
