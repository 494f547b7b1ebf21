"""Ask many candidates in few processes: all are functions of one module, beside the student's file."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from grader.cases.case import Answer, Case
from grader.course.task import Task
from grader.repair.code import Code
from grader.sandbox import Sandbox, SleepBudget
from grader.sandbox.session import NOT_RUN

WORKERS: Final = 6
"""Most workers that the calls of a search may end by hanging or crashing until nothing more is asked.

A request ends with its second hanging call, and the rest is asked of a new worker.
"""
_LIMITS: Final = {"cpu_s": 0.25, "asleep_s": 1.0, "total_asleep_s": 1.0, "total_cpu_s": 10, "output_kb": 1}
"""Limits of a candidate's calls, where the exercise's own are not lower. A repair is proven under its own."""
_TRY: Final = "_call_a_candidate"
_NOTE: Final = "_note_a_condition"
_CALL: Final = f"""
_notes = {{}}
def {_NOTE}(_place, _value):
    _notes.setdefault(_place, set()).add(bool(_value))
    return _value
def {_TRY}(_number, *args, **kwargs):
    if _number < 0:
        return [[_place, True in _seen, False in _seen] for _place, _seen in sorted(_notes.items())]
    if _number not in _ready:
        exec(compile(_candidates[_number], __file__, "exec"), globals())
        _ready[_number] = _candidate()
    return _ready[_number](*args, **kwargs)
"""
Call = tuple[int, Case]
"""The number of a candidate and what it is called with."""


@dataclass
class Trial:
    """The candidates of one function; every list of calls has a worker of its own."""

    sandbox: Sandbox
    task: Task
    code: Code
    files: Mapping[str, bytes]
    asleep: SleepBudget = field(default_factory=SleepBudget)
    workers: int = WORKERS
    """Workers that may still be ended."""
    calls: int = 0
    """Calls that were made."""

    def ask(self, candidates: Sequence[Sequence[str]], calls: Sequence[Call]) -> list[Answer]:
        """Return the answer to each call; calls that are left when a worker ended too often are not run."""
        cases = [replace(case, args=(number, *case.args)) for number, case in calls]
        sizes = [self.task.size_limits[case.name] for _, case in calls]
        limits = {k: min(v, self.task.limits.get(k, v)) for k, v in _LIMITS.items()}
        files = {**self.files, self.code.path: self._module(candidates)}
        answers: list[Answer] = []
        while self.workers > 0 and len(answers) < len(cases):
            at = len(answers)
            with self.sandbox.open(files, givens=self.task.givens, asleep=self.asleep) as session:
                batch = session.ask(self.code.path, _TRY, cases[at:], limits=limits, size_limits=sizes[at:])
            answers += (a for a in batch.answers if a is not NOT_RUN)
            self.workers -= len(answers) < len(cases)
        self.calls += len(answers)
        answers += [NOT_RUN] * (len(cases) - len(answers))
        return [replace(answer, args_after=answer.args_after[1:]) for answer in answers]

    def closes_a_branch(self, texts: Sequence[str]) -> bool:
        """Return whether a condition that was true in some cases and false in others has become constant.

        Such a change dodges the code that is wrong: `if n > 1` becomes `if n >= 1`.
        """
        before, after = (self._conditions(its) for its in (self.code.texts, texts))
        return before.keys() == after.keys() and any(
            both == (True, True) and after[place] != both for place, both in before.items()
        )

    def _conditions(self, texts: Sequence[str]) -> dict[int, tuple[bool, bool]]:
        """Return for each condition whether it is true, and false, in some public case."""
        noted, count = [], 0
        for text in texts:
            new, count = _noting(text, count)
            noted.append(new)
        if not count:
            return {}
        last = replace(self.task.cases[0], args=(), kwargs={})
        answer = self.ask([noted], [*((0, case) for case in self.task.cases), (-1, last)])[-1]
        if answer.outcome != "returned" or not isinstance(answer.value, list):
            return {}
        seen = {place: (yes, no) for place, yes, no in answer.value}
        return {place: seen.get(place, (False, False)) for place in range(count)}

    def _module(self, candidates: Sequence[Sequence[str]]) -> bytes:
        """Return the student's file with the candidates as texts: one that is no Python costs only itself."""
        made = [self.code.made(texts) for texts in candidates]
        return b"\n\n".join([self.code.data, f"_candidates, _ready = {made!r}, {{}}\n{_CALL}".encode()])


def _noting(text: str, count: int) -> tuple[str, int]:
    """Return a unit in which every condition is noted, and the number of conditions so far."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.IfExp, ast.While)):
            node.test = ast.Call(ast.Name(_NOTE), [ast.Constant(count), node.test], [])
            count += 1
    return ast.unparse(tree), count
