"""A file is a list of definitions or a fault with a sentence; an excerpt counts lines as Python does."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.submissions.source import excerpt, is_stub, parse


@pytest.mark.parametrize(
    ("text", "stub"),
    [
        ('"""Doc."""', True),
        ("pass", True),
        ("...", True),
        ("raise NotImplementedError", True),
        ("raise NotImplementedError('relu')", True),
        ("raise ValueError", False),
        ("raise", False),
        ("return Z", False),
        ("Z = 1\n    raise NotImplementedError", False),
    ],
)
def test_a_stub_is_a_docstring_and_no_code(text: str, *, stub: bool) -> None:
    assert is_stub(ast.parse(f"def f(Z):\n    {text}\n").body[0]) is stub  # type: ignore[arg-type]


def test_an_indentation_error_keeps_its_name() -> None:
    fault = parse("a.py", b"def f():\nreturn 1\n").fault
    assert fault is not None
    assert (fault.type, fault.line) == ("IndentationError", 2)


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_whatever_the_bytes_parsing_ends_in_a_tree_or_a_fault(data: bytes) -> None:
    parsed = parse("a.py", data)
    assert not (parsed.definitions and parsed.fault)


def test_an_excerpt_is_numbered_and_cut() -> None:
    text = "1\n2\r\n3\r" + "x" * 200 + "\n5\n6\n"
    assert excerpt(text, 3, around=1) == [(2, "2"), (3, "3"), (4, "x" * 160)]
    assert excerpt(text, 1) == [(1, "1"), (2, "2"), (3, "3")]
    assert excerpt(text, 6) == [(4, "x" * 160), (5, "5"), (6, "6")]
    assert excerpt("", 1) == []


def test_lines_are_counted_as_python_counts_them() -> None:
    assert excerpt("a = '\x0c\u2028'\nb\n", 2, around=0) == [(2, "b")]
