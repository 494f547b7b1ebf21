"""A class of 20,000 through the gradebook into pages, tables and a browser: time, memory, bytes, first paint.

    python benchmarks/pages.py [--students 20000] [--lesson activations] [--jobs 2] [--keep FOLDER]

The sample class is graded; each generated student has, exercise by exercise, the result of one of its
members. Memory is that of the largest process. The browser is Chromium, headless, with an empty cache; its
figures are medians. `--keep` leaves the class there, and a class that is there already is not made again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from grader.gradebook import Gradebook, records
from grader.results import Result
from grader.submissions import Submission

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
ACT = """act => new Promise(done => { const start = performance.now(); act = eval(act);
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))); })"""
ACTS = {
    "sort by points": "document.querySelectorAll('.students thead button')[1].click()",
    "filter": "{ const q = document.querySelector('#q'); q.value = '77'; q.oninput() }",
    "next 100": "document.querySelector('#on').click()",
}


def grader(*arguments: object) -> tuple[float, float]:
    """Run a command; return its wall time in seconds and the MB of its largest process."""
    command = [sys.executable, "-P", "-m", "grader", *map(str, arguments)]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def told(name: str, measured: tuple[float, float]) -> None:
    """Print one line."""
    print(f"{name:34} {measured[0]:7.1f} s  {measured[1]:6.0f} MB", flush=True)


def generate(folder: Path, count: int, lesson: str) -> None:
    """Fill the gradebook of `folder` with `count` students."""
    sample = folder / "sample"
    grader("grade", ROOT / "tests/data/class", "--lesson", lesson, "--out", sample)
    with Gradebook(f"sqlite:///{sample / 'gradebook.db'}") as book:
        real, policy = [record.result for record in records(book)], book.policy()
    suites = {e.slug: "sample" for e in real[0].exercises}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        book.set_policy(policy)
        for number in range(1, count + 1):
            student = f"student-{number:05}"
            book.record(Submission(student, {}).info, mixed(real, number, student), suites)


def mixed(real: list[Result], number: int, student: str) -> Result:
    """Return a result whose exercises come from different members of the sample class."""
    rows = zip(*(result.exercises for result in real), strict=True)
    exercises = [row[hash((number, i)) % len(row)] for i, row in enumerate(rows)]
    return replace(real[0], student=student, exercises=exercises)


def painted(page: Path) -> None:
    """Print when a page is first painted, when it is loaded, and how long its table takes to answer."""
    from playwright.sync_api import sync_playwright

    browser = next(filter(None, map(shutil.which, NAMES)))
    paints: list[float] = []
    loads: list[float] = []
    acts: dict[str, list[float]] = {name: [] for name in ACTS}
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(ROUNDS):
            shown = started.new_page(viewport={"width": 1280, "height": 900})
            shown.goto(page.as_uri())
            shown.wait_for_timeout(200)
            paints.append(shown.evaluate(PAINT))
            loads.append(shown.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
            for name, act in ACTS.items():
                acts[name].append(shown.evaluate(ACT, act))
            shown.close()
        started.close()
    print(f"first paint {statistics.median(paints):.0f} ms, loaded {statistics.median(loads):.0f} ms")
    for name, times in acts.items():
        print(f"{name:12} {statistics.median(times):.0f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=20_000)
    parser.add_argument("--lesson", default="activations")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = (options.keep or Path(place)).resolve()
        if not (folder / "gradebook.db").exists():
            folder.mkdir(parents=True, exist_ok=True)
            start = time.monotonic()
            generate(folder, options.students, options.lesson)
            print(f"{options.students} students made in {time.monotonic() - start:.0f} s")
        told("report, all pages", grader("report", folder, "--jobs", options.jobs))
        told(
            "one change by hand", grader("adjust", folder, "student-00001", "relu", "1", "--reason", "Test.")
        )
        for format_ in ("csv", "json", "canvas", "moodle-feedback"):
            told(
                f"export {format_}", grader("export", folder, "--format", format_, "--to", folder / "export")
            )
        page = folder / "index.html"
        size = page.stat().st_size
        print(f"class page {size / 1e6:.2f} MB, {size / options.students:.0f} B a student")
        painted(page)


if __name__ == "__main__":
    main()
