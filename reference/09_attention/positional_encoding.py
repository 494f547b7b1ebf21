"""Positional encoding: waves that tell where a word stands."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def positional_encoding(n: int, d: int) -> NDArray[np.floating]:
    """Return the sinusoidal encoding of n positions in d columns.

    The columns 2i and 2i + 1 are a pair with one frequency: column 2i holds sin(t / 10000^(2i / d)) at
    position t, counted from 0, column 2i + 1 holds cos(t / 10000^(2i / d)). If d is odd, the last column is
    a sine.

    Args:
        n: number of positions, at least 1.
        d: number of columns, at least 1, even or odd.

    Returns:
        Values between -1 and 1, shape (n, d); row 0 is 0, 1, 0, 1, ...

    >>> positional_encoding(2, 4).round(4)
    array([[0.    , 1.    , 0.    , 1.    ],
           [0.8415, 0.5403, 0.01  , 1.    ]])
    """
    t, column = np.arange(n)[:, None], np.arange(d)
    angle = t / 10000 ** (column // 2 * 2 / d)
    return np.where(column % 2 == 0, np.sin(angle), np.cos(angle))


def _exact(m, n, d):
    """Return the parts of e^(i angle)."""

    def entry(t, column):
        wave = m.expj(t / m.mpf(10000) ** (m.mpf(column - column % 2) / d))
        return wave.real if column % 2 else wave.imag

    return np.array([[entry(t, column) for column in range(d)] for t in range(n)])


exercise = Exercise(
    positional_encoding,
    tags=("attention", "broadcasting"),
    difficulty="medium",
    minutes=15,
    inputs=drawn(lambda rng: call(int(rng.integers(2, 12)), int(rng.integers(3, 9)))).also(
        four_columns=call(5, 4),
        six_columns=call(3, 6),
        odd_width=call(4, 5),
        one_column=call(3, 1),
        one_position=call(1, 6),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (n, d)"),
        checks.within(-1, 1),
        checks.matches_reference().worth(5),
        checks.matches_reference().on("one position").named("Row 0 is 0, 1, 0, 1, …"),
    ),
    hints=(
        "Write down the four columns for d = 4: which frequency has each, and sine or cosine?",
        "Positions as a column, np.arange(n)[:, None], and frequencies as a row broadcast to a table.",
        "PE[:, 0::2] are the even columns, PE[:, 1::2] the odd ones; with an odd d there is one sine more.",
    ),
    formula=r"P_{t,2i} = \sin\frac{t}{10000^{2i/d}}, \quad P_{t,2i+1} = \cos\frac{t}{10000^{2i/d}}",
    condition=lambda n, d: 20.0 * n,
    oracle=_exact,
)


def _table(n, d, *, power=lambda c, d: c // 2 * 2 / d, even=np.sin, odd=np.cos, start=0, base=10000.0):
    t, column = np.arange(start, n + start)[:, None], np.arange(d)
    angle = t / base ** power(column, d)
    return np.where(column % 2 == 0, even(angle), odd(angle))


@exercise.mistake(caught_by=checks.matches_reference)
def sine_and_cosine_swapped(n, d):
    """Sine and cosine are swapped: the even columns, with the first of all, are sines."""
    return _table(n, d, even=np.cos, odd=np.sin)


@exercise.mistake(caught_by=checks.matches_reference)
def frequency_of_its_own(n, d):
    """Every column has a frequency of its own. Sine and cosine of a pair share one: the power is 2i / d."""
    return _table(n, d, power=lambda c, d: c / d)


@exercise.mistake(caught_by=checks.matches_reference)
def power_halved(n, d):
    """The power is i / d. It is 2i / d, where i counts the pairs."""
    return _table(n, d, power=lambda c, d: c // 2 / d)


@exercise.mistake(caught_by=checks.matches_reference)
def power_doubled(n, d):
    """The column's number was doubled. 2i is the number of the even column itself."""
    return _table(n, d, power=lambda c, d: c // 2 * 4 / d)


@exercise.mistake(caught_by=checks.matches_reference)
def counted_from_one(n, d):
    """The positions were counted from 1. Row 0 is position 0: 0, 1, 0, 1, …"""
    return _table(n, d, start=1)


@exercise.mistake(caught_by=checks.matches_reference)
def halves_side_by_side(n, d):
    """All sines stand left, all cosines right. They alternate: even columns sine, odd ones cosine."""
    table = _table(n, d)
    return np.hstack([table[:, 0::2], table[:, 1::2]])


@exercise.mistake(caught_by=checks.matches_reference)
def sines_alone(n, d):
    """All columns are sines. The odd ones are cosines."""
    return _table(n, d, odd=np.sin)


@exercise.mistake(caught_by=checks.matches_reference)
def multiplied(n, d):
    """The position was multiplied by 10000^(2i / d). Divide: later columns turn more slowly."""
    return _table(n, d, base=1 / 10000.0)


@exercise.mistake(caught_by=checks.matches_reference)
def other_base(n, d):
    """The base is 1000 here. It is 10000."""
    return _table(n, d, base=1000.0)


@exercise.mistake(caught_by=checks.matches_shape)
def positions_in_columns(n, d):
    """Positions stand in columns. Each position is a row: shape (n, d)."""
    return _table(n, d).T.copy()


@exercise.mistake(caught_by=checks.matches_shape)
def last_odd_column_missing(n, d):
    """With an odd d the last column is missing: it is a sine that has no cosine beside it."""
    return _table(n, d)[:, : d // 2 * 2]


@exercise.mistake(caught_by=checks.within)
def angles(n, d):
    """These are the angles. Take sine and cosine of them."""
    return _table(n, d, even=lambda a: a, odd=lambda a: a)


@exercise.mistake(caught_by=checks.matches_reference)
def every_column_doubled(n, d):
    """The power may be twice the column's number over d. Columns 2i and 2i + 1 share the power 2i / d."""
    return _table(n, d, power=lambda c, d: 2 * c / d)
