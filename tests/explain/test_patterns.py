"""What each common slip makes of the right answer, where it does not apply, and that its words are hedged."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.cases.case import Case
from grader.explain.patterns import PATTERNS

CASE = Case("one", (2.0, np.ones((4, 5))))
E2 = np.array([[1.0, 4.0], [-2.25, 0.5]])
BY_NAME = {one.name: one for one in PATTERNS}


def made(name: str, expected: np.ndarray, case: Case = CASE) -> object:
    found = BY_NAME[name].made(case, expected)
    return None if found is None else found.tolist()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("sign", [[-1, -4], [2.25, -0.5]]),
        ("whole numbers", [[1, 4], [-2, 0]]),
        ("rounded to 1", [[1, 4], [-2.2, 0.5]]),
        ("times the number of rows", [[4, 16], [-9, 2]]),
        ("divided by the number of columns", [[0.2, 0.8], [-0.45, 0.1]]),
        ("times the number of elements", [[20, 80], [-45, 10]]),
        ("complement", [[0, -3], [3.25, 0.5]]),
        ("one more", [[2, 5], [-1.25, 1.5]]),
        ("square", [[1, 16], [5.0625, 0.25]]),
        ("reciprocal", [[1, 0.25], [1 / -2.25, 2]]),
        ("absolute", [[1, 4], [2.25, 0.5]]),
        ("transposed", [[1, -2.25], [4, 0.5]]),
        ("flattened", [1, 4, -2.25, 0.5]),
        ("column", [[[1], [4]], [[-2.25], [0.5]]]),
        ("row", [[[1, 4], [-2.25, 0.5]]]),
        ("rows reversed", [[-2.25, 0.5], [1, 4]]),
        ("columns reversed", [[4, 1], [0.5, -2.25]]),
        ("moved 1 along 1", [[4, 1], [0.5, -2.25]]),
        ("last missing", [[1, 4]]),
        ("first missing", [[-2.25, 0.5]]),
    ],
)
def test_a_slip_makes_of_the_right_answer_what_its_name_says(name: str, values: list[object]) -> None:
    found = made(name, E2)
    assert (np.shape(found), np.ravel(found)) == (np.shape(values), pytest.approx(np.ravel(values)))


@pytest.mark.parametrize(
    ("name", "expected", "case"),
    [
        ("transposed", np.ones(3), CASE),
        ("flattened", np.ones(3), CASE),
        ("columns reversed", np.ones(3), CASE),
        ("moved 1 along 1", np.ones(3), CASE),
        ("row", np.array(1.0), CASE),
        ("last missing", np.array(1.0), CASE),
        ("times the number of rows", E2, Case("no array", (2.0, "mean"))),
        ("times the number of columns", E2, Case("one axis", (np.ones(4),))),
        ("divided by the number of rows", E2, Case("empty", (np.ones((0, 3)),))),
    ],
)
def test_a_slip_of_axes_needs_them(name: str, expected: np.ndarray, case: Case) -> None:
    assert made(name, expected, case) is None


def test_every_pattern_has_a_name_of_its_own_and_hedged_words() -> None:
    assert len(BY_NAME) == len(PATTERNS)
    assert all(" may " in one.message or "rounded" in one.message for one in PATTERNS)
    assert [one.evidence for one in PATTERNS if not one.evidence.startswith("your values are ")] == []


def test_factors_are_what_their_names_say() -> None:
    found = {name: BY_NAME[name].made(CASE, np.array(1.0)) for name in ("log10", "log2", "1/255", "255")}
    assert found == pytest.approx(
        {"log10": math.log10(math.e), "log2": math.log2(math.e), "1/255": 1 / 255, "255": 255}
    )
