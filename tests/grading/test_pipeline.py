"""The trunk, end to end on small tasks: submissions in, results out, nothing carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from support.end_to_end import FIRST, RIGHT, graded, one

from grader import checks
from grader.course.task import Bound, Task
from grader.grading.fingerprint import suite_digest
from grader.report.redact import for_student
from grader.results import to_json
from grader.sandbox import Sandbox
from grader.submissions import Submission


def test_a_right_submission_has_every_point(sandbox: Sandbox, task: Task) -> None:
    exercise = one(sandbox, task, RIGHT)
    assert (exercise.status, exercise.points, exercise.max_points) == ("passed", 5, 5)
    assert (exercise.error, exercise.diagnosis, exercise.hints) == (None, None, [])


def test_a_wrong_value_is_failed_and_diagnosed(sandbox: Sandbox, task: Task) -> None:
    exercise = one(sandbox, task, FIRST + "    return Z ** 2")
    assert (exercise.status, exercise.points) == ("failed", 2)
    assert exercise.diagnosis is not None
    assert (exercise.diagnosis.mistake, exercise.diagnosis.message) == ("squared", "Z ** 2 is the square.")
    assert exercise.hints == ["Where?", "How?"]


def test_a_fault_on_import_is_told_once_and_nothing_is_judged(sandbox: Sandbox, task: Task) -> None:
    exercise = one(sandbox, task, "import nothing_of_the_kind\n" + RIGHT)
    assert (exercise.status, exercise.points) == ("raised", 0)
    assert exercise.error is not None
    assert exercise.error.excerpt[0] == (1, "import nothing_of_the_kind")
    assert {c.status for c in exercise.checks} == {"skipped"}


def test_a_module_of_another_name_and_an_alias_are_found(sandbox: Sandbox, task: Task) -> None:
    source = RIGHT.replace("twice", "double")
    exercise = one(sandbox, task, source, name="neural_network.py")
    assert (exercise.status, exercise.file) == ("passed", "neural_network.py")


def test_a_function_in_givens_is_not_taken_for_the_students(sandbox: Sandbox, task: Task) -> None:
    assert one(sandbox, task, RIGHT, name="05_optimization/givens.py").status == "missing"


def test_patching_the_testing_functions_gains_nothing(sandbox: Sandbox, task: Task) -> None:
    source = (
        "import numpy as np, numpy.testing as t, sys\n"
        "np.allclose = np.isclose = lambda *a, **k: True\n"
        "t.assert_allclose = t.assert_array_equal = lambda *a, **k: None\n"
        "try:\n    import pytest\n    pytest.fail = lambda *a, **k: None\nexcept ImportError: pass\n"
        "def twice(Z):\n    return np.zeros_like(Z)\n"
    )
    plain = one(sandbox, task, "import numpy as np\ndef twice(Z):\n    return np.zeros_like(Z)\n")
    assert one(sandbox, task, source).points == plain.points == 1


def test_a_check_that_breaks_is_our_fault_and_leaves_its_points_open(sandbox: Sandbox, task: Task) -> None:
    within = checks.within("no", "numbers")  # type: ignore[arg-type]  # that is the point
    broken = Bound("within", within, task.checks[0].cases)
    spoiled = replace(task, checks=(broken, *task.checks[1:]))
    exercise = one(sandbox, spoiled, RIGHT)
    points = (exercise.points, exercise.open_points, exercise.max_points)
    assert (exercise.status, *points) == ("undecided", points[2] - 1, 1, points[2])
    broken_check = exercise.checks[0]
    kind = broken_check.message.removeprefix("The grader itself failed here (").removesuffix(").")
    assert kind.endswith("Error")  # which one it is depends on the version of NumPy
    assert re.match(rf"The grader itself failed here: [\w.]*{kind}: .", broken_check.details)


def test_what_a_fault_of_the_grader_quotes_is_for_instructors_alone(sandbox: Sandbox, task: Task) -> None:
    def quoting(seen: Any) -> Iterator[Any]:
        raise ValueError(f"the answer {seen.judged[0].answer.value.tolist()}: a student's words")
        yield

    kind = replace(checks.finite().kind, judge=quoting)
    broken = Bound("finite", replace(checks.finite(), kind=kind), task.checks[0].cases)
    (result,) = graded(
        sandbox, [replace(task, checks=(broken,))], Submission("a", {"twice.py": RIGHT.encode()})
    )
    (check,) = result.exercises[0].checks
    assert check.details.startswith("The grader itself failed here: ValueError: the answer [[")
    for shown in (check, for_student(result).exercises[0].checks[0]):
        assert shown.message == "The grader itself failed here (ValueError)."
    assert "words" not in to_json(for_student(result)).decode()


def test_no_tasks_are_no_results(sandbox: Sandbox) -> None:
    assert graded(sandbox, [], Submission("student-01", {})) == []


def test_the_suite_digest_changes_with_whatever_changes_a_verdict(task: Task) -> None:
    other = replace(task, checks=task.checks[:1])
    digests = {suite_digest([task], "1"), suite_digest([task], "2"), suite_digest([other], "1")}
    assert len(digests) == 3
    assert suite_digest([task], "1") == suite_digest([task], "1")
