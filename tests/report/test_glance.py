"""A class in half a minute: the few with the fewest points, the hard exercises, a cause, a doubtful check."""

from __future__ import annotations

from msgspec.structs import replace
from support import samples

from grader.report.class_summary import summary
from grader.report.glance import Glance, glance
from grader.results import Result


def student(number: int, *, relu: bool, tanh: bool, softmax: bool = True) -> Result:
    """Return a student with the right answers to these exercises, a point for each check."""
    exercises = [
        samples.exercise(
            slug,
            slug,
            [samples.check("right", f"Right {slug}", "passed" if right else "failed")],
            status="passed" if right else "failed",
        )
        for slug, right in (("relu", relu), ("tanh", tanh), ("softmax", softmax))
    ]
    return samples.result(f"student-{number}", exercises)


def test_a_class_without_problems_has_nothing_to_look_at() -> None:
    seen = summary(student(n, relu=True, tanh=True) for n in range(5))
    assert glance(seen) == Glance([], [], None, [])


def test_the_fewest_points_come_first_and_only_below_half() -> None:
    class_ = [student(n, relu=n > 8, tanh=n > 4, softmax=n > 1) for n in range(10)]
    assert [(row.student, row.points) for row in glance(summary(class_)).behind] == [
        *(("student-0", 0), ("student-1", 0)),
        *((f"student-{n}", 1) for n in (2, 3, 4)),
    ]


def test_an_exercise_is_too_hard_if_less_than_half_pass() -> None:
    class_ = [student(n, relu=n < 4, tanh=n < 5, softmax=n < 2) for n in range(10)]
    assert [e.slug for e in glance(summary(class_)).hard] == ["softmax", "relu"]


def test_a_check_is_doubted_if_those_who_fail_it_do_as_well_elsewhere() -> None:
    # The best fail `softmax`, and the others pass it.
    class_ = [student(n, relu=n < 6, tanh=n < 6, softmax=n >= 4) for n in range(10)]
    ((exercise, check),) = glance(summary(class_)).doubtful
    assert (exercise.slug, check.title, check.elsewhere) == ("softmax", "Right softmax", (1.0, 1 / 3))


def test_a_check_that_few_fail_or_that_has_no_exercise_beside_it_is_not_doubted() -> None:
    few = [student(n, relu=n < 6, tanh=n < 6, softmax=n >= 2) for n in range(10)]
    assert glance(summary(few)).doubtful == []
    alone = [replace(r, exercises=r.exercises[2:], points=r.exercises[2].points, max_points=1) for r in few]
    assert glance(summary(alone)).doubtful == []


def test_the_most_frequent_cause_is_discussed() -> None:
    found = glance(summary(samples.group(10))).discuss
    assert found
    assert found.mistake == "no_shift"
