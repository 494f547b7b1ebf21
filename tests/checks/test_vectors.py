"""Signs of vectors are free where they may be; wrong directions, lengths and inverses fail."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.judging import cases, judged, task, told

from grader import checks
from grader.course.task import Task

PASSED = ("passed", "")
MATRIX = cases(matrix=np.array([[2.0, 1.0], [1.0, 3.0]]))


def axes(A: Any) -> Any:
    return np.linalg.eigh(A)[1]


def strongest(A: Any) -> Any:
    values, vectors = np.linalg.eigh(A)
    return float(values[-1]), vectors[:, -1]


def inverse(A: Any) -> Any:
    return np.linalg.inv(A)


def signs(**options: Any) -> Task:
    return task(axes, checks.equal_up_to_sign(**options), inputs=MATRIX)


def pair() -> Task:
    return task(strongest, checks.equal_up_to_sign(axis=0, item=1), inputs=MATRIX)


def square_columns() -> Task:
    return task(axes, checks.orthonormal_columns(), inputs=MATRIX)


def undone() -> Task:
    return task(inverse, checks.inverts(), inputs=MATRIX)


@pytest.mark.parametrize(
    ("one", "right"),
    [
        (signs(axis=0), axes),
        (signs(axis=0), lambda A: -axes(A)),
        (signs(axis=0), lambda A: axes(A) * [1, -1]),
        (signs(axis=1), lambda A: axes(A) * [[-1], [1]]),
        (pair(), strongest),
        (pair(), lambda A: (7.0, -strongest(A)[1])),
        (square_columns(), axes),
        (square_columns(), lambda A: np.eye(2)),
        (square_columns(), lambda A: np.eye(2, dtype=int)),
        (undone(), inverse),
        (undone(), lambda A: np.linalg.solve(A, np.eye(2))),
    ],
)
def test_right_answers_pass_with_either_sign(one: Task, right: Any) -> None:
    assert told(one, right) == PASSED


def test_vectors_along_the_other_axis_have_no_free_sign() -> None:
    assert judged(signs(axis=0), lambda A: axes(A) * [[1], [-1]]).status == "failed"
    assert judged(signs(axis=1), lambda A: axes(A) * [1, -1]).status == "failed"


def test_a_wrong_direction_is_shown_beside_the_nearer_sign() -> None:
    one = task(lambda A: np.array([0.0, 1.0]), checks.equal_up_to_sign(), inputs=MATRIX)
    found = judged(one, lambda A: np.array([0.0, -1.5]))
    assert (found.status, found.message, found.got, found.expected) == (
        "failed",
        "1 of 2 values differs; the largest difference is 0.5, at index 1.",
        "array of shape (2,), float64: [0, \N{MINUS SIGN}1.5]",
        "array of shape (2,), float64: [0, \N{MINUS SIGN}1]",
    )


def test_nan_is_no_direction() -> None:
    assert judged(signs(), lambda A: np.full((2, 2), np.nan)).status == "failed"


def test_a_wrong_vector_in_a_tuple_is_told_with_its_place() -> None:
    one = task(lambda A: (1.0, np.array([0.0, 1.0])), checks.equal_up_to_sign(item=1), inputs=MATRIX)
    assert told(one, lambda A: (1.0, np.array([1.0, 0.0]))) == (
        "failed",
        "2 of 2 values differ in item 1; the largest difference is 1, at index 0.",
    )


def test_a_length_other_than_one_is_told() -> None:
    assert told(square_columns(), lambda A: 2 * np.eye(2)) == (
        "failed",
        "Column 0 has the squared length 4; expected 1.",
    )


def test_columns_that_lean_on_each_other_are_told() -> None:
    assert told(square_columns(), lambda A: np.array([[1.0, 0.6], [0.0, 0.8]])) == (
        "failed",
        "Columns 0 and 1 have the product 0.6; expected 0.",
    )


def test_a_matrix_that_undoes_nothing_is_told_by_the_first_wrong_product() -> None:
    assert told(undone(), lambda A: np.eye(2)) == (
        "failed",
        "The product of your output and the input is 2 at row 0, column 0; expected 1.",
    )


def test_a_length_or_product_just_off_looks_different_from_the_right_one() -> None:
    assert told(square_columns(), lambda A: (1 + 1e-6) * np.eye(2)) == (
        "failed",
        "Column 0 has the squared length 1.000002; expected 1.",
    )
    assert told(undone(), lambda A: (1 + 1e-6) * inverse(A)) == (
        "failed",
        "The product of your output and the input is 1.000001 at row 0, column 0; expected 1.",
    )
