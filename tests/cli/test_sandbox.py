"""What the commands say of the sandbox: levels, limits, and why something is not available."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.walls import BEST, LACKING
from typer.testing import CliRunner

from grader.course import recorded
from grader.course.course import find
from grader.course.discovery import load
from grader.course.preparation import prepare
from grader.errors import AuthorError
from grader.results import from_json
from grader.sandbox.layers import WHAT
from grader.sandbox.limits import Limits
from grader.student.check import check_here
from grader.submissions import Submission

UNCHANGED = ", 1 of them unchanged since the last run"
AUTHORED = '''"""Twice: double a number."""
from grader import Exercise, arrays, checks


def twice(Z):
    """Return 2 * Z."""
    return 2.0 * Z


exercise = Exercise(
    twice,
    inputs=arrays(ndim=2),
    checks=(checks.preserves_shape(),),
    hints=("Where?", "How?"),
    limits={"cpu_s": 3},
)
'''


@pytest.fixture
def authored(tmp_path: Path) -> Path:
    path = tmp_path / "reference" / "01_small" / "twice.py"
    path.parent.mkdir(parents=True)
    path.write_text(AUTHORED)
    return path


def run(*arguments: str, cwd: Path | None = None) -> tuple[int, str, str]:
    command = [sys.executable, "-P", "-m", "grader", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def test_levels_and_limits_are_shown_with_what_this_machine_can_do() -> None:
    from grader.cli import app, sandbox, student  # commands register themselves where they are imported

    assert sandbox.app is student.app
    done = CliRunner().invoke(app, ["sandbox", "--limit", "cpu_s=7"])
    assert done.exit_code == 0
    rows = [line.split("│")[1:-1] for line in done.output.splitlines() if line.startswith("│")]
    names = [row[0].strip() for row in rows if row[0].strip()]
    assert names == [*WHAT, *(name for name, _, _ in Limits().rows())]
    assert [row[1].strip() for row in rows if row[0].strip() == "cpu_s"] == ["7"]
    assert f"`grader grade` chooses {BEST}." in done.output or not BEST


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sandbox", "Z"], "There is no sandbox level Z; there are A, B, C, limits, none."),
        (["--limit", "cpu_s"], "“cpu_s” sets no limit; expected a form such as cpu_s=5."),
    ],
)
def test_what_cannot_be_had_is_one_line_and_exit_code_2(
    arguments: list[str], message: str, authored: Path, tmp_path: Path
) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "student-01.py").write_text("def twice(Z):\n    return Z + Z\n")
    code, _, err = run("grade", "class", "--out", "out", *arguments, cwd=authored.parents[2])
    assert code == 2
    assert err.splitlines()[-1] == f"grader: {message}"


@pytest.mark.skipif(not BEST, reason="; ".join(LACKING.values()))
def test_the_level_that_was_chosen_stands_in_every_result(authored: Path, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "student-01.py").write_text("def twice(Z):\n    while True: pass\n")
    (tmp_path / "reference" / "course.toml").write_text('title = "Small"\n')
    suites = []
    for limit, kept in (("cpu_s=0.1", ""), ("cpu_s=0.1", UNCHANGED), ("cpu_s=0.2", "")):
        arguments = ("grade", "class", "--out", "out", "--limit", limit, "--limit", "restarts=0")
        code, out, _ = run(*arguments, cwd=tmp_path)
        result = from_json((tmp_path / "out/results/student-01.json").read_bytes(), source="here")
        assert (code, result.sandbox, result.exercises[0].status) == (0, BEST, "timed_out")
        assert f"1 submission graded{kept}, sandbox level {BEST}." in out
        suites.append((result.suite, result.started))
    assert suites[0] == suites[1]
    assert suites[0][0] != suites[2][0]


def test_limits_of_an_exercise_go_with_it_into_the_bundle(authored: Path) -> None:
    task = prepare(load(authored), seed=1)
    assert (task.limits, recorded.entry(task)["limits"]) == ({"cpu_s": 3}, {"cpu_s": 3})


def test_an_exercise_that_asks_for_an_unknown_limit_is_the_authors_error(authored: Path) -> None:
    authored.write_text(AUTHORED.replace("cpu_s", "speed"))
    with pytest.raises(AuthorError, match="There is no limit speed; there are cpu_s, "):
        load(authored)


def test_a_students_own_machine_needs_no_walls() -> None:
    course = find(Path(__file__).parents[2])
    right = b"import numpy as np\n\n\ndef relu(Z):\n    return np.maximum(Z, 0)\n"
    result = check_here(course, Submission("me", {"relu.py": right}), slugs=["relu"])
    assert (result.sandbox, result.exercises[0].status) == ("none", "passed")
