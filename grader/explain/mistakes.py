"""Run known mistakes in a worker of their own and compare their answers with the student's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from grader.cases.case import Answer
from grader.cases.nested import leaves, paths
from grader.cases.tolerances import EQUAL, Tolerances
from grader.checks.compare import differ, unlike
from grader.course.authored_source import runnable
from grader.course.task import Task
from grader.results import Diagnosis
from grader.sandbox import Sandbox
from grader.text.numbers import plural

_FILE = "authored.py"
Answers = Mapping[str, Answer]


class Mistakes:
    """The answers of every known mistake; each is run at most once per process."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._known: dict[tuple[str, str], dict[str, Answers]] = {}

    def answers(self, task: Task) -> dict[str, Answers]:
        """Return the answers of each mistake of `task`, by mistake, then by case.

        A mistake that shows in the source only, such as a loop, has none. Recorded answers are used if there
        are any; otherwise the mistake is run.
        """
        key = (task.lesson, task.slug)
        if key not in self._known:
            shown = [m for m in task.mistakes if not m.in_source]
            asked = self.ask(task, *(m.name for m in shown if m.answers is None))
            self._known[key] = {m.name: asked[m.name] if m.answers is None else m.answers for m in shown}
        return self._known[key]

    def ask(self, task: Task, *functions: str) -> dict[str, Answers]:
        """Return the answers of functions of the authored file, by function, then by case."""
        if not functions:
            return {}
        names = [case.name for case in task.cases]
        with self._sandbox.open({_FILE: runnable(task.source)}, givens=task.givens) as session:
            batches = {f: session.ask(_FILE, f, task.cases, limits=task.limits) for f in functions}
        return {f: dict(zip(names, batch.answers, strict=True)) for f, batch in batches.items()}

    def diagnose(self, task: Task, answers: Answers) -> Diagnosis | None:
        """Return the first known mistake that has the student's answer in every case, or None."""
        messages = {mistake.name: mistake.message for mistake in task.mistakes}
        for name, known in self.answers(task).items():
            # A mistake without recorded answers would coincide with every submission.
            if known and coincide(task, answers, known):
                where = f"in {'all ' if len(known) > 1 else ''}{plural(len(known), 'case')}"
                evidence = f"Your answers equal those of this mistake {where}."
                return Diagnosis(mistake=name, message=messages[name], evidence=evidence)
        return None


def coincide(task: Task, one: Answers, other: Answers) -> bool:
    """Return whether two functions have the same answer in every case that both answered."""
    return all(
        _same_answer(one[name], other[name], task.expected[name].allowed) for name in other if name in one
    )


def _same_answer(one: Answer, other: Answer, allowed: Tolerances) -> bool:
    if one.outcome != other.outcome:
        return False
    if one.outcome == "raised":  # by classes only: messages may differ in numbers and wording
        return bool(one.raised and other.raised and one.raised.names == other.raised.names)
    if one.outcome != "returned":
        return True  # both timed out, crashed or exited
    if (
        unlike(one.value, other.value)
        or unlike(other.value, one.value)
        or not _same_dtypes(one.value, other.value)
    ):
        return False
    return not _value_differs(one, other, allowed) and _changed_arguments(one) == _changed_arguments(other)


def _value_differs(one: Answer, other: Answer, allowed: Tolerances) -> bool:
    shapes = {path: np.asarray(leaf).shape for path, leaf in paths(other.value)}
    # Tolerances have the shapes of the expected values. An answer of another shape has no tolerance: both
    # answers must then be equal.
    fitting = {
        path: limit
        for path, limit in allowed.by_path.items()
        if limit is not None and limit.shape in ((), shapes.get(path))
    }
    is_alike = shapes.keys() == allowed.by_path.keys()
    return differ(one.value, other.value, Tolerances(fitting) if is_alike else EQUAL) is not None


def _same_dtypes(one: object, other: object) -> bool:
    kinds = [[np.asarray(leaf).dtype.kind for _, leaf in leaves(v) if leaf is not None] for v in (one, other)]
    return kinds[0] == kinds[1]


def _changed_arguments(answer: Answer) -> list[bytes]:
    parts = (part for _, part in leaves((answer.args_after, dict(answer.kwargs_after))))
    return [np.ascontiguousarray(a).tobytes() for a in parts if isinstance(a, np.ndarray)]
