"""Gradient descent on a function: walk downhill from a starting point."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader import Exercise, call, checks, drawn, given


def minimize(f_grad: Callable, x0: ArrayLike, lr: float, iterations: int) -> NDArray[np.floating]:
    """Return where plain gradient descent arrives.

    Args:
        f_grad: gradient of the function to minimize: f_grad(x) has the shape of x.
        x0: starting point, one number or an array of shape (n,); integers too; it is not changed.
        lr: learning rate.
        iterations: number of steps, each x <- x - lr * f_grad(x); 0 steps give the starting point.

    Returns:
        The last x, in the shape of `x0`.

    >>> float(minimize(lambda x: 2 * x, 8.0, 0.25, 3))
    1.0
    """
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - lr * f_grad(x)
    return x


def _draw(rng):
    name = str(rng.choice(["bowl_slope", "shifted_bowl_slope", "flat_bowl_slope", "long_valley_slope"]))
    size = 2 if name == "long_valley_slope" else rng.integers(1, 4)
    x0 = np.round(rng.uniform(-1.5, 1.5, size=size), 2)
    return call(given(name), x0, float(np.round(rng.uniform(0.01, 0.1), 3)), int(rng.integers(2, 20)))


def _exact(m, f_grad, x0, lr, iterations):
    """Return the closed form where the slope is linear: each step shrinks the distance by one factor."""
    lowest = 3 if f_grad.name == "shifted_bowl_slope" else 0
    steepness = np.array([1, 10]) if f_grad.name == "long_valley_slope" else 2
    if f_grad.name != "flat_bowl_slope":
        return lowest + (x0 - lowest) * (1 - lr * steepness) ** iterations
    x = m.mpf(x0)
    for _ in range(iterations):
        x = x * (1 - 4 * lr * x**2)
    return x


exercise = Exercise(
    minimize,
    tags=("gradient descent", "loops", "callables"),
    difficulty="easy",
    minutes=10,
    after=("gradient_step",),
    inputs=drawn(_draw).also(
        one_number=call(given("shifted_bowl_slope"), 8.0, 0.25, 5),
        integer_start=call(given("bowl_slope"), 3, 0.1, 4),
        integer_array=call(given("long_valley_slope"), np.array([4, -2]), 0.05, 6),
        one_step=call(given("flat_bowl_slope"), np.array([1.0, -0.5]), 0.1, 1),
        no_steps=call(given("bowl_slope"), np.array([1.5, -2.0]), 0.1, 0),
    ),
    checks=(
        checks.matches_shape().named("The output has the shape of x0"),
        checks.does_not_mutate().worth(2),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Do three steps on paper for f(x) = x^2, whose gradient is 2x, from x = 8 with lr = 0.25.",
        "Each step asks for the gradient where x is now, not where it began.",
        "x = x - … makes a new x and leaves x0 alone; x -= … on an array does not.",
    ),
    step_count="iterations",
    formula=r"x_{k+1} = x_k - \eta\, \nabla f(x_k)",
    scale=4.0,
    condition=lambda f_grad, x0, lr, iterations: 4 * iterations,
    oracle=_exact,
    equivalents={
        "x = np.array(x0)": "The first step makes floats.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def uphill(f_grad, x0, lr, iterations):
    """The steps go uphill: the gradient points to larger values. Subtract it."""
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x + lr * f_grad(x)
    return x


@exercise.mistake(caught_by=checks.matches_reference)
def gradient_at_the_start(f_grad, x0, lr, iterations):
    """Every step used the gradient at x0. Ask for it again where x is now."""
    x = start = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - lr * f_grad(start)
    return x


@exercise.mistake(caught_by=checks.matches_reference)
def one_step_too_many(f_grad, x0, lr, iterations):
    """There may be one step too many: with 0 iterations x0 itself is the answer."""
    x = np.array(x0, dtype=float)
    for _ in range(iterations + 1):
        x = x - lr * f_grad(x)
    return x


@exercise.mistake(caught_by=checks.matches_reference)
def one_step_too_few(f_grad, x0, lr, iterations):
    """The first step may be missing: range(iterations) runs that often."""
    x = np.array(x0, dtype=float)
    for _ in range(1, iterations):
        x = x - lr * f_grad(x)
    return x


@exercise.mistake(caught_by=checks.matches_reference)
def returned_inside_the_loop(f_grad, x0, lr, iterations):
    """One step is all: the return may stand inside the loop. Move it out to the left."""
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        return x - lr * f_grad(x)
    return x


@exercise.mistake(caught_by=checks.matches_reference)
def numbers_have_no_copy(f_grad, x0, lr, iterations):
    """A single number has no methods such as copy. np.array(x0, dtype=float) works for both."""
    x = x0.copy() * 1.0
    for _ in range(iterations):
        x -= lr * f_grad(x)
    return x


@exercise.mistake(caught_by=checks.matches_shape)
def whole_path(f_grad, x0, lr, iterations):
    """All points of the walk came back. Return the last one."""
    path = [np.array(x0, dtype=float)]
    for _ in range(iterations):
        path.append(path[-1] - lr * f_grad(path[-1]))
    return path


@exercise.mistake(caught_by=checks.does_not_mutate)
def start_changed(f_grad, x0, lr, iterations):
    """The caller's x0 was moved, as by `x -= …`, which integers refuse. Write x = x - …: a new one."""
    x = x0
    for _ in range(iterations):
        x -= lr * f_grad(x)
    return x


@exercise.mistake(caught_by=checks.does_not_mutate)
def start_changed_by_another_name(f_grad, x0, lr, iterations):
    """np.asarray makes no copy: `x -= …` moves x0 too, and integers refuse it. Write x = x - …"""
    x = np.asarray(x0)
    for _ in range(iterations):
        x -= lr * f_grad(x)
    return x
