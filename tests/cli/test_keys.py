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


def test_arrows_and_other_keys_have_names_and_the_rest_of_a_sequence_is_no_letter() -> None:
    ours, theirs = pty.openpty()
    told: Queue[str] = Queue()
    with standard_input(theirs), pressed(told.put):
        os.write(ours, b"\x1b[A\x1b[6~\x7f\x1b[1;5Cx\x1bOB")
        assert [told.get(timeout=60) for _ in range(5)] == ["up", "pagedown", "backspace", "x", "down"]
        os.write(ours, b"\x1b")
        assert told.get(timeout=60) == "escape"
    for descriptor in (ours, theirs):
        os.close(descriptor)


def test_while_the_terminal_is_lent_its_keys_are_not_taken_and_it_is_as_before() -> None:
    ours, theirs = pty.openpty()
    told: Queue[str] = Queue()
    before = termios.tcgetattr(theirs)
    with standard_input(theirs):
        with pressed(told.put) as keyboard:
            with keyboard.lent():
                assert termios.tcgetattr(0) == before
                os.write(ours, b"for the editor\n")
                assert os.read(0, 64) == b"for the editor\n"
            os.write(ours, b"q")
            assert told.get(timeout=60) == "q"
        assert termios.tcgetattr(0) == before
    for descriptor in (ours, theirs):
        os.close(descriptor)


def test_who_reads_after_the_end_loses_no_key() -> None:
    reader, writer = os.pipe()
    with standard_input(reader):
        with pressed(lambda _: None):
            pass
        os.write(writer, b"abc")
        assert os.read(0, 8) == b"abc"
    for descriptor in (reader, writer):
        os.close(descriptor)


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
