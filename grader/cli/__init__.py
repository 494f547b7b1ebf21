"""The command: parse, call one library function, print."""

from __future__ import annotations

import io
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
    from grader.cli import (  # their commands register themselves
        author,
        ci,
        desk,
        instructor,
        sandbox,
        student,
    )

    assert author is not None
    assert ci is not None
    assert desk is not None
    assert instructor is not None
    assert sandbox is not None
    assert student is not None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a character the console lacks is spelled out
    try:
        app()
    except GraderError as error:
        _end(str(error))
    except OSError as error:
        _end(f"{error.filename} cannot be used: {error.strerror}." if error.filename else str(error))


def _end(reason: str) -> None:
    from grader.cli import console  # which colours the output; not wanted before there is any

    print(console.inert(f"grader: {' '.join(reason.splitlines())}"), file=sys.stderr)
    sys.exit(2)
