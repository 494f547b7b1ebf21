"""The vocabulary of checks: an author writes `checks.sums_to_one(axis=-1)`, not a test."""

from grader.checks._kind import KINDS, Check, Kind
from grader.checks.conduct import deterministic, does_not_mutate, no_warnings, raises, returns_new_array
from grader.checks.gradients import derivative_matches, gradient_matches, jacobian_matches
from grader.checks.parts import falls, items_match
from grader.checks.properties import (
    complements,
    idempotent,
    increasing,
    shift_invariant,
    symmetric_matrix,
)
from grader.checks.random import drawn_evenly, mean_near, normal_with, permutes, seeds_differ, share_of
from grader.checks.shapes import matches_shape, preserves_shape, returns_floats
from grader.checks.source import forbids_calls, forbids_loops
from grader.checks.values import (
    finite,
    matches_reference,
    non_negative,
    stable_at,
    sums_to,
    sums_to_one,
    within,
)

__all__ = [
    "KINDS",
    "Check",
    "Kind",
    "complements",
    "derivative_matches",
    "deterministic",
    "does_not_mutate",
    "drawn_evenly",
    "falls",
    "finite",
    "forbids_calls",
    "forbids_loops",
    "gradient_matches",
    "idempotent",
    "increasing",
    "items_match",
    "jacobian_matches",
    "matches_reference",
    "matches_shape",
    "mean_near",
    "no_warnings",
    "non_negative",
    "normal_with",
    "permutes",
    "preserves_shape",
    "raises",
    "returns_floats",
    "returns_new_array",
    "seeds_differ",
    "share_of",
    "shift_invariant",
    "stable_at",
    "sums_to",
    "sums_to_one",
    "symmetric_matrix",
    "within",
]
