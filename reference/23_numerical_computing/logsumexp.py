"""Log-sum-exp: a sum of exponentials that never overflows."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def logsumexp(x: NDArray[np.floating]) -> float:
    """Return log(sum of e^x), the natural logarithm.

    Work by hand: scipy.special.logsumexp and np.logaddexp, which do it at once, earn nothing.

    Args:
        x: numbers, shape (n,) with n at least 1, integers too; may be huge, such as 1000 or -1000, and may
            hold -inf, which adds nothing. If all are -inf the answer is -inf.

    Returns:
        One number.

    >>> round(logsumexp(np.array([0.0, 0.0])), 6)
    0.693147
    >>> logsumexp(np.array([1000.0, -1000.0]))
    1000.0
    """
    largest = np.max(x)
    if np.isneginf(largest):
        return float(largest)
    return float(largest + np.log(np.exp(x - largest).sum()))


exercise = Exercise(
    logsumexp,
    tags=("stability",),
    difficulty="medium",
    minutes=15,
    after=("log_softmax",),
    inputs=arrays("n", low=-6, high=6)
    .also(steps=np.array([1.0, 2.0, 3.0]), one_number=np.array([-2.5]))
    .only(
        all_low=np.array([-1000.0, -1001.0, -1002.0]),
        wide_apart=np.array([-2000.0, 5.0, -30.0]),
        one_minus_infinity=np.array([-np.inf, 0.5, 1.0]),
        all_minus_infinity=np.array([-np.inf, -np.inf]),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.forbids_calls("scipy.special.logsumexp", "numpy.logaddexp", "numpy.logaddexp.reduce").named(
            "Works without a ready-made function"
        ),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).worth(2),
        checks.matches_reference().on("all low").named("Right where all numbers are about -1000"),
        checks.matches_reference().on("wide apart").named("Right where the smallest is -2000"),
        checks.matches_reference().on("* minus infinity").named("Right where numbers are -inf"),
        checks.no_warnings(),
    ),
    hints=(
        "Take a factor e^c out of the sum. What does that do to the logarithm?",
        "Which c makes every exponent at most 0, and one of them exactly 0?",
        "-inf minus -inf is nan: ask for that case before you subtract.",
    ),
    formula=r"\log \sum_i e^{x_i} = c + \log \sum_i e^{x_i - c}, \quad c = \max_i x_i",
    condition=lambda x: 4 * np.abs(x[np.isfinite(x)]).max(initial=1.0),
    oracle=lambda m, x: m.log(m.exp(x).sum()),
)


@exercise.mistake(caught_by=checks.stable_at)
def no_shift(x):
    """np.exp overflows above 709: take the largest number out first."""
    return float(np.log(np.exp(x).sum()))


@exercise.mistake(caught_by=checks.matches_reference)
def not_added_back(x):
    """The maximum was taken out but never put back: add it to the logarithm."""
    shifted = x - np.max(x) if np.isfinite(np.max(x)) else x
    return float(np.log(np.exp(shifted).sum()))


@exercise.mistake(caught_by="matches_reference_right_where_numbers_are_inf")
def minus_infinity_minus_itself(x):
    """-inf minus -inf is nan. If the largest number is -inf, so is the answer."""
    largest = np.max(x)
    return float(largest + np.log(np.exp(x - largest).sum()))


@exercise.mistake(caught_by=checks.matches_reference)
def logarithm_forgotten(x):
    """This is the sum of exponentials; its logarithm is still missing."""
    return float(np.exp(np.asarray(x, dtype=float)).sum())


@exercise.mistake(caught_by=checks.matches_reference)
def largest_alone(x):
    """The largest number is a good guess, but the others add to it: log(sum(e^(x - max))) is missing."""
    return float(np.max(x))


@exercise.mistake(caught_by=checks.matches_reference)
def mean_for_sum(x):
    """The exponentials were averaged. Add them up."""
    return float(logsumexp(x) - np.log(len(x)))


@exercise.mistake(caught_by=checks.stable_at)
def smallest_taken_out(x):
    """The smallest number was taken out, so the largest exponent is huge. Take out the largest."""
    smallest = np.min(x)
    if np.isneginf(np.max(x)):
        return float(smallest)
    return float(smallest + np.log(np.exp(x - smallest).sum()))


@exercise.mistake(caught_by=checks.matches_reference)
def base_ten(x):
    """np.log10 is the logarithm to base 10. The natural one is np.log."""
    largest = np.max(x)
    if np.isneginf(largest):
        return float(largest)
    return float(largest + np.log10(np.exp(x - largest).sum()))


@exercise.mistake(caught_by=checks.stable_at)
def clipped(x):
    """Clipping keeps the numbers from overflowing but changes them. Shift by the maximum instead."""
    return float(np.log(np.exp(np.clip(x, -700, 700)).sum()))


@exercise.mistake(caught_by="matches_reference_right_where_all_numbers_are_about_1000")
def largest_in_size(x):
    """The number largest in size was taken out. At -1000 that loses everything: use the maximum itself."""
    size = np.max(np.abs(x))
    if np.isneginf(np.max(x)):
        return float(np.max(x))
    size = size if np.isfinite(size) else np.max(x)
    return float(size + np.log(np.exp(x - size).sum()))


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(x):
    """np.logaddexp does the work here. Write it with np.exp and np.log."""
    return float(np.logaddexp.reduce(x))
