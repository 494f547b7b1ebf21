"""CSV for spreadsheets: one row a student, and awkward names arrive."""

from __future__ import annotations

from support.classbook import class_of, export, rows

from grader.exports.request import Request


def test_csv_has_one_column_an_exercise() -> None:
    assert rows(export("csv", Request(class_of(), "Lesson 2")).data) == [
        ["student", "name", "id", "relu", "tanh", "total", "open", "max_points", "status"],
        ["student-01_101", "'=HYPERLINK(1)", "", "0", "1", "1", "0", "7", "graded"],
        ["student-02_102", "Fämily, Gíven", "", "0", "2", "2", "0", "7", "graded"],
        ["student-03_103", 'Given "Nick" 姓', "", "0.5", "3", "3.5", "0", "7", "graded"],
        ["student-04_104", "Same Name", "", "0", "4", "4", "0", "7", "graded"],
        ["student-05_105", "Same Name", "", "0", "5", "5", "0", "7", "graded"],
        ["student-06", "'-2+3|cmd", "", "0", "6", "6", "0", "7", "graded"],
    ]
