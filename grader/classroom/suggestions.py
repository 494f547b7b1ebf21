"""Frequent slips of a graded class that no known mistake covers, each ready to become one."""

from __future__ import annotations

import ast
import keyword
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checks import KINDS
from grader.classroom.actions import open_book
from grader.gradebook import records
from grader.results import ExerciseResult, Repair

_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class Suggestion:
    """A slip that several students made, with the repair of the first of them."""

    slug: str
    students: tuple[str, ...]
    repair: Repair
    caught_by: str
    """The kind of the first check that fails for them, or its id where that is made of its title."""

    @property
    def draft(self) -> str:
        """The slip as a known mistake for the exercise's authored file."""
        name = _name(self.repair.kind)
        *helpers, function = _standing_last(ast.parse(self.repair.code).body, self.slug, name)
        sentences = [*(place.sentence for place in self.repair.where), *self.repair.what]
        function.body.insert(0, ast.Expr(ast.Constant(" ".join(sentences))))
        caught_by = f"checks.{self.caught_by}" if self.caught_by in KINDS else f'"{self.caught_by}"'
        mistake = f"@exercise.mistake(caught_by={caught_by})\n{ast.unparse(function)}"
        return "\n\n\n".join([*map(ast.unparse, helpers), mistake]) + "\n"


def suggestions(out: Path, *, least: int = 2, gradebook: str = "") -> list[Suggestion]:
    """Return the slips of at least so many students, the most frequent first.

    Raises `UsageError` if the folder holds no graded class.
    """
    groups: dict[tuple[str, str], list[tuple[str, ExerciseResult]]] = defaultdict(list)
    with open_book(out, gradebook) as book:
        for record in records(book):
            for exercise in record.result.exercises:
                if exercise.repair and not exercise.diagnosis:
                    groups[exercise.slug, exercise.repair.kind].append((record.student, exercise))
    found = [_suggestion(slug, group) for (slug, _), group in groups.items() if len(group) >= least]
    return sorted(found, key=lambda one: (-len(one.students), one.slug, one.repair.kind))


def _suggestion(slug: str, group: list[tuple[str, ExerciseResult]]) -> Suggestion:
    first = group[0][1]
    assert first.repair
    failed = (check.name for check in first.checks if check.status == "failed" and not check.advice)
    check = next(failed, "matches_reference")
    kind = re.sub(r"_\d+$", "", check)
    caught_by = kind if kind in KINDS else check
    return Suggestion(slug, tuple(student for student, _ in group), first.repair, caught_by)


def _standing_last(units: list[ast.stmt], slug: str, name: str) -> list[Any]:
    """Return the units of a function with it last, under another name, and as a `def`.

    What calls it then calls itself under that name, not the solution. Another name that the student gave it,
    as in `softmax = stable_softmax`, is not kept.
    """
    names = {slug}
    for unit in reversed(units):
        if isinstance(unit, ast.Assign) and _bound(unit) in names and isinstance(unit.value, ast.Name):
            names.add(unit.value.id)
    for node in (node for unit in units for node in ast.walk(unit)):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = name
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in names:
            node.name = name
    functions = [unit for unit in units if _bound(unit) == name and not _is_alias(unit)]
    helpers = [unit for unit in units if _bound(unit) != name]
    return [*helpers, *map(_as_def, functions[-1:])]


def _bound(unit: ast.stmt) -> str:
    if isinstance(unit, ast.Assign) and isinstance(unit.targets[0], ast.Name):
        return unit.targets[0].id
    return unit.name if isinstance(unit, (ast.FunctionDef, ast.ClassDef)) else ""


def _is_alias(unit: ast.stmt) -> bool:
    return isinstance(unit, ast.Assign) and isinstance(unit.value, ast.Name)


def _as_def(unit: ast.stmt) -> ast.stmt:
    if not isinstance(unit, ast.Assign) or not isinstance(unit.value, ast.Lambda):
        return unit
    made = ast.parse(f"def {_bound(unit)}(): pass").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.args, made.body = unit.value.args, [ast.Return(unit.value.body)]
    return made


def _name(kind: str) -> str:
    """Return the kind of a slip as the name of a function."""
    name = _WORD.sub("_", kind).strip("_").lower() or "slip"
    return f"_{name}" if name[0].isdigit() or keyword.iskeyword(name) else name
