"""The tutorial is what a new user sees: its files are written, its commands run, every line compared."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from support.courses import clean

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(?P<kind>console|python)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"In `(?P<path>[\w/.]+)`:\s*\Z")


class Reader:
    """Somebody who follows a document in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = clean({"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"})

    def follow(self, text: str) -> str:
        """Return the document with the outputs that the commands have here."""
        return BLOCK.sub(self._block, text)

    def _block(self, found: re.Match[str]) -> str:
        if found["kind"] == "console":
            commands = re.findall(r"^\$ (.*)$", found["text"], re.MULTILINE)
            return f"```console\n{''.join(map(self._run, commands))}```"
        place = PLACE.search(found.string[: found.start()])
        assert place, "a file without its name"
        (self.folder / place["path"]).write_text(found["text"], encoding="utf-8")
        return found[0]

    def _run(self, command: str) -> str:
        program, *words = shlex.split(command)
        if program == "cd":
            self.folder /= words[0]
            return f"$ {command}\n"
        done = subprocess.run(
            [program, *words], cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )
        assert (done.returncode in (0, 1), done.stderr) == (True, ""), command
        return f"$ {command}\n{done.stdout}"


def test_the_tutorial_is_what_a_new_user_sees(tmp_path: Path) -> None:
    for name in ("exercises", "reference"):
        shutil.copytree(ROOT / name, tmp_path / name)
    text = TUTORIAL.read_text(encoding="utf-8")
    seen = Reader(tmp_path).follow(text)
    if os.environ.get("GRADER_GOLD") == "1":
        TUTORIAL.write_text(seen, encoding="utf-8", newline="\n")
    assert seen == text


def test_it_has_two_exercises_wrongly_then_rightly() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    heads = re.findall(r"^. (relu|softmax)  (Partial|Failed|Passed)", text, re.MULTILINE)
    assert [(slug, word == "Passed") for slug, word in heads] == [
        ("relu", False),
        ("relu", True),
        ("softmax", False),
        ("softmax", True),
    ]
