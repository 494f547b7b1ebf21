"""Text in UTF-16 is read, and no other text is taken for it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.text.encodings import as_utf8

CODE = "# größer, 大\ndef relu(z):\n    return z\n"


@pytest.mark.parametrize("name", ["utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_code_in_utf16_becomes_utf8(name: str) -> None:
    assert as_utf8(CODE.encode(name)) == CODE.encode()


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_either_order_of_bytes_is_known_by_its_mark(mark: bytes) -> None:
    name = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert as_utf8(mark + CODE.encode(name)) == CODE.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"\0\0\0\0",
        b"x = 1\0\0\0\n",
        codecs.BOM_UTF16_LE + b"x",
        codecs.BOM_UTF16_LE + b"\0\xd8",
        CODE.encode("cp1252", "replace"),
    ],
)
def test_what_is_no_utf16_is_left_as_it_is(data: bytes) -> None:
    assert as_utf8(data) == data


@given(st.text())
def test_utf8_is_left_as_it_is(text: str) -> None:
    data = text.replace("\0", "").encode()
    assert as_utf8(data) == data


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_with_a_mark_comes_back(text: str) -> None:
    text = text.lstrip("\0")  # the mark of UTF-16 and a zero are the mark of UTF-32
    assert as_utf8(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text.encode()
