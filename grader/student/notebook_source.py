"""Turn a function of a notebook into a file: its source, and what it uses from other cells."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from grader.errors import UsageError

_PLAIN = (bool, int, float, complex, str, bytes, type(None))
_FUTURE = "from __future__ import annotations"
"""Makes annotations text, so that the file need not define the names in them."""

_MADE = "<string>"
"""File name of code from `exec`. From Python 3.13 on, `inspect` returns the text of `python -c` for it."""


def module(function: FunctionType) -> str:
    """Return the source of a file that defines `function`, on the lines that it has in its cell.

    Imports and plain constants are on the first line, helper functions after the function. Arrays and classes
    of other cells are left out. Raises `UsageError` if the source is not available.
    """
    needs = _Needs(function)
    head = "; ".join([_FUTURE, *needs.lines])
    gap = max(function.__code__.co_firstlineno - 1, 1)
    helpers = "".join(f"\n\n{text}" for text in needs.helpers)
    return f"{head}{chr(10) * gap}{source(function)}{helpers}"


def source(function: FunctionType) -> str:
    """Return the source of a function at the left margin."""
    try:
        if function.__code__.co_filename == _MADE:
            raise OSError
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError) as error:
        name = function.__name__
        raise UsageError(
            f"The source of {name} is not available; define it in a cell and run the cell."
        ) from error


class _Needs:
    """The names of its namespace that a function uses, directly or through its helpers."""

    def __init__(self, function: FunctionType) -> None:
        self.lines: list[str] = []
        self.helpers: list[str] = []
        self._names = function.__globals__
        self._seen = {function.__name__}
        self._collect(source(function))

    def _collect(self, text: str) -> None:
        for name in sorted(set(_used(text)) - self._seen):
            if name in self._names:
                self._seen.add(name)
                self._add(name, self._names[name])

    def _add(self, name: str, value: Any) -> None:
        here = self._names.get("__name__")
        if isinstance(value, ModuleType):
            self.lines.append(f"import {value.__name__} as {name}")
        elif isinstance(value, FunctionType) and value.__module__ == here:
            text = source(value)
            self.helpers.append(text)
            self._collect(text)
        elif isinstance(value, _PLAIN):
            self.lines.append(f"{name} = {value!r}")
        elif getattr(value, "__module__", here) != here and hasattr(value, "__name__"):
            self.lines.append(f"from {value.__module__} import {value.__name__} as {name}")


def _used(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            yield node.id
