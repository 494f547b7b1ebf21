"""Softmax and cross-entropy together: a gradient that is a difference."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def softmax_cross_entropy_gradient(Z: NDArray[np.floating], Y: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the gradient of cross_entropy(softmax(Z), Y) with respect to the scores.

    Args:
        Z: scores, shape (n_samples, n_classes), integers too; may be huge, such as 1000 or -1000.
        Y: targets of the same shape, whose rows sum to 1: one-hot or soft labels.

    Returns:
        (softmax(Z) - Y) / n_samples, same shape, with the softmax of each row; each row sums to 0.

    >>> softmax_cross_entropy_gradient(np.array([[0.0, 0.0]]), np.array([[1, 0]]))
    array([[-0.5,  0.5]])
    """
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (exp / exp.sum(axis=1, keepdims=True) - Y) / len(Z)


def _loss_at(Z, Y):
    def loss(z):
        shifted = z - z.max(axis=1, keepdims=True)
        return -(Y * (shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))).sum() / len(z)

    return loss, Z


def _draw(rng):
    n, k = rng.integers(2, 5), rng.integers(2, 5)
    return call(np.round(rng.uniform(-3, 3, size=(n, k)), 2), np.eye(k)[rng.integers(0, k, size=n)])


_ROWS = np.array([[1000.0] * 3, [-1000.0] * 3])
_ONE_HOT = np.eye(3)[[0, 2]]
exercise = Exercise(
    softmax_cross_entropy_gradient,
    tags=("loss", "classification", "derivative", "stability"),
    difficulty="medium",
    minutes=15,
    after=("softmax", "cross_entropy"),
    inputs=drawn(_draw)
    .also(
        integers=call(np.array([[1, 2, 0], [0, -1, 3]]), np.array([[1, 0, 0], [0, 1, 0]])),
        soft_labels=call(np.array([[0.5, -1.0], [2.0, 1.0], [0.0, 3.0]]), np.full((3, 2), 0.5)),
        one_row=call(np.array([[1.0, 2.0, 3.0]]), np.array([[0.0, 0.0, 1.0]])),
    )
    .only(
        huge_scores=call(np.array([[1000.0, -1000.0, 0.0], [0.0, 1000.0, 1000.0]]), _ONE_HOT),
        huge_rows=call(_ROWS, _ONE_HOT),
    ),
    checks=(
        checks.preserves_shape(),
        checks.sums_to(0.0, axis=-1).named("Each row sums to 0"),
        checks.jacobian_matches(_loss_at).worth(2).named("Agrees with finite differences of the loss"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("huge *").named("Right for scores as large as 1000").worth(2),
    ),
    hints=(
        "Write the loss of one row as log(sum of exponentials) minus the score of the true class.",
        "Differentiate that with respect to one score: a probability appears, and the target is taken away.",
        "The softmax needs its shift by each row's maximum; the mean over rows divides everything by n.",
    ),
    formula=r"\frac{\partial L}{\partial Z} = \frac{1}{n} (S - Y), \quad S = \operatorname{softmax}(Z)",
    condition=lambda Z, Y: 2 * np.abs(Z).max(axis=1, keepdims=True),
    oracle=lambda m, Z, Y: (m.exp(Z) / m.exp(Z).sum(axis=1, keepdims=True) - Y) / len(Z),
)
_HUGE = "matches_reference_right_for_scores_as_large_as_1000"


def _softmax(Z, shift):
    exp = np.exp(Z - shift)
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.jacobian_matches)
def not_divided(Z, Y):
    """This is the gradient of the sum over rows. The loss is their mean: divide by n_samples."""
    return _softmax(Z, Z.max(axis=1, keepdims=True)) - Y


@exercise.mistake(caught_by=checks.jacobian_matches)
def sign_turned(Z, Y):
    """The sign is turned: a larger score of the true class makes the loss smaller. It is softmax - Y."""
    return (Y - _softmax(Z, Z.max(axis=1, keepdims=True))) / len(Z)


@exercise.mistake(caught_by=checks.sums_to)
def scores_for_probabilities(Z, Y):
    """The scores were used as probabilities. Take the softmax of each row first."""
    return (Z - Y) / len(Z)


@exercise.mistake(caught_by=checks.sums_to)
def target_not_subtracted(Z, Y):
    """The targets are missing: subtract Y from the probabilities."""
    return _softmax(Z, Z.max(axis=1, keepdims=True)) / len(Z)


@exercise.mistake(caught_by=checks.jacobian_matches)
def divided_by_all_elements(Z, Y):
    """The result may be divided by rows times classes. The mean runs over the rows: len(Z)."""
    return (_softmax(Z, Z.max(axis=1, keepdims=True)) - Y) / Z.size


@exercise.mistake(caught_by=checks.jacobian_matches)
def divided_by_the_classes(Z, Y):
    """The result may be divided by the number of classes. The mean runs over the rows: Z.shape[0]."""
    return (_softmax(Z, Z.max(axis=1, keepdims=True)) - Y) / Z.shape[1]


@exercise.mistake(caught_by=_HUGE)
def no_shift(Z, Y):
    """np.exp overflows above 709: subtract each row's maximum first."""
    return (_softmax(Z, 0) - Y) / len(Z)


@exercise.mistake(caught_by=_HUGE)
def global_maximum(Z, Y):
    """Rows far below the whole array's maximum become 0 / 0. Subtract each row's own maximum."""
    return (_softmax(Z, Z.max()) - Y) / len(Z)


@exercise.mistake(caught_by=checks.sums_to)
def columns(Z, Y):
    """The softmax runs down the columns. The classes are along axis 1."""
    exp = np.exp(Z - Z.max(axis=0, keepdims=True))
    return (exp / exp.sum(axis=0, keepdims=True) - Y) / len(Z)


@exercise.mistake(caught_by=checks.preserves_shape)
def loss_itself(Z, Y):
    """This is the loss. Its gradient has one entry for every score."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    return -(Y * (shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))).sum() / len(Z)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(Z, Y):
    """The caller's scores were changed, as by `Z -= …`. Write Z - …, which makes a new array."""
    if Z.dtype.kind == "f":
        Z -= Z.max(axis=1, keepdims=True)
    return (_softmax(Z, Z.max(axis=1, keepdims=True)) - Y) / len(Z)
