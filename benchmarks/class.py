"""Two thousand generated submissions, graded by one process and by two, beside the least that pytest costs.

    python benchmarks/class.py [--submissions 2000] [--jobs 1 2]

Mistakes, correct, broken and hostile submissions of one lesson are mixed. CPU time is that of the whole
machine, which should be idle otherwise; sandbox, students' code, diagnosis, gradebook and pages are in it.
The yardsticks are measured in the same run: the bare pytest protocol for as many empty parametrized items in
a warm process, the students' own time (what their worker spends in calls), and a cold pytest run. Machines
have moods: `--jobs 1 2 1 2` averages over them.
"""

from __future__ import annotations

import argparse
import ast
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import fmean

from usage import busy_s

from grader.course import course
from grader.course.authored_source import runnable
from grader.course.task import Task

ROOT = Path(__file__).resolve().parents[1]
LESSON = "activations"
BARE = """
import sys, time
import pytest

class Rounds:
    def pytest_addoption(self, parser):  # the terminal plugin, which is off, would define them
        parser.addoption("--tb", dest="tbstyle", default="native")
        parser.addoption("--verbosity", dest="verbose", type=int, default=0)

    def pytest_report_teststatus(self, report):
        return report.outcome, "", ""

    def pytest_runtestloop(self, session):
        items = session.items
        start = time.process_time()
        for _ in range({rounds}):
            for number, item in enumerate(items):
                following = items[number + 1] if number + 1 < len(items) else items[0]
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        print((time.process_time() - start) / {rounds})
        return True

off = ("cacheprovider", "terminal", "capture", "faulthandler", "logging", "junitxml", "tmpdir", "doctest")
pytest.main([sys.argv[1], "--rootdir", "/", *("-pno:" + name for name in off)], plugins=[Rounds()])
"""
EMPTY = "import pytest\n@pytest.mark.parametrize('n', range({count}))\ndef test_empty(n):\n    pass\n"
HOSTILE = (
    "import numpy as np\nnp.allclose = lambda *a, **k: True\ndef {slug}(*args):\n    return args\n",
    "def {slug}(*args):\n    raise SystemExit(0)\n",
    "def {slug}(*args):\n    import os; os.abort()\n",
    "def {slug}(*args):\n    return {slug}(*args)\n",
    "def {slug}(*args):\n    open('/etc/passwd').read()\n",
    "def {slug}(*args:\n",
    "def {slug}(*args):\n    raise NotImplementedError\n",
)


def variants(task: Task) -> list[str]:
    """Return the solution and each known mistake of an exercise, each as a student's file."""
    whole = ast.parse(runnable(task.source))
    names = [task.slug, *(mistake.name for mistake in task.mistakes)]
    needed = {name: reached(name, whole) for name in names}
    # A mistake that calls the right function cannot stand in a file under the right one's name.
    fitting = [name for name in names if name == task.slug or task.slug not in needed[name]]
    aliases = {name: f"\n{task.slug} = {name}\n" for name in names[1:]}
    return [only(needed[name], whole) + aliases.get(name, "\n") for name in fitting]


def reached(name: str, whole: ast.Module) -> set[str]:
    """Return the names that a function leads to, itself included."""
    parts = {part.name: part for part in whole.body if isinstance(part, ast.FunctionDef)}
    found, waiting = {name}, [name]
    while waiting:
        below = ast.walk(parts[waiting.pop()])
        new = {node.id for node in below if isinstance(node, ast.Name)} & parts.keys() - found
        found |= new
        waiting += new
    return found


def only(names: set[str], whole: ast.Module) -> str:
    """Return a file with these of its functions alone."""
    body = [part for part in whole.body if not isinstance(part, ast.FunctionDef) or part.name in names]
    return ast.unparse(ast.Module(body, []))


def generate(folder: Path, tasks: list[Task], count: int) -> None:
    """Write a class: 3 in 4 functions are right, 1 in 5 wrong, 1 in 20 broken or hostile."""
    choose = random.Random(7)
    every = {task.slug: variants(task) for task in tasks}
    for number in range(count):
        home = folder / f"student-{number:05}"
        home.mkdir(parents=True)
        for slug, (right, *wrong) in every.items():
            kind = choose.random()
            text = right if kind < 0.75 or not wrong else choose.choice(wrong)
            text = choose.choice(HOSTILE).format(slug=slug) if kind > 0.95 else text
            (home / f"{slug}.py").write_text(f"# {number}\n{text}")


class Usage:
    """CPU and wall time, and the largest process, of what is run within."""

    def __enter__(self) -> Usage:
        self._cpu, self._wall = busy_s(), time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu_s, self.wall_s = busy_s() - self._cpu, time.monotonic() - self._wall
        self.peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def grade(submissions: Path, out: Path, jobs: int) -> Usage:
    """Grade a class from nothing."""
    shutil.rmtree(out, ignore_errors=True)
    arguments = ("grade", submissions, "--out", out, "--lesson", LESSON, "--jobs", jobs, "--course", ROOT)
    with Usage() as usage:
        # Repairs have a benchmark of their own.
        command = [sys.executable, "-P", "-m", "grader", *map(str, arguments), "--repairs", "off"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return usage


def steady(out: Path) -> float:
    """Return the submissions a second between the first result in the gradebook and the last."""
    with closing(sqlite3.connect(out / "gradebook.db")) as book:
        first, last, count = book.execute(
            "select min(graded), max(graded), count(distinct attempt_id) from gradings"
        ).fetchone()
    return float((count - 1) / (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds())


def bare_s(folder: Path, count: int) -> float:
    """Return the CPU time of the bare protocol for `count` empty items, in a warm process."""
    (folder / "test_empty.py").write_text(EMPTY.format(count=count))
    (folder / "bare.py").write_text(BARE.format(rounds=100))
    command = [sys.executable, str(folder / "bare.py"), str(folder / "test_empty.py")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[0])


def cold_s(folder: Path) -> float:
    """Return the CPU time of a cold pytest run of the empty items."""
    with Usage() as usage:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            str(folder / "test_empty.py"),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return usage.cpu_s


def own_s(submissions: Path, tasks: list[Task], sample: int) -> float:
    """Return the CPU time a submission's own calls take, mean of a sample."""
    from grader.cases.givens import joined
    from grader.grading.submission_run import SubmissionRun
    from grader.sandbox import Sandbox
    from grader.submissions import collect

    spent = 0.0
    class_ = collect(submissions)
    found = list(class_.read(class_.infos[:sample]))
    with Sandbox() as sandbox:
        for one in found:
            with sandbox.open(one.files, givens=joined(t.givens for t in tasks)) as session:
                run = SubmissionRun(one, session, session, [t.slug for t in tasks])
                spent += sum(a.cpu_s for t in tasks for a in run.asked(t).answers.values())
    return spent / len(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    tasks = course.find(ROOT).tasks(lesson=LESSON)
    checks = sum(len(task.checks) for task in tasks)
    with tempfile.TemporaryDirectory() as place:
        folder, count = Path(place), options.submissions
        generate(folder / "in", tasks, count)
        print(f"{count} submissions of {len(tasks)} exercises with {checks} checks")
        bare, own = bare_s(folder, checks), own_s(folder / "in", tasks, min(count, 100))
        cold = cold_s(folder)
        print(
            f"bare pytest {bare * 1e3:.1f} ms, own time {own * 1e3:.1f} ms, cold pytest {cold * 1e3:.0f} ms"
        )
        walls: dict[int, list[float]] = defaultdict(list)
        rates: dict[int, list[float]] = defaultdict(list)
        for jobs in options.jobs:
            used = grade(folder / "in", folder / "out", jobs)
            each = used.cpu_s / count
            walls[jobs].append(used.wall_s)
            rates[jobs].append(steady(folder / "out"))
            print(
                f"{jobs} processes: {rates[jobs][-1]:.2f} submissions/s while grading, "
                f"{count / used.wall_s:.2f} with start and pages, {each * 1000:.1f} ms CPU each, "
                f"{used.cpu_s / used.wall_s:.2f} cores, largest process {used.peak_mb:.0f} MB; "
                f"{each / (bare + own):.2f} × (bare pytest + own), {each / cold:.2f} × cold pytest"
            )
        with Usage() as usage:
            arguments = (
                "grade",
                folder / "in",
                "--out",
                folder / "out",
                "--lesson",
                LESSON,
                "--course",
                ROOT,
            )
            command = [sys.executable, "-P", "-m", "grader", *map(str, arguments), "--repairs", "off"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(f"again, unchanged: {usage.wall_s:.1f} s, {usage.cpu_s:.1f} s CPU")
        first, last = options.jobs[0], options.jobs[-1]
        print(
            f"throughput of {last} processes over {first}: {fmean(rates[last]) / fmean(rates[first]):.2f} × "
            f"while grading, {fmean(walls[first]) / fmean(walls[last]):.2f} × with start and pages"
        )


if __name__ == "__main__":
    main()
