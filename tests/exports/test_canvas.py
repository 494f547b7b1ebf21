"""Canvas's gradebook: every grade is in the row of its student, and no row is a stranger's."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.classbook import class_of, export, rows, written

from grader.errors import UsageError
from grader.exports.request import Request


def test_canvas_gets_its_ids_and_the_points_possible() -> None:
    assert rows(export("canvas", Request(class_of("canvas"), "Lesson 2")).data) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson 2"],
        ["    Points Possible", "", "", "", "", "7"],
        ["'=HYPERLINK(1)", "101", "", "", "", "1"],
        ["Fämily, Gíven", "102", "", "", "", "2"],
        ['Given "Nick" 姓', "103", "", "", "", "3.5"],
        ["Same Name", "104", "", "", "", "4"],
        ["Same Name", "105", "", "", "", "5"],
        ["'-2+3|cmd", "", "", "student-06", "", "6"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_canvas_keeps_the_rows_and_the_assignment_of_its_own_export(tmp_path: Path, delimiter: str) -> None:
    head = [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Lesson 1 (7)",
        "Lesson 2 (8)",
        "Final",
    ]
    template = written(
        tmp_path / "canvas.csv",
        head,
        ["Manual Posting", "", "", "", "", "", ""],
        ["    Points Possible", "", "", "", "", "10", "4"],
        ["Name, Same", "105", "s5", "same5", "A", "1", "", ""],
        ["Name, Same", "104", "s4", "same4", "B", "1", "", ""],
        ["=HYPERLINK(1)", "101", "", "", "A", "", "", ""],
        ["fämilygíven", "", "", "", "A", "", "", ""],
        ["Nobody, Known", "999", "", "", "A", "", "", ""],
        delimiter=delimiter,
    )
    found = export("canvas", Request(class_of("canvas"), "Lesson 2", template=template))
    assert rows(found.data) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson 2 (8)"],
        ["    Points Possible", "", "", "", "", "4"],
        ["Name, Same", "105", "s5", "same5", "A", "2.8571"],
        ["Name, Same", "104", "s4", "same4", "B", "2.2857"],
        ["'=HYPERLINK(1)", "101", "", "", "A", "0.5714"],
        ["fämilygíven", "", "", "", "A", "1.1429"],
    ]
    assert found.left_out == [
        "student-03_103 is not in canvas.csv, or cannot be told for certain.",
        "student-06 is not in canvas.csv, or cannot be told for certain.",
    ]


def test_canvas_makes_a_new_assignment_only_where_there_is_none(tmp_path: Path) -> None:
    template = written(tmp_path / "canvas.csv", ["Student", "ID", "Section"], ["x", "101", ""])
    found = export("canvas", Request(class_of("canvas"), "Lesson 3", template=template))
    assert rows(found.data)[0] == ["Student", "ID", "Section", "Lesson 3"]


def test_two_equal_names_without_ids_are_nobodys(tmp_path: Path) -> None:
    template = written(tmp_path / "canvas.csv", ["Student", "ID", "Section"], ["Same Name", "", ""])
    found = export("canvas", Request(class_of("canvas")[3:5], "Lesson 2", template=template))
    assert rows(found.data) == [["Student", "ID", "Section", "Lesson 2"]]
    assert found.left_out == [
        "canvas.csv has no column Lesson 2: Canvas will make a new assignment of that name.",
        "student-04_104 is not in canvas.csv, or cannot be told for certain.",
        "student-05_105 is not in canvas.csv, or cannot be told for certain.",
    ]


def test_a_row_that_ends_early_still_gets_its_grade(tmp_path: Path) -> None:
    head = ["Student", "ID", "SIS User ID", "Section"]
    book = written(tmp_path / "c.csv", head, ["Points Possible"], ["Name, Same", "104"], ["Nobody"])
    assert rows(export("canvas", Request(class_of("canvas"), "Lesson 2", template=book)).data) == [
        [*head, "Lesson 2"],
        ["    Points Possible", "", "", "", "7"],
        ["Name, Same", "104", "", "", "4"],
    ]


def test_a_template_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_bytes(b"a,b\n")
    with pytest.raises(UsageError) as caught:
        export("canvas", Request(class_of("canvas"), "Lesson 2", template=path))
    assert str(caught.value) == (
        f"{path} is no gradebook export of Canvas: its columns are not Student, ID … Section."
    )


HEAD = ["Student", "ID", "SIS User ID", "Section"]


def test_who_is_excused_stays_so(tmp_path: Path) -> None:
    table = [
        ["Name, Same", "104", "", "A", "EX"],
        ["Name, Same", "105", "", "A", " ex "],
        ["x", "101", "", "A", "3"],
    ]
    book = written(tmp_path / "c.csv", [*HEAD, "Lesson 2 (8)"], *table)
    found = rows(export("canvas", Request(class_of("canvas"), "Lesson 2", template=book)).data)
    assert [row[-1] for row in found] == ["Lesson 2 (8)", "EX", " ex ", "1"]


@pytest.mark.parametrize(
    ("possible", "total", "points"),
    [
        ("14", "14", "8"),
        ("3,5", "3.5", "2"),
        ("", "7", "4"),
        ("0", "7", "4"),
        ("nan", "7", "4"),
        ("inf", "7", "4"),
    ],
)
def test_points_are_scaled_to_those_possible_in_canvas(
    tmp_path: Path, possible: str, total: str, points: str
) -> None:
    table = [["    Points Possible", "", "", "", possible], ["Name, Same", "104", "", "A", ""]]
    book = written(tmp_path / "c.csv", [*HEAD, "Lesson 2 (8)"], *table)
    found = rows(export("canvas", Request(class_of("canvas"), "Lesson 2", template=book)).data)
    assert [row[-1] for row in found[1:]] == [total, points]


@pytest.mark.parametrize(
    ("column", "near"),
    [("Leson 2", "Lesson 2 or Lesson 1"), ("lesson 2", "Lesson 2 or Lesson 1"), ("Homework", "Homework 3")],
)
def test_a_mistyped_column_is_refused_with_those_like_it(tmp_path: Path, column: str, near: str) -> None:
    book = written(tmp_path / "c.csv", [*HEAD, "Lesson 1 (7)", "Lesson 2 (8)", "Homework 3"], ["x", "101"])
    with pytest.raises(UsageError) as caught:
        export("canvas", Request(class_of("canvas"), "Course", column, template=book))
    assert str(caught.value) == f"{book} has no column {column}; did you mean {near}? Name it by --column."


def test_the_column_goes_before_the_title(tmp_path: Path) -> None:
    book = written(tmp_path / "c.csv", [*HEAD, "Course", "Lesson 2 (8)"], ["x", "101", "", "A", "9", ""])
    found = export("canvas", Request(class_of("canvas"), "Course", "Lesson 2", template=book))
    assert rows(found.data) == [[*HEAD, "Lesson 2 (8)"], ["x", "101", "", "A", "1"]]


def test_rows_without_an_id_are_named_where_no_template_has_one() -> None:
    assert export("canvas", Request(class_of("moodle")[:2], "L")).left_out == [
        "2 rows have no id by which Canvas finds a student: student-01_101, student-02_102. "
        "Give --template, or grade with --roster."
    ]
    assert export("canvas", Request(class_of("canvas"), "L")).left_out == []
