"""Commands for instructors: grade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader import course
from grader.classes import grade_class
from grader.cli import INSTRUCTORS, app, console
from grader.cli.options import CourseOption, LessonOption, LimitOption
from grader.collect import Roll, call_roll, collect, read_roster
from grader.digits import plural
from grader.errors import UsageError
from grader.sandbox import Limits
from grader.store import broken


@app.command(rich_help_panel=INSTRUCTORS)
def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder or archive: one subfolder, zip, notebook or .py a student.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Where results and pages go.")],
    lesson: LessonOption = "",
    roster: Annotated[
        Path | None, typer.Option("--roster", help="A CSV with the columns name and id.", show_default=False)
    ] = None,
    sandbox: Annotated[
        str, typer.Option("--sandbox", help="Level, see `grader sandbox`; the strongest if none is named.")
    ] = "",
    limit: LimitOption = None,
    force: Annotated[bool, typer.Option("--force", help="Grade unchanged submissions again.")] = False,
    course_dir: CourseOption = None,
) -> None:
    """Grade a class: one report a student, a table, a class page. Runs again only what changed.

    Downloads of Moodle and Canvas, zipped or not, and clones of GitHub Classroom are known by their names.

    Examples: grader grade class/ --out graded   ·   grader grade moodle.zip --out graded --roster ids.csv
    """
    if out.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(f"{out} lies in {submissions}, where it would be graded too; choose another folder.")
    here = course.find(course_dir)
    tasks = here.tasks(lesson=lesson)
    class_ = collect(submissions)
    roll = call_roll(class_.submissions, read_roster(roster)) if roster else None
    found = roll.submissions if roll else class_.submissions
    if here.has_development_seed:
        console.err.print(
            "Hidden cases come from the development seed; set GRADER_SEED for a real class.", style="yellow"
        )
    with console.progress() as bar:
        job = bar.add_task("grade", total=len(found))
        title = here.title
        results = grade_class(
            found,
            tasks,
            out,
            title=title,
            level=sandbox,
            limits=Limits().overruled(limit or ()),
            force=force,
            done=lambda _: bar.advance(job),
        )
    for note in class_.notes:
        console.line(note, style="yellow")
    for result in results:
        for note in result.notes:
            console.line(f"{result.student}: {note}", style="yellow")
    if roll:
        _report(roll)
    failed = broken(results)
    console.line(f"{plural(len(results), 'submission')} graded, sandbox level {results[0].sandbox}.")
    console.line(f"Class page: {out / 'index.html'}", style="bold")
    if failed:
        console.line(
            f"The grader itself failed on {', '.join(failed)}; their points are not lost.", style="red"
        )
        raise typer.Exit(2)


def _report(roll: Roll) -> None:
    """Print who cannot be told for certain: nobody is guessed."""
    for title, names in (
        ("Not told by the roster", roll.unknown),
        ("More than one submission for one row of the roster", roll.duplicate),
        ("In the roster, without a submission", roll.missing),
    ):
        if names:
            console.line(f"{title}: {'; '.join(names)}", style="yellow")
