"""Checks of samplers: a sample follows its distribution.

The largest distance between the empirical and the true distribution function of n draws exceeds e with a
probability of at most 2 exp(-2 n e^2), for every distribution: P. Massart, "The tight constant in the
Dvoretzky-Kiefer-Wolfowitz inequality" (1990).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from grader.checks.context import CheckContext, Finding, Observation
from grader.checks.kind import check
from grader.numerics.tolerance import Array
from grader.text.numbers import number

ALARM: Final = 1e-13
"""Probability of a false alarm per case; in a course with ten thousand cases, it stays below 1e-9."""


@check(shrinks=False)
def sample_follows(context: CheckContext, distribution: str) -> Iterator[Finding]:
    """The sample follows the {distribution} distribution.

    Args:
        distribution: a name in `DISTRIBUTIONS`. The arguments of a case are the distribution's parameters,
            the size of the sample, and the generator.
    """
    for observed in context.judged:
        values = np.ravel(observed.got).astype(float)
        if not np.isfinite(values).all():
            yield Finding(observed.case, "A value is nan or inf; expected finite numbers.", got=observed.got)
        elif values.size:
            yield from _departures(observed, values, DISTRIBUTIONS[distribution])


def _departures(observed: Observation, values: Array, law: Callable[..., Array]) -> Iterator[Finding]:
    points, counts = np.unique(values, return_counts=True)
    parameters = observed.case.args[:-2]
    # The empirical distribution function is constant between two values, so its largest distance from the
    # true one is at a value or just before it.
    for what, at, share in (
        ("at most", points, np.cumsum(counts) / values.size),
        ("less than", np.nextafter(points, -np.inf), (np.cumsum(counts) - counts) / values.size),
    ):
        wanted = law(at, *parameters)
        allowed = math.sqrt(math.log(2 / ALARM) / (2 * values.size))
        worst = int(np.argmax(np.abs(share - wanted)))
        if not abs(share[worst] - wanted[worst]) <= allowed:
            yield Finding(
                observed.case,
                f"Of {values.size} values {number(100 * share[worst], 3)} % are {what} "
                f"{number(points[worst])}; expected about {number(100 * wanted[worst], 3)} %.",
            )
            return


def _bernoulli(x: Array, p: Any) -> Array:
    return np.where(x < 0, 0.0, np.where(x < 1, 1.0 - p, 1.0))


def _normal(x: Array, mu: Any, sigma: Any) -> Array:
    return np.array([math.erfc(z) for z in ((mu - x) / (sigma * math.sqrt(2))).tolist()]) / 2


def _poisson(x: Array, lam: Any) -> Array:
    # Larger values have a probability below 1e-13, for every lam.
    last = math.ceil(lam + 40 * math.sqrt(lam) + 60)
    sums = np.cumsum([math.exp(k * math.log(lam) - lam - math.lgamma(k + 1)) for k in range(last + 1)])
    inside = np.clip(np.floor(x), 0, last).astype(int)
    return np.where(x < 0, 0.0, np.where(x > last, 1.0, sums[inside]))


DISTRIBUTIONS: Final[dict[str, Callable[..., Array]]] = {
    "Bernoulli": _bernoulli,
    "normal": _normal,
    "Poisson": _poisson,
}
"""Distribution functions: called with x and the parameters, each returns the probability of at most x."""
