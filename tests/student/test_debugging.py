"""The program with the failing call runs by itself, shows both values, and can be stepped through."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.courses import right, run, student, wrong

from grader.course.course import Course, find
from grader.errors import UsageError
from grader.results import CheckResult, ExerciseResult
from grader.student.check import check_here
from grader.student.debugging import DebugFile, python, write_debug_file
from grader.submissions import read

ROOT = Path(__file__).parents[2]
ALL = """
import sys
path = sys.path[:]

def started(text):
    sys.path[:] = path
    sys.modules.pop("givens", None)
    exec(text, {})

"""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return student(tmp_path)


def result(bundle: Path, source: str, *, name: str = "twice.py") -> tuple[ExerciseResult, Path]:
    path = bundle / "mine" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)
    checked = check_here(find(bundle), read(path, student="me"), slugs=["twice"])
    return checked.exercises[0], path


def written(bundle: Path, source: str, *, name: str = "twice.py") -> DebugFile:
    exercise, path = result(bundle, source, name=name)
    return write_debug_file(find(bundle), exercise, [path])


def started(command: str, cwd: Path, *, typed: str = "") -> str:
    done = subprocess.run(
        shlex.split(command), cwd=cwd, input=typed, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", ["twice.py", "my net.py", "random.py"])
def test_the_file_runs_the_failing_call_of_the_students_own_function(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(bundle)
    made = written(bundle, "def twice(Z):\n    print('here')\n    return Z**2\n", name=name)
    assert (made.path, made.run) == (
        bundle / ".grader" / "debug_twice.py",
        f"{python()} .grader/debug_twice.py",
    )
    said = started(made.run, bundle)
    got, expected = re.search(r"you returned: (.*)\nexpected: +(.*)", said).groups()  # type: ignore[union-attr]
    assert said.startswith("here\n")
    assert got != expected
    assert expected.startswith("array([[")


def test_the_debugger_stops_before_the_call_and_goes_into_it(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bundle)
    made = written(bundle, "def twice(Z):\n    wrong = Z**2\n    return wrong\n")
    said = started(made.step, bundle, typed="s\nn\nn\np wrong.shape\nq\n")
    assert "-> result = twice(Z)" in said
    assert "-> return wrong" in said
    assert "(Pdb) (1, 4)" in said


def test_a_call_that_raises_raises_again(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bundle)
    made = written(bundle, "def twice(Z):\n    raise ValueError('no')\n")
    assert started(made.run, bundle).endswith("ValueError: no\n")


def test_where_no_call_fails_nothing_is_written(bundle: Path) -> None:
    for source, sentence in (
        (right("twice").decode(), "twice passes: there is no failing call to debug."),
        ("def twice(Z:\n", "There is no call of twice to debug yet. twice.py, line 1"),
        ("def twice(Z):\n    pass\n", "There is no call of twice to debug yet. twice has no code yet."),
    ):
        with pytest.raises(UsageError, match=re.escape(sentence)):
            written(bundle, source)
    exercise, _ = result(bundle, "def twice(Z):\n    return Z**2\n")
    with pytest.raises(UsageError, match=r"twice is not in a \.py file of this folder"):
        write_debug_file(find(bundle), exercise, [bundle / "elsewhere"])
    assert not (bundle / ".grader" / "debug_twice.py").exists()


def test_a_hidden_case_is_never_written(bundle: Path) -> None:
    exercise, path = result(bundle, "def twice(Z):\n    return Z**2\n")
    hidden = replace(exercise, checks=[replace(check, case_hidden=True) for check in exercise.checks])
    with pytest.raises(UsageError, match="There is no call of twice to debug yet"):
        write_debug_file(find(bundle), hidden, [path])


def test_check_says_how_to_use_it(bundle: Path) -> None:
    path = bundle / "twice.py"
    path.write_bytes(wrong("twice"))
    done = run("check", "twice.py", "--debug", cwd=bundle)
    assert done.code == 1
    command = re.findall(r"  run it:  (.*)", done.out)[0]
    assert command.endswith("python .grader/debug_twice.py")
    assert started(command, bundle).startswith("you returned:")
    path.write_bytes(right("twice"))
    said = run("check", "twice.py", "--debug", cwd=bundle).out
    assert "twice passes: there is no failing call to debug.\n" in said


def test_every_failing_call_of_the_course_can_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Functions that give None fail everywhere: whatever the arguments are, they are written out."""
    monkeypatch.chdir(tmp_path)
    here = find(ROOT)
    source = "\n".join(
        f"def {e.slug}(*args, **kwargs):\n    print('{e.slug}', len(args) + len(kwargs))\n"
        for e in here.entries()
    )
    (tmp_path / "all.py").write_text(source)
    monkeypatch.setattr("grader.student.debugging.folder", lambda _: tmp_path / ".grader")
    tasks = here.tasks(public_only=True)
    one_of = {task.slug: [task] for task in tasks}  # to read a lesson's answers for each call takes long
    monkeypatch.setattr(Course, "tasks", lambda _, *, slugs, public_only: one_of[slugs[0]])
    made = []
    for task in tasks:
        for case in task.cases[:: max(len(task.cases) // 3, 1)]:
            check = CheckResult(name="c", title="t", status="failed", points=0, max_points=1, case=case.name)
            one = ExerciseResult(
                slug=task.slug,
                title="",
                lesson=task.lesson,
                file="all.py",
                status="failed",
                points=0,
                max_points=1,
                checks=[check],
            )
            text = write_debug_file(here, one, [tmp_path / "all.py"]).path.read_text()
            made.append(f"started({text!r})\n")
    (tmp_path / "programs.py").write_text(ALL + "\n".join(made))
    done = subprocess.run(
        [sys.executable, "programs.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.count("you returned: None") == len(made)
    assert len(made) > 2 * len(tasks)


def test_the_command_names_the_python_that_has_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    assert python() == ".venv/bin/python"
    folder = tmp_path / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").write_text("")
    (folder / "python").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert python() == "python"
