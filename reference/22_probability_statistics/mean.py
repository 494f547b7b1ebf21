"""Mean: the balance point of numbers."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def mean(x: NDArray[np.floating]) -> float:
    """Return the arithmetic mean of the numbers in `x`.

    Args:
        x: numbers of shape (n,), n at least 1; integers too; they may be as large as 1e9.

    Returns:
        One number, not rounded to a whole one. Work by hand: np.mean, np.average, x.mean and the module
        statistics earn nothing.

    >>> mean(np.array([1, 2, 6, 5]))
    3.5
    """
    return float(np.sum(x) / len(x))


exercise = Exercise(
    mean,
    tags=("statistics",),
    difficulty="easy",
    minutes=5,
    inputs=arrays("n", low=-10, high=10).also(
        steps=np.array([1, 2, 6, 5]),
        one_number=np.array([-4.5]),
        with_an_outlier=np.array([1.0, 2.0, 3.0, 1000.0]),
        far_from_zero=1e9 + np.array([1.0, 2.0, 4.0, 5.0]),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.forbids_calls(
            "numpy.mean", "numpy.average", "x.mean", "statistics.mean", "statistics.fmean"
        ).named("Works without np.mean"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Where does a plank balance that carries one weight at each of the numbers?",
        "Add the numbers up, and divide by how many there are.",
        "One slash divides numbers, two slashes cut the result to a whole number.",
    ),
    formula=r"\bar x = \frac{1}{n} \sum_{i=1}^{n} x_i",
    condition=lambda x: 4 * np.sum(np.abs(x)),
    oracle=lambda m, x: sum(m.mpf(x)) / len(x),
)


@exercise.mistake(caught_by=checks.matches_reference)
def not_divided(x):
    """This is the sum. Divide it by how many numbers there are."""
    return float(np.sum(x))


@exercise.mistake(caught_by=checks.matches_reference)
def cut_to_whole_numbers(x):
    """The result is cut to a whole number, as // does. Divide with a single slash."""
    return float(np.sum(x) // len(x))


@exercise.mistake(caught_by=checks.matches_reference)
def one_less(x):
    """n - 1 belongs to the variance of a sample. The mean divides by n."""
    with np.errstate(divide="ignore"):
        return float(np.sum(x) / np.float64(len(x) - 1))


@exercise.mistake(caught_by=checks.matches_reference)
def median(x):
    """This is the median, the number in the middle. The mean uses the size of every number."""
    return float(np.median(x))


@exercise.mistake(caught_by=checks.matches_reference)
def middle_of_the_range(x):
    """This is halfway between the smallest and the largest. All the other numbers count too."""
    return float((np.min(x) + np.max(x)) / 2)


@exercise.mistake(caught_by=checks.matches_reference)
def halved_pairwise(x):
    """Averaging step by step gives the last numbers more weight. Add up first, divide once."""
    found = float(x[0])
    for value in x[1:]:
        found = (found + float(value)) / 2
    return found


@exercise.mistake(caught_by=checks.matches_reference)
def rounded(x):
    """The result was rounded. Return it with all its digits."""
    return round(float(np.sum(x) / len(x)), 1)


@exercise.mistake(caught_by=checks.matches_shape)
def divided_one_by_one(x):
    """Each number was divided, but they were not added up."""
    return x / len(x)


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(x):
    """np.mean does the work here. Write it with a sum."""
    return float(np.mean(x))
