"""Every export format has a name, and a name that is none is answered with those there are."""

from __future__ import annotations

import pytest
from support.classbook import class_of, export

from grader.errors import UsageError
from grader.exports.formats import FORMATS
from grader.exports.request import Request


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        export("xlsx", Request(class_of(), "Lesson 2"))
    assert str(caught.value) == f"There is no format xlsx; there is {', '.join(FORMATS)}."


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "canvas-feedback"])
def test_every_format_takes_a_class_of_one(format_: str) -> None:
    """Canvas's feedback alone needs more: the download."""
    found = export(format_, Request(class_of()[:1], "Lesson 2"))
    tool = {"canvas": "Canvas", "moodle": "Moodle"}.get(format_)
    no_id = (
        f"1 row has no id by which {tool} finds a student: student-01_101. "
        "Give --template, or grade with --roster."
    )
    assert (found.data != b"", found.left_out) == (True, [no_id] if tool else [])
