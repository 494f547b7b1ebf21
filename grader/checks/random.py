"""Checks of functions that draw from a seeded generator.

A right function fails a case with a probability below 1e-13. In a course with ten thousand cases, a false
alarm thus has a probability below 1e-9. The bounds hold for every sample size: W. Hoeffding, "Probability
inequalities for sums of bounded random variables" (1963), and for normal numbers B. Laurent and P. Massart,
"Adaptive estimation of a quadratic functional" (2000), lemma 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import leaves
from grader.checks.compare import differ
from grader.checks.context import CheckContext, Finding, Observation
from grader.checks.kind import Origin, check
from grader.numerics.tolerance import Array
from grader.text.numbers import apart, number, pair, plural
from grader.worker.wire import Rng

ALARM: Final = 1e-13
"""Probability of a false alarm per case, for any right way to draw."""
_SEEDS: Final = (101, 202, 303)
Amount = float | str
"""A number, or the name of the parameter with its value."""


def _other_seeds(origin: Origin) -> Iterator[Case]:
    for case in origin.inputs.public():
        if any(isinstance(a, Rng) for a in (*case.args, *case.kwargs.values())):
            for seed in _SEEDS:
                yield _reseeded(case, seed)
            return


def _reseeded(case: Case, seed: int) -> Case:
    def other(value: object) -> object:
        return Rng(seed) if isinstance(value, Rng) else value

    args, kwargs = tuple(map(other, case.args)), {k: other(v) for k, v in case.kwargs.items()}
    return replace(case, name=f"{case.name}, seed {seed}", args=args, kwargs=kwargs)


@check(needs=_other_seeds, reads="own", shrinks=False)
def seeds_differ(context: CheckContext) -> Iterator[Finding]:
    """Another seed gives another result.

    The case should make a right function draw enough: 50 coin tosses agree by chance once in 1e15.
    """
    observations = context.judged
    if len(observations) > 1 and all(_same(one, observations[0]) for one in observations[1:]):
        message = f"{len(observations)} seeds gave the same result. Draw from the generator that is passed."
        yield Finding(observations[0].case, message, got=observations[0].answer.value)


def _same(one: Observation, other: Observation) -> bool:
    values = one.answer.value, other.answer.value
    shapes = [[np.asarray(leaf).shape for _, leaf in leaves(v)] for v in values]
    return shapes[0] == shapes[1] and differ(*values) is None


@check(shrinks=False)
def permutes(context: CheckContext) -> Iterator[Finding]:
    """The output holds what the first argument holds, in another order along the first axis."""
    for observed in context.judged:
        if not _equal(*(_sorted_rows(np.asarray(v)) for v in (observed.answer.value, observed.case.args[0]))):
            message = "Your output does not hold the same entries as the input, each as often."
            yield Finding(observed.case, message, got=observed.answer.value)


def _sorted_rows(values: Array) -> Array:
    # Not reshape(len(values), -1): NumPy cannot infer the second side if there are no rows.
    rows = values.reshape(len(values), math.prod(values.shape[1:])) if values.ndim else values.reshape(1, 1)
    return np.asarray(rows[np.lexsort(rows.T[::-1])]) if rows.size else rows


def _equal(rows: Array, wanted: Array) -> bool:
    """Return whether all numbers are exactly equal; nan equals nan."""
    if rows.shape != wanted.shape:
        return False
    if rows.dtype.kind != wanted.dtype.kind:
        # NumPy compares integers with floats as floats, in which 2**53 and 2**53 + 1 are equal.
        rows, wanted = rows.astype(object), wanted.astype(object)
    return bool(np.all((rows == wanted) | ((rows != rows) & (wanted != wanted))))


@check(shrinks=False)
def share_of(context: CheckContext, value: float, share: Amount) -> Iterator[Finding]:
    """A share of {share} of the values is {value}."""
    for observed in context.judged:
        hits, wanted = np.ravel(observed.got) == value, _amount(observed, share)
        allowed = _hoeffding(hits.size)
        if hits.size and not abs(hits.mean() - wanted) <= allowed:
            here, right = pair(hits.mean(), wanted)
            message = (
                f"{here} of the values are {number(value)}; expected about {right}, "
                f"for a sample of {hits.size} within {number(allowed, 2)}."
            )
            yield Finding(observed.case, message)


@check(shrinks=False)
def mean_near(context: CheckContext, mean: Amount, low: Amount, high: Amount) -> Iterator[Finding]:
    """The values lie between {low} and {high}, and their mean is about {mean}."""
    for observed in context.judged:
        values = np.ravel(observed.got)
        least, most, wanted = (_amount(observed, a) for a in (low, high, mean))
        if values.size and not (values.min() >= least and values.max() <= most):
            (first, low_end), (last, high_end) = apart(values.min(), least), apart(values.max(), most)
            message = (
                f"The values go from {first} to {last}; expected all of them from {low_end} to {high_end}."
            )
            yield Finding(observed.case, message)
        elif values.size and not abs(values.mean() - wanted) <= (most - least) * _hoeffding(values.size):
            yield Finding(observed.case, _off("mean", values.mean(), wanted, values.size))


@check(shrinks=False)
def normal_with(context: CheckContext, mean: Amount, spread: Amount) -> Iterator[Finding]:
    """The values are normal numbers of mean {mean} and standard deviation {spread}."""
    for observed in context.judged:
        values = np.ravel(observed.got)
        wanted, sigma, n = _amount(observed, mean), _amount(observed, spread), values.size
        if not n:
            continue
        # Four events in all, each of probability ALARM / 4: the mean and the spread, too small and too large.
        x = math.log(4 / ALARM)
        ratio = float(np.mean(((values - wanted) / sigma) ** 2))
        wide = 2 * math.sqrt(x / n)
        if not abs(values.mean() - wanted) <= sigma * math.sqrt(2 * x / n):
            yield Finding(observed.case, _off("mean", values.mean(), wanted, n))
        elif not -wide <= ratio - 1 <= wide + 2 * x / n:
            yield Finding(observed.case, _off("standard deviation", sigma * math.sqrt(ratio), sigma, n))


@check(shrinks=False)
def drawn_evenly(context: CheckContext, outcomes: int) -> Iterator[Finding]:
    """Each of the numbers from 0 up to {outcomes}, itself excluded, is drawn about equally often."""
    for observed in context.judged:
        values = np.ravel(observed.got)
        inside = (values >= 0) & (values < outcomes) & (values == np.floor(values))
        if not inside.all():
            stray = values[~inside][0]
            drawn, _ = apart(stray, np.rint(stray))
            message = f"{drawn} was drawn; expected whole numbers from 0 to {outcomes - 1}."
            yield Finding(observed.case, message)
            continue
        counts = np.bincount(values.astype(int), minlength=outcomes)
        off = np.abs(counts / max(values.size, 1) - 1 / outcomes) > _hoeffding(values.size, outcomes)
        if values.size and off.any():
            at = int(np.argmax(off))
            message = (
                f"{at} was drawn {plural(counts[at], 'time')} out of {values.size}; "
                f"expected about {number(values.size / outcomes)}."
            )
            yield Finding(observed.case, message)


def _hoeffding(count: int, events: int = 1) -> float:
    """Return the allowed difference of a share of `count` draws from its probability, for `events` shares."""
    return math.sqrt(math.log(2 * events / ALARM) / (2 * max(count, 1)))


def _off(what: str, got: Any, wanted: float, count: int) -> str:
    here, right = pair(got, wanted)
    return f"The {what} of {plural(count, 'value')} is {here}; expected about {right}."


def _amount(observed: Observation, amount: Amount) -> float:
    """Return a number, or the value of the parameter that it names."""
    if not isinstance(amount, str):
        return float(amount)
    named: dict[str, Any] = dict(zip(observed.names, observed.case.args, strict=False)) | dict(
        observed.case.kwargs
    )
    return float(named[amount])
