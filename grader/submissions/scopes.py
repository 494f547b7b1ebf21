"""The scopes of one file: the nodes of a definition, and the meaning of a name at each of them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from grader.submissions.bindings import at_the_end, bound_by, pattern_names, target_names
from grader.submissions.parsing import children, tree, walked
from grader.submissions.possible_bindings import Binding, PossibleBindings

_FILES = 3
"""Number of trees in the cache; each takes up to about 100 MB."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, *_COMPREHENSIONS)


@dataclass(frozen=True, eq=False)
class Scope:
    """A function, class or comprehension, and the names that it binds."""

    parent: Scope | None
    names: Mapping[str, tuple[Binding, ...]]
    outer: frozenset[str] = frozenset()
    """Names that are declared `global`."""
    is_class: bool = False


@dataclass(frozen=True)
class Scopes:
    """The names of one file."""

    held: Mapping[str, PossibleBindings]
    """The possible bindings of the module's names at its end."""
    anywhere: Mapping[str, tuple[Binding, ...]] = field(default_factory=dict)
    """The bindings by `global` in functions and by `:=` in expressions, which may run at any time."""

    def bindings(self, name: str) -> PossibleBindings:
        """Return the possible bindings of a name of the module."""
        held, more = self.held.get(name, PossibleBindings()), self.anywhere.get(name, ())
        if not more:
            return held
        return PossibleBindings.joined([held, PossibleBindings(more)], is_bound=held.is_bound)


@lru_cache(maxsize=_FILES)
def scopes(data: bytes, *, is_notebook: bool = False) -> Scopes:
    """Return the scopes of a file that can be parsed."""
    module = tree(data)
    anywhere: dict[str, list[Binding]] = {}
    for name, binding in _anywhere(module):
        anywhere.setdefault(name, []).append(binding)
    return Scopes(
        at_the_end(module, is_notebook=is_notebook)[0],
        {name: tuple(found) for name, found in anywhere.items()},
    )


def _anywhere(module: ast.Module) -> Iterator[tuple[str, Binding]]:
    yield from _walruses(module)
    for node in walked(module):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            body = list(_own_nodes(node.body))
            declared = _declared(body, ast.Global)
            yield from ((n, b) for n, b in (_own(body) if declared else ()) if n in declared)


def _walruses(module: ast.Module) -> Iterator[tuple[str, Binding]]:
    """Yield the bindings by `:=` outside functions.

    In a comprehension the value may come from any part: `[(f := g) for g in [np.mean]]` binds f to np.mean.
    The binding's value is then the whole comprehension.
    """
    waiting: list[tuple[ast.AST, ast.AST | None]] = [(module, None)]
    while waiting:
        node, around = waiting.pop()
        if isinstance(node, ast.NamedExpr):
            yield from ((name, replace(b, value=around or b.value)) for name, b, _ in bound_by(node))
        if isinstance(node, _COMPREHENSIONS):
            around = around or node
        waiting += [(child, around) for child in reversed(_outside(node))]


def nodes(top: ast.AST) -> Iterator[tuple[ast.AST, Scope | None]]:
    """Yield every node of a definition or expression of the module, with its scope; None is the module's."""
    waiting: list[tuple[ast.AST, Scope | None]] = [(top, None)]
    while waiting:
        node, scope = waiting.pop()
        yield node, scope
        if isinstance(node, _SCOPES):
            inner = _scope(node, scope)
            inside = {id(child) for child in _inside(node)}
            waiting += [(c, inner if id(c) in inside else scope) for c in reversed(_parts(node))]
        else:
            waiting += [(child, scope) for child in reversed(children(node))]
        if isinstance(node, ast.Match):  # `case object(mean=m)` reads the attribute `mean` of the subject
            taken = (b.value for case in node.cases for _, b, _ in pattern_names(case.pattern, node.subject))
            waiting += [(one, scope) for one in taken if one is not None and one is not node.subject]


def local(name: str, scope: Scope | None) -> tuple[tuple[Binding, ...], Scope] | None:
    """Return the bindings of a local name and the scope that binds it; None for a name of the module."""
    start = scope
    while scope is not None:
        if name in scope.outer:
            return None
        # As in Python, a method does not see the names of the class around it.
        if name in scope.names and (scope is start or not scope.is_class):
            return scope.names[name], scope
        scope = scope.parent
    return None


def _parts(node: ast.AST) -> list[ast.AST]:
    """Return the direct children of a node; the clauses of a comprehension are replaced by their children."""
    if not isinstance(node, _COMPREHENSIONS):
        return children(node)
    found = []
    for child in children(node):
        found += children(child) if isinstance(child, ast.comprehension) else [child]
    return found


def _inside(node: ast.AST) -> list[ast.AST]:
    """Return the parts that belong to the inner scope.

    Decorators, defaults and the first iterable of a comprehension belong to the outer scope: in
    `[g for g in [g(z)]]`, the `g` of `g(z)` is not the loop's variable.
    """
    if isinstance(node, ast.Lambda):
        return [node.body]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return list(node.body)
    first = node.generators[0].iter if isinstance(node, _COMPREHENSIONS) else None
    return [part for part in _parts(node) if part is not first]


def _scope(node: ast.AST, parent: Scope | None) -> Scope:
    found: Iterable[tuple[str, Binding]] = ()
    body: list[ast.AST] = []
    if isinstance(node, _COMPREHENSIONS):
        found = [(n, b) for g in node.generators for n, b, _ in target_names(g.target, g.iter)]
    else:
        body = list(_own_nodes(_inside(node)))
        found = _own(body)
    if isinstance(node, _FUNCTIONS):
        args = node.args
        every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        found = [*((a.arg, Binding(a)) for a in every if a), *found]
    names: dict[str, list[Binding]] = {}
    for name, binding in found:
        names.setdefault(name, []).append(binding)
    outer = _declared(body, ast.Global)
    # `nonlocal kept` makes `kept` a name of the function around, which `local` finds by the parent.
    free = outer | _declared(body, ast.Nonlocal)
    kept = {name: tuple(its) for name, its in names.items() if name not in free}
    return Scope(parent, kept, outer, isinstance(node, ast.ClassDef))


def _own(body: Iterable[ast.AST]) -> Iterator[tuple[str, Binding]]:
    """Yield the bindings of each node, whatever its kind."""
    for node in body:
        match node:
            case ast.For() | ast.AsyncFor():
                found = target_names(node.target, node.iter)
            case ast.withitem() if node.optional_vars is not None:
                found = target_names(node.optional_vars, node.context_expr)
            case ast.ExceptHandler() if node.name:
                found = iter([(node.name, Binding(node), True)])
            case ast.Match():
                found = (one for case in node.cases for one in pattern_names(case.pattern, node.subject))
            case _:
                found = bound_by(node)
        # `table["mean"] = np.mean` reads the name `table`; it binds no name of the scope.
        yield from ((n, b) for n, b, _ in found if not isinstance(getattr(b.node, "ctx", None), ast.Load))


def _own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of a block without those inside its functions and classes."""
    waiting: list[ast.AST] = [*body][::-1]
    while waiting:
        node = waiting.pop()
        yield node
        # Comprehensions, defaults and decorators are included: a `:=` in them binds in the enclosing
        # function.
        waiting += reversed(_outside(node))


def _outside(node: ast.AST) -> list[ast.AST]:
    """Return the direct children of a node that are not inside another function or class."""
    if not isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        return children(node)
    inside = {id(child) for child in _inside(node)}
    return [child for child in children(node) if id(child) not in inside]


def _declared(body: Iterable[ast.AST], kind: type[ast.Global | ast.Nonlocal]) -> frozenset[str]:
    return frozenset(name for node in body if isinstance(node, kind) for name in node.names)
