"""One submission on its way through the tasks: each function is found once and asked once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from grader.answer import Answer, Case
from grader.collect import Submission
from grader.evidence import Evidence
from grader.results import CheckResult, Fault
from grader.sandbox import Session
from grader.seen import Look
from grader.source import Found, NotFound, Parsed, locate, parse_all
from grader.task import Bound, Task
from grader.verdicts import judge, looks, verdict


@dataclass(frozen=True)
class Asked:
    """What came back for one task."""

    source: Found | NotFound
    answers: Mapping[str, Answer] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)
    """The answers beside what was asked and expected, shared by all checks."""
    load: Answer | None = None
    """Why the file could not be imported."""
    stdout: str = ""


@dataclass
class Attempt:
    """A submission with its open session, and what earlier checks found."""

    submission: Submission
    session: Session
    slugs: Collection[str]
    """The exercises that are wanted."""
    begun: Callable[[str], None] = lambda slug: None
    names: Collection[str] | None = None
    """What functions of the exercises may be called; any other name is of no interest."""
    files: Mapping[str, Parsed] = field(init=False)
    _asked: dict[str, Asked] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)
    _evidence: dict[str, Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unreadable = {
            path: Parsed(path, {}, fault=Fault(type="SyntaxError", message=message))
            for path, message in self.submission.unreadable.items()
        }
        self.files = unreadable | parse_all(self.submission.files, wanted=self.names)

    def asked(self, task: Task) -> Asked:
        """Return the answers to all cases of `task`; the worker is asked the first time alone."""
        if task.slug not in self._asked:
            self.begun(task.slug)
            self._asked[task.slug] = self._ask(task)
        return self._asked[task.slug]

    def _ask(self, task: Task) -> Asked:
        source = locate(self.files, task.slug, task.aliases, task.parameters)
        if isinstance(source, NotFound):
            return Asked(source)
        batch = self.session.ask(source.file.path, source.name, task.cases, limits=task.limits)
        names = (case.name for case in task.cases)
        answers = dict(zip(names, batch.answers, strict=True))
        return Asked(source, answers, looks(task, answers), batch.load, batch.stdout)

    def judge(self, task: Task, bound: Bound) -> CheckResult:
        """Return one check's verdict; where there is no function to judge it is skipped."""
        asked = self.asked(task)
        if isinstance(asked.source, NotFound) or asked.load is not None:
            return verdict(bound, "skipped", message="This check starts once your function can be called.")
        result = judge(task, bound, asked.looks, asked.source, self._failed.get(task.slug, ""))
        if result.status != "failed" or result.advice:
            return result
        self._failed.setdefault(task.slug, result.title)
        return self._evidence_for(task, asked.source).added(bound, result)

    def _evidence_for(self, task: Task, source: Found) -> Evidence:
        """Return what collects the evidence of one exercise; made at its first failure."""
        if task.slug not in self._evidence:

            def ask(cases: Sequence[Case]) -> Sequence[Answer]:
                return self.session.ask(source.file.path, source.name, cases, limits=task.limits).answers

            self._evidence[task.slug] = Evidence(task, self.asked(task).looks, source, ask)
        return self._evidence[task.slug]
