"""Normal density: the bell curve."""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def gaussian_pdf(x: NDArray[np.floating], mu: float, sigma: float) -> NDArray[np.floating]:
    """Return the density of the normal distribution at each element of `x`.

    Args:
        x: points, one number or an array of any shape; integers too; they may be huge, where the density
            is 0.
        mu: mean.
        sigma: standard deviation (not its square, the variance).

    Returns:
        Densities in the shape of `x`. Work by hand: scipy.stats earns nothing.

    Raises:
        ValueError: sigma is 0 or negative.

    >>> gaussian_pdf(np.array([0.0, 1.0]), 0.0, 1.0)
    array([0.39894228, 0.24197072])
    """
    if sigma <= 0:
        raise ValueError(f"sigma is {sigma}; expected a positive number")
    z = (x - mu) / sigma
    return np.exp(-(z**2) / 2) / (sigma * math.sqrt(2 * math.pi))


def _draw(rng):
    shape = [(), (4,), (2, 3), (3, 1)][int(rng.integers(4))]
    x, mu = np.round(rng.uniform(-4, 4, size=shape), 2), round(float(rng.uniform(-2, 2)), 2)
    return call(x, mu, round(float(rng.uniform(0.3, 3)), 2))


_POINTS = np.array([-1.0, 0.0, 2.0])
exercise = Exercise(
    gaussian_pdf,
    tags=("probability", "elementwise"),
    difficulty="easy",
    minutes=10,
    after=("variance",),
    inputs=drawn(_draw)
    .also(
        standard=call(_POINTS, 0.0, 1.0),
        wide=call(_POINTS, 1.0, 2.5),
        narrow=call(np.array([0.9, 1.0, 1.2]), 1.0, 0.1),
        integers=call(np.array([[0, 1], [3, -2]]), 1, 2),
        one_number=call(1.5, 1.0, 2.0),
        far_away=call(np.array([-1000.0, 40.0]), 0.0, 1.0),
    )
    .only(sigma_zero=call(_POINTS, 0.0, 0.0), sigma_negative=call(_POINTS, 0.0, -1.0)),
    checks=(
        checks.matches_shape().named("The output has the shape of x"),
        checks.non_negative(),
        checks.forbids_calls(
            "scipy.stats.norm", "scipy.stats.norm.pdf", "scipy.stats.multivariate_normal"
        ).named("Works without scipy.stats"),
        checks.raises("ValueError").on("sigma *").named("Raises ValueError unless sigma is positive"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Where is the curve highest, and how high is it there for sigma = 1?",
        "Measure the distance from mu in units of sigma first: z = (x - mu) / sigma.",
        "A curve that is twice as wide must be half as high, as its area stays 1: sigma stands in front too.",
    ),
    formula=r"f(x) = \frac{1}{\sigma \sqrt{2 \pi}}\, e^{-\frac{1}{2} \left(\frac{x - \mu}{\sigma}\right)^2}",
    condition=lambda x, mu, sigma: 50 * (1 + 1 / abs(sigma or 1)) ** 2,
    oracle=lambda m, x, mu, sigma: m.npdf(x, mu, sigma),
)


def _bell(x, mu, sigma, *, width=None, height=None, half=2.0, sign=-1):
    if sigma <= 0:
        raise ValueError
    z = (x - mu) / (sigma if width is None else width)
    with np.errstate(over="ignore"):
        return np.exp(sign * z**2 / half) / (sigma * math.sqrt(2 * math.pi) if height is None else height)


@exercise.mistake(caught_by=checks.matches_reference)
def variance_for_deviation(x, mu, sigma):
    """sigma was taken for the variance. It is the standard deviation: the exponent needs its square."""
    return _bell(x, mu, sigma, width=math.sqrt(max(sigma, 0)))


@exercise.mistake(caught_by=checks.matches_reference)
def height_of_the_standard_one(x, mu, sigma):
    """1/sigma in front is missing. Without it the area under a wide curve is not 1."""
    return _bell(x, mu, sigma, height=math.sqrt(2 * math.pi))


@exercise.mistake(caught_by=checks.matches_reference)
def no_height(x, mu, sigma):
    """The factor in front is missing: at mu this gives 1, and the area under the curve is not 1."""
    return _bell(x, mu, sigma, height=1.0)


@exercise.mistake(caught_by=checks.matches_reference)
def half_forgotten(x, mu, sigma):
    """The exponent is minus half of z squared. The half is missing."""
    return _bell(x, mu, sigma, half=1.0)


@exercise.mistake(caught_by=checks.matches_reference)
def root_of_pi_alone(x, mu, sigma):
    """The root reaches over pi alone. It is sqrt(2 * pi)."""
    return _bell(x, mu, sigma, height=sigma * 2 * math.sqrt(math.pi))


@exercise.mistake(caught_by=checks.matches_reference)
def minus_forgotten(x, mu, sigma):
    """The curve rises to both sides: the minus sign of the exponent is missing."""
    return _bell(x, mu, sigma, sign=1)


@exercise.mistake(caught_by=checks.matches_reference)
def mean_ignored(x, mu, sigma):
    """The peak stands at 0. It belongs to mu: use x - mu."""
    return _bell(x, 0.0, sigma)


@exercise.mistake(caught_by=checks.matches_reference)
def not_squared(x, mu, sigma):
    """z enters as its absolute value, which gives a peak with a corner. Square it."""
    if sigma <= 0:
        raise ValueError
    return np.exp(-np.abs((x - mu) / sigma) / 2) / (sigma * math.sqrt(2 * math.pi))


@exercise.mistake(caught_by=checks.raises)
def any_sigma(x, mu, sigma):
    """For sigma = -1 this gives negative densities. Raise ValueError unless sigma is positive."""
    z = (x - mu) / np.float64(sigma)
    return np.exp(-(z**2) / 2) / (np.float64(sigma) * math.sqrt(2 * math.pi))


@exercise.mistake(caught_by=checks.matches_reference)
def variance_throughout(x, mu, sigma):
    """sigma was taken for the variance throughout. It is the standard deviation: the variance is sigma**2."""
    root = math.sqrt(max(sigma, 0))
    return _bell(x, mu, sigma, width=root, height=root * math.sqrt(2 * math.pi))


@exercise.mistake(caught_by=checks.matches_reference)
def root_multiplied(x, mu, sigma):
    """Parentheses are missing: 1 / sigma * root multiplies by the root. Write 1 / (sigma * root)."""
    return _bell(x, mu, sigma, height=sigma / math.sqrt(2 * math.pi))


@exercise.mistake(caught_by=checks.matches_reference)
def exponent_multiplied(x, mu, sigma):
    """Parentheses are missing: / 2 * sigma**2 multiplies by sigma**2. Write / (2 * sigma**2)."""
    return _bell(x, mu, sigma, width=1 / sigma if sigma > 0 else 1.0)
