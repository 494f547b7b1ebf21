"""Checks of an answer's type, shape and dtype."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from grader.cases.nested import leaves
from grader.checks.context import CheckContext, Finding
from grader.checks.kind import check


@check(judges="shapes")
def matches_shape(context: CheckContext) -> Iterable[Finding]:
    """The output has the right shape.

    Type and shape of each answer are those of the expected one.
    """
    return ()  # `CheckContext.partition` already reports wrong shapes, as this kind judges `shapes`


@check(judges="shapes")
def preserves_shape(context: CheckContext) -> Iterator[Finding]:
    """The output has the shape of the input."""
    for observed in context.judged:
        given = np.asarray(observed.case.args[0]).shape
        if observed.got.shape != given:
            message = f"Your output has shape {observed.got.shape}; expected {given}."
            yield Finding(observed.case, message, "shape", observed.answer.value, observed.expected.value)


def _other_dtypes(context: CheckContext, kind: str, wanted: str) -> Iterator[Finding]:
    for observed in context.judged:
        for where, leaf in leaves(observed.answer.value):
            dtype = np.asarray(leaf).dtype
            if dtype.kind != kind:
                message = f"Your output{where} has dtype {dtype}; expected {wanted}."
                yield Finding(observed.case, message, "type", observed.answer.value, observed.expected.value)


@check()
def returns_floats(context: CheckContext) -> Iterator[Finding]:
    """The output is made of floating-point numbers."""
    yield from _other_dtypes(context, "f", "a floating-point dtype")


@check()
def returns_booleans(context: CheckContext) -> Iterator[Finding]:
    """The output is made of booleans."""
    yield from _other_dtypes(context, "b", "dtype bool")
