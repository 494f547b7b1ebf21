"""Open the course for a command, and say what was carried over from earlier names."""

from __future__ import annotations

from pathlib import Path

from grader.cli import console
from grader.course.course import Course, find
from grader.student.carry import carry_over


def opened(folder: Path | None) -> Course:
    """Return the course; say which settings stand under an earlier name of their lesson."""
    here = find(folder)
    for old, new in here.renumbered.items():
        told = f"course.toml: lessons.{old} is taken for {new}, its name now; rename it."
        console.err.print(told, style="yellow", markup=False)
    return here


def opened_by_student(folder: Path | None) -> Course:
    """Return the course; move work out of folders of earlier names, and say so."""
    here = opened(folder)
    for told in carry_over(here):
        console.err.print(told, style="yellow", markup=False)
    return here
