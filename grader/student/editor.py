"""Open an exercise's file in the learner's editor: the one whose terminal this is, or the one that is set."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

from grader.errors import UsageError

_IN_TERMINAL: Final = frozenset(
    (
        *("vi", "vim", "nvim", "view", "vimx", "nano", "pico", "micro", "hx", "helix", "kak", "joe", "ne"),
        *("mcedit", "ed", "emacs-nox", "jed", "tilde", "dte", "edit", "amp"),
    )
)
"""Editors that take the terminal until they end."""
_OWN_TERMINALS: Final = (
    ("TERM_PROGRAM", "vscode", ("cursor", "windsurf", "codium", "code")),
    ("TERM_PROGRAM", "zed", ("zed", "zeditor")),
    ("ZED_TERM", "true", ("zed", "zeditor")),
    ("TERMINAL_EMULATOR", "JetBrains-JediTerm", ("pycharm", "charm", "idea", "dataspell")),
)
"""Variables that an editor sets in its own terminal, and the programs that open a file in it."""
_FALLBACKS: Final = ("code", "nano", "vim", "vi")


@dataclass(frozen=True)
class Editor:
    """A program that opens a file."""

    command: tuple[str, ...]
    takes_terminal: bool

    @property
    def name(self) -> str:
        """The program's name, as shown."""
        return Path(self.command[0]).stem

    def open(self, path: Path, *, terminal: AbstractContextManager[object] | None = None) -> None:
        """Open a file; raises `UsageError` if the program cannot be started.

        Args:
            terminal: lends the terminal to a program that takes it until it ends.
        """
        command = [*self.command, str(path)]
        try:
            if self.takes_terminal:
                with terminal or nullcontext():
                    subprocess.run(command, check=False)
            else:
                start(command)
        except OSError as error:
            raise UsageError(f"{self.command[0]} cannot be started: {error.strerror}.") from error


def start(command: Sequence[str]) -> None:
    """Start a program with a window of its own; raises `OSError` if that is not possible."""
    nothing = subprocess.DEVNULL
    # A session of its own: a Ctrl-C that ends the watch must not end the program.
    process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    Thread(target=process.wait, daemon=True).start()  # so that it leaves no entry in the system's table


def editor(named: str = "", *, env: Mapping[str, str] | None = None) -> Editor:
    """Return the editor to use: the one named, that of this terminal, that of the settings, or a usual one.

    Raises `UsageError` if there is none. A named command takes the terminal only if it is known to; one of
    `VISUAL` or `EDITOR` unless it is known to have a window.

    Args:
        named: a command such as `code --reuse-window`, to which the file is added.
    """
    given = os.environ if env is None else env
    search = given.get("PATH")
    if named:
        return _named(named, otherwise=False)
    if given.get("INSIDE_EMACS") and shutil.which("emacsclient", path=search):
        return Editor(("emacsclient", "--no-wait"), takes_terminal=False)
    if given.get("NVIM") and shutil.which("nvim", path=search):
        return Editor(("nvim", "--server", given["NVIM"], "--remote-tab"), takes_terminal=False)
    for variable, value, programs in _OWN_TERMINALS:
        if given.get(variable) == value:
            found = next(filter(None, (shutil.which(name, path=search) for name in programs)), None)
            if found:
                return Editor((found,), takes_terminal=False)
    for variable in ("VISUAL", "EDITOR"):
        if given.get(variable, "").strip():
            return _named(given[variable], otherwise=True)
    if sys.platform == "win32":  # pragma: no cover
        return Editor(("notepad",), takes_terminal=False)
    if sys.platform == "darwin":  # pragma: no cover
        return Editor(("open", "-t"), takes_terminal=False)
    for name in _FALLBACKS:
        if shutil.which(name, path=search):
            return Editor((name,), name in _IN_TERMINAL)
    raise UsageError('No editor was found; name one: grader watch --edit-cmd "code".')


_WINDOWED: Final = frozenset(
    (
        *(
            "code",
            "codium",
            "cursor",
            "windsurf",
            "zed",
            "zeditor",
            "subl",
            "atom",
            "gedit",
            "kate",
            "kwrite",
        ),
        *("mousepad", "xed", "pluma", "geany", "gvim", "mvim", "pycharm", "charm", "idea", "notepad", "open"),
        *("notepad++", "emacsclient", "gnome-text-editor", "tmux", "wezterm", "kitten"),
    )
)


def _named(command: str, *, otherwise: bool) -> Editor:
    try:
        parts = tuple(shlex.split(command, posix=os.name == "posix"))
    except ValueError as error:
        raise UsageError(f"The editor's command {command!r} cannot be read: {error}.") from error
    if not parts:
        raise UsageError("The editor's command is empty.")
    name = Path(parts[0]).stem.lower()
    known = name in _IN_TERMINAL or (name in ("emacs", "emacsclient") and {"-nw", "-t", "--tty"} & set(parts))
    return Editor(parts, bool(known) or (otherwise and name not in _WINDOWED))
