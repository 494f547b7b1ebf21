"""The watch as a process: it answers saves, ends at signals and leaves the terminal as it was."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest
from support.courses import right, wrong

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals in Python's library", allow_module_level=True)

import termios

from support.terminals import Terminal


@pytest.fixture
def twice(bundle: Path) -> Path:
    return bundle / "exercises" / "01_small" / "twice.py"


def test_at_a_terminal_saves_and_keys_are_answered(bundle: Path, twice: Path) -> None:
    with Terminal(cwd=bundle) as terminal:
        assert terminal.sees("a save checks again")
        assert terminal.answers(twice, wrong("twice"), "Likely cause")
        terminal.press("h")
        assert terminal.sees("Hint 1 of 2")
        assert terminal.answers(twice, right("twice"), "Next: again.")
        terminal.press("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": "unknown"}])
def test_a_terminal_that_cannot_draw_gets_lines(bundle: Path, env: dict[str, str]) -> None:
    with Terminal(cwd=bundle, **env) as terminal:
        assert terminal.sees("Waiting for a save of exercises/01_small/twice.py")
        assert terminal.sees("n next")
        terminal.press("q")
        assert terminal.ends() == 0
        assert "\x1b" not in terminal.all


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_without_a_terminal_the_lines_are_plain_and_a_signal_ends_it(
    bundle: Path, twice: Path, number: signal.Signals, code: int
) -> None:
    with Terminal(cwd=bundle, piped=True) as pipe:
        assert pipe.sees("q quit\n")
        assert pipe.answers(twice, right("twice"), "Next: again.")
        assert "\x1b" not in pipe.said
        pipe.process.send_signal(number)
        assert pipe.ends() == code


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
    with Terminal(cwd=bundle, program=["-c", LATE, "watch"]) as terminal:
        assert terminal.sees("a save checks again")
        time.sleep(0.5)  # by then it waits
        terminal.process.send_signal(number)
        assert terminal.ends() == code


def test_a_small_change_is_told_in_stages_while_the_learner_reads(bundle: Path, twice: Path) -> None:
    slip, later = b"def twice(Z):\n    return 2 + Z\n", "With this change every check passes:"
    with Terminal(cwd=bundle) as terminal:
        assert terminal.sees("a save checks again")
        assert terminal.answers(twice, slip, "Line 2: Look at the operator +.")
        assert terminal.sees("h says more.")
        for said in ("Another operation belongs here.", later, "Hint 1 of 2"):
            terminal.press("h")
            assert terminal.sees(said)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_the_terminal_as_it_was(bundle: Path, number: signal.Signals, code: int) -> None:
    with Terminal(cwd=bundle) as terminal:
        assert terminal.sees("a save checks again")
        assert not termios.tcgetattr(terminal.ours)[3] & termios.ECHO
        terminal.process.send_signal(number)
        assert terminal.ends() == code
        shown = termios.ECHO | termios.ICANON
        assert termios.tcgetattr(terminal.ours)[3] & shown == shown
        assert terminal.all.rpartition("\x1b[?1049")[2].startswith("l")  # the first page is shown again
        assert terminal.all.rpartition("\x1b[?25")[2].startswith("h")  # with its cursor
