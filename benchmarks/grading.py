"""CPU time of grading a submission, beside a cold pytest run of as many parametrized checks.

    python benchmarks/grading.py

Both sides are whole processes, measured in turn in one run by the CPU time of the whole machine, which should
be idle otherwise. Grading includes start-up, the sandbox, the student's own time, diagnosis, JSON and HTML,
but no repairs (see repairs.py); the pytest side runs one file with as many parametrized items as a submission
has checks, each a comparison of two small arrays. Printed: medians a submission, and the ratio of both.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from usage import busy_s

from grader.course import course
from grader.submissions import collect

ROOT = Path(__file__).resolve().parents[1]
CLASS = ROOT / "tests" / "data" / "class"
STUDENTS = ("student-02", "student-03", "student-04", "student-07")
"""One without faults, three with the usual ones: all that they hand in runs to its end."""
COPIES = 10
ROUNDS = 5
COLD = """
import numpy as np
import pytest


@pytest.mark.parametrize("number", range({count}))
def test_check(number):
    assert np.allclose(np.arange(6.0).reshape(2, 3) + number, np.arange(6.0).reshape(2, 3) + number)
"""


def cpu_s(*command: str) -> float:
    """Run a command to its end and return the CPU time of it and of all its descendants."""
    before = busy_s()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return busy_s() - before


def multiplied(folder: Path) -> Path:
    """Return a folder that holds `COPIES` of each chosen submission."""
    class_ = collect(CLASS)
    chosen = list(class_.read([s for s in class_.infos if s.student in STUDENTS]))
    for number in range(COPIES):
        for submission in chosen:
            for name, data in submission.files.items():
                path = folder / f"{submission.student}-{number}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    return folder


def main() -> None:
    """Measure and print."""
    checks = sum(len(task.checks) for task in course.find(ROOT).tasks(lesson="activations"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        submissions, out = multiplied(folder / "in"), folder / "out"
        cold_test = folder / "test_cold.py"
        cold_test.write_text(COLD.format(count=checks))
        count = len(list(submissions.iterdir()))

        def warm() -> float:
            shutil.rmtree(out, ignore_errors=True)
            options = (
                "--course",
                str(ROOT),
                "--lesson",
                "activations",
                "--out",
                str(out),
                "--repairs",
                "off",
            )
            return cpu_s(sys.executable, "-P", "-m", "grader", "grade", str(submissions), *options) / count

        def cold() -> float:
            return cpu_s(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(cold_test))

        ours, theirs = _in_turn(warm, cold)
    print(f"{checks} checks a submission, {count} submissions, {ROUNDS} rounds, medians of CPU time")
    print(f"grader grade, all included  {statistics.median(ours) * 1000:7.1f} ms a submission")
    print(f"cold pytest, as many items  {statistics.median(theirs) * 1000:7.1f} ms a run")
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"ratio                       {ratio:7.3f}   (aim: at most 0.3)")


def _in_turn(*measures: Callable[[], float]) -> list[list[float]]:
    rounds = [[measure() for measure in measures] for _ in range(ROUNDS)]
    return [list(column) for column in zip(*rounds, strict=True)]


if __name__ == "__main__":
    main()
