"""Bayes' rule: what data do to a belief."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def bayes_posterior(prior: NDArray[np.floating], likelihood: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the probabilities of several hypotheses after the data were seen.

    Leave the arguments unchanged.

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
    raise NotImplementedError("bayes_posterior")
