"""A claim is a student's process's word: checked in form, cut where it is too large, never more."""

from __future__ import annotations

import io

import msgspec
import numpy as np
import pytest

from grader.errors import ProtocolError
from grader.worker import claim, frames, wire
from grader.worker.claim import Claim, Values

SAID = Claim("returned", stdout="in\n", warnings=["UserWarning: w"], line=3)


def sent(values: Values | None, *, most: int = wire.ANSWER_BYTES) -> tuple[Claim, Values]:
    """Return a claim and its values as they arrive."""
    data = claim.pack(7, SAID, values, most=most)
    nonce, header, body = frames.receive(io.BytesIO(data).read, header_bytes=claim.header_bytes(1024))
    assert nonce == 7
    found = claim.decode(header)
    return found, claim.values(found, body, most=most) if found.values else Values()


@pytest.mark.parametrize(
    "values",
    [Values(1.5), Values(None, {0: [1, 2], "mask": True}), Values(1, {}, (2,)), Values((1, {"a": "b"}))],
)
def test_values_arrive_as_they_were_sent(values: Values) -> None:
    found, got = sent(values)
    assert got == values
    assert msgspec.structs.replace(found, values=b"") == SAID


def test_a_claim_without_values_is_its_words_alone() -> None:
    assert sent(None) == (SAID, Values())


def test_what_does_not_fit_is_named_and_what_comes_first_is_kept() -> None:
    large, small = np.zeros(1000), np.ones(2)
    _, got = sent(Values(small, {0: large}), most=2000)
    excess = wire.Opaque("array of shape (1000,) with 7.8 KB, too much to be compared")
    assert (got.value.tolist(), got.changed) == ([1.0, 1.0], {0: excess})  # type: ignore[attr-defined]  # an array
    _, got = sent(Values(large, {0: small}), most=2000)
    assert (got.value, got.changed[0].tolist()) == (excess, [1.0, 1.0])  # type: ignore[attr-defined]  # an array


def test_values_that_fit_one_by_one_but_not_together_are_kept_from_the_first_on() -> None:
    half = np.zeros(125)
    _, got = sent(Values(half, {0: half, 1: 5}), most=1500)
    excess = wire.Opaque("array of shape (125,) with 1,000 bytes, too much to be compared")
    assert (got.value.tolist(), got.changed) == ([0.0] * 125, {0: excess, 1: 5})  # type: ignore[attr-defined]  # an array


@pytest.mark.parametrize(
    "header", [b"", b"\xc1", msgspec.msgpack.encode(["maybe"]), msgspec.msgpack.encode(["loaded", 5])]
)
def test_what_is_no_claim_breaks_the_protocol(header: bytes) -> None:
    with pytest.raises(ProtocolError, match=r"^an answer that is not of the expected form$"):
        claim.decode(header)


@pytest.mark.parametrize("parts", [3, (1,), (1, 2), (1, {}, 2, 3)])
def test_values_of_another_form_break_the_protocol(parts: object) -> None:
    header, buffers = wire.encode(parts)
    with pytest.raises(ProtocolError, match=r"^values that are not of the expected form$"):
        claim.values(Claim("returned", values=header), b"".join(buffers))


def test_the_longest_output_fits_into_a_claim_in_any_script() -> None:
    said = Claim("returned", stdout="\U0001f600" * 10**6, message="x" * 2000)
    assert len(msgspec.msgpack.encode(said)) <= claim.header_bytes(10**6)
