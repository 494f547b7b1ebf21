"""Numerical gradient: measure slopes instead of deriving them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, given


def numerical_gradient(
    X: NDArray[np.floating],
    y: NDArray[np.floating],
    params: dict[str, NDArray[np.floating]],
    loss_fn: Callable,
    forward_fn: Callable,
    h: float = 1e-4,
) -> dict[str, NDArray[np.floating]]:
    """Return the gradient of the loss with respect to every parameter, by central differences.

    Args:
        X: inputs, handed on to `forward_fn`.
        y: targets, handed on to `loss_fn`.
        params: arrays of any shape by name. You may move their numbers during the call, but they must not be
            changed after it, not even in the last bit.
        loss_fn: called as loss_fn(predictions, y), returns one number.
        forward_fn: called as forward_fn(X, params), returns the predictions.
        h: step in each direction.

    Returns:
        A dict with the names of `params`; each array has the shape of its parameter and holds, for each
        entry p, (loss at p + h minus loss at p - h) / (2h). An error of 1e-6 is allowed.

    >>> loss = lambda predictions, y: predictions - y
    >>> forward = lambda X, params: float(params["w"][0] ** 2)
    >>> numerical_gradient(None, 0.0, {"w": np.array([3.0])}, loss, forward)["w"].round(4)
    array([6.])
    """
    gradients = {}
    for name, value in params.items():
        gradients[name] = np.zeros(value.shape)
        for at in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[at] = h
            up, down = ({**params, name: value + s} for s in (step, -step))
            rise = loss_fn(forward_fn(X, up), y) - loss_fn(forward_fn(X, down), y)
            gradients[name][at] = rise / (2 * h)
    return gradients


def _draw(rng, *, k=0, loss="squared_error", forward="linear", **options):
    n, d, k = rng.integers(1, 5), rng.integers(1, 4), k or rng.integers(2, 4)
    X, y, W, b = (np.round(rng.uniform(-2, 2, size=s), 2) for s in ((n, d), (n, k), (d, k), (k,)))
    return call(X, y, {"W": W, "b": b}, given(loss), given(forward), **options)


def _exact(m, X, y, params, loss_fn, forward_fn, h=0):
    """Return the derivatives, for the cubic loss with the h squared by which its differences are off."""
    Z = X @ m.mpf(params["W"]) + params["b"]
    if loss_fn.name == "cubic_error":
        slope, bend = 3 * (Z - y) ** 2 / Z.size, h**2 * np.ones(Z.shape) / Z.size
        return {"W": X.T @ slope + (X**3).T @ bend, "b": (slope + bend).sum(axis=0)}
    slope = (m.atan(Z) - y) / (1 + Z**2) if forward_fn.name == "bent" else Z - y
    slope = slope / Z.size
    return {"W": X.T @ slope, "b": slope.sum(axis=0)}


exercise = Exercise(
    numerical_gradient,
    tags=("derivative", "loops", "callables"),
    difficulty="medium",
    minutes=20,
    after=("mse_loss",),
    inputs=drawn(_draw).also(
        one_column=_draw(np.random.default_rng(1), k=1),
        bent_predictions=_draw(np.random.default_rng(2), forward="bent"),
        wider_step=_draw(np.random.default_rng(3), loss="cubic_error", h=0.5),
    ),
    checks=(
        checks.matches_shape().named("Returns a dict with an array for every parameter"),
        checks.does_not_mutate().worth(2).named("Leaves the parameters as they were, to the last bit"),
        checks.matches_reference().worth(5),
    ),
    hints=(
        "Move one single number of one parameter up by h, and ask for the loss. Then down.",
        "np.ndindex(value.shape) walks through the indices of an array of any shape.",
        "Keep the old number in a variable and put it back; adding and subtracting h leaves a trace.",
    ),
    formula=r"\frac{\partial L}{\partial p} \approx \frac{L(p + h) - L(p - h)}{2h}",
    slack=1e-6,
    oracle=_exact,
)


def _measured(X, y, params, loss_fn, forward_fn, h=1e-4, *, rule):
    """Return what `rule` makes of the loss as a function of one step at one entry."""
    gradients = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, value in params.items():
        for at in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[at] = 1

            def loss(by, name=name, step=step):
                return loss_fn(forward_fn(X, {**params, name: params[name] + by * step}), y)

            gradients[name][at] = rule(loss, h)
    return gradients


@exercise.mistake(caught_by=checks.matches_reference)
def one_sided(*args, **options):
    """One step up alone has an error that grows with h. Step both ways and divide by 2h."""
    return _measured(*args, **options, rule=lambda f, h: (f(h) - f(0)) / h)


@exercise.mistake(caught_by=checks.matches_reference)
def divided_by_h(*args, **options):
    """The gradient is twice too large: from p - h to p + h it is 2h."""
    return _measured(*args, **options, rule=lambda f, h: (f(h) - f(-h)) / h)


@exercise.mistake(caught_by=checks.matches_reference)
def parentheses_forgotten(*args, **options):
    """/ 2 * h divides by 2 and multiplies by h. Write / (2 * h)."""
    return _measured(*args, **options, rule=lambda f, h: (f(h) - f(-h)) / 2 * h)


@exercise.mistake(caught_by=checks.matches_reference)
def all_entries_at_once(X, y, params, loss_fn, forward_fn, h=1e-4):
    """All entries of a parameter moved at once, so each place holds the sum of the slopes. Move one."""
    gradients = {}
    for name, value in params.items():
        up, down = (loss_fn(forward_fn(X, {**params, name: value + by}), y) for by in (h, -h))
        gradients[name] = np.full(value.shape, (up - down) / (2 * h))
    return gradients


@exercise.mistake(caught_by=checks.matches_reference)
def sign_turned(*args, **options):
    """The loss below was taken first. It is the loss at p + h minus the one at p - h."""
    return _measured(*args, **options, rule=lambda f, h: (f(-h) - f(h)) / (2 * h))


@exercise.mistake(caught_by=checks.matches_reference)
def fixed_step(*args, h=1e-4):
    """The step is always 1e-4, whatever h is passed. Use the parameter."""
    return numerical_gradient(*args)


@exercise.mistake(caught_by=checks.matches_reference)
def targets_first(X, y, params, loss_fn, *rest, **options):
    """The loss was called with targets first. Predictions come first, then targets."""
    return numerical_gradient(X, y, params, lambda p, t: loss_fn(t, p), *rest, **options)


@exercise.mistake(caught_by=checks.matches_shape)
def list_for_dict(*args, **options):
    """The gradients came back without their names. Return a dict with the names of params."""
    return list(numerical_gradient(*args, **options).values())


def _in_place(X, y, params, loss_fn, forward_fn, h=1e-4, *, places=np.ndindex, back=True):
    gradients = {}
    for name, value in params.items():
        gradients[name] = np.zeros(value.shape)
        for at in places(value.shape):
            value[at] += h
            up = loss_fn(forward_fn(X, params), y)
            value[at] -= 2 * h
            gradients[name][at] = (up - loss_fn(forward_fn(X, params), y)) / (2 * h)
            value[at] += h if back else 0
    return gradients


@exercise.mistake(caught_by=checks.does_not_mutate)
def not_put_back(*args, **options):
    """The parameters were left moved, so every later slope is measured elsewhere. Put the old number back."""
    return _in_place(*args, **options, back=False)


@exercise.mistake(caught_by=checks.does_not_mutate)
def put_back_by_adding(*args, **options):
    """The parameters are not what they were: p + h - 2h + h rounds. Keep the old number; put it back."""
    return _in_place(*args, **options)


@exercise.mistake(caught_by=checks.matches_reference)
def whole_rows(*args, **options):
    """All entries of a row moved at once, as in value[i] of a matrix. Move one entry: np.ndindex."""
    return _in_place(*args, **options, places=lambda shape: range(shape[0]))
