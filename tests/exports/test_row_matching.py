"""A class list gives ids of its own: grades and reports still reach those whom Moodle and Canvas mean."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from support import samples
from support.classbook import export, rows, written

from grader.course.policy import policy
from grader.exports.request import Request
from grader.gradebook import Gradebook, Record, records
from grader.submissions import Submission, call_roll, collect, read_roster

MOODLE = {
    "Given Fämily_1001_assignsubmission_file_/relu.py": 1,
    "Óther_1003_assignsubmission_file_/relu.py": 2,
    "姓 名字_1005_assignsubmission_file_/relu.py": 3,
}
# The numbers of matriculation of two are each other's participant numbers; the first is in no list.
SWAPPED = "name,id\nÓther,1005\n姓 名字,1003\n"
CANVAS = {"familygiven_5004_90005_relu.py": 1, "familygiven_5005_90006_relu.py": 2}
WORKSHEET = [
    ["Identifier", "Full name", "ID number", "Grade"],
    ["Participant 1001", "Given Fämily", "771", ""],
    ["Participant 1003", "Óther", "1005", ""],
    ["Participant 1005", "姓 名字", "1003", ""],
]


def graded(folder: Path, files: Mapping[str, int], roster: str) -> list[Record]:
    """Return the class of a download, its list called; each gets the points that stand beside their file."""
    download = folder / "download.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for name, number in files.items():
            archive.writestr(name, f"# {number}\n")
    earned = {re.split("_assign|_900|/", name)[0]: number for name, number in files.items()}
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        book.set_policy(policy({"title": "Lesson 2"}))
        for info in call_roll(collect(download).infos, read_roster(folder / "roster.csv")).infos:
            points = earned[info.student]
            right = samples.check("right", "Right", "passed", points)
            wrong = samples.check("wrong", "Wrong", "failed", max(earned.values()) - points)
            tanh = samples.exercise("tanh", "Tanh", [right, wrong])
            book.record(info, samples.result(info.student, [tanh]), {"tanh": "a"})
        return list(records(book))


def owners(data: bytes, students: list[str]) -> dict[str, list[str]]:
    """Return whose reports a zip holds, by the names in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: [s for s in students if s in page] for name, page in pages.items()}


def test_a_listed_id_that_is_anothers_number_swaps_no_grades(tmp_path: Path) -> None:
    class_ = graded(tmp_path, MOODLE, SWAPPED)
    assert {r.student: r.ident for r in class_} == {
        "Given Fämily_1001": "",
        "Óther_1003": "1005",
        "姓 名字_1005": "1003",
    }
    found = export("moodle", Request(class_, "L", template=written(tmp_path / "w.csv", *WORKSHEET)))
    assert rows(found.data) == [
        ["Identifier", "Full name", "ID number", "Grade"],
        ["Participant 1001", "Given Fämily", "771", "1"],
        ["Participant 1003", "Óther", "1005", "2"],
        ["Participant 1005", "姓 名字", "1003", "3"],
    ]
    assert found.left_out == []


def test_a_listed_id_that_is_anothers_number_swaps_no_reports(tmp_path: Path) -> None:
    class_ = graded(tmp_path, MOODLE, SWAPPED)
    students = [r.student for r in class_]
    expected = {
        "Given Fämily_1001_assignsubmission_file_report.html": ["Given Fämily_1001"],
        "Óther_1003_assignsubmission_file_report.html": ["Óther_1003"],
        "姓 名字_1005_assignsubmission_file_report.html": ["姓 名字_1005"],
    }
    for download in (tmp_path / "download.zip", None):
        found = export("moodle-feedback", Request(class_, "L", download=download))
        assert owners(found.data, students) == expected
        assert found.left_out == []


def test_who_handed_nothing_in_gets_no_grade_of_a_namesake(tmp_path: Path) -> None:
    class_ = graded(tmp_path, {"Same_1002_assignsubmission_file_/relu.py": 1}, "name,id\n")
    head = ["Identifier", "Full name", "Grade"]
    for table, grades in (
        ([["Participant 1001", "Same", ""], ["Participant 1002", "Same", ""]], ["", "1"]),
        ([["Participant 1002", "Same", ""], ["Participant 1001", "Same", ""]], ["1", ""]),
        ([["Participant 8", "Same", ""], ["Participant 9", "Same", ""]], ["", ""]),
    ):
        sheet = written(tmp_path / "w.csv", head, *table)
        found = export("moodle", Request(class_, "L", template=sheet))
        assert [row[2] for row in rows(found.data)[1:]] == grades


def test_who_skips_a_lesson_gets_no_more_for_the_same_work(tmp_path: Path) -> None:
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        book.set_policy(policy({"title": "Course"}))
        for student, slugs in (("One_1", ["relu"]), ("Two_2", ["relu", "tanh"]), ("Six_3", ["sigmoid"])):
            handed = Submission(student, {}, name=student[:3], id=student[4:], system="moodle")
            exercises = [
                samples.exercise(slug, slug, [samples.check("right", "Right", status, 3.0)])
                for slug, status in zip(slugs, ["passed", "failed"], strict=False)
            ]
            book.record(handed.info, samples.result(student, exercises), dict.fromkeys(slugs, "a"))
        class_ = list(records(book))
    head = ["Identifier", "Grade", "Maximum Grade"]
    sheet = written(tmp_path / "w.csv", head, *([f"Participant {n}", "", "100"] for n in "123"))
    found = rows(export("moodle", Request(class_, "L", template=sheet)).data)
    assert [row[1] for row in found[1:]] == ["33.3333", "33.3333", "33.3333"]
    assert rows(export("canvas", Request(class_, "L")).data)[1][-1] == "9"


def test_a_class_of_folders_is_found_by_the_listed_id_and_never_by_anothers_number(tmp_path: Path) -> None:
    class_ = graded(
        tmp_path, {"x/relu.py": 1, "1003/relu.py": 2}, "name,id,login\nÓther,1005,x\nFourth,1003,\n"
    )
    found = export("moodle", Request(class_, "L", template=written(tmp_path / "w.csv", *WORKSHEET)))
    assert [row[3] for row in rows(found.data)] == ["Grade", "", "1", "2"]
    assert rows(export("canvas", Request(class_, "L")).data)[2:] == [
        ["1003", "", "1003", "", "", "2"],
        ["x", "", "1005", "", "", "1"],
    ]
    assert found.left_out == []


def test_canvas_keeps_its_ids_beside_those_of_the_list(tmp_path: Path) -> None:
    listed = "name,id,canvas\nGiven Family,m774,5004\nGiven Family,m775,5005\n"
    class_ = graded(tmp_path, CANVAS, listed)
    assert rows(export("canvas", Request(class_, "L")).data) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "L"],
        ["    Points Possible", "", "", "", "", "2"],
        ["familygiven", "5004", "m774", "", "", "1"],
        ["familygiven", "5005", "m775", "", "", "2"],
    ]
    found = export("canvas-feedback", Request(class_, "L", download=tmp_path / "download.zip"))
    assert owners(found.data, [r.student for r in class_]) == {
        "familygiven_5004_90005_report.html": ["familygiven_5004"],
        "familygiven_5005_90006_report.html": ["familygiven_5005"],
    }
    assert found.left_out == []


def test_canvas_rows_are_found_by_either_id(tmp_path: Path) -> None:
    # The second's listed id is the first's number in Canvas.
    class_ = graded(tmp_path, CANVAS, "name,id,canvas\nGiven Family,m774,5004\nGiven Family,5004,5005\n")
    head = ["Student", "ID", "SIS User ID", "Section"]
    table = [head, ["Family, Given", "5004", "", "A"], ["Family, Given", "", "5004", "B"]]
    found = export("canvas", Request(class_, "L", template=written(tmp_path / "c.csv", *table)))
    assert rows(found.data) == [
        [*head, "L"],
        ["Family, Given", "5004", "", "A", "1"],
        ["Family, Given", "", "5004", "B", "2"],
    ]
