"""Changes that bring code of the solution, or what a known mistake lacks of it, into a student's function."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from grader.repair.change import Change, Place, Scope, short, thing
from grader.repair.code import free_names, names_of
from grader.repair.donors import HOLE, Donors, Replacing, renamed

_NAMED: Final = (ast.Name, ast.Attribute, ast.BinOp, ast.Constant)
_ALIKE: Final = 0.4
"""Least share of common nodes of an expression and the one that replaces it."""


def changes(
    function: ast.FunctionDef, places: Sequence[Place], donors: Donors, scope: Scope
) -> Iterator[Change]:
    """Yield the changes that bring donors into a function with the same number of parameters."""
    own, _ = names_of(function)
    if len(own) != len(donors.parameters):
        return
    names = dict(zip(donors.parameters, own, strict=True))
    known = {
        *scope.names,
        scope.numpy,
        "len",
        "range",
        "float",
        "int",
        "max",
        "min",
        "abs",
        "sum",
        "ValueError",
    }
    body = function.body
    for group, kind in ((donors.guards, "guard"), (donors.preparations, "preparation")):
        for statement in group:
            new = renamed(statement, names)
            if free_names(new) <= {*known, "np", "type", "isinstance", "all", "any", "tuple", "list", "str"}:
                yield Change(kind, function, "body", [_numpy_as(new, scope), *body], "", is_donor=True)
    bags = [(p, _bag(p.node)) for p in places]
    for place, _ in bags:
        yield from _constants(place, donors)
        yield from _matching(place, donors, names, known, scope)
    for step in donors.steps:
        form = _numpy_as(renamed(step, names), scope)
        if free_names(form) <= {*known, HOLE}:
            for place in places:
                if _takes_a_step(place):
                    new = _Filling(place.node).visit(copy.deepcopy(form))
                    made = place.replaced(new)
                    yield Change(
                        "step of the solution",
                        place.holder,
                        place.field,
                        made,
                        short(place.node),
                        is_donor=True,
                    )
    for expression in donors.expressions:
        its_names = free_names(renamed(expression, names))
        for name in own:
            if its_names & set(own) == {name} and its_names <= known:
                value = _numpy_as(renamed(expression, names), scope)
                line = ast.Assign([ast.Name(name, ast.Store())], value, lineno=function.lineno)
                yield Change("preparation", function, "body", [line, *body], name, is_donor=True)
        new = _numpy_as(renamed(expression, names), scope)
        if not free_names(new) <= known:
            continue
        bag, text = _bag(new), ast.dump(new)
        for place, other in bags:
            if _is_alike(bag, other) and ast.dump(place.node) != text:
                yield Change(
                    "expression", place.holder, place.field, place.replaced(_shared(place.node, new)),
                    short(place.node), is_donor=True,
                )  # fmt: skip


def _takes_a_step(place: Place) -> bool:
    return isinstance(place.holder, (ast.Return, ast.Assign, ast.BinOp, ast.AugAssign)) and not isinstance(
        place.node, ast.Constant
    )


class _Filling(ast.NodeTransformer):
    """Puts an expression into a gap; it is not copied, so that it counts as kept."""

    def __init__(self, value: ast.AST) -> None:
        self.value = value

    def visit_Name(self, node: ast.Name) -> ast.AST:  # the visitor's name for it
        """Return the expression for the gap."""
        return self.value if node.id == HOLE else node


def _constants(place: Place, donors: Donors) -> Iterator[Change]:
    node = place.node
    if not isinstance(node, ast.Constant) or isinstance(node.value, (str, bool)):
        return
    for other in donors.constants:
        if type(other.value) in (int, float) and other.value != node.value:
            new = ast.Constant(other.value)
            yield Change(
                "constant of the task",
                place.holder,
                place.field,
                place.replaced(new),
                thing(node),
                is_donor=True,
            )


def _matching(
    place: Place, donors: Donors, names: Mapping[str, str], known: set[str], scope: Scope
) -> Iterator[Change]:
    for pattern in donors.patterns:
        if type(pattern.wrong) is not type(place.node):
            continue
        bound: dict[str, ast.expr] = {}
        if _matches(pattern.wrong, place.node, bound):
            others: dict[str, ast.expr] = {n: ast.Name(m) for n, m in names.items()}
            new = _numpy_as(Replacing(others | bound).visit(copy.deepcopy(pattern.right)), scope)
            if free_names(new) <= known:
                made = place.replaced(_shared(place.node, new))
                yield Change("known slip", place.holder, place.field, made, short(place.node), is_donor=True)


def _matches(pattern: Any, node: Any, bound: dict[str, ast.expr]) -> bool:
    """Return whether a tree is another one up to its variables, and bind these."""
    if (
        isinstance(pattern, ast.Name)
        and isinstance(node, ast.expr)
        and pattern.id not in ("np", "len", "range")
    ):
        if not isinstance(node, ast.Name):
            return False
        other = bound.setdefault(pattern.id, node)
        return ast.dump(other) == ast.dump(node)
    if isinstance(pattern, list):
        return (
            isinstance(node, list)
            and len(pattern) == len(node)
            and all(_matches(p, n, bound) for p, n in zip(pattern, node, strict=True))
        )
    if isinstance(pattern, ast.AST):
        return type(pattern) is type(node) and all(
            _matches(getattr(pattern, f, None), getattr(node, f, None), bound)
            for f in pattern._fields
            if f not in ("kind", "type_comment", "ctx")
        )
    return bool(pattern == node)


def _numpy_as(tree: Any, scope: Scope) -> Any:
    return tree if scope.numpy in ("", "np") else renamed(tree, {"np": scope.numpy})


def _bag(node: ast.AST) -> Counter[str]:
    """Return the nodes of a tree by type and name."""
    return Counter(
        f"{type(n).__name__} {thing(n) if isinstance(n, _NAMED) else ''}"
        for n in ast.walk(node)
        if n._fields and not isinstance(n, (ast.Load, ast.operator))
    )


def _is_alike(one: Counter[str], other: Counter[str]) -> bool:
    common = sum((one & other).values())
    return common >= _ALIKE * max(sum(one.values()), sum(other.values()))


def _shared(old: ast.AST, new: ast.expr) -> ast.expr:
    """Return a tree in which parts that the old one has too are the old one's, so that they count as kept."""
    kept: dict[str, list[ast.AST]] = {}
    for node in ast.walk(old):
        if isinstance(node, ast.expr):
            kept.setdefault(ast.dump(node), []).append(node)
    return _Sharing(kept).visit(copy.deepcopy(new))  # type: ignore[no-any-return]  # an expression stays one


class _Sharing(ast.NodeTransformer):
    def __init__(self, kept: dict[str, list[ast.AST]]) -> None:
        self.kept = kept

    def generic_visit(self, node: ast.AST) -> ast.AST:
        same = self.kept.get(ast.dump(node)) if isinstance(node, ast.expr) else None
        return same.pop(0) if same else super().generic_visit(node)
