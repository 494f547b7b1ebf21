"""An operator, an argument or a function that is taken for another is found, and its right use is not."""

from __future__ import annotations

import pytest
from support.signs import found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(x):\n    return 1 / 1 + x\n", [("division by 1", 2)]),
        ("def f(x):\n    return 1 / (1 + x)\n", []),
        ("def f(x):\n    return x ^ 2\n", [("^", 2)]),
        ("def f(x):\n    return x // 2\n", [("//", 2)]),
        ("def f(x):\n    return x[len(x) // 2]\n", []),
        ("def f(x):\n    return np.max(x, 0)\n", [("axis 0", 2)]),
        ("def f(x):\n    return np.max(x, axis=0)\n", []),
        ("def f(x):\n    y = np.zeros_like(x)\n    y[0] = 1\n    return y\n", [("copied dtype", 2)]),
        ("def f(x):\n    return np.zeros_like(x, dtype=float)\n", []),
    ],
)
def test_each_sign_is_found_and_no_other(code: str, expected: list[tuple[str, int]]) -> None:
    assert [one for one in found(code) if one[0] != "nothing raised"] == expected
