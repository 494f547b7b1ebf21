"""Machine epsilon: the step from 1 to the next number."""

import numpy as np

from grader import Exercise, call, checks, drawn


def machine_epsilon(dtype: str) -> float:
    """Return the distance from 1 to the next larger number of a floating-point type, found by halving.

    Start at 1 and halve as long as 1 + eps / 2, computed in that type, is still more than 1. Work by
    hand: np.finfo, np.spacing, np.nextafter and sys.float_info, which know the answer, earn nothing.

    Args:
        dtype: "float16", "float32" or "float64", as np.dtype takes it.

    Returns:
        One number: the last eps for which 1 + eps is more than 1.

    >>> machine_epsilon("float16")
    0.0009765625
    """
    one, two = np.array([1, 2], dtype=dtype)
    eps = one
    while one + eps / two > one:
        eps = eps / two
    return float(eps)


_TYPES = ("float16", "float32", "float64")
_FRACTION_BITS = {"float16": 10, "float32": 23, "float64": 52}
exercise = Exercise(
    machine_epsilon,
    tags=("floating point", "loops"),
    difficulty="easy",
    minutes=10,
    after=("float_parts",),
    inputs=drawn(lambda rng: call(_TYPES[rng.integers(3)])).also(
        half=call("float16"), single=call("float32"), double=call("float64")
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.matches_reference().worth(3),
        checks.forbids_calls("numpy.finfo", "numpy.spacing", "numpy.nextafter", "sys.float_info").named(
            "Works without np.finfo, np.spacing and np.nextafter"
        ),
    ),
    hints=(
        "Try it at the prompt: what is 1 + 2**-52, and what is 1 + 2**-53?",
        "np.dtype(dtype).type makes numbers of that type: compute 1 + eps / 2 with those.",
        "Ask about eps / 2 before you halve, else you end one halving too late.",
    ),
    formula=r"\varepsilon = \min \{\, 2^{-k} : 1 + 2^{-k} > 1 \,\}",
    scale=0.0,
    oracle=lambda m, dtype: m.mpf(2) ** -_FRACTION_BITS[dtype],
)


def _halved(dtype, goes_on):
    number = np.dtype(dtype).type
    one, eps = number(1), number(1)
    while goes_on(one, eps):
        eps = eps / number(2)
    return float(eps)


@exercise.mistake(caught_by=checks.matches_reference)
def one_halving_too_many(dtype):
    """Here 1 + eps is 1 already: you stopped one halving too late. Test eps / 2 before you halve."""
    return _halved(dtype, lambda one, eps: one + eps > one)


@exercise.mistake(caught_by=checks.matches_reference)
def always_double(dtype):
    """This is the epsilon of float64, as of Python's own numbers. Make 1 and eps by np.dtype(dtype).type."""
    return _halved("float64", lambda one, eps: one + eps / 2 > one)


@exercise.mistake(caught_by=checks.matches_reference)
def always_single(dtype):
    """This is the epsilon of float32 for every dtype. Compute in the type that is asked for."""
    return _halved("float32", lambda one, eps: one + eps / one.dtype.type(2) > one)


@exercise.mistake(caught_by=checks.matches_reference)
def smallest_number(dtype):
    """This is the smallest positive number. Epsilon is the gap beside 1: test 1 + eps / 2 > 1."""
    number = np.dtype(dtype).type
    return _halved(dtype, lambda one, eps: eps / number(2) > number(0))


@exercise.mistake(caught_by=checks.matches_reference)
def tenths(dtype):
    """eps was divided by 10. The gaps between floating-point numbers are powers of 2: halve."""
    number = np.dtype(dtype).type
    eps = number(1)
    while number(1) + eps / number(10) > number(1):
        eps = eps / number(10)
    return float(eps)


@exercise.mistake(caught_by=checks.matches_reference)
def how_many_halvings(dtype):
    """This counts the halvings. Asked for is the epsilon itself, 2 to the minus that."""
    return -float(np.log2(machine_epsilon(dtype)))


@exercise.mistake(caught_by=checks.forbids_calls)
def looked_up(dtype):
    """np.finfo knows the answer. Find it yourself, by halving."""
    return float(np.finfo(dtype).eps)
