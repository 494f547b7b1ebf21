"""Convolution: slide a small window over a picture."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def conv2d(
    image: NDArray[np.floating], kernel: NDArray[np.floating], stride: int = 1, padding: int = 0
) -> NDArray[np.floating]:
    """Return the cross-correlation of one picture with one kernel, which networks call a convolution.

    The kernel is not flipped: entry (i, j) is the sum of kernel * window, where the window starts at row
    i * stride and column j * stride of the picture with `padding` zeros on each of its four sides.

    Args:
        image: shape (h, w), integers too, of type uint8 as well, which ends at 255.
        kernel: shape (a, b), at most as large as the padded picture.
        stride: how far the window moves, down and to the right.
        padding: how many rows and columns of zeros are put around the picture.

    Returns:
        Numbers of shape (h', w') with h' = (h + 2 padding - a) // stride + 1, and w' likewise with w and b.

    >>> conv2d(np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 9.0]]), np.array([[-1.0, 1.0]]))
    array([[1., 2.],
           [2., 4.]])
    """
    padded = np.pad(np.asarray(image, dtype=float), padding)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return np.einsum("ijab,ab->ij", windows[::stride, ::stride], kernel)


def _exact(m, image, kernel, stride=1, padding=0):
    """Return sums over the pixels that are there; those outside the picture add nothing."""
    (h, w), (a, b), image, kernel = image.shape, kernel.shape, m.mpf(image), m.mpf(kernel)

    def entry(top, left):
        inside = [(p, q) for p, q in np.ndindex(a, b) if 0 <= top + p < h and 0 <= left + q < w]
        return sum(kernel[p, q] * image[top + p, left + q] for p, q in inside)

    tops = range(-padding, h + padding - a + 1, stride)
    lefts = range(-padding, w + padding - b + 1, stride)
    return np.array([[entry(i, j) for j in lefts] for i in tops])


_IMAGE = np.arange(30.0).reshape(5, 6) % 7 - 2
_KERNEL = np.array([[1.0, -2.0], [0.5, 3.0], [-1.0, 0.25]])
_BYTES = np.array([[250, 3, 77, 128], [9, 200, 255, 14], [31, 64, 5, 180]], dtype=np.uint8)
exercise = Exercise(
    conv2d,
    tags=("convolution", "loops", "keyword"),
    difficulty="medium",
    minutes=20,
    inputs=together(arrays("7 6", low=-2, high=2), arrays("3 2", low=-2, high=2))
    .also(
        one_window=call(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [-1.0, 2.0]])),
        one_pixel_kernel=call(_IMAGE, np.array([[3.0]])),
        stride_2=call(_IMAGE, _KERNEL, stride=2),
        stride_3_that_leaves_a_rest=call(_IMAGE, np.array([[1.0, 2.0]]), stride=3),
        padding_1=call(_IMAGE, _KERNEL, padding=1),
        padding_2_and_stride_2=call(_IMAGE, _KERNEL, stride=2, padding=2),
    )
    .only(
        bytes=call(_BYTES, np.array([[1.0, 2.0], [2.0, 1.0]])),
        bytes_and_fractions=call(_BYTES, np.array([[-0.5, 0.25]]), padding=1),
    ),
    checks=(
        checks.matches_shape().named("The output has the right number of rows and columns"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("stride*").named("Right with a stride"),
        checks.matches_reference().on("padding*").named("Right with padding"),
        checks.matches_reference().on("bytes*").named("Right for pictures of bytes"),
    ),
    hints=(
        "Do one entry first: cut a window of the kernel's shape out of the picture, multiply, sum.",
        "How often does a window of 3 fit into 7 when it moves by 2? That is (7 - 3) // 2 + 1.",
        "np.pad(image, padding) puts zeros around; then padding needs no more thought.",
        "uint8 holds 0 to 255 without fractions: np.zeros_like(image) cannot hold the sums, np.zeros(…) can.",
    ),
    formula=r"Y_{ij} = \sum_{p,q} K_{pq}\, X_{si + p,\; sj + q}",
    condition=lambda image, kernel, stride=1, padding=0: (
        kernel.size**2 * float(np.abs(image).max()) * float(np.abs(kernel).max())
    ),
    oracle=_exact,
    equivalents={
        "padded = np.pad(np.asarray(image), padding)": "A kernel of floats makes the products floats.",
    },
)


def _slid(image, kernel, stride=(1, 1), top=0, bottom=0, mode="constant"):
    padded = np.pad(np.asarray(image, dtype=float), (top, bottom), mode=mode)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return np.einsum("ijab,ab->ij", windows[:: stride[0], :: stride[1]], np.asarray(kernel, dtype=float))


@exercise.mistake(caught_by=checks.matches_reference)
def kernel_flipped(image, kernel, stride=1, padding=0):
    """The kernel was flipped, as mathematicians do. In networks it lies on the window as it is."""
    return conv2d(image, kernel[::-1, ::-1], stride, padding)


@exercise.mistake(caught_by=checks.matches_shape)
def stride_ignored(image, kernel, stride=1, padding=0):
    """The window moves by one, whatever stride is. It starts at i * stride and j * stride."""
    return conv2d(image, kernel, 1, padding)


@exercise.mistake(caught_by=checks.matches_shape)
def stride_down_alone(image, kernel, stride=1, padding=0):
    """The stride was used for rows alone. It holds for columns too."""
    return _slid(image, kernel, (stride, 1), padding, padding)


@exercise.mistake(caught_by=checks.matches_shape)
def padding_ignored(image, kernel, stride=1, padding=0):
    """The padding is not used: put that many zeros on every side first."""
    return conv2d(image, kernel, stride, 0)


@exercise.mistake(caught_by="matches_reference_right_with_padding")
def padding_at_the_end(image, kernel, stride=1, padding=0):
    """The zeros were put at the bottom and on the right alone. They belong on all four sides."""
    return _slid(image, kernel, (stride, stride), 0, 2 * padding)


@exercise.mistake(caught_by="matches_reference_right_with_padding")
def edges_repeated(image, kernel, stride=1, padding=0):
    """The picture's edge was repeated outside. Pad with zeros."""
    return _slid(image, kernel, (stride, stride), padding, padding, "edge")


@exercise.mistake(caught_by=checks.matches_shape)
def last_window_left_out(image, kernel, stride=1, padding=0):
    """The last row and column of windows are missing: the + 1 in (h + 2 padding - a) // stride + 1."""
    return conv2d(image, kernel, stride, padding)[:-1, :-1]


@exercise.mistake(caught_by="matches_reference_right_for_pictures_of_bytes")
def output_like_the_picture(image, kernel, stride=1, padding=0):
    """The output may have the picture's dtype, which cannot hold such sums. Make it of floats."""
    return conv2d(image, kernel, stride, padding).astype(np.int64).astype(image.dtype)


@exercise.mistake(caught_by=checks.matches_reference)
def averaged(image, kernel, stride=1, padding=0):
    """Each window was averaged. The products are summed, not divided by their number."""
    return conv2d(image, kernel, stride, padding) / kernel.size


@exercise.mistake(caught_by=checks.matches_shape)
def same_size(image, kernel, stride=1, padding=0):
    """The output was kept as large as the picture. Without padding it shrinks by the kernel's size less 1."""
    out = np.zeros(image.shape)
    made = conv2d(image, kernel, stride, padding)[: image.shape[0], : image.shape[1]]
    out[: made.shape[0], : made.shape[1]] = made
    return out


@exercise.mistake(caught_by=checks.matches_reference)
def stride_in_the_size_alone(image, kernel, stride=1, padding=0):
    """The stride counts in the size alone: windows start at (i, j), not at (i * stride, j * stride)."""
    h, w = conv2d(image, kernel, stride, padding).shape
    return conv2d(image, kernel, 1, padding)[:h, :w].copy()
