"""Coins: draw 0 and 1 from uniform numbers."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, generator


def sample_bernoulli(p: float, size: int, rng: np.random.Generator) -> NDArray[np.integer]:
    """Return `size` independent draws that are 1 with probability `p`, else 0.

    Args:
        p: probability of a 1, from 0 to 1, both included.
        size: number of draws, at least 0.
        rng: generator; all chance comes from `rng.random`, which gives numbers from 0 to 1, 1 excluded. Work
            by hand: rng.binomial and rng.choice earn nothing.

    Returns:
        Array of shape (size,) of zeros and ones. The same generator gives the same draws.

    >>> sample_bernoulli(1.0, 3, np.random.default_rng(0))
    array([1, 1, 1])
    """
    return (rng.random(size) < p).astype(int)


def _draw(rng):
    return call(round(float(rng.uniform(0.05, 0.95)), 2), 4000, generator(int(rng.integers(1000))))


exercise = Exercise(
    sample_bernoulli,
    tags=("probability", "random"),
    difficulty="easy",
    minutes=10,
    inputs=drawn(_draw).also(
        seldom=call(0.1, 200, generator(1)),
        seldom_again=call(0.1, 200, generator(2)),
        every_second=call(0.5, 200, generator(3)),
        always=call(1.0, 40, generator(4)),
        never=call(0, 40, generator(5)),
        no_draws=call(0.5, 0, generator(6)),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (size,)"),
        checks.within(0, 1),
        checks.deterministic().named("The same generator gives the same draws"),
        checks.seeds_differ().on("seldom*"),
        checks.forbids_calls(
            "rng.binomial", "rng.choice", "numpy.random.binomial", "numpy.random.choice"
        ).named("Works with rng.random alone"),
        checks.sample_follows("Bernoulli").worth(3),
    ),
    hints=(
        "rng.random() is below 0.3 in three of ten cases.",
        "rng.random(size) gives all numbers at once; a comparison makes True and False of them.",
        "Which comparison is right for p = 0 and for p = 1, if 0 may be drawn and 1 may not?",
    ),
    formula=r"x = 1 \text{ if } u < p, \text{ else } 0, \quad u \sim U[0, 1)",
    equivalents={
        "return (rng.random(size) <= p).astype(int)": "A draw equals p once in 2**53.",
    },
)


@exercise.mistake(caught_by=checks.sample_follows)
def turned(p, size, rng):
    """Ones come with probability 1 - p. A uniform number is below p with probability p: compare with <."""
    return (rng.random(size) > p).astype(int)


@exercise.mistake(caught_by=checks.sample_follows)
def rounded(p, size, rng):
    """Rounding makes every second draw a 1, whatever p is. Compare with p."""
    return np.round(rng.random(size)).astype(int)


@exercise.mistake(caught_by=checks.sample_follows)
def one_draw_for_all(p, size, rng):
    """One number was drawn and repeated. Draw one for each: rng.random(size)."""
    return np.full(size, int(rng.random() < p))


@exercise.mistake(caught_by=checks.seeds_differ)
def generator_of_its_own(p, size, rng):
    """Every seed gives the same draws, as those of a generator made inside do. Draw from rng."""
    return (np.random.default_rng(0).random(size) < p).astype(int)


@exercise.mistake(caught_by=checks.seeds_differ)
def exact_number(p, size, rng):
    """The share of ones is exactly p in every sample, in a fixed order. That is no chance: use rng."""
    return (np.arange(size) < p * size).astype(int)


@exercise.mistake(caught_by=checks.sample_follows)
def uniform_numbers(p, size, rng):
    """The uniform numbers themselves came back. Compare them with p to make zeros and ones."""
    return rng.random(size)


@exercise.mistake(caught_by=checks.within)
def signs(p, size, rng):
    """Here the failures are -1. Return 0 for them."""
    return np.where(rng.random(size) < p, 1, -1)


@exercise.mistake(caught_by=checks.matches_shape)
def number_of_ones(p, size, rng):
    """This is how many ones were drawn. Return the draws themselves."""
    return int(np.sum(rng.random(size) < p))


@exercise.mistake(caught_by=checks.matches_shape)
def one_alone(p, size, rng):
    """A single draw came back. Draw as many as size says."""
    return int(rng.random() < p)


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(p, size, rng):
    """rng.binomial does the work here. Compare rng.random with p."""
    return rng.binomial(1, p, size)


@exercise.mistake(caught_by=checks.seeds_differ)
def global_generator(p, size, rng):
    """The draws are not those of the generator that you were given. Use rng.random, not np.random."""
    return (np.random.random(size) < p).astype(int)
