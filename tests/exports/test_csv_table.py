"""CSV for spreadsheets, Canvas and Moodle: awkward names arrive, no cell is a formula, nobody is swapped."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest
from support.classbook import class_of, export

from grader.errors import UsageError
from grader.exports.formats import FORMATS
from grader.exports.request import Request
from grader.gradebook import Record
from grader.results import Result


@pytest.fixture(scope="module")
def moodle(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    return class_of(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def canvas(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    return class_of(tmp_path_factory.mktemp("book"), system="canvas")


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def written(path: Path, *lines: list[str], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(lines)
    return path


def test_csv_has_one_column_an_exercise(moodle: list[Record]) -> None:
    assert rows(export("csv", Request(moodle, "Lesson 2")).data) == [
        ["student", "name", "id", "relu", "tanh", "total", "open", "max_points", "status"],
        ["student-01_101", "'=HYPERLINK(1)", "101", "0", "1", "1", "0", "2", "graded"],
        ["student-02_102", "Zoë, Ünal", "102", "0", "2", "2", "0", "3", "graded"],
        ["student-03_103", 'Li "Lee" 李', "103", "0.5", "3", "3.5", "0", "4", "graded"],
        ["student-04_104", "Sam Same", "104", "0", "4", "4", "0", "5", "graded"],
        ["student-05_105", "Sam Same", "105", "0", "5", "5", "0", "6", "graded"],
        ["student-06", "'-2+3|cmd", "", "0", "6", "6", "0", "7", "graded"],
    ]


def test_json_holds_the_results_themselves(moodle: list[Record]) -> None:
    found = json.loads(export("json", Request(moodle[2:3], "Lesson 2")).data)
    student = found["students"][0]
    assert msgspec.convert(student.pop("result"), Result) == moodle[2].result
    assert student.pop("marks")["relu"]["adjustment"] == {"points": 0.5, "reason": "Nearly."}
    assert found == {
        "schema": 1,
        "title": "Lesson 2",
        "students": [{"student": "student-03_103", "name": 'Li "Lee" 李', "id": "103"}],
    }


@pytest.mark.parametrize("count", [0, 1, 6])
def test_json_is_written_student_by_student_as_if_it_were_at_once(moodle: list[Record], count: int) -> None:
    data = export("json", Request(moodle[:count], "Lesson 2")).data
    assert data == msgspec.json.format(data, indent=1) + b"\n"
    assert len(json.loads(data)["students"]) == count


def test_canvas_gets_its_ids_and_the_points_possible(canvas: list[Record]) -> None:
    assert rows(export("canvas", Request(canvas, "Lesson 2")).data) == [
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
def test_canvas_keeps_the_rows_and_the_assignment_of_its_own_export(
    canvas: list[Record], tmp_path: Path, delimiter: str
) -> None:
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
    found = export("canvas", Request(canvas, "Lesson 2", template=template))
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


def test_canvas_makes_a_new_assignment_only_where_there_is_none(canvas: list[Record], tmp_path: Path) -> None:
    template = written(tmp_path / "canvas.csv", ["Student", "ID", "Section"], ["x", "101", ""])
    found = export("canvas", Request(canvas, "Lesson 3", template=template))
    assert rows(found.data)[0] == ["Student", "ID", "Section", "Lesson 3"]


def test_two_equal_names_without_ids_are_nobodys(canvas: list[Record], tmp_path: Path) -> None:
    template = written(tmp_path / "canvas.csv", ["Student", "ID", "Section"], ["Sam Same", "", ""])
    found = export("canvas", Request(canvas[3:5], "Lesson 2", template=template))
    assert rows(found.data) == [["Student", "ID", "Section", "Lesson 2"]]
    assert [sentence.partition(" ")[0] for sentence in found.left_out] == ["student-04_104", "student-05_105"]


def test_moodle_without_a_worksheet_is_a_table_to_map(moodle: list[Record]) -> None:
    assert rows(export("moodle", Request(moodle[:2], "Lesson 2")).data) == [
        ["student", "name", "id", "Lesson 2"],
        ["student-01_101", "'=HYPERLINK(1)", "101", "1"],
        ["student-02_102", "Zoë, Ünal", "102", "2"],
    ]


def test_moodles_worksheet_changes_in_its_grades_alone(moodle: list[Record], tmp_path: Path) -> None:
    head = ["Identifier", "Full name", "Status", "Grade", "Maximum Grade", "Last modified (grade)"]
    template = written(
        tmp_path / "worksheet.csv",
        head,
        ["Participant 105", "Sam Same", "Submitted", "", "70.00", "-"],
        ["Participant 104", "Sam Same", "Submitted", "", "3,50", "-"],
        ["Participant 101", "=HYPERLINK(1)", "Submitted", "", "", "-"],
        ["Participant 7", "Zoë, Ünal", "Submitted", "", "3.00", "-"],
        ["Participant 9", "Nobody Known", "No submission", "", "3.00", "-"],
    )
    found = export("moodle", Request(moodle, "Lesson 2", template=template))
    assert rows(found.data) == [
        head,
        ["Participant 105", "Sam Same", "Submitted", "50", "70.00", "-"],
        ["Participant 104", "Sam Same", "Submitted", "2", "3,50", "-"],
        ["Participant 101", "'=HYPERLINK(1)", "Submitted", "1", "", "-"],
        ["Participant 7", "Zoë, Ünal", "Submitted", "", "3.00", "-"],
        ["Participant 9", "Nobody Known", "No submission", "", "3.00", "-"],
    ]
    assert [sentence.partition(" ")[0] for sentence in found.left_out] == [
        "student-02_102",  # of her name, but by another number: another student
        "student-03_103",
        "student-06",
    ]


def test_a_worksheet_of_another_assignment_is_read_by_names(moodle: list[Record], tmp_path: Path) -> None:
    head = ["Identifier", "Full name", "Grade"]
    template = written(
        tmp_path / "worksheet.csv",
        head,
        ["Participant 901", "Zoë, Ünal", ""],
        ["Participant 902", "Sam Same", ""],
        ["Participant 903", 'Li "Lee" 李', ""],
        ["Participant 904", 'Li "Lee" 李', ""],
    )
    found = export("moodle", Request(moodle[:4], "Lesson 2", template=template))
    assert [row[2] for row in rows(found.data)] == ["Grade", "2", "4", "", ""]


@pytest.mark.parametrize("most", ["nan", "inf", "-inf", "1e400", "ten"])
def test_a_maximum_that_is_no_number_leaves_the_points_as_they_are(
    moodle: list[Record], tmp_path: Path, most: str
) -> None:
    head = ["Identifier", "Full name", "Grade", "Maximum Grade"]
    template = written(tmp_path / "w.csv", head, ["Participant 104", "Sam Same", "", most])
    plain = written(tmp_path / "plain.csv", head, ["Participant 104", "Sam Same", "", ""])
    one, other = (
        rows(export("moodle", Request(moodle, "Lesson 2", template=path)).data)[1][2]
        for path in (template, plain)
    )
    assert one == other != ""


def test_a_row_that_ends_early_still_gets_its_grade(
    moodle: list[Record], canvas: list[Record], tmp_path: Path
) -> None:
    sheet = written(
        tmp_path / "w.csv", ["Identifier", "Full name", "Grade", "Maximum Grade"], ["Participant 101"], ["x"]
    )
    assert rows(export("moodle", Request(moodle, "Lesson 2", template=sheet)).data)[1:] == [
        ["Participant 101", "", "1", ""],
        ["x", "", "", ""],
    ]
    book = written(
        tmp_path / "c.csv",
        ["Student", "ID", "SIS User ID", "Section"],
        ["Points Possible"],
        ["Same, Sam", "104"],
        ["Nobody"],
    )
    assert rows(export("canvas", Request(canvas, "Lesson 2", template=book)).data)[1:] == [
        ["    Points Possible", "", "", "", "7"],
        ["Same, Sam", "104", "", "", "4"],
    ]


@pytest.mark.parametrize(
    ("format_", "content", "message"),
    [
        ("canvas", b"a,b\n", "is no gradebook export of Canvas: its columns are not Student, ID … Section."),
        (
            "moodle",
            b"Kennung,Bewertung\n",
            "has no column Grade: download the grading worksheet with English",
        ),
        ("moodle", b"", "is empty; expected a first line with the names of columns."),
        ("moodle", b"\xff\xfe", "is not a CSV in UTF-8: "),
        ("moodle", None, "cannot be read: No such file or directory."),
    ],
)
def test_a_template_that_is_none_is_named(
    moodle: list[Record], tmp_path: Path, format_: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / "template.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        export(format_, Request(moodle, "Lesson 2", template=path))
    assert str(caught.value).startswith(f"{path} {message}")


def test_an_unknown_format_names_those_there_are(moodle: list[Record]) -> None:
    with pytest.raises(UsageError) as caught:
        export("xlsx", Request(moodle, "Lesson 2"))
    assert str(caught.value) == f"There is no format xlsx; there is {', '.join(FORMATS)}."
