"""The console shows all text as text, in lines that fit and marks that its encoding has."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from support.courses import run, student, wrong
from support.judging import QUICK

from grader.cli import console


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("z is [1. 2.]", "z is [1. 2.]"),
        ("[red]x[/]", "[red]x[/]"),
        ("a\x1b[31mb\x07", r"a\x1b[31mb\x07"),
        ("::error::x", r"\::error::x"),
        ("a\n  ::add-mask::x", "a\n  \\::add-mask::x"),
        ("a ::error::x", "a ::error::x"),
        ("##[error]x", r"#\#[error]x"),
        ("a ##vso[task.complete]", r"a #\#vso[task.complete]"),
        ("## Heading", "## Heading"),
    ],
)
def test_what_a_terminal_or_a_runner_would_obey_is_spelled_out(text: str, shown: str) -> None:
    assert console.inert(text) == shown


@pytest.mark.parametrize(
    ("share", "filled"), [(0, 0), (0.001, 1), (0.5, 5), (0.94, 9), (0.999, 9), (1, 10), (1.5, 10)]
)
def test_a_bar_shows_every_start_and_is_full_only_at_the_end(
    share: float, filled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "speaks_unicode", lambda: True)
    assert console.bar(share, 10) == "█" * filled + "░" * (10 - filled)
    monkeypatch.setattr(console, "speaks_unicode", lambda: False)
    assert console.bar(share, 10) == "#" * filled + "." * (10 - filled)


def test_a_long_line_is_wrapped_between_words_and_hangs(
    narrow: None, capsys: pytest.CaptureFixture[str]
) -> None:
    console.line("Your function returned None. A return may be missing.", indent=4, hang=2)
    assert capsys.readouterr().out.splitlines() == [
        "    Your function returned",
        "      None. A return may be",
        "      missing.",
    ]


def test_a_line_of_code_that_is_wrapped_keeps_its_own_indent(
    narrow: None, capsys: pytest.CaptureFixture[str]
) -> None:
    console.line("def f(z):\n    return max(z, 0) if z is not None else 0")
    assert capsys.readouterr().out.splitlines() == [
        "def f(z):",
        "    return max(z, 0) if z is",
        "    not None else 0",
    ]


def test_a_line_that_is_indented_by_a_tab_keeps_its_indent(
    narrow: None, capsys: pytest.CaptureFixture[str]
) -> None:
    console.line("\treturn max(z, 0) if z else 0")
    assert capsys.readouterr().out.splitlines() == [
        "        return max(z, 0) if z",
        "        else 0",
    ]


TEXTS = st.text(st.characters(exclude_categories=["C", "M"]) | st.just(" "), max_size=80)
WORDS = st.text(st.characters(exclude_categories=["C", "M", "Z"]), min_size=1, max_size=9)
MARGINS = st.integers(0, 60)


def lines_of(text: str, width: int, *, indent: int, hang: int) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        out = Console(width=width, record=True, highlight=False, soft_wrap=True, file=io.StringIO())
        patch.setattr(console, "out", out)
        console.line(text, indent=indent, hang=hang)
        return out.export_text().removesuffix("\n").split("\n")


@QUICK
@given(TEXTS, st.integers(2, 45), MARGINS, MARGINS, MARGINS)
@example("a aaa aaaaaaaaaa", 25, 5, 5, 0)
@example("aaaaaaaa aaaaaaaaaaaa a a", 25, 5, 0, 5)
@example("a" * 40 + "   " + "b" * 19, 20, 0, 0, 0)
@example("a" * 20 + "\u3000" * 3 + "b", 20, 0, 0, 0)
def test_no_line_is_longer_than_the_terminal_and_no_character_is_lost(
    text: str, width: int, lead: int, indent: int, hang: int
) -> None:
    """The margin is the text's own, as in a traceback, or the place where it stands, or both."""
    lines = lines_of(" " * lead + text.lstrip(), width, indent=indent, hang=hang)
    assert "".join("".join(lines).split()) == "".join(console.inert(text).split())
    assert [line for line in lines if cell_len(line) > width] == []
    assert [line for line in lines if not line.strip()] == ([] if text.strip() else [""])


@QUICK
@given(st.lists(WORDS, min_size=1), st.integers(20, 45), MARGINS, MARGINS, MARGINS)
def test_words_that_fit_stay_whole_and_in_order_and_each_line_has_its_indent(
    words: list[str], width: int, lead: int, indent: int, hang: int
) -> None:
    lines = lines_of(" " * lead + " ".join(words), width, indent=indent, hang=hang)
    assert [word for line in lines for word in line.split()] == console.inert(" ".join(words)).split()
    first, later = min(indent, width - 20), min(indent + hang, width - 20)
    own = min(lead, width - 20 - later)
    indents = [len(line) - len(line.lstrip()) for line in lines]
    assert indents == [first + own, *([later + own] * (len(lines) - 1))]


def test_where_nobody_looks_at_a_terminal_lines_are_not_wrapped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    console.line("x " * 200, indent=4)
    console.line("a fault", error=True)
    assert capsys.readouterr() == (f"    {'x ' * 200}\n", "a fault\n")


def test_a_bar_of_what_takes_long_is_nothing_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with console.counting("pages") as moved:
        moved(1, 3)
    assert capsys.readouterr() == ("", "")


def test_every_shape_has_a_mark_a_colour_and_a_word() -> None:
    assert set(console._MARK) == set(console._STYLE)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_old_console_gets_words_for_marks_and_codes_for_the_rest(tmp_path: Path, encoding: str) -> None:
    (student(tmp_path) / "twice.py").write_bytes(wrong("twice"))
    done = run("check", "twice.py", cwd=tmp_path, encoding=encoding)
    assert (done.code, done.err) == (1, "")
    stages = "failed an example  failed values  failed transposed arrays  ok arguments untouched"
    assert done.out.splitlines()[:5] == [
        "partial twice  Partial  2/5",
        f"    1 of 4 stages:  {stages}",
        "    Likely cause: Twice a number is 2 * Z; Z ** 2 is its square.",
        "    failed Matches the reference values  0/3",
        "        4 of 4 values differ; the largest difference is 1.465, at row 0, column 3.",
    ]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_what_takes_long_is_said_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(console, "err", Console(file=stream, force_terminal=is_terminal, highlight=False))
    with console.waiting("Searching"):
        pass
    assert ("Searching; Ctrl-C ends it." in stream.getvalue()) is is_terminal
    assert stream.getvalue().isascii()
