"""What a function is made of: itself, and whatever it names of its file, as Python's own scopes have it."""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterator, Mapping

Place = tuple[str, int]
"""Name and first line of a `def` or `class`."""


def reached(name: str, definitions: Mapping[str, ast.stmt], text: str) -> Iterator[ast.AST]:
    """Yield every node of a definition, and of the definitions that it names, and so on.

    A variable of a function's own may have the name of something else in the file, which then is not meant.
    """
    seen, queue = {name}, [definitions[name]]
    outer = outer_names(text)
    while queue:
        top = queue.pop()
        known = outer.get((getattr(top, "name", ""), top.lineno))
        around = _around(top)
        for node in ast.walk(top):
            yield node
            named = node.id if isinstance(node, ast.Name) else ""
            if named in definitions and named not in seen and (known is None or named in known | around):
                seen.add(named)
                queue.append(definitions[named])


def _around(node: ast.stmt) -> set[str]:
    """Return the names in decorators and defaults, which are looked up where the function is made."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return set()
    parts = [*node.decorator_list, *node.args.defaults, *(d for d in node.args.kw_defaults if d)]
    return {inner.id for part in parts for inner in ast.walk(part) if isinstance(inner, ast.Name)}


def outer_names(text: str) -> dict[Place, frozenset[str]]:
    """Return the names that each top-level `def` and `class` of a file takes from the file or from Python.

    Its own variables and parameters are not among them. What Python cannot read has none.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            top = symtable.symtable(text, "submitted", "exec")
        return {(t.get_name(), t.get_lineno()): frozenset(_outer(t)) for t in top.get_children()}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}


def _outer(table: symtable.SymbolTable) -> Iterator[str]:
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for inner in table.get_children():
        yield from _outer(inner)
