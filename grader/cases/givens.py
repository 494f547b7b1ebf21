"""Givens: public helpers and generators that a case names, and their values on the trusted side."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.cases.case import Case
from grader.errors import AuthorError
from grader.worker.wire import Given, Rng


def given(name: str) -> Given:
    """Return a function of the lesson's `givens.py` as an argument of a case."""
    return Given(name)


def generator(seed: int) -> Rng:
    """Return a fresh `np.random.default_rng(seed)` as an argument of a case."""
    return Rng(seed)


def source(lesson: Path) -> bytes:
    """Return the text of a lesson's `givens.py`, empty if it has none."""
    path = lesson / "givens.py"
    return path.read_bytes() if path.is_file() else b""


def joined(sources: Iterable[bytes]) -> bytes:
    """Return the givens of several lessons as one file; raises `AuthorError` if two define one name."""
    distinct = [text for text in dict.fromkeys(sources) if text]
    count = Counter(
        node.name for text in distinct for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
    )
    twice = [name for name, n in count.items() if n > 1]
    if twice:
        raise AuthorError(f"two lessons have a given called {twice[0]}; rename one of them")
    return b"\n\n".join(distinct)


def load(text: bytes, path: Path = Path("givens.py")) -> dict[str, Any]:
    """Return the names that `givens.py` defines; raises `AuthorError` with the reason if it does not run."""
    names: dict[str, Any] = {"__name__": "givens"}
    try:
        exec(compile(text, path, "exec"), names)
    except Exception as error:  # an author's file may raise anything
        raise AuthorError(f"{path} cannot be loaded: {type(error).__name__}: {error}") from error
    return names


def resolved(case: Case, names: Mapping[str, Any]) -> Case:
    """Return `case` with functions and generators instead of their names, and a copy of every array."""
    args = tuple(_resolve(value, names) for value in case.args)
    return replace(case, args=args, kwargs={k: _resolve(v, names) for k, v in case.kwargs.items()})


def _resolve(value: Any, names: Mapping[str, Any]) -> Any:
    match value:
        case Given(name):
            if name not in names:
                raise AuthorError(f"a case names the given {name}, which givens.py does not define")
            return names[name]
        case Rng(seed):
            return np.random.default_rng(seed)
        case np.ndarray():
            return np.array(value)
        case list() | tuple() | set():
            return type(value)(_resolve(item, names) for item in value)
        case dict():
            return {key: _resolve(item, names) for key, item in value.items()}
    return value
