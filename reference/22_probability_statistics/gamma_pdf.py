"""Gamma density: how long it takes until several things have happened."""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def gamma_pdf(x: NDArray[np.floating], shape: float, scale: float) -> NDArray[np.floating]:
    """Return the density of the gamma distribution at each element of `x`.

    Args:
        x: points, an array of any shape; integers too; positive or negative, never 0; may be as
            large as 1000.
        shape: shape parameter k, positive; may be as large as 500, where k^k and the gamma function
            overflow: the answer is right nevertheless.
        scale: scale parameter theta, positive; the mean is shape * scale.

    Returns:
        Densities in the shape of `x`: x^(k-1) e^(-x/theta) / (Gamma(k) theta^k) for x > 0, and 0 for
        x < 0. math.lgamma is the logarithm of the gamma function. Work by hand: scipy.stats earns nothing.

    >>> gamma_pdf(np.array([-1.0, 1.0, 2.0]), 2.0, 1.0)
    array([0.        , 0.36787944, 0.27067057])
    """
    positive = np.where(np.asarray(x) > 0, x, 1.0)
    log_density = (
        (shape - 1) * np.log(positive) - positive / scale - math.lgamma(shape) - shape * math.log(scale)
    )
    return np.where(np.asarray(x) > 0, np.exp(log_density), 0.0)


def _draw(rng):
    k, theta = round(float(rng.uniform(0.5, 6)), 2), round(float(rng.uniform(0.3, 3)), 2)
    x = np.round(rng.uniform(0.1, 2 * k * theta, size=rng.integers(1, 6)), 2)
    return call(np.where(rng.random(x.shape) < 0.2, -x, x), k, theta)


def _condition(x, shape, scale):
    # Each term of the log-density is rounded, and an error there is a relative error of the density.
    size = np.abs(x) + 1e-300
    terms = shape * (np.abs(np.log(size)) + abs(math.log(scale)) + 1) + size / scale + abs(math.lgamma(shape))
    return 8 * terms * gamma_pdf(x, shape, scale)


def _exact(m, x, shape, scale):
    """Return the density without logarithms, which 80 digits bear."""
    x, shape, scale = m.mpf(x), m.mpf(shape), m.mpf(scale)
    density = abs(x) ** (shape - 1) * m.exp(-x / scale) / (m.gamma(shape) * scale**shape)
    return np.where(x > 0, density, 0)


exercise = Exercise(
    gamma_pdf,
    tags=("probability", "elementwise", "stability"),
    difficulty="medium",
    minutes=20,
    after=("gaussian_pdf",),
    inputs=drawn(_draw)
    .also(
        exponential=call(np.array([0.5, 1.0, 3.0]), 1.0, 2.0),
        two_events=call(np.array([[0.5, 1.0], [2.0, 4.0]]), 2.0, 1.0),
        below_zero=call(np.array([-0.5, 0.5, -3.0]), 2.5, 1.5),
        less_than_one_event=call(np.array([0.1, 1.0, 2.0]), 0.5, 1.0),
        integers=call(np.array([1, 2, -3, 6]), 3, 2),
        small_scale=call(np.array([0.1, 0.3]), 3.0, 0.1),
    )
    .only(
        large_shape=call(np.array([450.0, 500.0, 550.0]), 500.0, 1.0),
        large_shape_and_scale=call(np.array([900.0, 1000.0]), 400.0, 2.5),
    ),
    checks=(
        checks.preserves_shape(),
        checks.non_negative(),
        checks.forbids_calls("scipy.stats.gamma", "scipy.stats.gamma.pdf").named("Works without scipy.stats"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("large *").worth(2).named("Right for a shape of 500"),
    ),
    hints=(
        "With shape 1 it is e^(-x/theta) / theta: try that first.",
        "500^499 overflows; its logarithm is about 3100. Compute the logarithm of the whole density.",
        "log(x) of a negative x is nan: put a harmless number in its place, and 0 into the result.",
    ),
    formula=r"f(x) = \frac{x^{k-1} e^{-x/\theta}}{\Gamma(k)\, \theta^{k}} \quad (x > 0)",
    condition=_condition,
    oracle=_exact,
    equivalents={
        "positive = np.where(np.asarray(x) >= 0, x, 1.0)": "x is never 0.",
        "return np.where(np.asarray(x) >= 0, np.exp(log_density), 0.0)": "x is never 0.",
        "positive = np.where(np.asarray(x) > -1, x, 1.0)": "What comes of a negative x is thrown away.",
        "positive = np.where(np.asarray(x) > 0, x, 2.0)": "What comes of a negative x is thrown away.",
    },
)


@exercise.mistake(caught_by="matches_reference_right_for_a_shape_of_500")
def gamma_overflows(x, shape, scale):
    """A factor overflows for a shape of 500. Add up logarithms (math.lgamma), and take np.exp at the end."""
    positive = np.where(np.asarray(x) > 0, x, 1.0)
    density = positive ** (shape - 1) * np.exp(-positive / scale) / (math.gamma(shape) * scale**shape)
    return np.where(np.asarray(x) > 0, density, 0.0)


@exercise.mistake(caught_by="matches_reference")
def rate_for_scale(x, shape, scale):
    """The scale was used as a rate: x is divided by theta, not multiplied by it."""
    return gamma_pdf(x, shape, 1 / scale)


@exercise.mistake(caught_by="matches_reference")
def power_too_high(x, shape, scale):
    """The power of x is k - 1, not k."""
    return gamma_pdf(x, shape, scale) * np.abs(x)


@exercise.mistake(caught_by="matches_reference")
def factorial_of_the_shape(x, shape, scale):
    """Gamma(k) is (k - 1)!, so lgamma(k) is enough: lgamma(k + 1) makes everything k times too small."""
    return gamma_pdf(x, shape, scale) / shape


@exercise.mistake(caught_by="matches_reference")
def scale_in_front_forgotten(x, shape, scale):
    """theta^k is missing in the denominator. Without it the area under the curve is not 1."""
    positive = np.where(np.asarray(x) > 0, x, 1.0)
    log_density = (shape - 1) * np.log(positive) - positive / scale - math.lgamma(shape)
    return np.where(np.asarray(x) > 0, np.exp(log_density), 0.0)


@exercise.mistake(caught_by="matches_reference")
def nan_below_zero(x, shape, scale):
    """The logarithm of a negative number is nan. The density is 0 there: treat x < 0 on its own."""
    return np.where(np.asarray(x) > 0, gamma_pdf(x, shape, scale), np.nan)


@exercise.mistake(caught_by="matches_reference")
def mirrored(x, shape, scale):
    """The absolute value of x was taken, so the curve stands on both sides of 0. Left of 0 it is 0."""
    return gamma_pdf(np.abs(x), shape, scale)


@exercise.mistake(caught_by="matches_reference")
def arguments_swapped(x, shape, scale):
    """Shape and scale are swapped: the shape comes first."""
    return gamma_pdf(x, scale, shape)


@exercise.mistake(caught_by="matches_reference")
def logarithm_itself(x, shape, scale):
    """This is the logarithm of the density. Take np.exp at the end."""
    with np.errstate(divide="ignore"):
        return np.log(gamma_pdf(x, shape, scale))


@exercise.mistake(caught_by=checks.does_not_mutate)
def replaced_in_place(x, shape, scale):
    """The caller's points changed. Work on a copy, or use np.where."""
    density = gamma_pdf(x, shape, scale)
    x[x < 0] = 1
    return density
