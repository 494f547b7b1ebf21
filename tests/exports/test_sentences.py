"""What plain-text tools read of an exercise: why it stopped, the likely cause, whose points are open."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support import samples

from grader.exports.sentences import explained, short
from grader.results import ExerciseResult

STOPPED = samples.stopped(samples.relu(), "syntax_error", "'(' was never closed")
OPEN = replace(samples.absent("relu", "undecided"), open_points=2.5)


@pytest.mark.parametrize(
    ("exercise", "sentences"),
    [
        (samples.relu(), []),
        (samples.sigmoid_derivative(), []),
        (STOPPED, ["relu: '(' was never closed"]),
        (
            samples.softmax(),
            ["softmax: Likely cause: `np.exp` overflows above 709: subtract each row's maximum first."],
        ),
        (
            OPEN,
            [
                "relu: The grader itself failed here. The open points are decided when this is graded again.",
                "relu: 2.5 of its points are open.",
            ],
        ),
        (replace(samples.relu(), remarks=["Attempt 2 of 2 counts."]), ["relu: Attempt 2 of 2 counts."]),
    ],
    ids=["passed", "failed", "stopped", "cause", "open", "remark"],
)
def test_what_holds_for_the_whole_exercise_is_said(exercise: ExerciseResult, sentences: list[str]) -> None:
    assert explained(exercise) == sentences


def test_a_long_text_is_cut_and_control_characters_are_spelled_out() -> None:
    assert short("a\x1b[31mb") == r"a\x1b[31mb"
    assert short("x" * 5000) == "x" * 4000
