"""The command: parse, call one library function, print."""

from __future__ import annotations

import importlib
import io
import sys
from typing import Final

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


STUDENTS: Final = "For students"
INSTRUCTORS: Final = "For instructors"
AUTHORS: Final = "For authors"
SYSTEMS: Final = "For CI and other systems"
_MODULES: Final = ("student", "watch", "instructor", "desk", "release", "author", "ci", "sandbox")
"""In the order in which the help shows their commands."""
_QUICK: Final = ("check", "hint", "list", "reset")
"""The commands of the first module."""
_INTERRUPTED: Final = 130
"""What a shell gives for an end by Ctrl-C."""


def main() -> None:
    """Run the command; whatever is the grader's own fault or wrong use ends in one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a character the console lacks is spelled out
    try:
        _register(sys.argv[1] if len(sys.argv) > 1 else "")
        app()
    except KeyboardInterrupt:  # while modules are imported; later ones are the command's own
        sys.exit(_INTERRUPTED)
    except GraderError as error:
        _end(str(error))
    except OSError as error:
        _end(f"{error.filename} cannot be used: {error.strerror}." if error.filename else str(error))


def _register(command: str) -> None:
    """Import the modules whose commands register themselves; for a student's first feedback, theirs alone."""
    for name in _MODULES[:1] if command in _QUICK else _MODULES:
        importlib.import_module(f"grader.cli.{name}")


def _end(reason: str) -> None:
    from grader.cli import console  # which colours the output; not wanted before there is any

    print(console.inert(f"grader: {' '.join(reason.splitlines())}"), file=sys.stderr)
    sys.exit(2)
