"""Commands for students: check, list, hint, reset."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import STUDENTS, app, console, result_view
from grader.cli.opening import opened_by_student
from grader.cli.options import CourseOption, LessonOption
from grader.cli.progress_view import remember, show_debug_file, show_hints, show_list
from grader.course import course
from grader.course.index import is_called
from grader.errors import UsageError
from grader.results import RepairStage, Result, to_json
from grader.student import progress, reset
from grader.text.files import write
from grader.text.numbers import plural

if TYPE_CHECKING:
    from grader.cli.targets import Chosen

_BAR = 5
"""Least number of exercises for which a check shows a progress bar."""
_CONSOLE = Path("-")
SlugArgument = Annotated[str, typer.Argument(help="The exercise.", show_default=False)]


@app.command(rich_help_panel=STUDENTS)
def check(
    targets: Annotated[
        list[str] | None, typer.Argument(help="Exercises or files; all if none is named.")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the report to this file.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the result as JSON to this file; - prints it alone.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show every check with its evidence.")] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Write a small program with the failing call, to step through.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the points alone.")] = False,
    course_dir: CourseOption = None,
) -> None:
    """Check my files here; exit code 0 if all passed, 1 if some failed.

    Files that are named are graded on the exercises that they define; relu.py means the exercise relu.

    Examples: grader check softmax   ·   grader check my_network.py
    """
    from grader.cli.targets import choose  # parses files, which the other commands do not

    here = opened_by_student(course_dir)
    chosen = choose(here, targets or ())
    if not chosen.slugs:
        for note in chosen.submission.notes:
            console.line(note, style="red")
        raise typer.Exit(1)
    result = _checked(here, chosen)
    reached = progress.load(here).after(result)
    _write(result, here, html=html, json_file=json_file)
    if quiet:
        result_view.score(result)
    elif json_file != _CONSOLE:
        upcoming = reached.following(here.entries())
        following = upcoming.slug if upcoming else ""
        asked = targets or ()
        result_view.show(result, everything=everything, named=bool(asked), following=following, targets=asked)
        _absent(chosen)
    remember(here, reached)
    if html or json_file or (len(result.exercises) == 1 and not quiet):
        result = _repaired(here, chosen, result)
        _write(result, here, html=html, json_file=json_file)
    if json_file == _CONSOLE:
        typer.echo(to_json(result), nl=False)
    elif not quiet:
        for exercise in result.exercises:
            until: RepairStage = "change" if everything else "what"
            result_view.repair(exercise, until=until, named=len(result.exercises) > 1)
    if debug:
        _debug(here, chosen, result)
    raise typer.Exit(_code(result))


def _debug(here: course.Course, chosen: Chosen, result: Result) -> None:
    from grader.student.debugging import write_debug_file

    failed = [e for e in result.exercises if e.status != "passed" and not e.is_untouched]
    exercise = next(iter(failed or result.exercises))
    try:
        show_debug_file(write_debug_file(here, exercise, chosen.places))
    except UsageError as error:
        console.line(str(error), style="yellow")


def _checked(here: course.Course, chosen: Chosen) -> Result:
    from grader.student.check import check_here

    if len(chosen.slugs) < _BAR or not console.err.is_terminal:
        return check_here(here, chosen.submission, slugs=chosen.slugs)
    with console.progress() as bar:
        job = bar.add_task("check", total=len(chosen.slugs))
        return check_here(here, chosen.submission, slugs=chosen.slugs, begun=lambda _: bar.advance(job))


def _repaired(here: course.Course, chosen: Chosen, result: Result) -> Result:
    """Search the smallest changes that make functions pass."""
    from grader.student.repairing import repaired

    if not any(exercise.is_unexplained for exercise in result.exercises):
        return result
    with console.waiting("Searching a small change with which it passes"):
        return repaired(result, here, chosen.submission)


def _write(result: Result, here: course.Course, *, html: Path | None, json_file: Path | None) -> None:
    if html:
        from grader.report.pages import student_page  # templates are slow to load

        write(html, student_page(result, title=here.title).encode())
    if json_file and json_file != _CONSOLE:
        write(json_file, to_json(result))


def _absent(chosen: Chosen) -> None:
    if chosen.absent:
        verb = "is" if chosen.absent == 1 else "are"
        others = plural(chosen.absent, "other exercise")
        console.line(f"{others} of the course {verb} not in these files.", style="dim")


def _code(result: Result) -> int:
    if result.is_undecided:
        return 2
    return 0 if all(e.status == "passed" for e in result.exercises) else 1


@app.command("list", rich_help_panel=STUDENTS)
def list_(lesson: LessonOption = "", course_dir: CourseOption = None) -> None:
    """List the exercises with my progress as the last checks found it.

    Example: grader list --lesson activations
    """
    here = opened_by_student(course_dir)
    entries = [entry for entry in here.entries() if is_called(entry.lesson, lesson)]
    if not entries:
        raise UsageError(f"There is no exercise in lesson {lesson}.")
    show_list(entries, progress.load(here))


@app.command(rich_help_panel=STUDENTS)
def hint(
    slug: SlugArgument,
    number: Annotated[int | None, typer.Option("--number", help="Which hint, from 1.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show all hints.")] = False,
    course_dir: CourseOption = None,
) -> None:
    """Show the next hint: where to look, then the idea, then a detail.

    Example: grader hint softmax
    """
    here = opened_by_student(course_dir)
    entry = here.entry(slug)
    if not entry.hints:
        raise UsageError(f"{slug} has no hints.")
    if number is not None and not 1 <= number <= len(entry.hints):
        raise UsageError(f"{slug} has hints 1 to {len(entry.hints)}.")
    show_hints(here, entry, number=number, everything=everything)


@app.command("reset", rich_help_panel=STUDENTS)
def reset_(
    slug: SlugArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    course_dir: CourseOption = None,
) -> None:
    """Put an exercise's stub back; a copy of my file is kept beside it.

    Example: grader reset softmax
    """
    here = opened_by_student(course_dir)
    entry = here.entry(slug)
    path = reset.place(here, entry)
    name = os.path.relpath(path)
    if reset.is_untouched(path, entry):
        console.line(f"{name} is as it was handed out.")
        return
    if path.exists() and not yes:
        typer.confirm(f"Replace {name} by its stub?", abort=True)
    kept = reset.restore(path, entry)
    console.line(f"{name} is as it was handed out{f'; your version is {kept.name}' if kept else ''}.")
