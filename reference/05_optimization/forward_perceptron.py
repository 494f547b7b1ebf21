"""Perceptron forwards: a weighted sum, a bias, a sigmoid."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def forward_perceptron(
    X: NDArray[np.floating], W: NDArray[np.floating], b: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Return the probability that one neuron gives to each row of `X`.

    Args:
        X: samples in rows, shape (n, d); integers too; may be large: scores XW + b of 1000 and -1000
            give 1 and 0.
        W: weights, shape (d, 1).
        b: bias, shape (1,) or (1, 1).

    Returns:
        The sigmoid of XW + b, shape (n, 1).

    >>> forward_perceptron(np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[2.0], [-1.0]]), np.array([0.0]))
    array([[0.5],
           [0.5]])
    """
    Z = X @ W + b
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + small), small / (1 + small))


def _exact(m, X, W, b):
    scores = [[sum(row * W[:, 0]) + b.flat[0]] for row in X]
    return 1 / (1 + m.exp(-np.array(scores)))


exercise = Exercise(
    forward_perceptron,
    tags=("perceptron", "matrix"),
    difficulty="easy",
    minutes=10,
    after=("matrix_multiply", "sigmoid"),
    inputs=together(arrays("n d", low=-2, high=2), arrays("d 1", low=-2, high=2), arrays("1", low=-1, high=1))
    .also(
        bias_of_shape_1_1=call(
            np.array([[0.5, -1.0], [2.0, 0.25]]), np.array([[1.0], [-0.5]]), np.array([[0.75]])
        ),
    )
    .only(huge_scores=call(np.array([[1000.0], [-1000.0]]), np.array([[1.0]]), np.array([0.5]))),
    checks=(
        checks.matches_shape().named("The output has shape (n, 1)"),
        checks.within(0, 1),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("huge scores").named("Right for scores as large as 1000"),
        checks.no_warnings(),
    ),
    hints=(
        "Follow the shapes: (n, d) times (d, 1) is (n, 1), and the bias is added to every row.",
        "Two steps: the score Z = XW + b, then the sigmoid of each score.",
        "If a score of 1000 gives nan, look for infinity divided by infinity in your sigmoid.",
    ),
    formula=r"\hat y = \sigma(XW + b), \quad \sigma(z) = \frac{1}{1 + e^{-z}}",
    condition=lambda X, W, b: X.shape[1] * (np.abs(X) @ np.abs(W) + np.abs(b)),
    oracle=_exact,
    equivalents={
        "return np.where(Z > 0, 1 / (1 + small), small / (1 + small))": "At 0 both forms are 1/2.",
    },
)


def _sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


@exercise.mistake(caught_by=checks.within)
def no_activation(X, W, b):
    """These are the scores. The neuron's output is their sigmoid."""
    return 1.0 * (X @ W + b)


@exercise.mistake(caught_by=checks.matches_reference)
def bias_forgotten(X, W, b):
    """The bias is missing: the score is XW + b."""
    return _sigmoid(X @ W)


@exercise.mistake(caught_by=checks.matches_reference)
def bias_subtracted(X, W, b):
    """The bias was subtracted, as a threshold would be. Here it is added."""
    return _sigmoid(X @ W - b)


@exercise.mistake(caught_by=checks.matches_reference)
def wrong_sign(X, W, b):
    """The curve is mirrored: the exponent in the sigmoid is -z, not z."""
    return _sigmoid(-(X @ W + b))


@exercise.mistake(caught_by=checks.matches_shape)
def flattened(X, W, b):
    """The output has shape (n,). Keep the column: X @ W of shapes (n, d) and (d, 1) gives (n, 1)."""
    return _sigmoid((X @ W + b).ravel())


@exercise.mistake(caught_by=checks.matches_reference)
def decided(X, W, b):
    """The probabilities were rounded to a decision, 0 or 1. Return them as they are."""
    return np.where(X @ W + b > 0, 1.0, 0.0)


@exercise.mistake(caught_by=checks.matches_shape)
def order_turned(X, W, b):
    """W X does not fit: samples are rows, so X stands on the left, X @ W."""
    return _sigmoid(W @ X + b)


@exercise.mistake(caught_by="matches_reference_right_for_scores_as_large_as_1000")
def ratio_of_exponentials(X, W, b):
    """nan at a score of 1000 may come from inf / inf. Use 1 / (1 + e^(-z))."""
    exp = np.exp(X @ W + b)
    return exp / (1 + exp)


@exercise.mistake(caught_by=checks.matches_shape)
def element_by_element(X, W, b):
    """X * W multiplies element by element. The scores need the matrix product: X @ W."""
    return _sigmoid(X * W + b)


@exercise.mistake(caught_by=checks.within)
def precedence(X, W, b):
    """1 / 1 + e is 1 + e. Put the whole denominator of the sigmoid in parentheses."""
    return 1 / 1 + np.exp(-(X @ W + b))
