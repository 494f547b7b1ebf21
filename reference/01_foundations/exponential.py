"""Exponential: e to the power of every element."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def exponential(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return e^z for each element of `Z`.

    Args:
        Z: numbers of any shape, a single number included; integers too.

    Returns:
        An array in the shape of `Z`. Where e^z is too large for a float64, as at z = 1000, the answer
        is inf and no exception is raised; NumPy's warning about it does not matter. e^(-1000) is 0.

    >>> exponential(np.array([0.0, 1.0, 1000.0]))
    array([1.        , 2.71828183,        inf])
    """
    with np.errstate(over="ignore"):
        return np.exp(Z)


exercise = Exercise(
    exponential,
    tags=("elementwise",),
    difficulty="easy",
    minutes=5,
    inputs=arrays(low=-5, high=5).also(landmarks=np.array([-1.0, 0.0, 1.0])),
    checks=(
        checks.preserves_shape(),
        checks.increasing(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).named("Gives inf at 1000 and 0 at \N{MINUS SIGN}1000"),
    ),
    hints=(
        "Check three values by hand: e^0 is 1, e^1 is 2.718…, e^(-1) is its reciprocal.",
        "The math module works on one number; NumPy has the same function for whole arrays.",
        "np.exp needs no loop, keeps the shape and gives inf where the result is too large.",
    ),
    formula=r"f(z) = e^{z}",
    condition=lambda Z: np.abs(Z) * np.exp(Z),
    oracle=lambda m, Z: m.exp(Z),
    equivalents={
        "with np.errstate():": "Only a warning more, and the text says that it does not matter.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def rounded_base(Z):
    """The base may be 2.718, which is e cut after 3 digits; the power magnifies the rest. Use np.exp."""
    return 2.718 ** np.asarray(Z, dtype=float)


@exercise.mistake(caught_by=checks.matches_reference)
def base_two(Z):
    """These are powers of 2: np.exp2. The base is e: np.exp."""
    return np.exp2(Z)


@exercise.mistake(caught_by=checks.matches_reference)
def times_e(Z):
    """This is e times z. The element is the exponent."""
    return np.e * np.asarray(Z)


@exercise.mistake(caught_by=checks.matches_reference)
def minus_one(Z):
    """This is e^z - 1, as np.expm1 gives it. e^z itself is asked for."""
    return np.expm1(Z)


@exercise.mistake(caught_by=checks.matches_reference)
def math_on_arrays(Z):
    """math.exp and its like work on one number. np.exp works on arrays."""
    import math

    return math.exp(Z)


@exercise.mistake(caught_by=checks.stable_at)
def math_in_a_loop(Z):
    """An exception came at 1000, as math.exp raises there. np.exp gives inf, and needs no loop."""
    import math

    return np.vectorize(math.exp, otypes=[float])(Z)


@exercise.mistake(caught_by=checks.stable_at)
def clipped(Z):
    """The input may be clipped at 700, so that e^1000 looks finite. It is too large for a float: inf."""
    return np.exp(np.clip(Z, -700, 700))


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(Z):
    """The caller's array was overwritten, as by out=Z. Without out, np.exp makes a new one."""
    if isinstance(Z, np.ndarray) and Z.dtype.kind == "f":
        return np.exp(Z, out=Z)
    return np.exp(Z)


@exercise.mistake(caught_by=checks.matches_reference)
def integer_output(Z):
    """Integers gave whole numbers: np.zeros_like(Z), for one, copies their dtype. Ask for floats."""
    out = np.zeros_like(Z)
    out[...] = np.exp(Z)
    return out


@exercise.mistake(caught_by=checks.stable_at)
def clipped_at_500(Z):
    """The input may be clipped at 500, so that e^1000 looks finite. It is too large for a float: inf."""
    return np.exp(np.clip(Z, -500, 500))


@exercise.mistake(caught_by=checks.matches_reference)
def shifted(Z):
    """The maximum was subtracted first, as in softmax. Here no division cancels it: take e^z of z itself."""
    return np.exp(Z - np.max(Z))
