"""What a worker says is cut to its limits and put beside what it was asked."""

from __future__ import annotations

import pytest

from grader.cases.case import Answer, Case, Raised
from grader.errors import ProtocolError
from grader.sandbox.answers import answer, loaded
from grader.sandbox.limits import Limits
from grader.worker import wire
from grader.worker.claim import Claim

CASE = Case("one", (1, 2), {"axis": 0})


def heard(said: Claim, *parts: object, output_chars: int = 10) -> Answer:
    """Return the answer to the case of a claim that came with such values."""
    header, buffers = wire.encode(parts)
    said = Claim(**{name: getattr(said, name) for name in said.__struct_fields__} | {"values": header})
    return answer(said, b"".join(buffers), CASE, most=10_000, output_chars=output_chars, cpu_s=0.5)


def test_arguments_that_did_not_change_are_those_that_were_sent() -> None:
    assert heard(Claim("returned", stdout="in"), 5, {}) == Answer(
        "returned",
        value=5,
        args_after=(1, 2),
        kwargs_after={"axis": 0},
        value_after=5,
        stdout="in",
        cpu_s=0.5,
    )


def test_what_changed_replaces_its_argument_and_a_second_look_its_value() -> None:
    assert heard(Claim("returned"), 5, {1: 9, "axis": 3, "more": 4}, 6) == Answer(
        "returned", value=5, args_after=(1, 9), kwargs_after={"axis": 3}, value_after=6, cpu_s=0.5
    )


def test_whatever_is_said_without_end_is_cut() -> None:
    said = Claim(
        "raised",
        stdout="x" * 99,
        warnings=["w" * 9999] * 99,
        names=["N" * 999] * 99,
        message="m" * 9999,
        line=3,
        traceback="t" * 9999,
        detail="d" * 9999,
    )
    assert heard(said, None, {}) == Answer(
        "raised",
        args_after=(1, 2),
        kwargs_after={"axis": 0},
        raised=Raised(("N" * 200,) * 20, "m" * 2000, 3, "t" * 4000),
        warnings=("w" * 2000,) * 20,
        stdout="x" * 10,
        cpu_s=0.5,
        detail="d" * 2000,
    )
    failed, stdout = loaded(said, Limits(output_kb=0))
    assert failed == Answer(
        "raised", raised=Raised(("N" * 200,) * 20, "m" * 2000, 3, "t" * 4000), detail="d" * 2000
    )
    assert stdout == ""


def test_an_exception_of_no_class_is_still_an_exception() -> None:
    assert heard(Claim("raised", message="?"), None, {}).raised == Raised(("Exception",), "?", None, "")


def test_an_answer_in_the_place_of_another_breaks_the_protocol() -> None:
    assert loaded(Claim("loaded", stdout="up"), Limits()) == (None, "up")
    with pytest.raises(ProtocolError, match=r"^an answer before it was asked$"):
        loaded(Claim("returned"), Limits())
    with pytest.raises(ProtocolError, match=r"^no answer to what was asked$"):
        heard(Claim("loaded"), 5, {})
