"""Every kind of change has a sentence of its own that gives no code away."""

from __future__ import annotations

from grader.repair.kinds import KINDS
from grader.repair.lessons import WHAT


def test_every_kind_has_one_sentence_or_two() -> None:
    assert set(WHAT) == set(KINDS)
    assert [kind for kind, text in WHAT.items() if not text.endswith(".") or len(text) > 110] == []
