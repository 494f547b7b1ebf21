"""Commands for students: check, list, hint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader import course
from grader.cli import app, console
from grader.cli.options import CourseOption, JsonOption
from grader.collect import Submission, read
from grader.errors import UsageError
from grader.report import student_page
from grader.results import Result, to_json
from grader.selfcheck import check_here


@app.command()
def check(
    targets: Annotated[
        list[str] | None, typer.Argument(help="Exercises or files; all if none is named.")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the report to this file.")] = None,
    json_file: JsonOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Show passed checks too.")] = False,
    course_dir: CourseOption = None,
) -> None:
    """Check my files here; exit code 0 if all passed, 1 if some failed.

    Files that are named are read instead of those here; relu.py alone means the exercise relu.

    Examples: grader check softmax   ·   grader check my_network.py
    """
    here = course.find(course_dir)
    known = {task.slug for task in here.tasks(public_only=True)}
    paths = [Path(t) for t in targets or () if t not in known and _is_path(t)]
    slugs = [t for t in targets or () if Path(t) not in paths]
    if known.issuperset(p.stem for p in paths):
        slugs += [p.stem for p in paths]
    result = check_here(here, _mine(here, paths), slugs=slugs)
    if html:
        html.write_text(student_page(result, title=here.title), encoding="utf-8")
    if json_file:
        json_file.write_bytes(to_json(result))
    console.show(result, everything=everything)
    raise typer.Exit(_code(result))


def _code(result: Result) -> int:
    if any(e.status == "broken" for e in result.exercises):
        return 2
    return 0 if all(e.status == "passed" for e in result.exercises) else 1


def _is_path(target: str) -> bool:
    return Path(target).exists() or target.endswith(".py") or Path(target).name != target


def _mine(here: course.Course, paths: list[Path]) -> Submission:
    """Return the files that were named, or those here: in a course, its student tree."""
    if not paths:
        inside = Path.cwd() == here.root or Path.cwd().is_relative_to(here.exercises)
        return read(here.exercises if inside else Path.cwd(), student="me")
    found = [read(p) for p in paths]
    files: dict[str, bytes] = {}
    for name, data in (item for one in found for item in one.files.items()):
        if files.setdefault(name, data) != data:
            raise UsageError(f"Two different files called {name} were named; check one at a time.")
    notes = tuple(note for one in found for note in one.notes)
    unreadable = {name: why for one in found for name, why in one.unreadable.items()}
    return Submission("me", files, notes, unreadable)


@app.command("list")
def list_(course_dir: CourseOption = None) -> None:
    """List the exercises, their points and titles.

    Example: grader list
    """
    for task in course.find(course_dir).tasks(public_only=True):
        console.line(f"{task.lesson}  {task.slug:22} {task.max_points:4g}  {task.title}")


@app.command()
def hint(
    slug: Annotated[str, typer.Argument(help="The exercise.")],
    number: Annotated[int, typer.Option("--number", help="Which hint, from 1.")] = 1,
    course_dir: CourseOption = None,
) -> None:
    """Show a hint.

    Example: grader hint softmax --number 2
    """
    (task,) = course.find(course_dir).tasks(slugs=[slug], public_only=True)
    if not task.hints:
        raise UsageError(f"{slug} has no hints.")
    if not 1 <= number <= len(task.hints):
        raise UsageError(f"{slug} has hints 1 to {len(task.hints)}.")
    console.line(f"Hint {number} of {len(task.hints)}: {task.hints[number - 1]}")
