"""Frames arrive as they were sent, one after the other; one that is too long is refused unread."""

from __future__ import annotations

import io

import pytest

from grader.errors import ProtocolError
from grader.worker import frames, wire


def test_frames_follow_each_other_on_one_stream() -> None:
    stream = io.BytesIO(frames.pack(7, b"head", [b"bo", b"dy"]) + frames.pack(2**64 - 1, b"", []))
    assert [frames.receive(stream.read) for _ in range(2)] == [(7, b"head", b"body"), (2**64 - 1, b"", b"")]


def test_a_request_brings_its_cases_with_their_layout_and_size_limits() -> None:
    cases = [frames.case((1, "a"), {"axis": 0}, "F"), frames.case((), {}, "C")]
    sent = frames.request(7, "hw/relu.py", "relu", cases, [10, 20])
    nonce, question, parts = frames.receive_request(io.BytesIO(sent).read)
    assert (nonce, question) == (7, frames.Question("hw/relu.py", "relu", [10, 20]))
    assert parts == [((1, "a"), {"axis": 0}, "F", 0, False), ((), {}, "C", 0, False)]


def test_an_answer_may_count_as_much_as_any_where_no_size_limits_are_given() -> None:
    sent = frames.request(7, "relu.py", "relu", [frames.case((), {}, "C")] * 2)
    assert frames.receive_request(io.BytesIO(sent).read)[1].size_limits == [wire.ANSWER_BYTES] * 2


@pytest.mark.parametrize(("header", "body"), [(6, 0), (0, 8)])
def test_a_frame_beyond_the_limits_is_refused_before_it_is_read(header: int, body: int) -> None:
    stream = io.BytesIO(frames.pack(0, bytes(header), [bytes(body)]))
    with pytest.raises(ProtocolError, match=rf"^a frame of {header} \+ {body} bytes, more than allowed$"):
        frames.receive(stream.read, header_bytes=5, body_bytes=7)
    assert stream.read() == bytes(header + body)
