"""Show a failure by the smallest input that fails and by a plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import msgspec
import numpy as np

from grader.cases.case import Answer, Ask, Case
from grader.checks.context import Finding, Observation
from grader.checks.wording import code_of
from grader.course.task import Bound, Task
from grader.explain.counterexample import smallest
from grader.explain.plots import picture
from grader.results import CheckResult
from grader.submissions.source import Found
from grader.text.script_text import called
from grader.text.values import literal_text, value_text

_SLEPT_S = 1.0
"""Seconds: if an exercise's calls slept longer than this in total, no further calls explain it."""
TRIES = 2
"""Failures of one exercise that are shrunk at most; the first success ends the search."""
_ENDED = ("returned", "raised")
"""Outcomes of a call after which the worker still runs."""
_LINE = 80
"""Longest value, in characters, that is written as a literal."""


@dataclass
class Calls:
    """The calls left to explain one exercise: at most as many as were made to grade it.

    The bound counts calls. With a bound in seconds, a slow machine would show another counterexample than a
    fast one. After a call that neither returned nor raised, none is left.
    """

    ask: Ask
    left: int

    def __call__(self, cases: Sequence[Case]) -> Sequence[Answer]:
        """Return the answers to the first cases, as many as calls are left."""
        asked = cases[: self.left]
        answers = self.ask(asked) if asked else ()
        over = any(answer.outcome not in _ENDED for answer in answers)
        self.left = 0 if over else self.left - len(asked)
        return answers


@dataclass
class Evidence:
    """Shows the failures of one exercise: at most one smallest input and one plot."""

    task: Task
    observations: Mapping[str, Observation]
    source: Found
    ask: Ask
    tries: int = TRIES
    """Number of further failures that may be shrunk."""
    drawn: bool = False
    calls: Calls = field(init=False)

    def __post_init__(self) -> None:
        answers = [observed.answer for observed in self.observations.values()]
        ended = all(answer.outcome in _ENDED for answer in answers)
        slept = sum(answer.asleep_s for answer in answers) > _SLEPT_S
        # A function that hangs or sleeps would do so again in every further call.
        self.calls = Calls(self.ask, len(answers) if ended and not slept else 0)

    def added(self, bound: Bound, result: CheckResult) -> CheckResult:
        """Return a failed check's result with a plot and a smallest input, if the exercise has none yet."""
        # A plot or a smaller input of a hidden case would reveal its inputs.
        if result.case_hidden or result.case not in self.observations:
            return result
        observed = self.observations[result.case]
        changes: dict[str, Any] = {}
        if not self.drawn and (drawing := picture(self.task, bound, result, observed, self.calls)):
            self.drawn, changes["picture"] = True, drawing
        if self.tries and self.calls.left and bound.check.kind.shrinks:
            self.tries -= 1
            found = smallest(self.task, bound, observed, self.calls)
            if found:
                self.tries, changes["smallest"] = 0, snippet(self.source, found)
        return msgspec.structs.replace(result, **changes)


def snippet(source: Found, found: Finding) -> str:
    """Return Python code that reproduces the failure; comments say what it returned and what was expected."""
    assert found.case is not None
    call = code_of(source.name, found.case)
    module = PurePosixPath(source.file.path).stem
    case = found.case
    used = called(case.script, case.at) if case.script else []
    names = ", ".join(dict.fromkeys([*used, source.name]))
    head = f"import numpy as np\nfrom {module} import {names}\n\n" if module.isidentifier() else ""
    if found.kind == "fault" or found.got is None or found.expected is None:
        return f"{head}{call}\n{_comment(found.message)}"
    values = (f"yours:    {_short(found.got)}", f"expected: {_short(found.expected)}")
    return "\n".join([f"{head}{call}", *map(_comment, values)])


def _comment(text: str) -> str:
    # A student's exception may have the message "no\nimport os". Each of its lines becomes a comment, as the
    # reader may run the snippet.
    return "\n".join(f"# {line}" for line in text.splitlines())


def _short(value: object) -> str:
    value = value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value
    text = literal_text(value)
    return text if len(text) <= _LINE and "\n" not in text else value_text(value)
