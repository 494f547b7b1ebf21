"""Moodle's grading worksheet: its grades change and nothing else, scaled to its own maximum."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.classbook import class_of, export, rows, written

from grader.errors import UsageError
from grader.exports.request import Request


def test_moodle_without_a_worksheet_is_a_table_to_map() -> None:
    assert rows(export("moodle", Request(class_of()[:2], "Lesson 2")).data) == [
        ["student", "name", "id", "Lesson 2"],
        ["student-01_101", "'=HYPERLINK(1)", "", "1"],
        ["student-02_102", "Fämily, Gíven", "", "2"],
    ]


def test_moodles_worksheet_changes_in_its_grades_alone(tmp_path: Path) -> None:
    head = ["Identifier", "Full name", "Status", "Grade", "Maximum Grade", "Last modified (grade)"]
    template = written(
        tmp_path / "worksheet.csv",
        head,
        ["Participant 105", "Same Name", "Submitted", "", "70.00", "-"],
        ["Participant 104", "Same Name", "Submitted", "", "3,50", "-"],
        ["Participant 101", "=HYPERLINK(1)", "Submitted", "", "", "-"],
        ["Participant 7", "Fämily, Gíven", "Submitted", "", "3.00", "-"],
        ["Participant 9", "Nobody Known", "No submission", "", "3.00", "-"],
    )
    found = export("moodle", Request(class_of(), "Lesson 2", template=template))
    assert rows(found.data) == [
        head,
        ["Participant 105", "Same Name", "Submitted", "50", "70.00", "-"],
        ["Participant 104", "Same Name", "Submitted", "2", "3,50", "-"],
        ["Participant 101", "'=HYPERLINK(1)", "Submitted", "1", "", "-"],
        ["Participant 7", "Fämily, Gíven", "Submitted", "", "3.00", "-"],
        ["Participant 9", "Nobody Known", "No submission", "", "3.00", "-"],
    ]
    assert [sentence.partition(" ")[0] for sentence in found.left_out] == [
        "student-02_102",  # of her name, but by another number: another student
        "student-03_103",
        "student-06",
    ]


def test_a_worksheet_of_another_assignment_is_read_by_names(tmp_path: Path) -> None:
    head = ["Identifier", "Full name", "Grade"]
    template = written(
        tmp_path / "worksheet.csv",
        head,
        ["Participant 901", "Fämily, Gíven", ""],
        ["Participant 902", "Same Name", ""],
        ["Participant 903", 'Given "Nick" 姓', ""],
        ["Participant 904", 'Given "Nick" 姓', ""],
    )
    found = export("moodle", Request(class_of()[:4], "Lesson 2", template=template))
    assert [row[2] for row in rows(found.data)] == ["Grade", "2", "4", "", ""]


@pytest.mark.parametrize("most", ["nan", "inf", "-inf", "1e400", "ten"])
def test_a_maximum_that_is_no_number_leaves_the_points_as_they_are(tmp_path: Path, most: str) -> None:
    head = ["Identifier", "Full name", "Grade", "Maximum Grade"]
    template = written(tmp_path / "w.csv", head, ["Participant 104", "Same Name", "", most])
    plain = written(tmp_path / "plain.csv", head, ["Participant 104", "Same Name", "", ""])
    one, other = (
        rows(export("moodle", Request(class_of(), "Lesson 2", template=path)).data)[1][2]
        for path in (template, plain)
    )
    assert one == other != ""


def test_a_row_that_ends_early_still_gets_its_grade(tmp_path: Path) -> None:
    head = ["Identifier", "Full name", "Grade", "Maximum Grade"]
    sheet = written(tmp_path / "w.csv", head, ["Participant 101"], ["x"])
    assert rows(export("moodle", Request(class_of(), "Lesson 2", template=sheet)).data) == [
        head,
        ["Participant 101", "", "1", ""],
        ["x", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Kennung,Bewertung\n", "has no column Grade: download the grading worksheet with English"),
        (b"", "is empty; expected a first line with the names of columns."),
        (b"\xff\xfe", "is not a CSV in UTF-8: "),
        (None, "cannot be read: No such file or directory."),
    ],
)
def test_a_worksheet_that_is_none_is_named(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "worksheet.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        export("moodle", Request(class_of(), "Lesson 2", template=path))
    assert str(caught.value).startswith(f"{path} {message}")
