"""A loss is taken as a function of each argument that an answer has a gradient for, and of nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from support.in_process import task_of

from grader import Exercise, arrays, checks, generator, given, together
from grader.cases.case import Case
from grader.checks.slopes import (
    Problem,
    WhenAsked,
    as_floats,
    is_plain,
    of_argument,
    problem,
    targets,
    with_argument,
)
from grader.errors import AuthorError
from grader.numerics.differences import Measured

X = np.array([[1.0, 2.0], [3.0, 4.0]])
W, B = np.array([0.5, -1.0]), np.array([0.25])
CASE = Case("one", (X, {"W": W, "layers": [B]}), {"rate": 2.0})


def loss(X, params, rate=1.0):
    return rate * np.sum((X @ params["W"] + params["layers"][0]) ** 2)


@pytest.mark.parametrize(
    ("wrt", "found"),
    [
        ("X", [((), ("X",), "X")]),
        ("params.W", [((), ("params", "W"), "params.W")]),
        (("X", "params.layers.0"), [((0,), ("X",), "X"), ((1,), ("params", "layers", 0), "params.layers.0")]),
        ({"dX": "X"}, [(("dX",), ("X",), "X")]),
        (
            "params",
            [
                (("W",), ("params", "W"), "params.W"),
                (("layers", 0), ("params", "layers", 0), "params.layers.0"),
            ],
        ),
    ],
)
def test_each_array_of_the_answer_has_its_argument_and_its_name(wrt, found) -> None:
    assert list(targets(CASE, loss, wrt)) == found


def test_the_measured_slopes_are_those_of_the_gradient() -> None:
    error = X @ W + B
    measured = [one.measured() for one in of_argument(CASE, loss, ("params.W", "params.layers.0"))]
    assert [(one.path, one.name) for one in measured] == [((0,), "params.W"), ((1,), "params.layers.0")]
    assert measured[0].slope.value == pytest.approx(4 * X.T @ error)
    assert measured[1].slope.value == pytest.approx([4 * error.sum()])


def test_measuring_leaves_the_case_as_it_is() -> None:
    function, point = problem(CASE, loss, ("params", "W"))
    assert (point.tolist(), function(np.zeros(2))) == ([0.5, -1.0], 2 * 2 * 0.25**2)
    assert (CASE.args[1], W.tolist()) == ({"W": W, "layers": [B]}, [0.5, -1.0])


@pytest.mark.parametrize(("place", "slope"), [(0, 2.0), (1, 0.0), (2, 0.0), (3, 6.0)])
def test_an_entry_of_a_jacobian_is_followed_along_its_own_input(place: int, slope: float) -> None:
    moved = Problem(np.square, np.array([1.0, 3.0])).along(place)
    assert (moved(1e-6) - moved(-1e-6)) / 2e-6 == pytest.approx(slope, abs=1e-6)


def test_another_value_takes_the_place_of_one_argument_alone() -> None:
    moved = with_argument(CASE, loss, ("params", "layers", 0), np.array([9.0]))
    assert (moved.args[0] is X, moved.args[1]) == (True, {"W": W, "layers": [np.array([9.0])]})
    assert with_argument(CASE, loss, ("rate",), np.asarray(7.0)).kwargs == {"rate": 7.0}


def test_names_of_givens_and_generators_cannot_be_moved() -> None:
    cases = [CASE, Case("f", (X, {"f": given("twice")})), Case("g", (X,), {"rng": generator(3)})]
    assert [is_plain(case) for case in (*cases, Case("h", (X,), layout="F"))] == [True, False, False, False]


def test_differences_are_taken_in_float64_whatever_the_exercise_computes_in() -> None:
    narrow, whole, nested = as_floats((np.float32([0.1]), np.array([1]), [np.float16([0.5])]))
    assert (narrow.dtype, whole.dtype, nested[0].dtype) == ("float64", "int64", "float64")


def test_slopes_are_measured_when_they_are_asked_for_and_once() -> None:
    asked: list[str] = []

    def measure(name: str) -> tuple[Measured, ...]:
        asked.append(name)
        return ()

    found = WhenAsked({name: lambda name=name: measure(name) for name in ("a", "b")})
    assert (list(found), len(found), asked) == (["a", "b"], 2, [])
    assert (found["b"], found["b"], asked) == ((), (), ["b"])


LINEAR = together(arrays("n k"), arrays("n"), arrays("k"), arrays("1"))


def linear_gradients(X, y, W, b):
    error = X @ W + b - y
    return X.T @ error / len(X), error.mean()


def linear_loss(X, y, W, b):
    return 0.5 * np.mean((X @ W + b - y) ** 2)


def test_a_parameter_that_is_not_there_is_the_authors_error() -> None:
    exercise = Exercise(linear_gradients, LINEAR, (checks.gradient_matches(linear_loss, wrt="V"),))
    with pytest.raises(AuthorError, match=r"^checks\.gradient_matches: no argument of the loss is called V$"):
        task_of(exercise)
    exercise = Exercise(linear_gradients, LINEAR, (checks.gradient_matches(lambda X: 0.0, wrt="X"),))
    with pytest.raises(AuthorError, match="the loss cannot take the arguments: too many positional"):
        task_of(exercise)
