"""The command: parse, call one library function, print."""

from __future__ import annotations

import sys

import typer

from grader.errors import GraderError

app = typer.Typer(
    name="grader",
    help="Grade NumPy exercises fairly, and explain every failure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def main() -> None:
    """Run the command; whatever is the grader's own fault or wrong use ends in one line and exit code 2."""
    from grader.cli import author, ci, instructor, sandbox, student  # their commands register themselves

    assert author is not None
    assert ci is not None
    assert instructor is not None
    assert sandbox is not None
    assert student is not None
    try:
        app()
    except GraderError as error:
        print(f"grader: {error}", file=sys.stderr)
        sys.exit(2)
