"""One screen for the learner: task, verdict, one example and keys, at any size; read as it is drawn."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from support.courses import right, wrong

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals in Python's library", allow_module_level=True)

from support.terminals import Terminal

RULE = "─" * 79
WAITING = "a save checks again."
PASSES = "✓ twice passes. Next: again."
UNSTARTED = f"""\
twice  Twice: say in a few words what it is for
Exercise 1 of 1 in 01_small, easy, about 10 minutes
{RULE}
Return twice each element of `Z`. Leave `Z` unchanged.
Z: numbers, any shape.
An array of the same shape.
formula:  f(z) = 2 z
example:  twice(np.array([1.0, 2.0]))  →  array([2., 4.])
file:     exercises/01_small/twice.py
{RULE}
○ twice  Not started  0/5
twice has no code yet. Put your code in place of `raise NotImplementedError` or
`pass`.
e opens the file in your editor; every save is checked.







{RULE}
░░░░░░░░░░░░░░░░░░░░ 0 of 2 done. Checked at 00:00:00; a save checks again.
e edit  h hint  t text  n next  p previous  l list  a all  o report  q quit"""


@pytest.fixture
def twice(bundle: Path) -> Path:
    return bundle / "exercises" / "01_small" / "twice.py"


def text(lines: list[str]) -> str:
    return "\n".join(lines)


def test_the_first_screen_says_what_to_do_and_where_that_is(bundle: Path) -> None:
    with Terminal(cwd=bundle) as terminal:
        first = terminal.screen("checking…")
        assert first[0] == "twice  Twice: say in a few words what it is for"
        assert first[1].startswith("Exercise 1 of 1 in 01_small")
        shown = terminal.screen(WAITING)
    assert len(first) == len(shown) == 24
    assert re.sub(r"\d\d:\d\d:\d\d", "00:00:00", text(shown)) == UNSTARTED


def test_a_save_shows_the_cause_and_one_example_and_a_pass_leads_on(bundle: Path, twice: Path) -> None:
    with Terminal(cwd=bundle) as terminal:
        terminal.screen(WAITING)
        assert terminal.answers(twice, wrong("twice"), "Likely cause")
        shown = terminal.screen("Likely cause")
        assert text(shown).count("called with:") == 1
        assert "◐ twice  Partial  2/5" in shown
        assert terminal.answers(twice, right("twice"), "Next: again.")
        shown = terminal.screen(
            lambda lines: "✓ twice passes. Next: again." in lines and WAITING in text(lines)
        )
        assert "○ again  Not started  0/5" in shown
        assert shown[0].startswith("again  Again:")
        terminal.press("q")
        assert terminal.ends() == 0
        assert "1 of 2 done. Go on with: grader watch" in terminal.all.rpartition("\x1b[?1049l")[2]


def test_what_is_solved_already_is_passed_over_at_the_start(bundle: Path, twice: Path) -> None:
    twice.write_bytes(right("twice"))
    with Terminal(cwd=bundle) as terminal:
        shown = terminal.screen(lambda lines: lines[0].startswith("again") and WAITING in text(lines))
        assert "✓ twice passes. Next: again." in shown


def test_when_all_is_solved_the_last_result_stays(bundle: Path, twice: Path) -> None:
    twice.write_bytes(right("twice"))
    (bundle / "exercises" / "02_small" / "again.py").write_bytes(right("again"))
    with Terminal(cwd=bundle) as terminal:
        shown = terminal.screen("2 of 2 done.")
        assert "✓ again  Passed  5/5" in shown
        terminal.press("n")
        assert "No other exercise is left to solve." in terminal.screen("No other")


def test_keys_lead_to_other_exercises_and_back(bundle: Path) -> None:
    with Terminal(cwd=bundle) as terminal:
        terminal.screen(WAITING)
        terminal.press("n")
        assert terminal.screen(lambda lines: lines[0].startswith("again"))[1].startswith(
            "Exercise 1 of 1 in 02"
        )
        terminal.press("p")
        assert terminal.screen(lambda lines: lines[0].startswith("twice"))
        terminal.screen(WAITING)
        terminal.press("p")
        assert "twice is the first exercise." in terminal.screen("first exercise")
        terminal.press("l")
        assert terminal.screen("type to search")[1:3] == [
            "> ○ 01  twice   0/5   Twice: say in a few words what it is for",
            "  ○ 02  again   0/5   Again: say in a few words what it is for",
        ]
        terminal.press("aga")
        assert terminal.screen("Search: aga_")[1].startswith("> ○ 02  again")
        terminal.press("\n")
        assert terminal.screen(lambda lines: lines[0].startswith("again"))
        terminal.press("l\x1b[A\n")  # the arrow up
        assert terminal.screen(lambda lines: lines[0].startswith("twice"))


def test_the_rest_of_the_evidence_and_all_exercises_are_behind_a_key(bundle: Path, twice: Path) -> None:
    twice.write_bytes(wrong("twice"))
    with Terminal(cwd=bundle) as terminal:
        terminal.screen(WAITING)
        terminal.press("m")
        shown = terminal.screen("All checks of twice")
        assert "    ✓ The output has the shape of the input  1/1" in shown
        terminal.press("q")
        terminal.screen(lambda lines: lines[0].startswith("twice"))
        terminal.press("a")
        shown = terminal.screen("All exercises")
        assert "1 exercise is not started yet; the next is twice." in shown
        terminal.press("\x1b")
        terminal.screen(lambda lines: lines[0].startswith("twice"))
        terminal.press("o")
        assert "Open the report in a browser: .grader/report.html" in terminal.screen("Open the report")
        assert (bundle / ".grader" / "report.html").is_file()


def test_the_lesson_text_is_shown_with_its_formulas_as_text(bundle: Path) -> None:
    text = "# Small\n\nTwice is $2 \\cdot z$.\n\n$$f(z) = \\frac{z}{2}$$\n"
    (bundle / "exercises" / "01_small" / "README.md").write_text(text)
    with Terminal(cwd=bundle) as terminal:
        assert "text:     exercises/01_small/README.md" in terminal.screen(WAITING)
        terminal.press("t")
        shown = terminal.screen("Text of 01_small")
        assert "Twice is 2 ⋅ z." in shown
        assert " f(z) = z/2" in shown


def test_another_size_is_drawn_anew(bundle: Path) -> None:
    with Terminal(cwd=bundle) as terminal:
        assert len(terminal.screen(WAITING)) == 24
        terminal.resize(120, 40)
        shown = terminal.screen(lambda lines: len(lines) == 40)
        assert shown[2] == "─" * 119


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (20, 6), (5, 2), (1, 1)])
def test_a_tiny_terminal_does_no_harm(bundle: Path, twice: Path, columns: int, rows: int) -> None:
    twice.write_bytes(wrong("twice"))
    with Terminal(cwd=bundle, columns=columns, rows=rows) as terminal:
        assert len(terminal.screen(lambda lines: bool(lines))) <= rows
        terminal.press("hmqlq\x1baqq")
        assert terminal.ends() == 0
        assert "Traceback" not in terminal.all


def test_the_editor_opens_the_file_and_gives_the_terminal_back(bundle: Path, tmp_path: Path) -> None:
    editor = tmp_path / "nano"  # a program of that name takes the terminal
    editor.write_text('#!/bin/sh\necho editing $1; read line; echo "$line" >> $1\n')
    editor.chmod(0o755)
    with Terminal(cwd=bundle, EDITOR=str(editor)) as terminal:
        terminal.screen(WAITING)
        terminal.press("e")
        assert terminal.sees("editing")
        terminal.press("# written\n")
        assert "nano has exercises/01_small/twice.py." in terminal.screen("nano has")
        assert (bundle / "exercises/01_small/twice.py").read_text().endswith("# written\n")
        terminal.press("q")
        assert terminal.ends() == 0


def test_an_editor_that_is_not_there_is_said(bundle: Path) -> None:
    with Terminal("--edit-cmd", "no-such-editor -x", cwd=bundle) as terminal:
        terminal.screen(WAITING)
        terminal.press("e")
        assert "no-such-editor cannot be started: No such file or directory." in terminal.screen("cannot be")


def test_without_unicode_every_sign_is_ascii(bundle: Path, twice: Path) -> None:
    twice.write_bytes(wrong("twice"))
    with Terminal(cwd=bundle, PYTHONIOENCODING="ascii") as terminal:
        shown = terminal.screen(WAITING)
        terminal.press("m")
        shown += terminal.screen("All checks")
    assert "example:  twice(np.array([1.0, 2.0]))  ->  array([2., 4.])" in shown
    assert text(shown).isascii()
    assert "\\u" not in text(shown)


def test_no_color_is_respected(bundle: Path, twice: Path) -> None:
    twice.write_bytes(wrong("twice"))
    with Terminal(cwd=bundle, NO_COLOR="1") as terminal:
        terminal.screen(WAITING)
        assert "\x1b[3" not in terminal.all
        assert ";3" not in terminal.all
