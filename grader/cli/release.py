"""The command that makes a student's bundle."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from grader.cli import INSTRUCTORS, app, console
from grader.cli.opening import opened
from grader.cli.options import CourseOption, LessonOption
from grader.course import course
from grader.errors import UsageError
from grader.text.numbers import plural


@app.command(rich_help_panel=INSTRUCTORS)
def release(
    target: Annotated[
        Path, typer.Argument(metavar="DEST", help="A .zip or a new folder.", show_default=False)
    ],
    lesson: LessonOption = "",
    solutions: Annotated[
        bool, typer.Option("--solutions", help="Add the solutions, once the deadline has passed.")
    ] = False,
    wheel: Annotated[
        Path | None,
        typer.Option("--wheel", help="Put this wheel of grader-kit in; else one of this very version."),
    ] = None,
    no_wheel: Annotated[
        bool,
        typer.Option("--no-wheel", help="Put none in: students install grader-kit by name from an index."),
    ] = False,
    course_dir: CourseOption = None,
) -> None:
    """Make the bundle that students unpack: stubs, texts, recorded answers, nothing hidden.

    The bundle holds the grader too: students need Python and an index of packages such as PyPI, no more.

    Examples: grader release course.zip   ·   grader release week2.zip --lesson activations
    """
    from grader.authoring import release as releasing

    here, chosen = opened(course_dir), _wheel(wheel, wanted=not no_wheel)
    made = releasing.files(here, lesson=lesson, wheel=chosen, solutions=solutions)
    if here.reference.is_dir():
        _require_fresh(here, lesson, made)
    releasing.write(target, made)
    console.line(f"{target}: {plural(len(made), 'file')}{', solutions included' if solutions else ''}.")
    unpack = "unpack it and " if target.suffix == ".zip" else ""
    console.line(
        f"Give it to your students. They {unpack}follow its README: two commands, then `grader watch`."
    )


def _wheel(named: Path | None, *, wanted: bool) -> tuple[str, bytes] | None:
    from grader.authoring.wheel import wheel

    if named is None:
        return wheel() if wanted else None
    if not wanted:
        raise UsageError("--wheel puts a wheel in and --no-wheel puts none in; give one of them.")
    if named.suffix != ".whl":
        raise UsageError(f"{named} is no wheel; expected a file that ends in .whl.")
    return named.name, named.read_bytes()


def _require_fresh(here: course.Course, lesson: str, made: Mapping[str, bytes]) -> None:
    from grader.authoring import build, release
    from grader.sandbox import Sandbox

    with Sandbox() as sandbox:
        built = build.files(here.authored(lesson=lesson), sandbox)
    if stale := release.stale(made, built):
        raise UsageError(f"{here.exercises.name}/{stale[0]} is stale; run `grader build` first.")
