"""Ask many candidates in few processes: all of them are functions of one module, beside the student's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from grader.cases.case import Answer, Case
from grader.course.task import Task
from grader.repair.code import Code
from grader.sandbox import Sandbox, SleepBudget
from grader.sandbox.session import NOT_RUN

ROUNDS: Final = 4
"""Most requests to one group of candidates; each ends with calls that ended the worker too often."""
_LIMITS: Final = {"cpu_s": 0.5, "asleep_s": 1.0, "total_asleep_s": 1.0, "total_cpu_s": 20, "output_kb": 1}
"""Limits of a candidate's calls, where the exercise's own are not lower. A repair is proven under its own."""
_TRY: Final = "_call_a_candidate"
Call = tuple[int, Case]
"""The number of a candidate and what it is called with."""


@dataclass(frozen=True)
class Trial:
    """The candidates of one function; every list of calls has a worker of its own."""

    sandbox: Sandbox
    task: Task
    code: Code
    files: Mapping[str, bytes]
    asleep: SleepBudget

    def ask(self, candidates: Sequence[Sequence[str]], calls: Sequence[Call]) -> list[Answer]:
        """Return the answer to each call; calls that are left when a worker ended too often are not run."""
        cases = [replace(case, args=(number, *case.args)) for number, case in calls]
        sizes = [self.task.size_limits[case.name] for _, case in calls]
        limits = {k: min(v, self.task.limits.get(k, v)) for k, v in _LIMITS.items()}
        files = {**self.files, self.code.path: self._module(candidates)}
        answers: list[Answer] = []
        for _ in range(ROUNDS):
            at = len(answers)
            with self.sandbox.open(files, givens=self.task.givens, asleep=self.asleep) as session:
                batch = session.ask(self.code.path, _TRY, cases[at:], limits=limits, size_limits=sizes[at:])
            run = [a for a in batch.answers if a is not NOT_RUN]
            answers += run
            if len(answers) == len(cases) or not run:
                break
        answers += [NOT_RUN] * (len(cases) - len(answers))
        return [replace(answer, args_after=answer.args_after[1:]) for answer in answers]

    def _module(self, candidates: Sequence[Sequence[str]]) -> bytes:
        made = [
            f"def _candidate_{number}():\n{self.code.made(texts)}\n" for number, texts in enumerate(candidates)
        ]
        names = ", ".join(f"_candidate_{number}" for number in range(len(candidates)))
        call = (
            f"_candidates, _ready = [{names}], {{}}\n"
            f"def {_TRY}(_number, *args, **kwargs):\n"
            "    if _number not in _ready:\n"
            "        _ready[_number] = _candidates[_number]()\n"
            "    return _ready[_number](*args, **kwargs)\n"
        )
        return b"\n\n".join([self.code.data, "\n".join([*made, call]).encode()])
