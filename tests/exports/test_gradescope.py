"""Gradescope: every check arrives in its own words, in the types that it reads, and no hidden input."""

from __future__ import annotations

import json

from support import samples
from support.classbook import class_of, export

from grader.exports.gradescope import gradescope
from grader.exports.request import Request

STUDENT = samples.everything()
CHECKS = [(e, c) for e in STUDENT.exercises for c in e.checks]
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}


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


def test_gradescope_shows_why_points_are_others() -> None:
    found = json.loads(export("gradescope", Request(class_of()[2:3], "Lesson 2")).data)
    assert found["score"] == 3.5
    assert found["output"] == "relu: Your instructor set the points to 0.5: Nearly."
