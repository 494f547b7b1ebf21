"""Changes of calls: axis, shape, function, arguments, type."""

from __future__ import annotations

import pytest

from .conftest import results

TABLE = [
    ("a.sum(axis=0)", "axis", "a.sum(axis=1)"),
    ("np.sum(a, 0)", "axis", "np.sum(a, axis=1)"),
    ("a.sum(axis=1)", "keepdims", "a.sum(axis=1, keepdims=True)"),
    ("a.sum()", "axis and keepdims", "a.sum(axis=1, keepdims=True)"),
    ("np.std(a)", "ddof", "np.std(a, ddof=1)"),
    ("np.max(a)", "function", "np.min(a)"),
    ("max(0, a)", "function", "np.maximum(0, a)"),
    ("np.nansum(a)", "function", "np.sum(a)"),
    ("np.abs(a)", "call left out", "a"),
    ("a.ravel()", "call left out", "a"),
    ("np.where(a, b, 1)", "arguments swapped", "np.where(a, 1, b)"),
    ("np.round(a, 2)", "argument left out", "np.round(a)"),
    ("np.zeros_like(a)", "dtype", "np.zeros_like(a, dtype=float)"),
    ("np.copy(a)", "dtype", "a.astype(float)"),
    ("np.exp(a)", "shift in exp", "np.exp(a - np.max(a, axis=1, keepdims=True))"),
    ("range(1, a)", "range", "range(a)"),
    ("range(a - 1)", "range", "range(a)"),
]


@pytest.mark.parametrize(("before", "kind", "after"), TABLE)
def test_a_call_is_changed(before: str, kind: str, after: str) -> None:
    assert (kind, f"return {after}") in results(f"def f(a, b):\n    return {before}")


def test_a_sum_never_becomes_one_that_skips_nan() -> None:
    assert not any("nansum" in after for _, after in results("def f(a):\n    return np.sum(a)"))


def test_what_is_shifted_already_is_not_shifted_again() -> None:
    found = results("def f(a):\n    return np.exp(a - np.min(a))")
    assert "shift in exp" not in {kind for kind, _ in found}
