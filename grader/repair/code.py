"""The code that a repair may change: the graded function and the functions of its file that it uses."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from grader.repair.writer import Writer
from grader.submissions.parsing import ExcessError, depth, tree
from grader.submissions.source import Found

NODES: Final = 800
"""Most nodes of all functions that are searched; most exercises' solutions have fewer than 150."""
DEPTH: Final = 60
"""Most levels of a function that is searched. `ast.unparse` needs several frames of Python for each."""
_UNITS: Final = 12
"""Most functions that are searched."""
_NUMBER: Final = 2**1000
"""Bound of the integers of code that is searched: twice as much must still be a float, and writable."""
_TEXT: Final = 100_000
"""Longest file, in bytes; it is run again for each group of candidates."""
_LEAVES: Final = (ast.Name, ast.Constant)
Unit = ast.FunctionDef | ast.ClassDef | ast.Assign
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Tree = TypeVar("Tree", bound=ast.AST)


@dataclass(frozen=True)
class Code:
    """The definitions of one file that a graded function consists of, in the order of the file."""

    path: str
    data: bytes
    name: str
    """The name under which the function is graded."""
    units: tuple[Unit, ...]
    numpy: str
    """The name of NumPy in the file, such as `np`; empty if it is not imported whole."""

    @cached_property
    def writers(self) -> tuple[Writer, ...]:
        """What writes each unit."""
        return tuple(Writer(unit) for unit in self.units)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The source of each unit in a fixed style, without docstrings."""
        return tuple(writer.text() for writer in self.writers)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the code, whatever its layout and comments."""
        return hashlib.sha256("\0".join((self.name, *self.texts)).encode()).hexdigest()

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """The number of nodes of each unit."""
        return tuple(count(unit) for unit in self.units)

    @cached_property
    def _uses(self) -> tuple[frozenset[int], ...]:
        """For each unit the units that it names."""
        names = [{n.id for n in ast.walk(unit) if isinstance(n, ast.Name)} for unit in self.units]
        bound = [set(_binds(unit)) for unit in self.units]
        return tuple(frozenset(i for i, b in enumerate(bound) if b & its) for its in names)

    def made(self, texts: Sequence[str]) -> str:
        """Return a function that defines the changed units and their users, and returns the graded one."""
        needed = {n for n, text in enumerate(texts) if text != self.texts[n]}
        for _ in self.units:
            needed |= {n for n, used in enumerate(self._uses) if used & needed}
        parts = [*(texts[n] for n in sorted(needed)), f"return {self.name}"]
        return "\n".join(
            ["def _candidate():", *(f"    {line}" for part in parts for line in part.split("\n"))]
        )


def read(source: Found) -> Code | None:
    """Return the code of a graded function; None if it is too large, too deep or not plainly defined.

    Code with an integer beyond all floats is too large, too: Python may refuse to write it, as it does with
    a hexadecimal one of 5000 digits.
    """
    data = source.file.data
    if len(data) > _TEXT:
        return None
    try:
        module = tree(data)
        data.decode("utf-8")
    except (ExcessError, SyntaxError, ValueError):
        return None
    units = _reached(module, source.name)
    if not any(source.name in _binds(unit) for unit in units):
        return None
    if sum(count(unit) for unit in units) > NODES or max(map(depth, units)) > DEPTH:
        return None
    if any(_is_beyond_floats(node) for unit in units for node in ast.walk(unit)):
        return None
    for unit in units:
        _without_docstrings(unit)
    return Code(source.file.path, data, source.name, tuple(units), _numpy(module))


def context(source: Found) -> str | None:
    """Return what a file does besides defining functions; None if that may depend on other code.

    None also where a number is too large to be written. Functions with equal units in equal contexts give
    equal answers.
    """
    names = {path.rpartition("/")[2].partition(".")[0] for path in source.files}
    names |= {folder for path in source.files for folder in path.split("/")[:-1]}
    found: list[str] = []
    for node in tree(source.file.data).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            modules = [node.module or "" if isinstance(node, ast.ImportFrom) else a.name for a in node.names]
            if getattr(node, "level", 0) or any(m.partition(".")[0] in names for m in modules):
                return None
        elif isinstance(node, Unit) and _is_unit(node):
            found += sorted(_binds(node))
            continue
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        elif any(isinstance(n, ast.Call) or _is_beyond_floats(n) for n in ast.walk(node)):
            return None
        found.append(ast.dump(node))
    return "\n".join(found)


def _is_beyond_floats(node: ast.AST) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int) and value >= _NUMBER


def _reached(module: ast.Module, name: str) -> list[Unit]:
    """Return the units that define a name and the names that they use."""
    defined: dict[str, Unit] = {}
    for node in module.body:
        if isinstance(node, Unit) and _is_unit(node):
            defined |= dict.fromkeys(_binds(node), node)
    seen: dict[str, Unit] = {}
    waiting = [name]
    while waiting and len(seen) < _UNITS:
        one = waiting.pop(0)
        if one in defined and one not in seen:
            seen[one] = defined[one]
            names = (n.id for n in ast.walk(defined[one]) if isinstance(n, ast.Name))
            waiting += [n for n in names if n not in seen]
    return sorted({id(u): u for u in seen.values()}.values(), key=lambda unit: unit.lineno)


def _is_unit(node: Unit) -> bool:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return not node.decorator_list
    value = node.value if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
    return isinstance(value, (ast.Lambda, ast.Constant, ast.Name, ast.UnaryOp))


def _binds(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return [target.id] if isinstance(target, ast.Name) else []


def _without_docstrings(unit: Unit) -> None:
    for node in ast.walk(unit):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            if ast.get_docstring(node, clean=False) is not None and len(node.body) > 1:
                del node.body[0]
            if isinstance(node, ast.FunctionDef):  # annotations name types that the copy need not know
                node.returns = None
                for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                    argument.annotation = None


def _numpy(module: ast.Module) -> str:
    for node in module.body:
        for alias in node.names if isinstance(node, ast.Import) else ():
            if alias.name == "numpy":
                return alias.asname or "numpy"
    return ""


def count(node: ast.AST) -> int:
    """Return the number of nodes of a tree, without markers such as `Load` and `Add`."""
    return len(nodes(node))


def nodes(node: Any, known: Container[int] = frozenset()) -> list[ast.AST]:
    """Return the nodes of a tree or of a list of trees, parents first; nothing for a plain value.

    Args:
        known: the ids of nodes below which nothing is wanted.
    """
    found = [one for one in (node if isinstance(node, list) else [node]) if isinstance(one, ast.AST)]
    for one in found:  # it grows meanwhile
        if isinstance(one, _LEAVES) or id(one) in known:
            continue
        for name in one._fields:
            value = getattr(one, name, None)
            if isinstance(value, list):
                found += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and value._fields:
                found.append(value)
    return found


def cloned(tree: Tree) -> Tree:
    """Return a copy of a tree, several times as fast as `copy.deepcopy`; it shares markers such as `Load`.

    An operator of a comparison is copied, as it counts as a node.
    """
    made = type(tree).__new__(type(tree))
    values = vars(made)
    for name, value in vars(tree).items():
        if isinstance(value, list):
            values[name] = [cloned(one) if isinstance(one, ast.AST) else one for one in value]
        else:
            values[name] = cloned(value) if isinstance(value, ast.AST) and value._fields else value
    return made


def varied(node: Tree, field: str, value: object) -> Tree:
    """Return a copy of a node with another value of one field; the other values are shared."""
    made = type(node).__new__(type(node))
    vars(made).update(vars(node))
    setattr(made, field, value)
    return made


def names_of(function: Function) -> tuple[list[str], list[str]]:
    """Return the parameters of a function, and its other variables in the order of the source."""
    arguments = function.args
    parameters = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    stored = (n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    places = sorted(stored, key=lambda n: (getattr(n, "lineno", 0), getattr(n, "col_offset", 0)))
    return parameters, [n for n in dict.fromkeys(p.id for p in places) if n not in parameters]


def free_names(node: ast.AST | Collection[ast.AST]) -> set[str]:
    """Return the names that a tree reads."""
    trees = [node] if isinstance(node, ast.AST) else list(node)
    return {n.id for t in trees for n in ast.walk(t) if isinstance(n, ast.Name) and is_read(n)}


def is_read(node: ast.AST) -> bool:
    """Return whether an expression is read; one that a change has made has no context."""
    return isinstance(getattr(node, "ctx", None), (ast.Load, type(None)))
