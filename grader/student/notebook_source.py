"""Turn a function of a notebook into a file: its source, and what it uses from other cells."""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from types import CodeType, FunctionType, ModuleType
from typing import Any

from grader.errors import UsageError

Defined = FunctionType | type
"""What a cell defines."""
_PLAIN = (bool, int, float, complex, str, bytes, type(None))
_FUTURE = "from __future__ import annotations"
"""Makes annotations text, so that the file need not define the names in them."""

_MADE = "<string>"
"""File name of code from `exec`. From Python 3.13 on, `inspect` returns the text of `python -c` for it."""


def module(defined: Defined, *others: Defined) -> str:
    """Return the source of a file that defines a function or class, on the lines that it has in its cell.

    Imports and plain constants are on the first line; `others` and the helper functions and classes that are
    used come after it. Arrays of other cells are left out. Raises `UsageError` if there is no source.
    """
    needs = _Needs(defined, *others)
    head = "; ".join([_FUTURE, *needs.lines])
    text, line = _source(defined)
    after = "".join(f"\n\n{more}" for more in [*map(source, others), *needs.helpers])
    # A base class must stand before the class that inherits from it.
    before, gap = ("\n".join(["", *needs.bases, ""]), 0) if needs.bases else ("", max(line - 1, 1))
    return f"{head}{before}{chr(10) * gap}{text}{after}"


def source(defined: Defined) -> str:
    """Return the source of a function or class at the left margin."""
    return _source(defined)[0]


def _source(defined: Defined) -> tuple[str, int]:
    """Return the source at the left margin, and its first line in its cell."""
    code = _code(defined)
    try:
        if code is None or code.co_filename == _MADE:
            raise OSError
        if isinstance(defined, FunctionType):
            return textwrap.dedent(inspect.getsource(defined)), code.co_firstlineno
        return _class_source(defined.__name__, code)
    except (OSError, TypeError, SyntaxError) as error:
        name = defined.__name__
        raise UsageError(
            f"The source of {name} is not available; define it in a cell and run the cell."
        ) from error


def _code(defined: Defined) -> CodeType | None:
    """Return the code of a function, or of the first method of a class."""
    if isinstance(defined, FunctionType):
        return defined.__code__
    functions = [part for part in vars(defined).values() if isinstance(part, FunctionType)]
    return functions[0].__code__ if functions else None


def _class_source(name: str, method: CodeType) -> tuple[str, int]:
    """Return the source of a class by a method of it: before Python 3.13, `inspect` knows none of a cell."""
    text = "".join(linecache.getlines(method.co_filename))
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
        and node.name == name
        and node.lineno <= method.co_firstlineno <= (node.end_lineno or 0)
    ]
    if not found:
        raise OSError
    node = found[-1]
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return textwrap.dedent("\n".join(text.split("\n")[first - 1 : node.end_lineno]) + "\n"), first


class _Needs:
    """The names of its namespace that a function or class uses, directly or through its helpers."""

    def __init__(self, *defined: Defined) -> None:
        self.lines: list[str] = []
        self.helpers: list[str] = []
        self.bases: list[str] = []
        """The classes that the first one inherits from."""
        self._names = namespace(defined[0])
        self._seen = {one.__name__ for one in defined}
        if isinstance(defined[0], type):
            for base in reversed(defined[0].__mro__[1:-1]):
                if base.__module__ == self._names.get("__name__"):
                    self._seen.add(base.__name__)
                    self.bases.append(source(base))
        for text in [*map(source, defined), *self.bases]:
            self._collect(text)

    def _collect(self, text: str) -> None:
        for name in sorted(set(_used(text)) - self._seen):
            if name in self._names:
                self._seen.add(name)
                self._add(name, self._names[name])

    def _add(self, name: str, value: Any) -> None:
        here = self._names.get("__name__")
        if isinstance(value, ModuleType):
            self.lines.append(f"import {value.__name__} as {name}")
        elif isinstance(value, (FunctionType, type)) and value.__module__ == here:
            with suppress(UsageError) if isinstance(value, type) else nullcontext():
                text = source(value)
                self.helpers.append(text)
                self._collect(text)
        elif isinstance(value, _PLAIN):
            self.lines.append(f"{name} = {value!r}")
        elif getattr(value, "__module__", here) != here and hasattr(value, "__name__"):
            self.lines.append(f"from {value.__module__} import {value.__name__} as {name}")


def namespace(defined: Defined) -> dict[str, Any]:
    """Return the names among which a function or class was defined."""
    if isinstance(defined, FunctionType):
        return defined.__globals__
    functions = (part for part in vars(defined).values() if isinstance(part, FunctionType))
    return next((part.__globals__ for part in functions), {})


def _used(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            yield node.id
