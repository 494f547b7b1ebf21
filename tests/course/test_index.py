"""The index read alone: every exercise of the course with its stub, and no answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.courses import built, student
from support.small import small_course

from grader.authoring.build import files, write
from grader.course.course import find
from grader.course.index import Entry, is_called, read
from grader.errors import UsageError
from grader.sandbox import for_own_code

ROOT = Path(__file__).resolve().parents[2]


def test_an_entry_is_what_a_student_may_know(tmp_path: Path) -> None:
    twice, again = read(student(tmp_path) / "exercises")
    assert twice == Entry(
        slug="twice",
        lesson="01_small",
        title="Twice: say in a few words what it is for",
        points=5,
        hints=("Where should the student look?", "Which idea leads on?"),
        difficulty="easy",
        minutes=10,
        formula="f(z) = 2z",
        stub=built()["01_small/twice.py"].decode(),
    )
    assert (again.path, again.names) == ("02_small/again.py", ("again",))


def test_every_stub_of_the_course_is_the_file_that_is_handed_out() -> None:
    entries = find(ROOT).entries()
    files = {e.slug: (ROOT / "exercises" / e.path).read_text(encoding="utf-8") for e in entries}
    assert {e.slug: e.stub for e in entries} == files


def test_what_comes_first_is_an_exercise_too() -> None:
    entries = find(ROOT).entries()
    slugs = {e.slug for e in entries}
    assert [(e.slug, before) for e in entries for before in e.after if before not in slugs] == []


def test_answers_are_not_needed(tmp_path: Path) -> None:
    folder = student(tmp_path) / "exercises"
    (folder / "01_small" / "answers.json").unlink()
    assert len(read(folder)) == 2


def test_an_index_of_before_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"schema": 1, "exercises": [{"slug": "relu"}]}')
    with pytest.raises(UsageError) as told:
        read(tmp_path)
    assert str(told.value) == f"{tmp_path / 'index.json'} lacks 'lesson'. Unpack the course again."


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", True),
        ("03", True),
        ("03_act", True),
        ("activations", True),
        ("act", True),
        ("3_", False),
        ("02", False),
    ],
)
def test_a_lesson_is_called_by_its_number_or_its_name(given: str, found: bool) -> None:
    assert is_called("03_activations", given) is found


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", "change"),
        ("[lessons.01_small]\ndeadline = 2999-01-01T12:00:00+01:00\n", "what"),
        ("[lessons.01_small]\ndeadline = 2001-01-01T12:00:00+01:00\n", "change"),
        ('repairs = "where"\n[lessons.01_small]\ndeadline = 2001-01-01T12:00:00+01:00\n', "where"),
        ('[lessons.01_small]\nrepairs = "off"\n', "off"),
    ],
)
def test_a_bundle_tells_the_change_of_a_repair_after_the_deadline(
    tmp_path: Path, settings: str, told: str
) -> None:
    course = small_course(tmp_path, settings)
    with for_own_code() as sandbox:
        write(course.exercises, files(course.authored(), sandbox))
    shutil.rmtree(tmp_path / "reference")
    assert {entry.repairs for entry in find(tmp_path).entries()} == {told}
