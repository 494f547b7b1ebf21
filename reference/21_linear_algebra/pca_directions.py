"""Principal directions: along which lines the data spread most."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def pca_directions(X: NDArray[np.floating], k: int) -> NDArray[np.floating]:
    """Return the k leading principal directions of the rows of `X`.

    They are the eigenvectors of the covariance matrix of the columns that belong to its k largest
    eigenvalues. Center the columns first; do not divide them by their spread.

    Args:
        X: samples in rows, shape (n, d) with n > d; integers too; not changed.
        k: number of directions, from 1 to d.

    Returns:
        Matrix of shape (d, k): one direction a column, of length 1, the one of the largest variance
        first. The sign of each column is yours to choose. np.linalg may be used.

    >>> np.abs(pca_directions(np.array([[0.0, 5.0], [2.0, 5.0], [4.0, 5.0]]), 1))
    array([[1.],
           [0.]])
    """
    centred = X - np.mean(X, axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    return vectors[:, np.argsort(-values)[:k]]


def _gap(X):
    """Return the smallest distance between neighbours among the variances along the directions."""
    values = np.linalg.eigvalsh(np.cov(X, rowvar=False).reshape(X.shape[1], -1))
    return float(np.min(np.diff(values), initial=values[-1]))


def _draw(rng, *, d=0, k=0):
    d = d or int(rng.integers(2, 5))
    while True:
        turn = np.linalg.qr(rng.normal(size=(d, d)))[0]
        X = (rng.normal(size=(12, d)) * 2.0 ** np.arange(d)) @ turn + rng.uniform(-4, 4, size=d)
        if _gap(X) > 0.2:
            return call(np.round(X, 2), k or int(rng.integers(1, d + 1)))


def _exact(m, X, k):
    """Return what remains of the covariance when multiplied by itself 2^16 times: its longest direction."""
    centred = X - m.mpf(X).sum(axis=0) / len(X)
    rest, columns = centred.T @ centred, []
    for own in pca_directions(X.astype(float), k).T:
        power = rest
        for _ in range(16):
            power = power @ power
        v = power @ own  # which gives it the solution's sign
        v = v / m.sqrt(v @ v)
        columns.append(v)
        rest = rest - (v @ rest @ v) * np.outer(v, v)
    return np.array(columns).T


exercise = Exercise(
    pca_directions,
    tags=("matrix", "eigenvectors", "statistics"),
    difficulty="medium",
    minutes=20,
    after=("eigenvectors_2x2",),
    inputs=drawn(_draw).also(
        tilted_line=call(np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 3.5], [3.0, 3.5], [4.0, 5.0]]), 1),
        all_directions=_draw(np.random.default_rng(1), d=3, k=3),
        two_of_four=_draw(np.random.default_rng(2), d=4, k=2),
        integers=call(np.array([[10, 0], [12, 1], [15, 1], [20, 4]]), 2),
        far_from_zero=call(np.array([[100.0, 50.0], [101.0, 49.0], [102.0, 47.5], [103.0, 47.0]]), 1),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (d, k)"),
        checks.orthonormal_columns(),
        checks.does_not_mutate(),
        checks.equal_up_to_sign(axis=0).worth(5),
    ),
    hints=(
        "Draw five points near a tilted line: which direction would you call the longest?",
        "Subtract each column's mean, then build the (d, d) covariance matrix: centred.T @ centred.",
        "np.linalg.eigh gives eigenvalues from small to large, and the eigenvectors as columns.",
    ),
    formula=r"C = \tfrac{1}{n-1} X_c^{\mathsf T} X_c, \; C v_i = \lambda_i v_i",
    condition=lambda X, k: 32 * np.sum(np.square(X, dtype=float)) / _gap(X),
    oracle=_exact,
)


def _leading(matrix, k, *, order=-1):
    values, vectors = np.linalg.eigh(matrix)
    return vectors[:, np.argsort(order * values)[:k]]


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def not_centred(X, k):
    """The columns were not centred, so the first direction points to the mean. Subtract it first."""
    return _leading(X.T @ X, k)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def smallest_first(X, k):
    """These are the directions of the smallest variance. np.linalg.eigh sorts from small to large."""
    return _leading(np.cov(X, rowvar=False), k, order=1)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def largest_last(X, k):
    """The right directions in the wrong order: the one of the largest variance comes first."""
    return _leading(np.cov(X, rowvar=False), k)[:, ::-1]


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def standardized(X, k):
    """The columns were divided by their spread. Here they are only centred: units keep their weight."""
    return _leading(np.corrcoef(X, rowvar=False), k)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def overall_mean(X, k):
    """One mean of the whole matrix was subtracted. Each column has its own: axis=0."""
    centred = X - np.mean(X)
    return _leading(centred.T @ centred, k)


@exercise.mistake(caught_by=checks.matches_shape)
def rows_for_columns(X, k):
    """The directions stand in the rows. Put them into the columns: shape (d, k)."""
    return _leading(np.cov(X, rowvar=False), k).T


@exercise.mistake(caught_by=checks.matches_shape)
def scores(X, k):
    """These are the samples in new coordinates. Asked for are the directions themselves."""
    return (X - np.mean(X, axis=0)) @ _leading(np.cov(X, rowvar=False), k)


@exercise.mistake(caught_by=checks.orthonormal_columns)
def stretched(X, k):
    """Each direction was multiplied by its standard deviation. Return unit vectors."""
    centred = X - np.mean(X, axis=0)
    directions = _leading(centred.T @ centred, k)
    return directions * np.std(centred @ directions, axis=0)


@exercise.mistake(caught_by=checks.does_not_mutate)
def centred_in_place(X, k):
    """The caller's data changed. Centre into a new array: X - mean, not X -= mean."""
    X -= np.mean(X, axis=0)
    return _leading(X.T @ X, k)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def columns_of_vt(X, k):
    """The columns of Vt were taken. np.linalg.svd gives Vt with a direction in each row: Vt[:k].T."""
    return np.linalg.svd(X - np.mean(X, axis=0))[2][:, :k]


@exercise.mistake(caught_by=checks.matches_shape)
def left_vectors(X, k):
    """Each column has an entry for every sample, as the U of np.linalg.svd has. Directions: Vt[:k].T."""
    return np.linalg.svd(X - np.mean(X, axis=0), full_matrices=False)[0][:, :k]
