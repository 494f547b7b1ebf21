"""JUnit, Gradescope and PrairieLearn: every check arrives, in the types that each of them reads."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from support import samples
from support.classbook import NAMES, class_of, export

from grader.errors import UsageError
from grader.exports import junit as junit_format
from grader.exports.gradescope import gradescope
from grader.exports.prairielearn import encoded, prairielearn
from grader.exports.request import Request
from grader.gradebook import Record

STUDENT = samples.everything()
CHECKS = [(e, c) for e in STUDENT.exercises for c in e.checks]
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    return class_of(tmp_path_factory.mktemp("book"))


def test_gradescope_gets_every_check_in_its_own_words() -> None:
    found = gradescope(STUDENT)
    assert found["score"] == STUDENT.points
    assert "execution_time" not in found  # a function can take longer for one hidden input than for another
    assert {found["visibility"], found["stdout_visibility"]} <= VISIBILITY
    assert [t["name"] for t in found["tests"]] == [f"{e.slug}: {c.title}" for e, c in CHECKS]
    assert {c.status for _, c in CHECKS} >= {"passed", "failed", "skipped", "inconclusive"}
    for test, (_, check) in zip(found["tests"], CHECKS, strict=True):
        assert (test["score"], test["max_score"]) == (check.points, check.max_points)
        assert test["status"] in ("passed", "failed")
        assert test["visibility"] == "visible"
    assert len({t["number"] for t in found["tests"]}) == len(CHECKS)


def test_gradescope_shows_no_hidden_input() -> None:
    secret = samples.check(
        "hidden",
        "Holds",
        "failed",
        case="secret",
        message="It differs.",
        details="The value differs: 41.5",
        case_hidden=True,
    )
    found = gradescope(samples.result("student-01", [samples.exercise("relu", "Relu", [secret])]))
    assert "41.5" not in json.dumps(found)


def test_gradescope_shows_why_points_are_others(class_: list[Record]) -> None:
    found = json.loads(export("gradescope", Request(class_[2:3], "Lesson 2")).data)
    assert found["score"] == 3.5
    assert found["output"] == "relu: Your instructor set the points to 0.5: Nearly."


def test_prairielearn_gets_points_everywhere() -> None:
    found = prairielearn(STUDENT)
    assert (found["gradable"], found["score"]) == (True, STUDENT.points / STUDENT.max_points)
    assert [(t["name"], t["points"], t["max_points"]) for t in found["tests"]] == [
        (f"{e.slug}: {c.title}", c.points, c.max_points) for e, c in CHECKS
    ]


@pytest.mark.parametrize(("points", "most", "score"), [(12.0, 10.0, 1.0), (0.0, 0.0, 1.0), (2.5, 10.0, 0.25)])
def test_prairielearns_score_is_a_share(points: float, most: float, score: float) -> None:
    result = msgspec.structs.replace(STUDENT, points=points, max_points=most)
    assert prairielearn(result)["score"] == score


def test_prairielearn_never_gets_more_than_a_megabyte() -> None:
    document = prairielearn(STUDENT)
    test = document["tests"][0] | {"message": "é" * 4000}
    data = encoded({**document, "output": "x" * 600_000, "tests": [test] * 400})
    assert len(data) <= 1_000_000
    assert len(json.loads(data)["tests"]) == 400


def test_junit_has_a_suite_a_student_and_no_name_twice(class_: list[Record]) -> None:
    root = ElementTree.fromstring(export("junit", Request(class_, "Lesson 2")).data)
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in root] == [
        (student, "2", "1") for student in NAMES
    ]
    names = [(c.get("classname"), c.get("name")) for c in root.iter("testcase")]
    assert names[:2] == [("student-01_101: relu", "relu-right"), ("student-01_101: tanh", "tanh-right")]
    assert len(set(names)) == len(names) == 12


def test_junit_over_gitlabs_limit_is_refused(class_: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(junit_format, "_MOST_BYTES", 100)
    with pytest.raises(UsageError, match=r"over 30 MB, which GitLab does not read; export one --student"):
        export("junit", Request(class_, "Lesson 2"))


@pytest.mark.parametrize("format_", ["gradescope", "prairielearn"])
def test_a_format_for_one_student_asks_which(class_: list[Record], format_: str) -> None:
    with pytest.raises(UsageError) as caught:
        export(format_, Request(class_, "Lesson 2"))
    assert str(caught.value) == f"{format_} is a format for one student; say which one by --student."
    assert json.loads(export(format_, Request(class_[:1], "Lesson 2")).data)["tests"]


def test_the_grader_says_what_stopped_an_exercise(tmp_path: Path) -> None:
    one = samples.stopped(samples.relu(), "syntax_error", "'(' was never closed")
    found = gradescope(samples.result("student-01", [one]))
    assert found["output"].startswith("relu: ")
    assert "'(' was never closed" in found["output"]
