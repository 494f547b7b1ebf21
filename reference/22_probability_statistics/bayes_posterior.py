"""Bayes' rule: what data do to a belief."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def bayes_posterior(prior: NDArray[np.floating], likelihood: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the probabilities of several hypotheses after the data were seen.

    Args:
        prior: their probabilities before, shape (n,), at least 0; they sum to 1.
        likelihood: for each hypothesis, how probable the data are if it is true, shape (n,), at least 0;
            these need not sum to 1.

    Returns:
        Posterior probabilities, shape (n,); they sum to 1.

    Raises:
        ValueError: the data are impossible under every hypothesis that has a prior above 0.

    >>> bayes_posterior(np.array([0.5, 0.5]), np.array([0.75, 0.25]))
    array([0.75, 0.25])
    """
    joint = prior * likelihood
    evidence = np.sum(joint)
    if evidence == 0:
        raise ValueError("no hypothesis explains the data")
    return joint / evidence


def _draw(rng):
    n = int(rng.integers(2, 6))
    weights = rng.integers(1, 10, size=n)
    return call(weights / weights.sum(), np.round(rng.uniform(0.05, 1, size=n), 2))


exercise = Exercise(
    bayes_posterior,
    tags=("probability", "vector"),
    difficulty="medium",
    minutes=15,
    inputs=drawn(_draw)
    .also(
        rare_disease=call(np.array([0.01, 0.99]), np.array([0.9, 0.05])),
        equal_priors=call(np.array([0.5, 0.5]), np.array([0.75, 0.5])),
        one_is_impossible=call(np.array([0.25, 0.25, 0.5]), np.array([0.5, 0.0, 0.25])),
        never_believed=call(np.array([0.0, 1.0]), np.array([1.0, 0.5])),
        certain_data=call(np.array([0.25, 0.75]), np.array([1.0, 1.0])),
    )
    .only(
        impossible=call(np.array([0.5, 0.5]), np.array([0.0, 0.0])),
        impossible_where_believed=call(np.array([1.0, 0.0]), np.array([0.0, 0.5])),
    ),
    checks=(
        checks.preserves_shape(),
        checks.within(0, 1),
        checks.sums_to_one(),
        checks.raises("ValueError").on("impossible*").named("Raises ValueError for impossible data"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Imagine 10000 people, 1 % of them ill: how many of the positive tests come from each group?",
        "Multiply each prior by its likelihood: these are the groups. Then make them sum to 1.",
        "What is their sum where the data are impossible? Ask before you divide.",
    ),
    formula=r"P(h_i \mid d) = \frac{P(d \mid h_i)\, P(h_i)}{\sum_j P(d \mid h_j)\, P(h_j)}",
    condition=lambda prior, likelihood: 4 * len(prior),
    oracle=lambda m, prior, likelihood: np.array(
        [p * q / sum(prior * likelihood) for p, q in zip(prior, likelihood, strict=True)]
    ),
)


@exercise.mistake(caught_by=checks.sums_to_one)
def not_normalized(prior, likelihood):
    """These are prior times likelihood. Divide by their sum, so that they are probabilities."""
    if not np.any(prior * likelihood):
        raise ValueError
    return prior * likelihood


@exercise.mistake(caught_by=checks.matches_reference)
def prior_ignored(prior, likelihood):
    """The priors do not count here. A rare hypothesis stays rare: multiply by them."""
    if not np.any(prior * likelihood):
        raise ValueError
    return likelihood / np.sum(likelihood)


@exercise.mistake(caught_by=checks.matches_reference)
def added(prior, likelihood):
    """Prior and likelihood were added. Both must hold together: multiply them."""
    if not np.any(prior * likelihood):
        raise ValueError
    return (prior + likelihood) / np.sum(prior + likelihood)


@exercise.mistake(caught_by=checks.matches_reference)
def divided_by_the_likelihood(prior, likelihood):
    """The priors were divided by the likelihoods. Probable data speak for a hypothesis: multiply."""
    bayes_posterior(prior, likelihood)
    quotient = prior / np.maximum(likelihood, 1e-9)
    return quotient / np.sum(quotient)


@exercise.mistake(caught_by=checks.matches_reference)
def data_ignored(prior, likelihood):
    """The priors came back unchanged. The data must move them."""
    bayes_posterior(prior, likelihood)
    return prior / np.sum(prior)


@exercise.mistake(caught_by=checks.sums_to_one)
def largest_made_one(prior, likelihood):
    """The largest was made 1. Divide by the sum of the products instead."""
    bayes_posterior(prior, likelihood)
    return prior * likelihood / np.max(prior * likelihood)


@exercise.mistake(caught_by=checks.sums_to_one)
def wrong_evidence(prior, likelihood):
    """The evidence is the sum of prior times likelihood, not of the likelihoods alone."""
    bayes_posterior(prior, likelihood)
    return prior * likelihood / np.sum(likelihood)


@exercise.mistake(caught_by=checks.raises)
def nan_for_an_error(prior, likelihood):
    """For impossible data this is 0/0, which is nan. Raise ValueError."""
    return prior * likelihood / np.sum(prior * likelihood)


@exercise.mistake(caught_by=checks.does_not_mutate)
def prior_in_place(prior, likelihood):
    """The caller's priors changed. Multiply into a new array: prior * likelihood."""
    found = bayes_posterior(prior, likelihood)
    prior *= likelihood
    return found


@exercise.mistake(caught_by=checks.sums_to_one)
def mean_of_the_products(prior, likelihood):
    """The products were divided by their mean, so they sum to n. Divide by their sum."""
    bayes_posterior(prior, likelihood)
    return prior * likelihood / np.mean(prior * likelihood)
