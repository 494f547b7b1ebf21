"""Text from elsewhere shows its control characters and acts by none of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.text.escape import spelled, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("relu\n\ttanh", "relu\n\ttanh"),
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("one\rtwo\x85", r"one\rtwo\x85"),
        ("\u202egnp.exe\u2069", r"\u202egnp.exe\u2069"),
        ("caf\udce9", r"caf\udce9"),
        ("naïve 姓 🙂", "naïve 姓 🙂"),
    ],
    ids=["lines", "terminal", "carriage return", "direction", "no UTF-8", "letters"],
)
def test_what_acts_is_spelled_out_and_what_is_read_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_written_and_shows_the_same_when_shown_again(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert shown.encode().decode() == shown
    assert {c for c in shown if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("1000 and −1000 … ≠ ≤", "ascii", "1000 and -1000 ... != <="),
        ("1000 and −1000 …", "cp1252", "1000 and -1000 …"),
        ("−1 ≠ σ(z)", "utf-8", "−1 ≠ σ(z)"),
        ("σ(z) Σ é", "ascii", "sigma(z) Sigma é"),
        ("a → b", "no encoding", "a → b"),
        ("plain", "ascii", "plain"),
    ],
)
def test_signs_that_a_console_lacks_are_spelled(text: str, encoding: str, shown: str) -> None:
    assert spelled(text, encoding) == shown
