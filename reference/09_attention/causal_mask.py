"""Causal mask: nobody sees the future."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def causal_mask(n: int) -> NDArray[np.bool_]:
    """Return which of n positions each position may attend to: itself and those before it.

    Args:
        n: length of the sequence, at least 1.

    Returns:
        Booleans, shape (n, n): row i has True in the columns 0 to i, False after them.

    >>> causal_mask(3)
    array([[ True, False, False],
           [ True,  True, False],
           [ True,  True,  True]])
    """
    return np.tri(n, dtype=bool)


exercise = Exercise(
    causal_mask,
    tags=("attention", "indexing"),
    difficulty="easy",
    minutes=5,
    after=("attention_weights",),
    inputs=drawn(lambda rng: call(int(rng.integers(2, 9)))).also(
        one_position=call(1), two_positions=call(2), five_positions=call(5)
    ),
    checks=(
        checks.matches_shape().named("The output has shape (n, n)"),
        checks.returns_booleans(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Position 0 sees itself alone. What does the last position see?",
        "Compare row numbers with column numbers: np.arange(n)[:, None] against np.arange(n).",
        "np.tril keeps what lies on and below the diagonal; dtype=bool makes it True and False.",
    ),
    formula=r"M_{ij} = [\, j \le i \,]",
    oracle=lambda m, n: np.array([[j <= i for j in range(n)] for i in range(n)]),
)


@exercise.mistake(caught_by=checks.matches_reference)
def diagonal_left_out(n):
    """The diagonal is False. A position may attend to itself."""
    return np.tri(n, k=-1, dtype=bool)


@exercise.mistake(caught_by=checks.matches_reference)
def future_for_past(n):
    """The mask is transposed: each row allows what comes after it. Allow columns up to i."""
    return np.tri(n, dtype=bool).T.copy()


@exercise.mistake(caught_by=checks.matches_reference)
def forbidden_for_allowed(n):
    """True stands after the diagonal, where a position may not look. True means that it may attend."""
    return ~np.tri(n, dtype=bool)


@exercise.mistake(caught_by=checks.returns_booleans)
def numbers(n):
    """These are the numbers 1.0 and 0.0. Ask for dtype=bool: ~mask and mask[...] need booleans."""
    return np.tril(np.ones((n, n)))


@exercise.mistake(caught_by=checks.returns_booleans)
def to_be_added(n):
    """This is a mask to add to the scores, with 0 and -inf. Return True and False."""
    return np.where(np.tri(n, dtype=bool), 0.0, -np.inf)


@exercise.mistake(caught_by=checks.matches_reference)
def everything_allowed(n):
    """Everything is allowed. A position may not see what comes after it."""
    return np.ones((n, n), dtype=bool)


@exercise.mistake(caught_by=checks.matches_reference)
def only_itself(n):
    """Each position sees itself alone. It sees those before it as well."""
    return np.eye(n, dtype=bool)


@exercise.mistake(caught_by=checks.matches_reference)
def one_step_ahead(n):
    """One position of the future is allowed: row i ends at column i."""
    return np.tri(n, k=1, dtype=bool)


@exercise.mistake(caught_by=checks.matches_shape)
def one_row(n):
    """This is one row. Each of the n positions has its own: shape (n, n)."""
    return np.ones(n, dtype=bool)
