"""An oracle proves every exercise, or a reason stands here why none can."""

from __future__ import annotations

from pathlib import Path

from grader.course.discovery import discover

WITHOUT = {
    "column_vector": "it reshapes, and computes nothing",
    "float_parts": "its answer is bits, and the zero of mpmath has no sign",
    "sample_bernoulli": "it draws numbers, and how is left to the student",
    "sample_normal": "it draws numbers, and how is left to the student",
    "sample_poisson": "it draws numbers, and how is left to the student",
    "tensor_summary": "it names a shape and a dtype, and computes nothing",
}
"""Exercises whose answers have no exact value to compute, sorted, with the reason."""


def test_a_new_exercise_has_an_oracle_or_a_reason_here() -> None:
    authored = discover(Path(__file__).parents[2] / "reference")
    assert sorted(one.exercise.slug for one in authored if one.exercise.oracle is None) == list(WITHOUT)
