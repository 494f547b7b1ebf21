"""Recurrent layer forwards: a state that remembers."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def rnn_forward(
    X: NDArray[np.floating],
    h0: NDArray[np.floating],
    Wx: NDArray[np.floating],
    Wh: NDArray[np.floating],
    b: NDArray[np.floating],
) -> NDArray[np.floating]:
    """Return the states of a recurrent layer: h_t = tanh(x_t Wx + h_(t-1) Wh + b), one for each row of `X`.

    Args:
        X: a sequence, shape (T, d), one row a step; integers too; may be empty (T = 0).
        h0: the state before the first step, shape (k,).
        Wx: weights of the input, shape (d, k).
        Wh: weights of the state, shape (k, k).
        b: bias, shape (k,).

    Returns:
        H, shape (T, k): the states after each step, without h0.

    >>> H = rnn_forward(np.zeros((2, 1)), np.array([1.0]), np.ones((1, 1)), np.ones((1, 1)), np.zeros(1))
    >>> H.round(4)
    array([[0.7616],
           [0.642 ]])
    """
    H = np.zeros((len(X), len(h0)))
    h = h0
    for t, x in enumerate(X):
        h = np.tanh(x @ Wx + h @ Wh + b)
        H[t] = h
    return H


def _exact(m, X, h0, Wx, Wh, b):
    """Return tanh as (e^2z - 1) / (e^2z + 1), with z summed term by term."""
    h, states = h0, np.zeros((len(X), len(h0)), dtype=object)
    for t, x in enumerate(X):
        z = [sum(x * w) + sum(h * v) + c for w, v, c in zip(Wx.T, Wh.T, b, strict=True)]
        e = m.exp(2 * m.mpf(z))
        states[t] = h = (e - 1) / (e + 1)
    return states


_STEPS = "[!n]*"  # all but “nothing at all”, which is one point of its own
_W = np.array([[0.5, -1.0], [0.25, 0.75]])
exercise = Exercise(
    rnn_forward,
    tags=("recurrent", "loops"),
    difficulty="medium",
    minutes=15,
    after=("tanh", "matrix_multiply"),
    inputs=together(
        arrays("T d", low=-1, high=1),
        arrays("k", low=-1, high=1),
        arrays("d k", low=-1, high=1),
        arrays("k k", low=-1, high=1),
        arrays("k", low=-1, high=1),
    ).also(two_steps=call(np.eye(2), np.array([0.5, -0.5]), _W, _W.T, np.array([0.25, -0.125]))),
    checks=(
        checks.matches_shape().on(_STEPS).named("The output has shape (T, k)"),
        checks.within(-1, 1),
        checks.does_not_mutate(),
        checks.matches_reference().on(_STEPS).worth(4),
        checks.matches_reference().on("nothing at all").named("Right for a sequence of length 0"),
    ),
    hints=(
        "Do two steps on paper: the second one uses the state that the first one made.",
        "A loop over the rows of X; one variable holds the state and is replaced in every step.",
        "Make H with np.zeros((T, k)) before the loop: then T = 0 needs no case of its own.",
    ),
    formula=r"h_t = \tanh(x_t W_x + h_{t-1} W_h + b)",
    condition=lambda X, h0, Wx, Wh, b: 200.0 * (1 + len(X)) ** 2,
    oracle=_exact,
)


def _run(X, h0, step, *, keep=True):
    H = np.zeros((len(X), len(h0)))
    h = h0
    for t, x in enumerate(X):
        H[t] = step(x, h)
        h = H[t] if keep else h
    return H


@exercise.mistake(caught_by=checks.matches_reference)
def state_never_replaced(X, h0, Wx, Wh, b):
    """Every step used h0. Use the state that the step before made."""
    return _run(X, h0, lambda x, h: np.tanh(x @ Wx + h @ Wh + b), keep=False)


@exercise.mistake(caught_by=checks.matches_reference)
def starts_at_zero(X, h0, Wx, Wh, b):
    """The first step began at 0. It begins at h0."""
    return _run(X, 0 * h0, lambda x, h: np.tanh(x @ Wx + h @ Wh + b))


@exercise.mistake(caught_by=checks.matches_reference)
def no_memory(X, h0, Wx, Wh, b):
    """The state before is not used at all: h Wh is missing."""
    return _run(X, h0, lambda x, h: np.tanh(x @ Wx + b))


@exercise.mistake(caught_by=checks.matches_reference)
def bias_forgotten(X, h0, Wx, Wh, b):
    """The bias is missing: add b inside the tanh."""
    return _run(X, h0, lambda x, h: np.tanh(x @ Wx + h @ Wh))


@exercise.mistake(caught_by=checks.matches_reference)
def bias_outside(X, h0, Wx, Wh, b):
    """The bias was added after the tanh. It belongs inside."""
    return _run(X, h0, lambda x, h: np.tanh(x @ Wx + h @ Wh) + b)


@exercise.mistake(caught_by=checks.within)
def no_tanh(X, h0, Wx, Wh, b):
    """The tanh is missing: without it the states grow and grow."""
    return _run(X, h0, lambda x, h: x @ Wx + h @ Wh + b)


@exercise.mistake(caught_by=checks.matches_reference)
def state_weights_transposed(X, h0, Wx, Wh, b):
    """Wh was used transposed: states are rows here, so it is h @ Wh."""
    return _run(X, h0, lambda x, h: np.tanh(x @ Wx + Wh @ h + b))


@exercise.mistake(caught_by=checks.matches_shape)
def first_state_included(X, h0, Wx, Wh, b):
    """h0 came back too. H has one row for each step, without h0."""
    return np.vstack([h0, rnn_forward(X, h0, Wx, Wh, b)])


@exercise.mistake(caught_by=checks.matches_shape)
def last_state_alone(X, h0, Wx, Wh, b):
    """Only the last state came back. Return one row for each step."""
    return rnn_forward(X, h0, Wx, Wh, b)[-1] if len(X) else h0


@exercise.mistake(caught_by=checks.matches_reference)
def backwards_in_time(X, h0, Wx, Wh, b):
    """The sequence was read from its end. Begin with the first row."""
    return rnn_forward(X[::-1], h0, Wx, Wh, b)[::-1].copy()


@exercise.mistake(caught_by=checks.matches_reference)
def empty_list(X, h0, Wx, Wh, b):
    """For T = 0 the shape is (0,), as np.array gives an empty list. It is to be (0, k): np.zeros((T, k))."""
    return np.array(list(rnn_forward(X, h0, Wx, Wh, b)))


@exercise.mistake(caught_by=checks.matches_reference)
def stored_before_the_step(X, h0, Wx, Wh, b):
    """Each row holds the state before its step: H begins with h0. Store the state after the update."""
    return np.vstack([h0, rnn_forward(X, h0, Wx, Wh, b)])[: len(X)]
