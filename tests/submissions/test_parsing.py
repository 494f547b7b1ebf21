"""Submitted bytes become a tree within bounds, or a sentence says why not."""

from __future__ import annotations

import ast

import pytest

from grader.results import Fault
from grader.submissions.parsing import SOURCE_BYTES, tree, walked, written
from grader.submissions.source import parse


def test_a_file_over_the_limit_is_not_parsed() -> None:
    comment = b"_" * (SOURCE_BYTES - 7)
    assert list(parse("a.py", b"a = 1\n#" + comment).definitions) == ["a"]
    fault = Fault(type="Unreadable", message="a.py is larger than 512 KB.")
    assert parse("a.py", b"a = 1\n##" + comment).fault == fault


def test_null_bytes_are_a_syntax_error() -> None:
    fault = parse("a.py", b"a = '\0'\n").fault
    assert fault is not None
    assert fault.type == "SyntaxError"
    # Some versions of Python call it a ValueError, others a SyntaxError with a line.
    assert fault.message in (
        "a.py cannot be read as Python: source code string cannot contain null bytes.",
        "a.py, line 1: source code string cannot contain null bytes. "
        "Python cannot read the file until this is mended.",
    )


@pytest.mark.parametrize(
    "data", [b"-" * 100_000 + b"1", b"x" + b".a" * 100_000, b"(" * 90_000], ids=["minus", "dots", "brackets"]
)
def test_nesting_that_breaks_the_parser_makes_a_file_unreadable_with_a_reason(data: bytes) -> None:
    fault = parse("a.py", data).fault
    assert fault is not None
    # Python's own limit of brackets is an error of the syntax, its other limits are none.
    assert fault.type == ("SyntaxError" if data.startswith(b"(") else "Unreadable")
    assert fault.message.startswith("a.py")
    assert "Python: ." not in fault.message


def test_a_parser_that_gives_no_reason_is_given_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(ast, "parse", out_of_memory)
        parsed = parse("a.py", b"1")
    message = "a.py nests too deeply; at most 400 levels are read."
    assert parsed.fault == Fault(type="Unreadable", message=message)


def test_an_odd_escape_is_not_the_parsers_to_warn_of() -> None:
    assert list(parse("a.py", b"a = '\\sigma'\n").definitions) == ["a"]


def test_nodes_are_walked_in_the_order_of_the_source_parents_first() -> None:
    found = [
        ast.unparse(node) for node in walked(tree(b"f(a, g(b)) + c").body[0]) if isinstance(node, ast.expr)
    ]
    assert found == ["f(a, g(b)) + c", "f(a, g(b))", "f", "a", "g(b)", "g", "b", "c"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("x = 'é' + z.mean()\n", "'é' + z.mean()"),
        ("a = 1\rx = z.mean()\r", "z.mean()"),
        ("x = (z\n.mean())\n", ""),
        ("x = z.mean(axis=0, keepdims=True)\n", ""),
    ],
    ids=["letters", "old line ends", "two lines", "too long"],
)
def test_an_expression_is_quoted_as_it_is_written_if_it_is_short(source: str, shown: str) -> None:
    data = source.encode()
    last = tree(data).body[-1]
    assert isinstance(last, ast.Assign)
    assert written(data, last.value, most=20) == shown
