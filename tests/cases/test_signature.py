"""How an exercise is called stands in the sentence that a wrong signature is answered with."""

from __future__ import annotations

import pytest

from grader.cases.signature import Parameters


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        (Parameters((), 0), "()"),
        (Parameters(("Z",), 1), "(Z)"),
        (Parameters(("Z", "axis", "alpha", "keep"), 2, ("alpha", "keep")), "(Z, axis, alpha, keep)"),
    ],
)
def test_a_signature_is_written_as_its_names(parameters: Parameters, text: str) -> None:
    assert str(parameters) == text


def test_what_is_passed_by_keyword_is_another_signature() -> None:
    assert Parameters(("Z", "alpha"), 1, ("alpha",)) != Parameters(("Z", "alpha"), 1)
    assert len({Parameters(("Z",), 1), Parameters(("Z",), 1)}) == 1
