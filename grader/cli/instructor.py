"""Commands for instructors: grade, report, adjust, extend, show, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader import course
from grader.cli import app, console
from grader.cli.options import CourseOption, LessonOption
from grader.collect import collect
from grader.digits import plural
from grader.errors import UsageError

if TYPE_CHECKING:  # the gradebook's library takes long to import: students' commands do without
    from collections.abc import Sequence

    from grader.classes import Outcome
    from grader.gradebook import Change

_CHANGES = 20

OutArgument = Annotated[Path, typer.Argument(help="The folder of a graded class.")]
BookOption = Annotated[
    str, typer.Option("--gradebook", help="A database instead of the one in OUT.", envvar="GRADER_GRADEBOOK")
]
JobsOption = Annotated[
    int, typer.Option("--jobs", help="Processes; 0 for one a core.", min=0, show_default=False)
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; students read it.")]


@app.command()
def grade(
    submissions: Annotated[Path, typer.Argument(help="A folder: one subfolder or one .py a student.")],
    out: Annotated[Path, typer.Option("--out", help="Where results and pages go.")],
    lesson: LessonOption = "",
    sandbox: Annotated[str, typer.Option("--sandbox", help="How the code is kept apart.")] = "limits",
    jobs: JobsOption = 0,
    only: Annotated[str, typer.Option("--only", help="Grade this student alone.", metavar="STUDENT")] = "",
    force: Annotated[bool, typer.Option("--force", help="Grade what has not changed too.")] = False,
    gradebook: BookOption = "",
    course_dir: CourseOption = None,
) -> None:
    """Grade a class: one report a student, a table, a class page. Runs again only what changed.

    Examples: grader grade submissions/ --out graded   ·   … --only student-07 --force
    """
    from grader.classes import Options, grade_class

    if out.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(f"{out} lies in {submissions}, where it would be graded too; choose another folder.")
    here = course.find(course_dir)
    found = [s for s in collect(submissions) if not only or s.student == only]
    if not found:
        raise UsageError(f"There is no submission of {only} in {submissions}.")
    if here.has_development_seed:
        console.err.print(
            "Hidden cases come from the development seed; set GRADER_SEED for a real class.", style="yellow"
        )
    options = Options(lesson=lesson, level=sandbox, force=force, jobs=jobs, gradebook=gradebook)
    try:
        with console.progress() as bar:
            job = bar.add_task("grade", total=len(found))
            outcome = grade_class(found, here, out, options, done=lambda: bar.advance(job))
    except KeyboardInterrupt:
        console.line(
            "Interrupted; what was graded is kept. The same command goes on from here.", style="yellow"
        )
        raise typer.Exit(130) from None
    for submission in found:
        for note in submission.notes:
            console.line(f"{submission.student}: {note}", style="yellow")
    _report(outcome, len(found), sandbox, out)


def _report(outcome: Outcome, count: int, sandbox: str, out: Path) -> None:
    from grader.store import status

    _show_changes(outcome.changes, out)
    kept = count - outcome.graded
    unchanged = f", {kept} of them unchanged since the last run" if kept else ""
    console.line(f"{plural(count, 'submission')} graded{unchanged}, sandbox level {sandbox}.")
    console.line(f"Class page: {out / 'index.html'}", style="bold")
    failed = [result.student for result in outcome.results if status(result) == "broken"]
    if failed:
        console.line(
            f"The grader itself failed on {', '.join(failed)}; their points are not lost.", style="red"
        )
        raise typer.Exit(2)


def _show_changes(changes: Sequence[Change], out: Path) -> None:
    """Print who was graded anew and came out otherwise, and why."""
    for change in changes[:_CHANGES]:
        console.line(
            f"{change.student}  {change.slug}  {change.before} → {change.after}  ({change.reason})",
            style="yellow",
        )
    if len(changes) > _CHANGES:
        console.line(f"… and {len(changes) - _CHANGES} more: {out / 'changes.csv'}", style="yellow")


@app.command()
def report(
    out: OutArgument, jobs: JobsOption = 0, gradebook: BookOption = "", course_dir: CourseOption = None
) -> None:
    """Write all pages and tables of a graded class anew, by the course's present deadlines and policy.

    Example: grader report graded
    """
    from grader.desk import reported

    count = reported(out, _course(course_dir), jobs=jobs, gradebook=gradebook)
    console.line(f"{count} reports written.")
    console.line(f"Class page: {out / 'index.html'}", style="bold")


def _course(folder: Path | None) -> course.Course | None:
    """Return the course whose policy holds; None leaves the one that the class was graded by."""
    here = course.find(folder)
    return here if here.settings else None


@app.command()
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
    from grader.desk import adjusted

    result = adjusted(out, student, exercise, points, reason=reason, gradebook=gradebook)
    console.line(f"{student} now has {result.points:g} of {result.max_points:g} points.")


@app.command()
def extend(
    out: OutArgument,
    student: str,
    lesson: str,
    until: Annotated[str, typer.Argument(help="Such as 2026-03-01T23:59+01:00; `auto` for the course's.")],
    reason: ReasonOption,
    gradebook: BookOption = "",
) -> None:
    """Give a student a deadline of their own in one lesson.

    Example: grader extend graded student-07 02_activations 2026-03-08T23:59+01:00 --reason "Illness."
    """
    from grader.desk import extended

    result = extended(out, student, lesson, until, reason=reason, gradebook=gradebook)
    console.line(f"{student} now has {result.points:g} of {result.max_points:g} points.")


@app.command()
def show(
    out: OutArgument,
    student: str,
    history: Annotated[bool, typer.Option("--history", help="Also all that was ever recorded.")] = False,
    gradebook: BookOption = "",
) -> None:
    """Show one student's result in the terminal.

    Example: grader show graded student-07
    """
    from grader.desk import looked_up

    result, entries = looked_up(out, student, gradebook=gradebook)
    console.show(result)
    for entry in entries if history else ():
        moved = f"{entry.before} → {entry.after}" if entry.before else entry.after
        console.line(f"{entry.moment[:19]}  {entry.event}  {entry.subject}  {moved}  {entry.reason}")


@app.command()
def export(
    out: OutArgument,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            help="csv, json, canvas, moodle, junit, gradescope, prairielearn, {canvas,moodle}-feedback.",
        ),
    ],
    to: Annotated[Path, typer.Option("--to", help="Where it goes.")],
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
    from grader.desk import exported

    found = exported(
        out,
        format_,
        student=student,
        lesson=lesson,
        column=column,
        template=template,
        download=download,
        gradebook=gradebook,
    )
    to.write_bytes(found.data)
    for sentence in found.left_out:
        console.line(sentence, style="yellow")
    console.line(f"Written: {to}")
