"""Power iteration: multiply again and again, and the strongest direction remains."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def power_iteration(
    A: NDArray[np.floating], v0: NDArray[np.floating], iterations: int
) -> tuple[float, NDArray[np.floating]]:
    """Return the dominant eigenvalue and its eigenvector as power iteration has them after some steps.

    Each step replaces v by A v, divided by its L2 norm. The eigenvalue is then the Rayleigh quotient
    of the last v: (v . A v) / (v . v).

    Args:
        A: symmetric matrix of shape (n, n); integers too.
        v0: starting vector of shape (n,), of any length but not 0; not changed.
        iterations: number of steps, exactly; with 0 steps v is `v0` divided by its norm.

    Returns:
        A tuple (eigenvalue, v): one number, which may be negative, and the unit vector of shape (n,). The
        sign of v is yours to choose. np.linalg.norm may be used.

    >>> value, v = power_iteration(np.array([[-4.0, 0.0], [0.0, 1.0]]), np.array([2.0, 0.0]), 1)
    >>> float(value), np.abs(v)
    (-4.0, array([1., 0.]))
    """
    v = v0 / np.sqrt(np.sum(np.square(v0)))
    for _ in range(iterations):
        v = A @ v
        v = v / np.sqrt(np.sum(np.square(v)))
    return float(v @ A @ v), v


def _draw(rng):
    n = int(rng.integers(2, 5))
    B = np.round(rng.uniform(-2, 2, size=(n, n)), 1)
    A = B + B.T + np.diag([4.0] * n) * rng.choice([-1, 1])
    return call(A, np.round(rng.uniform(0.5, 2, size=n), 1), int(rng.integers(1, 30)))


def _exact(m, A, v0, iterations):
    """Return what one division by the norm at the end makes of it; 80 digits do not overflow."""
    v = m.mpf(v0)
    for _ in range(iterations):
        v = A @ v
    v = v / m.sqrt(v @ v)
    return v @ A @ v, v


_TWO = np.array([[2.0, 1.0], [1.0, 3.0]])
exercise = Exercise(
    power_iteration,
    tags=("matrix", "eigenvalues", "loops"),
    difficulty="medium",
    minutes=20,
    after=("l2_normalize", "eigenvectors_2x2"),
    inputs=drawn(_draw).also(
        one_step=call(_TWO, np.array([1.0, 0.0]), 1),
        three_steps=call(_TWO, np.array([1.0, 0.0]), 3),
        no_steps=call(_TWO, np.array([3.0, -4.0]), 0),
        negative_eigenvalue=call(np.array([[-5.0, 1.0], [1.0, 2.0]]), np.array([1.0, 1.0]), 8),
        integers=call(np.array([[2, 0, 1], [0, 3, 1], [1, 1, -1]]), np.array([1.0, 2.0, 2.0]), 5),
        many_steps=call(np.array([[60.0, 20.0], [20.0, 30.0]]), np.array([1.0, 1.0]), 300),
    ),
    checks=(
        checks.matches_shape().named("Returns one number and one vector"),
        checks.does_not_mutate(),
        checks.items_match(0).worth(2).named("The eigenvalue is right"),
        checks.equal_up_to_sign(axis=0, item=1).worth(4).named("The vector is right, up to its sign"),
    ),
    hints=(
        "Start with (1, 0) and multiply by [[2, 1], [1, 3]] a few times: which way does it turn?",
        "Divide by the norm after every product, or the numbers run out of range.",
        "A norm is never negative, an eigenvalue can be: v @ A @ v has the right sign.",
    ),
    formula=r"v_{k+1} = \frac{A v_k}{\|A v_k\|_2}, \quad \lambda \approx v^{\mathsf T} A v / v^{\mathsf T} v",
    condition=lambda A, v0, iterations: 16 * (iterations + 1) * (1 + np.max(np.abs(A))) * len(A),
    oracle=_exact,
)


def _steps(A, v0, iterations):
    return power_iteration(A, v0, iterations)[1]


@exercise.mistake(caught_by=checks.items_match)
def norm_for_eigenvalue(A, v0, iterations):
    """The norm of A v is the size of the eigenvalue; its sign got lost. Use v @ A @ v."""
    v = _steps(A, v0, iterations)
    return float(np.sqrt(np.sum((A @ v) ** 2))), v


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def one_step_too_few(A, v0, iterations):
    """One step too few was made. range(iterations) runs that often, range(1, iterations) one time less."""
    return power_iteration(A, v0, max(iterations - 1, 0))


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def one_step_too_many(A, v0, iterations):
    """One step too many was made: with 0 iterations v is v0 itself, at length 1."""
    return power_iteration(A, v0, iterations + 1)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def start_not_normalized(A, v0, iterations):
    """With 0 steps v0 came back as it was. Divide it by its norm before the first step."""
    return power_iteration(A, v0, iterations) if iterations else (float(v0 @ A @ v0 / (v0 @ v0)), 1.0 * v0)


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def never_normalized(A, v0, iterations):
    """Without a division in every step the numbers grow until they overflow, and v is not of length 1."""
    v = v0 * 1.0
    for _ in range(iterations):
        v = A @ v
    return float(v @ (A @ v) / (v @ v)), v


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def largest_entry_one(A, v0, iterations):
    """The largest entry was made 1. Divide by the L2 norm, so that v has length 1."""
    v = _steps(A, v0, iterations)
    return float(v @ A @ v), v / np.max(np.abs(v))


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def squared_norm(A, v0, iterations):
    """v was divided by the square of its norm. Take the root."""
    v = 1.0 * v0
    for _ in range(iterations + 1):
        v = v / (v @ v)
        v, last = A @ v, v
    return float(last @ A @ last / (last @ last)), last


@exercise.mistake(caught_by=checks.equal_up_to_sign)
def entry_by_entry(A, v0, iterations):
    """Only the diagonal of A has an effect. The product of matrix and vector is A @ v."""
    v = v0 / np.sqrt(np.sum(np.square(v0)))
    for _ in range(iterations):
        v = np.diagonal(A) * v
        v = v / np.sqrt(v @ v)
    return float(v @ A @ v), v


@exercise.mistake(caught_by=checks.items_match)
def quotient_one_step_late(A, v0, iterations):
    """The eigenvalue was computed before the last step. Use the vector that you return."""
    before = _steps(A, v0, max(iterations - 1, 0))
    return float(before @ A @ before), _steps(A, v0, iterations)


@exercise.mistake(caught_by=checks.matches_shape)
def vector_alone(A, v0, iterations):
    """Only the vector came back. Return (eigenvalue, v)."""
    return _steps(A, v0, iterations)


@exercise.mistake(caught_by=checks.does_not_mutate)
def start_in_place(A, v0, iterations):
    """The caller's starting vector changed. Divide into a new one: v0 / norm, not v0 /= norm."""
    found = power_iteration(A, v0, iterations)
    v0 /= np.sqrt(v0 @ v0)
    return found
