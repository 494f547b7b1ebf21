"""Failed answers to a likely cause: known mistakes, patterns of answers, signs in the code, errors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Answer, Case
from grader.cases.nested import Path, leaves, paths, place
from grader.checks.compare import differ, unlike
from grader.course.task import Task
from grader.errors import AuthorError
from grader.explain.code_signs import signs
from grader.explain.errors import translated
from grader.explain.mistakes import Mistakes, compared
from grader.explain.patterns import PATTERNS, Pattern
from grader.explain.sign import INTEGERS
from grader.numerics.tolerance import wrong
from grader.results import Diagnosis
from grader.submissions.source import Found

Array = NDArray[Any]
_CASES, _ELEMENTS = 2, 3
"""Least number of cases and of elements in which a pattern must differ clearly from the right answer."""
_RELATIVE = 1e-11
"""Largest distance of an answer from a pattern's prediction, relative to the largest value predicted."""
_NARROW = {"float16": (3, 4e-3), "float32": (7, 2e-6)}
"""Decimal digits of a narrow dtype, and the error allowed in it, relative to the largest value."""
# A submission may return arrays of up to 64 MB for an expected answer of 3 elements. Such an array is not
# converted to float64, as no pattern has that many elements.
_LARGER = 4
"""Largest size of a pattern's prediction, as a multiple of the expected answer's size."""
_CLEAR = 1e3
"""Least distance of a pattern that differs clearly from the right answer, in units of its tolerance."""


@dataclass(frozen=True)
class Pair:
    """A returned array and the expected one."""

    case: Case
    got: Array
    expected: Array
    allowed: Array
    where: str
    """The place among several return values, such as ` in item 1`."""
    is_secret: bool = False
    """Whether the case is hidden from students."""


def diagnose(
    task: Task,
    answers: Mapping[str, Answer],
    mistakes: Mistakes,
    *,
    failed: Sequence[str] = (),
    source: Found | None = None,
) -> Diagnosis | None:
    """Return the likely cause of failed answers, None if nothing fits.

    First a known mistake that coincides in every case, or in all cases that one check of values reads: there
    a second slip, which shows elsewhere, does not hide the first. Then a pattern that holds wherever numbers
    are finite and stands clear of the right answer in several cases. A right answer has neither. Last, for
    what failed, a sign in the code and the meaning of an error.

    Args:
        failed: ids of the checks that failed, advice aside.
        source: the function as it is written.
    """
    return (
        mistakes.in_every_case(task, answers)
        or mistakes.in_one_check(task, answers)
        or pattern(task, answers)
        or next((found for bound in compared(task) if (found := pattern(task, answers, bound.cases))), None)
        or _from_the_code(task, answers, failed, source)
    )


def _from_the_code(
    task: Task, answers: Mapping[str, Answer], failed: Sequence[str], source: Found | None
) -> Diagnosis | None:
    kinds = {bound.id: bound.check.kind.name for bound in task.checks}
    found = {kinds[name] for name in failed}
    error = _error(task, answers)
    if error and not any(answer.outcome == "returned" for answer in answers.values()):
        return error
    if source is None or not found:
        return error
    # What raises without a `raise`, such as np.linalg.solve, may raise what is asked for.
    seen = [sign for sign in signs(source) if sign.explains != "raises" or not _refuses(task, answers)]
    integers = {INTEGERS} if _only_integers_fail(task, answers) else set()
    fitting = (
        *(sign for sign in seen if sign.explains in integers),
        # A sign that explains one kind of check comes before the rest where only such checks failed.
        *(sign for sign in seen if not sign.explains or found == {sign.explains}),
        *(sign for sign in seen if sign.explains in found),
    )
    if not fitting:
        return error
    sign = fitting[0]
    evidence = f"It stands on line {sign.line}." if f"line {sign.line}" not in sign.message else ""
    return Diagnosis(mistake=f"sign {sign.name}", message=sign.message, evidence=evidence)


def _refuses(task: Task, answers: Mapping[str, Answer]) -> bool:
    """Return whether an error is raised in some case where one is asked for."""
    return any(
        task.expected[name].value is None and answer.outcome == "raised" for name, answer in answers.items()
    )


def _only_integers_fail(task: Task, answers: Mapping[str, Answer]) -> bool:
    """Return whether every public case that is wrong passes an array of integers."""
    failing = [case for case in task.cases if case.name not in task.secret and _is_wrong(task, case, answers)]
    return bool(failing) and all(
        any(isinstance(a, np.ndarray) and a.dtype.kind in "iu" for _, a in leaves(case.args))
        for case in failing
    )


def _is_wrong(task: Task, case: Case, answers: Mapping[str, Answer]) -> bool:
    answer, expected = answers.get(case.name), task.expected[case.name]
    if answer is None or expected.value is None:
        return False
    if answer.outcome != "returned" or unlike(answer.value, expected.value):
        return True
    return differ(answer.value, expected.value, expected.allowed) is not None


def _error(task: Task, answers: Mapping[str, Answer]) -> Diagnosis | None:
    """Return what the first error means that a public case met and that is not asked for."""
    for case in task.cases:
        answer = answers.get(case.name)
        raised = answer.raised if answer and answer.outcome == "raised" else None
        if raised is None or case.name in task.secret or task.expected[case.name].value is None:
            continue
        message = translated(raised)
        if message:
            place = f" of {raised.file}" if raised.file else ""
            where = f" on line {raised.line}{place}" if raised.line else ""
            evidence = f"Your code raises {raised.names[0]}{where}."
            return Diagnosis(mistake=f"error {raised.names[0]}", message=message, evidence=evidence)
    return None


def pattern(
    task: Task, answers: Mapping[str, Answer], names: Collection[str] | None = None
) -> Diagnosis | None:
    """Return the first pattern that the answers follow, in all cases or in those of `names`."""
    groups = _grouped(task, answers, names)
    for pairs in groups.values():
        if all(_is_right(pair) for pair in pairs):
            continue
        where = pairs[0].where
        for one in (*PATTERNS, *_of_the_solution(task)):
            if _follows(pairs, one):
                return _diagnosis(one.name, one.message, _evidence(pairs, one.evidence, where))
        for dtype, (digits, relative) in _NARROW.items():
            if _is_narrow(pairs, dtype, relative):
                message = f"Somewhere a {dtype} array may be used: about {digits} digits are right."
                return _diagnosis(dtype, message, _evidence(pairs, f"your values are {dtype} numbers", where))
    return None


def _diagnosis(name: str, message: str, evidence: str) -> Diagnosis:
    return Diagnosis(mistake=f"pattern {name}", message=message, evidence=evidence)


def _grouped(
    task: Task, answers: Mapping[str, Answer], names: Collection[str] | None
) -> dict[Path, list[Pair]]:
    """Return the pairs of each part of the answers, in the order of the cases."""
    groups: dict[Path, list[Pair]] = {}
    for case in task.cases:
        answer = answers.get(case.name) if names is None or case.name in names else None
        if answer is not None and answer.outcome == "returned":
            for path, pair in _pairs(case, answer.value, task):
                groups.setdefault(path, []).append(pair)
    return groups


def _pairs(case: Case, value: object, task: Task) -> Iterator[tuple[Path, Pair]]:
    expected = task.expected[case.name]
    got = dict(paths(value))
    for path, leaf in paths(expected.value):
        other = _numbers(leaf)
        one = None if other is None else _numbers(got.get(path), most=_LARGER * other.size)
        if one is not None and other is not None and other.size:
            allowed = expected.allowed.at(path)
            is_secret = case.name in task.secret
            yield path, Pair(case, one, other, allowed, place(expected.value, path), is_secret)


def _numbers(value: object, *, most: int | None = None) -> Array | None:
    """Return numbers as floats, and None for anything else.

    An array of more than `most` elements keeps its dtype: it is too large for any pattern, so that only its
    shape counts.
    """
    if not isinstance(value, (np.ndarray, np.generic, int, float)):
        return None
    array = np.asarray(value)
    if most is not None and array.size > most and array.dtype.kind in "biuf":
        return array
    with np.errstate(over="ignore"):  # a long double such as 1e4000 becomes inf
        return array.astype(float) if array.dtype.kind in "biuf" else None


def _is_right(pair: Pair) -> bool:
    return pair.got.shape == pair.expected.shape and not wrong(pair.got, pair.expected, pair.allowed).any()


def _follows(pairs: Sequence[Pair], one: Pattern) -> bool:
    """Return whether the pattern predicts every answer that is finite.

    Hidden cases can refute a pattern, but do not count in its favour. Otherwise, a submission could return
    nan for all public inputs, and the name of the pattern would tell its author about the hidden ones.
    """
    cases = elements = 0
    for pair in pairs:
        # nan fits every pattern: twice nan is nan, and so is nan + 1.
        if not np.isfinite(pair.got).all() or not np.isfinite(pair.expected).all():
            continue
        with np.errstate(all="ignore"):
            made = one.made(pair.case, pair.expected)
        if made is None:
            return False
        near = _tolerance(made, pair)
        if made.shape != pair.got.shape or wrong(pair.got, made, near).any():
            return False
        clear = 0 if pair.is_secret else _clear(made, pair.expected, near)
        cases += clear > 0
        elements += clear
    return cases >= _CASES and elements >= _ELEMENTS


def _tolerance(made: Array, pair: Pair) -> Array:
    size = np.max(np.abs(made), initial=0.0, where=np.isfinite(made))
    return np.asarray(_RELATIVE * size + 8 * np.max(pair.allowed, initial=0.0))


def _clear(made: Array, expected: Array, near: Array) -> int:
    """Return how many elements tell the pattern from the right answer; another shape does for all."""
    if not made.any():
        return 0  # zeros come from many slips
    if made.shape != expected.shape:
        return made.size
    # An expected 0 does not count for a factor of 2: twice 0 is the right answer.
    return int(np.sum(~(np.abs(made - expected) <= _CLEAR * near)))


def _is_narrow(pairs: Sequence[Pair], dtype: str, relative: float) -> bool:
    """Return whether all answers fit a narrow dtype and are close to expected values that do not fit it."""
    cases = 0
    for pair in pairs:
        if pair.got.shape != pair.expected.shape:
            return False
        size = np.max(np.abs(pair.expected), initial=0.0, where=np.isfinite(pair.expected))
        near = np.asarray(relative * size + pair.allowed)
        if wrong(pair.got, pair.expected, near).any() or not _representable(pair.got, dtype).all():
            return False
        # Expected values such as 0.5 are exact in float16 as well, and prove nothing.
        cases += int(not pair.is_secret and not _representable(pair.expected, dtype).all())
    return cases >= _CASES


def _representable(values: Array, dtype: str) -> NDArray[np.bool_]:
    with np.errstate(all="ignore"):
        return np.asarray((values.astype(dtype) == values) | (values != values))  # the latter is nan


def _evidence(pairs: Sequence[Pair], words: str, where: str) -> str:
    shown = [p for p in pairs if not p.is_secret]  # a student may return nan for hidden inputs of its choice
    count = sum(bool(np.isfinite(p.got).all() and np.isfinite(p.expected).all()) for p in shown)
    every = f"all {count} cases" if count == len(shown) else f"all {count} cases with finite numbers"
    return f"In {every} {words}{where}."


def _of_the_solution(task: Task) -> Iterator[Pattern]:
    """Yield the pattern that calls the solution; it never applies in a student's bundle, which has none."""
    solve: Callable[[Case], Any] | None = task.solve

    def along_the_other_axis(case: Case, expected: Array) -> Array | None:
        first = case.args[0] if case.args else None
        if solve is None or not isinstance(first, np.ndarray) or (first.ndim, len(case.args)) != (2, 1):
            return None
        try:
            value = solve(Case(case.name, (first.T,), case.kwargs)).value
        except AuthorError:
            return None
        numbers = _numbers(value)
        return None if numbers is None else numbers.T

    yield Pattern(
        "other axis",
        along_the_other_axis,
        "The function may work along the wrong axis: rows and columns have changed places.",
        "your values are those of the transposed input, transposed back",
    )
