"""A small exercise, `twice`, and what becomes of submissions to it from end to end."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course.task import Task
from grader.grading.pipeline import grade
from grader.results import ExerciseResult, Result
from grader.sandbox import Sandbox
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


def graded(sandbox: Sandbox, tasks: Sequence[Task], *submissions: Submission) -> list[Result]:
    """Return the results of submissions, in their order."""
    results: list[Result] = []
    grade(submissions, tasks, sandbox=sandbox, suite="s", sink=results.append)
    return results


def one(sandbox: Sandbox, task: Task, source: str, *, name: str = "twice.py") -> ExerciseResult:
    """Return what becomes of one file."""
    (result,) = graded(sandbox, [task], Submission("student-01", {name: source.encode()}))
    return result.exercises[0]
