"""A process at a pseudo terminal of a given size, and the last screen that it drew."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from support.courses import clean

PATIENCE_S = 60.0
_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """`grader watch`, or another program, at a terminal or behind pipes."""

    def __init__(
        self,
        *argv: str,
        cwd: Path,
        piped: bool = False,
        program: Sequence[str] = ("-m", "grader", "watch"),
        columns: int = 80,
        rows: int = 24,
        **env: str,
    ) -> None:
        self.ours, theirs = os.pipe() if piped else pty.openpty()
        self.said = ""
        self.all = ""
        if not piped:
            self.resize(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, "-P", *program, *argv],
            cwd=cwd,
            env=clean({"TERM": "xterm", "PYTHONIOENCODING": "utf-8"} | env),
            stdin=subprocess.DEVNULL if piped else theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self.ours, keys.encode())

    def sees(self, text: str, *, within_s: float = PATIENCE_S) -> bool:
        """Read until `text` was said since the last time; return whether it was."""
        end = time.monotonic() + within_s
        while text not in self.said and (left := end - time.monotonic()) > 0:
            if not self._reads(left):
                break
        found = text in self.said
        self.said = self.said.partition(text)[2] if found else self.said
        return found

    def screen(self, shows: Callable[[list[str]], bool] | str, *, within_s: float = PATIENCE_S) -> list[str]:
        """Return the lines of the first screen that shows a text; the last one after a while."""
        end = time.monotonic() + within_s
        while (left := end - time.monotonic()) > 0:
            lines = self.last()
            if lines and (shows in "\n".join(lines) if isinstance(shows, str) else shows(lines)):
                return lines
            if not self._reads(left):
                break
        return self.last()

    def last(self) -> list[str]:
        """Return the lines of the last screen that was drawn to its end."""
        drawn = re.findall(r"\x1b\[H([^\x07]*?)\x1b\[\?25l", self.all)
        whole = drawn[-1].split("\r\n") if drawn else []
        return [_STYLE.sub("", line).rstrip() for line in whole]

    def _reads(self, within_s: float) -> bool:
        if not select.select([self.ours], [], [], within_s)[0]:
            return False
        try:
            part = os.read(self.ours, 65536).decode(errors="replace")
        except OSError:  # the process has ended
            return False
        self.said += part
        self.all += part
        return bool(part)

    def ends(self) -> int:
        """Read until the process ends; return its exit code."""
        self.rest()
        return self.process.wait(PATIENCE_S)

    def rest(self) -> str:
        """Return what is still said until the process ends."""
        while self._reads(PATIENCE_S):
            pass
        return self.said

    def answers(self, path: Path, data: bytes, text: str) -> bool:
        """Save until there is an answer: a save before the watch begins is nobody's to see."""
        for _ in range(12):
            path.write_bytes(data)
            if self.sees(text, within_s=PATIENCE_S / 12):
                return True
        return False
