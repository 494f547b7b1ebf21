"""Properties of a whole function hold for right ones, whatever their dtype, and break with an example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.judging import cases, task, told

from grader import arrays, call, checks
from grader.course.task import Task

PASSED = ("passed", "")
PAIR = cases(pair=np.array([0.5, -0.25]), strange=np.array([np.inf, np.nan]))
VECTOR = cases(vector=np.array([1.0, 2.0]))


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def relu(z: Any) -> Any:
    return np.maximum(z, 0.0)


def softmax(z: Any) -> Any:
    return np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()


def gram(z: Any) -> Any:
    return np.outer(z, z)


def rising(ndim: int | None = 1) -> Task:
    return task(sigmoid, checks.increasing(), inputs=arrays(ndim=ndim, low=-2, high=2))


def complementing() -> Task:
    return task(sigmoid, checks.complements(1), inputs=PAIR)


def shifted() -> Task:
    return task(softmax, checks.shift_invariant(), inputs=VECTOR)


def repeated() -> Task:
    return task(relu, checks.idempotent(), inputs=VECTOR)


def norm(z: Any) -> Any:
    return np.sqrt(np.sum(np.square(np.asarray(z, dtype=float))))


def scaled() -> Task:
    return task(norm, checks.homogeneous(-2.0), inputs=VECTOR)


def symmetric() -> Task:
    return task(gram, checks.symmetric_matrix(), inputs=VECTOR)


@pytest.mark.parametrize(
    ("one", "right"),
    [
        (rising(), sigmoid),
        (complementing(), sigmoid),
        (shifted(), softmax),
        (repeated(), relu),
        (symmetric(), gram),
        (scaled(), norm),
        (scaled(), lambda z: np.max(np.abs(z))),
        (symmetric(), lambda z: gram(z) + 1),
        (symmetric(), lambda z: gram(z) > 1.5),
        (symmetric(), lambda z: gram(z).astype(np.uint8)),
        (shifted(), lambda z: z > 100),
        (complementing(), lambda z: z > 0),
        (complementing(), lambda z: (np.nan_to_num(z) > 0).astype(np.uint8)),
        (rising(), lambda z: z > 0),
        (rising(), lambda z: np.zeros(z.shape)),
        (repeated(), lambda z: np.abs(z)),
    ],
)
def test_a_function_with_the_property_passes(one: Task, right: Any) -> None:
    assert told(one, right) == PASSED


FALLS = "The output falls from {} at −2 to {} at −1.9; expected it never to fall."


@pytest.mark.parametrize(
    ("one", "given", "message"),
    [
        (rising(), lambda z: -z, FALLS.format("2", "1.9")),
        (rising(), lambda z: z < -1.95, FALLS.format("1", "0")),
        (rising(), lambda z: (20 - 10 * z).astype(np.uint8), FALLS.format("40", "39")),
        (rising(), lambda z: 0.5 - 1e-6 * z, FALLS.format("0.500002", "0.5000019")),
        (
            task(sigmoid, checks.increasing(), inputs=arrays(ndim=1, low=1000, high=1004)),
            lambda z: -z,
            "The output falls from −1000 at 1000 to −1000.1 at 1000.1; expected it never to fall.",
        ),
        (complementing(), lambda z: sigmoid(z) + 1e-6, "f(0.5) + f(−0.5) is 1.000002; expected 1."),
        (complementing(), lambda z: z + 1, "f(0.5) + f(−0.5) is 2; expected 1."),
        (complementing(), lambda z: z < 9, "f(0.5) + f(−0.5) is 2; expected 1."),
        (complementing(), lambda z: np.full(z.shape, 2, np.uint8), "f(0.5) + f(−0.5) is 4; expected 1."),
        (shifted(), np.exp, "Adding 5 to every input changed 2 of 2 values."),
        (shifted(), lambda z: z > 6.5, "Adding 5 to every input changed 1 of 2 values."),
        (
            task(softmax, checks.shift_invariant(), inputs=cases(one=np.array([1.0]))),
            np.exp,
            "Adding 5 to every input changed 1 of 1 value.",
        ),
        (repeated(), lambda z: z + 1, "Applied to its own output, the function changed it."),
        (
            symmetric(),
            lambda z: np.outer(z, z + 1),
            "The value at row 0, column 1 is 3, the one at row 1, column 0 is 4; expected equal ones.",
        ),
        (
            symmetric(),
            lambda z: gram(z) + np.array([[0, 1e-6], [0, 0]]),
            "The value at row 0, column 1 is 2.000001, the one at row 1, column 0 is 2; expected equal ones.",
        ),
        (
            symmetric(),
            lambda z: np.outer(z, z + 1) > 3,
            "The value at row 0, column 1 is 0, the one at row 1, column 0 is 1; expected equal ones.",
        ),
    ],
)
def test_a_function_without_it_fails_with_an_example(one: Task, given: Any, message: str) -> None:
    assert told(one, given) == ("failed", message)


def test_the_titles_name_their_numbers() -> None:
    titles = [
        one.checks[0].check.title for one in (rising(), complementing(), shifted(), repeated(), symmetric())
    ]
    assert titles == [
        "Larger inputs never give smaller outputs",
        "f(z) + f(−z) is 1",
        "Adding 5 to every input changes nothing",
        "Applying it twice is the same as applying it once",
        "The output is a symmetric matrix",
    ]


@pytest.mark.parametrize(("ndim", "shape"), [(None, (41,)), (1, (41,)), (2, (1, 41)), (3, (1, 1, 41))])
def test_the_ramp_has_the_dimensions_of_the_input(ndim: int | None, shape: tuple[int, ...]) -> None:
    one = rising(ndim)
    (ramp,) = (case for case in one.cases if case.name == "evenly spaced inputs")
    assert ramp.args[0].shape == shape
    assert (ramp.args[0].min(), ramp.args[0].max()) == (-2.0, 2.0)


def test_only_finite_inputs_have_a_partner() -> None:
    assert [case.name for case in complementing().cases] == ["pair", "strange", "pair, negated"]


def test_other_layouts_have_no_partner() -> None:
    names = [case.name for case in task(softmax, checks.shift_invariant(2.5), inputs=arrays("k")).cases]
    assert [name for name in names if name.endswith("plus 2.5")] == [
        "different sizes plus 2.5",
        "equal sizes plus 2.5",
        "one row plus 2.5",
    ]


def test_further_arguments_stay_as_they_are() -> None:
    inputs = cases(one=call(np.array([1.0]), 3.0))
    one = task(lambda z, k: k * z, checks.complements(0), inputs=inputs)
    assert one.cases[1].args == (np.array([-1.0]), 3.0)
    assert told(one, lambda z, k: k * z) == PASSED


def test_a_call_without_a_partner_that_returned_is_not_judged() -> None:
    def half(z: Any) -> Any:
        if z[0] < 0:
            raise ValueError("negative")
        return sigmoid(z)

    assert told(complementing(), half) == ("failed", "ValueError: negative.")


def test_whole_number_answers_are_compared_exactly() -> None:
    one = task(lambda z: (z > 0).astype(int), checks.idempotent(), inputs=VECTOR)
    assert told(one, lambda z: (z > 0).astype(int)) == PASSED
    message = "Applied to its own output, the function changed it."
    assert told(one, lambda z: (z > 1).astype(int)) == ("failed", message)


def test_equal_infinities_do_not_fall() -> None:
    assert told(rising(), lambda z: z * 0 + np.inf) == PASSED


def test_a_square_that_is_no_norm_is_told_with_both_values() -> None:
    assert told(scaled(), lambda z: np.sum(np.square(z))) == (
        "failed",
        "f(x) is 5, f(−2 x) is 20; expected 10.",
    )


def test_a_norm_that_is_barely_none_is_told_with_digits_that_show_it() -> None:
    assert told(scaled(), lambda z: norm(z) + 1e-6) == (
        "failed",
        "f(x) is 2.236069, f(−2 x) is 4.472137; expected 4.472138.",
    )


def test_nan_in_place_of_numbers_has_no_property() -> None:
    lost = "2 of 2 values are nan; expected numbers."
    inputs = cases(pair=np.array([1.0, 2.0]))
    for check in (checks.complements(0), checks.shift_invariant(2.5)):
        one = task(lambda z: np.zeros_like(z), check, inputs=inputs)
        assert told(one, lambda z: np.full_like(z, np.nan)) == ("failed", lost)
