"""Run known mistakes in a worker of their own and compare their answers with the student's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from grader.cases.case import Answer, Batch, Case, Raised
from grader.cases.nested import leaves, paths
from grader.cases.tolerances import EQUAL, Tolerances
from grader.checks.compare import differ, unlike
from grader.checks.context import Expected, Finding, Observation
from grader.course.authored_source import runnable, standing_in
from grader.course.task import Bound, Task
from grader.results import Diagnosis
from grader.sandbox import Sandbox
from grader.text.numbers import plural

_FILE = "authored.py"
_CASES, _ELEMENTS = 2, 3
"""Least number of public cases and elements that must tell a mistake from the solution."""
_MANY = 4
"""Least number of public cases of a check whose cases alone can show a mistake."""
_ARITHMETIC = frozenset({"OverflowError", "ZeroDivisionError", "FloatingPointError"})
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
        if task.script:
            batches = {f: self._run(task, standing_in(task, f)) for f in functions}
        else:
            with self._sandbox.open({_FILE: runnable(task.source)}, givens=task.givens) as session:
                batches = {f: session.ask(_FILE, f, task.cases, limits=task.limits) for f in functions}
        return {f: dict(zip(names, batch.answers, strict=True)) for f, batch in batches.items()}

    def _run(self, task: Task, source: bytes) -> Batch:
        """Return what a script answers whose steps call the code of a file of its own."""
        with self._sandbox.open({_FILE: source}, givens=task.givens) as session:
            return session.ask(_FILE, task.slug, task.cases, limits=task.limits)

    def in_every_case(self, task: Task, answers: Answers) -> Diagnosis | None:
        """Return the first known mistake that has the student's answer in every case, or None."""
        messages = {mistake.name: mistake.message for mistake in task.mistakes}
        for name, known in self.answers(task).items():
            # A mistake without recorded answers would coincide with every submission.
            if known and coincide(task, answers, known) and _shows(answers, known):
                where = f"in {'all ' if len(known) > 1 else ''}{plural(len(known), 'case')}"
                evidence = f"Your answers equal those of this mistake {where}."
                return Diagnosis(mistake=name, message=messages[name], evidence=evidence)
        return None

    def in_one_check(self, task: Task, answers: Answers) -> Diagnosis | None:
        """Return a mistake for each check of values with its answers in all cases, as one diagnosis; or None.

        A second slip often shows in other cases alone, in huge inputs or in what must raise. Of several
        mistakes that fit one check the one that agrees in most cases is named.
        """
        told: list[str] = []
        for bound in sorted(compared(task), key=lambda b: -b.check.points):
            fitting = [n for n, its in self.answers(task).items() if _explains(task, bound, answers, its)]
            best = max(fitting, key=lambda n: self._agreeing(task, answers, n), default=None)
            if best and best not in told:
                told.append(best)
        if not told:
            return None
        first, messages = told[0], {mistake.name: mistake.message for mistake in task.mistakes}
        public = len([case for case in task.cases if case.name not in task.secret])
        count = self._agreeing(task, answers, first)
        return Diagnosis(
            mistake=first,
            message=" Besides: ".join(messages[name] for name in told),
            evidence=f"Your answers equal those of this mistake in {count} of {plural(public, 'case')}.",
        )

    def _agreeing(self, task: Task, answers: Answers, name: str) -> int:
        """Return in how many public cases the answers are those of a known mistake."""
        its, public = self.answers(task)[name], {c.name for c in task.cases} - task.secret
        both = [n for n in its if n in answers and n in public]
        return sum(_same_answer(answers[n], its[n], task.expected[n].allowed, strict=False) for n in both)


def compared(task: Task) -> list[Bound]:
    """Return the checks that compare answers with the solution's in many cases.

    A few special inputs prove little: where all rows are equal, many slips give the same numbers.
    """
    return [
        b
        for b in task.checks
        if b.check.kind.compares
        and not (b.check.kind.slopes or b.check.is_advice)
        and len(set(b.cases) - task.secret) >= _MANY
    ]


def _explains(task: Task, bound: Bound, answers: Answers, known: Answers) -> bool:
    """Return whether a mistake gives the student's answers in a check's cases, and wrong ones in several.

    Cases that raised are left out where they are few: another slip may raise there. Hidden cases can only
    refute, and so tell no more of their inputs than the verdict does.
    """
    cases = {case.name: case for case in task.cases}
    shown = elements = raised = 0
    for name in bound.cases:
        mine, its = answers.get(name), known.get(name)
        if mine is None or its is None:
            continue
        if not _agree(task, bound, cases[name], mine, its):
            if mine.outcome != "raised":
                return False
            raised += 1
        elif name not in task.secret and (count := _wrong(task, bound, cases[name], its)):
            shown, elements = shown + 1, elements + count
    return shown >= _CASES and elements >= _ELEMENTS and raised * 3 <= len(bound.cases)


def _agree(task: Task, bound: Bound, case: Case, mine: Answer, its: Answer) -> bool:
    """Return whether a check cannot tell two answers apart."""
    allowed = task.expected[case.name].allowed
    if mine.outcome == "raised" and mine.raised and its.outcome == "returned":
        # math.exp raises where np.exp gives inf.
        return bool(_ARITHMETIC.intersection(mine.raised.names)) and not _is_finite(its.value)
    if mine.outcome != its.outcome or mine.outcome != "returned":
        return _same_answer(mine, its, allowed, strict=False)
    if unlike(mine.value, its.value) or unlike(its.value, mine.value):
        return False
    sent = Answer("returned", args_after=case.args, kwargs_after=case.kwargs)
    # What a mistake does to its arguments is part of it; what other code does to its own is another slip.
    if _changed_arguments(its) not in (_changed_arguments(sent), _changed_arguments(mine)):
        return False
    return not _found(task, bound, case, mine, Expected(its.value, _fitting(its, allowed)))


def _wrong(task: Task, bound: Bound, case: Case, its: Answer) -> int:
    """Return how many elements of a mistake's answer a check finds wrong."""
    if its.outcome != "returned":
        return _ELEMENTS
    found = _found(task, bound, case, its, task.expected[case.name])
    size = sum(np.asarray(leaf).size for _, leaf in leaves(its.value))
    return max((size if f.wrong is None else int(np.sum(f.wrong)) for f in found), default=0)


def _found(task: Task, bound: Bound, case: Case, answer: Answer, expected: Expected) -> list[Finding]:
    observed = Observation(case, answer, expected, task.parameters.names)
    return bound.check.judge(bound.check.context([observed], {}))


def _is_finite(value: object) -> bool:
    numbers = (np.asarray(leaf) for _, leaf in leaves(value))
    return all(bool(np.isfinite(n).all()) for n in numbers if n.dtype.kind == "f")


def coincide(task: Task, one: Answers, other: Answers) -> bool:
    """Return whether two functions have the same answer in every case that both answered."""
    return all(
        _same_answer(one[name], other[name], task.expected[name].allowed) for name in other if name in one
    )


def _same_answer(one: Answer, other: Answer, allowed: Tolerances, *, strict: bool = True) -> bool:
    """Return whether two answers are alike; a strict look tells integers and floats of equal values apart."""
    if one.outcome != other.outcome:
        return False
    if one.outcome == "raised":
        return bool(one.raised and other.raised and _same_error(one.raised, other.raised))
    if one.outcome != "returned":
        return True
    if unlike(one.value, other.value) or unlike(other.value, one.value):
        return False
    if strict and not (
        _same_dtypes(one.value, other.value) and _changed_arguments(one) == _changed_arguments(other)
    ):
        return False
    return not _value_differs(one, other, allowed)


def _same_error(one: Raised, other: Raised) -> bool:
    """Return whether class and words of two exceptions are the same; a bundle's mistakes have no words.

    An error of one class has many causes, and its words hold shapes, names and numbers.
    """
    known = bool(one.message and other.message)
    return one.names == other.names and (not known or one.message.split() == other.message.split())


def _shows(answers: Answers, known: Answers) -> bool:
    """Return whether a match rests on more than the classes of exceptions."""
    raised = [known[name].raised for name in known if name in answers]
    return any(error is None or error.message for error in raised)


def _value_differs(one: Answer, other: Answer, allowed: Tolerances) -> bool:
    return differ(one.value, other.value, _fitting(other, allowed)) is not None


def _fitting(other: Answer, allowed: Tolerances) -> Tolerances:
    """Return the tolerances of the expected value as far as they fit another one."""
    shapes = {path: np.asarray(leaf).shape for path, leaf in paths(other.value)}
    # Tolerances have the shapes of the expected values. An answer of another shape has no tolerance: both
    # answers must then be equal.
    fitting = {
        path: limit
        for path, limit in allowed.by_path.items()
        if limit is not None and limit.shape in ((), shapes.get(path))
    }
    is_alike = shapes.keys() == allowed.by_path.keys()
    return Tolerances(fitting) if is_alike else EQUAL


def _same_dtypes(one: object, other: object) -> bool:
    kinds = [[np.asarray(leaf).dtype.kind for _, leaf in leaves(v) if leaf is not None] for v in (one, other)]
    return kinds[0] == kinds[1]


def _changed_arguments(answer: Answer) -> list[bytes]:
    parts = (part for _, part in leaves((answer.args_after, dict(answer.kwargs_after))))
    return [
        np.ascontiguousarray(a).tobytes() if isinstance(a, np.ndarray) else repr(a).encode() for a in parts
    ]
