"""Eigenvectors of a symmetric 2 by 2 matrix: the directions that are only stretched."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def eigenvectors_2x2(A: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the unit eigenvectors of a symmetric 2 by 2 matrix as columns.

    Args:
        A: symmetric matrix of shape (2, 2) with two different eigenvalues; it may be diagonal; integers
            too.

    Returns:
        Matrix of shape (2, 2): column 0 is an eigenvector of the larger eigenvalue, column 1 one of the
        smaller. Each column has length 1; its sign is yours to choose. Work by hand: the eigenvalue
        functions and svd of np.linalg, and scipy.linalg, earn nothing.

    >>> np.abs(eigenvectors_2x2(np.array([[2, 0], [0, 5]]))).round(4)
    array([[0., 1.],
           [1., 0.]])
    """
    # Twice the angle of the first axis is the direction of (a - d, 2b), also where b is 0.
    angle = np.arctan2(2.0 * A[0, 1], A[0, 0] - A[1, 1]) / 2
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s], [s, c]])


def _gap(A):
    return float(np.hypot(A[0, 0] - A[1, 1], 2 * A[0, 1]))


def _draw(rng):
    while True:
        a, b, d = np.round(rng.uniform(-3, 3, size=3), 2)
        A = np.array([[a, b], [b, d]])
        if _gap(A) > 0.5 and abs(b) > 0.25:
            return call(A)


def _condition(A):
    # Solving (A - λ) v = 0 by one row loses digits where the entry beside the diagonal is small.
    beside = abs(A[0, 1]) or _gap(A)
    return 16 * (np.max(np.abs(A)) + 1) ** 2 / min(beside, _gap(A)) ** 2


def _exact(m, A):
    """Return the solutions of (A - λ) v = 0, from the row that says more, with the solution's signs."""
    (a, b), (_, d) = m.mpf(A)
    root = m.sqrt((a - d) ** 2 + 4 * b**2)
    columns = []
    for value in ((a + d + root) / 2, (a + d - root) / 2):
        x, y = max((b, value - a), (value - d, b), key=lambda v: max(abs(v[0]), abs(v[1])))
        columns.append(np.array([x, y]) / m.sqrt(x**2 + y**2))
    exact = np.array(columns).T
    return exact * np.where((exact * eigenvectors_2x2(A.astype(float))).sum(axis=0) < 0, -1, 1)


_SOLVERS = ("eig", "eigvals", "eigh", "eigvalsh", "svd")
exercise = Exercise(
    eigenvectors_2x2,
    tags=("matrix", "eigenvectors"),
    difficulty="medium",
    minutes=20,
    after=("eigenvalues_2x2",),
    inputs=drawn(_draw).also(
        symmetric=np.array([[2.0, 1.0], [1.0, 2.0]]),
        negative_beside=np.array([[2.0, -1.0], [-1.0, 4.0]]),
        integers=np.array([[1, 2], [2, -2]]),
        diagonal_in_order=np.array([[3.0, 0.0], [0.0, 1.0]]),
        diagonal_out_of_order=np.array([[1.0, 0.0], [0.0, 3.0]]),
        negative=np.array([[-3.0, 0.5], [0.5, -1.0]]),
    ),
    checks=(
        checks.matches_shape().named("Returns a 2 by 2 matrix"),
        checks.orthonormal_columns().worth(2),
        checks.forbids_calls("scipy.linalg", *(f"numpy.linalg.{f}" for f in _SOLVERS)).named(
            "Works without the eigenvalue functions of np.linalg"
        ),
        checks.does_not_mutate(),
        checks.equal_up_to_sign(axis=0).worth(4),
    ),
    hints=(
        "An eigenvector keeps its direction: A v is a multiple of v. Try (1, 1) with [[2, 1], [1, 2]].",
        "With the eigenvalue λ known, the first row says (a - λ) x + b y = 0. Which (x, y) solves it?",
        "(b, λ - a) does, unless b is 0: treat diagonal matrices on their own. Then divide by the length.",
    ),
    formula=r"A v_i = \lambda_i v_i, \quad \|v_i\|_2 = 1, \quad \lambda_1 > \lambda_2",
    condition=_condition,
    oracle=_exact,
)


def _columns(A, *, unit=True, diagonal=True):
    """Solve the first row of (A - λ) v = 0 for both eigenvalues."""
    a, b, d = float(A[0, 0]), float(A[0, 1]), float(A[1, 1])
    if b == 0 and diagonal:
        return np.eye(2) if a > d else np.eye(2)[:, ::-1]
    values = [(a + d + sign * _root(A)) / 2 for sign in (1, -1)]
    columns = [np.array([b, value - a]) for value in values]
    return np.column_stack([v / np.sqrt(v @ v) if unit else v for v in columns])


def _root(A):
    return np.sqrt((A[0, 0] - A[1, 1]) ** 2 + 4.0 * A[0, 1] ** 2)


@exercise.mistake(caught_by=checks.orthonormal_columns)
def length_not_one(A):
    """The directions are right, but the columns are not of length 1. Divide each by its norm."""
    return _columns(A, unit=False)


@exercise.mistake(caught_by=checks.orthonormal_columns)
def diagonal_forgotten(A):
    """For a diagonal matrix (b, λ - a) can be (0, 0), and 0/0 is nan. Its eigenvectors are the axes."""
    return _columns(A, diagonal=False)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def rows_for_columns(A):
    """The eigenvectors stand in the rows. Put them into the columns: transpose the result."""
    return _columns(A).T


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def smaller_first(A):
    """The eigenvector of the smaller eigenvalue came first. Swap the columns."""
    return _columns(A)[:, ::-1]


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def axes_always_in_order(A):
    """A diagonal matrix has the axes as eigenvectors, but which of them belongs to the larger number?"""
    return np.eye(2) if A[0, 1] == 0 else _columns(A)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def entries_swapped(A):
    """x and y are swapped: (a - λ) x + b y = 0 is solved by (b, λ - a), not by (λ - a, b)."""
    return _columns(A)[::-1]


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def sign_within(A):
    """One entry of each vector has the wrong sign, or the vectors are rows: make each (b, λ - a) a column."""
    return _columns(A) * np.array([[1.0], [-1.0]])


@exercise.mistake(caught_by=checks.matches_shape)
def first_alone(A):
    """One eigenvector came back. There are two, one for each eigenvalue: make them columns."""
    return _columns(A)[:, 0]


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(A):
    """np.linalg.eigh does the work here. Solve for the vectors by hand."""
    return np.linalg.eigh(A)[1][:, ::-1]
