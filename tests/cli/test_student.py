"""Students check their files: outputs and exit codes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from support.checked import LEFT, PARTIAL, UNDECIDED
from support.courses import Done, author, damage, right, run

from grader.cli import console
from grader.cli import student as student_commands
from grader.results import from_json


def test_outside_a_course_the_installed_exercises_judge_the_files_here(tmp_path: Path) -> None:
    (tmp_path / "relu.py").write_text("import numpy as np\ndef relu(Z):\n    return np.maximum(0, Z)\n")
    assert run("check", "relu", cwd=tmp_path) == Done(0, "✓ relu  Passed  8/8\n\n8 of 8 points\n", "")


def test_what_was_left_out_is_told(files: Path) -> None:
    (files / "again.py").symlink_to(files / "net.py")
    why = "again.py was left out: it cannot be opened (Too many levels of symbolic links)."
    said = f"! again  File unreadable  0/5\n    {why}\n{why}\n\n0 of 5 points\n{LEFT}"
    assert run("check", "again.py", cwd=files) == Done(1, said, "")


def test_the_result_is_written_as_a_page_and_as_json(files: Path) -> None:
    done = run("check", "twice", "--html", "page.html", "--json", "result.json", cwd=files)
    assert done == Done(1, f"{PARTIAL}\n2 of 5 points\n", "")
    assert (files / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    result = from_json((files / "result.json").read_bytes())
    assert (result.student, result.points, result.max_points) == ("me", 2, 5)


@pytest.mark.parametrize("option", ["--html", "--json"])
@pytest.mark.parametrize(
    ("target", "reason"), [(".", "Is a directory"), ("no/file", "No such file or directory")]
)
def test_a_file_that_cannot_be_written_exits_with_2(
    files: Path, option: str, target: str, reason: str
) -> None:
    sentence = f"grader: {target} cannot be used: {reason}.\n"
    assert run("check", "twice", option, target, cwd=files) == Done(2, "", sentence)


def test_a_fault_of_the_grader_exits_with_2_and_leaves_points_open(files: Path) -> None:
    damage(files.parent)
    (files / "twice.py").write_bytes(right("twice"))
    assert run("check", "twice", cwd=files) == Done(2, UNDECIDED, "")


def test_an_author_who_has_not_built_is_told_what_is_missing(tmp_path: Path) -> None:
    done = run("list", cwd=author(tmp_path))
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"grader: {tmp_path / 'exercises' / 'index.json'} cannot be read: ")


def test_quiet_says_the_points_alone(files: Path) -> None:
    assert run("check", "--quiet", cwd=files) == Done(1, "7 of 10 points\n", "")


def test_json_on_the_console_stands_alone(files: Path) -> None:
    done = run("check", "--json", "-", cwd=files)
    assert (done.code, done.err) == (1, "")
    result = from_json(done.out.encode())
    assert [(e.slug, e.status) for e in result.exercises] == [("twice", "failed"), ("again", "passed")]


def test_a_long_check_is_followed_by_a_bar_that_counts(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(console, "err", Console(file=drawn, force_terminal=True, width=80))
    monkeypatch.setattr(student_commands, "_BAR", 2)
    assert run("check", "-q", cwd=files) == Done(1, "7 of 10 points\n", "")
    assert "2/2" in drawn.getvalue()


SUM = b"def twice(Z):\n    return 2 + Z\n"
WHERE = "Line 2: Look at the operator +.\n  Another operation belongs here.\n"
CHANGE = "  With this change every check passes:\n    -     return 2 + Z\n    +     return 2 * Z\n"


@pytest.mark.parametrize(
    ("words", "repairs", "said"),
    [
        ((), "change", WHERE),
        (("--all",), "change", WHERE + CHANGE),
        (("--all",), "what", WHERE),
        (("--all",), "where", WHERE.splitlines(keepends=True)[0]),
        (("--all",), "off", ""),
        (("--quiet",), "change", ""),
        (("again",), "change", ""),
    ],
)
def test_where_no_cause_is_known_a_small_change_is_told_as_far_as_the_course_allows(
    bundle: Path, words: tuple[str, ...], repairs: str, said: str
) -> None:
    (bundle / "exercises" / "01_small" / "twice.py").write_bytes(SUM)
    index = bundle / "exercises" / "index.json"
    index.write_text(
        index.read_text().replace('"slug": "twice",', f'"slug": "twice", "repairs": "{repairs}",')
    )
    out = run("check", "twice", *words, cwd=bundle).out
    assert out.partition("10 points\n" if "again" in words else "5 points\n")[2] == said


def test_small_changes_of_several_functions_are_told_with_their_names(bundle: Path) -> None:
    folder = bundle / "exercises" / "01_small"
    (folder / "twice.py").write_bytes(SUM)
    (folder / "again.py").write_bytes(SUM.replace(b"twice", b"again"))
    out = run("check", "--html", "report.html", cwd=bundle).out
    told = "line 2: Look at the operator +.\n  Another operation belongs here.\n"
    assert out.partition("10 points\n")[2] == f"twice, {told}again, {told}"
