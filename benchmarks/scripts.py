"""What the steps of a script cost beside the calls that they make, and a plain call beside both.

    python benchmarks/scripts.py

One session of the sandbox asks a class's method ten times in a script, then the same ten calls as cases of a
plain function. CPU time of this process and the wall time of the answers, medians; both in one run.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from grader.cases.case import Case
from grader.cases.steps import do, new, script, stepped
from grader.sandbox import Sandbox

STEPS, ROUNDS, CASES = 10, 15, 20
SOURCE = b"""
import numpy as np

class Layer:
    def __init__(self, W): self.W = W
    def forward(self, X): return np.maximum(X @ self.W, 0)

def forward(X, W): return np.maximum(X @ W, 0)
"""


def main() -> None:
    """Measure and print."""
    calls = [do("forward", "X", label=f"forward {n}") for n in range(STEPS)]
    made = script((new("Layer", "W"), *calls), ("X", "W"))
    inputs = [(np.ones((8, 5)) * n, np.ones((5, 4))) for n in range(CASES)]
    scripts = [one for n, args in enumerate(inputs) for one in stepped(Case(f"case {n}", args), made)]
    plain = [Case(f"case {n}, {step}", args) for n, args in enumerate(inputs) for step in range(STEPS)]
    rounds: dict[str, list[float]] = {"script": [], "plain": []}
    with Sandbox() as sandbox, sandbox.open({"layer.py": SOURCE}) as session:
        for _ in range(ROUNDS):
            for name, function, cases in (("script", "Layer", scripts), ("plain", "forward", plain)):
                began = time.perf_counter()
                answers = session.ask("layer.py", function, cases).answers
                rounds[name].append(time.perf_counter() - began)
                assert all(answer.outcome == "returned" for answer in answers)
    print(f"{CASES} cases of {STEPS} calls, {ROUNDS} rounds, medians of wall time")
    for name, took in rounds.items():
        print(f"{name:8} {statistics.median(took) / len(plain) * 1e6:7.1f} µs a call")
    ratio = statistics.median(a / b for a, b in zip(rounds["script"], rounds["plain"], strict=True))
    print(f"ratio    {ratio:7.3f}   (aim: at most 1.5)")


if __name__ == "__main__":
    main()
