"""One-hot: class numbers become rows with a single 1."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def one_hot(labels: NDArray[np.integer], n_classes: int) -> NDArray[np.floating]:
    """Return one row for each label: 1.0 at the label's place, 0.0 elsewhere.

    Args:
        labels: class numbers from 0 to n_classes - 1, shape (n,), n at least 1. Classes may be missing
            among them.
        n_classes: how many classes there are.

    Returns:
        Floating-point numbers, shape (n, n_classes).

    Raises:
        ValueError: a label is negative, or n_classes or larger.

    >>> one_hot(np.array([0, 2]), 3)
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError(f"labels must lie between 0 and {n_classes - 1}")
    return np.eye(n_classes)[labels]


def _draw(rng):
    k = int(rng.integers(2, 6))
    return call(rng.integers(0, k, size=rng.integers(2, 7)), k)


exercise = Exercise(
    one_hot,
    tags=("classification", "indexing"),
    difficulty="easy",
    minutes=10,
    inputs=drawn(_draw)
    .also(
        missing_classes=call(np.array([2, 0, 2]), 5),
        one_label=call(np.array([1]), 3),
        every_class=call(np.array([3, 1, 0, 2]), 4),
    )
    .only(
        label_too_large=call(np.array([0, 3]), 3),
        label_negative=call(np.array([0, -1]), 3),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (n, n_classes)"),
        checks.returns_floats(),
        checks.sums_to_one(axis=-1).named("Each row sums to 1"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.raises("ValueError").on("label *").named("Raises ValueError for a label out of range"),
    ),
    hints=(
        "Start from np.zeros of the right shape: which one entry of row i becomes 1?",
        "Two index arrays together, one for rows and one for columns, name one entry a row.",
        "A negative index counts from the end without an error; so ask about the range yourself.",
    ),
    formula=r"Y_{ij} = 1 \text{ if } j = \text{label}_i, \text{ else } 0",
    oracle=lambda m, labels, n_classes: np.array([[j == k for j in range(n_classes)] for k in labels]),
)


def _checked(labels, n_classes):
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("a label is out of range")


@exercise.mistake(caught_by=checks.matches_shape)
def classes_that_occur(labels, n_classes):
    """Only the classes that occur got a column. Make n_classes columns."""
    _checked(labels, n_classes)
    return (labels[:, None] == np.unique(labels)).astype(float)


@exercise.mistake(caught_by=checks.matches_shape)
def up_to_the_largest(labels, n_classes):
    """The columns end at the largest label that occurs. Make n_classes of them."""
    _checked(labels, n_classes)
    return np.eye(int(labels.max()) + 1)[labels]


@exercise.mistake(caught_by=checks.matches_reference)
def counted_from_one(labels, n_classes):
    """Each 1 stands one place too far left, or wrapped round: classes are counted from 0."""
    _checked(labels, n_classes)
    return np.eye(n_classes)[labels - 1]


@exercise.mistake(caught_by=checks.matches_shape)
def samples_in_columns(labels, n_classes):
    """Samples stand in columns here. Each sample is a row."""
    _checked(labels, n_classes)
    return np.eye(n_classes)[labels].T


@exercise.mistake(caught_by=checks.returns_floats)
def integers(labels, n_classes):
    """These are integers. Losses compute with floats: ask for them, as with dtype=float."""
    _checked(labels, n_classes)
    return np.eye(n_classes, dtype=int)[labels]


@exercise.mistake(caught_by=checks.sums_to_one)
def whole_columns(labels, n_classes):
    """Each row has a 1 at all labels, as after out[:, labels] = 1. Name the row too: np.arange(n)."""
    _checked(labels, n_classes)
    out = np.zeros((len(labels), n_classes))
    out[:, labels] = 1
    return out


@exercise.mistake(caught_by=checks.raises)
def not_checked(labels, n_classes):
    """A label that is too large raises IndexError, a negative one counts from the end. Check the range."""
    return np.eye(n_classes)[labels]


@exercise.mistake(caught_by=checks.raises)
def negative_not_checked(labels, n_classes):
    """Labels below 0 pass unseen: index -1 is the last column. Check both ends of the range."""
    if labels.max() >= n_classes:
        raise ValueError("a label is out of range")
    return np.eye(n_classes)[labels]


@exercise.mistake(caught_by=checks.raises)
def largest_not_checked(labels, n_classes):
    """n_classes itself is out of range already: labels end at n_classes - 1."""
    if np.any((labels < 0) | (labels > n_classes)):
        raise ValueError("a label is out of range")
    return np.eye(n_classes + 1)[labels][:, :n_classes]
