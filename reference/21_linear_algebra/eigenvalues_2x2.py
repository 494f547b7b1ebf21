"""Eigenvalues of a 2 by 2 matrix: from trace and determinant."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def eigenvalues_2x2(A: NDArray[np.floating]) -> NDArray[np.complexfloating]:
    """Return both eigenvalues of a real 2 by 2 matrix, from its trace and its determinant.

    Args:
        A: matrix of shape (2, 2); integers too.

    Returns:
        Array of shape (2,): the eigenvalue with the larger real part first; if the real parts are equal,
        the one with the larger imaginary part first; a double eigenvalue appears twice. Complex
        numbers, or real ones where both eigenvalues are real: both are fine. Work by hand: functions of
        np.linalg and scipy.linalg earn nothing.

    >>> eigenvalues_2x2(np.array([[0.0, -2.0], [2.0, 0.0]]))
    array([0.+2.j, 0.-2.j])
    """
    half = (A[0, 0] + A[1, 1]) / 2
    root = np.sqrt(complex(half**2 - (A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])))
    return np.array([half + root, half - root])


def _gap(A):
    return abs(np.sqrt(complex((A[0, 0] - A[1, 1]) ** 2 + 4 * A[0, 1] * A[1, 0])))


def _draw(rng):
    while True:
        A = np.round(rng.uniform(-3, 3, size=(2, 2)), 2)
        if _gap(A) > 0.5:
            return call(A)


def _exact(m, A):
    middle, half = m.mpf(A[0, 0] + A[1, 1]) / 2, m.mpf(A[0, 0] - A[1, 1]) / 2
    root = m.sqrt(half**2 + A[0, 1] * A[1, 0])
    return np.array([middle + root, middle - root])


exercise = Exercise(
    eigenvalues_2x2,
    tags=("matrix", "eigenvalues"),
    difficulty="medium",
    minutes=15,
    after=("determinant",),
    inputs=drawn(_draw).also(
        symmetric=np.array([[2.0, 1.0], [1.0, 2.0]]),
        integers=np.array([[4, 1], [2, 3]]),
        rotation=np.array([[0.0, -1.0], [1.0, 0.0]]),
        complex_pair=np.array([[1.0, -5.0], [2.0, 3.0]]),
        double=np.array([[2.0, 1.0], [0.0, 2.0]]),
        both_negative=np.array([[-3.0, 0.0], [1.0, -1.0]]),
        singular=np.array([[1.0, 2.0], [2.0, 4.0]]),
    ),
    checks=(
        checks.matches_shape().named("Returns an array of two numbers"),
        checks.forbids_calls("numpy.linalg", "scipy.linalg").named(
            "Works without np.linalg and scipy.linalg"
        ),
        checks.does_not_mutate(),
        checks.matches_reference().worth(5),
    ),
    hints=(
        "The two eigenvalues add up to the trace, and their product is the determinant.",
        "So they solve x^2 - trace x + determinant = 0: you know a formula for that.",
        "np.sqrt of a negative float is nan; of complex(number) it is a complex root.",
    ),
    formula=r"\lambda = \frac{t}{2} \pm \sqrt{\frac{t^2}{4} - d}, \quad t = a_{11} + a_{22}, \; d = \det A",
    condition=lambda A: 8 * np.sum(np.square(A, dtype=float)) / max(_gap(A), 0.1),
    oracle=_exact,
)


def _from(trace, determinant, *, four=4.0, half=2.0):
    root = np.sqrt(complex(trace**2 - four * determinant))
    return np.array([(trace + root) / half, (trace - root) / half])


def _both(A):
    return A[0, 0] + A[1, 1], A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]


@exercise.mistake(caught_by=checks.matches_reference)
def real_root(A):
    """The root of a negative number became nan. Make the number complex first: complex(…)."""
    trace, determinant = _both(A)
    root = np.sqrt(np.float64(trace**2 - 4 * determinant))
    return np.array([(trace + root) / 2, (trace - root) / 2])


@exercise.mistake(caught_by=checks.matches_reference)
def imaginary_part_dropped(A):
    """The imaginary parts are missing. A rotation has complex eigenvalues: keep them."""
    return _from(*_both(A)).real


@exercise.mistake(caught_by=checks.matches_reference)
def smaller_first(A):
    """The order is reversed. The larger eigenvalue comes first; of a complex pair, the one with + i."""
    return _from(*_both(A))[::-1]


@exercise.mistake(caught_by=checks.matches_reference)
def larger_size_first(A):
    """They are ordered by absolute value, so that -3 comes before -1. Order them by their real parts."""
    values = _from(*_both(A))
    return values[np.argsort(-np.abs(values), kind="stable")]


@exercise.mistake(caught_by=checks.matches_reference)
def not_halved(A):
    """Both values are twice too large: the whole numerator is divided by 2."""
    return _from(*_both(A), half=1.0)


@exercise.mistake(caught_by=checks.matches_reference)
def four_forgotten(A):
    """Under the root stands the square of the trace minus four times the determinant."""
    return _from(*_both(A), four=1.0)


@exercise.mistake(caught_by=checks.matches_reference)
def product_added(A):
    """The determinant is a11 a22 minus a12 a21, not plus."""
    return _from(A[0, 0] + A[1, 1], A[0, 0] * A[1, 1] + A[0, 1] * A[1, 0])


@exercise.mistake(caught_by=checks.matches_reference)
def sign_of_the_trace(A):
    """The signs may be wrong: the eigenvalues add up to the trace itself, not to minus the trace."""
    trace, determinant = _both(A)
    return _from(-trace, determinant)


@exercise.mistake(caught_by=checks.matches_reference)
def diagonal_read_off(A):
    """The diagonal holds the eigenvalues of a triangular matrix alone."""
    return np.array([max(A[0, 0], A[1, 1]), min(A[0, 0], A[1, 1])]) * 1.0


@exercise.mistake(caught_by=checks.matches_shape)
def as_a_tuple(A):
    """Two separate numbers came back. Put them into one array of shape (2,)."""
    return tuple(_from(*_both(A)))


@exercise.mistake(caught_by=checks.matches_reference)
def root_alone_halved(A):
    """Only the root was halved. Parentheses are missing: (trace + root) / 2."""
    trace, determinant = _both(A)
    root = np.sqrt(complex(trace**2 - 4 * determinant))
    return np.array([trace + root / 2, trace - root / 2])
