"""How far an attempt is, in the order in which a learner meets the stages."""

from __future__ import annotations

from grader.results import CheckResult, ExerciseResult
from grader.text.stages import Reached, reached, tally


def exercise(*stages: dict[str, bool]) -> ExerciseResult:
    checks = [
        CheckResult(name="c", title="t", status="failed", points=0, max_points=1, stages=one)  # type: ignore[arg-type]
        for one in stages
    ]
    return ExerciseResult(
        slug="f", title="", lesson="", file="f.py", status="failed", points=0, max_points=1, checks=checks
    )


def test_a_naive_try_is_three_of_five_stages_far() -> None:
    found = reached(
        exercise(
            {"untouched": True},
            {"values": True, "float32": True, "integers": False, "example": True},
            {"huge": False},
            {"values": True},
        )
    )
    assert found == [
        Reached("an example", True),
        Reached("values", True),
        Reached("huge inputs", False),
        Reached("integers, float32", False),
        Reached("arguments untouched", True),
    ]
    assert tally(found) == "3 of 5 stages"


def test_a_stage_is_reached_if_every_check_says_so() -> None:
    found = reached(exercise({"values": True}, {"values": False, "example": True}))
    assert found == [Reached("an example", True), Reached("values", False)]


def test_one_stage_alone_and_none_are_not_told() -> None:
    assert reached(exercise({"values": False})) == reached(exercise({})) == []
    assert tally([]) == ""
