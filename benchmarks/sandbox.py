"""What a submission costs at each level: fork, walls, load and end; and what one small call costs.

Run it as `make bench`, on an idle machine. Aim at level A: 15 ms a submission, 100 µs a call.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median

import numpy as np

from grader.cases.case import Case
from grader.sandbox import Limits, Sandbox
from grader.sandbox.levels import survey
from grader.sandbox.session import Session

SOURCE = {"s.py": b"import numpy as np\n\n\ndef f(z):\n    return z\n"}
CALLS = 200


def milliseconds(act: Callable[[], object], times: int) -> float:
    """Return the median time of `act`."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spent.append(time.perf_counter() - start)
    return 1000 * median(spent)


def submission(sandbox: Sandbox) -> None:
    """Fork, restrict, load, call once, kill."""
    with sandbox.open(SOURCE) as session:
        ask(session, 1)


def ask(session: Session, calls: int) -> None:
    """Ask for this many small calls in one batch."""
    case = Case("small", (np.ones((3, 4)),))
    batch = session.ask("s.py", "f", [case] * calls)
    assert batch.answers[-1].outcome == "returned"


def call(sandbox: Sandbox) -> float:
    """Return what one call costs within a batch, in microseconds."""
    with sandbox.open(SOURCE) as session:
        ask(session, 1)
        return 1000 * milliseconds(lambda: ask(session, CALLS), 15) / CALLS


def main() -> None:
    """Print the table, beside what the same level took where the design was measured."""
    print("level    start   submission      a call")
    for level, reason in survey().items():
        if reason:
            print(f"{level:7} not to be had: {reason}")
            continue
        start = time.perf_counter()
        with Sandbox(level=level, limits=Limits(wall_factor=50)) as sandbox:
            started = 1000 * (time.perf_counter() - start)
            each = milliseconds(partial(submission, sandbox), 60 if level != "none" else 7)
            print(f"{level:7} {started:4.0f} ms {each:9.2f} ms {call(sandbox):8.0f} µs")
    print("aim at A            15 ms      100 µs")
    print("To compare: level none starts a fresh interpreter with numpy for each submission.")


if __name__ == "__main__":
    main()
