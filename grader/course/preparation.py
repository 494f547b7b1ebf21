"""Prepare an authored exercise for grading: its cases, expected answers and bound checks."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

import numpy as np

from grader.cases import givens, promises
from grader.cases.case import Case
from grader.cases.inputs import Call
from grader.cases.steps import stepped
from grader.checks import Check
from grader.checks.context import Expected
from grader.checks.kind import Origin
from grader.checks.slopes import Slopes, WhenAsked
from grader.course import tolerances
from grader.course.discovery import Authored
from grader.course.exercise import Exercise, Mistake
from grader.course.task import Bound, Curve, Known, Task
from grader.errors import AuthorError
from grader.worker.script import Script, ScriptRun, shown

_CURVE_POINTS = 61
Names = Mapping[str, Any]


def prepare(authored: Authored, *, seed: int, public_only: bool = False) -> Task:
    """Return the task of an authored exercise; `seed` draws the hidden cases.

    Raises `AuthorError` if the solution fails for a case, or if two checks have the same id.
    """
    exercise = authored.exercise
    earns_nothing = promises.says_earns_nothing(exercise.text)
    checks = [
        replace(c, is_decisive=earns_nothing and c.kind.in_source and c.points > 0)
        for c in exercise.checks
        if not (public_only and c.is_hidden)
    ]
    inputs = exercise.inputs.promised(exercise.promises)
    base = _stepped(exercise, [*inputs.public(), *([] if public_only else inputs.secret(seed))])
    origin = Origin(inputs, exercise.solutions[0])
    own = {index: _stepped(exercise, _needed(authored, check, origin)) for index, check in enumerate(checks)}
    all_extra = _stepped(exercise, inputs.extra)
    kept = _kept_secret(exercise.checks, all_extra)
    extra = [case for case in all_extra if not (public_only and case.name in kept)]
    cases = _unique(authored, [*base, *extra, *(c for cs in own.values() for c in cs)])
    hidden = {c.name for i, cs in own.items() if checks[i].is_hidden for c in cs}
    shown = {c.name for i, cs in own.items() if not checks[i].is_hidden for c in cs} | {c.name for c in base}
    public = {n: case for n, case in cases.items() if n not in kept | (hidden - shown)}
    ids = _ids(authored, checks)
    text = givens.source(authored.path.parent)
    names = givens.load(text, authored.path.with_name("givens.py"))
    measure = partial(_measured, authored, names)
    _require_steps(authored, checks, exercise.script)
    bound = tuple(
        _bind(ids[i], check, base, own[i], cases if check.is_hidden or check.cases else public, measure)
        for i, check in enumerate(checks)
    )
    read = {name for b in bound for name in b.cases}
    idle = [case.of or case.name for case in extra if case.name not in read]
    if idle and not public_only:
        raise AuthorError(
            f"{authored.path}: no check reads the case “{idle[0]}”; add one with .on({idle[0]!r})"
        )
    # For these cases, the solution must raise an exception; there is no expected value.
    raising = {name for b in bound if b.check.kind.name == "raises" for name in b.cases}
    return Task(
        slug=exercise.slug,
        title=authored.title,
        lesson=authored.lesson,
        parameters=exercise.parameters,
        cases=tuple(cases.values()),
        expected=_expected(authored, list(cases.values()), names, raising),
        checks=bound,
        mistakes=tuple(_known(m, bound) for m in exercise.mistakes),
        aliases=tuple(exercise.aliases),
        hints=tuple(exercise.hints),
        tags=tuple(exercise.tags),
        formula=exercise.formula,
        text=exercise.text,
        givens=text,
        limits=exercise.limits,
        source=authored.source,
        curve=_curve(authored, names),
        record=exercise.record,
        step_count=exercise.step_count,
        script=exercise.script,
        subjects=exercise.subjects,
        walk=partial(_walked, exercise.walk) if exercise.walk else None,
        arguments=inputs.arguments,
        solve=partial(_expect, authored, names=names, raises=False),
    )


def _needed(authored: Authored, check: Check, origin: Origin) -> list[Case]:
    try:
        return check.needs(origin)
    except AuthorError:
        raise
    except Exception as error:  # an author's function may raise anything
        what = f"the cases of “{check.title}” cannot be made"
        raise AuthorError(f"{authored.path}: {what}: {type(error).__name__}: {error}") from error


def _curve(authored: Authored, names: Names) -> Curve | None:
    """Return the plot's inputs for a function that acts on each element of one array, else None."""
    arguments = authored.exercise.inputs.arguments
    if len(arguments) != 1 or arguments[0].shape is not None or arguments[0].kind != "float":
        return None
    x = np.round(np.linspace(arguments[0].low, arguments[0].high, _CURVE_POINTS), 6)
    case = Case("a curve", (x,))
    expected = _expect(authored, case, names, raises=False)
    fits = isinstance(expected.value, np.ndarray) and expected.value.shape == x.shape
    return Curve(case, expected) if fits else None


def _walked(walk: Callable[[int, Any], Call], step: int, last: Any) -> Case:
    made = walk(step, last)
    return Case("a step", made.args, made.kwargs)


def _known(mistake: Mistake, bound: Sequence[Bound]) -> Known:
    kinds = [b.check.kind for b in bound if mistake.caught_by in (b.id, b.check.kind.name)]
    in_source = bool(kinds) and all(kind.in_source for kind in kinds)
    return Known(mistake.name, mistake.message, mistake.caught_by, in_source, instead=mistake.instead)


def _unique(authored: Authored, cases: list[Case]) -> dict[str, Case]:
    """Return the cases by name; two checks may need the same case."""
    found: dict[str, Case] = {}
    for case in cases:
        other = found.setdefault(case.name, case)
        if other is not case and repr(other) != repr(case):
            raise AuthorError(f"{authored.path}: two different cases are called “{case.name}”")
    return found


def _kept_secret(checks: Sequence[Check], extra: Sequence[Case]) -> set[str]:
    """Return the names of the `.only()` cases that only hidden checks read."""

    def asked(*, hidden: bool) -> set[str]:
        asking = [check for check in checks if check.cases and check.is_hidden == hidden]
        return {case.name for case in extra for check in asking if _is_on(check, case)}

    return asked(hidden=True) - asked(hidden=False)


def _ids(authored: Authored, checks: list[Check]) -> list[str]:
    count = Counter(check.kind.name for check in checks)
    ids = [c.kind.name if count[c.kind.name] == 1 else f"{c.kind.name}_{c.slug}".rstrip("_") for c in checks]
    twice = [name for name, n in Counter(ids).items() if n > 1]
    if twice:
        raise AuthorError(f"{authored.path}: two checks are called {twice[0]}; tell them apart by .named(…)")
    return ids


def _bind(
    id_: str,
    check: Check,
    base: list[Case],
    own: list[Case],
    cases: Mapping[str, Case],
    measure: Callable[[Check, Case], Slopes],
) -> Bound:
    if check.cases:
        names = [n for n, case in cases.items() if _is_on(check, case) and _is_at(check, case)]
    else:
        groups = {"base": base, "own": own, "both": [*base, *own], "all": list(cases.values())}
        names = [case.name for case in groups[check.kind.reads] if _is_at(check, case)]
    facts = WhenAsked({n: partial(measure, check, cases[n]) for n in names}) if check.kind.slopes else {}
    return Bound(id_, check, tuple(names), facts)


def _is_on(check: Check, case: Case) -> bool:
    return fnmatchcase(case.of or case.name, check.cases)


def _is_at(check: Check, case: Case) -> bool:
    return not check.step or (case.script is not None and case.script.steps[case.at].label == check.step)


def _stepped(exercise: Exercise, cases: Sequence[Case]) -> list[Case]:
    """Return the cases, of a script one for each step with an answer."""
    made = exercise.script
    return (
        list(cases)
        if made is None
        else [one for case in cases for one in stepped(case, made, by_name=not exercise.inputs.names)]
    )


def _require_steps(authored: Authored, checks: Sequence[Check], made: Script | None) -> None:
    """Raise `AuthorError` for a check of a step that there is not, and for a step that no check reads."""
    labels = [step.label for _, step in shown(made)] if made else []
    for check in checks:
        if check.step and check.step not in labels:
            known = ", ".join(labels) or "none, as the exercise has no steps"
            raise AuthorError(
                f"{authored.path}: “{check.title}” reads the step {check.step}; expected one of {known}"
            )
    read = {check.step for check in checks}
    unread = [] if "" in read else [label for label in labels if label not in read]
    if unread:
        raise AuthorError(f"{authored.path}: no check reads the step {unread[0]}; read it or hide its answer")


def _measured(authored: Authored, known: Names, check: Check, case: Case) -> Slopes:
    try:
        return check.facts(givens.resolved(case, known))
    except Exception as error:  # an author's function may raise anything
        raise _failed(authored, case, "the function whose slope is measured", error) from error


def _expected(
    authored: Authored, cases: Sequence[Case], names: Names, raising: Collection[str]
) -> dict[str, Expected]:
    """Return the right answers; a script runs once for all its steps."""
    found: dict[str, Expected] = {}
    answer, before = _solved(authored, names), None
    for case in cases:
        if before is None or not case.continues(before):
            answer = _solved(authored, names)
        found[case.name] = _expect(authored, case, names, raises=case.name in raising, answer=answer)
        before = case
    return found


def _solved(authored: Authored, names: Names) -> Callable[[Case], Any]:
    """Return a function that gives the solution's answer to a case, or to further steps of it."""
    running: list[ScriptRun] = []

    def answer(case: Case) -> Any:
        solutions = authored.exercise.solutions
        if case.script is None:
            call = givens.resolved(case, names)
            return solutions[0](*call.args, **call.kwargs)
        if not running:
            given = givens.resolved(case, names).values
            running.append(ScriptRun(case.script, vars(sys.modules[solutions[0].__module__]), given))
        return deepcopy(running[0].until(case.at))  # a later step may change it

    return answer


def _expect(
    authored: Authored,
    case: Case,
    names: Names,
    *,
    raises: bool,
    answer: Callable[[Case], Any] | None = None,
) -> Expected:
    exercise = authored.exercise
    try:
        with np.errstate(all="ignore"):
            value = (answer or _solved(authored, names))(case)
    except Exception as error:  # an author's solution may raise anything
        if raises:
            return Expected()
        raise _failed(authored, case, "the solution", error) from error
    try:
        return Expected(value, tolerances.allowed(exercise, givens.resolved(case, names), value))
    except Exception as error:  # and so may the functions that declare its tolerance
        raise _failed(authored, case, "the tolerance that is declared", error) from error


def _failed(authored: Authored, case: Case, what: str, error: Exception) -> AuthorError:
    reason = f"{type(error).__name__}: {error}"
    return AuthorError(f"{authored.path}: {what} fails on the case “{case.name}”: {reason}")
