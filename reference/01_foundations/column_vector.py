"""Column vector: give a list of numbers two axes."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader import Exercise, arrays, call, checks


def column_vector(values: ArrayLike) -> NDArray[np.generic]:
    """Return the numbers as a column: an array of shape (n, 1).

    Args:
        values: n numbers, a list or an array of shape (n,); n may be 1, and it may be 0.

    Returns:
        An array of shape (n, 1) with the numbers in their order; integers may stay integers.
        No numbers give shape (0, 1).

    >>> column_vector([1.5, 2.0, 4.0])
    array([[1.5],
           [2. ],
           [4. ]])
    """
    return np.array(values).reshape(-1, 1)


exercise = Exercise(
    column_vector,
    tags=("shapes",),
    difficulty="easy",
    minutes=5,
    inputs=arrays("n", low=-9, high=9).also(
        a_list=call([1.5, 2.0, 4.0]), one_element=call([5.0]), empty=call([]), empty_array=np.zeros(0)
    ),
    checks=(
        checks.matches_shape().named("The output has shape (n, 1)").worth(2),
        checks.does_not_mutate(),
        checks.matches_reference().worth(2),
    ),
    hints=(
        "Write down the shape of the input and the one of the output: one axis becomes two.",
        "reshape gives the same numbers another shape; a list must become an array first.",
        "In reshape, -1 stands for the length that fits, so n need not be known.",
    ),
    formula=r"x = \begin{pmatrix} x_1 \\ \vdots \\ x_n \end{pmatrix} \in \mathbb{R}^{n \times 1}",
    equivalents={
        "return np.array(values).reshape(-2, 1)": "NumPy takes every negative length for the one that fits.",
    },
)


@exercise.mistake(caught_by=checks.matches_shape)
def row(values):
    """This is a row, shape (1, n). In a column the first axis is the long one: (n, 1)."""
    return np.array(values).reshape(1, -1)


@exercise.mistake(caught_by=checks.matches_shape)
def one_axis(values):
    """The array still has one axis. Transposing does not help: .T of shape (n,) is (n,). Reshape it."""
    return np.array(values).T


@exercise.mistake(caught_by=checks.matches_shape)
def list_of_lists(values):
    """The form is right, but this is a list of lists. Return a NumPy array."""
    return [[value] for value in values]


@exercise.mistake(caught_by=checks.matches_reference)
def lists_have_no_reshape(values):
    """A list has no array methods such as reshape. Turn it into an array first, with np.array."""
    return values.reshape(-1, 1)


@exercise.mistake(caught_by=checks.matches_reference)
def assigned_to_a_column(values):
    """Numbers of shape (n,) may be put into a column of shape (n, 1): NumPy reads them as a row."""
    out = np.zeros((len(values), 1))
    out[:] = values
    return out


@exercise.mistake(caught_by=checks.matches_reference)
def stacked(values):
    """The empty list fails, as np.vstack does with nothing to stack. reshape bears it."""
    return np.vstack(list(values))


@exercise.mistake(caught_by=checks.matches_reference)
def cut_to_integers(values):
    """The decimals were cut off. Let NumPy choose the dtype, or ask for float."""
    return np.array(values, dtype=int).reshape(-1, 1)
