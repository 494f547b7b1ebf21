"""Which attempts must be graded anew: by the policy, the suite, the sandbox, and what is kept."""

from __future__ import annotations

import pytest
from support.attempts import LESSON, SUITES, exercise, graded

from grader.course.policy import policy
from grader.gradebook import Gradebook
from grader.gradebook.outdated import Found, Present, outdated
from grader.gradebook.packed import joined, pack
from grader.gradebook.sources import unkept
from grader.results import ExerciseResult
from grader.submissions import Submission

NEW = {"tanh": "c" * 64, "relu": "b" * 64}
LESSONS = {"tanh": LESSON, "relu": LESSON}
TANH = frozenset(["tanh"])


def attempt(
    book: Gradebook, text: str, *exercises: ExerciseResult, student: str = "student-01", kept: bool = True
) -> str:
    one = Submission(student, {"all.py": text.encode()})
    book.record(one.info, graded(student, *exercises), SUITES, pack(one, joined([])) if kept else None)
    return one.digest


def both(tanh: str = "failed", relu: str = "failed") -> list[ExerciseResult]:
    return [exercise("tanh", 4, status=tanh), exercise("relu", 4, status=relu)]


def found(
    book: Gradebook, suites: dict[str, str] = NEW, *, students: tuple[str, ...] = (), **more: object
) -> Found:
    level = graded("x").sandbox
    values = {"suites": suites, "lessons": LESSONS, "level": level, "done": {}} | more
    return outdated(book, Present(**values), students=students)  # type: ignore[arg-type]  # fields by name


def wanted(outcome: Found) -> list[tuple[str, frozenset[str]]]:
    return [(one.digest, one.slugs) for one in outcome.outdated]


def test_nothing_is_outdated_under_the_same_suite(book: Gradebook) -> None:
    attempt(book, "one", *both())
    assert found(book, SUITES) == Found()


@pytest.mark.parametrize("which", ["last", "best"])
def test_of_a_changed_exercise_the_attempts_that_may_count_are_graded(book: Gradebook, which: str) -> None:
    book.set_policy(policy({"attempts": which}))
    first, second = attempt(book, "one", *both()), attempt(book, "two", *both())
    expected = [(second, TANH)] if which == "last" else [(first, TANH), (second, TANH)]
    assert sorted(wanted(found(book))) == sorted(expected)


@pytest.mark.parametrize("status", ["missing", "not_attempted", "unreadable"])
def test_an_attempt_that_lacks_the_exercise_leads_to_the_one_before_it(book: Gradebook, status: str) -> None:
    first, second = attempt(book, "one", *both()), attempt(book, "two", *both(tanh=status))
    assert wanted(found(book)) == [(second, TANH)]
    # Graded anew, it lacks the exercise again.
    assert wanted(found(book, done={("student-01", second): TANH})) == [(first, TANH)]
    done = {("student-01", second): TANH, ("student-01", first): TANH}
    assert wanted(found(book, done=done)) == []


def test_an_exercise_that_is_new_in_a_lesson_is_graded_in_the_last_attempt(book: Gradebook) -> None:
    attempt(book, "one", *both()[:1])
    second = attempt(book, "two", *both()[:1])
    assert wanted(found(book, SUITES)) == [(second, frozenset(["relu"]))]


def test_a_lesson_that_was_not_handed_in_is_not_asked_for(book: Gradebook) -> None:
    attempt(book, "one", *both())
    suites = SUITES | {"sigmoid": "d" * 64}
    assert wanted(found(book, suites, lessons=LESSONS | {"sigmoid": "04_losses"})) == []


def test_what_has_no_source_keeps_its_results_and_is_named_where_it_may_count(book: Gradebook) -> None:
    attempt(book, "one", *both(), kept=False)
    assert found(book) == Found([], ["student-01"])
    second = attempt(book, "two", *both())
    assert (wanted(found(book)), found(book).unkept) == ([(second, TANH)], [])
    book.set_policy(policy({"attempts": "best"}))
    assert (wanted(found(book)), found(book).unkept) == ([(second, TANH)], ["student-01"])


def test_equal_submissions_share_their_source(book: Gradebook) -> None:
    digest = attempt(book, "one", *both(), kept=False)
    assert unkept(book, [Submission("x", {"all.py": b"one"}).info])
    attempt(book, "one", *both(), student="student-02")
    assert not unkept(book, [Submission("x", {"all.py": b"one"}).info])
    assert wanted(found(book)) == [(digest, TANH)] * 2
    assert wanted(found(book, students=("student-02",))) == [(digest, TANH)]


def test_another_level_an_undecided_check_and_force_are_reasons(book: Gradebook) -> None:
    digest = attempt(book, "one", *both(tanh="undecided"))
    every = frozenset(["tanh", "relu"])
    assert wanted(found(book, SUITES)) == [(digest, TANH)]
    assert wanted(found(book, SUITES, level="another")) == [(digest, every)]
    assert wanted(found(book, SUITES, force=True)) == [(digest, every)]
    assert wanted(found(book, SUITES, force=True, done={("student-01", digest): every})) == []
