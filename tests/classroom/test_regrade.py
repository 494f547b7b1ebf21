"""Equal code gets equal points whenever it was handed in: all that counts is graded by the present checks."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.handed import Here, InMemory
from support.small import author, handed_in, small_course
from support.warm import shared_workers as shared_workers

from grader.classroom.grade_class import GradedClass, Options, grade_class
from grader.course.course import Course, find
from grader.gradebook import Gradebook, records
from grader.gradebook.schema import sources
from grader.submissions import Submission

pytestmark = pytest.mark.usefixtures("shared_workers")

LEVEL = "limits"
SCHEMA_2 = Path(__file__).parents[1] / "data" / "gradebooks" / "schema-2.db"
BEST = 'title = "Small"\nattempts = "best"\n'
RIGHT, WRONG = handed_in("student-01"), handed_in("student-01", twice="5", thrice="7")


def run(course: Course, out: Path, *class_: Submission, **options: object) -> GradedClass:
    chosen = {"jobs": 1, "level": LEVEL, "executor": Here(), "repairs": "off"} | options
    return grade_class(InMemory(class_), course, out, Options(**chosen))  # type: ignore[arg-type]  # fields by name


def book_of(out: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{out / 'gradebook.db'}")


def points(out: Path) -> dict[str, dict[str, str]]:
    """Return what each student has, and of how many points."""
    with book_of(out) as book:
        return {
            r.student: {e.slug: f"{e.points:g}/{e.max_points:g}" for e in r.result.exercises}
            for r in records(book)
        }


def without_shape(course: Course) -> None:
    """Drop the check of the shape, worth a point."""
    path = course.reference / "01_small" / "twice.py"
    text = path.read_text().replace("checks.preserves_shape(), ", "")
    path.write_text(text.replace(")),\n    hints", "),),\n    hints"))


@pytest.mark.parametrize("attempts", ["best", "last"])
def test_after_a_check_is_dropped_equal_code_has_equal_points(tmp_path: Path, attempts: str) -> None:
    course = small_course(tmp_path / "course", f'title = "Small"\nattempts = "{attempts}"\n')
    half = Submission("student-01", {"thrice.py": RIGHT.files["thrice.py"]})
    run(course, tmp_path / "out", handed_in("student-01", twice="Z"), handed_in("student-02", twice="5"))
    run(course, tmp_path / "out", half)  # without `twice`, so that its first attempt counts in any case
    without_shape(course)
    outcome = run(course, tmp_path / "out", half, handed_in("student-02", twice="Z"))
    # If the last attempt counts, only `student-01`'s first one can: the second lacks `twice`.
    again = "2 earlier attempts were" if attempts == "best" else "1 earlier attempt was"
    assert outcome.told == (f"{again} graded anew by the present checks.",)
    assert points(tmp_path / "out") == {
        "student-01": {"twice": "0/3", "thrice": "4/4"},
        "student-02": {"twice": "0/3", "thrice": "4/4"},
    }
    with book_of(tmp_path / "out") as book:
        checks = {c.name for r in records(book) for c in r.result.exercises[1].checks}
    assert checks == {"matches_reference"}
    assert run(course, tmp_path / "out", half).told == ()


def test_students_who_hand_in_nothing_this_time_are_graded_anew_as_well(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    run(course, tmp_path / "out", RIGHT, handed_in("student-02"))
    without_shape(course)
    # `--only` grades one student's, and no other's.
    run(course, tmp_path / "out", RIGHT, whole=False)
    assert "has not been graded again yet" in (tmp_path / "out" / "reports" / "student-02.html").read_text()
    outcome = run(course, tmp_path / "out", RIGHT)
    assert [(c.student, c.before, c.after) for c in outcome.changes] == [
        ("student-02", "passed 4/4", "passed 3/3")
    ]
    assert "graded again yet" not in (tmp_path / "out" / "reports" / "student-02.html").read_text()


def test_what_was_handed_in_before_sources_were_kept_says_so(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    shutil.copyfile(SCHEMA_2, out / "gradebook.db")
    course = small_course(tmp_path / "course", BEST)
    author(course.root, "twice", 2, worth=5)
    outcome = run(course, out, handed_in("student-02", twice="5"))
    assert outcome.told == (
        "Attempts of student-01 and student-03 were handed in before sources were kept: they keep the "
        "verdicts of earlier checks.",
    )
    assert points(out) == {
        "student-01": {"twice": "6/6", "thrice": "4/4"},
        "student-02": {"twice": "1/6", "thrice": "4/4"},
        "student-03": {"twice": "6/6", "thrice": "4/4"},
    }
    said = [
        "handed in before sources were kept" in (out / "reports" / f"student-0{n}.html").read_text()
        for n in (1, 2, 3)
    ]
    assert said == [True, False, True]


def test_the_source_of_what_is_graded_already_is_kept_at_the_next_run(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    run(course, tmp_path / "out", RIGHT)
    with book_of(tmp_path / "out") as book, book.transaction() as link:
        link.execute(sources.delete())
    assert run(course, tmp_path / "out", RIGHT).graded == 0
    without_shape(course)
    assert points_after_another(course, tmp_path / "out") == {"twice": "3/3", "thrice": "4/4"}


def points_after_another(course: Course, out: Path) -> dict[str, str]:
    run(course, out, handed_in("student-02", twice="5"))
    return points(out)["student-01"]


def test_a_damaged_source_keeps_its_results_and_is_mended_by_force(tmp_path: Path) -> None:
    course, out = small_course(tmp_path / "course"), tmp_path / "out"
    run(course, out, RIGHT)
    link = sqlite3.connect(out / "gradebook.db")
    link.execute("update sources set data = ?", (b"\xff\xff",))
    link.commit()
    link.close()
    without_shape(course)
    assert points_after_another(course, out) == {"twice": "3/3", "thrice": "4/4"}  # of 4/4, scaled
    assert "graded again yet" in (out / "reports" / "student-01.html").read_text()
    run(course, out, RIGHT, force=True)
    author(course.root, "twice", 2, worth=7)
    assert points_after_another(course, out) == {"twice": "8/8", "thrice": "4/4"}


def test_instructors_see_the_code_that_counts_and_students_do_not(tmp_path: Path) -> None:
    course, out = small_course(tmp_path / "course", BEST), tmp_path / "out"
    run(course, out, handed_in("student-01", twice="2"))
    run(course, out, handed_in("student-01", twice="5"))
    mine, theirs = ((out / kind / "student-01.html").read_text() for kind in ("instructor", "reports"))
    assert "return 2 * Z" in mine
    assert "return 5 * Z" not in mine
    assert "def twice(Z)" not in theirs
    shutil.copyfile(SCHEMA_2, out / "gradebook.db")
    run(course, out, handed_in("student-02", twice="5"))
    assert "The code is not kept" in (out / "instructor" / "student-01.html").read_text()
    assert "return 5 * Z" in (out / "instructor" / "student-02.html").read_text()


CODES = {"right": {}, "slip": {"twice": "5"}, "power": {"thrice": "Z"}, "none": {"twice": "5", "thrice": "7"}}


class Handing(NamedTuple):
    """A class is graded: by student the code that they hand in; who is left out hands in nothing."""

    codes: dict[str, str]


class Change(NamedTuple):
    """The course is changed: points of a check, whether another one is there, and the policy."""

    worth: int
    has_shape: bool
    attempts: str
    weight: int
    """Of the lesson."""


class Action(NamedTuple):
    """What the instructor does for a student."""

    student: str
    points: float | None
    until: str


STUDENTS = ("student-01", "student-02", "student-03")
HANDINGS = st.builds(
    Handing, st.dictionaries(st.sampled_from(STUDENTS), st.sampled_from(list(CODES)), min_size=1)
)
CHANGES = st.builds(
    Change, st.integers(1, 4), st.booleans(), st.sampled_from(["last", "best"]), st.integers(1, 2)
)
ACTIONS = st.builds(
    Action,
    st.sampled_from(STUDENTS),
    st.sampled_from([None, 0.5]),
    st.sampled_from(["2026-01-02T00:00+00:00", "2026-01-09T00:00+00:00"]),
)
MOMENTS = [f"2026-01-0{day}T12:00:00+00:00" for day in range(1, 10)]
"""The submissions of the first run are handed in at the first moment, and so on."""


def change(course: Course, to: Change) -> Course:
    author(course.root, "twice", 2, worth=to.worth)
    if not to.has_shape:
        without_shape(course)
    (course.reference / "course.toml").write_text(
        f'attempts = "{to.attempts}"\nlate.percent_per_day = 10\n'
        f"[lessons.01_small]\nweight = {to.weight}\ndeadline = 2026-01-03T00:00:00+00:00\n"
    )
    return find(course.root)


def act(out: Path, action: Action) -> None:
    with book_of(out) as book:
        book.adjust(action.student, "thrice", action.points, reason="Why.")
        book.extend(action.student, "01_small", datetime.fromisoformat(action.until), reason="Why.")


def submissions(step: Handing, moment: str) -> list[Submission]:
    return [handed_in(name, **CODES[code], submitted=moment) for name, code in sorted(step.codes.items())]


def told(out: Path) -> list[Any]:
    """Return all that pages say, times apart."""
    plain = {"started": "", "duration_s": 0.0}
    with book_of(out) as book:
        return [
            msgspec.structs.replace(r.result, exercises=[_timeless(e) for e in r.result.exercises], **plain)
            for r in records(book)
        ]


def _timeless(exercise: Any) -> Any:
    checks = [msgspec.structs.replace(check, duration_s=0.0) for check in exercise.checks]
    return msgspec.structs.replace(exercise, checks=checks)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.one_of(HANDINGS, CHANGES, ACTIONS), min_size=2, max_size=7), HANDINGS, CHANGES)
def test_whatever_happened_the_gradebook_equals_one_that_is_graded_afresh(
    steps: Sequence[Handing | Change | Action], last: Handing, final: Change
) -> None:
    with TemporaryDirectory() as folder:
        course, out, afresh = small_course(Path(folder) / "course"), Path(folder) / "a", Path(folder) / "b"
        course = change(course, Change(3, has_shape=True, attempts="last", weight=1))
        moments = iter(MOMENTS)
        for step in steps:
            if isinstance(step, Handing):
                run(course, out, *submissions(step, next(moments)))
            elif isinstance(step, Change):
                course = change(course, step)
            else:
                act(out, step) if out.exists() else None
        course = change(course, final)
        run(course, out, *submissions(last, now := next(moments)))

        moments = iter(MOMENTS)
        for step in [step for step in steps if isinstance(step, Handing)]:
            run(course, afresh, *submissions(step, next(moments)))
        run(course, afresh, *submissions(last, now))
        begun = next((n for n, step in enumerate(steps) if isinstance(step, Handing)), len(steps))
        for step in steps[begun:]:
            if isinstance(step, Action):
                act(afresh, step)
        assert told(out) == told(afresh)
