"""One submission's way through the tasks; each function is located and called once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.cases.case import Answer, Batch, Case
from grader.checks.context import Observation
from grader.course.task import Bound, Task
from grader.explain.evidence import Evidence
from grader.grading.verdicts import judge, observations, verdict
from grader.results import UNREADABLE, CheckResult, Fault
from grader.sandbox import Session
from grader.sandbox.session import NOT_RUN
from grader.submissions import Submission
from grader.submissions.locate import NotFound
from grader.submissions.source import Found, Parsed, parse_all


def _within(answer: Answer, source: Found) -> Answer:
    """Return an answer without a file or line that there is not: code objects can name any."""
    raised = answer.raised
    if raised is None or raised.line is None:
        return answer
    file = source.files.get(raised.file or source.file.path)
    if file is None or raised.line > file.text.count("\n") + 1:
        return replace(answer, raised=replace(raised, line=None, file=""))
    other = "" if file is source.file else raised.file
    return answer if other == raised.file else replace(answer, raised=replace(raised, file=other))


@dataclass(frozen=True)
class Asked:
    """The function of one task and its answers."""

    source: Found | NotFound
    answers: Mapping[str, Answer] = field(default_factory=dict)
    observations: Mapping[str, Observation] = field(default_factory=dict)
    """The answers with cases and expected values, shared by all checks."""
    load: Answer | None = None
    """Why the file could not be imported."""
    stdout: str = ""


@dataclass
class SubmissionRun:
    """A submission with its open sessions and the findings so far."""

    submission: Submission
    session: Session
    hidden: Session
    """A session for hidden cases only: its process knows hidden inputs, which no public answer may reveal."""
    slugs: Collection[str]
    """The exercises to grade."""
    begun: Callable[[str], None] = lambda slug: None
    names: Collection[str] | None = None
    """The names and aliases of all exercises; definitions with other names are not kept."""
    files: Mapping[str, Parsed] = field(init=False)
    notes: list[str] = field(default_factory=list)
    """Failures of the grader itself that affect no points."""
    _asked: dict[str, Asked] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)
    _evidence: dict[str, Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unreadable = {
            path: Parsed(path, {}, fault=Fault(type=UNREADABLE, message=message))
            for path, message in self.submission.unreadable.items()
        }
        self.files = unreadable | parse_all(self.submission.files, wanted=self.names)

    def asked(self, task: Task) -> Asked:
        """Return the answers to all cases of `task`; the first call asks the worker."""
        if task.slug not in self._asked:
            self.begun(task.slug)
            self._asked[task.slug] = self._ask(task)
        return self._asked[task.slug]

    def forget(self, task: Task) -> None:
        """Drop the answers of a finished task, because they may be large."""
        self._asked.pop(task.slug, None)
        self._evidence.pop(task.slug, None)

    def _ask(self, task: Task) -> Asked:
        source = task.located(self.files)
        if isinstance(source, NotFound):
            return Asked(source)
        public = [case for case in task.cases if case.name not in task.secret]
        batch = self._batch(self.session, task, source, public)
        if batch.load is not None:
            return Asked(source, load=batch.load, stdout=batch.stdout)
        answers = {case.name: answer for case, answer in zip(public, batch.answers, strict=True)}
        answers |= self._hidden(task, source, stopped=NOT_RUN in batch.answers)
        return Asked(source, answers, observations(task, answers), stdout=batch.stdout)

    def _hidden(self, task: Task, source: Found, *, stopped: bool) -> dict[str, Answer]:
        """Return the answers to the hidden cases; if the public ones used up all restarts, none is called."""
        cases = [case for case in task.cases if case.name in task.secret]
        if stopped or not cases:
            return {case.name: NOT_RUN for case in cases}
        batch = self._batch(self.hidden, task, source, cases)
        # The import may fail in this process only: it has seen hidden inputs of earlier exercises, and the
        # file may act on them. Such a failure must look like one of hidden cases.
        given = [batch.load] * len(cases) if batch.load else batch.answers
        return {case.name: answer for case, answer in zip(cases, given, strict=True)}

    def _batch(
        self, session: Session, task: Task, source: Found, cases: Sequence[Case], *, most: int | None = None
    ) -> Batch:
        """Return the answers to `cases`, each of at most `most` bytes, by default of the case's own limit."""
        size_limits = [task.size_limits[case.name] if most is None else most for case in cases]
        batch = session.ask(source.file.path, source.name, cases, limits=task.limits, size_limits=size_limits)
        load = batch.load and _within(batch.load, source)
        return replace(batch, answers=tuple(_within(answer, source) for answer in batch.answers), load=load)

    def judge(self, task: Task, bound: Bound) -> CheckResult:
        """Return one check's verdict; without a function to call, the check is skipped."""
        asked = self.asked(task)
        if isinstance(asked.source, NotFound) or asked.load is not None:
            return verdict(bound, "skipped", message="This check starts once your function can be called.")
        result = judge(task, bound, asked.observations, asked.source, self._failed.get(task.slug, ""))
        if result.status != "failed" or result.advice:
            return result
        self._failed.setdefault(task.slug, result.title)
        try:
            return self._evidence_for(task, asked.source).added(bound, result)
        except Exception as error:  # the verdict stands without evidence
            self.note(f"{task.slug}: no evidence for “{result.title}”", error)
            return result

    def note(self, what: str, error: Exception) -> None:
        """Note a failure of the grader that affects no points."""
        self.notes.append(f"{what}: the grader itself failed ({type(error).__name__}).")

    def _evidence_for(self, task: Task, source: Found) -> Evidence:
        """Return the evidence of one exercise, created at its first failure."""
        if task.slug not in self._evidence:
            most = max(task.size_limits.values(), default=0)

            def ask(cases: Sequence[Case]) -> Sequence[Answer]:
                return self._batch(self.session, task, source, cases, most=most).answers

            self._evidence[task.slug] = Evidence(task, self.asked(task).observations, source, ask)
        return self._evidence[task.slug]
