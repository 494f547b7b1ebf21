"""Multi-head attention: several small attentions side by side."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def multi_head_attention(
    X: NDArray[np.floating],
    Wq: NDArray[np.floating],
    Wk: NDArray[np.floating],
    Wv: NDArray[np.floating],
    Wo: NDArray[np.floating],
    n_heads: int,
) -> NDArray[np.floating]:
    """Return the self-attention of a sequence with several heads, without a mask.

    Q = X Wq, K = X Wk, V = X Wv. Head h, counted from 0, owns the columns h w to (h + 1) w - 1 of Q, K and V,
    with w = d / n_heads, and makes softmax(Q_h K_h^T / sqrt(w)) V_h of them, row by row. The heads' outputs
    stand side by side, head 0 first, and are multiplied by Wo.

    Args:
        X: the sequence, one row a position, shape (n, d).
        Wq: weights of the queries, shape (d, d); Wk, Wv and Wo likewise.
        Wk: weights of the keys.
        Wv: weights of the values.
        Wo: weights of the output.
        n_heads: number of heads, at least 1.

    Returns:
        One row a position, shape (n, d).

    Raises:
        ValueError: d is no multiple of n_heads.

    >>> I = np.eye(2)
    >>> multi_head_attention(np.array([[0.0, 0.0], [0.0, 4.0]]), 0 * I, I, I, I, 2)
    array([[0., 2.],
           [0., 2.]])
    """
    d = X.shape[1]
    if d % n_heads:
        raise ValueError(f"a width of {d} cannot be shared by {n_heads} heads")
    parts = (np.split(X @ W, n_heads, axis=1) for W in (Wq, Wk, Wv))
    root = np.sqrt(d / n_heads)
    heads = [_softmax(Q @ K.T / root) @ V for Q, K, V in zip(*parts, strict=True)]
    return np.hstack(heads) @ Wo


def _softmax(S):
    exp = np.exp(S - S.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


def _parts(rng, n, d):
    return [np.round(rng.uniform(-1, 1, size=shape), 2) for shape in ((n, d), *[(d, d)] * 4)]


def _made(rng, n, d, heads):
    return call(*_parts(rng, n, d), heads)


def _draw(rng):
    heads = int(rng.integers(2, 4))
    return _made(rng, int(rng.integers(2, 5)), heads * (2 if heads == 2 else 1), heads)


def _exact(m, X, Wq, Wk, Wv, Wo, n_heads):
    """Return position by position and head by head what its weights make of its columns."""
    width = X.shape[1] // n_heads
    Q, K, V = m.mpf(X) @ Wq, m.mpf(X) @ Wk, m.mpf(X) @ Wv
    out = np.zeros(X.shape, dtype=object)
    for i, start in product(range(len(X)), range(0, X.shape[1], width)):
        own = range(start, start + width)
        exp = [m.exp(sum(Q[i, c] * key[c] for c in own) / m.sqrt(width)) for key in K]
        for c in own:
            out[i] += sum(e * v for e, v in zip(exp, V[:, c], strict=True)) / sum(exp) * Wo[c]
    return out


_SMALL = _parts(np.random.default_rng(1), 3, 3)[1:]
exercise = Exercise(
    multi_head_attention,
    tags=("attention", "reshape"),
    difficulty="hard",
    minutes=30,
    after=("scaled_dot_product_attention",),
    inputs=drawn(_draw)
    .also(
        one_head=_made(np.random.default_rng(2), 3, 3, 1),
        two_heads_of_width_1=_made(np.random.default_rng(3), 3, 2, 2),
        four_positions=_made(np.random.default_rng(4), 2, 3, 3),
        three_heads=call(np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]]), *_SMALL, 3),
    )
    .only(
        two_heads_of_width_2=_made(np.random.default_rng(5), 3, 4, 2),
        indivisible=call(np.array([[1.0, 0.5, -1.0]]), *_SMALL, 2),
        more_heads_than_columns=call(np.array([[1.0, 0.5, -1.0]]), *_SMALL, 6),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (n, d)"),
        checks.matches_reference().on("one head").named("One head is plain attention"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
        checks.matches_reference().on("two heads *").named("Right for two heads").worth(2),
        checks.raises("ValueError").on("indivisible").named("Raises ValueError for an indivisible width"),
        checks.raises("ValueError").on("more heads *").named("Raises ValueError for too many heads"),
    ),
    hints=(
        "Begin with one head: then it is attention of X Wq, X Wk, X Wv, times Wo.",
        "Head h reads the columns h * w : (h + 1) * w of Q, K and V. Give these to your attention.",
        "Each head divides by the root of its own width w, not of d.",
        "np.hstack puts the heads side by side; Wo mixes them at the very end.",
    ),
    formula=r"[\, H_1 \mid \dots \mid H_k \,]\, W_o, \quad H_i = \operatorname{attention}(Q_i, K_i, V_i)",
    scale=2.0,
    condition=lambda X, *_: 3000.0,
    oracle=_exact,
    equivalents={
        **dict.fromkeys(
            (
                "pass",
                "without if d % n_heads:",
            ),
            "np.split raises ValueError for a rest as well.",
        ),
        **dict.fromkeys(
            (
                "heads = [_softmax(Q @ K.T / root) @ V for Q, K, V in zip(*parts)]",
                "heads = [_softmax(Q @ K.T / root) @ V for Q, K, V in zip(*parts, strict=False)]",
            ),
            "Q, K and V have equally many parts.",
        ),
    },
)
_TWO = "matches_reference_right_for_two_heads"


def _heads(X, Wq, Wk, Wv, Wo, n_heads, *, split=None, width=None, join=np.hstack, values=None, turn=None):
    d = X.shape[1]
    if d % n_heads:
        raise ValueError("indivisible")
    cut = split or (lambda M: np.split(M, n_heads, axis=1))
    Qs, Ks, Vs = (cut(M) for M in (X @ Wq, X @ Wk, X @ Wv if values is None else values))
    root = np.sqrt(width or d / n_heads)
    made = [_softmax(Q @ K.T / root) @ V for Q, K, V in zip(Qs, Ks, Vs, strict=True)]
    return join(made if turn is None else turn(made)) @ Wo


@exercise.mistake(caught_by=checks.matches_reference)
def one_head_whatever(X, Wq, Wk, Wv, Wo, n_heads):
    """n_heads is not used: one head did it all. Cut Q, K and V into n_heads parts."""
    return multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads if X.shape[1] % n_heads else 1)


@exercise.mistake(caught_by=_TWO)
def scaled_by_the_whole_width(X, *args):
    """The scores were divided by sqrt(d). A head's own width is d / n_heads."""
    return _heads(X, *args, width=X.shape[1])


@exercise.mistake(caught_by=_TWO)
def every_other_column(X, *args):
    """Head h took every n_heads-th column. Its columns stand together: h * w to (h + 1) * w."""
    n_heads = args[-1]
    return _heads(X, *args, split=lambda M: [M[:, h::n_heads] for h in range(n_heads)])


@exercise.mistake(caught_by=_TWO)
def reshaped_across_positions(X, *args):
    """reshape(n_heads, n, w) mixes positions. Reshape to (n, n_heads, w), then move the heads' axis."""
    n_heads = args[-1]
    return _heads(X, *args, split=lambda M: M.reshape(n_heads, len(M), M.shape[1] // n_heads))


@exercise.mistake(caught_by=_TWO)
def heads_in_reverse(*args):
    """The heads stand in reverse order. Head 0 comes first."""
    return _heads(*args, turn=lambda heads: heads[::-1])


@exercise.mistake(caught_by=_TWO)
def heads_averaged(X, *args):
    """The heads were averaged. They stand side by side: np.hstack."""
    n_heads = args[-1]
    return _heads(X, *args, join=lambda heads: np.tile(np.mean(heads, axis=0), n_heads))


@exercise.mistake(caught_by=checks.matches_reference)
def output_weights_forgotten(X, Wq, Wk, Wv, Wo, n_heads):
    """Wo is not used: multiply the joined heads by it."""
    return multi_head_attention(X, Wq, Wk, Wv, np.eye(len(Wo)), n_heads)


@exercise.mistake(caught_by=checks.matches_reference)
def values_without_weights(X, *args):
    """The values are X itself. They are X Wv."""
    return _heads(X, *args, values=X)


@exercise.mistake(caught_by=checks.matches_reference)
def queries_and_keys_swapped(X, Wq, Wk, *rest):
    """Wq and Wk are swapped: queries are X Wq, keys X Wk."""
    return multi_head_attention(X, Wk, Wq, *rest)


@exercise.mistake(caught_by="raises_raises_valueerror_for_an_indivisible_width")
def rest_of_the_columns_dropped(X, Wq, Wk, Wv, Wo, n_heads):
    """The width was divided with a rest, and columns were lost. Raise ValueError instead."""
    d = X.shape[1]
    if d < n_heads:
        raise ValueError("too many heads")
    w = d // n_heads
    split = [slice(h * w, (h + 1) * w) for h in range(n_heads)]
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    made = np.hstack([_softmax(Q[:, s] @ K[:, s].T / np.sqrt(w)) @ V[:, s] for s in split])
    return np.hstack([made, np.zeros((len(X), d - n_heads * w))]) @ Wo


@exercise.mistake(caught_by="raises_raises_valueerror_for_too_many_heads")
def too_many_heads_let_through(X, Wq, Wk, Wv, Wo, n_heads):
    """More heads than columns leave a width of 0. d % n_heads is not 0 then either: raise ValueError."""
    return 0.0 * X if n_heads > X.shape[1] else multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads)


@exercise.mistake(caught_by=_TWO)
def reshaped_back_across_positions(X, *args):
    """Heads and positions may be mixed, in and out. Reshape to (n, n_heads, w), then move the heads' axis."""
    n_heads = args[-1]
    return _heads(
        X, *args,
        split=lambda M: M.reshape(n_heads, len(M), M.shape[1] // n_heads),
        join=lambda heads: np.array(heads).reshape(X.shape),
    )  # fmt: skip
