"""Find the likely cause of failed answers: a known mistake, or else a pattern that all answers follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Answer, Case
from grader.cases.nested import Path, paths, place
from grader.course.task import Task
from grader.errors import AuthorError
from grader.explain.mistakes import Mistakes
from grader.explain.patterns import PATTERNS, Pattern
from grader.numerics.tolerance import wrong
from grader.results import Diagnosis

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


def diagnose(task: Task, answers: Mapping[str, Answer], mistakes: Mistakes) -> Diagnosis | None:
    """Return the likely cause of failed answers, or None if no cause fits all of them.

    A known mistake must have the student's answer in every case. A pattern must hold in every case with
    finite numbers, and differ clearly from the right answer in several cases: a right answer never has a
    diagnosis.
    """
    return mistakes.diagnose(task, answers) or pattern(task, answers)


def pattern(task: Task, answers: Mapping[str, Answer]) -> Diagnosis | None:
    """Return the first pattern that the answers follow."""
    groups = _grouped(task, answers)
    # Each part of an answer is diagnosed by itself: dW may be right while db lacks a mean.
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


def _grouped(task: Task, answers: Mapping[str, Answer]) -> dict[Path, list[Pair]]:
    """Return the pairs of each part of the answers, in the order of the cases."""
    groups: dict[Path, list[Pair]] = {}
    for case in task.cases:
        answer = answers.get(case.name)
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
        clear = 0 if pair.is_secret else _distinct(made, pair.expected, near)
        cases += clear > 0
        elements += clear
    return cases >= _CASES and elements >= _ELEMENTS


def _tolerance(made: Array, pair: Pair) -> Array:
    size = np.max(np.abs(made), initial=0.0, where=np.isfinite(made))
    return np.asarray(_RELATIVE * size + 8 * np.max(pair.allowed, initial=0.0))


def _distinct(made: Array, expected: Array, near: Array) -> int:
    """Return how many elements differ clearly from the right answer: all of them if the shapes differ."""
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
