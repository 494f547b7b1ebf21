"""The signs of slips in a piece of code."""

from __future__ import annotations

from textwrap import dedent

from grader.explain.code_signs import signs
from grader.submissions.source import Found, parse


def found(code: str, name: str = "f") -> list[tuple[str, int]]:
    return [(s.name, s.line) for s in signs(Found(parse("f.py", dedent(code).encode()), name))]
