"""The tolerances of expected values, from the declarations of an exercise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import leaves
from grader.cases.tolerances import Tolerances
from grader.course.exercise import Exercise
from grader.numerics.tolerance import Array, tolerance, unit_roundoff


def allowed(exercise: Exercise, case: Case, value: object) -> Tolerances:
    """Return the absolute tolerances of the expected `value`.

    Raises any exception of the exercise's functions scale, condition and slack.
    """
    # The expected value of a hidden case is the solution's answer, which has rounding errors of its own.
    roundoff = unit_roundoff(*(leaf for _, leaf in leaves(case.args))) * (2 if case.hidden else 1)
    with np.errstate(all="ignore"):
        terms = {
            name: declared(*case.args, **case.kwargs) if callable(declared) else declared
            for name, declared in _declared(exercise).items()
        }
        parts = [leaf for _, leaf in leaves(value)]
        each = [_leaf_tolerance(leaf, roundoff, _own(terms, i, len(parts))) for i, leaf in enumerate(parts)]
    return Tolerances.of(value, each)


def _declared(exercise: Exercise) -> dict[str, Any]:
    return {"scale": exercise.scale, "condition": exercise.condition or 0.0, "slack": exercise.slack}


def _own(terms: Mapping[str, Any], number: int, count: int) -> dict[str, Any]:
    """Return the terms of one part: a list or tuple with one term per part is indexed by the part."""
    return {
        name: term[number] if isinstance(term, (list, tuple)) and len(term) == count else term
        for name, term in terms.items()
    }


def _leaf_tolerance(leaf: object, roundoff: float, terms: Mapping[str, Any]) -> Array | None:
    values = np.asarray(leaf)
    return tolerance(values, roundoff=roundoff, **terms) if values.dtype.kind in "fc" else None
