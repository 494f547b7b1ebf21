"""Hashes of our own code and of exercises; results with an old hash are recomputed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from grader.course.task import Task
from grader.resources import PACKAGE, templates

DECIDES: Final = (
    *("cases", "checks", "course", "explain", "grading", "numerics", "repair"),
    *("sandbox", "worker"),
    *(
        f"submissions/{name}.py"
        for name in (
            *("bindings", "libraries", "locate", "parsing", "possible_bindings", "reachable_code", "scopes"),
            "source",
        )
    ),
)
"""Folders and files that can change a verdict or its explanation; changes to other files regrade nothing."""
_MAKES_PAGES: Final = ("gradebook", "report", "text", "classroom/output_folder.py", "results")


@cache
def verdict_code(package: Path = PACKAGE) -> str:
    """Return the SHA-256 of all that can change a verdict except the exercises: our code, Python, numpy."""
    return _digest(_files(package, DECIDES), f"{sys.version_info[:2]} {np.__version__}")


@cache
def page_code(package: Path = PACKAGE) -> str:
    """Return the SHA-256 of the templates and the code that make pages."""
    made_by = [p for p in templates().iterdir() if p.is_file()] + _files(package, _MAKES_PAGES)
    return _digest(made_by, verdict_code(package))


def _files(package: Path, names: Iterable[str]) -> list[Path]:
    places = [package / name for name in names]
    return [path for place in places for path in ([place] if place.is_file() else place.rglob("*.py"))]


def suite_digest(tasks: Iterable[Task], version: str) -> str:
    """Return the SHA-256 of the grader's version and of every task."""
    return hashlib.sha256("".join(task_digest(task, version) for task in tasks).encode()).hexdigest()


def task_digest(task: Task, version: str) -> str:
    """Return the SHA-256 of all that can change a result of `task`: its files, cases and checks.

    Numbers that an authored file computes are left out, because their last bits differ between processors.
    The file's text and the seed, which is part of `version`, determine them. A bundle has recorded numbers
    only, which are the same everywhere, and are included.
    """
    checks = [
        (b.id, b.cases, b.check.points, b.check.is_hidden, b.check.title, b.check.public_options())
        for b in task.checks
    ]
    facts = (
        task.slug,
        task.source,
        task.givens,
        [(case.name, case.hidden, case.layout) for case in task.cases],
        () if task.source else (task.cases, task.expected, [b.facts for b in task.checks]),
        checks,
        task.mistakes,
        task.hints,
        task.aliases,
        task.limits,
        task.record,
    )
    return hashlib.sha256(f"{version} {_exact(facts)!r}".encode()).hexdigest()


def _exact(value: Any) -> Any:
    """Return a value whose `repr` is complete; arrays become bytes, as printing their numbers is slow."""
    if isinstance(value, np.ndarray) and value.dtype != object:
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, (tuple, list)):
        return type(value).__name__, [_exact(item) for item in value]
    if isinstance(value, Mapping):
        return [(name, _exact(item)) for name, item in value.items()]
    if is_dataclass(value):
        return type(value).__name__, [_exact(getattr(value, f.name)) for f in fields(value)]
    return value


def _digest(files: Iterable[Path], start: str) -> str:
    total = hashlib.sha256(start.encode())
    for path in sorted(files):
        total.update(f"{path.name}:{path.stat().st_size}:".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
