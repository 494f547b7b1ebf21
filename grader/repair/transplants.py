"""Changes that bring code of the solution, or what a known mistake lacks of it, into a student's function."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from grader.repair.change import Change, Place, Scope, thing
from grader.repair.code import Tree, cloned, free_names, names_of, varied
from grader.repair.donors import HOLE, Donors, Replacing, definitions, renamed

_ROUNDS: Final = 4
_BUILTINS: Final = (
    *("len", "range", "float", "int", "max", "min", "abs", "sum", "np", "type", "isinstance", "all", "any"),
    *("tuple", "list", "str", "ValueError", "TypeError"),
)
_NAMED: Final = (ast.Name, ast.Attribute, ast.BinOp, ast.Constant)
_ALIKE: Final = 0.4
"""Least share of common nodes of an expression and the one that replaces it."""


def changes(
    function: ast.FunctionDef, places: Sequence[Place], donors: Donors, scope: Scope
) -> Iterator[Change]:
    """Yield the changes that bring donors into a function with the same number of parameters."""
    own, _ = names_of(function)
    if len(own) == len(donors.parameters):
        names = dict(zip(donors.parameters, own, strict=True))
        same = _same_values(function, donors, names)
        yield from _Transplants(function, places, donors, scope, own, names | same).changes()


@dataclass(frozen=True)
class _Transplants:
    """The changes of one function."""

    function: ast.FunctionDef
    places: Sequence[Place]
    donors: Donors
    scope: Scope
    own: Sequence[str]
    """The parameters of the function."""
    names: Mapping[str, str]
    """The student's names for those of the solution."""

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset({*self.scope.names, self.scope.numpy, *_BUILTINS})

    @cached_property
    def _replaceable(self) -> list[tuple[Place, Counter[str], str]]:
        """The places that any expression may replace, with their nodes by name and as text."""
        return [(p, _bag(p.node), ast.dump(p.node)) for p in self.places if p.field != "func"]

    def changes(self) -> Iterator[Change]:
        """Yield them all."""
        yield from self._in_front()
        for place in self.places:
            yield from _constants(place, self.donors)
            yield from self._slips(place)
        yield from self._steps()
        for expression in self.donors.expressions:
            new = self._of_the_student(expression)
            if free_names(new) <= self._known:
                yield from self._replaced_arguments(expression, new)
                yield from self._expressions(new, is_result=ast.dump(expression) in self.donors.results)

    def _of_the_student(self, tree: Tree) -> Tree:
        """Return code of the solution in the student's names; variables without one are written out."""
        others = {n: v for n, v in self.donors.definitions.items() if n not in self.names}
        made: Tree = tree
        for _ in range(_ROUNDS):
            used = free_names(made) & others.keys()
            if not used:
                break
            made = Replacing({n: others[n] for n in used}).visit(cloned(made))
        own: Tree = renamed(made, self.names)
        return own if self.scope.numpy in ("", "np") else renamed(own, {"np": self.scope.numpy})

    def _in_front(self) -> Iterator[Change]:
        for group, kind in ((self.donors.guards, "guard"), (self.donors.preparations, "preparation")):
            for statement in group:
                # The student's variables have no value yet in front of all other lines.
                new = _numpy_as(
                    renamed(statement, dict(zip(self.donors.parameters, self.own, strict=True))), self.scope
                )
                if free_names(new) <= {*self.own, self.scope.numpy, *_BUILTINS}:
                    yield Change(kind, self.function, "body", [new, *self.function.body], "", is_donor=True)

    def _steps(self) -> Iterator[Change]:
        for step in self.donors.steps:
            form = self._of_the_student(step)
            if not free_names(form) <= {*self._known, HOLE}:
                continue
            way, is_whole = _way_to_gap(form), ast.dump(step) in self.donors.wholes
            for place in filter(_takes_a_step, self.places):
                if is_whole and isinstance(place.holder, ast.BinOp):
                    continue  # the whole result is no operand of another: what is wrong there would stay
                yield _change("step of the solution", place, place.replaced(_filled(way, place.node)))

    def _replaced_arguments(self, expression: ast.expr, new: ast.expr) -> Iterator[Change]:
        for name in self.own:
            if free_names(new) & {*self.scope.names} == {name} and _is_of_numbers(expression, self.donors):
                line = ast.Assign([ast.Name(name, ast.Store())], new, lineno=0)
                body = [line, *self.function.body]
                yield Change("argument replaced", self.function, "body", body, name, is_donor=True)

    def _expressions(self, new: ast.expr, *, is_result: bool) -> Iterator[Change]:
        bag, text = _bag(new), ast.dump(new)
        for place, its_bag, its_text in self._replaceable:
            if is_result and not isinstance(place.holder, (ast.Return, ast.Tuple)):
                continue  # with the result in an inner place, what follows must undo it
            if _is_alike(bag, its_bag) and its_text != text:
                yield _change("expression", place, place.replaced(_shared(place.node, new)))

    def _slips(self, place: Place) -> Iterator[Change]:
        for pattern in self.donors.patterns:
            bound: dict[str, ast.expr] = {}
            if type(pattern.wrong) is type(place.node) and _matches(pattern.wrong, place.node, bound):
                others: dict[str, ast.expr] = {n: ast.Name(m) for n, m in self.names.items()}
                new = Replacing(others | bound).visit(cloned(pattern.right))
                new = _numpy_as(new, self.scope)
                if free_names(new) <= self._known:
                    yield _change("known slip", place, place.replaced(_shared(place.node, new)))


def _change(kind: str, place: Place, made: Any) -> Change:
    return Change(kind, place.holder, place.field, made, place.short, is_donor=True)


def _same_values(function: ast.FunctionDef, donors: Donors, names: Mapping[str, str]) -> dict[str, str]:
    """Return the student's names for variables of the solution that have the same definition."""
    its = {ast.dump(renamed(value, names)): name for name, value in donors.definitions.items()}
    mine = {name: ast.dump(value) for name, value in definitions(function.body).items()}
    return {its[text]: name for name, text in mine.items() if text in its}


def _is_of_numbers(expression: ast.expr, donors: Donors) -> bool:
    """Return whether a value can stand for an argument: it is no condition and not the result."""
    return (
        not isinstance(expression, (ast.Compare, ast.BoolOp)) and ast.dump(expression) not in donors.results
    )


def _takes_a_step(place: Place) -> bool:
    return isinstance(place.holder, (ast.Return, ast.Assign, ast.BinOp, ast.AugAssign)) and not isinstance(
        place.node, ast.Constant
    )


def _way_to_gap(form: ast.AST) -> list[Place]:
    """Return the places from the top of a form down to its gap."""
    for field, value in ast.iter_fields(form):
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST):
                is_gap = isinstance(node, ast.Name) and node.id == HOLE
                below = [] if is_gap else _way_to_gap(node)
                if is_gap or below:
                    return [Place(form, field, index, node), *below]
    return []


def _filled(way: Sequence[Place], value: ast.AST) -> ast.AST:
    """Return a form with an expression in its gap; that is not copied, so that it counts as kept."""
    for place in reversed(way):
        value = varied(place.holder, place.field, place.replaced(value))
    return value


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
    return _Sharing(kept).visit(cloned(new))  # type: ignore[no-any-return]  # an expression stays one


class _Sharing(ast.NodeTransformer):
    def __init__(self, kept: dict[str, list[ast.AST]]) -> None:
        self.kept = kept

    def generic_visit(self, node: ast.AST) -> ast.AST:
        same = self.kept.get(ast.dump(node)) if isinstance(node, ast.expr) else None
        return same.pop(0) if same else super().generic_visit(node)
