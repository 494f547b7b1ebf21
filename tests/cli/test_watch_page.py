"""The main screen fits any size: whole lines, no more than the rows, the keys always at the bottom."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from support.judging import QUICK

from grader import resources
from grader.cli import console
from grader.cli.screen import Size
from grader.cli.watch_page import Page, drawn, keys
from grader.course.index import read
from grader.results import CheckResult, Diagnosis, ExerciseResult, Fault
from grader.student.task_text import task_text

FOLDER = resources.exercises()
assert FOLDER
ENTRIES = read(FOLDER)
LONG = "np.array([" + ", ".join(map(str, range(300))) + "])"


def check(name: str, **evidence: str) -> CheckResult:
    return CheckResult(
        name=name, title=f"The check {name}", status="failed", points=0, max_points=1, **evidence
    )


def result(slug: str, size: int) -> ExerciseResult:
    told = " ".join(["word"] * size)
    return ExerciseResult(
        slug=slug,
        title="",
        lesson="",
        file=f"{slug}.py",
        status="raised",
        points=0,
        max_points=3,
        error=Fault(type="ValueError", message=f"ValueError on line 2: {told}", line=2, excerpt=[(2, told)]),
        diagnosis=Diagnosis(mistake="x", message=told),
        checks=[check("a", call=LONG, got=told, expected=told, message=told), check("b"), check("c")],
    )


def page(number: int, size: int, notes: int, *, checked: bool) -> Page:
    entry = ENTRIES[number % len(ENTRIES)]
    return Page(
        entry=entry,
        text=task_text(entry),
        place="Exercise 1 of 1",
        file="exercises/x.py",
        lesson_text="exercises/README.md",
        state="checking…",
        result=result(entry.slug, size) if checked else None,
        is_checking=not checked,
        done=0,
        total=95,
        passed=["relu"],
        notes=[partial(console.line, f"Hint {n}: {'word ' * size}") for n in range(notes)],
    )


@QUICK
@given(
    st.integers(0, len(ENTRIES) - 1),
    st.integers(0, 200),
    st.integers(0, 9),
    st.booleans(),
    st.integers(1, 200),
    st.integers(1, 60),
)
def test_a_screen_of_any_size_is_filled_and_never_exceeded(
    number: int, size: int, notes: int, checked: bool, columns: int, rows: int
) -> None:
    lines = drawn(page(number, size, notes, checked=checked), Size(columns, rows))
    plain = [Text.from_ansi(line).plain for line in lines]
    assert len(lines) == rows
    assert [line for line in plain if cell_len(line) > columns] == []
    if rows >= 12 and columns >= 80:
        assert "q quit" in plain[-1]
        assert any("checking…" in line or "Error" in line for line in plain)


def test_hints_have_room_beside_long_evidence() -> None:
    lines = [Text.from_ansi(line).plain for line in drawn(page(3, 60, 2, checked=True), Size(80, 24))]
    assert any(line.startswith("Hint 1:") for line in lines)
    assert "… m shows the rest." in lines


def test_a_key_is_shown_where_it_does_something() -> None:
    failed = result("relu", 1)
    assert "m" not in keys(None)[0]
    assert "m" in keys(failed)[0]
