"""The named checks.

An author declares `checks.sums_to_one(axis=-1)` instead of writing a test. A check reads cases, answers and
expected values, and returns the cases in which it does not hold. It never calls the student's function.
"""

from grader.checks.conduct import deterministic, does_not_mutate, no_warnings, raises, returns_new_array
from grader.checks.context import CheckContext, Finding, Observation
from grader.checks.gradients import derivative_matches, gradient_matches, jacobian_matches
from grader.checks.items import ends_below, falls, items_match
from grader.checks.kind import KINDS, Check, Kind, check
from grader.checks.properties import (
    complements,
    homogeneous,
    idempotent,
    increasing,
    shift_invariant,
    symmetric_matrix,
)
from grader.checks.random import drawn_evenly, mean_near, normal_with, permutes, seeds_differ, share_of
from grader.checks.sampling import sample_follows
from grader.checks.shapes import matches_shape, preserves_shape, returns_booleans, returns_floats
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
from grader.checks.vectors import equal_up_to_sign, inverts, orthonormal_columns

__all__ = [
    "KINDS",
    "Check",
    "CheckContext",
    "Finding",
    "Kind",
    "Observation",
    "check",
    "complements",
    "derivative_matches",
    "deterministic",
    "does_not_mutate",
    "drawn_evenly",
    "ends_below",
    "equal_up_to_sign",
    "falls",
    "finite",
    "forbids_calls",
    "forbids_loops",
    "gradient_matches",
    "homogeneous",
    "idempotent",
    "increasing",
    "inverts",
    "items_match",
    "jacobian_matches",
    "matches_reference",
    "matches_shape",
    "mean_near",
    "no_warnings",
    "non_negative",
    "normal_with",
    "orthonormal_columns",
    "permutes",
    "preserves_shape",
    "raises",
    "returns_booleans",
    "returns_floats",
    "returns_new_array",
    "sample_follows",
    "seeds_differ",
    "share_of",
    "shift_invariant",
    "stable_at",
    "sums_to",
    "sums_to_one",
    "symmetric_matrix",
    "within",
]
