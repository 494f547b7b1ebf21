"""Errors that beginners meet often say what happened and what to do, as Python and NumPy word them today."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.cases.case import Raised
from grader.explain.errors import translated

A, B, C = np.ones((2, 3)), np.ones(2), np.ones((3, 4))


def raised(action: Callable[[], Any]) -> Raised:
    """Return the exception of an action, as a worker would report it."""
    with pytest.raises(Exception) as caught:  # noqa: PT011  # which one is what is looked at
        action()
    kinds = [kind.__name__ for kind in type(caught.value).__mro__[:-1]]
    return Raised(tuple(kinds), str(caught.value))


def in_place() -> None:
    numbers = np.array([1, 2])
    numbers -= 0.5  # type: ignore[misc]  # this is the error


def unbound() -> Any:
    if len(B) > 5:
        total = 0
    return total


def endless() -> Any:
    return endless()


def unpacked() -> Any:
    n, k = B.shape
    return n, k


MET: dict[str, tuple[Callable[[], Any], str]] = {
    "in place": (in_place, "An integer array cannot hold fractions, and -= works in place."),
    "lost axis": (lambda: A / B, "keepdims=True it has shape (2, 1)."),
    "lost axis, turned round": (lambda: B / A, "keepdims=True it has shape (2, 1)."),
    "product": (lambda: A * C, "work element by element; @ is the matrix product."),
    "other shapes": (lambda: A + np.ones((2, 4)), "Print both shapes before that line."),
    "matmul": (lambda: C @ A, "A transpose (.T) may be missing"),
    "dot": (lambda: np.dot(C, A), "A transpose (.T) may be missing"),
    "matmul of a number": (lambda: A @ np.float64(2), "for a single number use *."),
    "truth": (lambda: bool(A > 0), "Use np.where or a mask for each element"),
    "math of an array": (lambda: math.exp(A), "NumPy's functions, such as np.exp"),  # type: ignore[arg-type]
    "axis": (lambda: np.sum(B, axis=1), "The code names axis 1, but the array has one axis"),
    "axis of a number": (lambda: np.sum(np.float64(1), axis=1), "but the array has no axis"),
    "overflow": (lambda: math.exp(1000), "np.exp gives inf there."),
    "domain": (lambda: math.log(0), "such as math.log(0)."),
    "index": (lambda: B[2], "Index 2 was asked of 2 elements, whose last index is 1."),
    "index of nothing": (lambda: np.ones(0)[0], "the input may be empty."),
    "float index": (lambda: B[1 / 1], "// a whole number."),  # type: ignore[index]
    "shape of a vector": (lambda: B.shape[1], "x.shape has one part for each axis"),
    "too many indices": (lambda: B[0, 0], "more indices than the array has axes; it has 1 here."),
    "unpack": (lambda: unpacked(), "2 names stand on the left, and 1"),
    "length of a number": (lambda: len(np.array(1.0)), "x.size counts elements always."),  # type: ignore[arg-type]
    "call of an array": (lambda: A(0), "Round brackets after an array call it"),  # type: ignore[operator]
    "index of a function": (lambda: len[0], "round brackets call it."),  # type: ignore[index]
    "None": (lambda: [3, 1].sort() + 1, "may lack its return"),  # type: ignore[func-returns-value]
    "put": (lambda: A.__setitem__(0, np.ones(4)), "A value of shape (4,) is put into a place of shape (3,)"),
    "ragged": (lambda: np.array([[1.0], [1.0, 2.0]]), "rows differ in length."),
    "gradient": (lambda: np.gradient(np.ones(1)), "differences between neighbours"),
    "reshape": (lambda: A.reshape(4, 2), "6 elements do not fill the shape (4,2)"),
    "unbound": (unbound, "total is read before this function gives it a value"),
    "recursion": (endless, "The function calls itself without an end"),
}


@pytest.mark.parametrize("name", MET)
def test_an_error_that_beginners_meet_is_told_with_its_cure(name: str) -> None:
    action, text = MET[name]
    assert text in translated(raised(action))


@pytest.mark.parametrize(
    "other",
    [
        Raised(("ValueError", "Exception"), "lengths differ"),
        Raised(("OwnError", "Exception"), "index 3 is out of bounds for axis 0 with size 3"),
        Raised(("TypeError", "Exception"), ""),
        Raised((), "operands could not be broadcast together with shapes (2,3) (2,)"),
    ],
)
def test_any_other_error_is_left_to_its_own_words(other: Raised) -> None:
    assert translated(other) == ""


def test_a_long_message_is_looked_at_in_part_alone() -> None:
    far = Raised(("OverflowError",), " " * 10 + "x" * 10**6 + "math range error")
    assert translated(far) == ""
