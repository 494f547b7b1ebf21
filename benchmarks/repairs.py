"""What it costs a class that repairs are sought, beside grading it without.

    python benchmarks/repairs.py [--students 300] [--lesson activations]

A made class of one lesson: a quarter of the functions are wrong, drawn from beginners' wrong answers and
known mistakes so that few are frequent and many are rare, as in real classes. CPU time is that of the whole
machine, which should be idle otherwise. Both runs are whole commands; pages are in them.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from usage import busy_s

from grader.course import course
from grader.repair.known import standing_alone

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
_WRONG = 0.25
"""Share of the functions that are wrong."""
_STEEP = 1.0
"""Exponent of Zipf's law, by which wrong answers repeat."""


def generate(folder: Path, lesson: str, students: int) -> None:
    """Write a class: a file for each function."""
    from tests.repair.measure import beginners, mistakes

    here, chance = course.find(ROOT), random.Random(7)
    authored = here.authored(lesson=lesson)
    slugs = [one.exercise.slug for one in authored]
    right = {one.exercise.slug: standing_alone(one.source, one.exercise.slug, "") for one in authored}
    wrong: dict[str, list[str]] = {slug: [] for slug in slugs}
    for one in [*beginners(here, slugs), *mistakes(here, slugs)]:
        wrong[one.slug].append(one.source)
    for slug in slugs:
        chance.shuffle(wrong[slug])
    for number in range(1, students + 1):
        own = folder / f"student-{number:03}"
        own.mkdir(parents=True)
        for slug in slugs:
            weights = [1 / (place + 1) ** _STEEP for place in range(len(wrong[slug]))]
            is_wrong = bool(wrong[slug]) and chance.random() < _WRONG
            source = chance.choices(wrong[slug], weights)[0] if is_wrong else right[slug]
            (own / f"{slug}.py").write_text(source)


def graded(folder: Path, out: Path, lesson: str, repairs: str) -> tuple[float, str]:
    """Return the CPU seconds of grading the class, and what the command said of its searches."""
    before = busy_s()
    command = [sys.executable, "-P", "-m", "grader", "grade", str(folder), "--out", str(out)]
    done = subprocess.run(
        [*command, "--lesson", lesson, "--repairs", repairs],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    said = " ".join(line for line in done.stdout.splitlines() if re.search("searched|left out", line))
    return busy_s() - before, said


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--lesson", default="activations")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        generate(folder / "in", options.lesson, options.students)
        without, _ = graded(folder / "in", folder / "off", options.lesson, "off")
        cost, said = graded(folder / "in", folder / "some", options.lesson, "some")
        print(f"{options.students} students, CPU time of the whole machine")
        print(f"without repairs  {without:7.1f} s")
        print(f"with repairs     {cost:7.1f} s   {said}")
        print(f"ratio            {cost / without:7.3f}     (aim: at most 1.15)")


if __name__ == "__main__":
    main()
