"""Commands for instructors: grade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader import course
from grader.classes import grade_class
from grader.cli import INSTRUCTORS, app, console
from grader.cli.options import CourseOption, LessonOption
from grader.collect import collect
from grader.digits import plural
from grader.errors import UsageError
from grader.store import broken


@app.command(rich_help_panel=INSTRUCTORS)
def grade(
    submissions: Annotated[Path, typer.Argument(help="A folder: one subfolder or one .py a student.")],
    out: Annotated[Path, typer.Option("--out", help="Where results and pages go.")],
    lesson: LessonOption = "",
    sandbox: Annotated[str, typer.Option("--sandbox", help="How the code is kept apart.")] = "limits",
    force: Annotated[bool, typer.Option("--force", help="Grade unchanged submissions again.")] = False,
    course_dir: CourseOption = None,
) -> None:
    """Grade a class: one report a student, a table, a class page. Runs again only what changed.

    Example: grader grade submissions/ --out graded/
    """
    if out.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(f"{out} lies in {submissions}, where it would be graded too; choose another folder.")
    here = course.find(course_dir)
    tasks = here.tasks(lesson=lesson)
    found = collect(submissions)
    if here.has_development_seed:
        console.err.print(
            "Hidden cases come from the development seed; set GRADER_SEED for a real class.", style="yellow"
        )
    with console.progress() as bar:
        job = bar.add_task("grade", total=len(found))
        title = here.title
        results = grade_class(
            found, tasks, out, title=title, level=sandbox, force=force, done=lambda _: bar.advance(job)
        )
    for result in results:
        for note in result.notes:
            console.line(f"{result.student}: {note}", style="yellow")
    failed = broken(results)
    console.line(f"{plural(len(results), 'submission')} graded, sandbox level {sandbox}.")
    console.line(f"Class page: {out / 'index.html'}", style="bold")
    if failed:
        console.line(
            f"The grader itself failed on {', '.join(failed)}; their points are not lost.", style="red"
        )
        raise typer.Exit(2)
