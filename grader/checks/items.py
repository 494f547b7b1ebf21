"""Checks of answers with several parts: some parts match, or a record falls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.checks.compare import differ
from grader.checks.context import CheckContext, Finding, Observation, finding
from grader.checks.kind import check
from grader.text.numbers import apart


@check(judges="shapes", compares=True)
def items_match(context: CheckContext, *items: int) -> Iterator[Finding]:
    """Items {items} of the answer match the reference values.

    Args:
        items: positions in the returned tuple, from 0; all others may differ.
    """
    for observed in context.judged:
        found = differ(observed.answer.value, observed.expected.value, observed.expected.allowed, items)
        if found:
            yield finding(observed.case, found)


def _value(observed: Observation, item: int) -> Any:
    answer: Any = observed.answer.value
    return answer[item]


@check()
def falls(context: CheckContext, item: int) -> Iterator[Finding]:
    """The numbers listed in item {item} fall from the first to the last."""
    for observed in context.judged:
        record = [float(np.asarray(entry)) for entry in _value(observed, item)]
        if len(record) > 1 and not record[-1] < record[0]:
            first, last = apart(record[0], record[-1])
            message = f"The first number is {first}, the last one {last}; expected a smaller one at the end."
            yield Finding(observed.case, message)


@check()
def ends_below(context: CheckContext, item: int, bound: float) -> Iterator[Finding]:
    """The last number listed in item {item} is below {bound}."""
    for observed in context.judged:
        record = _value(observed, item)
        last = float(np.asarray(record[-1])) if len(record) else np.nan
        if not last < bound:
            end, limit = apart(last, bound)
            message = f"The last number is {end}; expected one below {limit}."
            yield Finding(observed.case, message)
