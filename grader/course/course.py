"""Find a course and read it: reference and secret seed, or a student's bundle."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import resources
from grader.course import index
from grader.course.index import Entry
from grader.course.policy import Policy, policy, require_known
from grader.course.renumbered import renumbered
from grader.errors import AuthorError, UsageError

if TYPE_CHECKING:
    from grader.course.discovery import Authored
    from grader.course.task import Task

# What takes NumPy is imported where it is used: `list`, `hint` and `reset` read the index alone.

_DEVELOPMENT_SEED = 1


@dataclass(frozen=True)
class Course:
    """A folder with `reference/` (instructor) or with `exercises/` only (student)."""

    root: Path
    settings: dict[str, Any] = field(default_factory=dict)
    secret_seed: str = ""
    """The text of `GRADER_SEED` when the course was opened; empty for the development seed."""
    renumbered: Mapping[str, str] = field(default_factory=dict)
    """Earlier names of lessons in course.toml, and the present ones for which they were taken."""

    @property
    def reference(self) -> Path:
        """The folder of the authored exercises; absent on a student's machine."""
        return self.root / "reference"

    @property
    def exercises(self) -> Path:
        """The folder of the student tree."""
        return self.root / "exercises"

    @property
    def title(self) -> str:
        """The course's name."""
        return str(self.settings.get("title", "NumPy exercises"))

    @property
    def seed(self) -> int:
        """The seed of the hidden cases: the secret one, else course.toml's development default."""
        if self.secret_seed:
            return _seed("GRADER_SEED", self.secret_seed)
        return _seed("The seed in course.toml", str(self.settings.get("seed", _DEVELOPMENT_SEED)))

    @property
    def has_development_seed(self) -> bool:
        """Whether hidden cases are drawn from the public seed of course.toml."""
        return self.reference.is_dir() and not self.secret_seed

    @property
    def is_installed(self) -> bool:
        """Whether the exercises are those of the installed package, which is never written to."""
        return self.exercises == resources.exercises() and not self.reference.is_dir()

    @property
    def lessons(self) -> set[str]:
        """The names of the lessons, those that the policy leaves out included."""
        if self.reference.is_dir():
            from grader.course.discovery import authored_paths

            return {path.parent.name for path in authored_paths(self.reference)}
        return {entry.lesson for entry in self.entries()}

    def entries(self) -> list[Entry]:
        """Return the exercises in the index."""
        return index.read(self.exercises)

    def entry(self, slug: str) -> Entry:
        """Return one exercise of the index; raises `UsageError` if it does not exist."""
        known = {one.slug: one for one in self.entries()}
        _require(set(known), [slug], "", self.exercises)
        return known[slug]

    @property
    def policy(self) -> Policy:
        """The policy in course.toml; raises `UsageError` if a setting does not fit."""
        return policy(self.settings)

    def authored(
        self,
        *,
        lesson: str = "",
        slugs: Sequence[str] = (),
        failed: Callable[[Path, AuthorError], object] | None = None,
    ) -> list[Authored]:
        """Return the authored exercises of the lessons in use, with their points multiplied by the weights.

        Raises `UsageError` for a slug or lesson that does not exist.

        Args:
            failed: called with each file that cannot be used, which is then left out.
        """
        from grader.course.discovery import authored_paths, discover

        stated = self.policy
        paths = authored_paths(self.reference)
        require_known(stated, lessons={p.parent.name for p in paths}, slugs={p.stem for p in paths})
        broken: list[str] = []

        def leave_out(path: Path, error: AuthorError) -> None:
            if failed and stated.uses(path.parent.name):
                broken.append(path.stem)
                failed(path, error)

        every = discover(self.reference, lesson=lesson, slugs=slugs, failed=leave_out if failed else None)
        found = [_by_policy(one, stated) for one in every if stated.uses(one.lesson)]
        _require({*broken, *(a.exercise.slug for a in found)}, slugs, lesson, self.reference)
        return found

    def tasks(self, *, lesson: str = "", slugs: Sequence[str] = (), public_only: bool = False) -> list[Task]:
        """Return the tasks, from the reference if it exists, else from the bundle's recorded answers."""
        if self.reference.is_dir() and not public_only:
            from grader.course.preparation import prepare

            return [prepare(a, seed=self.seed) for a in self.authored(lesson=lesson, slugs=slugs)]
        from grader.course import recorded

        for slug in slugs:
            self.entry(slug)
        found = recorded.read(self.exercises, lesson=lesson, slugs=slugs)
        _require({task.slug for task in found}, slugs, lesson, self.exercises)
        return found


def _by_policy(authored: Authored, stated: Policy) -> Authored:
    from grader.course.discovery import weighed

    found = weighed(authored, stated.weight(authored.lesson, authored.exercise.slug))
    lesson = authored.lesson
    return replace(
        found,
        in_side_track=stated.is_side_track(lesson),
        repairs=stated.repairs_in(lesson),
        change_after=stated.change_after(lesson),
    )


def _seed(origin: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4000}", text):
        raise UsageError(f"{origin} is {text!r}; expected a whole number of digits alone.")
    return int(text)


def _require(found: set[str], slugs: Sequence[str], lesson: str, where: Path) -> None:
    unknown = [slug for slug in slugs if slug not in found]
    if unknown:
        near = get_close_matches(unknown[0], found, n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise UsageError(f"There is no exercise called {unknown[0]} in {where.name}/.{guess}")
    if not found:
        raise UsageError(f"There is no exercise{f' in lesson {lesson}' if lesson else ''} in {where.name}/.")


def find(folder: Path | None = None) -> Course:
    """Return the course in `folder`, `GRADER_COURSE`, the nearest folder with `reference/`, or the bundle."""
    named = folder or (Path(os.environ["GRADER_COURSE"]) if os.environ.get("GRADER_COURSE") else None)
    if named:
        if not (named / "reference").is_dir() and not (named / "exercises" / "index.json").is_file():
            raise UsageError(f"{named} is no course: it has neither reference/ nor exercises/index.json.")
        return _open(named.resolve())
    for place in (Path.cwd(), *Path.cwd().parents):
        if (place / "reference" / "course.toml").is_file() or (place / "exercises" / "index.json").is_file():
            return _open(place)
    bundled = resources.exercises()
    if bundled is None:
        raise UsageError("There is no course here; go to the folder of a course, or name it by --course.")
    return _open(bundled.parent)


def on_this_machine(folder: str, *, seed: str) -> Course:
    """Return the course in `folder`, or in `GRADER_COURSE` if this machine does not have the folder.

    Args:
        seed: the secret seed of the hidden cases, whatever this machine's `GRADER_SEED` is; empty for the
            course's own.
    """
    is_elsewhere = os.environ.get("GRADER_COURSE") and not Path(folder).is_dir()
    return replace(find(None if is_elsewhere else Path(folder)), secret_seed=seed)


def _open(root: Path) -> Course:
    path = root / "reference" / "course.toml"
    secret_seed = os.environ.get("GRADER_SEED", "")
    if not path.is_file():
        return Course(root, secret_seed=secret_seed)
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from error
    return _with_present_names(Course(root, settings, secret_seed))


def _with_present_names(course: Course) -> Course:
    """Return the course with the settings of renumbered lessons under their present names."""
    stated = course.settings.get("lessons")
    if not isinstance(stated, dict):  # absent, or refused when the policy is read
        return course
    if all((course.reference / name).is_dir() for name in stated):
        return course
    found = renumbered(stated, course.lessons)
    found = {old: new for old, new in found.items() if new not in stated}
    lessons = {found.get(name, name): setting for name, setting in stated.items()}
    return replace(course, settings=course.settings | {"lessons": lessons}, renumbered=found)
