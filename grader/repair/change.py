"""One change of one place in a tree, and the scope in which it is made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.repair.code import nodes


@dataclass(frozen=True)
class Scope:
    """The names that a change in one function may use."""

    parameters: tuple[str, ...]
    variables: tuple[str, ...]
    """The other variables of the function."""
    numpy: str = ""
    """The name of NumPy, empty if there is none."""

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters and variables."""
        return (*self.parameters, *self.variables)


@dataclass(frozen=True, eq=False)
class Place:
    """A node and where it hangs: a field of its holder, or an item of a list there."""

    holder: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def replaced(self, new: ast.AST) -> Any:
        """Return the new value of the holder's field."""
        if self.index is None:
            return new
        old = getattr(self.holder, self.field)
        return [*old[: self.index], new, *old[self.index + 1 :]]

    @cached_property
    def short(self) -> str:
        """The source of the node, empty if it is long."""
        return short(self.node)


@dataclass(frozen=True, eq=False)
class Change:
    """A new value for one field of one node."""

    kind: str
    """The name of the kind in `kinds.KINDS`."""
    holder: ast.AST
    field: str
    new: Any
    thing: str = ""
    """What is changed, in a word or two of the code: `sum`, `+`, `n`."""
    is_donor: bool = False
    """Whether the new code comes from the solution or a known mistake."""

    @cached_property
    def _moved(self) -> tuple[list[ast.AST], list[ast.AST]]:
        """The nodes that go, and those that come."""
        old, new = getattr(self.holder, self.field), self.new
        if isinstance(old, list):  # most statements of a body stay, and need not be looked at
            same = {id(n) for n in old} & {id(n) for n in new}
            old, new = ([n for n in its if id(n) not in same] for its in (old, new))
        before = nodes(old)
        known = {id(n) for n in before}
        after = nodes(new, known)
        kept = [n for n in after if id(n) in known]
        come = [n for n in after if id(n) not in known]
        if any(n is old for n in kept):  # something comes around it
            return [], come
        stay = {id(n) for n in nodes(kept)}
        return [n for n in before if id(n) not in stay], come

    @cached_property
    def distance(self) -> int:
        """The number of nodes that go and come; two statements that change places count as one node."""
        return max(sum(map(len, self._moved)), 1)

    @property
    def added(self) -> int:
        """The number of nodes that come."""
        return len(self._moved[1])

    @cached_property
    def pattern(self) -> str:
        """What goes and what comes, whatever stands around it: the same for one slip made in two places."""
        gone, come = self._moved
        return f"{self.kind}: {_labels(gone)} > {_labels(come)}"

    @contextmanager
    def made(self) -> Iterator[None]:
        """Make the change in the tree, and take it back at the end."""
        old = getattr(self.holder, self.field)
        setattr(self.holder, self.field, self.new)
        try:
            yield
        finally:
            setattr(self.holder, self.field, old)


def _labels(trees: list[ast.AST]) -> str:
    return " ".join(sorted(f"{type(n).__name__} {_label(n)}" for n in trees))


def _label(node: ast.AST) -> str:
    return "" if isinstance(node, (ast.Call, ast.Subscript, ast.Compare)) else thing(node)


def thing(node: ast.AST) -> str:
    """Return a node as one or two words of the code; empty if there is no short text."""
    if isinstance(node, ast.Call):
        return thing(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.UnaryOp, ast.BoolOp)):
        return _SIGNS.get(type(node.op), "")
    if isinstance(node, (ast.Name, ast.Constant, ast.Subscript, ast.Compare)):
        text = node.id if isinstance(node, ast.Name) else ast.unparse(node)
        return text if len(text) <= 24 else ""
    return ""


def short(node: ast.AST) -> str:
    """Return the first line of the source of a node, empty if it is long."""
    text = ast.unparse(node).split("\n", 1)[0]
    return text if len(text) <= _SHORT else ""


_SHORT = 40
"""Longest source, in characters, that a sentence quotes."""
_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**",
    ast.FloorDiv: "//", ast.Mod: "%", ast.USub: "-", ast.UAdd: "+", ast.Not: "not", ast.Invert: "~",
    ast.And: "and", ast.Or: "or", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip
