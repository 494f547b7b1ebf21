"""Errors of Python and NumPy that beginners meet often, translated once: what happened, and the cure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from grader.cases.case import Raised

_CHARS: Final = 400
"""Characters of a message that are looked at."""
Tell = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Translation:
    """What an error of one type whose message matches means for a learner."""

    type: str
    """Name of the exception's class, or of one that it inherits from."""
    pattern: str
    """Searched in its message."""
    tell: Tell


def translated(raised: Raised) -> str:
    """Return what an exception means and what to do about it, in one or two sentences; empty if unknown.

    >>> translated(Raised(("OverflowError", "Exception"), "math range error"))
    'math.exp raises an error where the result is too large for a float; np.exp gives inf there.'
    """
    message = " ".join(raised.message[:_CHARS].split())
    for one in _TRANSLATIONS:
        found = re.search(one.pattern, message) if one.type in raised.names else None
        if found:
            text = one.tell if isinstance(one.tell, str) else one.tell(found)
            if text:
                return text
    return ""


def _shape(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _broadcast(found: re.Match[str]) -> str:
    one, other = sorted((_shape(found[1]), _shape(found[2])), key=len, reverse=True)
    fits = f"Arrays of shape {one} and {other} do not fit element by element."
    if len(one) == len(other) + 1 and other == one[:-1]:
        kept = (*other, 1)
        return (
            f"{fits} A sum, mean or maximum may have lost its axis: with keepdims=True it has shape {kept}."
        )
    if len(one) == len(other) == 2 and _shape(found[1])[1] == _shape(found[2])[0]:
        return f"{fits} The operators * + - / work element by element; @ is the matrix product."
    return f"{fits} Print both shapes before that line."


def _matmul(_: re.Match[str]) -> str:
    return (
        "The shapes do not fit a matrix product: the columns of the first factor must be as many as the rows "
        "of the second. A transpose (.T) may be missing, or the factors may have changed places."
    )


def _cast(found: re.Match[str]) -> str:
    operator = _OPERATORS.get(found[1], "a step in place")
    return (
        f"An integer array cannot hold fractions, and {operator} works in place. "
        "Make it float first, for example by x = np.array(x, dtype=float), which is a copy as well."
    )


_OPERATORS: Final = {"add": "+=", "subtract": "-=", "multiply": "*=", "divide": "/=", "true_divide": "/="}
_AXIS: Final = "The code names axis {0}, but the array has {1}: it may be a vector or a single number here."


def _axis(found: re.Match[str]) -> str:
    count = int(found[2])
    return _AXIS.format(found[1], "no axis" if not count else "one axis" if count == 1 else f"{count} axes")


def _past_the_end(found: re.Match[str]) -> str:
    index, size = int(found[1]), int(found[2])
    if not size:
        return f"Index {index} was asked of an array without elements: the input may be empty."
    return (
        f"Index {index} was asked of {size} elements, whose last index is {size - 1}. A loop may run too far."
    )


_TRANSLATIONS: Final = (
    Translation(
        "NotImplementedError",
        r"^([A-Za-z]\w*)$",
        lambda m: (
            f"{m[1]}, which your function calls, is not written yet: it still raises NotImplementedError. "
            "Solve it first."
        ),
    ),
    Translation("UFuncTypeError", r"Cannot cast ufunc '(\w+)' output from dtype\('(?:float|complex)", _cast),
    Translation(
        "ValueError",
        r"operands could not be broadcast together with shapes (\([\d,]*\)) (\([\d,]*\))",
        _broadcast,
    ),
    Translation("ValueError", r"matmul: Input operand \d has a mismatch|matmul: .*core dimension", _matmul),
    Translation("ValueError", r"shapes \([\d,]*\) and \([\d,]*\) not aligned", _matmul),
    Translation(
        "ValueError",
        r"matmul: Input operand \d does not have enough dimensions",
        "@ multiplies vectors and matrices; for a single number use *.",
    ),
    Translation(
        "ValueError",
        r"truth value of an array with more than one element is ambiguous",
        "if, while, and, or want one True or False, and this is an array of them. "
        "Use np.where or a mask for each element, or .any() or .all() for one answer.",
    ),
    Translation(
        "TypeError",
        r"only (0-dimensional|length-1|size-1) arrays can be converted",
        "A function for single numbers, such as those of math or float(), got a whole array. "
        "NumPy's functions, such as np.exp, work on all elements.",
    ),
    Translation("AxisError", r"axis (-?\d+) is out of bounds for array of dimension (\d+)", _axis),
    Translation(
        "OverflowError",
        r"math range error|Result too large|too large to convert",
        "math.exp raises an error where the result is too large for a float; np.exp gives inf there.",
    ),
    Translation(
        "ValueError",
        r"math domain error|expected a (positive|nonnegative) input",
        ("A function of math got a number for which it is not defined, such as math.log(0)."),
    ),
    Translation("IndexError", r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", _past_the_end),
    Translation(
        "IndexError",
        r"only integers, slices|arrays used as indices must be of integer",
        "An index must be a whole number: / gives a float, // a whole number.",
    ),
    Translation(
        "TypeError",
        r"only integer scalar arrays can be converted to a scalar index",
        "A whole number was expected, such as an axis or an index, and an array came. np.max(a, b) takes b "
        "for an axis; np.maximum(a, b) compares elements.",
    ),
    Translation(
        "IndexError",
        r"tuple index out of range",
        "The code asks for a part of a tuple that it does not have. x.shape has one part for each axis: "
        "for a vector one, for a single number none.",
    ),
    Translation(
        "IndexError",
        r"too many indices for array: array is (\d)-dimensional",
        lambda m: f"The code uses more indices than the array has axes; it has {m[1]} here.",
    ),
    Translation(
        "ValueError",
        r"not enough values to unpack \(expected (\d+), got (\d+)\)",
        lambda m: f"{m[1]} names stand on the left, and {m[2]} values came. x.shape has one for each axis.",
    ),
    Translation(
        "TypeError",
        r"len\(\) of unsized object|iteration over a 0-d array",
        "A single number came, which has no length and cannot be looped over. x.size counts elements always.",
    ),
    Translation(
        "TypeError",
        r"'numpy.ndarray' object is not callable",
        "Round brackets after an array call it; square brackets pick elements. A * may be missing, too.",
    ),
    Translation(
        "TypeError",
        r"'builtin_function_or_method' object is not subscriptable|'function' object is not subscriptable",
        "Square brackets after a function pick nothing; round brackets call it.",
    ),
    Translation(
        "TypeError",
        r"NoneType",
        "None was used as a value: a function that you call may lack its return, "
        "or a method such as sort() or append() changes its object and returns None.",
    ),
    Translation(
        "AttributeError",
        r"module 'numpy' has no attribute 'trapz'",
        "NumPy 2 has no np.trapz any more; its new name is np.trapezoid.",
    ),
    Translation(
        "ValueError",
        r"could not broadcast input array from shape (\([\d,]*\)) into shape (\([\d,]*\))",
        lambda m: (
            f"A value of shape {m[1]} is put into a place of shape {m[2]}: compare both sides of the =."
        ),
    ),
    Translation(
        "ValueError",
        r"setting an array element with a sequence",
        "One element of an array was given a whole array or list, or rows differ in length.",
    ),
    Translation(
        "ValueError",
        r"Shape of array too small to calculate a numerical gradient",
        "np.gradient takes differences between neighbours in an array. It is not the slope of a function at "
        "each element: use the rule for the derivative.",
    ),
    Translation(
        "ValueError",
        r"cannot reshape array of size (\d+) into shape (\([\d,]*\))",
        lambda m: (
            f"{m[1]} elements do not fill the shape {m[2]}: the product of a shape is its number of elements."
        ),
    ),
    Translation(
        "RecursionError",
        r"",
        "The function calls itself without an end: the case that stops it is missing or never reached.",
    ),
    Translation(
        "UnboundLocalError",
        r"(?:local variable|cannot access local variable) '(\w+)'",
        lambda m: (
            f"{m[1]} is read before this function gives it a value: a loop or an if may have been skipped."
        ),
    ),
)
"""The first that fits is told."""
