"""Each kind of change has a sentence that says where to look and gives nothing away."""

from __future__ import annotations

import pytest

from grader.repair.kinds import KINDS, where


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_says_where_to_look_with_and_without_a_word_of_the_code(kind: str) -> None:
    for thing in ("sum", ""):
        sentence = where(kind, thing)
        assert sentence.startswith("Look at ")
        assert sentence.endswith((".", "?"))
        assert "{" not in sentence
    assert 0 < KINDS[kind].odds < 1000
