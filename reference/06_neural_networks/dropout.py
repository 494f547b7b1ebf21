"""Dropout: switch units off at random, so that none can rely on another."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, generator


def dropout(
    X: NDArray[np.floating], p: float, rng: np.random.Generator, training: bool = True
) -> NDArray[np.floating]:
    """Return `X` with each element set to 0 with probability p, the others scaled so that the mean is kept.

    In training one call draws rng.random(X.shape); an element is kept where its draw is >= p, and is then
    divided by 1 - p. This is inverted dropout.

    Args:
        X: activations of any shape; not changed.
        p: the probability to drop an element, 0 <= p < 1; 0 drops nothing.
        rng: generator.
        training: in evaluation, when this is False, nothing is dropped and nothing is scaled.

    Returns:
        An array in the shape of `X`; in evaluation `X` itself or a copy.

    Raises:
        ValueError: in training, if p is negative, or 1 or more.

    >>> dropout(np.ones(4), 0.5, np.random.default_rng(0))
    array([2., 0., 0., 0.])
    """
    if not training:
        return X
    if not 0 <= p < 1:
        raise ValueError(f"p is {p}; expected 0 <= p < 1")
    return X * (rng.random(X.shape) >= p) / (1 - p)


def _draw(rng):
    shape = tuple(rng.integers(2, 5, size=rng.integers(1, 3)))
    X = np.round(rng.uniform(-3, 3, size=shape), 2)
    return call(X, float(np.round(rng.uniform(0.1, 0.8), 2)), generator(int(rng.integers(1000))))


def _exact(m, X, p, rng, training=True):
    if not training:
        return X
    dropped = np.random.default_rng(rng.seed).random(X.shape) < float(p)
    return X * np.where(dropped, 0, 1 / (1 - p))


_X = np.round(np.linspace(0.5, 6.5, 60), 1).reshape(6, 10)
_MANY = np.ones((200, 250))
exercise = Exercise(
    dropout,
    tags=("network", "random", "keyword"),
    difficulty="medium",
    minutes=15,
    inputs=drawn(_draw)
    .also(
        sixty_activations=call(_X, 0.4, generator(1)),
        seldom=call(_X, 0.1, generator(2)),
        often=call(_X, 0.8, generator(3)),
        nothing_dropped=call(_X[:2], 0.0, generator(4)),
        in_evaluation=call(_X[:2], 0.6, generator(6), training=False),
    )
    .only(
        many_ones=call(_MANY, 0.3, generator(7)),
        many_ones_mostly_dropped=call(_MANY, 0.75, generator(8)),
        p_is_1=call(_X, 1.0, generator(9)),
        p_is_negative=call(_X, -0.25, generator(10)),
    ),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate(),
        checks.seeds_differ(),
        checks.share_of(0.0, "p").on("many*").named("Drops a share of p"),
        checks.mean_near(1.0, 0.0, 4.0).on("many*").named("Keeps the mean"),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("in evaluation").named("Changes nothing in evaluation"),
        checks.raises("ValueError").on("p is 1").named("Raises ValueError for p = 1"),
        checks.raises("ValueError").on("p is negative").named("Raises ValueError for a negative p"),
    ),
    hints=(
        "If 30 % are set to 0, what is the mean of many ones? What factor brings it back?",
        "rng.random(X.shape) >= p is an array of True and False; times X it keeps or drops.",
        "In evaluation the answer is X itself: ask for `training` first.",
    ),
    formula=r"Y = \frac{X \odot [U \ge p]}{1 - p}, \quad U \sim \mathcal{U}[0, 1)",
    scale=2.0,
    condition=lambda X, p, *_, **__: 50.0,
    oracle=_exact,
    equivalents={
        "return X * (rng.random(X.shape) > p) / (1 - p)": "A draw equals p once in 2**53.",
    },
)


def _dropped(X, p, rng, training, rule):
    if not training:
        return X
    if not 0 <= p < 1:
        raise ValueError("p is out of range")
    return rule(X, rng.random(X.shape))


@exercise.mistake(caught_by=checks.mean_near)
def not_scaled(X, p, rng, training=True):
    """The elements that stay were not scaled, so the mean falls to 1 - p. Divide by 1 - p."""
    return _dropped(X, p, rng, training, lambda X, u: X * (u >= p) * 1.0)


@exercise.mistake(caught_by=checks.share_of)
def kept_with_probability_p(X, p, rng, training=True):
    """p was used as the probability to keep. It is the one to drop: keep where the draw is >= p."""
    return _dropped(X, p, rng, training, lambda X, u: X * (u < p) / (p or 1))


@exercise.mistake(caught_by=checks.mean_near)
def scaled_by_p(X, p, rng, training=True):
    """The elements that stay were divided by p. A share of 1 - p stays: divide by that."""
    return _dropped(X, p, rng, training, lambda X, u: X * (u >= p) / (p or 1))


@exercise.mistake(caught_by=checks.mean_near)
def scaled_down(X, p, rng, training=True):
    """The elements that stay were multiplied by 1 - p. Their mean is too small already: divide."""
    return _dropped(X, p, rng, training, lambda X, u: X * (u >= p) * (1 - p))


@exercise.mistake(caught_by="matches_reference_changes_nothing_in_evaluation")
def always_training(X, p, rng, training=True):
    """Elements were dropped in evaluation too. With training=False return X as it is."""
    return dropout(X, p, rng)


@exercise.mistake(caught_by="matches_reference_changes_nothing_in_evaluation")
def scaled_in_evaluation(X, p, rng, training=True):
    """In evaluation X was scaled by 1 - p. Inverted dropout scales in training, so nothing is left to do."""
    return dropout(X, p, rng, training) * (1 if training else 1 - p)


@exercise.mistake(caught_by=checks.seeds_differ)
def seed_of_its_own(X, p, rng, training=True):
    """The function made a generator of its own, so every call drops the same. Use the one you were given."""
    return dropout(X, p, np.random.default_rng(0), training)


@exercise.mistake(caught_by=checks.matches_reference)
def whole_rows(X, p, rng, training=True):
    """One draw decided over a whole row. Each element has its own: rng.random(X.shape)."""

    def rule(X, u):
        return X * (u[..., :1] >= p) / (1 - p)

    return _dropped(X, p, rng, training, rule)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(X, p, rng, training=True):
    """The caller's activations changed. Make a new array: X * mask, not X *= mask."""
    if training:
        dropout(X[:0], p, rng)
        X *= rng.random(X.shape) >= p
        X /= 1 - p
    return X


@exercise.mistake(caught_by="raises_raises_valueerror_for_p_1")
def division_by_zero(X, p, rng, training=True):
    """With p = 1 the function gives 0 / 0, which is nan, and no error. Raise ValueError for it."""
    if p < 0:
        raise ValueError("p is negative")
    return X * (rng.random(X.shape) >= p) / (1 - p) if training else X


@exercise.mistake(caught_by="raises_raises_valueerror_for_a_negative_p")
def negative_let_through(X, p, rng, training=True):
    """A negative p passed unseen and shrank everything. Ask for 0 <= p < 1."""
    if p >= 1 and training:
        raise ValueError("p is too large")
    return X * (rng.random(X.shape) >= p) / (1 - p) if training else X


@exercise.mistake(caught_by=checks.share_of)
def kept_below_p(X, p, rng, training=True):
    """Elements were kept where the draw is below p. Those are to be dropped: keep where it is >= p."""
    return _dropped(X, p, rng, training, lambda X, u: X * (u < p) / (1 - p))


@exercise.mistake(caught_by=checks.mean_near)
def scaled_in_evaluation_alone(X, p, rng, training=True):
    """Only evaluation scales here. Inverted dropout divides by 1 - p in training, and evaluation is plain."""
    kept = _dropped(X, p, rng, training, lambda X, u: X * (u >= p))
    return kept if training else kept * (1 - p)
