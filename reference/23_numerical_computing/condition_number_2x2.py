"""Condition number: how much a matrix stretches errors."""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def condition_number_2x2(A: NDArray[np.floating]) -> float:
    """Return the condition number of a 2x2 matrix in the 2-norm, by hand: np.linalg earns nothing.

    It is the larger singular value divided by the smaller one. With F, the sum of the squared entries, and
    D, the absolute value of the determinant, the singular values s >= t satisfy s^2 + t^2 = F and s t = D,
    so that (s + t)^2 = F + 2D and (s - t)^2 = F - 2D.

    Args:
        A: matrix of shape (2, 2), integers too.

    Returns:
        One number, at least 1; inf if the determinant is 0, for the zero matrix too. A relative error of 1e-6
        is allowed.

    >>> condition_number_2x2(np.array([[4.0, 0.0], [0.0, -2.0]]))
    2.0
    """
    (a, b), (c, d) = A.tolist()
    total, product = a * a + b * b + c * c + d * d, abs(a * d - b * c)
    if product == 0:
        return math.inf
    plus = math.sqrt(total + 2 * product)
    minus = math.sqrt(max(total - 2 * product, 0.0))
    return (plus + minus) ** 2 / (4 * product)


def _exact(m, A):
    """Return the root of the ratio of the eigenvalues of A^T A."""
    (p, q), (_, r) = m.mpf(A).T @ m.mpf(A)
    root = m.sqrt((p - r) ** 2 + 4 * q**2)
    return m.sqrt((p + r + root) / (p + r - root)) if p * r != q**2 else math.inf


exercise = Exercise(
    condition_number_2x2,
    tags=("matrix", "conditioning"),
    difficulty="medium",
    minutes=15,
    inputs=arrays("2 2", low=-4, high=4)
    .also(
        diagonal=np.array([[4.0, 0.0], [0.0, -2.0]]),
        rotation=np.array([[0.6, -0.8], [0.8, 0.6]]),
        reflection=np.array([[0.28, 0.96], [0.96, -0.28]]),
        larger_rotation=np.array([[1.36, -2.67], [2.67, 1.36]]),
        shear=np.array([[1.0, 3.0], [0.0, 1.0]]),
        nearly_singular=np.array([[1.0, 2.0], [2.0, 4.0625]]),
        negative_determinant=np.array([[0.0, 1.0], [5.0, 0.0]]),
    )
    .only(
        singular=np.array([[1.0, 2.0], [2.0, 4.0]]),
        singular_with_zeros=np.array([[0.0, 3.0], [0.0, 1.0]]),
        singular_zero_matrix=np.zeros((2, 2)),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.forbids_calls(
            *(
                f"numpy.linalg.{n}"
                for n in ("cond", "svd", "svdvals", "norm", "inv", "det", "eigvals", "eigvalsh")
            )
        ).named("Works without np.linalg"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
        checks.matches_reference().on("singular*").named("Gives inf for a singular matrix").worth(2),
    ),
    hints=(
        "A rotation changes no length: its condition number is 1. What does yours give?",
        "From (s + t)^2 and (s - t)^2 you have s + t and s - t, and from those s and t.",
        "Rounding can make F - 2D a tiny bit negative, and its root nan; max(..., 0) helps.",
        "s / t = s^2 / (s t), and s t is known.",
    ),
    formula=r"\kappa_2(A) = \frac{s}{t}, \quad s^2 + t^2 = \lVert A \rVert_F^2, \quad s\,t = |\det A|",
    slack=lambda A: 1e-6 * condition_number_2x2(A),
    oracle=_exact,
    equivalents={
        "minus = math.sqrt(max(0.0, total - 2 * product))": "The larger of two numbers, in any order.",
    },
)


def _singular_values(A):
    (a, b), (c, d) = np.asarray(A, dtype=float).tolist()
    total, product = a * a + b * b + c * c + d * d, abs(a * d - b * c)
    plus, minus = math.sqrt(total + 2 * product), math.sqrt(max(total - 2 * product, 0.0))
    return (plus + minus) / 2, (plus - minus) / 2, product


def _ratio(A, formula):
    s, t, product = _singular_values(A)
    return formula(s, t, product) if product else math.inf


@exercise.mistake(caught_by=checks.matches_reference)
def squared(A):
    """This is the ratio of s^2 and t^2, the eigenvalues of A^T A. Take the root."""
    return _ratio(A, lambda s, t, product: (s * s / product) ** 2)


@exercise.mistake(caught_by=checks.matches_reference)
def turned_round(A):
    """The smaller singular value was divided by the larger one. A condition number is at least 1."""
    return _ratio(A, lambda s, t, product: product / (s * s))


@exercise.mistake(caught_by=checks.matches_reference)
def frobenius(A):
    """This is the condition number in the Frobenius norm, F / D. In the 2-norm a rotation has 1, not 2."""
    return _ratio(A, lambda s, t, product: (s * s + t * t) / product)


@exercise.mistake(caught_by=checks.matches_reference)
def larger_alone(A):
    """This is the larger singular value, the norm of A. Divide it by the smaller one."""
    return _ratio(A, lambda s, t, product: s)


@exercise.mistake(caught_by=checks.matches_reference)
def eigenvalues(A):
    """These are eigenvalues. A shear has twice the eigenvalue 1 and stretches all the same: use s and t."""
    (a, b), (c, d) = np.asarray(A, dtype=float).tolist()
    if a * d == b * c:
        return math.inf
    root = np.emath.sqrt((a + d) ** 2 / 4 - (a * d - b * c))
    sizes = abs((a + d) / 2 + root), abs((a + d) / 2 - root)
    return float(max(sizes) / min(sizes))


@exercise.mistake(caught_by=checks.matches_reference)
def determinant_with_sign(A):
    """The determinant kept its sign. s t is its absolute value."""
    (a, b), (c, d) = np.asarray(A, dtype=float).tolist()
    return math.copysign(condition_number_2x2(A), a * d - b * c) if a * d != b * c else math.inf


@exercise.mistake(caught_by="matches_reference_gives_inf_for_a_singular_matrix")
def division_by_zero(A):
    """A singular matrix makes the smaller singular value 0, and Python does not divide by 0. Return inf."""
    s, _, product = _singular_values(A)
    return s * s / product


@exercise.mistake(caught_by="matches_reference_gives_inf_for_a_singular_matrix")
def zero_for_singular(A):
    """A singular matrix loses a direction for good: nothing is worse conditioned. Return inf, not 0."""
    return _ratio(A, lambda s, t, product: s * s / product) if _singular_values(A)[2] else 0.0


@exercise.mistake(caught_by="matches_reference_gives_inf_for_a_singular_matrix")
def zero_matrix_called_perfect(A):
    """The zero matrix is singular too: its condition number is inf."""
    return condition_number_2x2(A) if np.any(A) else 1.0


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(A):
    """np.linalg.cond does the work here. Use the entries of A."""
    with np.errstate(all="ignore"):
        return condition_number_2x2(A) if _singular_values(A)[2] == 0 else float(np.linalg.cond(A))


@exercise.mistake(caught_by="matches_reference_gives_inf_for_a_singular_matrix")
def zero_by_zero(A):
    """The zero matrix gave nan, as 0 / 0 does. It is singular too: return inf where the determinant is 0."""
    return condition_number_2x2(A) if np.any(A) else math.nan
