"""Find the authored files of a course, load them, and sort them in the order of teaching."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.course.exercise import Exercise
from grader.course.index import is_called
from grader.errors import AuthorError


@dataclass(frozen=True)
class Authored:
    """An exercise with its file."""

    exercise: Exercise
    path: Path
    title: str
    source: str
    repairs: str = "change"
    """How far students are told a repair; see `Policy.repairs_in`."""
    change_after: str = ""
    """From when on they are told the change as well; see `Policy.change_after`."""
    in_side_track: bool = False
    """Whether the course can be completed without its lesson."""

    @property
    def lesson(self) -> str:
        """The folder's name, such as `03_activations`."""
        return self.path.parent.name


def discover(
    reference: Path,
    *,
    lesson: str = "",
    slugs: Sequence[str] = (),
    failed: Callable[[Path, AuthorError], object] | None = None,
) -> list[Authored]:
    """Return the exercises under `reference`, lesson by lesson.

    In a lesson, exercises come in the order of the links in its text, `exercises/<lesson>/README.md`, and
    without links in the order of their names; but each comes after those that it builds on. Exercises that
    are not selected have no influence. Raises `AuthorError` for a file that cannot be used, for two exercises
    of one slug, for a cycle, and for an exercise that builds on an unknown one or on one of a later lesson.

    Args:
        failed: called with each file that cannot be used, which is then left out.
    """
    paths = _as_read(authored_paths(reference), reference.parent / "exercises")
    chosen = [p for p in paths if is_called(p.parent.name, lesson)]
    loaded = []
    for path in chosen:
        try:
            loaded += [load(path)] if not slugs or path.stem in slugs else []
        except AuthorError as error:
            if failed is None:
                raise
            failed(path, error)
    seen: dict[str, Path] = {}
    for one in loaded:
        other = seen.setdefault(one.exercise.slug, one.path)
        if other is not one.path:
            raise AuthorError(f"two exercises are called {one.exercise.slug}: {other} and {one.path}")
    return _taught(loaded, lessons={p.stem: p.parent.name for p in paths})


def authored_paths(reference: Path) -> list[Path]:
    """Return the files under `reference` that should contain an exercise."""
    return sorted(p for p in reference.glob("*/*.py") if p.stem not in ("givens", "__init__"))


def _as_read(paths: Sequence[Path], texts: Path) -> list[Path]:
    """Sort the files of each lesson by their first links in the lesson's text; others follow by name."""
    places = {lesson: _links(texts / lesson / "README.md") for lesson in {p.parent.name for p in paths}}

    def place(path: Path) -> tuple[str, int, str]:
        links = places[path.parent.name]
        return path.parent.name, links.index(path.stem) if path.stem in links else len(links), path.stem

    return sorted(paths, key=place)


def _links(text: Path) -> list[str]:
    """Return the names of the Python files to which a lesson's text links, in its order."""
    try:
        return re.findall(r"\]\((\w+)\.py\)", text.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorError(f"{text} cannot be read: {error}") from error


def weighed(authored: Authored, weight: float) -> Authored:
    """Return an exercise with the points of its checks multiplied by `weight`, to four decimals."""
    exercise = authored.exercise
    checks = [check.worth(round(check.points * weight, 4)) for check in exercise.checks]
    return replace(authored, exercise=replace(exercise, checks=checks))


def _taught(loaded: Sequence[Authored], lessons: Mapping[str, str]) -> list[Authored]:
    for one in loaded:
        for slug in one.exercise.after:
            if slug not in lessons:
                raise AuthorError(f"{one.path} builds on {slug}, which is no exercise")
            if lessons[slug] > one.lesson:
                raise AuthorError(f"{one.path} builds on {slug}, which {lessons[slug]} teaches later")
    by_slug = {one.exercise.slug: one for one in loaded}
    order = sequence({slug: one.exercise.after for slug, one in by_slug.items()})
    return sorted((by_slug[slug] for slug in order), key=lambda one: one.lesson)


def load(path: Path) -> Authored:
    """Return the exercise in `path`; raises `AuthorError` with the reason if it cannot be used."""
    name = f"_grader_reference_.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        source = path.read_text(encoding="utf-8")
        # Not `exec_module`: Python takes cached bytecode for fresh if size and modification time, in seconds,
        # are those of the file. It would miss a second save of equal length within one second.
        exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    except Exception as error:  # an author's file may raise anything
        raise AuthorError(f"{path} cannot be loaded: {type(error).__name__}: {error}") from error
    exercise = getattr(module, "exercise", None)
    if not isinstance(exercise, Exercise):
        raise AuthorError(f"{path} does not define `exercise = Exercise(…)`")
    if exercise.slug != path.stem:
        raise AuthorError(f"{path} holds {exercise.slug}; expected a function called {path.stem}")
    title = (module.__doc__ or "").strip().splitlines()
    if not title:
        raise AuthorError(f"{path} has no docstring; its first line is the exercise's title")
    return Authored(exercise, path, title[0].rstrip("."), source)


After = Mapping[str, Collection[str]]
"""The names that each name builds on; names that are not keys are ignored."""


def sequence(after: After) -> list[str]:
    """Return the names in topological order; among several that are possible, the first given comes first.

    Raises `AuthorError` with the names of a cycle if there is one.
    """
    rest, placed = dict(after), []
    while rest:
        ready = next((name for name in rest if not rest.keys() & set(rest[name])), None)
        if ready is None:
            raise AuthorError(f"exercises build on each other in a circle: {' after '.join(_circle(rest))}")
        placed.append(ready)
        del rest[ready]
    return placed


def _circle(rest: After) -> list[str]:
    """Return the names of one cycle, with the first again at the end; each in `rest` builds on one in it."""
    path = [next(iter(rest))]
    while True:
        following = next(name for name in rest[path[-1]] if name in rest)
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)
