"""Convolution backwards: every window gives its share back."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def conv2d_backward(
    dout: NDArray[np.floating], image: NDArray[np.floating], kernel: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to picture and kernel of a convolution.

    The convolution is the cross-correlation without flipping, with stride 1 and no padding: out[i, j] is the
    sum of kernel * image[i : i + a, j : j + b].

    Args:
        dout: gradient with respect to out, shape (h - a + 1, w - b + 1).
        image: shape (h, w), integers too.
        kernel: shape (a, b).

    Returns:
        A tuple (dimage, dkernel) in the shapes of image and kernel, of floating-point numbers.

    >>> dout, image, kernel = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0, 5.0]]), np.array([[6.0, 7.0]])
    >>> dimage, dkernel = conv2d_backward(dout, image, kernel)
    >>> dimage, dkernel
    (array([[ 6., 19., 14.]]), array([[11., 14.]]))
    """
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    a, b = kernel.shape
    for i, j in np.ndindex(dout.shape):
        dimage[i : i + a, j : j + b] += dout[i, j] * kernel
        dkernel += dout[i, j] * image[i : i + a, j : j + b]
    return dimage, dkernel


def _loss(dout, image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.sum(dout * np.einsum("ijab,ab->ij", windows, kernel))


def _draw(rng, *, a=0, b=0, h=0, w=0):
    a, b = a or int(rng.integers(1, 4)), b or int(rng.integers(1, 4))
    h, w = h or a + int(rng.integers(1, 4)), w or b + int(rng.integers(1, 4))
    shapes = ((h - a + 1, w - b + 1), (h, w), (a, b))
    return call(*(np.round(rng.uniform(-2, 2, size=shape), 2) for shape in shapes))


def _exact(m, dout, image, kernel):
    """Return, for each pixel and each weight by itself, the sum over the entries that saw it."""
    dimage, dkernel = np.zeros(image.shape, dtype=object), np.zeros(kernel.shape, dtype=object)
    for u, v in np.ndindex(image.shape):
        for p, q in np.ndindex(kernel.shape):
            if 0 <= u - p < len(dout) and 0 <= v - q < dout.shape[1]:
                dimage[u, v] += dout[u - p, v - q] * kernel[p, q]
                dkernel[p, q] += dout[u - p, v - q] * image[u, v]
    return dimage, dkernel


exercise = Exercise(
    conv2d_backward,
    tags=("convolution", "backward", "derivative"),
    difficulty="hard",
    minutes=30,
    after=("conv2d",),
    inputs=drawn(_draw)
    .also(
        kernel_of_3_by_2=_draw(np.random.default_rng(1), a=3, b=2, h=5, w=4),
        square=_draw(np.random.default_rng(2), a=2, b=2, h=3, w=3),
        one_window=_draw(np.random.default_rng(3), a=2, b=3, h=2, w=3),
    )
    .only(
        integers=call(
            np.array([[0.5, -1.5], [2.25, 1.0]]), np.array([[1, 2, 0], [3, -1, 4], [2, 2, 5]]),
            np.array([[1.0, -2.0], [3.0, 1.0]]),
        ),
    ),
    checks=(
        checks.matches_shape().named("Returns gradients in the shapes of image and kernel"),
        checks.gradient_matches(_loss, wrt=("image", "kernel")).worth(3),
        checks.does_not_mutate(),
        checks.matches_reference().worth(5),
        checks.matches_reference().on("integers").named("Right for pictures of integers"),
    ),
    hints=(
        "Take one output entry: which pixels did it see, and with which weights?",
        "That entry gives dout[i, j] * kernel back to its window, and dout[i, j] * window to the kernel.",
        "Windows overlap, so a pixel gathers from several entries: +=, not =.",
    ),
    formula=r"dK_{pq} = \sum_{i,j} dY_{ij} X_{i+p,\,j+q}, \quad dX_{uv} = \sum_{p,q} dY_{u-p,\,v-q} K_{pq}",
    condition=lambda dout, image, kernel: 100.0 * dout.size,
    oracle=_exact,
)  # fmt: skip


def _shares(dout, image, kernel, *, back=None, put=None):
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    a, b = kernel.shape
    for i, j in np.ndindex(dout.shape):
        window = np.s_[i : i + a, j : j + b]
        share = dout[i, j] * (kernel if back is None else back)
        dimage[window] = share + (dimage[window] if put is None else 0)
        dkernel = dout[i, j] * image[window] + (dkernel if put is None else put * dkernel)
    return dimage, dkernel


@exercise.mistake(caught_by=checks.gradient_matches)
def overwritten(dout, image, kernel):
    """Each window overwrote what the one before had given. Pixels lie in several windows: add with +=."""
    return _shares(dout, image, kernel, put=1)


@exercise.mistake(caught_by=checks.gradient_matches)
def last_window_alone(dout, image, kernel):
    """Only the last window counts. Add up the shares of all of them, for picture and kernel."""
    return _shares(dout, image, kernel, put=0)


@exercise.mistake(caught_by=checks.gradient_matches)
def kernel_flipped(dout, image, kernel):
    """The kernel was flipped before it was handed back. Each pixel gets the weight with which it was seen."""
    return _shares(dout, image, kernel, back=kernel[::-1, ::-1])


@exercise.mistake(caught_by=checks.gradient_matches)
def kernel_gradient_flipped(dout, image, kernel):
    """The kernel's gradient is flipped: entry (p, q) gathers image[i + p, j + q]."""
    dimage, dkernel = conv2d_backward(dout, image, kernel)
    return dimage, dkernel[::-1, ::-1].copy()


@exercise.mistake(caught_by=checks.matches_reference)
def order_turned(dout, image, kernel):
    """dkernel came first. Return (dimage, dkernel)."""
    return conv2d_backward(dout, image, kernel)[::-1]


@exercise.mistake(caught_by=checks.gradient_matches)
def gradient_ignored(dout, image, kernel):
    """The incoming gradient is not used: each window's share is multiplied by dout[i, j]."""
    return conv2d_backward(np.ones(dout.shape), image, kernel)


@exercise.mistake(caught_by=checks.gradient_matches)
def averaged(dout, image, kernel):
    """The kernel's gradient was averaged over the windows. It is their sum."""
    dimage, dkernel = conv2d_backward(dout, image, kernel)
    return dimage, dkernel / dout.size


@exercise.mistake(caught_by="matches_reference_right_for_pictures_of_integers")
def integers_cut(dout, image, kernel):
    """The gradients lost their fractions, as in an array of the picture's dtype. Use np.zeros(shape)."""
    dimage, dkernel = conv2d_backward(dout, image, kernel)
    return dimage.astype(image.dtype), dkernel.astype(kernel.dtype)
