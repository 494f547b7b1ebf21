"""Counts: how many events fall into an hour, by inversion."""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, generator


def sample_poisson(lam: float, size: int, rng: np.random.Generator) -> NDArray[np.integer]:
    """Return `size` independent draws from the Poisson distribution, by inversion.

    A draw is the smallest whole number k, from 0 on, for which the probabilities of 0, 1, ..., k sum to
    more than a uniform number u. The probability of 0 is exp(-lam); that of k is the one of k - 1 times
    lam / k.

    Args:
        lam: mean number of events, from 0.1 to 50.
        size: number of draws, at least 0.
        rng: generator; all chance comes from `rng.random`, which gives numbers from 0 to 1, 1 excluded. Work
            by hand: rng.poisson and scipy.stats earn nothing.

    Returns:
        Array of shape (size,) of whole numbers (floats with whole values are fine). The same generator
        gives the same draws.

    >>> sample_poisson(0.5, 4, np.random.default_rng(0)).shape
    (4,)
    """
    u = rng.random(size)
    # With a mean of 50 the numbers from 500 on have no probability in floating point.
    probabilities = math.exp(-lam) * np.cumprod([1.0, *(lam / np.arange(1, 500))])
    return np.searchsorted(np.cumsum(probabilities), u, side="right")


def _draw(rng):
    return call(round(float(rng.uniform(0.5, 20)), 1), 3000, generator(int(rng.integers(1000))))


exercise = Exercise(
    sample_poisson,
    tags=("probability", "random", "loops"),
    difficulty="medium",
    minutes=20,
    after=("sample_bernoulli",),
    inputs=drawn(_draw).also(
        few=call(1.5, 200, generator(1)),
        few_again=call(1.5, 200, generator(2)),
        seldom_any=call(0.1, 200, generator(3)),
        many=call(40, 200, generator(4)),
        no_draws=call(2.0, 0, generator(5)),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (size,)"),
        checks.non_negative(),
        checks.deterministic().named("The same generator gives the same draws"),
        checks.seeds_differ().on("few*"),
        checks.forbids_calls(
            "rng.poisson", "numpy.random.poisson", "scipy.stats.poisson.rvs", "scipy.stats.poisson.ppf"
        ).named("Works with rng.random alone"),
        checks.sample_follows("Poisson").worth(4),
    ),
    hints=(
        "With lam = 1.5, how probable are 0, 1 and 2 events? What are their running sums?",
        "Lay the probabilities end to end from 0 to 1: u falls into the stretch of one k.",
        "For one draw: while u is not below the running sum, go on to the next k and its probability.",
    ),
    formula=r"P(k) = e^{-\lambda} \frac{\lambda^k}{k!}, \quad x = \min \{\, k : P(0) + \dots + P(k) > u \,\}",
    equivalents={
        **dict.fromkeys(
            (
                "probabilities = math.exp(-lam) * np.cumprod([1.0, *lam / np.arange(1, 501)])",
                "probabilities = math.exp(-lam) * np.cumprod([1.0, *lam / np.arange(1, 499)])",
            ),
            "Numbers so large have no probability.",
        ),
        "return np.searchsorted(np.cumsum(probabilities), u)": "A draw equals a running sum once in 2**53.",
    },
)


def _inverted(lam, size, rng, *, first=0, factor=lambda lam, k: lam / k, most=400, renew=True):
    draws = []
    for u in rng.random(size):
        k, probability = 0, math.exp(-lam)
        total = probability
        while u >= total and k < most:
            k += 1
            probability *= factor(lam, k)
            total = total + probability if renew else probability
        draws.append(k + first)
    return np.array(draws, dtype=int)


@exercise.mistake(caught_by=checks.sample_follows)
def one_too_many(lam, size, rng):
    """Every draw is one too large: the count begins at 0, which has the probability exp(-lam)."""
    return _inverted(lam, size, rng, first=1)


@exercise.mistake(caught_by=checks.sample_follows)
def not_divided_by_k(lam, size, rng):
    """Each probability is the one before times lam / k. Without the k they grow far too fast."""
    return _inverted(lam, size, rng, factor=lambda lam, k: lam)


@exercise.mistake(caught_by=checks.sample_follows)
def ends_too_early(lam, size, rng):
    """The search ends at 10 events. With lam = 40 almost all draws lie beyond: go on until u is reached."""
    return _inverted(lam, size, rng, most=10)


@exercise.mistake(caught_by=checks.sample_follows)
def not_summed(lam, size, rng):
    """u was compared with single probabilities. Compare it with their running sum."""
    return _inverted(lam, size, rng, renew=False)


@exercise.mistake(caught_by=checks.sample_follows)
def waiting_times(lam, size, rng):
    """These are waiting times between events, cut to whole numbers. Count the events instead."""
    return np.floor(-np.log(1 - rng.random(size)) / lam).astype(int)


@exercise.mistake(caught_by=checks.sample_follows)
def mean_for_all(lam, size, rng):
    """Every draw is the mean. Let u decide."""
    rng.random(size)
    return np.full(size, round(lam))


@exercise.mistake(caught_by=checks.seeds_differ)
def generator_of_its_own(lam, size, rng):
    """Every seed gives the same draws, as those of a generator made inside do. Draw from rng."""
    return _inverted(lam, size, np.random.default_rng(0))


@exercise.mistake(caught_by=checks.matches_shape)
def one_alone(lam, size, rng):
    """A single draw came back. Make as many as size says, each with a uniform number of its own."""
    return int(_inverted(lam, 1, rng)[0])


@exercise.mistake(caught_by=checks.matches_shape)
def as_a_list(lam, size, rng):
    """A list came back. Make an array of it: np.array(draws)."""
    return _inverted(lam, size, rng).tolist()


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(lam, size, rng):
    """rng.poisson does the work here. Invert the running sum of the probabilities."""
    return rng.poisson(lam, size)


@exercise.mistake(caught_by=checks.sample_follows)
def one_number_for_all(lam, size, rng):
    """All draws are equal: one uniform number may serve for all. Draw one for each."""
    return np.full(size, _inverted(lam, 1, rng)[0])


@exercise.mistake(caught_by=checks.sample_follows)
def sum_never_reset(lam, size, rng):
    """The draws never fall: count and sum may go on from the draw before. Reset them for each draw."""
    draws, k, probability = [], 0, math.exp(-lam)
    total = probability
    for u in rng.random(size):
        while u >= total and k < 400:
            k += 1
            probability *= lam / k
            total += probability
        draws.append(k)
    return np.array(draws, dtype=int)
