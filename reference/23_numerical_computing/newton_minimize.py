"""Newton's method: jump to where the parabola that fits is level."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, given


def newton_minimize(
    grad: Callable, hess: Callable, x0: NDArray[np.floating], iterations: int
) -> NDArray[np.floating]:
    """Return the point that Newton's method reaches.

    Each step solves hess(x) p = grad(x) for p and moves x to x - p.

    Args:
        grad: grad(x) is the gradient at x, shape (n,).
        hess: hess(x) is the Hessian at x, a symmetric matrix of shape (n, n).
        x0: starting point, shape (n,); it is not changed.
        iterations: number of steps; 0 steps give the starting point.

    Returns:
        The last x, shape (n,).

    Raises:
        ValueError: a Hessian is singular; the LinAlgError of np.linalg is a ValueError.

    >>> newton_minimize(lambda x: 2 * (x - 3), lambda x: 2 * np.eye(1), np.array([10.0]), 1)
    array([3.])
    """
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - np.linalg.solve(hess(x), grad(x))
    return x


def _pair(name):
    return given(f"{name}_gradient"), given(f"{name}_hessian")


def _draw(rng):
    name = ("tilted_bowl", "curved_valley", "cosh_bowl")[rng.integers(3)]
    size = rng.integers(1, 4) if name == "cosh_bowl" else 2
    return call(*_pair(name), np.round(rng.uniform(-1.5, 1.5, size=size), 2), int(rng.integers(1, 4)))


def _exact(m, grad, hess, x0, iterations):
    """Return the steps without a system of equations: each function's own formula solves it."""
    x = m.mpf(x0)
    if grad.name == "tilted_bowl_gradient":
        return np.array([4, -7]) / m.mpf(5) if iterations else x
    for _ in range(iterations):
        if grad.name == "cosh_bowl_gradient":
            x = x - m.tanh(x - 1)
        else:  # of a parabola in x2 one step finds the bottom, which is at -x1 / 4
            left = x[0] - ((x[0] - 1) ** 3 + 15 * x[0] / 8) / (3 * (x[0] - 1) ** 2 + 15 / m.mpf(8))
            x = np.array([left, -left / 4])
    return x


_START = np.array([2.0, -1.0])
exercise = Exercise(
    newton_minimize,
    tags=("optimization", "matrix", "callables"),
    difficulty="medium",
    minutes=20,
    after=("minimize",),
    inputs=drawn(_draw)
    .also(
        bowl_in_one_step=call(*_pair("tilted_bowl"), _START, 1),
        two_steps=call(*_pair("curved_valley"), _START, 2),
        three_dimensions=call(*_pair("cosh_bowl"), np.array([0.0, 2.0, 0.5]), 2),
        three_steps=call(*_pair("curved_valley"), np.array([3.0, -2.0]), 3),
        no_steps=call(*_pair("curved_valley"), _START, 0),
    )
    .only(
        singular=call(*_pair("gutter"), _START, 1),
        singular_zeros=call(*_pair("plane"), _START, 2),
    ),
    checks=(
        checks.matches_shape().named("The output has the shape of x0"),
        checks.matches_reference().on("bowl in one step").named("One step finds the bottom of a bowl"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
        checks.raises("ValueError").on("singular*").named("Raises ValueError where the Hessian is singular"),
    ),
    hints=(
        "In one dimension the step is f'(x) / f''(x). What takes the place of the division?",
        "np.linalg.solve(H, g) gives p with H p = g, and raises for a singular H.",
        "Ask for gradient and Hessian again in every step, where x is now.",
    ),
    step_count="iterations",
    formula=r"x_{k+1} = x_k - H(x_k)^{-1} \nabla f(x_k)",
    scale=4.0,
    condition=lambda grad, hess, x0, iterations: 1000 * (1 + iterations),
    oracle=_exact,
    equivalents={
        "x = np.array(x0)": "The first step makes floats.",
    },
)


def _walk(grad, hess, x0, iterations, step):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - step(hess(x), grad(x))
    return x


@exercise.mistake(caught_by="matches_reference_one_step_finds_the_bottom_of_a_bowl")
def uphill(grad, hess, x0, iterations):
    """The step was added. Newton's step is subtracted."""
    return _walk(grad, hess, x0, iterations, lambda H, g: -np.linalg.solve(H, g))


@exercise.mistake(caught_by="matches_reference_one_step_finds_the_bottom_of_a_bowl")
def multiplied(grad, hess, x0, iterations):
    """The gradient was multiplied by the Hessian. It is divided by it: solve H p = g."""
    return _walk(grad, hess, x0, iterations, lambda H, g: np.linalg.solve(H, H @ H @ g))


@exercise.mistake(caught_by="matches_reference_one_step_finds_the_bottom_of_a_bowl")
def diagonal_alone(grad, hess, x0, iterations):
    """Only the diagonal of the Hessian was used. The other entries couple the variables: solve H p = g."""
    with np.errstate(divide="ignore"):
        return _walk(grad, hess, x0, iterations, lambda H, g: g / np.diag(H))


@exercise.mistake(caught_by="matches_reference_one_step_finds_the_bottom_of_a_bowl")
def plain_gradient(grad, hess, x0, iterations):
    """This is plain gradient descent with step 1: the Hessian is not used."""
    return _walk(grad, hess, x0, iterations, lambda H, g: np.linalg.solve(H, H @ g))


@exercise.mistake(caught_by="matches_reference_one_step_finds_the_bottom_of_a_bowl")
def divided_by_entries(grad, hess, x0, iterations):
    """The gradient may be divided by entries of H. Dividing by a matrix means to solve H p = g."""
    return _walk(grad, hess, x0, iterations, lambda H, g: g @ (1 / np.where(H == 0, np.linalg.inv(H), H)))


@exercise.mistake(caught_by=checks.matches_reference)
def hessian_of_the_start(grad, hess, x0, iterations):
    """The Hessian was asked for once, at x0. It changes with x: ask again in every step."""
    start = hess(np.array(x0, dtype=float))
    return _walk(grad, hess, x0, iterations, lambda H, g: np.linalg.solve(start, g))


@exercise.mistake(caught_by=checks.matches_reference)
def one_step_too_many(grad, hess, x0, iterations):
    """One step too many was made: 0 iterations give x0 itself, and range(iterations) runs that often."""
    return newton_minimize(grad, hess, x0, iterations + 1)


@exercise.mistake(caught_by=checks.matches_reference)
def one_step_alone(grad, hess, x0, iterations):
    """Only one step was made. Repeat it `iterations` times: only a bowl needs no more than one."""
    return newton_minimize(grad, hess, x0, min(iterations, 1))


@exercise.mistake(caught_by=checks.raises)
def pseudo_inverse(grad, hess, x0, iterations):
    """A singular Hessian passed unseen, as a pseudo-inverse lets it. Use np.linalg.solve, which raises."""
    return _walk(grad, hess, x0, iterations, lambda H, g: np.linalg.pinv(H) @ g)


@exercise.mistake(caught_by=checks.does_not_mutate)
def start_changed(grad, hess, x0, iterations):
    """The caller's starting point moved. Write x = x - p, which makes a new array; x -= p does not."""
    x = x0
    for _ in range(iterations):
        x -= np.linalg.solve(hess(x), grad(x))
    return x
