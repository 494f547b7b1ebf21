"""Checks of linear algebra: vectors up to their sign, orthonormal columns, inverse matrices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.checks.context import CheckContext, Finding, Observation
from grader.checks.kind import check
from grader.numerics.tolerance import Array, wrong
from grader.text.numbers import pair

_UNIT = 2.0**-53


@check(judges="shapes", compares=True)
def equal_up_to_sign(context: CheckContext, axis: int = 0, item: int | None = None) -> Iterator[Finding]:
    """Matches the reference values; each vector may have either sign.

    Args:
        axis: the axis of a vector's elements; with 0, the columns of a matrix are the vectors.
        item: position of the vectors in a returned tuple, from 0; None if they are the whole answer.
    """
    for observed in context.judged:
        got, expected, allowed = _part(observed, item)
        sign = np.where(np.sum(got * expected, axis=axis, keepdims=True) < 0, -1.0, 1.0)
        nearer = sign * expected + 0.0  # -1.0 * 0.0 is -0.0; adding 0.0 removes its sign
        off = wrong(got, nearer, allowed)
        if off.any():
            where = "" if item is None else f" in item {item}"
            yield Finding(observed.case, "", got=got, expected=nearer, wrong=off, where=where)


def _part(observed: Observation, item: int | None) -> tuple[Array, Array, Array]:
    """Return answer, expected value and tolerance of one item, or of the whole answer."""
    if item is None:
        return observed.got, np.asarray(observed.expected.value), observed.expected.allowed.at()
    got: Any = observed.answer.value
    expected: Any = observed.expected.value
    return np.asarray(got[item]), np.asarray(expected[item]), observed.expected.allowed.at((item,))


@check()
def orthonormal_columns(context: CheckContext) -> Iterator[Finding]:
    """The columns have length 1 and are at right angles to each other."""
    for observed in context.judged:
        size = np.abs(observed.got)
        reach = size.T @ np.broadcast_to(observed.expected.allowed.at(), size.shape)
        allowed = reach + reach.T + 16 * _UNIT * len(size)
        products = observed.got.T @ observed.got
        off = wrong(products, np.eye(len(products)), allowed)
        if off.any():
            i, j = (int(n) for n in np.argwhere(off)[0])
            what = f"Column {i} has the squared length" if i == j else f"Columns {i} and {j} have the product"
            value, wanted = pair(products[i, j], int(i == j))
            message = f"{what} {value}; expected {wanted}."
            yield Finding(observed.case, message, got=observed.got)


@check()
def inverts(context: CheckContext) -> Iterator[Finding]:
    """The output times the input is the identity matrix."""
    for observed in context.judged:
        given = np.asarray(observed.case.args[0], dtype=float)
        product, size = observed.got @ given, np.abs(observed.got) @ np.abs(given)
        # The answer's tolerance is multiplied by the input; the product has rounding errors of its own.
        allowed = observed.expected.allowed.at() @ np.abs(given) + 2 * len(given) * _UNIT * size
        off = wrong(product, np.eye(len(given)), allowed)
        if off.any():
            i, j = (int(n) for n in np.argwhere(off)[0])
            value, wanted = pair(product[i, j], int(i == j))
            where = f"at row {i}, column {j}"
            message = f"The product of your output and the input is {value} {where}; expected {wanted}."
            yield Finding(observed.case, message, got=observed.got)
