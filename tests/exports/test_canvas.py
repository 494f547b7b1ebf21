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
        ["Zoë, Ünal", "102", "", "", "", "2"],
        ['Li "Lee" 李', "103", "", "", "", "3.5"],
        ["Sam Same", "104", "", "", "", "4"],
        ["Sam Same", "105", "", "", "", "5"],
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
        ["Same, Sam", "105", "s5", "sam5", "A", "1", "", ""],
        ["Same, Sam", "104", "s4", "sam4", "B", "1", "", ""],
        ["=HYPERLINK(1)", "101", "", "", "A", "", "", ""],
        ["zoëünal", "", "", "", "A", "", "", ""],
        ["Nobody, Known", "999", "", "", "A", "", "", ""],
        delimiter=delimiter,
    )
    found = export("canvas", Request(class_of("canvas"), "Lesson 2", template=template))
    assert rows(found.data) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson 2 (8)"],
        ["    Points Possible", "", "", "", "", "7"],
        ["Same, Sam", "105", "s5", "sam5", "A", "5"],
        ["Same, Sam", "104", "s4", "sam4", "B", "4"],
        ["'=HYPERLINK(1)", "101", "", "", "A", "1"],
        ["zoëünal", "", "", "", "A", "2"],
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
    template = written(tmp_path / "canvas.csv", ["Student", "ID", "Section"], ["Sam Same", "", ""])
    found = export("canvas", Request(class_of("canvas")[3:5], "Lesson 2", template=template))
    assert rows(found.data) == [["Student", "ID", "Section", "Lesson 2"]]
    assert [sentence.partition(" ")[0] for sentence in found.left_out] == ["student-04_104", "student-05_105"]


def test_a_row_that_ends_early_still_gets_its_grade(tmp_path: Path) -> None:
    head = ["Student", "ID", "SIS User ID", "Section"]
    book = written(tmp_path / "c.csv", head, ["Points Possible"], ["Same, Sam", "104"], ["Nobody"])
    assert rows(export("canvas", Request(class_of("canvas"), "Lesson 2", template=book)).data) == [
        [*head, "Lesson 2"],
        ["    Points Possible", "", "", "", "7"],
        ["Same, Sam", "104", "", "", "4"],
    ]


def test_a_template_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_bytes(b"a,b\n")
    with pytest.raises(UsageError) as caught:
        export("canvas", Request(class_of("canvas"), "Lesson 2", template=path))
    assert str(caught.value) == (
        f"{path} is no gradebook export of Canvas: its columns are not Student, ID … Section."
    )
