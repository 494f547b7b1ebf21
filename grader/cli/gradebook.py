"""Commands for a graded class: report, adjust, extend, show, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import INSTRUCTORS, app, console, result_view
from grader.cli.opening import opened
from grader.cli.options import BookOption, CourseOption, JobsOption, LessonOption
from grader.course import course
from grader.results import Result
from grader.text.numbers import plural, points_text

# `grader.classroom.actions` is imported where it is used: SQLAlchemy would cost students' commands 0.2 s.

_NAMES = 8
_NONE = "No slip was repaired often enough; `grader grade … --repairs all` searches every failing answer."
OutArgument = Annotated[Path, typer.Argument(help="The folder of a graded class.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; students read it.")]


@app.command(rich_help_panel=INSTRUCTORS)
def report(
    out: OutArgument, jobs: JobsOption = 0, gradebook: BookOption = "", course_dir: CourseOption = None
) -> None:
    """Write all pages and tables of a graded class anew, by the course's present deadlines and policy.

    Example: grader report graded
    """
    from grader.classroom.actions import reported

    with console.counting("pages") as moved:
        count, told = reported(out, _course(course_dir), jobs=jobs, gradebook=gradebook, moved=moved)
    for sentence in told:
        console.line(sentence, style="yellow")
    console.line(f"{count} reports written.")
    console.line(f"Class page: {out / 'index.html'}", style="bold")


def _course(folder: Path | None) -> course.Course | None:
    """Return the course with the present policy; None keeps the policy in the gradebook."""
    here = opened(folder)
    return here if here.settings else None


@app.command(rich_help_panel=INSTRUCTORS)
def adjust(
    out: OutArgument,
    student: str,
    exercise: str,
    points: Annotated[str, typer.Argument(help="The new number of points; `auto` for the checks' own.")],
    reason: ReasonOption,
    gradebook: BookOption = "",
) -> None:
    """Set a student's points in one exercise; the reason is kept and shown.

    Example: grader adjust graded student-07 softmax 4 --reason "The axis was not stated."
    """
    from grader.classroom.actions import adjusted

    with console.counting("pages") as moved:
        result = adjusted(out, student, exercise, points, reason=reason, gradebook=gradebook, moved=moved)
    console.line(_now(result))


def _now(result: Result) -> str:
    return f"{result.student} now has {points_text(result.points)} of {plural(result.max_points, 'point')}."


@app.command(rich_help_panel=INSTRUCTORS)
def extend(
    out: OutArgument,
    student: str,
    lesson: Annotated[str, typer.Argument(help="Such as activations, 03 or 03_activations.")],
    until: Annotated[str, typer.Argument(help="Such as 2026-03-01T23:59+01:00; `auto` for the course's.")],
    reason: ReasonOption,
    gradebook: BookOption = "",
) -> None:
    """Give a student a deadline of their own in one lesson.

    Example: grader extend graded student-07 03_activations 2026-03-08T23:59+01:00 --reason "Illness."
    """
    from grader.classroom.actions import extended

    with console.counting("pages") as moved:
        result = extended(out, student, lesson, until, reason=reason, gradebook=gradebook, moved=moved)
    console.line(_now(result))


@app.command(rich_help_panel=INSTRUCTORS)
def suggest(
    out: OutArgument,
    least: Annotated[int, typer.Option("--least", min=1, help="Of how many students at least.")] = 2,
    gradebook: BookOption = "",
) -> None:
    """List frequent slips that no known mistake covers, each as a draft of one.

    They are the repairs that `grader grade --repairs all` found.

    Example: grader suggest graded --least 3
    """
    from grader.classroom.suggestions import suggestions

    found = suggestions(out, least=least, gradebook=gradebook)
    for one in found:
        console.line(f"{one.slug}: {plural(len(one.students), 'student')}, {one.repair.kind}", style="bold")
        console.line(", ".join(one.students[:_NAMES]), style="dim", indent=2, hang=2)
        result_view.changed(one.repair, indent=4)
        console.out.print()
        console.line(one.draft.rstrip(), indent=2, hang=2)
        console.out.print()
    several = f"of at least {plural(least, 'student')} "
    console.line(f"{plural(len(found), 'slip')} {several}without a known mistake." if found else _NONE)


@app.command(rich_help_panel=INSTRUCTORS)
def show(
    out: OutArgument,
    student: str,
    history: Annotated[bool, typer.Option("--history", help="Also all that was ever recorded.")] = False,
    gradebook: BookOption = "",
) -> None:
    """Show one student's result in the terminal, by name, id or the beginning of a name.

    Example: grader show graded student-07
    """
    from grader.classroom.actions import looked_up

    result, entries = looked_up(out, student, gradebook=gradebook)
    if result.student != student:
        console.line(f"This is {result.student}.", style="yellow")
    result_view.show(result, everything=True)
    for entry in entries if history else ():
        moved = f"{entry.before} → {entry.after}" if entry.before else entry.after
        console.line(f"{entry.moment[:19]}  {entry.event}  {entry.subject}  {moved}  {entry.reason}")


@app.command(rich_help_panel=INSTRUCTORS)
def export(
    out: OutArgument,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            help="csv, json, canvas, moodle, junit, gradescope, prairielearn, {canvas,moodle}-feedback.",
        ),
    ],
    to: Annotated[Path, typer.Option("--to", help="Where it goes; - for standard output.")],
    student: Annotated[str, typer.Option("--student", help="This student alone.")] = "",
    lesson: LessonOption = "",
    column: Annotated[str, typer.Option("--column", help="The assignment's name in Canvas or Moodle.")] = "",
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", help="Canvas's gradebook or Moodle's worksheet, as exported.", show_default=False
        ),
    ] = None,
    download: Annotated[
        Path | None,
        typer.Option(
            "--download", help="The download whose names feedback files must have.", show_default=False
        ),
    ] = None,
    gradebook: BookOption = "",
) -> None:
    """Write a graded class in another tool's format.

    Examples: grader export graded --format csv --to grades.csv
    ·   grader export graded --format canvas --template canvas.csv --to upload.csv
    """
    from grader.classroom.actions import CONSOLE, exported

    with console.counting("students") as moved:
        left_out = exported(
            out,
            format_,
            to,
            student=student,
            lesson=lesson,
            column=column,
            template=template,
            download=download,
            gradebook=gradebook,
            moved=moved,
        )
    for sentence in left_out:
        console.line(sentence, style="yellow", error=to == CONSOLE)
    if to != CONSOLE:
        console.line(f"Written: {to}")
