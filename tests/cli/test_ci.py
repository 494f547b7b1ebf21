"""A CI job: exit codes, the files it leaves, and that no student speaks to GitHub in our name."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.courses import Done, damage, right, run, student, wrong

from grader.exports.ci import junit, summary
from grader.results import from_json

SAID = """\
✓ twice  Passed  5/5
○ again  Not found  0/5
    No file defines again. Write `def again(…)` at the left margin, spelt exactly so.

5 of 10 points
"""


@pytest.fixture
def pushed(tmp_path: Path) -> Path:
    (student(tmp_path) / "push").mkdir()
    (tmp_path / "push" / "twice.py").write_bytes(right("twice"))
    return tmp_path


def commands(out: str) -> list[str]:
    """Return what GitHub's runner takes for commands: it trims a line, and can be told to stop."""
    found, stopped = [], ""
    for text in re.split("[\r\n]+", out):
        command = re.match(r"::([^ :]+)[^:]*::(.*)", text.strip())
        if command and (not stopped or command[1] == stopped):
            found.append(text)
            stopped = command[2] if command[1] == "stop-commands" else ""
    return found


def test_a_push_leaves_junit_and_results(pushed: Path) -> None:
    assert run("ci", "push", cwd=pushed) == Done(1, SAID, "")
    result = from_json((pushed / "results.json").read_bytes())
    assert (result.student, result.points, result.max_points) == ("push", 5, 10)
    assert (pushed / "junit.xml").read_text(encoding="utf-8") == junit(result)


@pytest.mark.parametrize("name", ["junit.xml", "results.json"])
def test_a_link_among_the_pushed_files_leads_to_nothing_that_is_overwritten(pushed: Path, name: str) -> None:
    (pushed / "secret").write_text("kept")
    (pushed / name).symlink_to("secret")
    assert run("ci", "push", cwd=pushed).code == 1
    assert ((pushed / "secret").read_text(), (pushed / name).is_symlink()) == ("kept", False)


def test_a_path_that_was_named_may_be_a_link_and_an_unread_pipe_is_a_sentence(pushed: Path) -> None:
    (pushed / "latest.json").symlink_to("results-7.json")
    assert run("ci", "push", "--results", "latest.json", cwd=pushed).code == 1
    assert from_json((pushed / "results-7.json").read_bytes()).points == 5
    os.mkfifo(pushed / "pipe")
    done = run("ci", "push", "--junit", "pipe", cwd=pushed)
    assert (done.code, done.err) == (2, "grader: pipe cannot be used: nobody reads from it.\n")


def test_files_go_where_they_are_wanted(pushed: Path) -> None:
    argv = ["ci", "push", "--junit", "a.xml", "--results", "b.json"]
    assert run(*argv, cwd=pushed).code == 1
    assert sorted(p.name for p in pushed.iterdir()) == ["a.xml", "b.json", "docs", "exercises", "push"]


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["--fail-under", "50"], 0),
        (["--fail-under", "50.1"], 1),
        (["--fail-under", "0"], 0),
        (["--lesson", "01"], 0),
        (["--lesson", "02"], 1),
        (["--lesson", "02", "--fail-under", "0"], 0),
    ],
)
def test_the_share_of_the_points_decides(pushed: Path, argv: list[str], code: int) -> None:
    assert run("ci", "push", *argv, cwd=pushed).code == code


def test_here_is_what_was_pushed_unless_a_path_is_named(pushed: Path) -> None:
    (pushed / "exercises" / "02_small" / "again.py").write_bytes(right("again"))
    assert run("ci", cwd=pushed).code == 0
    assert run("ci", "push/twice.py", cwd=pushed) == Done(1, SAID, "")


def test_exercises_without_points_cannot_be_failed(pushed: Path) -> None:
    path = pushed / "exercises" / "index.json"
    path.write_text(re.sub(r'"points": \d', '"points": 0', path.read_text()))
    assert run("ci", "push", cwd=pushed).code == 0


def test_a_fault_of_the_grader_exits_with_2(pushed: Path) -> None:
    damage(pushed)
    assert run("ci", "push", "--fail-under", "0", cwd=pushed).code == 2


@pytest.mark.parametrize("path", ["push", "push/twice.py"])
def test_an_annotation_names_the_file_as_the_repository_does(pushed: Path, path: str) -> None:
    (pushed / "push" / "twice.py").write_bytes(wrong("twice"))
    first = run("ci", path, cwd=pushed, GITHUB_ACTIONS="true").out.splitlines()[0]
    assert first == (
        "::error file=push/twice.py,title=twice%3A Partial::"
        "Likely cause: Twice a number is 2 * Z; Z ** 2 is its square.%0A"
        "Matches the reference values: "
        "4 of 4 values differ; the largest difference is 1.465, at row 0, column 3."
    )


def test_the_step_summary_is_added_to(pushed: Path) -> None:
    target = pushed / "summary.md"
    target.write_text("before\n")
    run("ci", "push", cwd=pushed, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(target))
    result = from_json((pushed / "results.json").read_bytes())
    assert target.read_text(encoding="utf-8") == "before\n" + summary(result)


def test_elsewhere_than_on_github_nothing_speaks_its_language(pushed: Path) -> None:
    (pushed / "push" / "twice.py").write_bytes(wrong("twice"))
    target = pushed / "summary.md"
    assert commands(run("ci", "push", cwd=pushed, GITHUB_STEP_SUMMARY=str(target)).out) == []
    assert not target.exists()


@pytest.mark.parametrize(
    "words",
    ["::error::x", r"\n::error::x", r"\r::add-mask::a", r"%0A::error::x", r"\n   ::set-env name=A::b"],
)
def test_what_a_push_prints_or_raises_is_no_command(pushed: Path, words: str) -> None:
    prints = f"print('{words}', flush=True)"
    source = f"{prints}\ndef twice(Z):\n    {prints}\n    raise ValueError('{words}')\n"
    (pushed / "push" / "twice.py").write_text(source)
    out = run("ci", "push", cwd=pushed, GITHUB_ACTIONS="true").out
    error, stop, go = commands(out)
    token = stop.removeprefix("::stop-commands::")
    assert error.startswith("::error file=push/twice.py,")
    assert re.fullmatch("[0-9a-f]{32}", token)
    assert go == f"::{token}::"
    assert [text for text in out.splitlines() if text.startswith("::")] == [error, stop, go]


def test_control_characters_of_a_push_stay_out_of_the_xml(pushed: Path) -> None:
    words = "a\x00\x07\x1b[31m\ufffe\uffff]]><&\u2028 é"
    (pushed / "push" / "twice.py").write_text(f"def twice(Z):\n    raise ValueError({words!a})\n")
    run("ci", "push", cwd=pushed)
    root = ElementTree.parse(pushed / "junit.xml").getroot()
    assert [len(root.findall(f".//{tag}")) for tag in ("testcase", "failure", "error")] == [6, 6, 0]


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["nope"], "nope does not exist; expected a folder, a .py, an .ipynb or a zip."),
        (["push", "--lesson", "9"], "There is no exercise in lesson 9 in exercises/."),
        (["push", "--junit", "no/a.xml"], "no/a.xml cannot be used: No such file or directory."),
        (["push", "--results", "push"], "push cannot be used: Is a directory."),
        (
            ["push", "--course", "push"],
            "push is no course: it has neither reference/ nor exercises/index.json.",
        ),
    ],
)
def test_wrong_use_exits_with_2_and_one_line(pushed: Path, argv: list[str], sentence: str) -> None:
    assert run("ci", *argv, cwd=pushed) == Done(2, "", f"grader: {sentence}\n")


def test_a_summary_that_cannot_be_written_exits_with_2(pushed: Path) -> None:
    done = run("ci", "push", cwd=pushed, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY="no/summary.md")
    assert (done.code, done.err) == (2, "grader: no/summary.md cannot be used: No such file or directory.\n")


@pytest.mark.parametrize("share", ["x", "-1", "101", "nan"])
def test_a_share_that_is_none_exits_with_2(pushed: Path, share: str) -> None:
    done = run("ci", "push", "--fail-under", share, cwd=pushed)
    assert (done.code, done.out) == (2, "")
    assert "Invalid value for '--fail-under'" in done.err


def test_where_no_cause_is_known_the_annotation_stands_at_the_line_of_a_small_change(pushed: Path) -> None:
    (pushed / "push" / "twice.py").write_bytes(b"# mine\ndef twice(Z):\n    return 2 + Z\n")
    done = run("ci", "push", cwd=pushed, GITHUB_ACTIONS="true")
    (annotation, *_) = commands(done.out)
    assert annotation.startswith(
        "::error file=push/twice.py,line=3,title=twice%3A Partial::"
        "Line 3: Look at the operator +.%0AAnother operation belongs here.%0A"
        "With this change every check passes:%0A-     return 2 + Z%0A+     return 2 * Z%0A"
    )
    (twice, _) = from_json((pushed / "results.json").read_bytes()).exercises
    assert twice.repair is not None
    assert twice.repair.line == 3
