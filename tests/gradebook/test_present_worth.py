"""What an exercise is worth by now holds for every attempt of every student; so does which lessons count."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support import samples
from support.handed import Here, InMemory
from support.small import author, handed_in, small_course

from grader.classroom.actions import exported
from grader.classroom.grade_class import Options, grade_class
from grader.course.course import find
from grader.gradebook import Gradebook, records
from grader.gradebook.policy_points import Standing
from grader.results import from_json
from grader.submissions import Submission

pytestmark = pytest.mark.unmeasured

BEST = 'title = "Small"\nattempts = "best"\n'
LIGHT = BEST + "[weights]\ntwice = 0.25\n"


def grade(root: Path, out: Path, *submissions: Submission, toml: str, lesson: str = "") -> None:
    (root / "reference" / "course.toml").write_text(toml)
    grade_class(InMemory(submissions), find(root), out, Options(jobs=1, lesson=lesson, executor=Here()))


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text().splitlines()))


def worth(out: Path, student: str) -> list[tuple[str, float, float, list[tuple[float, float]]]]:
    """Return of each exercise its points, its maximum, and those of its checks."""
    result = from_json((out / "results" / f"{student}.json").read_bytes())
    return [
        (e.slug, e.points, e.max_points, [(c.points, c.max_points) for c in e.checks])
        for e in result.exercises
    ]


def test_a_wrong_attempt_of_a_heavier_time_does_not_beat_the_right_one(tmp_path: Path) -> None:
    """Two attempts of `b`, then a lighter exercise: only what is handed in now is graded again."""
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    wrong, right = handed_in("b", twice="5"), handed_in("b")
    grade(root, out, handed_in("a"), wrong, toml=BEST)
    grade(root, out, right, toml=BEST)
    grade(root, out, right, toml=LIGHT)
    assert table(out / "grades.csv") == [
        ["student", "thrice", "twice", "total", "open", "status"],
        ["a", "4", "1", "5", "0", "graded"],
        ["b", "4", "1", "5", "0", "graded"],
    ]
    for student in ("a", "b"):
        assert worth(out, student) == [
            ("thrice", 4, 4, [(1, 1), (3, 3)]),
            ("twice", 1, 1, [(0.25, 0.25), (0.75, 0.75)]),
        ]
    exported(out, "csv", tmp_path / "all.csv", moved=lambda done, total: None)
    assert [row[-2] for row in table(tmp_path / "all.csv")] == ["max_points", "5", "5"]


def test_who_is_not_graded_again_keeps_the_share_of_the_points(tmp_path: Path) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    grade(root, out, handed_in("a", twice="5"), toml=BEST)
    grade(root, out, handed_in("b"), toml=LIGHT)
    assert worth(out, "a")[1] == ("twice", 0.25, 1, [(0.25, 0.25), (0, 0.75)])


def test_a_page_is_written_anew_when_its_exercise_is_worth_otherwise(tmp_path: Path) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    grade(root, out, handed_in("a"), toml=BEST)
    assert "<b>8</b> of 8 points" in (out / "reports" / "a.html").read_text()
    grade(root, out, handed_in("b"), toml=LIGHT)
    assert "<b>5</b> of 5 points" in (out / "reports" / "a.html").read_text()


def test_a_page_is_stale_as_soon_as_anybody_is_graded_by_another_worth(tmp_path: Path) -> None:
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        stamps = []
        for student, most in (("a", 4), ("b", 4), ("c", 1)):
            check = samples.check("right", "Right", "failed", most)
            one = samples.exercise("twice", "Twice", [check])
            book.record(Submission(student, {}).info, samples.result(student, [one]), {"twice": str(most)})
            stamps += [record.stamp for record in records(book, students=["a"])]
    assert (stamps[0] == stamps[1], stamps[1] == stamps[2]) == (True, False)


@pytest.mark.parametrize(
    ("status", "points", "most", "now", "expected"),
    [
        ("failed", 4, 8, 2.25, 1.125),
        ("passed", 8, 8, 8, 8),
        ("failed", 1, 3, 1, 0.3333),
        ("failed", 1, 3, 0, 0),
        ("passed", 0, 0, 4, 4),
        ("failed", 0, 0, 4, 0),
    ],
)
def test_an_earlier_result_counts_by_its_share(
    status: str, points: float, most: float, now: float, expected: float
) -> None:
    one = Standing(attempt=1, rank=1, status=status, points=points, max_points=most)
    found = Standing(attempt=1, rank=1, status=status, points=expected, max_points=now)
    assert one.out_of(now) == found


def test_a_lesson_that_is_left_out_leaves_the_graded_class_too(tmp_path: Path) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    author(root, "fourfold", 4, lesson="02_more")
    one, two = handed_in("a"), handed_in("b")
    grade(root, out, one, two, toml=BEST)
    grade(root, out, one, toml=BEST + "[lessons.02_more]\nuse = false\n")
    assert table(out / "grades.csv") == [
        ["student", "thrice", "twice", "total", "open", "status"],
        ["a", "4", "4", "8", "0", "graded"],
        ["b", "4", "4", "8", "0", "graded"],
    ]
    exported(out, "csv", tmp_path / "all.csv", moved=lambda done, total: None)
    assert [row[-2] for row in table(tmp_path / "all.csv")] == ["max_points", "8", "8"]
    grade(root, out, one, toml=BEST)
    assert table(out / "grades.csv")[0] == [
        "student",
        "thrice",
        "twice",
        "fourfold",
        "total",
        "open",
        "status",
    ]


def test_a_student_of_left_out_lessons_alone_stays_in_the_class(tmp_path: Path) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    author(root, "fourfold", 4, lesson="02_more")
    grade(root, out, handed_in("a"), toml=BEST, lesson="01")
    grade(root, out, handed_in("b"), toml=BEST + "[lessons.01_small]\nuse = false\n")
    assert table(out / "grades.csv") == [
        ["student", "fourfold", "total", "open", "status"],
        ["a", "", "0", "0", "graded"],
        ["b", "0", "0", "0", "graded"],
    ]
    assert "This result has no exercises." in (out / "reports" / "a.html").read_text()
