"""Tolerances for tests: one number or array for all parts of a value, or a list with one for each."""

from __future__ import annotations

import numpy as np

from grader.cases.nested import paths
from grader.cases.tolerances import Tolerances


def tolerances(value: object, allowed: object) -> Tolerances:
    """Return the tolerances of `value`; None asks for equality."""
    each = allowed if isinstance(allowed, list) else [allowed] * len(list(paths(value)))
    return Tolerances.of(value, [None if one is None else np.asarray(one) for one in each])
