"""What is read of a class: each student whole and in order, by what exercises are worth by now."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support import samples
from support.attempts import LESSON, exercise, hand_in, points
from support.handed import Here, InMemory
from support.small import author, handed_in, small_course
from support.warm import shared_workers as shared_workers

from grader.classroom.actions import exported
from grader.classroom.grade_class import Options, grade_class
from grader.course.course import find
from grader.course.policy import policy
from grader.gradebook import Gradebook, records
from grader.gradebook.policy_points import Mark
from grader.results import from_json
from grader.submissions import Submission

pytestmark = pytest.mark.usefixtures("shared_workers")

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


@pytest.mark.unmeasured
def test_a_wrong_attempt_of_a_heavier_time_does_not_beat_the_right_one(tmp_path: Path) -> None:
    """Two attempts of `b`, then a lighter exercise: only what is handed in now is graded again."""
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    wrong, right = handed_in("b", twice="5"), handed_in("b")
    grade(root, out, handed_in("a"), wrong, toml=BEST)
    grade(root, out, right, toml=BEST)
    grade(root, out, right, toml=LIGHT)
    assert table(out / "grades.csv") == [
        ["student", "name", "id", "thrice", "twice", "total", "open", "max_points", "status"],
        ["a", "", "", "4", "1", "5", "0", "5", "graded"],
        ["b", "", "", "4", "1", "5", "0", "5", "graded"],
    ]
    for student in ("a", "b"):
        assert worth(out, student) == [
            ("thrice", 4, 4, [(1, 1), (3, 3)]),
            ("twice", 1, 1, [(0.25, 0.25), (0.75, 0.75)]),
        ]
    exported(out, "csv", tmp_path / "all.csv", moved=lambda done, total: None)
    assert [row[-2] for row in table(tmp_path / "all.csv")] == ["max_points", "5", "5"]


@pytest.mark.unmeasured
def test_who_is_not_graded_again_keeps_the_share_of_the_points(tmp_path: Path) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    grade(root, out, handed_in("a", twice="5"), toml=BEST)
    grade(root, out, handed_in("b"), toml=LIGHT)
    assert worth(out, "a")[1] == ("twice", 0.25, 1, [(0.25, 0.25), (0, 0.75)])


@pytest.mark.unmeasured
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


@pytest.mark.unmeasured
def test_a_lesson_that_is_left_out_leaves_the_graded_class_too(tmp_path: Path) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    author(root, "fourfold", 4, lesson="02_more")
    one, two = handed_in("a"), handed_in("b")
    grade(root, out, one, two, toml=BEST)
    grade(root, out, one, toml=BEST + "[lessons.02_more]\nuse = false\n")
    assert table(out / "grades.csv") == [
        ["student", "name", "id", "thrice", "twice", "total", "open", "max_points", "status"],
        ["a", "", "", "4", "4", "8", "0", "8", "graded"],
        ["b", "", "", "4", "4", "8", "0", "8", "graded"],
    ]
    exported(out, "csv", tmp_path / "all.csv", moved=lambda done, total: None)
    assert [row[-2] for row in table(tmp_path / "all.csv")] == ["max_points", "8", "8"]
    grade(root, out, one, toml=BEST)
    assert table(out / "grades.csv")[0] == [
        *("student", "name", "id", "thrice", "twice", "fourfold", "01_small", "02_more"),
        *("total", "open", "max_points", "status"),
    ]


@pytest.mark.unmeasured
def test_a_student_of_left_out_lessons_alone_stays_in_the_class(tmp_path: Path) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    small_course(root)
    author(root, "fourfold", 4, lesson="02_more")
    grade(root, out, handed_in("a"), toml=BEST, lesson="01")
    grade(root, out, handed_in("b"), toml=BEST + "[lessons.01_small]\nuse = false\n")
    assert table(out / "grades.csv") == [
        ["student", "name", "id", "fourfold", "total", "open", "max_points", "status"],
        ["a", "", "", "", "0", "0", "4", "graded"],
        ["b", "", "", "0", "0", "0", "4", "graded"],
    ]
    assert "This result has no exercises." in (out / "reports" / "a.html").read_text()


def test_what_was_recorded_comes_back_whole(book: Gradebook) -> None:
    hand_in(
        book, "student-01", "one", 10, 4, name="Fämily, =Given", id="17", system="moodle", notes=("a note",)
    )
    (record,) = records(book)
    expected = [exercise("relu", 4), exercise("tanh", 10)]
    assert record.result.exercises == expected
    assert (record.result.points, record.result.max_points, record.result.notes) == (14, 20, ["a note"])
    assert (record.name, record.ident, record.handed) == ("Fämily, =Given", "17", (("student-01", "moodle"),))
    assert record.marks == {
        "relu": Mark(attempt=1, attempts=1, earned=4, points=4),
        "tanh": Mark(attempt=1, attempts=1, earned=10, points=10),
    }


def test_exercises_stand_in_the_order_that_was_set_last_and_others_behind_them(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    shown = [list(points(book))]
    for order in ({LESSON: ["tanh", "relu"]}, {"another": ["a"]}, {LESSON: ["tanh"]}, {LESSON: ["relu"]}):
        book.set_order(order)
        shown.append(list(points(book)))
    there, back = ["tanh", "relu"], ["relu", "tanh"]
    assert shown == [back, there, there, there, back]
    assert book.order() == {"another": ["a"], LESSON: ["relu"]}


def test_the_last_attempt_counts_and_says_so(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    hand_in(book, "student-01", "two", 3, 5)
    assert points(book) == {"relu": 5, "tanh": 3}
    (record,) = records(book)
    assert [e.remarks for e in record.result.exercises] == [["Attempt 2 of 2 counts."]] * 2


def test_the_best_attempt_counts_exercise_by_exercise(book: Gradebook) -> None:
    book.set_policy(policy({"attempts": "best"}))
    hand_in(book, "student-01", "one", 10, 4)
    hand_in(book, "student-01", "two", 3, 5)
    assert points(book) == {"relu": 5, "tanh": 10}


def test_a_stamp_changes_with_whatever_a_page_shows(book: Gradebook) -> None:
    def stamp() -> str:
        (record,) = records(book)
        return record.stamp

    hand_in(book, "student-01", "one", 10, 4)
    stamps = [stamp()]
    assert stamp() == stamps[0]
    book.adjust("student-01", "relu", 6, reason="Why not.")
    stamps.append(stamp())
    book.set_policy(policy({"title": "Another"}))
    stamps.append(stamp())
    hand_in(book, "student-01", "two", 10, 4)
    stamps.append(stamp())
    book.set_order({LESSON: ["tanh", "relu"]})
    stamps.append(stamp())
    assert len(set(stamps)) == 5
    book.stamp({"student-01": stamps[0]})
    book.stamp({"student-01": stamps[3]})
    assert book.stamps() == {"student-01": stamps[3]}


def test_a_reader_does_not_keep_the_writer_waiting(book: Gradebook) -> None:
    for number in range(3):
        hand_in(book, f"student-{number}", "one", 10, 4)
    seen = []
    for record in records(book):
        seen.append(record.student)
        book.stamp({record.student: record.stamp})
    assert sorted(book.stamps()) == sorted(seen) == ["student-0", "student-1", "student-2"]


def test_students_come_in_natural_order_however_many_are_read_at_a_time(book: Gradebook) -> None:
    names = [f"student-{number}" for number in range(1, 121)]
    for name in sorted(names):
        hand_in(book, name, "one", 10, 4)
    found = [(r.student, [e.slug for e in r.result.exercises]) for r in records(book)]
    assert found == [(name, ["relu", "tanh"]) for name in names]
