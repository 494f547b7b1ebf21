"""Failures are shown by a snippet that runs and a picture that an eye can read, once an exercise."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.cases.case import Answer, Case
from grader.course.course import find
from grader.course.recorded import ANSWERS, read
from grader.explain.evidence import Calls, Evidence
from grader.grading.pipeline import grade
from grader.grading.verdicts import judge, observations
from grader.results import ExerciseResult, Result
from grader.sandbox import Sandbox
from grader.submissions import Submission
from grader.submissions.source import Found, parse

ROOT = Path(__file__).parents[2]
MIRRORED = "import numpy as np\n\n\ndef sigmoid(Z):\n    return 1 / (1 + np.exp(Z))\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def graded(sandbox: Sandbox, source: str, slug: str, *, public_only: bool = False) -> ExerciseResult:
    tasks = find(ROOT).tasks(slugs=[slug], public_only=public_only)
    results: list[Result] = []
    submission = Submission("student-01", {f"{slug}.py": source.encode()})
    grade([submission], tasks, sandbox=sandbox, suite="", sink=results.append)
    return results[0].exercises[0]


def test_the_smallest_input_is_shown_once_and_the_snippet_runs(sandbox: Sandbox, tmp_path: Path) -> None:
    exercise = graded(sandbox, MIRRORED, "sigmoid")
    (snippet,) = [c.smallest for c in exercise.checks if c.smallest]
    assert snippet.startswith("import numpy as np\nfrom sigmoid import sigmoid\n\nsigmoid(np.array([")
    (tmp_path / "sigmoid.py").write_text(MIRRORED)
    code = snippet.replace("\nsigmoid(", "\nassert sigmoid(", 1)
    (tmp_path / "try_it.py").write_text(code.replace("\n# ", " is not None\n# ", 1))
    done = subprocess.run([sys.executable, "try_it.py"], cwd=tmp_path, check=False)
    assert done.returncode == 0


def test_a_curve_is_drawn_once_over_the_expected_one(sandbox: Sandbox) -> None:
    exercise = graded(sandbox, MIRRORED, "sigmoid")
    (picture,) = [c.picture for c in exercise.checks if c.picture]
    assert picture.title == "sigmoid from −12 to 12"
    assert (len(picture.x), picture.x[0], picture.x[-1]) == (61, -12.0, 12.0)
    assert picture.yours[0] == pytest.approx(1.0, abs=1e-5)
    assert picture.expected[0] == pytest.approx(0.0, abs=1e-5)


def test_a_student_without_the_reference_has_the_same_picture(sandbox: Sandbox) -> None:
    there, here = (graded(sandbox, MIRRORED, "sigmoid", public_only=p) for p in (False, True))
    assert [c.picture for c in there.checks if c.picture] == [c.picture for c in here.checks if c.picture]
    assert [c.smallest for c in here.checks if c.smallest] == []
    assert read(ROOT / "exercises", slugs=["softmax"])[0].curve is None
    assert b'"curve"' in (ROOT / "exercises/03_activations" / ANSWERS).read_bytes()


@pytest.mark.parametrize(
    ("body", "call"),
    [
        ("raise ValueError('one\\ntwo\\r\\x0bthree')", "relu(np.array([1.0]))"),
        ("return type('one\\ntwo\\u2028three', (), {})()", "relu(np.array([1.0]))"),
    ],
)
def test_whatever_came_back_stands_in_a_comment_of_the_snippet(
    sandbox: Sandbox, body: str, call: str
) -> None:
    exercise = graded(sandbox, f"def relu(Z):\n    {body}\n", "relu")
    (snippet,) = [c.smallest for c in exercise.checks if c.smallest]
    assert "three" in snippet
    assert [line for line in snippet.splitlines() if line and not line.startswith("# ")] == [
        "import numpy as np",
        "from relu import relu",
        call,
    ]


def explained(*, cpu_s: float = 0.0, asleep_s: float = 0.0, outcome: str = "returned") -> list[object]:
    """Return what is shown of a wrong function whose calls took so long, or ended so."""
    (task,) = find(ROOT).tasks(slugs=["sigmoid"])

    def call(case: Case) -> Answer:
        with np.errstate(all="ignore"):
            value = 1 / (1 + np.exp(np.asarray(case.args[0], dtype=float)))
        times = {"cpu_s": cpu_s, "asleep_s": asleep_s}
        return Answer("returned", value=value, value_after=value, args_after=case.args, **times)

    answers = {case.name: call(case) for case in task.cases}
    source = Found(parse("sigmoid.py", MIRRORED.encode()), "sigmoid")
    bound = next(b for b in task.checks if b.check.kind.name == "matches_reference")
    result = judge(task, bound, observations(task, answers), source)
    last = task.cases[-1].name
    answers[last] = replace(answers[last], outcome=outcome)  # type: ignore[arg-type]  # the tests name right ones
    shown = Evidence(task, observations(task, answers), source, lambda cases: [call(c) for c in cases]).added(
        bound, result
    )
    return [shown.picture, shown.smallest]


def test_what_is_shown_does_not_depend_on_a_clock() -> None:
    assert all(explained())
    assert explained(cpu_s=1.9) == explained(cpu_s=0.0)


def test_a_function_that_sleeps_is_not_called_again() -> None:
    assert explained(asleep_s=0.5) == [None, ""]


@pytest.mark.parametrize("outcome", ["timed_out", "crashed", "exited", "not_run"])
def test_a_function_whose_calls_do_not_all_end_is_not_called_again(outcome: str) -> None:
    assert explained(outcome=outcome) == [None, ""]


def test_calls_are_as_many_as_there_are_and_none_follows_one_that_does_not_end() -> None:
    one = Case("one", ())
    calls = Calls(lambda cases: [Answer("returned")] * len(cases), 3)
    assert [len(calls([one, one])) for _ in range(3)] == [2, 1, 0]
    hanging = Calls(lambda cases: [Answer("timed_out")] * len(cases), 9)
    assert [len(hanging([one, one])) for _ in range(2)] == [2, 0]


def test_hidden_failures_show_neither(sandbox: Sandbox) -> None:
    shapes = {np.shape(c.args[0]) for c in find(ROOT).tasks(slugs=["relu"])[0].cases if not c.hidden}
    source = (
        "import numpy as np\ndef relu(Z):\n"
        f"    return np.maximum(0, Z) + 1.0 * (np.shape(Z) not in {sorted(shapes)})\n"
    )
    exercise = graded(sandbox, source, "relu")
    failed = [c for c in exercise.checks if c.status == "failed"]
    assert failed
    assert [c for c in failed if not c.case_hidden or c.smallest or c.picture] == []
