"""Checks on the form of an answer: its type, shape and dtype."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.cases.nested import leaves
from grader.checks.context import Finding, Seen
from grader.checks.kind import check


@check()
def matches_shape(seen: Seen) -> Iterator[Finding]:
    """The output has the right shape.

    Type and shape of each answer are those of the expected one.
    """
    for _ in seen.values(shapes=True):
        pass
    yield from ()


@check()
def preserves_shape(seen: Seen) -> Iterator[Finding]:
    """The output has the shape of the input."""
    for look in seen.values(shapes=True):
        given = np.asarray(look.case.args[0]).shape
        if look.got.shape != given:
            message = f"Your output has shape {look.got.shape}; expected {given}."
            yield Finding(look.case, message, "shape", look.answer.value, look.expected.value)


def _other_dtypes(seen: Seen, kind: str, wanted: str) -> Iterator[Finding]:
    for look in seen.values():
        for where, leaf in leaves(look.answer.value):
            dtype = np.asarray(leaf).dtype
            if dtype.kind != kind:
                message = f"Your output{where} has dtype {dtype}; expected {wanted}."
                yield Finding(look.case, message, "type", look.answer.value, look.expected.value)


@check()
def returns_floats(seen: Seen) -> Iterator[Finding]:
    """The output is made of floating-point numbers."""
    yield from _other_dtypes(seen, "f", "a floating-point dtype")


@check()
def returns_booleans(seen: Seen) -> Iterator[Finding]:
    """The output is made of booleans."""
    yield from _other_dtypes(seen, "b", "dtype bool")
