"""What a function returns too early, loses or changes is found, and sound code shows no such sign."""

from __future__ import annotations

import pytest
from support.signs import found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(x):\n    for v in x:\n        t = v\n        return t\n", [("return in the loop", 4)]),
        ("def f(x):\n    for v in x:\n        if v:\n            return v\n    return 0\n", []),
        (
            "def f(x):\n    total = 0\n    for v in x:\n        total = v * v\n    return total\n",
            [("overwritten in the loop", 4)],
        ),
        ("def f(x):\n    t = 0\n    for v in x:\n        t = t + v\n    return t\n", []),
        ("def f(x):\n    last = None\n    for v in x:\n        last = v\n    return last\n", []),
        ("def f(x, b):\n    return x * 2\n", [("unused argument", 1)]),
        ("def f(x, b):\n    return eval('b', locals())\n", []),
        ("def f(x):\n    x.astype(float)\n    return x\n", [("lost result", 2)]),
        ("def f(x):\n    np.exp(x, out=y)\n    return x\n", []),
        ("def f(x):\n    m = x.mean()\n    return x\n", [("unused name", 2)]),
        ("def f(x):\n    print(x)\n", [("printed", 2)]),
        ("def f(x):\n    print(x)\n    return x\n", []),
        ("def f(x):\n    x -= 1\n    return x\n", [("changed in place", 2)]),
        ("def f(x):\n    y = np.asarray(x)\n    y[0] = 1\n    return y\n", [("changed in place", 3)]),
        ("def f(x):\n    x = x.copy()\n    x -= 1\n    return x\n", []),
    ],
)
def test_each_sign_is_found_and_no_other(code: str, expected: list[tuple[str, int]]) -> None:
    assert [one for one in found(code) if one[0] != "nothing raised"] == expected


def test_a_function_without_raise_says_so_and_one_with_does_not() -> None:
    assert ("nothing raised", 1) in found("def f(x):\n    return x\n")
    assert found("def f(x):\n    if x:\n        raise ValueError\n    return x\n") == []
