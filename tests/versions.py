"""Show that the versions that pyproject.toml allows work: the lowest on 3.11, the newest on each Python.

Each set is installed into an environment of its own, which then proves a lesson, grades the sample class and
checks a file. Run in the repository with `python -m tests.versions`; `--lowest` tries the lowest set alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from .processors import verdicts as every_verdict

LOWEST, NEWEST = "lowest-direct", "highest"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
CLASS = ("grade", "tests/data/class", "--lesson", "activations", "--out")


@dataclass(frozen=True)
class Environment:
    """A folder with its own Python and packages."""

    folder: Path

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.folder / "bin" / "python")

    def grader(self, *words: str) -> str:
        """Return what the command prints; raises `CalledProcessError` if it fails."""
        return run(self.python, "-P", "-m", "grader", *words)


def run(*command: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, env=environment, text=True, capture_output=True, check=True)
    return done.stdout.rstrip()


def uv(*words: str) -> None:
    run(sys.executable, "-m", "uv", "--no-config", "--quiet", *words)


def interpreter(version: str) -> str:
    """Return the path of an installed Python, empty if there is none on the search path."""
    for folder in os.get_exec_path():
        found = shutil.which(f"python{version}", path=folder)
        # A version manager's stand-in may be there without the Python that it stands for.
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return found
    return ""


def installed(folder: Path, python: str, resolution: str) -> Environment:
    """Return an environment with the project and the author's extra, which includes that of grading."""
    made = Environment(folder)
    uv("venv", "--python", python, str(folder))
    chosen = ("--resolution", resolution, "--python", made.python)
    uv("pip", "install", *chosen, "-e", ".[author]")
    return made


def verdicts(out: Path) -> list[object]:
    """Return the verdicts on a class, without the advice on warnings: each NumPy has its own."""
    return [verdict for verdict in every_verdict(out) if verdict[2] != "no_warnings"]


def outcome(environment: Environment, out: Path) -> object:
    """Prove a lesson, grade the sample class, check a right file; return all verdicts on the class."""
    environment.grader("verify", "--lesson", "foundations")
    environment.grader(*CLASS, str(out))
    solved = out.with_name("relu.py")
    solved.write_text("import numpy as np\n\n\ndef relu(Z):\n    return np.maximum(0, Z)\n")
    environment.grader("check", "--quiet", str(solved))
    return verdicts(out)


def main() -> None:
    sets = [("3.11", LOWEST)]
    if sys.argv[1:] != ["--lowest"]:
        sets += [(version, NEWEST) for version in PYTHONS]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder, "here")
        run(sys.executable, "-P", "-m", "grader", *CLASS, str(here))
        expected = verdicts(here)
        for number, (version, resolution) in enumerate(sets):
            start, python = time.monotonic(), interpreter(version)
            name = f"Python {version}, {'lowest' if resolution == LOWEST else 'newest'} versions"
            if not python:
                print(f"{name}: not tried, for there is no Python {version} here", flush=True)
                continue
            try:
                tried = installed(Path(folder, f"env{number}"), python, resolution)
                same = outcome(tried, Path(folder, f"out{number}")) == expected
                what = tried.grader("--version")
            except subprocess.CalledProcessError as error:
                sys.exit(f"{name}: {' '.join(error.cmd[-6:])} failed:\n{error.stdout}{error.stderr}")
            if not same:
                sys.exit(f"{name}: other verdicts on the sample class than here ({what})")
            print(f"{name}: the same verdicts, {time.monotonic() - start:.0f} s; {what}", flush=True)


if __name__ == "__main__":
    main()
