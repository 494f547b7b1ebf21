"""Normal numbers: Box and Muller turn uniform ones into a bell curve."""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, generator


def sample_normal(mu: float, sigma: float, size: int, rng: np.random.Generator) -> NDArray[np.floating]:
    """Return `size` independent draws from the normal distribution, by the method of Box and Muller.

    Two independent uniform numbers u and v make a standard normal one: sqrt(-2 log(1 - u)) cos(2 pi v).
    The sine of the same angle makes a second, independent one; you may use it or not.

    Args:
        mu: mean.
        sigma: standard deviation, positive.
        size: number of draws, at least 0; it may be odd.
        rng: generator; all chance comes from `rng.random`, which gives numbers from 0 to 1, 1 excluded. Work
            by hand: rng.normal, rng.standard_normal, np.random.randn and scipy.stats earn nothing.

    Returns:
        Array of shape (size,). The same generator gives the same draws.

    >>> sample_normal(5.0, 0.1, 4, np.random.default_rng(0)).shape
    (4,)
    """
    u, v = rng.random((2, size))
    return mu + sigma * np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * math.pi * v)


def _draw(rng):
    mu, sigma = (round(float(value), 2) for value in rng.uniform([-5, 0.2], [5, 4]))
    return call(mu, sigma, 4001, generator(int(rng.integers(1000))))


exercise = Exercise(
    sample_normal,
    tags=("probability", "random"),
    difficulty="medium",
    minutes=15,
    after=("gaussian_pdf", "sample_bernoulli"),
    inputs=drawn(_draw).also(
        standard=call(0.0, 1.0, 200, generator(1)),
        standard_again=call(0.0, 1.0, 200, generator(2)),
        narrow_and_far=call(5.0, 0.1, 200, generator(3)),
        wide=call(-20, 10, 200, generator(4)),
        odd_number=call(1.0, 2.0, 33, generator(5)),
        no_draws=call(1.0, 2.0, 0, generator(6)),
        fifty_thousand=call(0.0, 1.0, 50000, generator(7)),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (size,)"),
        checks.finite(),
        checks.deterministic().named("The same generator gives the same draws"),
        checks.seeds_differ().on("standard*"),
        checks.forbids_calls(
            "rng.normal", "rng.standard_normal", "numpy.random.normal", "numpy.random.randn",
            "scipy.stats.norm", "scipy.stats.norm.rvs", "scipy.stats.norm.ppf",
        ).named("Works with rng.random alone"),
        checks.sample_follows("normal").worth(4),
    ),
    hints=(
        "Make standard normal numbers first, with mean 0 and standard deviation 1; then stretch and move.",
        "You need two uniform numbers for each: rng.random(size), twice.",
        "u can be exactly 0, where log(u) is -inf. 1 - u cannot.",
    ),
    formula=r"z = \sqrt{-2 \ln(1 - u)}\, \cos(2 \pi v), \quad x = \mu + \sigma z",
    equivalents={
        "return mu - sigma * np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * math.pi * v)": (
            "The distribution is symmetric."
        ),
        **dict.fromkeys(
            (
                "return mu + sigma * np.sqrt(-2 * np.log(1 - u)) * np.cos(3 * math.pi * v)",
                "return mu + sigma * np.sqrt(-2 * np.log(1 - u)) * np.cos(1 * math.pi * v)",
            ),
            "Over each half of a turn the cosine takes the same values equally often.",
        ),
    },
)  # fmt: skip


def _standard(size, rng, *, minus=-2.0, turn=2 * math.pi):
    u, v = rng.random((2, size))
    return np.sqrt(minus * np.log(1 - u)) * np.cos(turn * v)


@exercise.mistake(caught_by=checks.sample_follows)
def variance_for_deviation(mu, sigma, size, rng):
    """The draws were stretched by sigma squared. sigma is the standard deviation: multiply by it once."""
    return mu + sigma**2 * _standard(size, rng)


@exercise.mistake(caught_by=checks.sample_follows)
def standard_alone(mu, sigma, size, rng):
    """These are standard normal numbers. Multiply by sigma and add mu."""
    return _standard(size, rng)


@exercise.mistake(caught_by=checks.sample_follows)
def moved_before_stretched(mu, sigma, size, rng):
    """mu was added before the numbers were stretched, so it was stretched too. Multiply first."""
    return sigma * (mu + _standard(size, rng))


@exercise.mistake(caught_by=checks.sample_follows)
def angle_in_turns(mu, sigma, size, rng):
    """The angle is v itself, less than a sixth of a turn. A full turn is 2 pi."""
    return mu + sigma * _standard(size, rng, turn=1.0)


@exercise.mistake(caught_by=checks.sample_follows)
def half_a_turn_of_sine(mu, sigma, size, rng):
    """The angle runs through half a turn only, so every draw is above mu. A full turn is 2 pi."""
    u, v = rng.random((2, size))
    return mu + sigma * np.sqrt(-2 * np.log(1 - u)) * np.sin(math.pi * v)


@exercise.mistake(caught_by=checks.finite)
def minus_forgotten(mu, sigma, size, rng):
    """A negative number has the root nan, and log(1 - u) is negative. The minus sign of -2 may be missing."""
    with np.errstate(invalid="ignore"):
        return mu + sigma * _standard(size, rng, minus=2.0)


@exercise.mistake(caught_by=checks.sample_follows)
def radius_alone(mu, sigma, size, rng):
    """Without the cosine all draws lie above mu. Multiply by cos(2 pi v)."""
    return mu + sigma * np.sqrt(-2 * np.log(1 - rng.random(size)))


@exercise.mistake(caught_by=checks.sample_follows)
def uniform_stretched(mu, sigma, size, rng):
    """These are uniform numbers from mu on. Box and Muller's formula makes normal ones of them."""
    return mu + sigma * rng.random(size)


@exercise.mistake(caught_by=checks.seeds_differ)
def generator_of_its_own(mu, sigma, size, rng):
    """Every seed gives the same draws, as those of a generator made inside do. Draw from rng."""
    return mu + sigma * _standard(size, np.random.default_rng(0))


@exercise.mistake(caught_by=checks.matches_shape)
def pairs_cut_short(mu, sigma, size, rng):
    """An odd size lost a draw, as size // 2 pairs are too few. Round up, then cut to size."""
    u, v = rng.random((2, size // 2))
    radius, angle = np.sqrt(-2 * np.log(1 - u)), 2 * math.pi * v
    return mu + sigma * np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])


@exercise.mistake(caught_by=checks.matches_shape)
def both_of_each_pair(mu, sigma, size, rng):
    """Twice as many draws came back: cosine and sine of each pair. Return size of them."""
    u, v = rng.random((2, size))
    radius, angle = np.sqrt(-2 * np.log(1 - u)), 2 * math.pi * v
    return mu + sigma * np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(mu, sigma, size, rng):
    """rng.normal does the work here. Use rng.random and the formula."""
    return rng.normal(mu, sigma, size)


@exercise.mistake(caught_by=checks.sample_follows)
def root_of_the_deviation(mu, sigma, size, rng):
    """The draws were stretched by the root of sigma. sigma is the standard deviation: multiply by it."""
    return mu + math.sqrt(sigma) * _standard(size, rng)
