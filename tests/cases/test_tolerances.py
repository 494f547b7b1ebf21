"""Each part of an answer has its own tolerance by its place; a part that has none must be equal."""

from __future__ import annotations

import numpy as np
import pytest

from grader.cases.tolerances import EQUAL, Tolerances

VALUE = {"W": np.array([1.0, 2.0]), "steps": [3, 0.5]}
NEAR, FAR = np.array([1e-9, 2e-9]), np.asarray(1e-3)


def test_each_part_has_its_own_tolerance() -> None:
    found = Tolerances.of(VALUE, [NEAR, None, FAR])
    assert (found.at(("W",)) is NEAR, found.at(("steps", 1)) is FAR) == (True, True)
    assert found.in_order() == [NEAR, None, FAR]


@pytest.mark.parametrize("path", [("steps", 0), ("steps", 7), ("b",), ()])
def test_a_part_without_a_tolerance_must_be_equal(path: tuple[str | int, ...]) -> None:
    assert Tolerances.of(VALUE, [NEAR, None, FAR]).at(path) == 0
    assert EQUAL.at(path) == 0


def test_an_answer_of_one_part_is_the_whole() -> None:
    assert Tolerances.of(np.zeros(2), [NEAR]).at() is NEAR


@pytest.mark.parametrize("count", [0, 2, 4])
def test_tolerances_of_another_value_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=r"^zip\(\) argument 2 is "):
        Tolerances.of(VALUE, [FAR] * count)
