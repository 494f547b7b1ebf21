"""What an export is asked for: a format for one student never takes the first of several."""

from __future__ import annotations

import json

import pytest
from support.classbook import class_of, export

from grader.errors import UsageError
from grader.exports.request import Request


@pytest.mark.parametrize("format_", ["gradescope", "prairielearn"])
def test_a_format_for_one_student_asks_which(format_: str) -> None:
    with pytest.raises(UsageError) as caught:
        export(format_, Request(class_of(), "Lesson 2"))
    assert str(caught.value) == f"{format_} is a format for one student; say which one by --student."
    assert json.loads(export(format_, Request(class_of()[:1], "Lesson 2")).data)["tests"]


def test_a_class_of_nobody_is_no_class_of_one() -> None:
    with pytest.raises(UsageError, match=r"^gradescope is a format for one student; say which one by "):
        Request([], "Lesson 2").only("gradescope")
