"""Ask many candidates in few processes: all of them are functions of one module, beside the student's file."""

from __future__ import annotations

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
_LIMITS: Final = {"cpu_s": 0.25, "asleep_s": 1.0, "total_asleep_s": 1.0, "total_cpu_s": 20, "output_kb": 1}
"""Limits of a candidate's calls, where the exercise's own are not lower. A repair is proven under its own."""
_TRY: Final = "_call_a_candidate"
_CALL: Final = f"""
def {_TRY}(_number, *args, **kwargs):
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

    def _module(self, candidates: Sequence[Sequence[str]]) -> bytes:
        """Return the student's file with the candidates as texts: one that is no Python costs only itself."""
        made = [self.code.made(texts) for texts in candidates]
        return b"\n\n".join([self.code.data, f"_candidates, _ready = {made!r}, {{}}\n{_CALL}".encode()])
