"""Max-pooling: keep the strongest answer of each block."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def max_pool(image: NDArray[np.floating], size: int) -> NDArray[np.floating]:
    """Return the maximum of each block of size x size pixels; blocks do not overlap.

    Args:
        image: shape (h, w), integers too; all values may be negative.
        size: side of a block, at least 1.

    Returns:
        An array of shape (h // size, w // size).

    Raises:
        ValueError: h or w is no multiple of size.

    >>> max_pool(np.array([[1.0, 2.0, 5.0, 0.0], [4.0, 3.0, 1.0, 7.0]]), 2)
    array([[4., 7.]])
    """
    h, w = image.shape
    if h % size or w % size:
        raise ValueError(f"a picture of {h} x {w} has no whole blocks of {size} x {size}")
    return image.reshape(h // size, size, w // size, size).max(axis=(1, 3))


def _draw(rng, *, low=-3):
    size, rows, columns = (int(n) for n in rng.integers((2, 1, 1), (4, 4, 4)))
    return call(np.round(rng.uniform(low, 3, size=(size * rows, size * columns)), 2), size)


def _exact(m, image, size):
    h, w = image.shape
    blocks = [[image[i : i + size, j : j + size] for j in range(0, w, size)] for i in range(0, h, size)]
    return np.array([[max(np.ravel(block)) for block in row] for row in blocks])


_SIX = np.array([[(7 * i + 5 * j) % 11 - 20.0 for j in range(6)] for i in range(6)])
exercise = Exercise(
    max_pool,
    tags=("convolution", "reshape"),
    difficulty="medium",
    minutes=15,
    after=("conv2d",),
    inputs=drawn(_draw)
    .also(
        blocks_of_2=call(_SIX[:4], 2),
        blocks_of_3=call(_SIX, 3),
        all_negative=call(np.array([[-4.0, -2.0], [-3.0, -5.0]]), 2),
        blocks_of_1=call(_SIX[:2, :3], 1),
        integers=call(np.array([[1, 9, -3, 4], [2, 0, 8, 8]]), 2),
    )
    .only(
        ragged_rows=call(_SIX[:5, :4], 2),
        ragged_columns=call(_SIX[:4, :5], 2),
        ragged_rows_and_columns=call(_SIX[:3, :3], 2),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (h // size, w // size)"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
        checks.raises("ValueError").on("ragged rows*").named("Raises ValueError where rows are left over"),
        checks.raises("ValueError")
        .on("ragged columns")
        .named("Raises ValueError where columns are left over"),
    ),
    hints=(
        "Block (i, j) is image[i * size : (i + 1) * size, j * size : (j + 1) * size].",
        "Start from a picture with negative numbers alone: what does your loop begin with?",
        "Without a loop: reshape to (h // size, size, w // size, size). Which two axes are inside a block?",
    ),
    formula=r"Y_{ij} = \max_{0 \le p, q < s} X_{si + p,\; sj + q}",
    oracle=_exact,
    equivalents={
        **dict.fromkeys(
            (
                "if h % size and w % size:",
                "pass",
                "without if h % size or w % size:",
            ),
            "reshape raises ValueError for a rest as well.",
        ),
    },
)


def _whole(image, size):
    h, w = image.shape
    if h % size or w % size:
        raise ValueError("ragged")
    return image.reshape(h // size, size, w // size, size)


@exercise.mistake(caught_by=checks.matches_reference)
def mean_pool(image, size):
    """These are the means of the blocks. Take the largest value of each."""
    return _whole(image, size).mean(axis=(1, 3))


@exercise.mistake(caught_by=checks.matches_reference)
def starts_at_zero(image, size):
    """A block of negative numbers gave 0. Begin with -inf, or with the block's first pixel."""
    return np.maximum(0, _whole(image, size).max(axis=(1, 3)))


@exercise.mistake(caught_by=checks.matches_reference)
def wrong_axes(image, size):
    """Blocks may be pieces of rows. Reshape to (h // size, size, w // size, size), then use axes 1 and 3."""
    blocks = _whole(image, size)
    return image.reshape(blocks.shape[0], blocks.shape[2], size, size).max(axis=(2, 3))


@exercise.mistake(caught_by=checks.matches_shape)
def rows_alone(image, size):
    """The maximum was taken along rows alone. A block has two axes."""
    _whole(image, size)
    return image.reshape(image.shape[0], -1, size).max(axis=2)


@exercise.mistake(caught_by=checks.matches_shape)
def overlapping(image, size):
    """The window moved by one pixel. Blocks do not overlap: move by size."""
    _whole(image, size)
    return np.lib.stride_tricks.sliding_window_view(image, (size, size)).max(axis=(2, 3))


@exercise.mistake(caught_by=checks.matches_reference)
def smallest(image, size):
    """These are the smallest values. Take the largest of each block."""
    return _whole(image, size).min(axis=(1, 3))


@exercise.mistake(caught_by=checks.matches_reference)
def first_pixel(image, size):
    """The first pixel of each block came back. Look at all of them."""
    _whole(image, size)
    return image[::size, ::size].copy()


@exercise.mistake(caught_by=checks.raises)
def rest_cut_off(image, size):
    """What does not fill a block was cut off. Raise ValueError instead."""
    h, w = image.shape[0] // size * size, image.shape[1] // size * size
    return max_pool(image[:h, :w], size)


@exercise.mistake(caught_by="raises_raises_valueerror_where_columns_are_left_over")
def rows_checked_alone(image, size):
    """Only the rows were checked. The columns must fill blocks too."""
    if image.shape[0] % size:
        raise ValueError("ragged")
    return max_pool(image[:, : image.shape[1] // size * size], size)


@exercise.mistake(caught_by="raises_raises_valueerror_where_rows_are_left_over")
def number_of_pixels_checked(image, size):
    """h * w may be checked. A picture of 5 x 4 has 20 pixels and no whole blocks of 2 x 2: check h and w."""
    if image.size % (size * size):
        raise ValueError("ragged")
    return max_pool(image[: image.shape[0] // size * size, : image.shape[1] // size * size], size)


@exercise.mistake(caught_by=checks.matches_reference)
def blocks_begin_too_early(image, size):
    """Blocks overlap: block (i, j) seems to begin at pixel (i, j). It begins at i * size and j * size."""
    blocks = _whole(image, size)
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size)).max(axis=(2, 3))
    return windows[: blocks.shape[0], : blocks.shape[2]].copy()
