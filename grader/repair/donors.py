"""Code of an exercise that may repair a submission: parts of the solution, and what sets mistakes apart."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from grader.course.authored_source import runnable
from grader.repair.change import thing
from grader.repair.code import Tree, cloned, count, free_names, is_read, names_of

LARGEST: Final = 60
"""Most nodes of an expression that is brought in."""
_ROUNDS: Final = 4
_COUNTS: Final = ("size", "len", "shape", "ndim", "zeros_like", "ones_like", "empty_like")
"""What reads no values of its argument."""
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
    definitions: Mapping[str, ast.expr] = field(default_factory=dict)
    """The values of the solution's variables."""
    constants: tuple[ast.Constant, ...] = ()
    results: frozenset[str] = frozenset()
    """What the solution returns, as text; the parts of a tuple and the argument of a conversion, too."""
    wholes: frozenset[str] = frozenset()
    """The steps, as text, that are all of the only value that the solution returns."""
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
            if 2 < count(form) <= LARGEST:
                expressions.setdefault(ast.unparse(form), form)
    constants = {ast.dump(n): n for s in body for n in ast.walk(s) if isinstance(n, ast.Constant)}
    patterns: dict[tuple[str, str], Pattern] = {}
    for function in known.values():
        if len(names_of(function)[0]) == len(parameters):
            same = renamed(function, dict(zip(names_of(function)[0], parameters, strict=True)))
            for pair in _different(same.body, body):
                patterns.setdefault((ast.dump(pair.wrong), ast.dump(pair.right)), pair)
    return Donors(
        tuple(parameters),
        tuple(_inlined(s, body) for s in body if _is_guard(s)),
        tuple(s for s in body if isinstance(s, ast.Assign) and _prepares(s, parameters)),
        tuple(expressions.values()),
        tuple(_steps(tuple(expressions.values()))),
        {n: v for n, v in definitions(body).items() if n not in parameters and n not in free_names(v)},
        tuple(constants.values()),
        frozenset(_results(body)),
        frozenset(ast.dump(step) for step in _steps(tuple(_only_value(body)))),
        tuple(patterns.values()),
    )


def _is_guard(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and isinstance(statement.body[-1], (ast.Raise, ast.Return))
    )


def _results(body: Sequence[ast.stmt]) -> Iterator[str]:
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Return) and node.value is not None:
                values = [node.value, *ast.iter_child_nodes(node.value)]
                for value in values:
                    if isinstance(value, ast.expr):
                        yield from (ast.dump(value), ast.dump(_inlined(value, body)))


def _only_value(body: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    """Yield what the solution returns if it is one value, as it stands and written out."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Tuple):
                yield from (node.value, _inlined(node.value, body))


def _prepares(statement: ast.Assign, parameters: Sequence[str]) -> bool:
    stored = {n.id for t in statement.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return stored <= set(parameters) and free_names(statement.value) & set(parameters) == stored


def _expressions(body: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    for statement in body:
        for node in ast.walk(statement):
            if any(isinstance(n, ast.JoinedStr) for n in ast.walk(node)):
                continue
            if any(isinstance(n, ast.Slice) for n in ast.iter_child_nodes(node)):
                continue  # `1:, 0` stands in brackets only
            plain = (ast.Name, ast.Constant, ast.Starred, ast.Slice, ast.FormattedValue)
            if isinstance(node, ast.expr) and is_read(node) and not isinstance(node, plain):
                yield node


def definitions(body: Sequence[ast.stmt]) -> dict[str, ast.expr]:
    """Return the values that the statements of a body give to names; of two, the last."""
    values: dict[str, ast.expr] = {}
    for statement in body:
        match statement:
            case ast.Assign([ast.Name(name)], value):
                values[name] = value
            case ast.Assign([ast.Tuple(targets)], ast.Tuple(its)) if len(targets) == len(its):
                values |= {t.id: v for t, v in zip(targets, its, strict=True) if isinstance(t, ast.Name)}
    return values


def _inlined(expression: Tree, body: Sequence[ast.stmt]) -> Tree:
    """Return a tree with the solution's variables replaced by their definitions."""
    values = definitions(body)
    made: Tree = expression
    for _ in range(_ROUNDS):
        used = free_names(made) & values.keys()
        if not used or count(made) > LARGEST:
            break
        made = Replacing({n: values[n] for n in used}).visit(cloned(made))
    return made


class Replacing(ast.NodeTransformer):
    """Replaces names that are read."""

    def __init__(self, values: Mapping[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:  # the visitor's name for it
        """Return the value of a name."""
        value = self.values.get(node.id) if is_read(node) else None
        return cloned(value) if value is not None else node


def _steps(expressions: Sequence[ast.expr]) -> Iterator[ast.expr]:
    """Yield each expression with one of its inner values replaced by a gap; each form once."""
    seen = set[str]()
    for expression in expressions:
        called = {id(n) for c in ast.walk(expression) if isinstance(c, ast.Call) for n in ast.walk(c.func)}
        counted = {id(n) for c in ast.walk(expression) if thing(c) in _COUNTS for n in ast.walk(c)}
        for inner in ast.walk(expression):
            if id(inner) in counted:  # any array of that size would do
                continue
            if id(inner) in called and not _is_object(inner, expression):
                continue
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


def _is_object(inner: ast.AST, expression: ast.expr) -> bool:
    """Return whether a node is what a method is called on, as in `e.sum(axis=1)`; `np` is not."""
    return any(
        isinstance(c, ast.Call) and isinstance(c.func, ast.Attribute) and c.func.value is inner
        for c in ast.walk(expression)
    ) and not (isinstance(inner, ast.Name) and inner.id in ("np", "math"))


def _with_gap(expression: ast.expr, inner: ast.AST) -> ast.expr:
    made: ast.expr = copy.deepcopy(expression, {id(inner): ast.Name(HOLE)})
    return made


def renamed(tree: Any, names: Mapping[str, str]) -> Any:
    """Return a copy of a tree with other names."""
    made = cloned(tree)
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
    if isinstance(wrong, ast.expr) and isinstance(right, ast.expr) and len(inner) < 2:  # noqa: SIM102
        if 2 < count(wrong) <= LARGEST and count(right) <= LARGEST:
            yield Pattern(wrong, right)
    yield from inner
