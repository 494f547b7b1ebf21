"""Prove a solution by exact values from mpmath when an exercise is verified; grading never does it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Case
from grader.cases.nested import part, paths
from grader.cases.tolerances import Tolerances
from grader.errors import UsageError
from grader.numerics.tolerance import wrong

Oracle = Callable[..., Any]
DIGITS = 80
"""Decimal digits; a cancellation such as in 1 - tanh(x)**2 may lose 60 of them."""


class Exact:
    """mpmath's functions on whole arrays: `m.exp(Z)`, `m.log(Z)`, `m.sqrt(Z)`, `m.tanh(Z)`, and so on.

    Raises `UsageError` if mpmath is not installed.
    """

    def __init__(self) -> None:
        try:
            self._mp = importlib.import_module("mpmath").mp
        except ModuleNotFoundError as error:
            reason = "An oracle needs mpmath, which is not installed; pip install mpmath"
            raise UsageError(f"{reason} fixes it.") from error
        self._mp.dps = DIGITS

    def __getattr__(self, name: str) -> Callable[..., Any]:
        function = getattr(self._mp, name)

        def on_arrays(*values: Any) -> Any:
            return np.frompyfunc(function, len(values), 1)(*values)

        return on_arrays

    def number(self, value: object) -> Any:
        """Return a float, or the floats of an array, as exact mpmath numbers; other values are unchanged."""
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return np.asarray(np.frompyfunc(lambda x: self._mp.mpf(float(x)), 1, 1)(value), dtype=object)
        return self._mp.mpf(float(value)) if isinstance(value, (float, np.floating)) else value


def disproofs(oracle: Oracle, case: Case, value: object, allowed: Tolerances) -> list[str]:
    """Return sentences on parts of `value` that differ from the exact one by more than half the tolerance.

    The other half is left for students, whose answers are compared with the solution's.
    """
    with np.errstate(all="ignore"):  # nan and numbers too large for a float are valid answers
        exact = _asked(oracle, case)
        found = [
            _disproof(np.asarray(leaf), part(exact, path), allowed.at(path)) for path, leaf in paths(value)
        ]
    return [sentence for sentence in found if sentence]


def _asked(oracle: Oracle, case: Case) -> Any:
    m = Exact()
    args: list[Any] = [_numbers(m, value) for value in case.args]
    return oracle(m, *args, **{name: m.number(value) for name, value in case.kwargs.items()})


def _numbers(m: Exact, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbers(m, item) for key, item in value.items()}
    return type(value)(_numbers(m, v) for v in value) if isinstance(value, (list, tuple)) else m.number(value)


def _disproof(value: NDArray[Any], answer: Any, allowed: NDArray[Any]) -> str:
    exact = _rounded(answer, complex if np.iscomplexobj(value) else float)
    if value.shape != exact.shape:
        return f"the oracle has shape {exact.shape}, the solution {value.shape}"
    off = wrong(value, exact, allowed / 2)
    if not off.any():
        return ""
    at = tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape))
    return f"at index {at} the solution is {value[at].item()!r}, the exact value {exact[at].item()!r}"


def _rounded(exact: Any, kind: type[float] | type[complex]) -> NDArray[Any]:
    return np.asarray(np.frompyfunc(kind, 1, 1)(exact), dtype=kind)
