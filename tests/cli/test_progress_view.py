"""What a student has reached is remembered: the list, the next hint, the stub put back."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from support.courses import Done, built, course, right, run, student, wrong

NAME = Path("exercises", "01_small", "twice.py")
STUB = built()["01_small/twice.py"]
FRESH = """\
01_small  ░░░░░░░░░░  0 of 1 done, 0 of 5 points
  ○ twice    0/5    easy  Twice: say in a few words what it is for
02_small  ░░░░░░░░░░  0 of 1 done, 0 of 5 points
  ○ again    0/5    easy  Again: say in a few words what it is for
"""


def fresh(row: str, head: str) -> str:
    """Return the list with another first row and head."""
    return FRESH.replace("○ twice    0/5", row).replace("░░░░░░░░░░  0 of 1 done, 0 of 5 points", head, 1)


@pytest.fixture
def twice(bundle: Path) -> Path:
    return bundle / "exercises" / "01_small" / "twice.py"


@pytest.mark.parametrize("make", [student, course])
def test_before_any_check_nothing_is_done(tmp_path: Path, make: object) -> None:
    assert callable(make)
    assert run("list", cwd=make(tmp_path)) == Done(0, FRESH, "")


def test_the_list_shows_what_the_last_check_found(bundle: Path, twice: Path) -> None:
    twice.write_bytes(wrong("twice"))
    run("check", "twice", cwd=bundle)
    partial = FRESH.replace("○ twice    0/5", "◐ twice    2/5").replace(
        "0 of 5 points\n  ◐", "2 of 5 points\n  ◐"
    )
    assert run("list", cwd=bundle / "exercises").out == partial
    twice.write_bytes(right("twice"))
    run("check", cwd=bundle)
    done = FRESH.replace("○ twice    0/5", "✓ twice    5/5")
    done = done.replace(
        "░░░░░░░░░░  0 of 1 done, 0 of 5 points\n  ✓", "██████████  1 of 1 done, 5 of 5 points\n  ✓"
    )
    assert run("list", cwd=bundle).out == done


def test_one_lesson_can_be_listed(bundle: Path) -> None:
    assert run("list", "--lesson", "02", cwd=bundle).out == "".join(FRESH.splitlines(keepends=True)[2:])
    assert run("list", "--lesson", "9", cwd=bundle) == Done(
        2, "", "grader: There is no exercise in lesson 9.\n"
    )


def test_what_to_solve_first_is_named_until_it_is_solved(bundle: Path, twice: Path) -> None:
    path = bundle / "exercises" / "index.json"
    index = json.loads(path.read_text())
    index["exercises"][1]["after"] = ["twice"]
    path.write_text(json.dumps(index))
    assert run("list", cwd=bundle).out.endswith("what it is for (after twice)\n")
    twice.write_bytes(right("twice"))
    run("check", "twice", cwd=bundle)
    assert run("list", cwd=bundle).out.endswith("what it is for\n")


def test_an_old_console_gets_a_bar_of_its_own_characters(bundle: Path) -> None:
    assert run("list", cwd=bundle, encoding="ascii").out.startswith("01_small  ..........  0 of 1 done")


def test_each_hint_follows_the_one_before(bundle: Path) -> None:
    said = [run("hint", "twice", cwd=bundle).out for _ in range(3)]
    first, last = "Hint 1 of 2: Where should the student look?\n", "Hint 2 of 2: Which idea leads on?\n"
    assert said == [first, last, last]
    assert run("hint", "twice", "--number", "1", cwd=bundle).out == first
    assert run("hint", "twice", "--all", cwd=bundle) == Done(0, first + last, "")
    assert run("hint", "twice", cwd=bundle).out == last
    assert run("hint", "again", cwd=bundle).out == first


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["twice", "--number", "0"], "twice has hints 1 to 2."),
        (["twice", "--number", "3"], "twice has hints 1 to 2."),
        (["nope"], "There is no exercise called nope in exercises/."),
    ],
)
def test_a_hint_that_is_not_there_is_wrong_use(bundle: Path, argv: list[str], sentence: str) -> None:
    assert run("hint", *argv, cwd=bundle) == Done(2, "", f"grader: {sentence}\n")


def test_an_exercise_without_hints_says_so(bundle: Path) -> None:
    path = bundle / "exercises" / "index.json"
    index = json.loads(path.read_text())
    index["exercises"][0]["hints"] = []
    path.write_text(json.dumps(index))
    assert run("hint", "twice", cwd=bundle) == Done(2, "", "grader: twice has no hints.\n")


def test_memory_that_cannot_be_written_costs_a_line_and_no_verdict(bundle: Path, twice: Path) -> None:
    twice.write_bytes(right("twice"))
    (bundle / ".grader").write_text("a file is in the way")
    done = run("check", "twice", cwd=bundle)
    reason = f"{bundle / '.grader'} cannot be written (File exists)."
    assert done[:2] == (0, "✓ twice  Passed  5/5\n\n5 of 5 points\n")
    said = f"Your progress is not remembered: {reason}"  # a long path is broken where a line ends
    assert "".join(done.err.split()) == "".join(said.split())


def test_where_the_exercises_are_installed_memory_and_stubs_are_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = student(tmp_path / "package")
    monkeypatch.setattr("grader.resources.exercises", lambda: package / "exercises")
    (tmp_path / "mine").mkdir()
    said = run("reset", "twice", cwd=tmp_path / "mine")
    assert said == Done(0, "twice.py is as it was handed out.\n", "")
    run("hint", "twice", cwd=tmp_path / "mine")
    assert sorted(p.name for p in (tmp_path / "mine").iterdir()) == [".grader", "twice.py"]
    assert (tmp_path / "mine" / "twice.py").read_bytes() == STUB
    assert sorted(p.name for p in package.iterdir()) == ["docs", "exercises"]


def test_reset_says_where_your_version_is(bundle: Path, twice: Path) -> None:
    twice.write_bytes(b"1\n")
    said = f"{NAME} is as it was handed out; your version is twice.py.bak.\n"
    assert run("reset", "twice", "--yes", cwd=bundle) == Done(0, said, "")
    assert (twice.read_bytes(), twice.with_name("twice.py.bak").read_bytes()) == (STUB, b"1\n")
    assert run("check", "twice", "-q", cwd=bundle) == Done(1, "0 of 5 points\n", "")


def test_a_stub_that_was_not_touched_stays(bundle: Path, twice: Path) -> None:
    said = f"{NAME} is as it was handed out.\n"
    assert run("reset", "twice", cwd=bundle) == Done(0, said, "")
    assert [p.name for p in twice.parent.glob("twice*")] == ["twice.py"]


@pytest.mark.parametrize(("answer", "code", "kept"), [("y\n", 0, False), ("n\n", 1, True), ("", 1, True)])
def test_reset_asks_first(
    bundle: Path, twice: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, kept: bool
) -> None:
    twice.write_bytes(b"mine\n")
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    done = run("reset", "twice", cwd=bundle)
    assert done.code == code
    assert "Replace " in done.out
    assert (twice.read_bytes() == b"mine\n") == kept


def test_a_stub_that_was_deleted_comes_back_without_a_question(bundle: Path, twice: Path) -> None:
    twice.unlink()
    assert run("reset", "twice", cwd=bundle).code == 0
    assert twice.read_bytes() == STUB
