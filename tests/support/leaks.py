"""The search for what students must not get: every statement of solutions and mistakes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from grader.course.discovery import discover

ROOT = Path(__file__).resolve().parents[2]
LONG = 20
"""Shorter lines, such as `return 1 * Z`, stand by chance in any program."""


def tree(folder: Path) -> dict[str, bytes]:
    files = [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def statements(function: ast.FunctionDef, source: str) -> Iterator[str]:
    """Yield the lines of a function's body, as written and in normal form; without its docstring."""
    for node in function.body[ast.get_docstring(function) is not None :]:
        for text in (ast.unparse(node), ast.get_source_segment(source, node) or ""):
            yield from (line.strip() for line in text.splitlines())


@cache
def hidden() -> set[str]:
    """Return each long line of a solution or mistake that no text for students says."""
    found: set[str] = set()
    told: list[str] = []
    for one in discover(ROOT / "reference"):
        exercise = one.exercise
        names = {exercise.slug, *(mistake.name for mistake in exercise.mistakes)}
        functions = [
            n for n in ast.parse(one.source).body if isinstance(n, ast.FunctionDef) and n.name in names
        ]
        found |= {line for function in functions for line in statements(function, one.source)}
        told.append(f"{exercise.slug}{exercise.parameters}")  # the signature stands in the stub
        told += [exercise.solution.__doc__ or "", *exercise.hints, *(m.message for m in exercise.mistakes)]
    # Silencing warnings is nobody's secret: the grader does it too.
    long = (line for line in found if len(line) > LONG and not line.startswith("with np.errstate"))
    return {line for line in long if not any(line in text for text in told)}


def leaks(files: Mapping[str, bytes]) -> set[str]:
    """Return the names of the files that hold a hidden line."""
    return {name for name, data in files.items() if _holds_hidden(data)}


def _holds_hidden(data: bytes) -> bool:
    # One by one, thousands of lines take half a minute a bundle: their beginnings are found at once.
    if len(data) < LONG:
        return False
    every = sliding_window_view(np.frombuffer(data, np.uint8), 8)
    places = np.flatnonzero(np.isin(np.ascontiguousarray(every).view(np.uint64)[:, 0], _beginnings()))
    return any(data.startswith(_lines(), int(place)) for place in places)


@cache
def _lines() -> tuple[bytes, ...]:
    return tuple(line.encode() for line in hidden())


@cache
def _beginnings() -> np.ndarray:
    return np.unique(np.frombuffer(b"".join(line[:8] for line in _lines()), np.uint64))
