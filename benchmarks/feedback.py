"""How long a student waits: `grader check softmax` from the shell, and a re-check in a watch after a save.

    python benchmarks/feedback.py

Wall-clock and CPU seconds, medians; the first is a whole process with its worker, the second what happens
between the news of a save and the last line of the verdict. Run it on an idle machine: a busy one only shows
how busy it is.
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
from collections.abc import Callable
from pathlib import Path

from grader.cli import watch
from grader.course import course
from grader.student.check import for_me

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
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


def cold(folder: Path) -> None:
    """Run the command as a shell does."""
    command = [sys.executable, "-P", "-m", "grader", "check", "softmax"]
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)


def main() -> None:
    """Measure both in a copy of the student tree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        shutil.copytree(ROOT / "exercises", folder / "exercises")
        own = folder / "exercises" / "03_activations" / "softmax.py"
        own.write_text(SOLUTION, encoding="utf-8")
        cold(folder)  # fills the caches of the file system
        told("grader check softmax, cold", [measured(lambda: cold(folder)) for _ in range(ROUNDS)])
        os.chdir(folder)
        here = course.find(folder)
        with for_me() as sandbox, contextlib.redirect_stdout(io.StringIO()):
            looking = watch._Watch(here, sandbox, here.entry("softmax"))
            looking.follow(iter([]))
            rounds = [measured(lambda: looking._saved(frozenset([own]))) for _ in range(ROUNDS)]
        told("re-check in grader watch", rounds)
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
