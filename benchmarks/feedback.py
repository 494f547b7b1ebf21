"""How long a student waits: commands from the shell, and a re-check in a watch after a save.

    python benchmarks/feedback.py

Wall-clock and CPU seconds, medians. A command is a whole process with its worker. Compare it with pytest on
one test that imports NumPy, without plugins: the least that a course of plain tests would cost. A re-check is
what happens between the news of a save and the last line of the verdict. Run it on an idle machine: a busy
one only shows how busy it is.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from grader.cli.watch_lines import LineWatch
from grader.cli.watching import Events
from grader.course import course
from grader.student.check import for_me

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
TEST = "import numpy as np\n\n\ndef test_one():\n    assert np.allclose(np.ones(2), 1)\n"
COMMANDS = {
    "pytest, one test": ("pytest", "-q", "-p", "no:cacheprovider", "test_one.py"),
    "grader check softmax": ("grader", "check", "softmax"),
    "grader hint softmax": ("grader", "hint", "softmax"),
    "grader list": ("grader", "list"),
    "grader --help": ("grader", "--help"),
}
SOLUTION = """
import numpy as np

def softmax(Z):
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True) + 1e-3
"""


def measured(act: Callable[[], object]) -> tuple[float, float]:
    """Return the wall and CPU time of one round, children that have ended included."""
    before = os.times()
    act()
    after = os.times()
    return after.elapsed - before.elapsed, sum(after[:4]) - sum(before[:4])


def told(name: str, rounds: list[tuple[float, float]]) -> None:
    """Print the medians."""
    wall, cpu = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{name:28} {wall:6.3f} s wall  {cpu:6.3f} s CPU  ({len(rounds)} rounds)")


def cold(folder: Path, words: Sequence[str]) -> None:
    """Run a module as a shell runs its command."""
    command = [sys.executable, "-P", "-m", *words]
    env = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, check=False)


def told_cold(folder: Path) -> None:
    """Measure each command, in turns: what else the machine does then slows all alike."""
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for number in range(ROUNDS + 1):
        for name, words in COMMANDS.items():
            took = measured(partial(cold, folder, words))
            if number:  # the first round fills the caches of the file system
                rounds[name].append(took)
    for name in COMMANDS:
        told(name, rounds[name])


def main() -> None:
    """Measure both in a copy of the student tree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        shutil.copytree(ROOT / "exercises", folder / "exercises")
        here = course.find(folder)
        own = here.exercises / here.entry("softmax").path
        own.write_text(SOLUTION, encoding="utf-8")
        (folder / "test_one.py").write_text(TEST, encoding="utf-8")
        told_cold(folder)
        os.chdir(folder)
        with for_me() as sandbox, contextlib.redirect_stdout(io.StringIO()):
            looking = LineWatch(here, here.entry("softmax"))
            looking.follow(sandbox, Events(iter([]), is_quiet=lambda: False))  # no repair is sought
            rounds = [measured(lambda: looking._saved(frozenset([own]))) for _ in range(ROUNDS)]
        told("re-check in grader watch", rounds)
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
