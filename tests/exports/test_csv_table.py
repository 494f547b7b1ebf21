"""CSV for spreadsheets: awkward names arrive, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.classbook import class_of, export, rows

from grader.exports.request import Request
from grader.text.tables import cell, foreign, lines, points_cell


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
        ("Ada", "Ada", "Ada"),
        ("Ada;=1+1", "Ada;'=1+1", "Ada;=1+1"),
        ('Ada; "@SUM(A1)";-1', "Ada;' \"@SUM(A1)\";'-1", 'Ada; "@SUM(A1)";-1'),
        ("Ada\n+1\t\u2212", "Ada\n'+1\t\u2212", "Ada\n+1\t\u2212"),
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


def test_csv_has_one_column_an_exercise() -> None:
    assert rows(export("csv", Request(class_of(), "Lesson 2")).data) == [
        ["student", "name", "id", "relu", "tanh", "total", "open", "max_points", "status"],
        ["student-01_101", "'=HYPERLINK(1)", "101", "0", "1", "1", "0", "2", "graded"],
        ["student-02_102", "Zoë, Ünal", "102", "0", "2", "2", "0", "3", "graded"],
        ["student-03_103", 'Li "Lee" 李', "103", "0.5", "3", "3.5", "0", "4", "graded"],
        ["student-04_104", "Sam Same", "104", "0", "4", "4", "0", "5", "graded"],
        ["student-05_105", "Sam Same", "105", "0", "5", "5", "0", "6", "graded"],
        ["student-06", "'-2+3|cmd", "", "0", "6", "6", "0", "7", "graded"],
    ]
