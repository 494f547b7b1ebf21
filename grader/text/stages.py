"""How far an attempt is: the stages of an exercise in the order in which a learner meets them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, get_args

from grader.results import ExerciseResult, Stage

_LABELS: Final[dict[Stage, str]] = {
    "example": "an example",
    "values": "values",
    "empty": "empty inputs",
    "huge": "huge inputs",
    "nan": "nan and inf",
    "integers": "integers",
    "float32": "float32",
    "views": "transposed arrays",
    "refused": "wrong inputs refused",
    "untouched": "arguments untouched",
    "own_work": "by hand",
}
_TOGETHER: Final[tuple[Stage, ...]] = ("integers", "float32", "views")
"""Kinds of arrays, which are one stage."""


class Reached(NamedTuple):
    """A stage in words, and whether it is reached."""

    label: str
    is_reached: bool


def reached(exercise: ExerciseResult) -> list[Reached]:
    """Return the stages of an exercise whose function could be called, in the order of meeting them.

    A stage is reached if all checks hold in all of its calls.
    """
    found: dict[Stage, bool] = {}
    for check in exercise.checks:
        for stage, holds in check.stages.items():
            found[stage] = found.get(stage, True) and holds
    told = []
    for stage in get_args(Stage):
        if stage in found and stage not in _TOGETHER:
            told.append(Reached(_LABELS[stage], found[stage]))
        elif stage == _TOGETHER[0]:
            kinds = [kind for kind in _TOGETHER if kind in found]
            if kinds:
                label = ", ".join(_LABELS[kind] for kind in kinds)
                told.append(Reached(label, all(found[kind] for kind in kinds)))
    return told if len(told) > 1 else []


def tally(stages: Sequence[Reached]) -> str:
    """Return `3 of 5 stages`, or an empty text without stages."""
    return f"{sum(one.is_reached for one in stages)} of {len(stages)} stages" if stages else ""
