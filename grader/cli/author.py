"""Commands for authors: init, new, build, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import AUTHORS, app, console
from grader.cli.opening import opened
from grader.cli.options import CourseOption, JobsOption, JsonOption, LessonOption
from grader.course import course
from grader.errors import UsageError
from grader.text.files import write
from grader.text.numbers import plural, points_text

if TYPE_CHECKING:
    from grader.authoring.verify import Proof

# Packages that load NumPy or pytest are imported where they are used: the help of all commands does without.


@app.command(rich_help_panel=AUTHORS)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.", show_default=False)],
) -> None:
    """Start a course of my own: one lesson with one exercise that proves itself.

    Example: grader init my-course
    """
    from grader.authoring import build as building
    from grader.authoring import scaffold

    scaffold.begin(folder)
    here = course.find(folder)
    building.write(here.exercises, _made(here))
    console.line(f"A course of one exercise is in {folder}. Next: cd {folder} && grader verify")


def _made(here: course.Course) -> dict[str, bytes]:
    from grader.authoring import build as building
    from grader.sandbox import for_own_code

    with for_own_code() as sandbox:
        return building.files(here.authored(), sandbox)


@app.command(rich_help_panel=AUTHORS)
def build(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if anything is stale.")] = False,
    course_dir: CourseOption = None,
) -> None:
    """Generate exercises/ from reference/: stubs, index, recorded answers.

    Example: grader build --check
    """
    from grader.authoring import build as building

    here = _authors(course_dir)
    made = _made(here)
    if not check:
        written = building.write(here.exercises, made)
        console.line(f"{len(written)} of {len(made)} generated files written.")
        return
    stale = building.compare(here.exercises, made)
    for name in stale:
        console.line(f"stale: {here.exercises.name}/{name}", style="red")
    console.line("Run `grader build`." if stale else f"All {len(made)} generated files are up to date.")
    raise typer.Exit(1 if stale else 0)


@app.command(rich_help_panel=AUTHORS)
def verify(
    slugs: Annotated[list[str] | None, typer.Argument(help="Exercises; all if none is named.")] = None,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Also change each solution in one place at a time.")
    ] = False,
    repairs: Annotated[
        bool, typer.Option("--repairs", help="Also say which mistakes a search repairs without knowing them.")
    ] = False,
    lesson: LessonOption = "",
    jobs: JobsOption = 0,
    json_file: JsonOption = None,
    course_dir: CourseOption = None,
) -> None:
    """Prove the exercises: solution passes, stub fails, every mistake is caught by the check it names.

    Examples: grader verify softmax --mutants   ·   grader verify --lesson activations
    """
    from grader.authoring.build import pretty
    from grader.authoring.verify import unloadable
    from grader.authoring.verify_all import proofs

    here = _authors(course_dir)
    broken: list[Proof] = []
    authored = here.authored(
        lesson=lesson, slugs=slugs or (), failed=lambda path, error: broken.append(unloadable(path, error))
    )
    with console.progress() as bar:
        job = bar.add_task("verify", total=len(authored))
        more = {"with_mutants": mutants, "with_repairs": repairs}
        found = proofs(here, authored, jobs=jobs, done=lambda: bar.advance(job), **more)
    found = sorted([*found, *broken], key=lambda proof: proof.lesson)
    if json_file:
        write(json_file, pretty(found))
    _table(found)
    if repairs:
        _repaired(found)
    raise typer.Exit(1 if any(p.findings for p in found) else 0)


def _repaired(found: list[Proof]) -> None:
    """Print the known mistakes that are needed for their sentence alone: what is wrong is found without."""
    for p in found:
        for name, kind in p.repaired.items():
            console.line(f"{p.lesson}/{p.slug}: {name} is repaired without it ({kind}).", hang=2)
    of_all, total = sum(len(p.repaired) for p in found), sum(p.mistakes for p in found)
    console.line(f"{of_all} of {total} mistakes are repaired by a search that does not know them.")


def _authors(folder: Path | None) -> course.Course:
    """Return the course; raises `UsageError` for a student's bundle, which has no reference."""
    here = opened(folder)
    if not here.reference.is_dir():
        raise UsageError(f"{here.root} has no reference/ to author exercises in; name a course by --course.")
    return here


def _table(found: list[Proof]) -> None:
    from rich.table import Column, Table

    mutated = any(p.mutants for p in found)
    counted = ["mistakes", "mutants"] if mutated else ["mistakes caught"]
    columns = ["points", "checks", *counted, "verdict"]
    table = Table(Column("exercise", overflow="fold"), *(Column(c, no_wrap=True) for c in columns))
    lesson = ""
    for p in found:
        if p.lesson != lesson:
            lesson = p.lesson
            table.add_section()
            table.add_row(f"[bold]{lesson}[/]")
        verdict = "[green]proven[/]" if not p.findings else f"[red]{plural(len(p.findings), 'finding')}[/]"
        of_all = f"{p.caught} of {p.mistakes}"
        killed = [f"{p.killed} of {p.mutants - p.equivalent}"] if mutated else []
        table.add_row(f"  {p.slug}", points_text(p.points), str(p.checks), of_all, *killed, verdict)
    console.out.print(table)
    for p in found:
        for finding in p.findings:
            console.line(f"{p.lesson}/{p.slug}: {finding}", style="red")
    total = sum(p.mistakes for p in found)
    proven = sum(not p.findings for p in found)
    caught = sum(p.caught for p in found)
    console.line(f"{proven} of {len(found)} exercises proven; {caught} of {total} mistakes caught.")
    if mutated:
        dead, marked = sum(p.killed for p in found), sum(p.equivalent for p in found)
        of_them = sum(p.mutants for p in found) - marked
        console.line(f"{dead} of {of_them} mutants killed; {marked} marked as no change.")


@app.command(rich_help_panel=AUTHORS)
def new(
    name: Annotated[str, typer.Argument(help="LESSON/SLUG, such as 03_activations/softplus.")],
    course_dir: CourseOption = None,
) -> None:
    """Scaffold an exercise: a complete file to fill in.

    Example: grader new 03_activations/softplus
    """
    from grader.authoring import scaffold

    path: Path = scaffold.create(_authors(course_dir).reference, name)
    console.line(f"Written: {path}. Fill it in, then run: grader verify {path.stem} && grader build")
