"""A process that writes reports writes each student's files and answers when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import samples
from support.handed import Here

from grader.classroom import page_job
from grader.executors import Done, Job
from grader.executors.jobs import encode
from grader.report.code_view import Code
from grader.report.pages import student_page
from grader.results import Result, from_json

CODE = Code({"d": {"softmax.py": b"secret = 1"}}, {"softmax": "d"})
RESULTS = [samples.usual("student-01"), samples.everything("student-02")]


def sheet(result: Result) -> page_job.Sheet:
    return page_job.Sheet(result=result, code=CODE)


def test_every_student_has_a_report_with_the_title_of_the_course_and_a_result(tmp_path: Path) -> None:
    jobs = [Job(number, encode(sheet(result))) for number, result in enumerate(RESULTS)]
    assert list(Here().run(page_job.setup(tmp_path, "Lesson 2"), jobs)) == [Done(0), Done(1)]
    for result in RESULTS:
        page = (tmp_path / "reports" / f"{result.student}.html").read_text(encoding="utf-8")
        assert page == student_page(result, title="Lesson 2")
        mine = (tmp_path / "instructor" / f"{result.student}.html").read_text(encoding="utf-8")
        assert mine == student_page(result, audience="instructor", title="Lesson 2", code=CODE)
        assert from_json((tmp_path / "results" / f"{result.student}.json").read_bytes()) == result


def test_a_folder_that_cannot_be_written_is_named_before_any_student(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file is in the way")
    with pytest.raises(NotADirectoryError, match="out/exercises"):
        list(Here().run(page_job.setup(tmp_path / "out", ""), [Job(0, encode(sheet(RESULTS[0])))]))
