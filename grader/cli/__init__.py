"""The command line: each command parses its arguments, calls one library function, and prints.

Only the module of the given command is imported, so that students' commands start fast.
"""

from __future__ import annotations

import importlib
import io
import os
import platform
import sys
from typing import Annotated, Any, Final

from grader.errors import GraderError
from grader.interrupts import exit_code, sigterm_raises

try:
    import typer
    from typer.core import TyperGroup
except KeyboardInterrupt as early:  # this import takes most of the first half second
    sys.exit(exit_code(early))


class _Commands(TyperGroup):
    """All commands; one that Ctrl-C or SIGTERM ends exits with a shell's code for the signal."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:  # typer would exit with 130 for SIGTERM as well
            raise typer.Exit(exit_code(error)) from error


app = typer.Typer(
    cls=_Commands,
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
_COMMANDS: Final = {
    "student": ("check", "list", "hint", "reset"),
    "watch": ("watch",),
    "instructor": ("grade",),
    "gradebook": ("report", "adjust", "extend", "show", "suggest", "export"),
    "release": ("release",),
    "author": ("init", "build", "verify", "new"),
    "ci": ("ci",),
    "sandbox": ("sandbox",),
}
"""Modules and their commands, in the order of the help."""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # loads a parser of mails

        installed = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pytest"))
        print(f"grader-kit {version('grader-kit')} (Python {platform.python_version()}, {installed})")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print versions and exit."),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command; wrong use and faults of the grader end with one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # escapes for characters that the console lacks
    # Exercises have small arrays: NumPy's threads would cost 0.06 s of CPU time at the start and gain none.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        with sigterm_raises():
            _register(sys.argv[1] if len(sys.argv) > 1 else "")
            app()
    except KeyboardInterrupt as error:  # during imports; `_Commands` handles later ones
        sys.exit(exit_code(error))
    except GraderError as error:
        _end(str(error))
    except OSError as error:
        _end(f"{error.filename} cannot be used: {error.strerror}." if error.filename else str(error))


def _register(command: str) -> None:
    """Import the module that registers the command; import all modules for the help or an unknown command."""
    own = [name for name, commands in _COMMANDS.items() if command in commands]
    for name in [] if command == "--version" else own or _COMMANDS:
        importlib.import_module(f"grader.cli.{name}")


def _end(reason: str) -> None:
    from grader.cli import console  # imports rich, which commands without output do not need

    print(console.inert(f"grader: {' '.join(reason.splitlines())}"), file=sys.stderr)
    sys.exit(2)
