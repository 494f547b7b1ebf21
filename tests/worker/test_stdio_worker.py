"""A worker on standard streams answers there, and nothing that is printed does."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Iterator

import msgspec
import pytest

from grader.worker import claim, frames, stdio_worker
from grader.worker.claim import Claim, Values
from grader.worker.pipe import READY, reader


@pytest.fixture
def _own_streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("stdin", "stdout", "stderr", "meta_path"):
        value = getattr(sys, name)
        monkeypatch.setattr(sys, name, list(value) if name == "meta_path" else value)
    saved = [os.dup(number) for number in (0, 1, 2)]
    yield
    for number, copy in enumerate(saved):
        os.dup2(copy, number)
        os.close(copy)


def test_windows_is_told_to_leave_line_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    system = types.SimpleNamespace(setmode=lambda descriptor, mode: told.append((descriptor, mode)))
    monkeypatch.setitem(sys.modules, "msvcrt", system)
    monkeypatch.setattr(os, "O_BINARY", 0x8000, raising=False)
    stdio_worker._binary(5, 6)
    assert told == [(5, 0x8000), (6, 0x8000)]


@pytest.mark.usefixtures("_own_streams")
def test_standard_streams_are_taken_from_whoever_prints() -> None:
    questions, answers = os.pipe(), os.pipe()
    source = b"import os\nos.write(1, b'lost')\ndef f(z): return z"
    setup = msgspec.msgpack.encode({"files": {"s.py": source}})
    request = frames.request(7, "s.py", "f", [frames.case((1,), {}, "C")])
    os.write(questions[1], frames.pack(0, b"", [setup]) + request)
    os.dup2(questions[0], 0)
    os.dup2(answers[1], 1)
    for one in (*questions, answers[1]):
        os.close(one)
    stdio_worker.main()
    read = reader(answers[0])
    assert read(1) == READY
    (loaded, _), (answered, body) = ((claim.decode(h), b) for _, h, b in (frames.receive(read) for _ in "12"))
    os.close(answers[0])
    assert loaded == Claim("loaded")
    assert answered == Claim("returned", values=answered.values)
    assert claim.values(answered, body) == Values(1)
    del sys.modules["s"]
