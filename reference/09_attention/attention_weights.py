"""Attention weights: how much each query looks at each key."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def attention_weights(
    Q: NDArray[np.floating], K: NDArray[np.floating], mask: NDArray[np.bool_] | None = None
) -> NDArray[np.floating]:
    """Return the softmax of Q K^T / sqrt(d_k), row by row.

    The scores of `Q` and `K` may be huge, such as 1000 or -1000.

    Args:
        Q: queries, shape (n, d_k), integers too.
        K: keys, shape (m, d_k).
        mask: booleans, shape (n, m); True means that this query may attend to this key. The weight is 0 where
            it may not, and the softmax runs over the keys that are left. None allows everything.

    Returns:
        Weights, shape (n, m); each row sums to 1, but a row whose mask has no True is all zeros.

    >>> attention_weights(np.array([[0.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[0.5, 0.5]])
    """
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    allowed = np.ones(scores.shape, dtype=bool) if mask is None else mask
    largest = np.max(scores, axis=1, keepdims=True, where=allowed, initial=-np.inf)
    exp = np.where(allowed, np.exp(np.where(allowed, scores - largest, 0.0)), 0.0)
    total = exp.sum(axis=1, keepdims=True)
    return exp / np.where(total == 0, 1.0, total)


def _exact(m, Q, K, mask=None):
    """Return exponentials of any size over their sum, key by key."""
    rows = []
    for i, q in enumerate(m.mpf(Q)):
        scores = [sum(q * key) / m.sqrt(Q.shape[1]) for key in K]
        exp = np.array([m.exp(s) if mask is None or mask[i, j] else 0 for j, s in enumerate(scores)])
        rows.append(exp / (sum(exp) or 1))
    return np.array(rows)


_Q = np.array([[1.0, -0.5, 2.0], [0.25, 1.5, -1.0]])
_K = np.array([[0.5, 1.0, 1.0], [-1.0, 2.0, 0.5], [1.5, 0.0, -2.0], [0.0, 1.0, 0.75]])
_MASK = np.array([[True, False, True, True], [False, True, False, True]])
exercise = Exercise(
    attention_weights,
    tags=("attention", "broadcasting", "stability"),
    difficulty="medium",
    minutes=15,
    after=("softmax", "matrix_multiply"),
    inputs=together(arrays("n d", low=-2, high=2), arrays("m d", low=-2, high=2))
    .also(square=call(_K[:3], _K[:3] + 0.5))
    .only(
        masked=call(_Q, _K, mask=_MASK),
        masked_all_but_one=call(_Q, _K, mask=np.eye(2, 4, dtype=bool)),
        masked_all_allowed=call(_Q, _K, mask=np.ones((2, 4), dtype=bool)),
        masked_row_with_nothing_allowed=call(_Q, _K, mask=_MASK & np.array([[True], [False]])),
        masked_largest_score=call(
            np.array([[1.0]]), np.array([[900.0], [1.0], [2.0]]), mask=np.array([[False, True, True]])
        ),
        huge_scores=call(np.array([[1000.0], [-1000.0]]), np.array([[1.0], [-1.0], [0.5]])),
        huge_scores_far_apart=call(np.array([[1000.0], [-1000.0]]), np.array([[1.0], [1.001], [1.0]])),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (n, m)"),
        checks.within(0, 1),
        checks.sums_to_one(axis=-1).named("Each row sums to 1"),
        checks.does_not_mutate().on("*"),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("masked*").named("Right with a mask").worth(2),
        checks.matches_reference().on("huge*").named("Right for scores as large as 1000").worth(2),
    ),
    hints=(
        "Three steps: the scores Q K^T, the division by sqrt(d_k), a softmax of each row.",
        "d_k is the number of columns of Q and K, not the number of keys.",
        "np.where(mask, scores, -np.inf) before the softmax gives weight 0, as e^(-inf) is 0.",
        "A row of -inf alone becomes nan: its sum is 0, and 0 / 0. Ask for that case.",
    ),
    formula=r"A = \operatorname{softmax}\!\left(\frac{Q K^{\mathsf T}}{\sqrt{d_k}}\right)",
    condition=lambda Q, K, mask=None: 20 * Q.shape[1] * (1 + np.abs(Q).max() * np.abs(K).max()),
    oracle=_exact,
    equivalents={
        "exp = np.where(allowed, np.exp(np.where(allowed, scores - largest, 1.0)), 0.0)": (
            "The outer 0 takes its place."
        ),
        "return exp / np.where(total == 0, 2.0, total)": "0 / 2 is 0 as well.",
    },
)  # fmt: skip
_MASKED = "matches_reference_right_with_a_mask"
_HUGE = "matches_reference_right_for_scores_as_large_as_1000"


def _softmax(scores, mask, *, axis=1, shift=lambda s: s.max(axis=1, keepdims=True), fill=-np.inf):
    scores = scores if mask is None else np.where(mask, scores, fill)
    exp = np.exp(scores - shift(np.where(np.isfinite(scores), scores, -1e300)))
    total = exp.sum(axis=axis, keepdims=True)
    return exp / np.where(total == 0, 1.0, total)


@exercise.mistake(caught_by=checks.matches_reference)
def not_scaled(Q, K, mask=None):
    """The scores were not divided by sqrt(d_k)."""
    return attention_weights(Q * np.sqrt(Q.shape[1]), K, mask)


@exercise.mistake(caught_by=checks.matches_reference)
def scaled_by_width(Q, K, mask=None):
    """The scores were divided by d_k. Divide by its root."""
    return attention_weights(Q / np.sqrt(Q.shape[1]), K, mask)


@exercise.mistake(caught_by=checks.matches_reference)
def scaled_by_number_of_keys(Q, K, mask=None):
    """The root of the number of keys was taken. d_k is the width of a key: K.shape[1]."""
    return attention_weights(Q * np.sqrt(Q.shape[1] / len(K)), K, mask)


@exercise.mistake(caught_by=checks.sums_to_one)
def columns(Q, K, mask=None):
    """The softmax runs down the columns. Each query shares out its attention over the keys: axis 1."""
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    return _softmax(scores, mask, axis=0, shift=lambda s: s.max(axis=0, keepdims=True))


@exercise.mistake(caught_by=checks.sums_to_one)
def scores_in_the_denominator(Q, K, mask=None):
    """The exponentials were divided by the sum of the scores. Divide by the sum of the exponentials."""
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    return np.exp(scores) / scores.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=_HUGE)
def no_shift(Q, K, mask=None):
    """np.exp overflows above 709: subtract each row's maximum first."""
    return _softmax(Q @ K.T / np.sqrt(Q.shape[1]), mask, shift=lambda s: 0)


@exercise.mistake(caught_by=_HUGE)
def shift_by_the_whole_maximum(Q, K, mask=None):
    """A row far below the whole maximum vanishes. Subtract each row's own maximum."""
    return _softmax(Q @ K.T / np.sqrt(Q.shape[1]), mask, shift=np.max)


@exercise.mistake(caught_by=_MASKED)
def mask_ignored(Q, K, mask=None):
    """The mask is not used: where it is False the weight is 0."""
    return attention_weights(Q, K)


@exercise.mistake(caught_by=_MASKED)
def mask_turned(Q, K, mask=None):
    """The mask was reversed. True means that a query may attend."""
    return attention_weights(Q, K, None if mask is None else ~mask)


@exercise.mistake(caught_by=_MASKED)
def scores_set_to_zero(Q, K, mask=None):
    """The masked scores became 0, as in a product with the mask, but e^0 is 1. Set them to -inf."""
    return _softmax(Q @ K.T / np.sqrt(Q.shape[1]), mask, fill=0.0)


@exercise.mistake(caught_by=_MASKED)
def masked_after_the_softmax(Q, K, mask=None):
    """The weights were masked after the softmax, so a row no longer sums to 1. Mask the scores."""
    return attention_weights(Q, K) * (1 if mask is None else mask)


@exercise.mistake(caught_by=_MASKED)
def nan_where_nothing_is_allowed(Q, K, mask=None):
    """A row with no True became 0 / 0, which is nan. Return zeros there."""
    weights = attention_weights(Q, K, mask)
    return weights if mask is None else np.where(mask.any(axis=1, keepdims=True), weights, np.nan)


@exercise.mistake(caught_by=_MASKED)
def even_where_nothing_is_allowed(Q, K, mask=None):
    """A row with no True got equal weights: all its scores may be equally low. Return zeros there."""
    weights = attention_weights(Q, K, mask)
    return weights if mask is None else np.where(mask.any(axis=1, keepdims=True), weights, 1 / len(K))


@exercise.mistake(caught_by=checks.does_not_mutate)
def fills_the_mask(Q, K, mask=None):
    """Rows of the mask that is passed were overwritten. Work on a copy: mask.copy()."""
    if mask is None:
        return attention_weights(Q, K)
    empty = ~mask.any(axis=1)
    mask[empty] = True
    weights = attention_weights(Q, K, mask)
    weights[empty] = 0.0
    return weights


@exercise.mistake(caught_by=checks.sums_to_one)
def sum_of_the_whole_matrix(Q, K, mask=None):
    """All weights sum to 1 together. Each row has its own sum: axis=1, keepdims=True."""
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    return _softmax(scores, mask, axis=None)
