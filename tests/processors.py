"""Show that no verdict depends on the processor: grade with all its instructions, with half, with the least.

NumPy and OpenBLAS choose their routines by what the processor offers. Their own environment variables take
some of it away, so that one machine computes as older ones do. Run in the repository with
`python -m tests.processors`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from numpy._core import _multiarray_umath as numpy_core

from grader import results
from grader.authoring.verify import verify
from grader.cases.case import Case
from grader.course import course
from grader.sandbox import Sandbox

GRADER = (sys.executable, "-m", "grader")
MIXED = "--mixed"
LESSONS = ("activations", "linear_algebra", "probability", "numerical")
"""Those that use most of NumPy and OpenBLAS: exponentials, solvers, sums, long iterations."""
ARITHMETIC = """
import numpy as np

def f(x):
    return np.concatenate([np.exp(x), np.tanh(x), [x @ x], np.linalg.inv(np.vander(x[:7])).ravel()])
"""


@dataclass(frozen=True)
class Instructions:
    """A choice of instructions, as the environment variables of NumPy and OpenBLAS express it."""

    name: str
    without: tuple[str, ...] = ()
    """Features that NumPy must not use."""
    blas: str = ""
    """The processor that OpenBLAS takes this one for."""

    @property
    def environment(self) -> dict[str, str]:
        """The variables of this choice alone."""
        features = {"NPY_DISABLE_CPU_FEATURES": " ".join(self.without)} if self.without else {}
        return features | ({"OPENBLAS_CORETYPE": self.blas} if self.blas else {})

    def say(self, text: str, start: float) -> None:
        """Print what came of a step, and how long it took."""
        print(f"{self.name}: {text} ({time.monotonic() - start:.0f} s)", flush=True)

    def run(self, *command: str) -> str:
        """Return the last line that a command prints with these instructions; leave if it fails."""
        environment = os.environ | self.environment
        done = subprocess.run(command, env=environment, text=True, capture_output=True, check=False)
        if done.returncode:
            words = " ".join(command[1:])
            sys.exit(f"{self.name}: {words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout.rstrip().rpartition("\n")[2]


def choices() -> tuple[Instructions, Instructions, Instructions]:
    """Return all that this processor has, about half of it, and what every processor of its kind has."""
    features = tuple(name for name in numpy_core.__cpu_dispatch__ if numpy_core.__cpu_features__.get(name))
    if numpy_core.__cpu_features__.get("SSE2"):
        half, least = "Haswell" if numpy_core.__cpu_features__.get("AVX2") else "Nehalem", "Nehalem"
    else:
        half, least = "CORTEXA57", "ARMV8"
    return (
        Instructions("all instructions"),
        Instructions("half of them", features[1:], half),
        Instructions("the least", features, least),
    )


def graded(chosen: Instructions, *, proven: Sequence[Sequence[str]]) -> object:
    """Run the commands with the chosen instructions; return the verdicts on a class, and a bundle's files.

    Args:
        proven: words after `verify`, for each time that it is run.
    """
    with tempfile.TemporaryDirectory() as folder:
        out, bundle = Path(folder, "graded"), Path(folder, "course.zip")
        commands = [
            *([("build", "--check")] if proven else []),
            ("release", str(bundle), "--lesson", "activations"),
            ("grade", "tests/data/class", "--lesson", "activations", "--out", str(out)),
            *(("verify", *words) for words in proven),
        ]
        for command in commands:
            start = time.monotonic()
            said = chosen.run(*GRADER, *command)
            chosen.say(f"{command[0]}: {said.replace(folder, '')}", start)
        with ZipFile(bundle) as archive:
            return list(verdicts(out)), archive.namelist()


def verdicts(out: Path) -> Iterator[tuple[str, str, str, str, float]]:
    """Yield every verdict of a graded class: student, exercise, check, status, points."""
    for path in sorted((out / "results").iterdir()):
        result = results.from_json(path.read_bytes())
        for exercise in result.exercises:
            for check in exercise.checks:
                yield result.student, exercise.slug, check.name, check.status, check.points


def prove_mixed(worker: Instructions) -> None:
    """Prove some lessons where the worker computes with other instructions than this process."""
    start = time.monotonic()
    os.environ.update(worker.environment)  # NumPy is imported: only what starts from now on reads them
    here = course.find(Path.cwd())
    with Sandbox() as sandbox:
        same = "equals" if arithmetic() == arithmetic(sandbox) else "differs from"
        authored = [one for lesson in LESSONS for one in here.authored(lesson=lesson)]
        proofs = verify(authored, seed=here.seed, sandbox=sandbox)
    findings = [f"{proof.slug}: {finding}" for proof in proofs for finding in proof.findings]
    if findings:
        sys.exit("\n".join(findings))
    worker.say(f"(the worker alone): {len(proofs)} exercises proven; its arithmetic {same} ours", start)


def arithmetic(sandbox: Sandbox | None = None) -> str:
    """Return a digest of some numbers' last bits, as they are computed here or in a worker."""
    point = np.linspace(-20, 20, 4001)
    if sandbox:
        with sandbox.open({"s.py": ARITHMETIC.encode()}) as session:
            values = session.ask("s.py", "f", [Case("a point", (point,))]).answers[0].value
    else:
        names: dict[str, object] = {}
        exec(ARITHMETIC, names)
        values = names["f"](point)  # type: ignore[operator]  # what exec defines has no type
    return sha256(np.asarray(values).tobytes()).hexdigest()[:8]


def main() -> None:
    every, half, least = choices()
    if sys.argv[1:] == [MIXED]:
        prove_mixed(least)
        return
    with subprocess.Popen([sys.executable, "-m", "tests.processors", MIXED]) as mixed:
        # `make test` builds and proves the whole course with all instructions.
        expected = graded(every, proven=())
        some = [("--lesson", lesson) for lesson in LESSONS]
        for chosen, proven in ((half, some), (least, [()])):
            if graded(chosen, proven=proven) != expected:
                sys.exit(f"{chosen.name}: other verdicts than with all instructions")
    if mixed.returncode:
        sys.exit(mixed.returncode)
    print("All choices of instructions agree: the same verdicts and points, nothing stale.")


if __name__ == "__main__":
    main()
