"""Changes that bring code of the solution, or what tells a known mistake from it, into the student's function."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from grader.course.authored_source import runnable
from grader.repair.change import Change, Place, Scope, short, thing
from grader.repair.code import count, free_names, is_read, names_of

_LARGEST: Final = 60
"""Most nodes of an expression that is brought in."""
_ALIKE: Final = 0.4
"""Least share of common nodes of an expression and the one that replaces it."""
_ROUNDS: Final = 4
_STEP: Final = 16
"""Most nodes around a gap."""
HOLE: Final = "_gap"


@dataclass(frozen=True)
class Pattern:
    """An expression of a known mistake and what the solution has there."""

    wrong: ast.expr
    right: ast.expr


@dataclass(frozen=True)
class Donors:
    """Code of one exercise that may repair a submission; its names are the solution's."""

    parameters: tuple[str, ...]
    guards: tuple[ast.stmt, ...] = ()
    """Statements of the solution that refuse or treat apart some inputs."""
    preparations: tuple[ast.Assign, ...] = ()
    """Statements of the solution that give a parameter a new value."""
    expressions: tuple[ast.expr, ...] = ()
    steps: tuple[ast.expr, ...] = ()
    """Expressions of the solution with a gap, a variable called `HOLE`: 1 / (1 + np.exp(-□))."""
    constants: tuple[ast.Constant, ...] = ()
    patterns: tuple[Pattern, ...] = ()


@lru_cache(maxsize=200)
def of(source: str, slug: str, without: str = "") -> Donors:
    """Return the donors of an authored file.

    Args:
        without: a known mistake whose pair is left out.
    """
    module = ast.parse(runnable(source))
    functions = {n.name: n for n in module.body if isinstance(n, ast.FunctionDef)}
    for one in functions.values():
        if ast.get_docstring(one) is not None and len(one.body) > 1:
            del one.body[0]
    solution = functions[slug]
    parameters, _ = names_of(solution)
    body = solution.body
    known = {name: f for name, f in functions.items() if name not in (slug, without)}
    expressions: dict[str, ast.expr] = {}
    for expression in _expressions(body):
        for form in (expression, _inlined(expression, body)):
            if 2 < count(form) <= _LARGEST:
                expressions.setdefault(ast.unparse(form), form)
    constants = {ast.dump(n): n for s in body for n in ast.walk(s) if isinstance(n, ast.Constant)}
    patterns: dict[tuple[str, str], Pattern] = {}
    for function in known.values():
        if len(names_of(function)[0]) == len(parameters):
            renamed = _renamed(function, dict(zip(names_of(function)[0], parameters, strict=True)))
            for pair in _different(renamed.body, body):
                patterns.setdefault((ast.dump(pair.wrong), ast.dump(pair.right)), pair)
    return Donors(
        tuple(parameters),
        tuple(s for s in body if _is_guard(s) and free_names(s.test) & set(parameters)),  # type: ignore[attr-defined]  # an if
        tuple(s for s in body if isinstance(s, ast.Assign) and _prepares(s, parameters)),
        tuple(expressions.values()),
        tuple(_steps(tuple(expressions.values()))),
        tuple(constants.values()),
        tuple(patterns.values()),
    )


def _is_guard(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and isinstance(statement.body[-1], (ast.Raise, ast.Return))
    )


def _prepares(statement: ast.Assign, parameters: Sequence[str]) -> bool:
    stored = {n.id for t in statement.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return stored <= set(parameters) and free_names(statement.value) & set(parameters) == stored


def _expressions(body: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    for statement in body:
        for node in ast.walk(statement):
            if any(isinstance(n, ast.JoinedStr) for n in ast.walk(node)):
                continue
            if isinstance(node, ast.expr) and is_read(node):
                if not isinstance(node, (ast.Name, ast.Constant, ast.Starred, ast.Slice)):
                    yield node


def _inlined(expression: ast.expr, body: Sequence[ast.stmt]) -> ast.expr:
    """Return an expression with the solution's variables replaced by their definitions."""
    values: dict[str, ast.expr] = {}
    for statement in body:
        match statement:
            case ast.Assign([ast.Name(name)], value):
                values[name] = value
            case ast.Assign([ast.Tuple(targets)], ast.Tuple(its)) if len(targets) == len(its):
                values |= {t.id: v for t, v in zip(targets, its, strict=True) if isinstance(t, ast.Name)}
    made = expression
    for _ in range(_ROUNDS):
        used = free_names(made) & values.keys()
        if not used or count(made) > _LARGEST:
            break
        made = _Replacing({n: values[n] for n in used}).visit(copy.deepcopy(made))
    return made


class _Replacing(ast.NodeTransformer):
    """Replaces names that are read."""

    def __init__(self, values: Mapping[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:  # noqa: N802  # the visitor's name for it
        """Return the value of a name."""
        value = self.values.get(node.id) if is_read(node) else None
        return copy.deepcopy(value) if value is not None else node


def _steps(expressions: Sequence[ast.expr]) -> Iterator[ast.expr]:
    """Yield each expression with one of its inner values replaced by a gap; each form once."""
    seen = set[str]()
    for expression in expressions:
        for inner in ast.walk(expression):
            is_value = isinstance(inner, ast.expr) and is_read(inner) and not isinstance(inner, ast.Constant)
            if not is_value or inner is expression or count(expression) - count(inner) > _STEP:
                continue
            form = _with_gap(expression, inner)
            text = ast.dump(form)
            # A gap in the place of a function, such as `np`, is none.
            if (
                text not in seen
                and HOLE in free_names(form)
                and not isinstance(inner, (ast.Slice, ast.Starred))
            ):
                seen.add(text)
                yield form


def _with_gap(expression: ast.expr, inner: ast.AST) -> ast.expr:
    made: ast.expr = copy.deepcopy(expression, {id(inner): ast.Name(HOLE)})
    return made


def _renamed(tree: Any, names: Mapping[str, str]) -> Any:
    made = copy.deepcopy(tree)
    for node in ast.walk(made):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = names.get(node.arg, node.arg)
    return made


def _different(wrong: Any, right: Any) -> Iterator[Pattern]:
    """Yield the smallest different parts of two trees, and the expressions just around them."""
    if isinstance(wrong, list) and isinstance(right, list):
        if len(wrong) == len(right):
            for one, other in zip(wrong, right, strict=True):
                yield from _different(one, other)
        return
    if not isinstance(wrong, ast.AST) or not isinstance(right, ast.AST) or ast.dump(wrong) == ast.dump(right):
        return
    inner: list[Pattern] = []
    if type(wrong) is type(right):
        for field in wrong._fields:
            inner += _different(getattr(wrong, field, None), getattr(right, field, None))
    if isinstance(wrong, ast.expr) and isinstance(right, ast.expr) and len(inner) < 2:
        if 2 < count(wrong) <= _LARGEST and count(right) <= _LARGEST:
            yield Pattern(wrong, right)
    yield from inner


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
            new = _renamed(statement, names)
            if free_names(new) <= {*known, "np", "type", "isinstance", "all", "any", "tuple", "list", "str"}:
                yield Change(kind, function, "body", [_numpy_as(new, scope), *body], "", is_donor=True)
    bags = [(p, _bag(p.node)) for p in places]
    for place, _ in bags:
        yield from _constants(place, donors)
        yield from _matching(place, donors, names, known, scope)
    for step in donors.steps:
        form = _numpy_as(_renamed(step, names), scope)
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
        its_names = free_names(_renamed(expression, names))
        for name in own:
            if its_names & set(own) == {name} and its_names <= known:
                value = _numpy_as(_renamed(expression, names), scope)
                line = ast.Assign([ast.Name(name, ast.Store())], value, lineno=function.lineno)
                yield Change("preparation", function, "body", [line, *body], name, is_donor=True)
        new = _numpy_as(_renamed(expression, names), scope)
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

    def visit_Name(self, node: ast.Name) -> ast.AST:  # noqa: N802  # the visitor's name for it
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
            values = {n: v for n, v in bound.items()}
            renamed: dict[str, ast.expr] = {n: ast.Name(m) for n, m in names.items() if n not in values}
            new = _numpy_as(_Replacing({**renamed, **values}).visit(copy.deepcopy(pattern.right)), scope)
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
    return tree if scope.numpy in ("", "np") else _renamed(tree, {"np": scope.numpy})


def _bag(node: ast.AST) -> Counter[str]:
    """Return the nodes of a tree by type and name."""
    return Counter(
        f"{type(n).__name__} {thing(n) if isinstance(n, (ast.Name, ast.Attribute, ast.BinOp, ast.Constant)) else ''}"
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
