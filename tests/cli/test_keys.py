"""Keys come one by one as they are pressed, and the terminal is left as it was."""

from __future__ import annotations

import os
import select
import sys
from queue import Empty, Queue

import pytest
from support.keyboard import standard_input

from grader.cli.keys import at_terminal, pressed

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals in Python's library", allow_module_level=True)

import pty
import termios


def test_from_a_pipe_each_letter_is_a_key_and_the_end_of_a_line_is_none() -> None:
    told: Queue[str] = Queue()
    reader, writer = os.pipe()
    with standard_input(reader):
        assert not at_terminal()
        with pressed(told.put):
            os.write(writer, "h\nl\r\né?q".encode())
            found = [told.get(timeout=60) for _ in range(4)]
            os.close(writer)  # which ends the thread that reads
    os.close(reader)
    assert found == ["h", "l", "?", "q"]
    with pytest.raises(Empty):
        told.get_nowait()


def test_an_input_that_is_closed_presses_no_key() -> None:
    told: list[str] = []
    reader, writer = os.pipe()
    os.close(writer)
    with standard_input(reader), pressed(told.append):
        pass
    os.close(reader)
    assert told == []


def test_keys_of_a_terminal_come_at_once_and_unseen() -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    reader, writer = os.pipe()
    with standard_input(theirs):
        assert at_terminal()
        with pressed(lambda letter: os.write(writer, letter.encode()) and None):
            os.write(ours, "hé\n".encode())  # what is no letter is passed over
            assert [os.read(reader, 1) for _ in range(2)] == [b"h", b"\n"]
            assert select.select([ours], [], [], 0)[0] == []  # no echo
        assert termios.tcgetattr(0) == before
        os.close(ours)  # which ends the thread that reads
    for descriptor in (theirs, reader, writer):
        os.close(descriptor)
