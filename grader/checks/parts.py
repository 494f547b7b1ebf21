"""Checks on answers of several parts: some of them right, a record that falls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.checks.compare import differ
from grader.checks.context import Finding, Look, Seen, finding
from grader.checks.kind import check
from grader.text.numbers import apart


@check()
def items_match(seen: Seen, *items: int) -> Iterator[Finding]:
    """Items {items} of the answer match the reference values.

    Args:
        items: positions in the returned tuple, from 0; the other ones may differ.
    """
    for look in seen.values(shapes=True):
        found = differ(look.answer.value, look.expected.value, look.expected.allowed, items)
        if found:
            yield finding(look.case, found)


def _value(look: Look, item: int) -> Any:
    answer: Any = look.answer.value
    return answer[item]


@check()
def falls(seen: Seen, item: int) -> Iterator[Finding]:
    """The numbers listed in item {item} fall from the first to the last."""
    for look in seen.values():
        record = [float(np.asarray(entry)) for entry in _value(look, item)]
        if len(record) > 1 and not record[-1] < record[0]:
            first, last = apart(record[0], record[-1])
            message = f"The first number is {first}, the last one {last}; expected a smaller one at the end."
            yield Finding(look.case, message)


@check()
def ends_below(seen: Seen, item: int, bound: float) -> Iterator[Finding]:
    """The last number listed in item {item} is below {bound}."""
    for look in seen.values():
        record = _value(look, item)
        last = float(np.asarray(record[-1])) if len(record) else np.nan
        if not last < bound:
            end, limit = apart(last, bound)
            message = f"The last number is {end}; expected one below {limit}."
            yield Finding(look.case, message)
