"""Watching without a screen: a save is answered, a pass leads on, keys do what they say."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from support.courses import Done, right, run, wrong
from support.keyboard import standard_input

from grader.cli.watch_lines import LineWatch
from grader.cli.watching import AnyEvent, Events, Saved
from grader.course.course import find
from grader.student import progress
from grader.student.check import for_me

if sys.platform == "win32":
    pytest.skip("Windows cannot wait for a pipe and a key at once", allow_module_level=True)

KEYS = "keys: e edit  h hint  d debug  t text  l list  a check all  o report  n next  p previous  q quit\n"
UNSTARTED = """\
○ {0}  Not started  0/5
    {0} has no code yet. Put your code in place of `raise NotImplementedError` or `pass`.

0 of 5 points
"""
WAITING = "░░░░░░░░░░░░░░░░░░░░ 0 of 2 done\nWaiting for a save of exercises/0{1}_small/{0}.py\n"
START = UNSTARTED.format("twice") + WAITING.format("twice", 1) + KEYS
NEXT = f"Next: again. Again: say in a few words what it is for\n{WAITING.format('again', 2)}{KEYS}"
BEFORE = "Before: twice. Twice: say in a few words what it is for\n" + WAITING.format("twice", 1) + KEYS
HINT = "Hint {} of 2: {}\n"
LIST = """\
01_small  ░░░░░░░░░░  0 of 1 done, 0 of 5 points
  ○ twice    0/5    easy  Twice: say in a few words what it is for
02_small  ░░░░░░░░░░  0 of 1 done, 0 of 5 points
"""
ALL = f"2 exercises are not started yet; the next is twice.\n\n0 of 10 points\n{KEYS}"


@pytest.fixture
def twice(bundle: Path) -> Path:
    return bundle / "exercises" / "01_small" / "twice.py"


def typed(keys: str, *argv: str, cwd: Path) -> Done:
    """Run `grader watch` in this process, with keys that come from a pipe."""
    reader, writer = os.pipe()
    os.write(writer, keys.encode())
    try:
        with standard_input(reader):
            return run("watch", *argv, cwd=cwd)
    finally:
        os.close(reader)
        os.close(writer)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("q", ""),
        (
            "h\nh\nh\nq\n",
            HINT.format(1, "Where should the student look?") + 2 * HINT.format(2, "Which idea leads on?"),
        ),
        ("lq", LIST),
        ("nq", NEXT),
        (
            "nnq",
            NEXT
            + f"Next: twice. Twice: say in a few words what it is for\n{WAITING.format('twice', 1)}{KEYS}",
        ),
        ("aq", ALL),
        ("oq", "Report: .grader/report.html\n"),
        ("npq", NEXT + BEFORE),
        ("pq", "twice is the first exercise.\n"),
        ("tq", "01_small has no text.\n"),
        ("?xq", 2 * KEYS),
        ("\x04", ""),
    ],
)
def test_each_key_does_what_it_says(bundle: Path, keys: str, said: str) -> None:
    assert typed(keys, cwd=bundle) == Done(0, START + said, "")


def test_the_report_is_a_page_of_the_whole_course(bundle: Path) -> None:
    typed("oq", cwd=bundle)
    page = (bundle / ".grader" / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "again" in page


def test_who_reads_the_report_while_it_is_written_anew_reads_the_old_one_to_its_end(bundle: Path) -> None:
    report = bundle / ".grader" / "report.html"
    report.parent.mkdir(exist_ok=True)
    report.write_bytes(b"an old page")
    with report.open("rb") as reader:
        typed("oq", cwd=bundle)
        assert reader.read() == b"an old page"
    assert report.read_bytes().startswith(b"<!doctype html>")


def test_it_begins_where_it_is_told_to(bundle: Path) -> None:
    said = UNSTARTED.format("again") + WAITING.format("again", 2) + KEYS
    assert typed("q", "again", cwd=bundle) == Done(0, said, "")
    nope = "grader: There is no exercise called nope in exercises/.\n"
    assert typed("q", "nope", cwd=bundle) == Done(2, "", nope)


def test_it_begins_with_the_first_that_is_not_solved(bundle: Path, twice: Path) -> None:
    twice.write_bytes(right("twice"))
    run("check", "twice", cwd=bundle)
    assert typed("q", cwd=bundle).out.startswith("○ again  Not started")


def test_when_all_is_solved_there_is_nothing_to_watch(bundle: Path, twice: Path) -> None:
    twice.write_bytes(right("twice"))
    (bundle / "exercises" / "02_small" / "again.py").write_bytes(right("again"))
    passed = "✓ {}  Passed  5/5\n\n5 of 5 points\n"
    said = typed("q", "again", cwd=bundle).out
    assert said.startswith(passed.format("again") + "Next: twice.")
    assert typed("q", "twice", cwd=bundle).out == passed.format("twice") + "No other exercise is left.\n"
    assert run("watch", cwd=bundle).out == "All exercises pass. `grader watch SLUG` goes back to one.\n"


def test_an_exercise_without_hints_says_so(bundle: Path) -> None:
    path = bundle / "exercises" / "index.json"
    path.write_text(re.sub(r'"hints": \[.*?\]', '"hints": []', path.read_text(), flags=re.DOTALL))
    assert typed("hq", cwd=bundle).out == START + "twice has no hints.\n"


def followed(bundle: Path, events: list[AnyEvent], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is said to these events, after the first check."""
    here = find(bundle)
    with pytest.MonkeyPatch.context() as patch, for_me() as sandbox:
        patch.chdir(bundle)
        LineWatch(here, here.entries()[0]).follow(sandbox, Events(iter(events)))
    return capsys.readouterr().out


def test_a_pass_leads_to_the_next(bundle: Path, twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice.write_bytes(right("twice"))
    said = followed(bundle, [], capsys)
    assert said.startswith("✓ twice  Passed  5/5\n\n5 of 5 points\nNext: again.")
    assert "██████████░░░░░░░░░░ 1 of 2 done" in said
    assert progress.load(find(bundle)).of("twice").status == "passed"


def test_the_file_that_is_saved_is_the_one_that_is_checked(
    bundle: Path, twice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = twice.parents[1] / "02_small" / "again.py"
    other.write_bytes(wrong("again"))
    said = followed(
        bundle,
        [Saved(frozenset([other])), Saved(frozenset([other.with_name("helper.py")]))],
        capsys,
    )
    heads = [text for text in said.splitlines() if "Partial" in text or "Not started" in text]
    assert heads == ["○ twice  Not started  0/5", *["◐ again  Partial  2/5"] * 2]
