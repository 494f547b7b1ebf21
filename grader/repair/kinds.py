"""The kinds of changes: the sentence that says where to look, and how likely each is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from grader.repair.change import Change


@dataclass(frozen=True)
class Kind:
    """One kind of change."""

    where: str
    """Where to look; `{thing}` is the changed thing as it stands in the code."""
    plain: str
    """The same where there is no short text for the thing."""
    odds: float
    """Of a thousand changes of this kind in wrong code, how many repair it."""


def _kind(where: str, odds: float, plain: str = "") -> Kind:
    return Kind(where, plain or where.replace(" {thing}", ""), odds)


KINDS: Final[dict[str, Kind]] = {
    "axis": _kind("Look at the axis of this {thing}.", 20),
    "keepdims": _kind("Look at the shape that this {thing} returns.", 20),
    "axis and keepdims": _kind("Look at the axis of this {thing}, and at the shape that it returns.", 20),
    "ddof": _kind("Look at what this {thing} divides by.", 50),
    "operator": _kind("Look at the operator {thing}.", 10),
    "operands swapped": _kind("Look at the order of the two sides of {thing}.", 15),
    "operand left out": _kind("Look at both sides of this {thing}.", 10),
    "grouping": _kind("Look at what is computed first here: parentheses.", 15),
    "transpose": _kind("Look at the rows and columns of {thing}.", 10, "Look at rows and columns here."),
    "rows and columns": _kind("Look at rows and columns here.", 4),
    "sign": _kind("Look at the sign here.", 5),
    "comparison": _kind("Look at the comparison {thing}.", 15),
    "as floats": _kind("Look at the type of the numbers here.", 2),
    "condition": _kind("Look at the condition {thing}.", 10),
    "constant": _kind("Look at the number {thing}.", 5),
    "another name": _kind("Look at the name {thing}: is it the one you want here?", 4),
    "attribute left out": _kind("Look at .{thing} here.", 5, "Look at the attribute here."),
    "length": _kind("Look at what .{thing} counts.", 5, "Look at what is counted here."),
    "function": _kind("Look at the function {thing}: is it the one you want here?", 10),
    "branches swapped": _kind("Look at which branch applies when.", 10),
    "branch left out": _kind("Look at the two branches here.", 3),
    "order of values": _kind("Look at the order of these values.", 10),
    "value left out": _kind("Look at how many values there are here.", 3),
    "index left out": _kind("Look at the index in {thing}.", 5, "Look at the index here."),
    "slice": _kind("Look at where the slice {thing} begins and ends.", 8),
    "index": _kind("Look at the index in {thing}.", 5, "Look at the index here."),
    "call left out": _kind("Look at the call of {thing}: is it needed?", 8),
    "arguments swapped": _kind("Look at the order of the arguments of {thing}.", 10),
    "argument left out": _kind("Look at the arguments of {thing}.", 8),
    "dtype": _kind("Look at the type of the numbers in {thing}.", 15),
    "shift in exp": _kind("Look at how large the exponent of {thing} can become.", 20),
    "range": _kind("Look at where this loop begins and ends.", 10),
    "as an array": _kind("Look at the type of this value.", 3),
    "factor": _kind("Look at the factor in front of this.", 2),
    "power": _kind("Look at the power here.", 2),
    "complement": _kind("Look at {thing}: is it what you want here?", 2, "Look at this value here."),
    "inverse": _kind("Look at what is divided by what.", 2),
    "another axis": _kind("Look at the shape of {thing}.", 2, "Look at the shape of this value."),
    "copy": _kind("Look at whether {thing} is a copy.", 3, "Look at whether this is a copy."),
    "function around": _kind("Look at what is still to be done to this value.", 2),
    "as a number": _kind("Look at the type of what is returned.", 5),
    "operand added": _kind("Look at what is missing here.", 1),
    "divided by a length": _kind("Look at what this is to be divided by.", 3),
    "times a length": _kind("Look at what this is divided by.", 1),
    "statement left out": _kind("Look at this line: is it needed?", 15),
    "statements swapped": _kind("Look at the order of these two lines.", 5),
    "in place": _kind("Look at whether this line changes an array of the caller.", 20),
    "accumulation": _kind("Look at what this line does in every round of the loop.", 20),
    "return added": _kind("Look at what your function returns.", 15),
    "result kept": _kind("Look at where the result of {thing} goes.", 10),
    "condition left out": _kind("Look at this condition: is it needed?", 5),
    "return too early": _kind("Look at where this return stands.", 5),
    "out of the loop": _kind("Look at whether this line belongs into the loop.", 15),
    "into the loop": _kind("Look at whether this line belongs into the loop.", 8),
    "as floats first": _kind("Look at the type of the numbers in {thing}.", 10),
    "copy first": _kind("Look at whether the caller's {thing} changes.", 10),
    "as an array first": _kind("Look at the type of {thing}: it may be a list or a number.", 8),
    "guard": _kind("Look at the inputs that your function must refuse or treat apart.", 100),
    "preparation": _kind("Look at what must be done to the arguments first.", 60),
    "step of the solution": _kind("Look at what is still to be done to {thing}.", 8, "Look at this value."),
    "constant of the task": _kind("Look at the number {thing}.", 20),
    "argument replaced": _kind("Look at what must be done to {thing} first.", 6),
    "name for a number": _kind("Look at the number {thing}: is there a parameter for it?", 10),
    "expression": _kind("Look at {thing}.", 12, "Look at this expression."),
    "known slip": _kind("Look at {thing}.", 150, "Look at this expression."),
}  # fmt: skip


def cost(change: Change) -> float:
    """Return how unlikely a change is: bits for its kind, and one for each three nodes that go or come."""
    return -math.log2(KINDS[change.kind].odds / 1000) + change.distance / 3


def where(kind: str, thing: str) -> str:
    """Return the sentence that says where to look."""
    return KINDS[kind].where.format(thing=thing) if thing else KINDS[kind].plain
