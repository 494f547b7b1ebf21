"""JUnit: a suite a student, no test case twice, and no file that GitLab would not read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from support.classbook import NAMES, class_of, export

from grader.errors import UsageError
from grader.exports import junit as junit_format
from grader.exports.request import Request


def test_junit_has_a_suite_a_student_and_no_name_twice() -> None:
    root = ElementTree.fromstring(export("junit", Request(class_of(), "Lesson 2")).data)
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in root] == [
        (student, "2", "1") for student in NAMES
    ]
    names = [(c.get("classname"), c.get("name")) for c in root.iter("testcase")]
    assert names[:2] == [("student-01_101: relu", "relu-right"), ("student-01_101: tanh", "tanh-right")]
    assert len(set(names)) == len(names) == 12


def test_junit_over_gitlabs_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(junit_format, "_MOST_BYTES", 100)
    with pytest.raises(UsageError, match=r"over 30 MB, which GitLab does not read; export one --student"):
        export("junit", Request(class_of(), "Lesson 2"))
