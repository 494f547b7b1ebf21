"""Reads are exact, writes are whole, and an end is an error."""

from __future__ import annotations

import os
import threading

import pytest

from grader.worker.pipe import reader, writer


def test_exact_reads_join_parts_and_end() -> None:
    ours, theirs = os.pipe()
    write, read = writer(theirs), reader(ours)
    write(b"ab")
    write(b"cd")
    assert read(3) == b"abc"
    os.close(theirs)
    with pytest.raises(EOFError):
        read(2)
    os.close(ours)


def test_more_than_a_pipe_holds_is_written_whole() -> None:
    ours, theirs = os.pipe()
    data = bytes(range(256)) * 2**12
    thread = threading.Thread(target=writer(theirs), args=(data,))
    thread.start()
    assert reader(ours)(len(data)) == data
    thread.join()
    os.close(ours)
    os.close(theirs)
