"""Attention: a mean of values, weighted by how well keys fit a query."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def scaled_dot_product_attention(
    Q: NDArray[np.floating],
    K: NDArray[np.floating],
    V: NDArray[np.floating],
    mask: NDArray[np.bool_] | None = None,
) -> NDArray[np.floating]:
    """Return softmax(Q K^T / sqrt(d_k)) V, with the softmax of each row.

    The scores of `Q` and `K` may be huge, such as 1000 or -1000.

    Args:
        Q: queries, shape (n, d_k), integers too.
        K: keys, shape (m, d_k).
        V: values, shape (m, d_v), one row a key; d_v may differ from d_k.
        mask: booleans, shape (n, m); True means that this query may attend to this key. A row with no True
            gives a row of zeros. None allows everything.

    Returns:
        One row a query, shape (n, d_v).

    >>> Q, K, V = np.zeros((1, 2)), np.ones((2, 2)), np.array([[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]])
    >>> scaled_dot_product_attention(Q, K, V)
    array([[3., 4., 5.]])
    """
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    allowed = np.ones(scores.shape, dtype=bool) if mask is None else mask
    largest = np.max(scores, axis=1, keepdims=True, where=allowed, initial=-np.inf)
    exp = np.where(allowed, np.exp(np.where(allowed, scores - largest, 0.0)), 0.0)
    total = exp.sum(axis=1, keepdims=True)
    return exp / np.where(total == 0, 1.0, total) @ V


def _exact(m, Q, K, V, mask=None):
    """Return the weighted mean of the values, key by key, with exponentials of any size."""
    rows = []
    for i, q in enumerate(m.mpf(Q)):
        total, mixed = 0, 0 * V[0]
        for j in (j for j in range(len(K)) if mask is None or mask[i, j]):
            e = m.exp(sum(q * K[j]) / m.sqrt(Q.shape[1]))
            total, mixed = total + e, mixed + e * V[j]
        rows.append(mixed / (total or 1))
    return np.array(rows)


_Q = np.array([[1.0, -0.5], [0.25, 1.5], [2.0, 1.0]])
_K = np.array([[0.5, 1.0], [-1.0, 2.0], [1.5, 0.0]])
_V = np.array([[1.0, 2.0, -1.0], [0.5, -2.0, 3.0], [4.0, 0.0, 1.0]])
exercise = Exercise(
    scaled_dot_product_attention,
    tags=("attention", "matrix"),
    difficulty="medium",
    minutes=20,
    after=("attention_weights",),
    inputs=together(
        arrays("n d", low=-2, high=2), arrays("m d", low=-2, high=2), arrays("m v", low=-2, high=2)
    )
    .also(all_alike=call(_K, _K, _K), three_of_each=call(_Q, _K, _V), one_key=call(_Q, _K[:1], _V[:1]))
    .only(
        masked_future=call(_Q, _K, _V, mask=np.tril(np.ones((3, 3), dtype=bool))),
        masked_row=call(_Q, _K, _V, mask=np.array([[True, False, True], [False] * 3, [False, True, True]])),
        masked_largest_score=call(
            np.array([[1.0]]), np.array([[900.0], [1.0], [2.0]]), _V, mask=np.array([[False, True, True]])
        ),
        huge_scores=call(np.array([[1000.0], [-1000.0]]), np.array([[1.0], [-1.0], [0.5]]), _V),
        huge_scores_far_apart=call(np.array([[1000.0], [-1000.0]]), np.array([[1.0], [1.001], [1.0]]), _V),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (n, d_v)"),
        checks.does_not_mutate().on("*"),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("masked*").named("Right with a mask").worth(2),
        checks.matches_reference().on("huge*").named("Right for scores as large as 1000"),
    ),
    hints=(
        "Queries and keys decide how much; values are what is mixed.",
        "The weights have shape (n, m), the values (m, d_v): their matrix product has (n, d_v).",
        "You may use your attention_weights, with the mask handed on.",
    ),
    formula=r"\operatorname{softmax}\!\left(\frac{Q K^{\mathsf T}}{\sqrt{d_k}}\right) V",
    scale=2.0,
    condition=lambda Q, K, V, mask=None: (
        20 * Q.shape[1] * len(K) * (1 + np.abs(Q).max() * np.abs(K).max()) * np.abs(V).max()
    ),
    oracle=_exact,
    equivalents={
        "exp = np.where(allowed, np.exp(np.where(allowed, scores - largest, 1.0)), 0.0)": (
            "The outer 0 takes its place."
        ),
        "return exp / np.where(total == 0, 2.0, total) @ V": "0 / 2 is 0 as well.",
    },
)
_MASKED = "matches_reference_right_with_a_mask"


def _weights(Q, K, mask=None):
    return scaled_dot_product_attention(Q, K, np.eye(len(K)), mask)


@exercise.mistake(caught_by=checks.matches_reference)
def keys_for_values(Q, K, V, mask=None):
    """The keys were mixed, the values not used. The weights multiply V."""
    return _weights(Q, K, mask) @ K


@exercise.mistake(caught_by=checks.matches_reference)
def values_for_keys(Q, K, V, mask=None):
    """The queries were compared with the values. Compare them with the keys: Q @ K.T."""
    return _weights(Q, V, mask) @ V


@exercise.mistake(caught_by=checks.matches_reference)
def scaled_by_width_of_values(Q, K, V, mask=None):
    """The root of d_v was taken. The scores are sums over d_k products: divide by sqrt(d_k)."""
    return scaled_dot_product_attention(Q * np.sqrt(Q.shape[1] / V.shape[1]), K, V, mask)


@exercise.mistake(caught_by=checks.matches_reference)
def not_scaled(Q, K, V, mask=None):
    """The scores were not divided by sqrt(d_k)."""
    return scaled_dot_product_attention(Q * np.sqrt(Q.shape[1]), K, V, mask)


@exercise.mistake(caught_by=checks.matches_reference)
def no_softmax(Q, K, V, mask=None):
    """The scores were used as weights. Take their softmax first, row by row."""
    return Q @ K.T / np.sqrt(Q.shape[1]) @ V


@exercise.mistake(caught_by=checks.matches_shape)
def weights_alone(Q, K, V, mask=None):
    """These are the weights. Multiply them by the values: weights @ V."""
    return _weights(Q, K, mask)


@exercise.mistake(caught_by=checks.matches_shape)
def weights_returned_too(Q, K, V, mask=None):
    """The weights came back as well. Return the output alone."""
    return scaled_dot_product_attention(Q, K, V, mask), _weights(Q, K, mask)


@exercise.mistake(caught_by=checks.matches_reference)
def weights_transposed(Q, K, V, mask=None):
    """The weights were transposed. Row i belongs to query i already: weights @ V."""
    return _weights(Q, K, mask).T @ V


@exercise.mistake(caught_by=checks.matches_reference)
def queries_and_keys_swapped(Q, K, V, mask=None):
    """Queries and keys are swapped: the scores are Q @ K.T, one row a query."""
    return _weights(K, Q, None if mask is None else mask.T) @ V


@exercise.mistake(caught_by=_MASKED)
def mask_ignored(Q, K, V, mask=None):
    """The mask is not used: hand it on to the softmax."""
    return scaled_dot_product_attention(Q, K, V)


@exercise.mistake(caught_by=_MASKED)
def mask_turned(Q, K, V, mask=None):
    """The mask was reversed. True means that a query may attend."""
    return scaled_dot_product_attention(Q, K, V, None if mask is None else ~mask)


@exercise.mistake(caught_by="matches_reference_right_for_scores_as_large_as_1000")
def no_shift(Q, K, V, mask=None):
    """np.exp overflows above 709: subtract each row's maximum first."""
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    exp = np.exp(scores if mask is None else np.where(mask, scores, -np.inf))
    total = exp.sum(axis=1, keepdims=True)
    return exp / np.where(total == 0, 1, total) @ V


@exercise.mistake(caught_by=checks.matches_reference)
def columns(Q, K, V, mask=None):
    """The softmax runs down the columns. Each query shares out its attention over the keys: axis 1."""
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    with np.errstate(all="ignore"):
        exp = np.exp(scores - scores.max(axis=0, keepdims=True))
        return exp / exp.sum(axis=0, keepdims=True) @ V


@exercise.mistake(caught_by=_MASKED)
def masked_after_the_softmax(Q, K, V, mask=None):
    """The weights were masked after the softmax, so a row no longer sums to 1. Mask the scores."""
    return _weights(Q, K) * (1 if mask is None else mask) @ V


@exercise.mistake(caught_by=_MASKED)
def nan_where_nothing_is_allowed(Q, K, V, mask=None):
    """A row with no True became nan: -inf minus -inf, or 0 / 0. Return zeros there."""
    mixed = scaled_dot_product_attention(Q, K, V, mask)
    return mixed if mask is None else np.where(mask.any(axis=1, keepdims=True), mixed, np.nan)


@exercise.mistake(caught_by=_MASKED)
def even_where_nothing_is_allowed(Q, K, V, mask=None):
    """A row with no True got the mean of the values: its scores may be equally low. Return zeros there."""
    mixed = scaled_dot_product_attention(Q, K, V, mask)
    return mixed if mask is None else np.where(mask.any(axis=1, keepdims=True), mixed, V.mean(axis=0))
