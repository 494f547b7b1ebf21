"""Checks of linear algebra: vectors whose sign is free, columns at right angles, inverse matrices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.cases.nested import leaves
from grader.checks.context import Finding, Look, Seen
from grader.checks.kind import check
from grader.numerics.tolerance import Array, wrong
from grader.text.numbers import pair

_UNIT = 2.0**-53


@check()
def equal_up_to_sign(seen: Seen, axis: int = 0, item: int | None = None) -> Iterator[Finding]:
    """Matches the reference values; each vector may have either sign.

    Args:
        axis: the one along which the vectors run: with 0 the columns of a matrix are the vectors.
        item: position of the vectors in a returned tuple, from 0; None where they are all of the answer.
    """
    for look in seen.values(shapes=True):
        got, expected, allowed = _part(look, item)
        sign = np.where(np.sum(got * expected, axis=axis, keepdims=True) < 0, -1.0, 1.0)
        nearer = sign * expected + 0.0  # a turned 0 is shown without its minus
        off = wrong(got, nearer, allowed)
        if off.any():
            where = "" if item is None else f" in item {item}"
            yield Finding(look.case, "", got=got, expected=nearer, wrong=off, where=where)


def _part(look: Look, item: int | None) -> tuple[Array, Array, Array]:
    """Return answer, expected value and tolerance of one item, or of the whole answer."""
    if item is None:
        return look.got, np.asarray(look.expected.value), _allowed(look)
    got: Any = look.answer.value
    expected: Any = look.expected.value
    limits: Any = look.expected.allowed
    before = len(list(leaves(expected[:item])))
    return np.asarray(got[item]), np.asarray(expected[item]), np.asarray(limits[before])


@check()
def orthonormal_columns(seen: Seen) -> Iterator[Finding]:
    """The columns have length 1 and are at right angles to each other."""
    for look in seen.values():
        size = np.abs(look.got)
        reach = size.T @ np.broadcast_to(_allowed(look), size.shape)
        allowed = reach + reach.T + 16 * _UNIT * len(size)
        products = look.got.T @ look.got
        off = wrong(products, np.eye(len(products)), allowed)
        if off.any():
            i, j = (int(n) for n in np.argwhere(off)[0])
            what = f"Column {i} has the squared length" if i == j else f"Columns {i} and {j} have the product"
            value, wanted = pair(products[i, j], int(i == j))
            message = f"{what} {value}; expected {wanted}."
            yield Finding(look.case, message, got=look.got)


@check()
def inverts(seen: Seen) -> Iterator[Finding]:
    """The output times the input is the identity matrix."""
    for look in seen.values():
        given = np.asarray(look.case.args[0], dtype=float)
        product, size = look.got @ given, np.abs(look.got) @ np.abs(given)
        # What the answer may be off is multiplied by the input, and the product is rounded once more.
        allowed = _allowed(look) @ np.abs(given) + 2 * len(given) * _UNIT * size
        off = wrong(product, np.eye(len(given)), allowed)
        if off.any():
            i, j = (int(n) for n in np.argwhere(off)[0])
            value, wanted = pair(product[i, j], int(i == j))
            where = f"at row {i}, column {j}"
            message = f"The product of your output and the input is {value} {where}; expected {wanted}."
            yield Finding(look.case, message, got=look.got)


def _allowed(look: Look) -> Array:
    return np.asarray(0.0 if look.expected.allowed is None else look.expected.allowed)
