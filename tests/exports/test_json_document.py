"""The JSON export holds all that counts, and is written without the whole class in memory."""

from __future__ import annotations

import json

import msgspec
import pytest
from support.classbook import class_of, export

from grader.exports.request import Request
from grader.results import Result


def test_json_holds_the_results_themselves() -> None:
    found = json.loads(export("json", Request(class_of()[2:3], "Lesson 2")).data)
    student = found["students"][0]
    assert msgspec.convert(student.pop("result"), Result) == class_of()[2].result
    assert student.pop("marks")["relu"]["adjustment"] == {"points": 0.5, "reason": "Nearly."}
    assert found == {
        "schema": 1,
        "title": "Lesson 2",
        "students": [{"student": "student-03_103", "name": 'Given "Nick" 姓', "id": ""}],
    }


@pytest.mark.parametrize("count", [0, 1, 6])
def test_json_is_written_student_by_student_as_if_it_were_at_once(count: int) -> None:
    data = export("json", Request(class_of()[:count], "Lesson 2")).data
    assert data == msgspec.json.format(data, indent=1) + b"\n"
    assert len(json.loads(data)["students"]) == count
