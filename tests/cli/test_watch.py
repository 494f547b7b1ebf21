"""Watching: a save is answered, a pass leads on, keys do what they say, the terminal is left as it was."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.courses import Done, clean, right, run, wrong
from support.keyboard import standard_input

from grader.cli import watch
from grader.course.course import find
from grader.student import progress
from grader.student.check import for_me

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals in Python's library", allow_module_level=True)

import pty
import termios

PATIENCE_S = 60.0
KEYS = "keys: h hint  l list  a check all  r report  n next  q quit\n"
UNSTARTED = """\
○ {0}  Not started  0/5
    {0} has no code yet. Put your code in place of `raise NotImplementedError` or `pass`.

0 of 5 points
"""
WAITING = "░░░░░░░░░░░░░░░░░░░░ 0 of 2 done\nWaiting for a save of exercises/0{1}_small/{0}.py\n"
START = UNSTARTED.format("twice") + WAITING.format("twice", 1) + KEYS
NEXT = f"Next: again. Again: say in a few words what it is for\n{WAITING.format('again', 2)}{KEYS}"
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
        ("rq", "Report: .grader/report.html\n"),
        ("?xq", 2 * KEYS),
        ("\x04", ""),
    ],
)
def test_each_key_does_what_it_says(bundle: Path, keys: str, said: str) -> None:
    assert typed(keys, cwd=bundle) == Done(0, START + said, "")


def test_the_report_is_a_page_of_the_whole_course(bundle: Path) -> None:
    typed("rq", cwd=bundle)
    page = (bundle / ".grader" / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "again" in page


def test_who_reads_the_report_while_it_is_written_anew_reads_the_old_one_to_its_end(bundle: Path) -> None:
    report = bundle / ".grader" / "report.html"
    report.parent.mkdir(exist_ok=True)
    report.write_bytes(b"an old page")
    with report.open("rb") as reader:
        typed("rq", cwd=bundle)
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


def followed(bundle: Path, events: list[watch.Saved | watch.Key], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is said to these events, after the first check."""
    here = find(bundle)
    with pytest.MonkeyPatch.context() as patch, for_me() as sandbox:
        patch.chdir(bundle)
        watch._Watch(here, sandbox, here.entries()[0]).follow(iter(events))
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
        [watch.Saved(frozenset([other])), watch.Saved(frozenset([other.with_name("helper.py")]))],
        capsys,
    )
    heads = [text for text in said.splitlines() if "Partial" in text or "Not started" in text]
    assert heads == ["○ twice  Not started  0/5", *["◐ again  Partial  2/5"] * 2]


class Terminal:
    """`grader watch` as a process at a terminal of 80 columns, or behind pipes."""

    def __init__(
        self, *argv: str, cwd: Path, piped: bool = False, program: Sequence[str] = ("-m", "grader")
    ) -> None:
        self.ours, theirs = os.pipe() if piped else pty.openpty()
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-P", *program, "watch", *argv],
            cwd=cwd,
            env=clean({"TERM": "xterm", "COLUMNS": "80"}),
            stdin=subprocess.DEVNULL if piped else theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)

    def sees(self, text: str, *, within_s: float = PATIENCE_S) -> bool:
        """Read until `text` was said since the last time; return whether it was."""
        end = time.monotonic() + within_s
        while text not in self.said and (left := end - time.monotonic()) > 0:
            if select.select([self.ours], [], [], left)[0]:
                self.said += os.read(self.ours, 65536).decode(errors="replace")
        found = text in self.said
        self.said = self.said.partition(text)[2] if found else self.said
        return found

    def answers(self, path: Path, data: bytes, text: str) -> bool:
        """Save until there is an answer: a save before the watch stands is nobody's to see."""
        for _ in range(12):
            path.write_bytes(data)
            if self.sees(text, within_s=PATIENCE_S / 12):
                return True
        return False


def test_at_a_terminal_saves_and_keys_are_answered(bundle: Path, twice: Path) -> None:
    with Terminal(cwd=bundle) as terminal:
        assert terminal.sees("Waiting for a save of exercises/01_small/twice.py")
        assert terminal.answers(twice, wrong("twice"), "Likely cause")
        os.write(terminal.ours, b"h")
        assert terminal.sees("Hint 1 of 2")
        assert terminal.answers(twice, right("twice"), "Next: again.")
        os.write(terminal.ours, b"q")
        assert terminal.process.wait(PATIENCE_S) == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_without_a_terminal_the_lines_are_plain_and_a_signal_ends_it(
    bundle: Path, twice: Path, number: signal.Signals, code: int
) -> None:
    with Terminal(cwd=bundle, piped=True) as pipe:
        assert pipe.sees("q quit\n")
        assert pipe.answers(twice, right("twice"), "Next: again.")
        assert "\x1b" not in pipe.said
        pipe.process.send_signal(number)
        assert pipe.process.wait(PATIENCE_S) == code


LATE = """
import signal, threading, time
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])  # the other thread takes them
from grader.cli import main
main()
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_that_does_not_interrupt_the_waiting_ends_it_all_the_same(
    bundle: Path, number: signal.Signals, code: int
) -> None:
    with Terminal(cwd=bundle, program=["-c", LATE]) as terminal:
        assert terminal.sees("q quit")
        time.sleep(0.5)  # by then it waits
        terminal.process.send_signal(number)
        assert terminal.process.wait(PATIENCE_S) == code


def test_a_small_change_is_told_in_stages_while_the_learner_reads(bundle: Path, twice: Path) -> None:
    slip, later = b"def twice(Z):\n    return 2 + Z\n", "With this change every check passes:"
    with Terminal(cwd=bundle) as terminal:
        assert terminal.sees("Waiting for a save of exercises/01_small/twice.py")
        assert terminal.answers(twice, slip, "Line 2: Look at the operator +.")
        assert terminal.sees("h says more.")
        for said in ("Another operation belongs here.", later, "Hint 1 of 2"):
            os.write(terminal.ours, b"h")
            assert terminal.sees(said)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_the_terminal_as_it_was(bundle: Path, number: signal.Signals, code: int) -> None:
    with Terminal(cwd=bundle) as terminal:
        assert terminal.sees("q quit")
        assert not termios.tcgetattr(terminal.ours)[3] & termios.ECHO
        terminal.process.send_signal(number)
        assert terminal.process.wait(PATIENCE_S) == code
        shown = termios.ECHO | termios.ICANON
        assert termios.tcgetattr(terminal.ours)[3] & shown == shown
