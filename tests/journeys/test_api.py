"""What `docs/api.md` shows is what happens, and it shows all that is public."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import grader

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "api.md"


def test_every_example_gives_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    examples = doctest.DocTestParser().get_doctest(PAGE.read_text().replace("```", ""), {}, "api.md", None, 0)
    lines: list[str] = []
    doctest.DocTestRunner(verbose=False).run(examples, out=lines.append)
    assert "".join(lines) == ""


def test_every_public_name_is_shown() -> None:
    page = PAGE.read_text()
    assert [name for name in grader.__all__ if not re.search(rf"\b{name}\b", page)] == []
    assert all(hasattr(grader, name) for name in grader.__all__)
