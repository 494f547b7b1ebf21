"""A submission that returns more than anybody wants costs itself its points, and the grader no memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.small import plain_environment
from support.walls import BEST

ROOT = Path(__file__).resolve().parents[2]
LEVEL = BEST or "limits"
SCRIPT = """
import json, resource, sys
from pathlib import Path
from grader.course import course
from grader.submissions import Submission
from grader.grading.pipeline import grade
from grader.sandbox import Limits, Sandbox

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

root, level, *sources = sys.argv[1:]
tasks = course.find(Path(root)).tasks(slugs=["relu", "sigmoid"])
peaks, points, statuses = [], [], []
def submissions():
    for number, source in enumerate(sources):
        names = "".join(f"{task.slug} = f\\n" for task in tasks)
        files = {"all.py": source.replace("@NAMES@", names).encode()}
        peaks.append(peak_mb())
        yield Submission(f"student-{number:02}", files)
def sink(result):
    points.append(result.points)
    statuses.append(sorted({e.status for e in result.exercises}))
    messages = {c.message for e in result.exercises for c in e.checks if c.status == "failed"}
    last[:] = sorted(messages)
last = []
with Sandbox(level=level, limits=Limits()) as sandbox:
    grade(submissions(), tasks, sandbox=sandbox, suite="", sink=sink)
peaks.append(peak_mb())
print(json.dumps({"peaks": peaks, "points": points, "statuses": statuses, "messages": last}))
"""
RETURNS = """
import numpy as np
def f(*args, **kwargs): return MADE
@NAMES@
"""
HONEST = """
import numpy as np
def relu(Z): return np.maximum(Z, 0.0)
def sigmoid(Z): return 1 / (1 + np.exp(-np.abs(Z))) * np.where(Z < 0, np.exp(-np.abs(Z)), 1.0)
def tanh(Z): return np.tanh(Z)
"""
CHANGES = """
import numpy as np
def f(*args, **kwargs):
    args[0].resize((2**17 - 200,), refcheck=False)
    return args[0]
@NAMES@
"""


def graded(*sources: str) -> dict[str, Any]:
    words = [sys.executable, "-P", "-c", SCRIPT, str(ROOT), LEVEL, *sources]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=plain_environment())
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def alone() -> float:
    (points,) = graded(HONEST)["points"]
    assert points > 0
    return float(points)


@pytest.mark.parametrize(
    ("made", "most_mb"),
    [
        ("np.ones(2**21)", 24),
        ("(np.ones(2**20), [np.ones(2**18)] * 4)", 24),
        ("np.ones((2,) * 24, 'u1')", 24),
        ("np.ones(2**17 - 200)", 64),
        ("np.ones((2, 2**19 - 500), 'u1')", 96),
        ("{str(n): np.ones(100) for n in range(1200)}", 64),
    ],
)
def test_large_answers_of_many_calls_cost_their_points_and_not_the_graders_memory(
    made: str, most_mb: int, alone: float
) -> None:
    found = graded(HONEST, RETURNS.replace("MADE", made), HONEST)
    _, before, after, _ = found["peaks"]
    assert found["points"] == [alone, 0, alone]
    assert set(found["statuses"][1]) <= {"failed", "wrong_type"}
    assert after - before <= most_mb


def test_large_arguments_after_the_call_count_as_answers_do(alone: float) -> None:
    found = graded(HONEST, CHANGES, HONEST)
    _, before, after, _ = found["peaks"]
    assert found["points"] == [alone, 0, alone]
    assert after - before <= 64


def test_a_large_answer_is_told_by_its_size_beside_what_is_expected() -> None:
    found = graded(RETURNS.replace("MADE", "np.ones(2**21)"))
    said = "You returned an array of shape (2097152,) with 16 MB, too much to be compared; expected "
    assert {message.startswith(said) for message in found["messages"]} == {True}
    expected = {message.removeprefix(said) for message in found["messages"]}
    assert any(re.fullmatch(r"a NumPy array of shape \(.*\) with \d+ bytes\.", text) for text in expected)
