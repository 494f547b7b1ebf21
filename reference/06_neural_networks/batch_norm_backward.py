"""Batch normalization backwards: every sample moves the mean of all."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def batch_norm_backward(
    dout: NDArray[np.floating], X: NDArray[np.floating], gamma: NDArray[np.floating], eps: float = 1e-5
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to input, scale and shift of batch normalization.

    In training the layer is out = gamma * xhat + beta with xhat = (X - mean) / sqrt(variance + eps), column
    by column; the variance is the population's, divided by n. Mean and variance depend on X too.

    Args:
        dout: gradient with respect to out, shape (n, d).
        X: the layer's input, shape (n, d), one row a sample.
        gamma: scale, shape (d,).
        eps: as in the forward pass.

    Returns:
        A tuple (dX, dgamma, dbeta) in the shapes of X, gamma and beta, which is (d,).

    >>> dX, dgamma, dbeta = batch_norm_backward(
    ...     np.array([[1.0], [0.0]]), np.array([[1.0], [3.0]]), np.array([2.0]), eps=1.0)
    >>> dX.round(4), dgamma.round(4), dbeta
    (array([[ 0.3536],
           [-0.3536]]), array([-0.7071]), array([1.]))
    """
    spread = np.sqrt(X.var(axis=0) + eps)
    xhat = (X - X.mean(axis=0)) / spread
    dgamma, dbeta = (dout * xhat).sum(axis=0), dout.sum(axis=0)
    dX = gamma / spread * (dout - (dbeta + xhat * dgamma) / len(X))
    return dX, dgamma, dbeta


def _loss(dout, X, gamma, eps=1e-5):
    return np.sum(dout * gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps))


def _draw(rng, **options):
    n, d = rng.integers(3, 6), rng.integers(2, 4)
    dout, X = (np.round(rng.uniform(-2, 2, size=(n, d)), 2) for _ in range(2))
    return call(dout, X, np.round(rng.uniform(-2, 2, size=d), 2), **options)


def _exact(m, dout, X, gamma, eps=1e-5):
    """Return the sums over all pairs of rows, with every entry of the columns' Jacobian written out."""
    n, d = X.shape
    dX, dgamma, dbeta = np.zeros((n, d), dtype=object), [], []
    for j in range(d):
        c = m.mpf(X[:, j]) - sum(m.mpf(X[:, j])) / n
        spread = m.sqrt(sum(c**2) / n + eps)
        for i, k in np.ndindex(n, n):
            slope = ((i == k) - 1 / m.mpf(n)) / spread - c[i] * c[k] / (n * spread**3)
            dX[i, j] += gamma[j] * dout[k, j] * slope
        dgamma.append(sum(dout[:, j] * c) / spread)
        dbeta.append(sum(dout[:, j]))
    return dX, np.array(dgamma), np.array(dbeta)


exercise = Exercise(
    batch_norm_backward,
    tags=("network", "normalization", "backward", "derivative"),
    difficulty="hard",
    minutes=30,
    after=("batch_norm_forward",),
    inputs=drawn(_draw).also(
        square=call(
            np.array([[1.0, -0.5], [2.0, 0.25]]), np.array([[0.5, 2.0], [-1.0, 3.0]]), np.array([1.5, -0.5])
        ),
        large_epsilon=_draw(np.random.default_rng(1), eps=0.5),
        three_samples=call(
            np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 3.0]]),
            np.array([[1.0, 4.0], [3.0, -1.0], [-2.0, 2.0]]),
            np.array([2.0, 1.0]),
        ),
    ),
    checks=(
        checks.matches_shape().named("Returns gradients in the shapes of X, gamma and beta"),
        checks.gradient_matches(_loss, wrt=("X", "gamma")).worth(3),
        checks.items_match(1, 2).worth(2).named("dgamma and dbeta are right"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
    ),
    hints=(
        "dgamma and dbeta come first: out = gamma * xhat + beta is linear in both.",
        "X moves xhat in three ways: directly, through the mean, through the variance.",
        "Adding a number to a whole column of X changes nothing: so each column of dX sums to 0.",
        "dX is gamma / spread times dout, less its mean, less xhat times the mean of dout * xhat.",
    ),
    formula=r"dX = \frac{\gamma}{s} \Bigl( dY - \overline{dY} - \hat x\; \overline{dY\, \hat x} \Bigr)",
    scale=4.0,
    condition=lambda dout, X, gamma, eps=1e-5: 5000.0 / np.sqrt(X.var(axis=0).min() + eps),
    oracle=_exact,
)  # fmt: skip


def _parts(X, eps, ddof=0):
    spread = np.sqrt(X.var(axis=0, ddof=ddof) + eps)
    return spread, (X - X.mean(axis=0)) / spread


@exercise.mistake(caught_by=checks.gradient_matches)
def mean_and_variance_taken_for_constants(dout, X, gamma, eps=1e-5):
    """Mean and variance were taken for constants. They depend on X, which gives two terms more."""
    return gamma / _parts(X, eps)[0] * dout, *batch_norm_backward(dout, X, gamma, eps)[1:]


@exercise.mistake(caught_by=checks.gradient_matches)
def variance_taken_for_constant(dout, X, gamma, eps=1e-5):
    """The way through the variance is missing: subtract xhat times the mean of dout * xhat."""
    dX = gamma / _parts(X, eps)[0] * (dout - dout.mean(axis=0))
    return dX, *batch_norm_backward(dout, X, gamma, eps)[1:]


@exercise.mistake(caught_by=checks.gradient_matches)
def mean_taken_for_constant(dout, X, gamma, eps=1e-5):
    """The way through the mean is missing: subtract the mean of dout."""
    spread, xhat = _parts(X, eps)
    dX = gamma / spread * (dout - xhat * (dout * xhat).mean(axis=0))
    return dX, *batch_norm_backward(dout, X, gamma, eps)[1:]


@exercise.mistake(caught_by=checks.gradient_matches)
def sums_for_means(dout, X, gamma, eps=1e-5):
    """Sums were subtracted where means belong: divide them by n."""
    spread, xhat = _parts(X, eps)
    dX = gamma / spread * (dout - dout.sum(axis=0) - xhat * (dout * xhat).sum(axis=0))
    return dX, *batch_norm_backward(dout, X, gamma, eps)[1:]


@exercise.mistake(caught_by=checks.gradient_matches)
def gamma_forgotten(dout, X, gamma, eps=1e-5):
    """gamma is missing in dX: on its way back the gradient passes the scale."""
    return batch_norm_backward(dout, X, np.ones(len(gamma)), eps)


@exercise.mistake(caught_by=checks.gradient_matches)
def not_divided_by_the_spread(dout, X, gamma, eps=1e-5):
    """dX was not divided by the spread sqrt(variance + eps)."""
    dX, dgamma, dbeta = batch_norm_backward(dout, X, gamma, eps)
    return dX * _parts(X, eps)[0], dgamma, dbeta


@exercise.mistake(caught_by=checks.items_match)
def input_for_normalized_input(dout, X, gamma, eps=1e-5):
    """dgamma was made with X. gamma multiplies the normalized xhat: sum dout * xhat."""
    dX, _, dbeta = batch_norm_backward(dout, X, gamma, eps)
    return dX, (dout * X).sum(axis=0), dbeta


@exercise.mistake(caught_by=checks.items_match)
def means_of_the_parameters(dout, X, gamma, eps=1e-5):
    """dgamma and dbeta were averaged over the samples. They are sums."""
    dX, dgamma, dbeta = batch_norm_backward(dout, X, gamma, eps)
    return dX, dgamma / len(X), dbeta / len(X)


@exercise.mistake(caught_by=checks.matches_reference)
def gamma_and_beta_swapped(dout, X, gamma, eps=1e-5):
    """dbeta came before dgamma. Return (dX, dgamma, dbeta)."""
    dX, dgamma, dbeta = batch_norm_backward(dout, X, gamma, eps)
    return dX, dbeta, dgamma


@exercise.mistake(caught_by=checks.gradient_matches)
def sample_variance(dout, X, gamma, eps=1e-5):
    """The variance was divided by n - 1. In the forward pass it is divided by n."""
    spread, xhat = _parts(X, eps, ddof=1)
    dgamma, dbeta = (dout * xhat).sum(axis=0), dout.sum(axis=0)
    return gamma / spread * (dout - (dbeta + xhat * dgamma) / len(X)), dgamma, dbeta


@exercise.mistake(caught_by=checks.gradient_matches)
def fixed_epsilon(dout, X, gamma, eps=1e-5):
    """eps is always 1e-5, whatever is passed. Use the parameter."""
    return batch_norm_backward(dout, X, gamma)
