"""Inverse matrix: undo a linear map, by Gauss and Jordan."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def inverse(A: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the inverse of a square matrix by Gauss-Jordan elimination with row swaps.

    Args:
        A: matrix of shape (n, n), n at least 1; integers too; not changed. A number on the diagonal may
            be 0, or as small as 1e-20 beside ordinary ones: in each column, swap the row with the
            largest absolute value, from the diagonal downwards, into the diagonal's place before you
            divide.

    Returns:
        Floating-point matrix of shape (n, n) whose product with `A` is the identity. Work by
        hand: functions of np.linalg and scipy.linalg, and np.matrix, earn nothing.

    Raises:
        ValueError: `A` is singular: a column has only exact zeros left to divide by.

    >>> inverse(np.array([[0.0, 2.0], [4.0, 0.0]]))
    array([[0.  , 0.25],
           [0.5 , 0.  ]])
    """
    n = len(A)
    rows = np.hstack([np.asarray(A, dtype=float), np.eye(n)])
    for column in range(n):
        pivot = column + int(np.argmax(np.abs(rows[column:, column])))
        if rows[pivot, column] == 0:
            raise ValueError("the matrix is singular")
        rows[[column, pivot]] = rows[[pivot, column]]
        rows[column] /= rows[column, column]
        others = np.arange(n) != column
        rows[others] -= np.outer(rows[others, column], rows[column])
    return rows[:, n:]


def _draw(rng):
    n = int(rng.integers(2, 6))
    while True:
        A = np.round(rng.uniform(-3, 3, size=(n, n)), 2)
        if np.linalg.cond(A) < 50:
            return call(A)


def _determinant(A):
    """Expand along the first row."""
    minors = (np.delete(A[1:], j, axis=1) for j in range(len(A)))
    return sum((-1) ** j * A[0, j] * _determinant(minor) for j, minor in enumerate(minors)) if len(A) else 1


def _exact(m, A):
    """Return Cramer's rule: the cofactors, transposed, over the determinant."""
    A, places = m.mpf(A), range(len(A))
    minors = [[np.delete(np.delete(A, j, axis=0), i, axis=1) for j in places] for i in places]
    cofactors = [[(-1) ** (i + j) * _determinant(minors[i][j]) for j in places] for i in places]
    return np.array(cofactors) / _determinant(A)


# Of a matrix, `A.I` and `A**-1` are the inverse.
_MATRICES = ("numpy.matrix", "numpy.asmatrix", "numpy.bmat", "numpy.matlib")
_FORBIDDEN = ("numpy.linalg", "scipy.linalg", *_MATRICES)
_SOLVERS = ("inv", "pinv", "solve", "lstsq", "det", "svd", "qr", "eig", "eigh")
exercise = Exercise(
    inverse,
    tags=("matrix", "loops", "stability"),
    difficulty="hard",
    minutes=30,
    after=("matrix_multiply",),
    inputs=drawn(_draw)
    .also(
        two_by_two=np.array([[4.0, 7.0], [2.0, 6.0]]),
        one_by_one=np.array([[-4.0]]),
        integers=np.array([[2, 1, 0], [1, 3, 1], [0, 1, 4]]),
        zero_on_the_diagonal=np.array([[0.0, 2.0, 1.0], [1.0, 0.0, 3.0], [2.0, 1.0, 0.0]]),
        zero_after_one_step=np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 4.0], [2.0, 5.0, 6.0]]),
        zero_beside_negative=np.array([[0.0, 1.0], [-2.0, 3.0]]),
        tiny_pivot=np.array([[1e-20, 1.0], [1.0, 1.0]]),
        nearly_dependent=1.0 / (np.arange(4)[:, None] + np.arange(4) + 1),
    )
    .only(
        singular_rows=np.array([[1.0, 2.0], [2.0, 4.0]]),
        singular_zeros=np.zeros((2, 2)),
        singular_column=np.array([[1.0, 0.0, 2.0], [2.0, 0.0, 1.0], [4.0, 0.0, 1.0]]),
    ),
    checks=(
        checks.preserves_shape(),
        checks.inverts().worth(2),
        checks.forbids_calls(*_FORBIDDEN, *(f"numpy.linalg.{f}" for f in _SOLVERS)).named(
            "Works without np.linalg and scipy.linalg"
        ),
        checks.raises("ValueError").on("singular *").named("Raises ValueError for a singular matrix"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(5),
    ),
    hints=(
        "Write the identity beside A, then do the same row operations on both until A has become it.",
        "For each column: find the row to divide by, swap it up, divide it, subtract it from all others.",
        "np.argmax(np.abs(column)) finds the largest pivot; it counts from where your slice begins.",
    ),
    formula=r"[\,A \mid I\,] \;\to\; [\,I \mid A^{-1}\,]",
    condition=lambda A: 4 * len(A) * np.linalg.cond(A) * np.max(np.abs(np.linalg.inv(A))),
    oracle=_exact,
    equivalents={
        "rows = np.hstack([np.asarray(A), np.eye(n)])": "The identity beside it makes floats.",
    },
)


def _eliminated(A, *, choose, below_alone=False, divide=True):
    """Eliminate with the pivot that `choose` finds in the rest of a column."""
    n = len(A)
    rows = np.hstack([np.asarray(A, dtype=float), np.eye(n)])
    for column in range(n):
        if not np.any(rows[column:, column]):
            raise ValueError("the matrix is singular")
        pivot = column + int(choose(rows[column:, column]))
        rows[[column, pivot]] = rows[[pivot, column]]
        factors = rows[:, column] / rows[column, column]
        factors[column] = 0
        if below_alone:
            factors[:column] = 0
        rows -= np.outer(factors, rows[column])
    return rows[:, n:] / (np.diagonal(rows)[:, None] if divide else 1)


@exercise.mistake(caught_by=checks.matches_reference)
def no_swap(A):
    """A 0 on the diagonal was divided by. Swap a row with a larger number into its place first."""
    return _eliminated(A, choose=lambda rest: 0)


@exercise.mistake(caught_by=checks.inverts)
def swap_only_for_zero(A):
    """Rows were swapped for an exact 0 alone. A pivot of 1e-20 drowns the rest: take the largest one."""
    return _eliminated(A, choose=lambda rest: np.flatnonzero(rest)[0])


@exercise.mistake(caught_by=checks.matches_reference)
def largest_without_abs(A):
    """The largest number was taken as pivot, which may be 0 beside negative ones. Compare absolute values."""
    return _eliminated(A, choose=np.argmax)


@exercise.mistake(caught_by=checks.inverts)
def only_below(A):
    """The entries above the diagonal are still there. Subtract the row from all others, not only below."""
    return _eliminated(A, choose=lambda rest: np.argmax(np.abs(rest)), below_alone=True)


@exercise.mistake(caught_by=checks.inverts)
def not_divided(A):
    """The pivots were not made 1. Divide each row by its pivot, the identity's side included."""
    return _eliminated(A, choose=lambda rest: np.argmax(np.abs(rest)), divide=False)


@exercise.mistake(caught_by=checks.inverts)
def each_entry(A):
    """1 / A inverts each entry. The inverse matrix undoes the whole map: A times it is the identity."""
    inverse(A)
    return 1.0 / np.where(A == 0, 1, A)


@exercise.mistake(caught_by=checks.inverts)
def transposed(A):
    """The transposed matrix undoes rotations alone. Eliminate instead."""
    inverse(A)
    return 1.0 * A.T


@exercise.mistake(caught_by=checks.raises)
def singular_unnoticed(A):
    """A singular matrix has no inverse, yet one came back. Raise ValueError where no pivot is left."""
    try:
        return inverse(A)
    except ValueError:
        return np.full(np.shape(A), np.inf)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(A):
    """The elimination overwrote the caller's matrix. Work on a copy."""
    found = inverse(A)
    A[...] = np.eye(len(A))
    return found


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(A):
    """np.linalg.inv does the work here. Eliminate by hand."""
    inverse(A)
    return np.linalg.inv(A)


@exercise.mistake(caught_by=checks.inverts)
def pivot_counted_from_the_top(A):
    """The wrong row may be swapped up: np.argmax counts from where its slice begins. Add that."""
    n = len(A)
    rows = np.hstack([np.asarray(A, dtype=float), np.eye(n)])
    for column in range(n):
        if not np.any(rows[column:, column]):
            raise ValueError("the matrix is singular")
        pivot = int(np.argmax(np.abs(rows[column:, column])))
        rows[[column, pivot]] = rows[[pivot, column]]
        rows[column] = rows[column] / rows[column, column]
        others = np.arange(n) != column
        rows[others] -= np.outer(rows[others, column], rows[column])
    return rows[:, n:]


@exercise.mistake(caught_by=checks.inverts)
def integers_cut(A):
    """For integers the fractions were lost, as in a copy of an integer matrix. Make it float first."""
    n = len(A)
    rows, right = A.copy(), np.eye(n)
    for column in range(n):
        pivot = column + int(np.argmax(np.abs(rows[column:, column])))
        if rows[pivot, column] == 0:
            raise ValueError("the matrix is singular")
        rows[[column, pivot]], right[[column, pivot]] = rows[[pivot, column]], right[[pivot, column]]
        divisor = rows[column, column]
        rows[column], right[column] = rows[column] / divisor, right[column] / divisor
        for other in range(n):
            if other != column:
                factor = rows[other, column]
                rows[other] = rows[other] - factor * rows[column]
                right[other] = right[other] - factor * right[column]
    return right
