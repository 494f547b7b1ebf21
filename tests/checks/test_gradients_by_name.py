"""Gradients of one array, of several, of dictionaries: right ones pass, wrong ones are told by name."""

from __future__ import annotations

import numpy as np
import pytest
from support.in_process import statuses, task_of, verdicts

from grader import Exercise, arrays, call, checks, drawn, together
from grader.course.recorded import entry, recording


def linear_gradients(X, y, W, b):
    error = X @ W + b - y
    return X.T @ error / len(X), error.mean()


def loss(X, y, W, b):
    return 0.5 * np.mean((X @ W + b - y) ** 2)


LINEAR = together(arrays("n k"), arrays("n"), arrays("k"), arrays("1"))


@pytest.fixture(scope="module")
def tuple_task():
    def solution(X, y, W, b):
        dW, db = linear_gradients(X, y, W, b)
        return dW, np.array([db])

    return task_of(Exercise(solution, LINEAR, (checks.gradient_matches(loss, wrt=("W", "b")),)))


def test_a_tuple_of_gradients_is_judged_part_by_part(tuple_task) -> None:
    right = lambda X, y, W, b: (X.T @ (X @ W + b - y) / len(y), np.atleast_1d((X @ W + b - y).mean()))  # noqa: E731  # a student's one-liner
    assert statuses(tuple_task, right) == ["passed"]

    def not_averaged(X, y, W, b):
        dW, db = right(X, y, W, b)
        return dW, db * len(y)

    (result,) = verdicts(tuple_task, not_averaged)
    assert result.status == "failed"
    assert result.message.startswith(
        "1 of 1 value of the gradient for b differs from the slope that finite differences measure: "
    )


def test_a_dictionary_of_gradients_may_have_its_keys_in_any_order() -> None:
    def solution(X, y, W, b):
        dW, db = linear_gradients(X, y, W, b)
        return {"dW": dW, "db": np.array([db])}

    task = task_of(
        Exercise(
            solution,
            LINEAR,
            (checks.gradient_matches(loss, wrt={"dW": "W", "db": "b"}), checks.matches_reference()),
        )
    )
    turned = lambda *args: dict(reversed(solution(*args).items()))  # noqa: E731  # a student's one-liner
    assert statuses(task, turned) == ["passed", "passed"]
    swapped = lambda X, y, W, b: solution(X, y, W, b) | {"dW": -solution(X, y, W, b)["dW"]}  # noqa: E731  # see above
    assert [r.status for r in verdicts(task, swapped)] == ["failed", "failed"]
    assert "of the gradient for W differ" in verdicts(task, swapped)[0].message


def test_the_gradient_for_a_dictionary_of_parameters_has_its_keys() -> None:
    def network_gradient(X, params):
        hidden = np.maximum(0, X @ params["W1"])
        back = np.ones((len(X), 1)) @ params["W2"].T * (hidden > 0)
        return {"W1": X.T @ back, "W2": hidden.T @ np.ones((len(X), 1))}

    def summed(X, params):
        return np.sum(np.maximum(0, X @ params["W1"]) @ params["W2"])

    def draw(rng):
        return call(rng.normal(size=(4, 3)), {"W1": rng.normal(size=(3, 2)), "W2": rng.normal(size=(2, 1))})

    task = task_of(Exercise(network_gradient, drawn(draw), (checks.gradient_matches(summed, wrt="params"),)))
    assert statuses(task, network_gradient) == ["passed"]

    def no_mask(X, params):
        right = network_gradient(X, params)
        return right | {"W1": X.T @ (np.ones((len(X), 1)) @ params["W2"].T)}

    (result,) = verdicts(task, no_mask)
    assert result.status == "failed"
    assert "of the gradient for params.W1 differ" in result.message


def test_a_vector_jacobian_product_off_and_on_the_kink() -> None:
    def relu_backward(dout, Z):
        return np.where(Z > 0, dout, 0.0)

    inputs = together(arrays("n k"), arrays("n k")).also(kink=call(np.ones((1, 2)), np.array([[0.0, 2.0]])))
    product = checks.gradient_matches(lambda dout, Z: np.sum(dout * np.maximum(0, Z)), wrt="Z")
    task = task_of(Exercise(relu_backward, inputs, (product,)))
    assert "kink, moved off kinks" in [c.name for c in task.cases]
    assert statuses(task, relu_backward) == ["passed"]
    # Any subgradient is right at the kink; the task's own convention is matches_reference's to ask for.
    assert statuses(task, lambda dout, Z: np.where(Z >= 0, dout, 0.0)) == ["passed"]
    assert statuses(task, lambda dout, Z: np.where(dout > 0, dout, 0.0)) == ["failed"]
    assert statuses(task, lambda dout, Z: dout * (Z > 0) * (1 + 3e-6)) == ["failed"]


def test_a_derivative_at_a_kink_accepts_every_subgradient_and_nothing_else() -> None:
    def slope(x):
        return np.where(x > 0, 1.0, 0.0)

    check = checks.derivative_matches(lambda x: np.maximum(0, x), kinks=(0.0,))
    task = task_of(Exercise(slope, arrays(), (check,)))
    assert statuses(task, slope) == ["passed"]
    assert statuses(task, lambda x: np.where(x >= 0, 1.0, 0.0)) == ["passed"]
    assert statuses(task, lambda x: np.where(x > 0, 1.0, np.where(x == 0, 0.5, 0.0))) == ["passed"]
    assert statuses(task, lambda x: np.where(x > 0, 1.0, np.where(x == 0, 1.1, 0.0))) == ["failed"]
    assert statuses(task, np.sign) == ["failed"]


def test_an_undecided_point_is_left_to_the_exact_derivative() -> None:
    def slope(x):
        return 1 / np.cosh(x) ** 2

    inputs = arrays("n", low=30, high=40)
    task = task_of(Exercise(slope, inputs, (checks.derivative_matches(np.tanh),)))
    assert statuses(task, lambda x: 1 - np.tanh(x) ** 2) == ["passed"]
    assert statuses(task, lambda x: np.where(x > 25, 0.0, slope(x))) == ["passed"]
    assert statuses(task, lambda x: np.where(x > 25, 1e-3, slope(x))) == ["failed"]
    # A case that was moved to where the slope can be measured tells these apart.
    assert statuses(task, lambda x: 1 - np.tanh(x)) == ["failed"]


def test_the_loss_stays_out_of_the_bundle_and_its_slopes_are_recorded(tuple_task) -> None:
    (check,) = entry(tuple_task)["checks"]
    assert check["options"] == {"wrt": ["W", "b"]}
    (recorded,) = recording(tuple_task, {})["checks"].values()
    first = recorded["facts"]["one row"]
    assert [(one["path"], one["name"]) for one in first] == [([0], "W"), ([1], "b")]
