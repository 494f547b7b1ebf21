"""The command for instructors: grade a class."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from grader.cli import INSTRUCTORS, app, console
from grader.cli.opening import opened
from grader.cli.options import BookOption, CourseOption, JobsOption, LessonOption, LimitOption
from grader.errors import UsageError
from grader.text.numbers import plural
from grader.text.wording import listed

if TYPE_CHECKING:  # the gradebook's library takes long to import: students' commands do without
    from collections.abc import Sequence

    from grader.classroom.grade_class import GradedClass
    from grader.classroom.repairs import Effort
    from grader.executors import Executor
    from grader.gradebook import Change
    from grader.submissions import Roll, SubmissionInfo

_CHANGES = 20
_NAMES = 8


@app.command(rich_help_panel=INSTRUCTORS)
def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder or archive: one subfolder, zip, notebook or .py a student.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Where results and pages go.")],
    lesson: LessonOption = "",
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster", help="A CSV with the columns name, id and maybe submitted.", show_default=False
        ),
    ] = None,
    sandbox: Annotated[
        str, typer.Option("--sandbox", help="Level, see `grader sandbox`; the strongest if none is named.")
    ] = "",
    limit: LimitOption = None,
    jobs: JobsOption = 0,
    cluster: Annotated[
        str,
        typer.Option("--cluster", help="Grade on a Dask cluster: local:4, tcp://host:8786.", metavar="URL"),
    ] = "",
    only: Annotated[
        str,
        typer.Option(
            "--only", help="Grade this student alone: name, id or part of a name.", metavar="STUDENT"
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Grade what has not changed too.")] = False,
    repairs: Annotated[
        str,
        typer.Option("--repairs", help="For how much failing code to seek a small change: some, all, off."),
    ] = "some",
    gradebook: BookOption = "",
    course_dir: CourseOption = None,
) -> None:
    """Grade a class: one report a student, a table, a class page. Runs again only what changed.

    Downloads of Moodle and Canvas, zipped or not, and clones of GitHub Classroom are known by their names.

    Examples: grader grade class/ --out graded   ·   grader grade moodle.zip --out graded --roster ids.csv
    """
    from grader.classroom.grade_class import Options, grade_class
    from grader.sandbox import Limits
    from grader.submissions import call_roll, collect, read_roster

    if out.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(f"{out} lies in {submissions}, where it would be graded too; choose another folder.")
    here = opened(course_dir)
    class_ = collect(submissions)
    roll = call_roll(class_.infos, read_roster(roster)) if roster else None
    handed_in = roll.infos if roll else class_.infos
    found = _only(handed_in, only, submissions) if only else handed_in
    if here.has_development_seed:
        console.err.print(
            "Hidden cases come from the development seed; set GRADER_SEED for a real class.", style="yellow"
        )
    options = Options(
        lesson=lesson,
        level=sandbox,
        limits=Limits().overruled(limit or ()),
        force=force,
        jobs=jobs,
        executor=_executor(cluster),
        whole=not only,
        repairs=_effort(repairs),
        gradebook=gradebook,
    )
    try:
        with console.progress() as bar:
            job = bar.add_task("grade", total=len(found))
            names = ("earlier attempts", "repairs", "pages")
            again, search, pages = (bar.add_task(name, visible=False) for name in names)
            outcome = grade_class(
                replace(class_, infos=found),
                here,
                out,
                options,
                done=lambda: bar.advance(job),
                regraded=lambda done, total: bar.update(again, completed=done, total=total, visible=True),
                searched=lambda done, total: bar.update(search, completed=done, total=total, visible=True),
                moved=lambda done, total: bar.update(pages, completed=done, total=total, visible=True),
            )
    except KeyboardInterrupt:
        console.line(
            "Interrupted; what was graded is kept. The same command goes on from here.", style="yellow"
        )
        raise
    for note in class_.notes:
        console.line(note, style="yellow")
    for info in found:
        for note in info.notes:
            console.line(f"{info.student}: {note}", style="yellow")
    if roll:
        _call(roll)
    _doubt(outcome)
    _report(outcome, len(found), out)


def _only(infos: Sequence[SubmissionInfo], text: str, where: Path) -> tuple[SubmissionInfo, ...]:
    """Return the submission of the student whom a name, an id or a part of a name means."""
    from grader.submissions.people import Named, meant, unclear

    found = meant(text, [Named(one.student, one.name, one.id) for one in infos])
    if len(found.students) == 1 and found.is_typed_right:
        return tuple(one for one in infos if one.student == found.students[0])
    raise UsageError(unclear(f"--only {text}", found, f"There is no submission of {text} in {where}"))


def _effort(text: str) -> Effort:
    from grader.classroom.repairs import Effort

    if text not in get_args(Effort):
        raise UsageError(f"--repairs is {text!r}; expected some, all or off.")
    return cast("Effort", text)


def _executor(cluster: str) -> Executor | None:
    """Return the executor of a cluster, or None for processes on this machine."""
    if not cluster:
        return None
    try:
        from grader.executors.cluster import Cluster
    except ModuleNotFoundError as error:
        raise UsageError("--cluster needs Dask: pip install 'grader-kit[cluster]'.") from error
    return Cluster(cluster, say=partial(console.err.print, style="yellow"))


def _call(roll: Roll) -> None:
    """Print the submissions and rows of the roster without a certain match."""
    for title, names in (
        ("Not told by the roster", roll.unknown),
        ("More than one submission for one row of the roster", roll.duplicate),
        ("In the roster, without a submission", roll.missing),
    ):
        if names:
            console.line(f"{title}: {'; '.join(names)}", style="yellow")


def _doubt(outcome: GradedClass) -> None:
    """Print who may be one person, which Moodle's numbers cannot tell."""
    if outcome.doubtful:
        from grader.submissions.people import suggested

        several = suggested([" and ".join(group) for group in outcome.doubtful])
        console.line(
            f"Equal names under different numbers: {several}. Moodle numbers students anew in each "
            "assignment: to count each student once, grade each download again with --roster; nothing is "
            "graded anew.",
            style="yellow",
        )


def _report(outcome: GradedClass, count: int, out: Path) -> None:
    from grader.report.needs import UNDECIDED

    for sentence in outcome.told:
        console.line(sentence, style="yellow")
    _show_changes(outcome.changes, out)
    kept = count - outcome.graded
    unchanged = f", {kept} of them unchanged since the last run" if kept else ""
    console.line(f"{plural(count, 'submission')} graded{unchanged}, sandbox level {outcome.level}.")
    _show_sought(outcome)
    for need in outcome.seen.needs:
        if need.title == UNDECIDED:  # the last line tells of it
            continue
        names = need.students[:_NAMES]
        more = len(need.students) - len(names)
        rest = f" and {more} more" if more else ""
        console.line(f"Needs you: {need.title.lower()}: {', '.join(names)}{rest}.", style="yellow")
    console.line(f"Class page: {out / 'index.html'}", style="bold")
    undecided = outcome.seen.undecided
    if undecided:
        console.line(
            f"The grader itself failed on {listed(undecided, 'student')}: their points are open. "
            "The same command grades them again.",
            style="red",
        )
        raise typer.Exit(2)


def _show_sought(outcome: GradedClass) -> None:
    its = outcome.sought
    if its.sought:
        answers = plural(its.sought, "failing answer")
        console.line(f"{answers} without a known cause searched; for {its.found} a small change helps.")
    if its.left:
        console.line(f"{its.left} more were left out: --repairs all searches them, too.", style="dim")


def _show_changes(changes: Sequence[Change], out: Path) -> None:
    """Print the results that changed when graded again, and why."""
    for change in changes[:_CHANGES]:
        console.line(
            f"{change.student}  {change.slug}  {change.before} → {change.after}  ({change.reason})",
            style="yellow",
        )
    if len(changes) > _CHANGES:
        console.line(f"… and {len(changes) - _CHANGES} more: {out / 'changes.csv'}", style="yellow")
