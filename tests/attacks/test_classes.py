"""A class half of which is hostile: the other half is graded as if alone, and no secret leaves the grader."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from support.handed import InMemory
from support.walls import BEST, LACKING

from attacks.book import ATTACKS
from attacks.submissions import EXCESS
from grader.classroom.grade_class import Options, grade_class
from grader.course.course import Course, find
from grader.results import ExerciseResult, Result, from_json
from grader.sandbox import Limits
from grader.submissions import Submission

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
    excess = excessive(EXCESS)
    honest = [submission(20 + n, HONEST[n % len(HONEST)]) for n in range(20)]
    mixed = [one for pair in zip(excess, honest, strict=True) for one in pair]
    results = graded(BEST, course, tmp_path / "all", *mixed)
    assert [r.student for r in results] == [s.student for s in mixed]
    assert gains(EXCESS, results[::2]) == {}
    alone = graded(BEST, course, tmp_path / "alone", *honest[: len(HONEST)])
    for number, one in enumerate(alone):
        same = [timeless(r) for r in results[1::2]][number :: len(HONEST)]
        assert same == [msgspec.structs.replace(timeless(one), student=r.student) for r in same]


@pytest.mark.soak
@pytest.mark.parametrize("level", ["A", "B", "C", "limits"])
def test_who_takes_what_he_can_earns_nothing_at_any_level(level: str, course: Course, tmp_path: Path) -> None:
    if LACKING[level]:
        pytest.skip(LACKING[level])
    # Without walls a killed grader leaves a check undecided, at no points: tests/test_killers.py.
    claimed = [what for what in EXCESS if not (level == "limits" and what == "a killed parent")]
    results = graded(level, course, tmp_path / "out", *excessive(claimed))
    assert gains(claimed, results) == {}


def excessive(claimed: Collection[str]) -> list[Submission]:
    """Return a submission for each of these attacks."""
    made = [{name: text.encode() for name, text in EXCESS[what].items()} for what in claimed]
    return [Submission(f"student-{number:02}", files) for number, files in enumerate(made)]


def gains(claimed: Collection[str], results: Sequence[Result]) -> dict[str, list[tuple[str, float, float]]]:
    """Return the attacks that earn something: status, open points and points of each exercise."""
    found = {
        what: [(e.status, e.open_points, _earned(e)) for e in result.exercises]
        for what, result in zip(claimed, results, strict=True)
    }
    return {
        what: its
        for what, its in found.items()
        if any(status in GAINS or opened or won for status, opened, won in its)
    }


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
