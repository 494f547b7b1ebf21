"""What a student has reached is remembered beside the exercises, and what comes next is what is ready."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import samples
from support.small import small_course

from grader.course.course import Course
from grader.course.index import Entry
from grader.results import ExerciseStatus
from grader.student.progress import Progress, Reached, load, save

ENTRIES = [
    Entry("relu", "01_small", "Relu", 3),
    Entry("tanh", "01_small", "Tanh", 3, after=("relu",)),
    Entry("softmax", "02_small", "Softmax", 3),
]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return small_course(tmp_path)


def following(slug: str = "", **statuses: ExerciseStatus) -> str:
    """Return what comes next behind `slug`, given how the last checks ended."""
    reached = Progress(exercises={name: Reached(status=status) for name, status in statuses.items()})
    entry = reached.following(ENTRIES, slug=slug)
    return entry.slug if entry else ""


def test_next_is_what_is_not_solved_and_has_its_prerequisites() -> None:
    assert following() == "relu"
    assert following("relu", relu="failed") == "softmax"
    assert following("relu", relu="passed") == "tanh"
    assert following("softmax", relu="passed", softmax="passed") == "tanh"
    assert following("softmax", softmax="passed") == "relu"


def test_where_only_what_is_not_ready_is_left_that_is_next() -> None:
    assert following("relu", relu="failed", softmax="passed") == "tanh"
    assert following("tanh", relu="passed", tanh="passed", softmax="passed") == ""
    assert following("tanh", relu="passed", tanh="failed", softmax="passed") == ""


def test_hints_survive_a_check_and_a_check_survives_hints(course: Course) -> None:
    checked = Progress().hinted("relu", 1).after(samples.result("me", [samples.relu()])).hinted("relu", 2)
    assert save(course, checked) == ""
    assert load(course) == checked
    assert load(course).of("relu") == Reached(status="passed", points=3, hints=2)
    assert load(course).of("tanh") == Reached()


@pytest.mark.parametrize(
    "damage", [b"{", b'{"schema": 2}', b'{"exercises": {"twice": {"status": "x"}}}', b"[" * 100_000]
)
def test_a_damaged_memory_is_an_empty_one(course: Course, damage: bytes) -> None:
    save(course, Progress().hinted("twice", 1))
    (course.root / ".grader" / "progress.json").write_bytes(damage)
    assert load(course) == Progress()


def test_version_control_leaves_the_memory_alone(course: Course) -> None:
    save(course, Progress())
    kept = {path.name: path.read_text() for path in (course.root / ".grader").iterdir()}
    assert kept == {".gitignore": "*\n", "progress.json": '{\n "schema": 1,\n "exercises": {}\n}\n'}
