"""PrairieLearn: a share as the score, points everywhere, and never more than it takes."""

from __future__ import annotations

import json

import msgspec
import pytest
from support import samples

from grader.exports.prairielearn import encoded, prairielearn

STUDENT = samples.everything()
CHECKS = [(e, c) for e in STUDENT.exercises for c in e.checks]


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
