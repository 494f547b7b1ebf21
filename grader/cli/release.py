"""The command that makes a student's bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader import build as building
from grader import course
from grader import release as releasing
from grader.cli import INSTRUCTORS, app, console
from grader.cli.options import CourseOption, LessonOption
from grader.digits import plural
from grader.errors import UsageError
from grader.sandbox import Sandbox


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
        typer.Option("--wheel", help="A wheel of grader-kit to put in; else students install it by name."),
    ] = None,
    course_dir: CourseOption = None,
) -> None:
    """Make the bundle that students unpack: stubs, texts, recorded answers, nothing hidden.

    Example: grader release course.zip --wheel dist/grader_kit-0.1.0-py3-none-any.whl
    """
    here = course.find(course_dir)
    if here.reference.is_dir():
        _require_fresh(here)
    if wheel and wheel.suffix != ".whl":
        raise UsageError(f"{wheel} is no wheel; expected a file that ends in .whl.")
    made = releasing.files(here, lesson=lesson, wheel=wheel, solutions=solutions)
    releasing.write(target, made)
    console.line(f"{target}: {plural(len(made), 'file')}{', solutions included' if solutions else ''}.")


def _require_fresh(here: course.Course) -> None:
    with Sandbox() as sandbox:
        made = building.files(here.authored(), sandbox)
    # Stubs come from the index: an instructor may have solved some in place.
    stale = [name for name in building.compare(here.exercises, made) if name.endswith(".json")]
    if stale:
        raise UsageError(f"{here.exercises.name}/{stale[0]} is stale; run `grader build` first.")
