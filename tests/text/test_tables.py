"""No cell is a formula to a spreadsheet, none is lost, and tables of others are read as they wrote them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.text.tables import cell, every_row, foreign, lines, points_cell, read


@given(st.lists(st.lists(st.text(), min_size=1), min_size=1))
def test_no_cell_begins_a_formula_and_none_is_lost(table: list[list[str]]) -> None:
    found = list(csv.reader(io.StringIO(lines(table), newline="")))
    assert found == [[cell(text) for text in row] for row in table]
    assert not any(text.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for row in found for text in row)


@given(st.lists(st.text(alphabet="=+-@;, \"'a\t\n"), min_size=1))
def test_where_semicolons_part_cells_none_begins_a_formula_either(row: list[str]) -> None:
    _, *later = re.split(r"[;\t\n]", lines([row]))
    assert not any(part.lstrip(' "').startswith(("=", "+", "-", "@")) for part in later)


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("=1+1", "'=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)", "'  @SUM(A1)"),
        ("-2+3|cmd", "'-2+3|cmd", "'-2+3|cmd"),
        ("\t=1", "'\t'=1", "'\t=1"),
        ("-2.5", "'-2.5", "-2.5"),
        ("-", "'-", "-"),
        ("Name", "Name", "Name"),
        ("Name;=1+1", "Name;'=1+1", "Name;=1+1"),
        ('Name; "@SUM(A1)";-1', "Name;' \"@SUM(A1)\";'-1", 'Name; "@SUM(A1)";-1'),
        ("Name\n+1\t\u2212", "Name\n'+1\t\u2212", "Name\n+1\t\u2212"),
    ],
)
def test_a_formula_becomes_text_and_another_tools_number_stays_one(text: str, ours: str, theirs: str) -> None:
    assert (cell(text), foreign(text)) == (ours, theirs)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3.0, "3"), (2.5, "2.5"), (1234567.125, "1234567.125"), (1e-9, "0"), (0.1 + 0.2, "0.3")],
)
def test_points_are_plain_decimals(value: float, expected: str) -> None:
    assert points_cell(value) == expected


@pytest.mark.parametrize(
    "text", ["name,id\nOne,1\n\nTwo\n", "\ufeffname;id\r\nOne;1\r\n\r\nTwo\r\n"], ids=["commas", "semicolons"]
)
def test_a_row_without_its_empty_cells_is_as_long_as_the_first(tmp_path: Path, text: str) -> None:
    (tmp_path / "class.csv").write_text(text, encoding="utf-8", newline="")
    assert read(tmp_path / "class.csv") == [["name", "id"], ["One", "1"], ["Two", ""]]
    assert every_row(tmp_path / "class.csv") == [["name", "id"], ["One", "1"], [], ["Two"]]


def test_a_file_of_empty_lines_has_no_columns(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("\n\n")
    with pytest.raises(UsageError) as caught:
        read(tmp_path / "class.csv")
    assert (
        str(caught.value)
        == f"{tmp_path / 'class.csv'} is empty; expected a first line with the names of columns."
    )
