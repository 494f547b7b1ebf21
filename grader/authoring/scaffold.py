"""Write a new exercise as a file to complete; it runs at once, and `verify` says what is missing."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from grader import resources
from grader.errors import UsageError

_TEXT = '''"""{title}: say in a few words what it is for."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def {slug}(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return twice each element of `Z`.

    Args:
        Z: numbers, any shape.

    Returns:
        An array of the same shape.

    >>> {slug}(np.array([1.0, 2.0]))
    array([2., 4.])
    """
    return 2 * Z


exercise = Exercise(
    {slug},
    tags=("elementwise",),
    difficulty="easy",
    minutes=10,
    inputs=arrays(low=-3, high=3),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=("Where should the student look?", "Which idea leads on?"),
    formula=r"f(z) = 2z",
)


@exercise.mistake(caught_by=checks.matches_reference)
def unchanged(Z):
    """Tell the student the mistake and how to correct it: the input came back as it was."""
    return 1 * Z


@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z):
    """Twice a number is 2 * Z; Z ** 2 is its square."""
    return Z**2


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(Z):
    """`Z *= 2` changes the caller's array: write 2 * Z."""
    Z *= 2
    return Z
'''
_COURSE = {
    "reference/course.toml": "course.toml",
    "reference/01_first/center_columns.py": "center_columns.py",
    "exercises/01_first/README.md": "lesson.md",
    "README.md": "README.md",
    ".gitignore": "ignore",
}
"""The files of a new course, and the templates of their texts."""
_TAKEN = (
    *("__init__", "givens", "np", "NDArray", "Exercise", "arrays", "checks", "exercise"),
    *("unchanged", "squared", "in_place"),
)
"""Names that no exercise can have: files with another meaning, and names used in the text above."""


def create(reference: Path, name: str) -> Path:
    """Write the scaffold of `LESSON/SLUG` and return its path; raises `UsageError` for an invalid name."""
    lesson, _, slug = name.partition("/")
    if not re.fullmatch(r"\d\d_[a-z0-9_]+", lesson, re.ASCII):
        shown = lesson or name or "An empty name"
        raise UsageError(f"{shown} is no lesson; expected a name such as 03_activations.")
    if not (slug.isascii() and slug.isidentifier()) or keyword.iskeyword(slug):
        raise UsageError(f"{slug or name} is no function name; expected LESSON/SLUG.")
    if slug in _TAKEN:
        raise UsageError(f"{slug} has a meaning of its own in an exercise's file; choose another name.")
    path = reference / lesson / f"{slug}.py"
    taken = next(reference.glob(f"*/{slug}.py"), None)
    if taken:
        raise UsageError(f"{taken} exists already.")
    path.parent.mkdir(parents=True, exist_ok=True)
    title = slug.replace("_", " ").capitalize()
    path.write_text(_TEXT.format(slug=slug, title=title), encoding="utf-8")
    return path


def begin(folder: Path) -> None:
    """Write a course of one lesson with one exercise; raises `UsageError` if the folder is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is already there and not empty; name a new folder.")
    for place, name in _COURSE.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((resources.templates() / "course" / name).read_bytes())
