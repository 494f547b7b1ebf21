"""What the names of a module stand for after it has run, as far as its source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from grader.submissions.parsing import children, walked
from grader.submissions.possible_bindings import (
    Binding,
    Names,
    PossibleBindings,
    caught,
    either,
    follow,
    maybe,
)

STAR: Final = "*"
"""The name under which `from module import *` is listed."""
Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


Bound = tuple[str, Binding, bool]
"""A name, its binding, and whether the statement surely binds it."""


@dataclass
class _Module:
    """Follows the statements of a module in the order in which they run.

    The methods recurse once per level of indentation, of which Python allows 100.
    """

    tree: ast.Module
    last: dict[str, Definition] = field(default_factory=dict)
    """The last definition of each name, those in loops left out."""
    dead: dict[str, Definition] = field(default_factory=dict)
    """The same for branches that never run."""
    at: int = 0
    """The number of bindings so far, which orders them."""
    loops: int = 0
    """The number of loops around the current statement."""

    def block(self, body: Iterable[ast.stmt]) -> Names:
        names: Names = {}
        for node in body:
            follow(names, self.statement(node))
        return names

    def statement(self, node: ast.stmt) -> Names:
        match node:
            case ast.If():
                return self.branches(node)
            case ast.For() | ast.AsyncFor():
                return self.loop([*target_names(node.target, node.iter, self.count())], node)
            case ast.While():
                return self.loop([], node)
            case ast.With() | ast.AsyncWith():
                names: Names = {}
                for item in node.items:
                    if item.optional_vars is not None:
                        self.bind(names, target_names(item.optional_vars, item.context_expr, self.count()))
                follow(names, maybe(self.block(node.body)))  # `with suppress(…):` may end the block anywhere
                return names
            case ast.Try() | ast.TryStar():
                return self.tried(node)
            case ast.Match():
                return self.matched(node)
        return self.simple(node)

    def simple(self, node: ast.stmt) -> Names:
        names: Names = {}
        self.bind(names, bound_by(node, self.count()))
        if isinstance(node, ast.AugAssign):  # `g += [np.mean]` keeps what g held before
            return {name: PossibleBindings(held.bindings) for name, held in names.items()}
        if isinstance(node, ast.Delete):
            names |= {t.id: PossibleBindings(is_bound=True) for t in node.targets if isinstance(t, ast.Name)}
        if not self.loops:
            self.last.update(_defined_by(node))
        return names

    def count(self) -> int:
        self.at += 1
        return self.at

    @staticmethod
    def bind(names: Names, found: Iterable[Bound]) -> None:
        for name, binding, is_sure in found:
            follow(names, {name: PossibleBindings((binding,), is_sure)})

    def branches(self, node: ast.If) -> Names:
        """Return what an `if` with all its `elif` binds; a branch that never runs binds nothing."""
        # A loop, because an `elif` is nested in the tree, but not indented: there may be thousands.
        ends: list[Names] = []
        while True:
            holds = self.truth(node.test)
            if holds is not False:
                ends.append(self.block(node.body))
            else:
                _Module(self.tree, self.dead, self.dead).block(node.body)
            if holds:
                return either(ends)
            if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                node = node.orelse[0]
                continue
            return either([*ends, self.block(node.orelse)])

    def truth(self, test: ast.expr) -> bool | None:
        """Return the value of a condition, or None if it is known only when the code runs."""
        match test:
            case ast.Constant():
                return bool(test.value)
            case ast.UnaryOp(op=ast.Not()):
                inner = self.truth(test.operand)
                return None if inner is None else not inner
            case ast.Compare(ast.Name("__name__"), [ast.Eq()], [ast.Constant("__main__")]):
                # The worker imports a submission; it never runs it as a program.
                return None if "__name__" in self.rebound else False
            case ast.Name("TYPE_CHECKING") | ast.Attribute(ast.Name("typing"), "TYPE_CHECKING"):
                return None if "TYPE_CHECKING" in self.rebound else False
        return None

    @cached_property
    def rebound(self) -> frozenset[str]:
        """Those of `__name__` and `TYPE_CHECKING` that the file may assign, so that their tests may hold."""
        return frozenset(_rebound(self.tree))

    def loop(self, targets: list[Bound], node: ast.For | ast.AsyncFor | ast.While) -> Names:
        names: Names = {}
        self.bind(names, targets)
        self.loops += 1
        follow(names, self.block(node.body))
        self.loops -= 1
        made = maybe(names)
        follow(made, maybe(self.block(node.orelse)))
        return made

    def tried(self, node: ast.Try | ast.TryStar) -> Names:
        stopped = self.block(node.body)
        through = dict(stopped)
        follow(through, self.block(node.orelse))
        names = caught(through, maybe(stopped), [self.handled(handler) for handler in node.handlers])
        follow(names, self.block(node.finalbody))
        return names

    def handled(self, handler: ast.ExceptHandler) -> Names:
        names: Names = {}
        if handler.name:
            names[handler.name] = PossibleBindings(
                (Binding(handler, handler.type, at=self.count()),), is_bound=True
            )
        follow(names, self.block(handler.body))
        if handler.name:  # Python deletes the name at the end of the handler
            names[handler.name] = PossibleBindings(is_bound=True)
        return names

    def matched(self, node: ast.Match) -> Names:
        ends: list[Names] = [{}]
        for case in node.cases:
            names: Names = {}
            self.bind(names, pattern_names(case.pattern, node.subject, self.count()))
            follow(names, self.block(case.body))
            ends.append(names)
        return either(ends)


def _rebound(tree: ast.Module) -> Iterator[str]:
    for node in walked(tree):
        match node:
            case ast.Name(name, ast.Store() | ast.Del()) | ast.Attribute(_, name, ast.Store() | ast.Del()):
                yield "TYPE_CHECKING" if name == "typing" else name
            case ast.Import() | ast.ImportFrom():
                for name, binding, _ in bound_by(node):
                    if name in ("__name__", STAR):
                        yield "__name__"
                    if name == STAR or binding.imported not in ("typing", "typing.TYPE_CHECKING"):
                        yield "TYPE_CHECKING" if name in ("typing", STAR) else name
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                yield name


def at_the_end(tree: ast.Module, *, is_notebook: bool = False) -> tuple[Names, dict[str, Definition]]:
    """Return what the names of a module hold after it has run, and the last definition of each.

    A definition that never runs counts only if there is no other. A notebook goes on after a statement that
    raises, such as `from numpy import no_such_name as f`, so its bindings are not certain. A definition is:
    if it raises, the worker removes the earlier one.
    """
    module = _Module(tree)
    names: Names = {}
    for node in tree.body:
        its = module.statement(node)
        is_sure = not is_notebook or isinstance(node, _DEFINITIONS)
        follow(names, its if is_sure else maybe(its))
    return names, module.dead | module.last


def bound_by(node: ast.AST, at: int = 0) -> Iterator[Bound]:
    """Yield the bindings of one simple statement."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name, Binding(node, node, at=at), True
        case ast.Assign():
            for target in node.targets:
                yield from target_names(target, node.value, at)
        case ast.AnnAssign() if node.value is not None:
            yield from target_names(node.target, node.value, at)
        case ast.AugAssign():
            yield from target_names(node.target, node.value, at)
        case ast.Import():
            for alias in node.names:
                first = alias.name.partition(".")[0]
                yield alias.asname or first, _imported(node, alias.name if alias.asname else first, at), True
        case ast.ImportFrom():
            module = "." * node.level + (node.module or "")
            between = "" if module.endswith(".") else "."
            for alias in node.names:
                is_star = alias.name == STAR
                name = module if is_star else f"{module}{between}{alias.name}"
                yield alias.asname or alias.name, _imported(node, name, at), not is_star
        case ast.NamedExpr() if isinstance(node.target, ast.Name):
            yield node.target.id, Binding(node, node.value, at=at), False
        case ast.stmt() if type(node).__name__ == "TypeAlias":  # from Python 3.12 on: `type f = np.mean`
            yield from target_names(*_alias(node), at)


def _alias(node: Any) -> tuple[ast.expr, ast.expr]:
    return node.name, node.value


def _imported(node: ast.AST, name: str, at: int) -> Binding:
    return Binding(node, imported=name, at=at)


def target_names(target: ast.expr, value: ast.expr, at: int = 0) -> Iterator[Bound]:
    """Yield the bindings of a target; `(f, g) = (np.mean, 1)` binds each name to its own part."""
    waiting: list[tuple[ast.expr, ast.expr]] = [(target, value)]
    while waiting:
        one, its = waiting.pop()
        if isinstance(one, ast.Starred):
            waiting.append((one.value, its))
        elif isinstance(one, (ast.Tuple, ast.List)):
            waiting += [*zip(one.elts, _parts(one, its), strict=True)]
        elif isinstance(one, ast.Name):
            yield one.id, Binding(one, its, at=at), True
        else:  # `table["mean"] = np.mean` adds a possible value to `table`
            while isinstance(one, (ast.Attribute, ast.Subscript)):
                one = one.value
            if isinstance(one, ast.Name):
                yield one.id, Binding(one, its, at=at), False


def _parts(target: ast.Tuple | ast.List, value: ast.expr) -> list[ast.expr]:
    """Return the value of each part of a target: its own part if the value is written out, else the whole."""
    parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
    starred = any(isinstance(p, ast.Starred) for p in (*target.elts, *parts))
    return parts if len(parts) == len(target.elts) and not starred else [value] * len(target.elts)


def pattern_names(pattern: ast.AST, value: ast.expr, at: int = 0) -> Iterator[Bound]:
    """Yield the bindings of a pattern; `case object(inv=f)` binds `f` to the attribute `inv` of the value."""
    waiting = [(pattern, value)]
    while waiting:
        node, its = waiting.pop()
        parts = children(node)
        if isinstance(node, ast.MatchClass):
            named = zip(node.kwd_patterns, node.kwd_attrs, strict=True)
            waiting += [(inner, _attribute(its, name)) for inner, name in named]
            parts = [part for part in parts if part not in node.kwd_patterns]
        waiting += [(part, its) for part in parts]
        for name in (getattr(node, "name", None), getattr(node, "rest", None)):
            if isinstance(name, str):
                yield name, Binding(node, its, at=at), True


def _attribute(value: ast.expr, name: str) -> ast.expr:
    return ast.copy_location(ast.Attribute(value, name, ast.Load()), value)


def _defined_by(node: ast.stmt) -> Iterator[tuple[str, Definition]]:
    if isinstance(node, _DEFINITIONS):
        yield node.name, node
    elif isinstance(node, ast.Assign):
        yield from ((t.id, node) for t in node.targets if isinstance(t, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, node
