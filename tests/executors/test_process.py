"""A process does the work that it is told, and whatever keeps it from that is told to its coordinator."""

from __future__ import annotations

import os
import signal
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest

from grader.errors import AuthorError
from grader.executors import Setup, process
from grader.executors.jobs import DONE, FAULT, READY, encode, payloads


@pytest.fixture(autouse=True)
def plays_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """This very process plays the part: its signals stay as they are."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)


def answered(work: str, *messages: bytes) -> list[bytes]:
    """Return what a process says that is set up for `work` and gets these messages, the end behind them."""
    ours, theirs = Pipe()
    for message in (encode(Setup(work=work, options=b"told")), *messages):
        ours.send_bytes(message)
    said: list[bytes] = []
    with ours:
        process.main(os.dup(theirs.fileno()))
        theirs.close()
        while ours.poll():
            try:
                said.append(ours.recv_bytes())
            except EOFError:
                break
    return said


def echoes(link: Connection, options: bytes) -> None:
    link.send_bytes(READY)
    for payload in payloads(link):
        link.send_bytes(DONE + options + payload)
        if payload == b"last":
            return


def cannot_load(link: Connection, options: bytes) -> None:
    raise AuthorError("twice.py defines no exercise")


def cannot_write(link: Connection, options: bytes) -> None:
    raise PermissionError(13, "Permission denied", "out/reports")


def has_no_more_processes(link: Connection, options: bytes) -> None:
    raise OSError("no more processes")


def is_wrong(link: Connection, options: bytes) -> None:
    raise ZeroDivisionError("division by zero")


def is_ended(link: Connection, options: bytes) -> None:
    raise KeyboardInterrupt


def test_it_does_the_work_that_it_is_told_with_the_options_that_it_is_told() -> None:
    found = answered(f"{__name__}:echoes", b"1", b"last")
    assert found == [READY, DONE + b"told1", DONE + b"toldlast"]


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        ("cannot_load", "twice.py defines no exercise"),
        ("cannot_write", "out/reports: Permission denied"),
        ("has_no_more_processes", "no more processes"),
        ("is_wrong", "ZeroDivisionError: division by zero"),
    ],
)
def test_why_it_cannot_go_on_is_told(work: str, reason: str) -> None:
    assert answered(f"{__name__}:{work}") == [FAULT + reason.encode()]


def test_a_set_up_of_another_version_is_told() -> None:
    assert answered("grader.executors.jobs:nothing") == [
        FAULT + b"AttributeError: module 'grader.executors.jobs' has no attribute 'nothing'"
    ]


def test_a_process_that_is_told_to_end_says_nothing() -> None:
    assert answered(f"{__name__}:is_ended") == []


def test_a_process_whose_coordinator_is_gone_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = Pipe()
    ours.send_bytes(encode(Setup(work="grader.classroom.page_job:pages", options=b"")))
    ours.close()
    process.main(os.dup(theirs.fileno()))
    theirs.close()
    assert capfd.readouterr() == ("", "")
