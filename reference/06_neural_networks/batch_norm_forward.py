"""Batch normalization forwards: mean 0 and spread 1 within a batch."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def batch_norm_forward(
    X: NDArray[np.floating],
    gamma: NDArray[np.floating],
    beta: NDArray[np.floating],
    running_mean: NDArray[np.floating],
    running_var: NDArray[np.floating],
    momentum: float = 0.9,
    eps: float = 1e-5,
    training: bool = True,
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the normalized batch and the running statistics.

    Each column has its own mean and variance; the variance is the population's, divided by n. The output is
    gamma (X - mean) / sqrt(variance + eps) + beta.

    Args:
        X: one row a sample, shape (n, d).
        gamma: scale of each column, shape (d,).
        beta: shift of each column, shape (d,).
        running_mean: mean of the batches before, shape (d,); not changed.
        running_var: variance of the batches before, shape (d,); not changed.
        momentum: how much of the running statistics is kept.
        eps: added to the variance, under the root.
        training: True uses mean and variance of this batch, False the running ones.

    Returns:
        A tuple (out, running_mean, running_var). In training each running statistic becomes momentum times
        itself plus (1 - momentum) times that of the batch; in evaluation both come back as they were.

    >>> X, one, zero = np.array([[1.0], [3.0]]), np.ones(1), np.zeros(1)
    >>> out, mean, var = batch_norm_forward(X, 2 * one, one, zero, one, eps=0.0)
    >>> out, mean.round(6), var.round(6)
    (array([[-1.],
           [ 3.]]), array([0.2]), array([1.]))
    """
    mean, var = (X.mean(axis=0), X.var(axis=0)) if training else (running_mean, running_var)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    if training:
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    return out, running_mean, running_var


def _draw(rng, **options):
    n, d = rng.integers(3, 6), rng.integers(2, 5)
    X = np.round(rng.uniform(-3, 3, size=(n, d)), 2)
    gamma, beta, mean = (np.round(rng.uniform(-2, 2, size=d), 2) for _ in range(3))
    return call(X, gamma, beta, mean, np.round(rng.uniform(0.2, 3, size=d), 2), **options)


def _exact(m, X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    """Return the variance as the mean of the squares less the square of the mean; 80 digits bear it."""
    mean, var = running_mean, running_var
    if training:
        mean = sum(m.mpf(X)) / len(X)
        var = sum(m.mpf(X) ** 2) / len(X) - mean**2
        running_mean = running_mean + (1 - m.mpf(momentum)) * (mean - running_mean)
        running_var = running_var + (1 - m.mpf(momentum)) * (var - running_var)
    return (X - mean) * gamma / m.sqrt(var + eps) + beta, running_mean, running_var


_PARTS = (np.array([1.5, -0.5]), np.array([0.25, 1.0]), np.array([0.5, -1.0]), np.array([2.0, 0.5]))
exercise = Exercise(
    batch_norm_forward,
    tags=("network", "normalization", "keyword", "state"),
    difficulty="medium",
    minutes=20,
    after=("standardize_columns",),
    inputs=drawn(_draw).also(
        two_columns=call(np.array([[1.0, 2.0], [3.0, -2.0], [2.0, 6.0]]), *_PARTS),
        square=call(np.array([[1.0, 4.0], [3.0, -2.0]]), *_PARTS),
        constant_column=call(np.array([[1.0, 2.0], [1.0, -2.0], [1.0, 6.0]]), *_PARTS),
        large_epsilon=_draw(np.random.default_rng(1), eps=0.5),
        other_momentum=_draw(np.random.default_rng(2), momentum=0.25),
        in_evaluation=_draw(np.random.default_rng(3), training=False),
        in_evaluation_with_large_epsilon=_draw(np.random.default_rng(4), training=False, eps=0.5),
    ),
    checks=(
        checks.matches_shape().named("Returns a tuple (out, running_mean, running_var)"),
        checks.items_match(0).worth(3).named("The normalized batch is right"),
        checks.items_match(1, 2).worth(2).named("The running statistics are right"),
        checks.items_match(0, 1, 2).on("in evaluation*").worth(2).named("Right in evaluation"),
        checks.does_not_mutate(),
    ),
    hints=(
        "Two questions: whose mean and variance normalize this batch, and what becomes of the running ones?",
        "np.var divides by n as it stands; axis=0 goes down the columns.",
        "running = momentum * running + ... makes a new array; *= would change the caller's.",
    ),
    formula=r"\hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}, \quad y = \gamma \hat x + \beta",
    scale=4.0,
    condition=lambda X, *_, **__: 5000.0,
    oracle=_exact,
)
_OUT = "items_match_the_normalized_batch_is_right"
_RUNNING = "items_match_the_running_statistics_are_right"
_EVALUATION = "items_match_right_in_evaluation"


def _normalized(
    X, gamma, beta, mean, var, momentum=0.9, eps=1e-5, training=True, *, axis=0, ddof=0,
    root=lambda var, eps: np.sqrt(var + eps), keep=lambda old, new, m: m * old + (1 - m) * new,
):  # fmt: skip
    if not training:
        return gamma * (X - mean) / root(var, eps) + beta, mean, var
    mu, square = X.mean(axis=axis, keepdims=axis == 1), X.var(axis=axis, ddof=ddof, keepdims=axis == 1)
    out = gamma * (X - mu) / root(square, eps) + beta
    return out, keep(mean, X.mean(axis=0), momentum), keep(var, X.var(axis=0), momentum)


@exercise.mistake(caught_by=_OUT)
def sample_variance(*args, **options):
    """The variance was divided by n - 1. Batch normalization uses the population's: divide by n."""
    return _normalized(*args, **options, ddof=1)


@exercise.mistake(caught_by=_OUT)
def rows_normalized(*args, **options):
    """Each row was normalized. Batch normalization works on columns: axis 0."""
    return _normalized(*args, **options, axis=1)


@exercise.mistake(caught_by=_OUT)
def epsilon_outside(*args, **options):
    """eps was added to the root. It belongs under it: sqrt(var + eps)."""
    return _normalized(*args, **options, root=lambda var, eps: np.sqrt(var) + eps)


@exercise.mistake(caught_by=_OUT)
def variance_for_spread(*args, **options):
    """The root is missing: divide by sqrt(var + eps), not by the variance."""
    return _normalized(*args, **options, root=lambda var, eps: var + eps)


@exercise.mistake(caught_by=_OUT)
def no_scale_and_shift(X, gamma, beta, *rest, **options):
    """gamma and beta are not used: the output is gamma times the normalized batch, plus beta."""
    return batch_norm_forward(X, np.ones(len(gamma)), np.zeros(len(beta)), *rest, **options)


@exercise.mistake(caught_by=_OUT)
def fixed_epsilon(*args, momentum=0.9, eps=1e-5, training=True):
    """eps is always 1e-5, whatever is passed. Use the parameter."""
    return batch_norm_forward(*args, momentum=momentum, training=training)


@exercise.mistake(caught_by=_RUNNING)
def momentum_turned(*args, **options):
    """momentum and 1 - momentum are swapped: momentum is what is kept of the old statistics."""
    return _normalized(*args, **options, keep=lambda old, new, m: (1 - m) * old + m * new)


@exercise.mistake(caught_by=_RUNNING)
def running_replaced(*args, **options):
    """The running statistics were replaced by those of the batch. Mix old and new with momentum."""
    return _normalized(*args, **options, keep=lambda old, new, m: new)


@exercise.mistake(caught_by=_RUNNING)
def running_never_updated(*args, **options):
    """The running statistics stayed as they were. In training they take in the batch."""
    return _normalized(*args, **options, keep=lambda old, new, m: old)


@exercise.mistake(caught_by=_EVALUATION)
def batch_in_evaluation(*args, momentum=0.9, eps=1e-5, training=True):
    """In evaluation the batch's own statistics were used. Use the running ones."""
    out, mean, var = batch_norm_forward(*args, momentum=momentum, eps=eps)
    return (out, mean, var) if training else (out, args[3], args[4])


@exercise.mistake(caught_by=_EVALUATION)
def updated_in_evaluation(*args, momentum=0.9, eps=1e-5, training=True):
    """The running statistics were updated in evaluation too. There they only serve."""
    out = batch_norm_forward(*args, momentum=momentum, eps=eps, training=training)[0]
    return out, *batch_norm_forward(*args, momentum=momentum, eps=eps)[1:]


@exercise.mistake(caught_by=_OUT)
def running_in_training(*args, momentum=0.9, eps=1e-5, training=True):
    """In training the running statistics normalized the batch. Use the batch's own."""
    out = batch_norm_forward(*args, momentum=momentum, eps=eps, training=False)[0]
    return out, *batch_norm_forward(*args, momentum=momentum, eps=eps, training=training)[1:]


@exercise.mistake(caught_by=checks.does_not_mutate)
def running_in_place(X, gamma, beta, mean, var, momentum=0.9, eps=1e-5, training=True):
    """The caller's running statistics changed. Make new arrays: momentum * running_mean + …"""
    found = batch_norm_forward(X, gamma, beta, mean, var, momentum, eps, training)
    mean[:], var[:] = found[1:]
    return found[0], mean, var


@exercise.mistake(caught_by=_OUT)
def updated_running_in_training(*args, momentum=0.9, eps=1e-5, training=True):
    """In training the new running statistics normalized the batch. Use the batch's own."""
    _, mean, var = batch_norm_forward(*args, momentum=momentum, eps=eps, training=training)
    return batch_norm_forward(*args[:3], mean, var, momentum, eps, training=False)


@exercise.mistake(caught_by=_RUNNING)
def running_sample_variance(*args, **options):
    """The running variance took in a variance divided by n - 1, as in PyTorch. Here it is divided by n."""
    X, _, _, _, old = args[:5]
    out, mean, var = batch_norm_forward(*args, **options)
    if options.get("training", True):
        momentum = options.get("momentum", 0.9)
        var = momentum * old + (1 - momentum) * X.var(axis=0, ddof=1)
    return out, mean, var
