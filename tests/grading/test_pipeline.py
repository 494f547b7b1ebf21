"""The trunk, end to end on small tasks: submissions in, results out, nothing carried over."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader import checks
from grader.course.discovery import load
from grader.course.task import Bound, Task, prepare
from grader.errors import GraderError
from grader.grading.fingerprint import suite_digest
from grader.grading.pipeline import grade
from grader.report.redact import for_student
from grader.results import ExerciseResult, Result, to_json
from grader.sandbox import Limits, Sandbox
from grader.submissions import Submission

AUTHORED = '''"""Twice: double a number."""
import numpy as np

from grader import Exercise, arrays, call, checks


def twice(Z):
    """Return 2 * Z."""
    if np.ndim(Z) == 5:
        raise ValueError("five")
    return 2.0 * Z


exercise = Exercise(
    twice,
    inputs=arrays(ndim=2).only(five=call(np.ones((1, 1, 1, 1, 1)))),
    checks=(
        checks.preserves_shape(),
        checks.matches_reference().worth(3),
        checks.raises("ValueError").on("five"),
        checks.no_warnings(),
    ),
    hints=("Where?", "How?"),
    aliases=("double",),
)


@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z):
    """Z ** 2 is the square."""
    if np.ndim(Z) == 5:
        raise ValueError("five")
    return Z * Z
'''
RIGHT = "import numpy as np\ndef twice(Z):\n    if np.ndim(Z) == 5: raise ValueError\n    return Z + Z\n"
FIRST = "import numpy as np\ndef twice(Z):\n    if np.ndim(Z) == 5: raise ValueError('5')\n"


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    path = tmp_path_factory.mktemp("reference") / "01_small" / "twice.py"
    path.parent.mkdir()
    path.write_text(AUTHORED)
    return prepare(load(path), seed=5)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(cpu_s=0.3, wall_factor=50, restarts=0)) as one:
        yield one


def graded(sandbox: Sandbox, tasks: Sequence[Task], *submissions: Submission) -> list[Result]:
    results: list[Result] = []
    grade(submissions, tasks, sandbox=sandbox, suite="s", sink=results.append)
    return results


def one(sandbox: Sandbox, task: Task, source: str, *, name: str = "twice.py") -> ExerciseResult:
    (result,) = graded(sandbox, [task], Submission("student-01", {name: source.encode()}))
    return result.exercises[0]


def timeless(result: Result) -> Result:
    exercises = [
        msgspec.structs.replace(e, checks=[msgspec.structs.replace(c, duration_s=0.0) for c in e.checks])
        for e in result.exercises
    ]
    return msgspec.structs.replace(result, duration_s=0.0, started="", exercises=exercises)


def test_a_right_submission_has_every_point(sandbox: Sandbox, task: Task) -> None:
    exercise = one(sandbox, task, RIGHT)
    assert (exercise.status, exercise.points, exercise.max_points) == ("passed", 5, 5)
    assert (exercise.error, exercise.diagnosis, exercise.hints) == (None, None, [])


FAULTS = {
    "def other(): pass": (
        "missing",
        "No file defines twice. Write `def twice(…)` at the left margin, spelt exactly so.",
    ),
    "def twice(Z):\n    raise NotImplementedError": (
        "not_attempted",
        "twice is still the stub that was handed out. Replace `raise NotImplementedError` by your code.",
    ),
    "def twice(Z:\n": (
        "syntax_error",
        "twice.py, line 1: '(' was never closed. Python cannot read the file until this is mended.",
    ),
    "def twice():\n    return 1": ("wrong_signature", "twice takes 0 arguments; expected twice(Z)."),
    FIRST + "    import ctypes; ctypes.string_at(0)": (
        "crashed",
        "Python stopped in the middle of the call (signal 11, a segmentation fault).",
    ),
    FIRST + "    raise SystemExit(2)": (
        "exited",
        "Your code ended Python itself. Remove calls of exit and quit.",
    ),
    FIRST + "    while True: pass": ("timed_out", "No result after 0.3 s. A loop may not end."),
    FIRST + "    return Z + undefined": ("raised", "NameError on line 4: name 'undefined' is not defined."),
}


@pytest.mark.parametrize("source", FAULTS, ids=[status for status, _ in FAULTS.values()])
def test_each_fault_has_its_own_status_and_sentence(sandbox: Sandbox, task: Task, source: str) -> None:
    exercise = one(sandbox, task, source)
    assert exercise.error is not None
    assert (exercise.status, exercise.error.message) == FAULTS[source]


def test_a_wrong_type_is_told_by_the_check(sandbox: Sandbox, task: Task) -> None:
    exercise = one(sandbox, task, FIRST + "    return [1]")
    assert exercise.status == "wrong_type"
    assert exercise.checks[0].message == "You returned a list; expected a NumPy array."


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
    assert one(sandbox, task, RIGHT, name="04_optimization/givens.py").status == "missing"


def test_prints_and_warnings_of_hidden_cases_stay_hidden(sandbox: Sandbox, task: Task) -> None:
    source = FIRST + "    print(Z.tolist()); np.log(-abs(Z) - 1); return 2 * Z"
    exercise = one(sandbox, task, source)
    hidden = [c for c in task.cases if c.hidden]
    assert hidden
    assert all(str(c.args[0].tolist()) not in exercise.stdout for c in hidden)  # type: ignore[attr-defined]
    assert exercise.stdout.count("\n") == len(task.cases) - len(hidden) - 1
    assert exercise.warnings == ["RuntimeWarning on line 4: invalid value encountered in log"]
    assert exercise.status == "passed"


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


def test_300_submissions_in_one_session_equal_each_graded_alone(sandbox: Sandbox, task: Task) -> None:
    kinds = [
        FIRST + "    return Z ** 3",
        RIGHT,
        "def twice(Z:",
        FIRST + "    return None",
        FIRST + "    return Z * Z",
    ]
    submissions = [
        Submission(f"student-{n:03}", {"twice.py": kinds[n % len(kinds)].encode()}) for n in range(300)
    ]
    together = [timeless(r) for r in graded(sandbox, [task], *submissions)]
    alone = [timeless(graded(sandbox, [task], s)[0]) for s in submissions[: len(kinds)]]
    assert together[0].points < together[0].max_points
    for number, result in enumerate(together):
        expected = msgspec.structs.replace(alone[number % len(kinds)], student=f"student-{number:03}")
        assert result == expected


def test_a_lone_check_judges_every_submission(sandbox: Sandbox, task: Task) -> None:
    lone = replace(task, checks=task.checks[1:2])
    submissions = [Submission(f"student-{n:02}", {"twice.py": RIGHT.encode()}) for n in range(3)]
    assert [r.points for r in graded(sandbox, [lone], *submissions)] == [3, 3, 3]


@pytest.mark.parametrize("name", ["conftest.py", "pytest.ini", "numpy.py", "sitecustomize.py"])
def test_nothing_in_submission_or_working_directory_loads_in_the_grader(
    sandbox: Sandbox, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    trap = "[pytest]\naddopts = -p evil\n" if name.endswith(".ini") else "raise SystemExit('trap')\n"
    (tmp_path / name).write_text(trap)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p evil")
    (result,) = graded(
        sandbox, [task], Submission("student-01", {name: trap.encode(), "twice.py": RIGHT.encode()})
    )
    assert result.points == result.max_points
    assert os.environ["PYTEST_ADDOPTS"] == "-p evil"


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


def test_an_error_of_the_sink_leaves_pytest_as_itself(sandbox: Sandbox, task: Task) -> None:
    def sink(_: Result) -> None:
        raise GraderError("the disk is full")

    with pytest.raises(GraderError, match=r"^the disk is full$"):
        grade([Submission("student-01", {})], [task], sandbox=sandbox, suite="", sink=sink)


def test_no_tasks_are_no_results(sandbox: Sandbox) -> None:
    assert graded(sandbox, [], Submission("student-01", {})) == []


def test_the_suite_digest_changes_with_whatever_changes_a_verdict(task: Task) -> None:
    other = replace(task, checks=task.checks[:1])
    digests = {suite_digest([task], "1"), suite_digest([task], "2"), suite_digest([other], "1")}
    assert len(digests) == 3
    assert suite_digest([task], "1") == suite_digest([task], "1")


def test_an_exercise_whose_checks_are_all_hidden_is_called_and_has_no_verdicts(
    sandbox: Sandbox, task: Task
) -> None:
    exercise = one(sandbox, replace(task, checks=()), RIGHT)
    assert (exercise.status, exercise.checks, exercise.max_points) == ("passed", [], 0)


def test_a_line_that_the_file_does_not_have_is_not_told(sandbox: Sandbox, task: Task) -> None:
    code = "exec(compile('\\n' * 4710 + 'raise ValueError', __file__, 'exec'), {})"
    exercise = one(sandbox, task, f"def twice(Z):\n    {code}\n")
    assert exercise.error is not None
    assert (exercise.error.message, exercise.error.line) == ("ValueError.", None)
