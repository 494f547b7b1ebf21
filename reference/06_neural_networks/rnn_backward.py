"""Recurrent layer backwards: gradients that travel through time."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def rnn_backward(
    dH: NDArray[np.floating],
    X: NDArray[np.floating],
    H: NDArray[np.floating],
    h0: NDArray[np.floating],
    Wx: NDArray[np.floating],
    Wh: NDArray[np.floating],
) -> tuple[NDArray[np.floating], ...]:
    """Return the gradients of a loss with respect to the inputs, weights and bias of a recurrent layer.

    The layer is h_t = tanh(x_t Wx + h_(t-1) Wh + b). The loss depends on every state, and each state on all
    states before it.

    Args:
        dH: gradient of the loss with respect to each state as the layer's output, shape (T, k). It
            does not hold what reaches a state through later states.
        X: the sequence, shape (T, d), T at least 1.
        H: the states after each step, shape (T, k), as rnn_forward returns them.
        h0: the state before the first step, shape (k,).
        Wx: weights of the input, shape (d, k).
        Wh: weights of the state, shape (k, k).

    Returns:
        A tuple (dX, dh0, dWx, dWh, db) in the shapes of X, h0, Wx, Wh and b, which is (k,).

    >>> one, zero = np.ones((1, 1)), np.zeros((1, 1))
    >>> dX, dh0, dWx, dWh, db = rnn_backward(one, one, zero, np.array([2.0]), 3 * one, one)
    >>> dX, dh0, dWx, dWh, db
    (array([[3.]]), array([1.]), array([[1.]]), array([[2.]]), array([1.]))
    """
    dX, dWx, dWh, db = np.zeros(X.shape), np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(h0.shape)
    later = np.zeros(h0.shape)
    for t in reversed(range(len(X))):
        before = H[t - 1] if t else h0
        dz = (dH[t] + later) * (1 - H[t] ** 2)
        dX[t] = Wx @ dz
        dWx += np.outer(X[t], dz)
        dWh += np.outer(before, dz)
        db += dz
        later = Wh @ dz
    return dX, later, dWx, dWh, db


def _states(X, h0, Wx, Wh, b):
    states = [h0]
    for x in X:
        states.append(np.tanh(x @ Wx + states[-1] @ Wh + b))
    return np.array(states[1:])


def _loss(dH, X, H, h0, Wx, Wh):
    return np.sum(dH * _states(X, h0, Wx, Wh, 0.0))


def _draw(rng, *, T=0, d=0, k=0, bias=0.0):
    T, d, k = T or int(rng.integers(2, 5)), d or int(rng.integers(1, 4)), k or int(rng.integers(2, 4))
    dH, X, h0, Wx, Wh = (
        np.round(rng.uniform(-1, 1, size=shape), 2) for shape in ((T, k), (T, d), (k,), (d, k), (k, k))
    )
    return call(dH, X, _states(X, h0, Wx, Wh, bias), h0, Wx, Wh)


def _exact(m, dH, X, H, h0, Wx, Wh):
    """Return the sum over the states of the loss, each with its own way back to the start."""
    states = np.vstack([h0, H])
    dX, dh0, dWx, dWh, db = (np.zeros(np.shape(v), dtype=object) for v in (X, h0, Wx, Wh, h0))
    for last in range(len(X)):
        dh = dH[last]
        for t in range(last, -1, -1):
            dz = dh * (1 - m.mpf(H[t]) ** 2)
            dX[t] += Wx @ dz
            dWx, dWh, db = dWx + np.outer(X[t], dz), dWh + np.outer(states[t], dz), db + dz
            dh = Wh @ dz
        dh0 = dh0 + dh
    return dX, dh0, dWx, dWh, db


# The cases that finite differences read have bias 0: the backward pass is never told the bias.
exercise = Exercise(
    rnn_backward,
    tags=("recurrent", "backward", "derivative"),
    difficulty="hard",
    minutes=30,
    after=("rnn_forward",),
    inputs=drawn(_draw)
    .also(
        one_step=_draw(np.random.default_rng(1), T=1),
        all_sizes_three=_draw(np.random.default_rng(2), T=3, d=3, k=3),
    )
    .only(with_a_bias=_draw(np.random.default_rng(4), T=3, d=2, k=2, bias=np.array([0.5, -0.75]))),
    checks=(
        checks.matches_shape().named("Returns gradients in the shapes of X, h0, Wx, Wh and b"),
        checks.gradient_matches(_loss, wrt=("X", "h0", "Wx", "Wh")).worth(3),
        checks.items_match(4).worth(2).named("db is right"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("with a bias").named("Right for a layer with a bias"),
    ),
    hints=(
        "Begin at the last step: only dH reaches its state. Then go one step back in time.",
        "The state before gets two gradients: its own dH, and dz @ Wh.T from the step after it.",
        "The slope of tanh is 1 - h^2, and h stands in H already.",
        "dWx, dWh and db are used in every step, so their shares add up.",
    ),
    formula=r"dz_t = (dh_t + dz_{t+1} W_h^T) \odot (1 - h_t^2), \quad dW_h = \sum_t h_{t-1}^T dz_t",
    condition=lambda dH, X, H, h0, Wx, Wh: 500.0 * (1 + len(X)) ** 2,
    oracle=_exact,
)


def _back(dH, X, H, h0, Wx, Wh, *, through=True, slope=None, before=None, Whb=None, first=None, add=1):
    dX, dWx, dWh, db = np.zeros(X.shape), np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(h0.shape)
    later = np.zeros(h0.shape)
    slopes = 1 - H**2 if slope is None else slope
    previous = np.vstack([h0 if first is None else first, H[:-1]]) if before is None else before
    for t in reversed(range(len(X))):
        dz = (dH[t] + through * later) * slopes[t]
        dX[t] = Wx @ dz
        dWx, dWh, db = (
            add * old + new
            for old, new in ((dWx, np.outer(X[t], dz)), (dWh, np.outer(previous[t], dz)), (db, dz))
        )
        later = (Wh if Whb is None else Whb) @ dz
    return dX, later, dWx, dWh, db


@exercise.mistake(caught_by=checks.gradient_matches)
def not_through_time(*args):
    """No gradient travels back in time: a state also counts through all states after it. Add dz @ Wh.T."""
    return _back(*args, through=False)


@exercise.mistake(caught_by=checks.gradient_matches)
def slope_forgotten(dH, X, H, h0, Wx, Wh):
    """The slope of tanh is missing: multiply by 1 - h^2."""
    return _back(dH, X, H, h0, Wx, Wh, slope=np.ones(H.shape))


@exercise.mistake(caught_by=checks.gradient_matches)
def slope_of_the_state(dH, X, H, h0, Wx, Wh):
    """The tanh was taken a second time. H holds its values already: the slope is 1 - H^2."""
    return _back(dH, X, H, h0, Wx, Wh, slope=1 - np.tanh(H) ** 2)


@exercise.mistake(caught_by=checks.gradient_matches)
def sigmoid_slope(dH, X, H, h0, Wx, Wh):
    """h (1 - h) is the slope of a sigmoid. That of tanh is 1 - h^2."""
    return _back(dH, X, H, h0, Wx, Wh, slope=H * (1 - H))


@exercise.mistake(caught_by=checks.gradient_matches)
def state_of_the_same_step(dH, X, H, h0, Wx, Wh):
    """Wh was multiplied by the state before, not by h_t itself: use H[t - 1], and h0 in the first step."""
    return _back(dH, X, H, h0, Wx, Wh, before=H)


@exercise.mistake(caught_by=checks.gradient_matches)
def last_row_for_h0(dH, X, H, h0, Wx, Wh):
    """In the first step the last row of H stands for the state before, as H[t - 1] is H[-1] there. Use h0."""
    return _back(dH, X, H, h0, Wx, Wh, first=H[-1])


@exercise.mistake(caught_by=checks.gradient_matches)
def h0_taken_for_zero(dH, X, H, h0, Wx, Wh):
    """In the first step the state before is h0, not 0."""
    return _back(dH, X, H, h0, Wx, Wh, first=0 * h0)


@exercise.mistake(caught_by=checks.gradient_matches)
def state_weights_transposed(dH, X, H, h0, Wx, Wh):
    """The way back may use Wh as the way forward does. It needs dz @ Wh.T (for a vector: Wh @ dz)."""
    return _back(dH, X, H, h0, Wx, Wh, Whb=Wh.T)


@exercise.mistake(caught_by=checks.items_match)
def last_share_kept(*args):
    """The weights' gradients were overwritten in each step. The same weights act in every step: add up."""
    return _back(*args, add=0)


@exercise.mistake(caught_by=checks.matches_reference)
def averaged_over_time(*args):
    """The weights' gradients were divided by the number of steps. They are sums over the steps."""
    dX, dh0, dWx, dWh, db = rnn_backward(*args)
    return dX, dh0, dWx / len(dX), dWh / len(dX), db / len(dX)


@exercise.mistake(caught_by=checks.matches_reference)
def gradient_of_the_output_added(dH, *args):
    """dh0 got the first row of dH too. h0 is no output of the layer: only dz @ Wh.T reaches it."""
    dX, dh0, dWx, dWh, db = rnn_backward(dH, *args)
    return dX, dh0 + dH[0], dWx, dWh, db


@exercise.mistake(caught_by=checks.gradient_matches)
def slope_without_square(dH, X, H, h0, Wx, Wh):
    """The slope may be 1 - h. That of tanh is 1 - h^2."""
    return _back(dH, X, H, h0, Wx, Wh, slope=1 - H)
