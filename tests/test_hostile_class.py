"""A class half of which is hostile: the other half is graded as if alone, and no secret leaves the grader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from attacks.book import ATTACKS
from handed import InMemory
from walls import BEST, LACKING

from grader.classes import Options, grade_class
from grader.collect import Submission
from grader.course import Course, find
from grader.results import ExerciseResult, Result, from_json
from grader.sandbox import Limits

pytestmark = pytest.mark.unmeasured

CANARY = "canary-3f1c9"
AUTHORED = f'''"""Twice: double a number."""
from grader import Exercise, arrays, checks

SECRET = "{CANARY}"  # {CANARY}


def twice(Z):
    """Return 2 * Z."""
    return 2.0 * Z


exercise = Exercise(
    twice,
    inputs=arrays(ndim=2),
    checks=(
        checks.preserves_shape(),
        checks.matches_reference().worth(3),
        checks.does_not_mutate(),
        checks.forbids_calls("multiply"),
    ),
    hints=("Where?", "How?"),
)


@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z):
    """Z ** 2 is the square."""
    return Z * Z
'''
HONEST = (
    "def twice(Z):\n    return Z + Z\n",
    "def twice(Z):\n    return Z * Z\n",
    "def twice(Z):\n    Z *= 2\n    return Z\n",
    "def twice(Z):\n    raise ValueError(Z.shape)\n",
    "def twice(Z):\n    print(Z.sum())\n    return 2.0 * Z[:1]\n",
)
THEFT = """
import gc, glob, os, sys
found = []
def look():
    found.append(str(dict(os.environ)))
    for pattern in @PATHS@ + ['/proc/[0-9]*/environ', '/proc/self/maps']:
        for path in glob.glob(pattern):
            try: found.append(open(path, errors='replace').read())
            except OSError as error: found.append(str(error))
    for thing in gc.get_objects():
        if type(thing) is dict: found.extend(v for v in thing.values() if type(v) is str and 'canary-3' in v)
    return '\\n'.join(p[p.find('canary-3'):][:40] if 'canary-3' in p else p[:20] for p in found)
"""
THIEVES = (
    "def twice(Z):\n    print(look())\n    return Z\n",
    "def twice(Z):\n    raise ValueError(look())\n",
    "def twice(Z):\n    return look()\n",
    "def twice(Z):\n    import warnings\n    warnings.warn(look())\n    return Z\n",
    "print(look())\ndef twice(Z):\n    return 2.0 * Z\n",
)


_WRONG = "def twice(Z):\n    return {}\n"
_ELIFS = "if 0: pass\n" + "elif 0: pass\n" * 1200 + _WRONG.format("Z")
_FORBIDDEN = "import numpy as np\n" + _WRONG
_CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
EXCESS: Mapping[str, Mapping[str, str]] = {
    "branches": {"twice.py": _ELIFS},
    "branches in a notebook": {"twice.ipynb": json.dumps({"cells": [_CELL | {"source": _ELIFS}]})},
    "cells": {"twice.ipynb": json.dumps({"cells": [_CELL | {"source": ")"}] * 6000})},
    "axes": {"twice.py": _FORBIDDEN.format("np.zeros((2,) * 26, 'u1')")},
    "terms of a forbidden call": {"twice.py": _FORBIDDEN.format(f"np.multiply({'+'.join(['Z'] * 600)}, 1)")},
    "slices of a forbidden call": {"twice.py": _FORBIDDEN.format(f"np.multiply(Z, 1){'[0:]' * 700}")},
    "digits": {"twice.py": _FORBIDDEN.format(f"np.multiply(Z, {'9' * 5000})")},
    "bytes of every answer": {"twice.py": _FORBIDDEN.format("np.ones(2**23)")},
    "time asleep": {"twice.py": "import time\n" + _WRONG.format("time.sleep(9) or Z")},
    "depth of an answer": {"twice.py": _WRONG.format("eval('[' * 60 + ']' * 60)")},
    "keys of an answer": {"twice.py": _WRONG.format("{str(n): 'x' * 60000 for n in range(9000)}")},
    "words of an exception": {"twice.py": "def twice(Z):\n    raise ValueError('x' * 10**7)\n"},
    "prints": {"twice.py": "def twice(Z):\n    print('x' * 10**7)\n    return Z\n"},
    "remembered inputs": {
        "twice.py": "seen = []\ndef twice(Z):\n    seen.append(Z.tolist())\n    raise KeyError(seen)\n"
    },
    "lines that are not there": {
        "twice.py": "def twice(Z):\n    raise ValueError\n"
        "twice.__code__ = twice.__code__.replace(co_firstlineno=2**30)\n"
    },
    "names of helpers": {
        "twice.py": "from m0 import *\n" + _WRONG.format(f"[{'a,' * 20000}]"),
        **{f"m{n}.py": "".join(f"from m{k} import *\n" for k in range(12)) for n in range(12)},
    },
    "size of a file": {"twice.py": _WRONG.format(f"[{'a,' * 4_000_000}]")},
    "another definition": {
        "twice.py": "def twice(Z):\n    return Z\nif False:\n    def twice(Z):\n        return 2.0 * Z\n"
    },
    "a killed parent": {"twice.py": "import os\n" + _WRONG.format("os.kill(os.getppid() or 1, 9) or Z")},
    "no end": {"twice.py": "def twice(Z):\n    while True: pass\n"},
}
"""What takes the grader's own processes too long or too far; none of them solves anything."""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    path = tmp_path / "course" / "reference" / "01_small" / "twice.py"
    path.parent.mkdir(parents=True)
    path.write_text(AUTHORED)
    return find(tmp_path / "course")


def submission(number: int, source: str, more: Mapping[str, str] | None = None) -> Submission:
    files = {"twice.py": source.encode(), **{name: text.encode() for name, text in (more or {}).items()}}
    return Submission(f"student-{number:02}", files)


def graded(level: str, course: Course, out: Path, *submissions: Submission) -> list[Result]:
    limits = Limits().overruled(["cpu_s=1", "wall_factor=20", "restarts=1", "memory_mb=256", "asleep_s=0.5"])
    grade_class(InMemory(submissions), course, out, Options(level=level, limits=limits))
    return [from_json((out / "results" / f"{one.student}.json").read_bytes()) for one in submissions]


def timeless(result: Result) -> Result:
    exercises = [
        msgspec.structs.replace(e, checks=[msgspec.structs.replace(c, duration_s=0.0) for c in e.checks])
        for e in result.exercises
    ]
    return msgspec.structs.replace(result, duration_s=0.0, started="", exercises=exercises)


def hostile(number: int) -> Submission:
    """Return one of 25 attacks of the book, spread over its themes, with the function's name on it."""
    quick = [a for a in ATTACKS if not a.limits and "timed_out" not in str(a.held) and a.runs_here]
    attack = quick[number * len(quick) // 25]
    call = "def twice(Z):\n    return f(1)\n"
    return submission(number, f"{attack.source}\n{call}", {"attempt.py": "", **attack.files})


def test_a_class_with_25_hostile_submissions_grades_to_the_end(course: Course, tmp_path: Path) -> None:
    if not BEST:
        pytest.skip("; ".join(LACKING.values()))
    honest = [submission(25 + n, HONEST[n % len(HONEST)]) for n in range(25)]
    mixed = [one for pair in zip(map(hostile, range(25)), honest, strict=True) for one in pair]
    results = graded(BEST, course, tmp_path / "all", *mixed)
    assert [r.student for r in results] == [s.student for s in mixed]
    assert {e.status for r in results for e in r.exercises} & {"undecided"} == set()
    for number in range(len(HONEST)):
        (alone,) = graded(BEST, course, tmp_path / f"alone-{number}", honest[number])
        same = [timeless(r) for r in results[1::2]][number :: len(HONEST)]
        assert same == [msgspec.structs.replace(timeless(alone), student=r.student) for r in same]


def test_a_class_of_40_of_which_20_take_what_they_can_grades_to_the_end(
    course: Course, tmp_path: Path
) -> None:
    if not BEST:
        pytest.skip("; ".join(LACKING.values()))
    files = [{name: text.encode() for name, text in each.items()} for each in EXCESS.values()]
    excess = [Submission(f"student-{n:02}", each) for n, each in enumerate(files)]
    honest = [submission(20 + n, HONEST[n % len(HONEST)]) for n in range(20)]
    mixed = [one for pair in zip(excess, honest, strict=True) for one in pair]
    results = graded(BEST, course, tmp_path / "all", *mixed)
    assert [r.student for r in results] == [s.student for s in mixed]
    found = {what: [(e.status, e.open_points, _earned(e)) for e in r.exercises]
             for what, r in zip(EXCESS, results[::2], strict=True)}  # fmt: skip
    assert {what: its for what, its in found.items() if {status for status, _, _ in its} & GAINS} == {}
    assert {what: its for what, its in found.items() if any(opened or won for _, opened, won in its)} == {}
    alone = graded(BEST, course, tmp_path / "alone", *honest[: len(HONEST)])
    for number, one in enumerate(alone):
        same = [timeless(r) for r in results[1::2]][number :: len(HONEST)]
        assert same == [msgspec.structs.replace(timeless(one), student=r.student) for r in same]


GAINS = {"passed", "undecided", "inconclusive"}


def _earned(exercise: ExerciseResult) -> float:
    """Return the points for values: shapes and untouched arguments come with a mere `return Z`."""
    return sum(c.points for c in exercise.checks if c.name == "matches_reference")


def thieves(folder: Path) -> list[Submission]:
    paths = [str(folder / "course/reference/*/*.py"), str(folder / "submissions/*/*.py")]
    prelude = THEFT.replace("@PATHS@", repr(paths))
    return [submission(n, prelude + source) for n, source in enumerate(THIEVES)]


def everything_said(out: Path, capfd: pytest.CaptureFixture[str]) -> str:
    files = [path.read_text(errors="replace") for path in out.rglob("*") if path.is_file()]
    return "\n".join([*files, *capfd.readouterr()])


def plant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Submission:
    """Put the canary into the environment and a neighbour's folder; return the neighbour."""
    monkeypatch.setenv("GRADER_CANARY", CANARY)
    neighbour = folder / "submissions" / "student-99"
    neighbour.mkdir(parents=True)
    (neighbour / "notes.py").write_text(f"secret = '{CANARY}'")
    return submission(99, "def twice(Z):\n    return Z + Z\n", {"notes.py": f"secret = '{CANARY}'"})


@pytest.mark.parametrize("level", ["A", "C"])
def test_a_planted_canary_is_in_no_result_page_or_log(
    level: str,
    course: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if LACKING[level]:
        pytest.skip(LACKING[level])
    neighbour = plant(tmp_path, monkeypatch)
    out = tmp_path / "out"
    results = graded(level, course, out, neighbour, *thieves(tmp_path))
    assert CANARY not in everything_said(out, capfd)
    assert {r.sandbox for r in results} == {level}
    assert {e.status for r in results for e in r.exercises} == {"passed", "failed", "raised", "wrong_type"}


def test_without_walls_the_canary_is_found(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    neighbour = plant(tmp_path, monkeypatch)
    graded("limits", course, tmp_path / "out", neighbour, *thieves(tmp_path))
    assert CANARY in everything_said(tmp_path / "out", capfd)
