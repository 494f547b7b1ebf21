"""The folder of a graded class: whole files only, one name a student, a table that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import samples

from grader.classroom import output_folder
from grader.classroom.output_folder import Listed, Store, table
from grader.report.class_summary import summary
from grader.report.code_view import Code
from grader.report.file_names import file_name
from grader.report.pages import class_page, student_page
from grader.results import Result, from_json, status
from grader.text.escape import visible

NONE = Code({}, {})
ONE, TWO = samples.usual("student-01"), samples.everything("student-02")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠x")


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def stored(folder: Path, student: str) -> Result:
    return from_json((folder / "results" / f"{file_name(student)}.json").read_bytes())


KINDS = ("instructor", "reports", "results")
HEAD = ["student", "name", "id", "total", "open", "max_points", "status"]


def listed(results: list[Result]) -> dict[str, Listed]:
    return {one.student: Listed(f"Name of {one.student}", "m1", status(one)) for one in results}


def tabled(results: list[Result]) -> str:
    return table(summary(results), listed(results))


def test_a_result_has_its_report_beside_it(tmp_path: Path) -> None:
    kept = Store(tmp_path / "new" / "out")
    assert not kept.has("student-01")
    kept.put(ONE, NONE, title="Course")
    assert kept.has("student-01")
    assert stored(kept.folder, "student-01") == ONE
    assert files(kept.folder) == [
        "instructor/student-01.html",
        "reports/student-01.html",
        "results/student-01.json",
    ]
    report = kept.folder / "reports" / "student-01.html"
    assert report.read_text(encoding="utf-8") == student_page(ONE, title="Course")


def test_a_folder_that_is_there_already_keeps_what_it_holds(tmp_path: Path) -> None:
    Store(tmp_path).put(ONE, NONE, title="")
    assert Store(tmp_path).has("student-01")


def test_the_class_has_a_page_and_a_table(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    kept.close(summary([ONE, TWO]), listed([ONE, TWO]), title="Course")
    assert files(tmp_path) == ["grades.csv", "index.html"]
    assert kept.index.read_text(encoding="utf-8") == class_page(summary([ONE, TWO]), title="Course")
    assert (tmp_path / "grades.csv").read_text(encoding="utf-8") == tabled([ONE, TWO])


@pytest.mark.parametrize(
    "name", ["instructor/student-01.html", "reports/student-01.html", "results/student-01.json"]
)
def test_half_of_a_students_files_counts_as_none(tmp_path: Path, name: str) -> None:
    kept = Store(tmp_path)
    kept.put(ONE, NONE, title="")
    (tmp_path / name).unlink()
    assert not kept.has("student-01")


@pytest.mark.parametrize("kind", ["results", "reports", "instructor"])
def test_what_cannot_be_written_leaves_the_old_and_no_half_file(tmp_path: Path, kind: str) -> None:
    kept = Store(tmp_path)
    kept.put(ONE, NONE, title="old")
    before = files(tmp_path)
    suffix = ".json" if kind == "results" else ".html"
    blocked = tmp_path / kind / f"student-01{suffix}"
    blocked.unlink()
    blocked.mkdir()  # which no file can replace
    with pytest.raises(IsADirectoryError):
        kept.put(samples.usual("student-01"), NONE, title="new")
    blocked.rmdir()
    assert files(tmp_path) == [name for name in before if not name.startswith(kind)]


def test_the_report_is_written_before_the_result_that_vouches_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(output_folder, "_write", lambda path, data: written.append(path.parent.name))
    Store(tmp_path).put(ONE, NONE, title="")
    assert written == ["instructor", "reports", "results"]


def test_the_table_has_a_column_an_exercise_and_a_row_a_student() -> None:
    other = samples.result("student-03", [samples.relu("failed"), samples.tanh()])
    assert tabled([ONE, other]) == (
        "student,name,id,softmax,sigmoid_derivative,relu,tanh,total,open,max_points,status\n"
        "student-01,Name of student-01,m1,5,1,3,,9,0,19,graded\n"
        "student-03,Name of student-03,m1,,,0,0,0,0,19,graded\n"
    )
    assert tabled([]) == "student,name,id,total,open,max_points,status\n"


def test_the_graders_own_faults_are_in_the_table_and_named() -> None:
    assert [status(ONE), status(TWO)] == ["graded", "undecided"]
    assert [row[-1] for row in rows(tabled([ONE, TWO]))] == ["status", "graded", "undecided"]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_that_is_a_formula_becomes_text(name: str) -> None:
    # A tab or a new line may begin a cell too.
    safe = f"'{name[0]}'{name[1:]}" if name[0] in "\t\n" else f"'{name}"
    assert rows(tabled([samples.usual(name)]))[1][0] == safe


@given(st.text(st.characters(exclude_categories=())) | st.text("=+-@\t\r\n\"', \ud800"))
def test_every_name_is_one_cell_and_starts_no_formula(name: str) -> None:
    head, row = rows(tabled([samples.result(name, [])]).encode().decode())
    assert (head, row[2:]) == (HEAD, ["m1", "0", "0", "0", "graded"])
    assert row[0].replace("'", "") == visible(name).replace("'", "")
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert not re.search('[;\t\n][ "]*[=+\\-@＝＋－＠]', row[0])


AWKWARD = [
    *("a", "a b", "a%20b", "a/b", "a\\b", "..", ".", "", "../a", "a.json", "a.json.part", "%2F", "/"),
    *("ä", "a\u0308", "я" * 120, "я" * 121, "n" * 200, "n" * 201, "n" * 300, "a\nb", "a\0b", "C:a", "<b>"),
]


def test_awkward_names_have_files_of_their_own_inside_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    kept = Store(out)
    results = [samples.usual(name) for name in AWKWARD]
    for result in results:
        kept.put(result, NONE, title="")
    assert [stored(out, name) for name in AWKWARD] == results
    assert [len(list((out / kind).iterdir())) for kind in KINDS] == [len(AWKWARD)] * 3
    assert os.listdir(tmp_path) == ["out"]  # noqa: PTH208  # names are compared, not paths


def test_pages_that_earlier_versions_named_in_percent_codes_are_removed(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    kept.put(samples.usual("Fämily"), NONE, title="")
    for name in ("F%C3%A4mily=1", "a%2Fb"):
        (tmp_path / "reports" / f"{name}.html").touch()
    kept.close(summary([ONE]), listed([ONE]) | {"Fämily": Listed("", "", "graded")}, title="")
    assert files(tmp_path / "reports") == ["Fämily=1.html", "a%2Fb.html"]
