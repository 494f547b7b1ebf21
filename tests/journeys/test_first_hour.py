"""A new user, for real: a bundle is unpacked, its README followed, two exercises solved, first wrongly."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.courses import clean
from support.notebooks import EXECUTE, shown

nbformat = pytest.importorskip("nbformat", reason="needs the extra dev: nbclient with nbformat")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
STEP_S = 0.2
ATTEMPTS = {
    "relu": ("np.abs(Z)", "this is |z|", "np.maximum(0, Z)"),
    "leaky_relu": ("np.maximum(0, Z)", "This is plain ReLU", "np.where(Z > 0, Z, alpha * Z)"),
}
"""For each exercise a wrong answer, what is said of it, and a right one."""
FIRST = {
    "sigmoid": (
        "1 / (1 + np.exp(Z))",
        "The curve is mirrored",
        "np.exp(np.minimum(Z, 0)) / (1 + np.exp(-np.abs(Z)))",
    ),
    "sigmoid_from_exp": ("1 / (1 + np.exp(-Z))", "is e^(-z) already", "1 / (1 + Z)"),
}
"""The same for the exercises with which the lesson begins."""
needs_tmux = pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed: apt install tmux")


def source(slug: str, answer: str) -> str:
    parameters = "Z, alpha=0.01" if slug == "leaky_relu" else "Z"
    return f"import numpy as np\n\n\ndef {slug}({parameters}):\n    return {answer}\n"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that comes out of the zip, the grader's wheel in it."""
    folder = tmp_path_factory.mktemp("hour")
    release = ("release", folder / "start.zip", "--lesson", "activations")
    command = [sys.executable, "-P", "-m", "grader", *map(str, release)]
    subprocess.run(command, cwd=ROOT, env=clean({}), capture_output=True, check=True)
    with zipfile.ZipFile(folder / "start.zip") as archive:
        archive.extractall(folder)
    return folder / "start"


def told(unpacked: Path) -> list[str]:
    """Return the commands that the bundle's README begins with."""
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert block
    return block[1].splitlines()


class Tmux:
    """A terminal of 80 columns and 40 lines that programs cannot tell from a user's."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux"
        self("new-session", "-d", "-x", "80", "-y", "40", "-c", str(folder), "env", "-u", "NO_COLOR", "sh")

    def __call__(self, *words: str) -> str:
        command = ["tmux", "-S", str(self.socket), "-f", os.devnull, *words]
        return subprocess.run(command, env=clean({}), capture_output=True, text=True, check=True).stdout

    def types(self, *keys: str) -> None:
        self("send-keys", *keys)

    def sees(self, text: str, *, within_s: float = PATIENCE_S) -> bool:
        """Return whether the screen shows `text` before long."""
        end = time.monotonic() + within_s
        while text not in self.screen() and time.monotonic() < end:
            time.sleep(STEP_S)
        return text in self.screen()

    def screen(self) -> str:
        return self("capture-pane", "-p", "-J")


@pytest.fixture
def tmux(unpacked: Path) -> Iterator[Tmux]:
    terminal = Tmux(unpacked)
    yield terminal
    terminal("kill-server")


@needs_tmux
def test_the_readmes_two_commands_lead_to_two_solved_exercises(unpacked: Path, tmux: Tmux) -> None:
    install, start = told(unpacked)
    quickly = clean({"PIP_NO_COMPILE": "1"})  # Python compiles what is used when it is used
    subprocess.run(install, shell=True, cwd=unpacked, env=quickly, capture_output=True, check=True)
    tmux.types(start, "Enter")
    for slug, (wrong, said, right) in FIRST.items():
        path = unpacked / "exercises" / "03_activations" / f"{slug}.py"
        assert tmux.sees(f"file:     exercises/03_activations/{slug}.py"), tmux.screen()
        assert tmux.sees("a save checks again."), tmux.screen()
        path.write_text(source(slug, wrong))
        assert tmux.sees(said), tmux.screen()
        tmux.types("h")
        assert tmux.sees("Hint 1 of"), tmux.screen()
        path.write_text(source(slug, right))
    assert tmux.sees("sigmoid_from_exp passes."), tmux.screen()
    tmux.types("q")
    assert tmux.sees("Go on with: grader watch"), tmux.screen()  # until then, keys go to the watch
    tmux.types("clear; .venv/bin/grader list", "Enter")
    assert tmux.sees("2 of 14"), tmux.screen()


def test_in_a_notebook_two_exercises_are_solved(unpacked: Path) -> None:
    cells = ["%load_ext grader"]
    for slug, (wrong, _, right) in ATTEMPTS.items():
        cells += [f"%%check {slug}\n{source(slug, answer)}" for answer in (wrong, right)]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    nbformat.write(book, unpacked / "book.ipynb")
    env = clean({"IPYTHONDIR": str(unpacked / "ipython"), "JUPYTER_PLATFORM_DIRS": "1"})
    command = [sys.executable, "-c", EXECUTE, "book.ipynb"]
    subprocess.run(command, cwd=unpacked, env=env, capture_output=True, text=True, check=True)
    outputs = [cell.outputs for cell in nbformat.read(unpacked / "book.ipynb", as_version=4).cells]
    assert [[shown(one) for one in each] for each in outputs] == [
        [],
        ["relu: Partial, 4 of 8 points"],
        ["relu: Passed, 8 of 8 points"],
        ["leaky_relu: Partial, 3 of 6 points"],
        ["leaky_relu: Passed, 6 of 6 points"],
    ]
