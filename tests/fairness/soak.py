"""The long runs: many seeds of hidden cases for right implementations, many points for the gradient rule.

Run in the repository: `python -m tests.fairness.soak --seeds 20`.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from grader.course.course import find
from grader.numerics import differences

from .run import ROOT, implementations, judged, unfair


def gradients(seeds: int) -> tuple[int, int, int]:
    """Return how many right derivatives were judged, how many were rejected, how many wrong ones passed."""
    sys.path.insert(0, str(ROOT / "tests"))
    from support.slopes import PROBLEMS  # pytest's own path finds it; here it is added first

    judged_, rejected, passed = 0, 0, 0
    for problem in PROBLEMS:
        for seed in range(seeds):
            x = problem.draw(np.random.default_rng(seed))
            measure = differences.jacobian if problem.whole else differences.elementwise
            slope, right = measure(problem.f, x), np.asarray(problem.derivative(x), dtype=float)
            smooth = slope.trusted & (slope.spread == 0) & (differences.scale(slope) > 0)
            wrong = right + 2e-6 * differences.scale(slope)
            judged_ += int(right.size)
            rejected += int(differences.disagrees(right, slope).sum())
            passed += int((smooth & ~differences.disagrees(wrong, slope)).sum())
    return judged_, rejected, passed


def main() -> None:
    """Print the figures; exit 1 if anything right was rejected or a wrong slope passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    seeds: int = parser.parse_args().seeds
    course = find(ROOT)
    count = sum(one.right for one in implementations(course))
    lost = [line for seed in range(seeds) for line in unfair(judged(course, seed=seed, right_only=True))]
    print(f"{seeds} seeds × {count} right implementations: {len(lost)} lost points.", *lost, sep="\n  ")
    total, rejected, passed = gradients(50 * seeds)
    print(f"{total} right slopes: {rejected} rejected; errors of 2e-6 on trusted ones: {passed} passed.")
    sys.exit(1 if lost or rejected or passed else 0)


if __name__ == "__main__":
    main()
