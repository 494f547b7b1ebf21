"""Tensor summary: rank, shape and dtype of an array."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def tensor_summary(t: NDArray[np.generic]) -> tuple[int, tuple[int, ...], str]:
    """Return the rank, the shape and the name of the dtype of `t`.

    Args:
        t: an array of numbers or booleans of any dtype, with any number of axes, none included.

    Returns:
        A plain tuple of three: the rank, which is the number of axes, as an int; the shape as a tuple of
        ints; the name of the dtype as a string, such as "float64" or "bool".

    >>> tensor_summary(np.zeros((2, 3)))
    (2, (2, 3), 'float64')
    """
    return t.ndim, t.shape, t.dtype.name


exercise = Exercise(
    tensor_summary,
    tags=("shapes", "dtypes"),
    difficulty="easy",
    minutes=5,
    inputs=arrays(low=-3, high=3).also(
        four_axes=np.zeros((2, 1, 3, 2)),
        booleans=np.array([True, False]),
        small_floats=np.array([[0.5, 1.5]], dtype=np.float32),
        bytes=np.array([[1, 2], [3, 4]], dtype=np.uint8),
    ),
    checks=(
        checks.matches_shape().named("Returns a tuple of an int, a tuple and a string"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Every array knows these three things about itself; look at what follows a dot after its name.",
        "The rank is how many axes there are: the length of the shape.",
        "t.dtype is an object of its own; its name is text.",
    ),
    formula=r"\operatorname{rank} = \#\,\text{axes}",
)


@exercise.mistake(caught_by=checks.matches_reference)
def number_of_elements(t):
    """The first entry may be t.size, the number of elements. The rank counts the axes: t.ndim."""
    return t.size, t.shape, t.dtype.name


@exercise.mistake(caught_by=checks.matches_reference)
def length_of_the_first_axis(t):
    """len(t) is the length of the first axis, and a 0-d array has none. The rank is t.ndim."""
    return len(t), t.shape, t.dtype.name


@exercise.mistake(caught_by=checks.matches_reference)
def rank_of_a_matrix(t):
    """This is the rank of linear algebra, the number of independent rows. Here it is the number of axes."""
    return np.linalg.matrix_rank(t), t.shape, t.dtype.name


@exercise.mistake(caught_by=checks.matches_shape)
def dtype_object(t):
    """t.dtype is an object, not text. Its name is t.dtype.name."""
    return t.ndim, t.shape, t.dtype


@exercise.mistake(caught_by=checks.matches_reference)
def type_of_the_container(t):
    """This is the name of the type of t, an array. t.dtype tells what stands inside."""
    return t.ndim, t.shape, type(t).__name__


@exercise.mistake(caught_by=checks.matches_shape)
def order_turned(t):
    """The shape comes second, the rank first."""
    return t.shape, t.ndim, t.dtype.name


@exercise.mistake(caught_by=checks.matches_shape)
def list_returned(t):
    """Return a tuple: values with commas between them, without square brackets."""
    return [t.ndim, t.shape, t.dtype.name]
