"""Checks on answers of several parts: some of them right, a record that falls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from grader.checks._kind import check
from grader.compare import differ, leaves
from grader.digits import number
from grader.seen import Finding, Look, Seen, finding


@check()
def items_match(seen: Seen, *items: int) -> Iterator[Finding]:
    """Items {items} of the answer match the reference values.

    Args:
        items: positions in the returned tuple, from 0; the other ones may differ.
    """
    for look in seen.values(shapes=True):
        for item in items:
            found = differ(_value(look, item), _expected(look)[item], _allowed(look, item))
            if found:
                yield finding(look.case, replace(found, where=f" in item {item}{found.where}"))


def _value(look: Look, item: int) -> Any:
    answer: Any = look.answer.value
    return answer[item]


def _expected(look: Look) -> Any:
    return look.expected.value


def _allowed(look: Look, item: int) -> Any:
    """Return the tolerances of one item: they are listed in the order of the leaves."""
    before = sum(len(list(leaves(value))) for value in _expected(look)[:item])
    limits: Any = look.expected.allowed
    return limits[before : before + len(list(leaves(_expected(look)[item])))]


@check()
def falls(seen: Seen, item: int) -> Iterator[Finding]:
    """The numbers listed in item {item} fall from the first to the last."""
    for look in seen.values():
        record = [float(np.asarray(entry)) for entry in _value(look, item)]
        if len(record) > 1 and not record[-1] < record[0]:
            first, last = number(record[0]), number(record[-1])
            message = f"The first number is {first}, the last one {last}; expected a smaller one at the end."
            yield Finding(look.case, message)
