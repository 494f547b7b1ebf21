"""What goes to a process and back is plain data, and the end of a connection is the end of the work."""

from __future__ import annotations

from multiprocessing import Pipe

import pytest

from grader.executors import Setup
from grader.executors.jobs import ALIVE, DONE, FAULT, READY, encode, payloads, setup


def test_a_set_up_arrives_as_it_was_sent() -> None:
    sent = Setup(work="grader.classroom.page_job:pages", options=b"\x00\xff", silence_s=7.5)
    assert setup(encode(sent)) == sent


def test_payloads_come_in_order_until_there_are_no_more() -> None:
    ours, theirs = Pipe()
    for number in range(3):
        ours.send_bytes(encode(number))
    ours.close()
    assert list(payloads(theirs)) == [encode(number) for number in range(3)]
    theirs.close()


def test_a_connection_that_is_closed_has_no_payloads() -> None:
    ours, theirs = Pipe()
    ours.close()
    theirs.close()
    assert list(payloads(theirs)) == []


@pytest.mark.parametrize("kind", [READY, ALIVE, DONE, FAULT])
def test_messages_are_told_apart_by_how_they_begin(kind: bytes) -> None:
    assert [other for other in (READY, ALIVE, DONE, FAULT) if other.startswith(kind[:1])] == [kind]
