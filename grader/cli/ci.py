"""The command for CI jobs, with exit code, annotations, summary, JUnit XML and results."""

from __future__ import annotations

import math
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import SYSTEMS, app, result_view
from grader.cli.options import CourseOption, LessonOption
from grader.course import course
from grader.results import to_json
from grader.text.files import in_place, whole

if TYPE_CHECKING:
    from grader.results import Result

_JUNIT, _RESULTS = Path("junit.xml"), Path("results.json")


def _share(percent: float) -> float:
    if math.isnan(percent):  # which is neither below `min` nor above `max`
        raise typer.BadParameter("nan is not in the range 0<=x<=100.")
    return percent


@app.command(rich_help_panel=SYSTEMS)
def ci(
    path: Annotated[Path, typer.Argument(help="The pushed files.")] = Path(),
    lesson: LessonOption = "",
    fail_under: Annotated[
        float,
        typer.Option(
            "--fail-under", min=0, max=100, callback=_share, help="Least share of the points, in percent."
        ),
    ] = 100,
    junit_file: Annotated[Path, typer.Option("--junit", help="Where the JUnit XML goes.")] = _JUNIT,
    results_file: Annotated[Path, typer.Option("--results", help="Where the JSON goes.")] = _RESULTS,
    course_dir: CourseOption = None,
) -> None:
    """Check a push: annotations and a summary on GitHub, JUnit XML and JSON anywhere.

    Example: grader ci . --fail-under 60
    """
    from grader.exports.ci import junit
    from grader.student.check import check_here
    from grader.student.repairing import repaired
    from grader.submissions import read

    here = course.find(course_dir)
    slugs = [task.slug for task in here.tasks(lesson=lesson, public_only=True)]
    submission = read(path, student="push")
    result = repaired(check_here(here, submission, slugs=slugs), here, submission)
    _write(junit_file, junit(result).encode())
    _write(results_file, to_json(result))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        _tell_github(result, folder=path if path.is_dir() else path.parent)
    else:
        result_view.show(result)
    if result.is_undecided:
        raise typer.Exit(2)
    percent = 100 * result.points / result.max_points if result.max_points else 100
    raise typer.Exit(0 if percent >= fail_under else 1)


def _write(path: Path, data: bytes) -> None:
    # The default files lie among the pushed files. A student may have pushed a link of that name, which must
    # not be followed. A name that the user chose is written as usual.
    with (in_place if path in (_JUNIT, _RESULTS) else whole)(path) as stream:
        stream.write(data)


def _tell_github(result: Result, *, folder: Path) -> None:
    from grader.exports.ci import github_annotations, summary

    for text in github_annotations(result, folder=folder):
        print(text)
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(summary(result))
    # GitHub executes every line that begins with `::`, even an indented one, as a command. A student's text
    # must not become one, so commands are switched off while the result is shown.
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}")
    result_view.show(result)
    print(f"::{token}::")
