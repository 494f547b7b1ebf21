"""Softmax backwards: the gradient of the scores, without a Jacobian."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def softmax_backward(dout: NDArray[np.floating], s: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the gradient with respect to the scores, row by row.

    Args:
        dout: gradient with respect to the probabilities, shape (n_samples, n_classes).
        s: probabilities that softmax returned, same shape.

    Returns:
        Gradient with respect to the scores, same shape. Work with arrays of that size alone:
        n_classes may be 12000. A loop over the rows costs no points, but none is needed.

    >>> softmax_backward(np.array([[1.0, 0.0]]), np.array([[0.5, 0.5]]))
    array([[ 0.25, -0.25]])
    """
    return s * (dout - (dout * s).sum(axis=1, keepdims=True))


def _softmax(z):
    exp = np.exp(z - z.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


def _loss_at(dout, s):
    return lambda z: (_softmax(z) * dout).sum(), np.log(s)


def _draw(rng):
    shape = rng.integers(1, 5), rng.integers(2, 6)
    s = _softmax(rng.uniform(-2, 2, size=shape))
    return call(np.round(rng.uniform(-3, 3, size=shape), 2), s)


exercise = Exercise(
    softmax_backward,
    tags=("backward", "broadcasting"),
    difficulty="medium",
    minutes=20,
    after=("softmax", "softmax_jacobian"),
    inputs=drawn(_draw)
    .also(
        square=call(np.eye(3), np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1], [0.25, 0.5, 0.25]])),
        one_row=call(np.array([[1.0, -2.0, 3.0]]), np.array([[0.1, 0.2, 0.7]])),
    )
    .only(many_classes=call(np.linspace(0, 1, 12000)[None, :], np.full((1, 12000), 1 / 12000))),
    checks=(
        checks.preserves_shape(),
        checks.sums_to(0.0, axis=-1).named("Each row sums to 0"),
        checks.jacobian_matches(_loss_at).worth(2).named("Agrees with finite differences of the loss"),
        checks.forbids_loops().advice(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("many classes").worth(2).named("Right for 12000 classes"),
        # Their Jacobian would have 1.15 GB, more than a worker may take.
    ),
    hints=(
        "Multiply the Jacobian by dout on paper, for one row, and look for terms that repeat.",
        "The sum of dout * s over a row appears in every entry of that row.",
        "Subtract that sum from dout, then multiply by s; keepdims=True keeps the rows apart.",
    ),
    formula=r"\frac{\partial L}{\partial z_i} = s_i \Bigl(g_i - \sum_j g_j s_j\Bigr)",
    scale=3.0,
    oracle=lambda m, dout, s: s * (dout - (dout * s).sum(axis=1, keepdims=True)),
)


@exercise.mistake(caught_by=checks.jacobian_matches)
def diagonal_alone(dout, s):
    """Only the diagonal of the Jacobian was used. The other scores move this probability too."""
    return dout * s * (1 - s)


@exercise.mistake(caught_by=checks.sums_to)
def sum_forgotten(dout, s):
    """The row's sum of dout * s is missing: subtract it from dout first."""
    return dout * s


@exercise.mistake(caught_by=checks.sums_to)
def sum_over_everything(dout, s):
    """The sum runs over all samples. Each row has its own: axis=1 and keepdims=True."""
    return s * (dout - (dout * s).sum())


@exercise.mistake(caught_by=checks.jacobian_matches)
def columns(dout, s):
    """The sum runs down the columns. The classes are along axis 1."""
    return s * (dout - (dout * s).sum(axis=0, keepdims=True))


@exercise.mistake(caught_by=checks.jacobian_matches)
def mean_for_sum(dout, s):
    """The mean of dout * s was subtracted; the formula has the sum."""
    return s * (dout - (dout * s).mean(axis=1, keepdims=True))


@exercise.mistake(caught_by="matches_reference_right_for_12000_classes")
def every_jacobian(dout, s):
    """A whole Jacobian stands in memory for every row: n * k * k numbers. The product needs none of them."""
    jacobians = s[:, :, None] * (np.eye(s.shape[1]) - s[:, None, :])
    return np.einsum("nij,nj->ni", jacobians, dout)


@exercise.mistake(caught_by=checks.forbids_loops)
def loop_over_rows(dout, s):
    """The rows are handled one by one in a loop. Broadcasting handles all of them at once."""
    rows = [(np.diag(p) - np.outer(p, p)) @ g for p, g in zip(s, dout, strict=True)]
    return np.array(rows)


@exercise.mistake(caught_by=checks.jacobian_matches)
def sum_without_s(dout, s):
    """The sum may run over dout alone. It runs over dout * s: each gradient counts by its probability."""
    return s * (dout - dout.sum(axis=1, keepdims=True))


@exercise.mistake(caught_by=checks.jacobian_matches)
def sign_turned(dout, s):
    """The sign is turned: it is dout minus the row's sum of dout * s, not the other way round."""
    return s * ((dout * s).sum(axis=1, keepdims=True) - dout)
