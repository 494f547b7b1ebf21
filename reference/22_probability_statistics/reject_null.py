"""Decision: is the p-value small enough?"""

from grader import Exercise, call, checks, drawn


def reject_null(p: float, alpha: float = 0.05) -> bool:
    """Return whether a test with the p-value `p` rejects the null hypothesis.

    Args:
        p: p-value, from 0 to 1.
        alpha: level of significance: the chance of rejecting a null hypothesis that is true.

    Returns:
        True if p is at most alpha (also where both are equal), else False.

    >>> reject_null(0.03), reject_null(0.03, alpha=0.01)
    (True, False)
    """
    return p <= alpha


def _draw(rng):
    p = round(float(rng.uniform(0, 0.2)), 3)
    return call(p, alpha=0.1) if rng.random() < 0.3 else call(p)


exercise = Exercise(
    reject_null,
    tags=("statistics", "test", "keyword"),
    difficulty="easy",
    minutes=5,
    after=("p_value",),
    inputs=drawn(_draw).also(
        small=call(0.01),
        large=call(0.6),
        equal=call(0.05),
        stricter=call(0.03, alpha=0.01),
        more_generous=call(0.08, alpha=0.1),
        equal_to_a_stricter_level=call(0.01, alpha=0.01),
        zero=call(0.0),
        one=call(1),
    ),
    checks=(
        checks.matches_shape().named("Returns True or False"),
        checks.matches_reference().worth(2),
    ),
    hints=(
        "A small p-value says: chance alone seldom goes so far. Does that speak for the null hypothesis?",
        "One comparison is enough; read in the text what holds where both are equal.",
    ),
    formula=r"p \le \alpha",
    oracle=lambda m, p, alpha=0.05: max(p, alpha) == alpha,
)


@exercise.mistake(caught_by=checks.matches_reference)
def equality_left_out(p, alpha=0.05):
    """Where p equals alpha the null hypothesis is rejected: compare with <=, not <."""
    return bool(p < alpha)


@exercise.mistake(caught_by=checks.matches_reference)
def turned(p, alpha=0.05):
    """A small p-value speaks against the null hypothesis. Reject where p is at most alpha."""
    return bool(p > alpha)


@exercise.mistake(caught_by=checks.matches_reference)
def fixed_level(p, alpha=0.05):
    """The level is always 0.05, whatever alpha is passed. Use the parameter."""
    return bool(p <= 0.05)


@exercise.mistake(caught_by=checks.matches_reference)
def level_halved(p, alpha=0.05):
    """alpha was halved. A two-sided p-value already counts both tails: compare it with alpha itself."""
    return bool(p <= alpha / 2)


@exercise.mistake(caught_by=checks.matches_reference)
def level_of_confidence(p, alpha=0.05):
    """p was compared with 1 - alpha, so that almost everything is rejected. Compare it with alpha."""
    return bool(p <= 1 - alpha)


@exercise.mistake(caught_by=checks.matches_shape)
def in_words(p, alpha=0.05):
    """A text came back. Return True or False, with which a program can go on."""
    return "reject" if p <= alpha else "keep"


@exercise.mistake(caught_by=checks.matches_shape)
def one_or_zero(p, alpha=0.05):
    """1 and 0 came back. A comparison gives True or False: return that."""
    return 1 if p <= alpha else 0
