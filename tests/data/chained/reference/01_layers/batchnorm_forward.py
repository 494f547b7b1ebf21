"""Batch normalization forwards and backwards, with a cache of one's own."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks, steps, together


def batchnorm_forward(
    x: NDArray[np.floating], gamma: NDArray[np.floating], beta: NDArray[np.floating]
) -> tuple[NDArray[np.floating], object]:
    """Normalize each column by its mean and variance over the rows, then scale and shift.

    Args:
        x: data, shape (n, d), n at least 2.
        gamma: scale of each column, shape (d,).
        beta: shift of each column, shape (d,).

    Returns:
        (out, cache): out = gamma * (x - mean) / sqrt(variance + 1e-5) + beta, shape (n, d), with the variance
        that divides by n. The cache holds whatever `batchnorm_backward` needs, in any form.
    """
    centred = x - x.mean(axis=0)
    std = np.sqrt((centred**2).mean(axis=0) + 1e-5)
    normal = centred / std
    return gamma * normal + beta, (normal, std, gamma)


def batchnorm_backward(
    dout: NDArray[np.floating], cache: object
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients (dx, dgamma, dbeta) of `batchnorm_forward`.

    Args:
        dout: gradient for out, shape (n, d).
        cache: what `batchnorm_forward` returned besides out.
    """
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(axis=0) - normal * (dnormal * normal).mean(axis=0)) / std
    return dx, (dout * normal).sum(axis=0), dout.sum(axis=0)


def _loss(x, gamma, beta, dout):
    centred = x - x.mean(axis=0)
    return ((gamma * centred / np.sqrt((centred**2).mean(axis=0) + 1e-5) + beta) * dout).sum()


exercise = Exercise(
    (batchnorm_forward, batchnorm_backward),
    inputs=together(x=arrays("4 d"), gamma=arrays("d"), beta=arrays("d"), dout=arrays("4 d")),
    steps=(
        steps.run("batchnorm_forward", "x", "gamma", "beta", label="forward", item=0),
        steps.run("batchnorm_backward", "dout", steps.result("forward", 1), label="backward"),
    ),
    checks=(
        checks.matches_reference().at("forward").worth(2),
        checks.gradient_matches(_loss, ("x", "gamma", "beta")).at("backward").worth(4),
    ),
    scale=3.0,
    hints=("Write the forward pass in single steps first.", "Mean and variance depend on x as well."),
)


@exercise.mistake(caught_by="matches_reference", instead="batchnorm_forward")
def sample_variance(x, gamma, beta):
    """The variance divides by n - 1; here it divides by n."""
    std = np.sqrt(x.var(axis=0, ddof=1) + 1e-5)
    normal = (x - x.mean(axis=0)) / std
    return gamma * normal + beta, (normal, std, gamma)


@exercise.mistake(caught_by="gradient_matches", instead="batchnorm_backward")
def constant_statistics(dout, cache):
    """Mean and variance are treated as constants, but they depend on x."""
    normal, std, gamma = cache
    return dout * gamma / std, (dout * normal).sum(axis=0), dout.sum(axis=0)


@exercise.mistake(caught_by="gradient_matches", instead="batchnorm_backward")
def constant_variance(dout, cache):
    """The variance is treated as a constant, but it depends on x."""
    normal, std, gamma = cache
    dnormal = dout * gamma
    return (dnormal - dnormal.mean(axis=0)) / std, (dout * normal).sum(axis=0), dout.sum(axis=0)
