"""p-value: how often chance alone goes so far."""

import math

from grader import Exercise, call, checks, drawn


def p_value(t: float, df: float) -> float:
    """Return the two-sided p-value of a t statistic.

    It is the chance that a number from Student's t distribution is at least as far from 0 as `t`, on
    either side.

    Args:
        t: the statistic, from -50 to 50; an integer too.
        df: degrees of freedom, at least 1, not necessarily whole.

    Returns:
        One number from 0 to 1, with an error of at most 1e-6. scipy.stats may be used where it is
        installed. Without it, integrate the density
        Gamma((df + 1)/2) / (sqrt(df pi) Gamma(df/2)) (1 + x^2/df)^(-(df + 1)/2) from 0 to |t|, for
        example by the trapezoidal rule with 10000 steps, double the area and subtract it from 1.
        math.lgamma gives the logarithm of the gamma function.

    >>> round(p_value(2.0, 10.0), 6)
    0.073388
    """
    # With x = sqrt(df) tan(angle) the density is a power of the cosine, over a bounded range.
    steps = 2000
    width = math.atan(abs(t) / math.sqrt(df)) / steps
    heights = [math.cos(i * width) ** (df - 1) for i in range(steps + 1)]
    total = heights[0] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]) + heights[-1]
    factor = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)
    return max(1 - 2 * factor * total * width / 3, 0.0)


def _draw(rng):
    return call(round(float(rng.uniform(-4, 4)), 2), round(float(rng.uniform(1, 30)), 1))


def _exact(m, t, df):
    """Return the incomplete beta function, which is both tails at once."""
    t, df = m.mpf(t), m.mpf(df)
    return m.betainc(df / 2, m.mpf(0.5), 0, df / (df + t**2), True)


exercise = Exercise(
    p_value,
    tags=("statistics", "test", "integral"),
    difficulty="medium",
    minutes=20,
    after=("t_statistic", "trapezoid"),
    inputs=drawn(_draw).also(
        from_a_table=call(2.228, 10.0),
        negative_t=call(-2.228, 10.0),
        zero=call(0.0, 5.0),
        one_degree=call(1.0, 1.0),
        broken_degrees=call(1.5, 4.25),
        integers=call(3, 7),
        large_t=call(-30.0, 6.0),
        many_degrees=call(1.96, 1000.0),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.within(0, 1),
        checks.matches_reference().worth(6),
    ),
    hints=(
        "For t = 0 every sample is at least as far from 0: which number is that?",
        "The distribution is symmetric. Work with |t| and count both tails.",
        "The area from 0 to |t|, doubled, is what lies nearer to 0; p is the rest of 1.",
    ),
    formula=r"p = P(|T| \ge |t|) = 1 - 2 \int_0^{|t|} f(x) \,dx",
    slack=1e-6,
    oracle=_exact,
    equivalents={
        **dict.fromkeys(
            (
                "heights = [math.cos(i * width) ** (df - 1) for i in range(steps + 1 - 1)]",
                "heights = [math.cos(i * width) ** (df - 1) for i in range(steps + 0)]",
                "total = heights[1] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]) + heights[-1]",
                "total = heights[0] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]) + heights[-2]",
            ),
            "A neighbour for an end: the text allows an error of 1e-6.",
        ),
        "total = heights[0] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-2:2]) + heights[-1]": (
            "The number of heights is odd: the same slice."
        ),
        "return max(0.0, 1 - 2 * factor * total * width / 3)": "The larger of two numbers, in any order.",
        "return 1 - 2 * factor * total * width / 3": "Below 0 only by rounding, which the text allows.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def one_sided(t, df):
    """Only one tail was counted. Chance can go as far on the other side: double it."""
    return p_value(t, df) / 2


@exercise.mistake(caught_by=checks.within)
def sign_kept(t, df):
    """For a negative t this is above 1. Take |t| first: the test looks at both sides."""
    return p_value(t, df) if t >= 0 else 2 - p_value(t, df)


@exercise.mistake(caught_by=checks.matches_reference)
def inner_area(t, df):
    """This is the chance to be nearer to 0 than t. The p-value is the rest of 1."""
    return 1 - p_value(t, df)


@exercise.mistake(caught_by=checks.matches_reference)
def lower_tail(t, df):
    """This is the chance of a number below t. Both tails beyond |t| are asked for."""
    return 1 - p_value(t, df) / 2 if t >= 0 else p_value(t, df) / 2


@exercise.mistake(caught_by=checks.matches_reference)
def normal_tails(t, df):
    """These are the tails of the normal distribution. With few degrees of freedom those of t are thicker."""
    return math.erfc(abs(t) / math.sqrt(2))


@exercise.mistake(caught_by=checks.matches_reference)
def whole_degrees(t, df):
    """The degrees of freedom were cut to a whole number. They need not be one."""
    return p_value(t, int(df))


@exercise.mistake(caught_by=checks.matches_reference)
def one_degree_less(t, df):
    """1 was subtracted from the degrees of freedom. df already is what the formula needs."""
    return p_value(t, max(df - 1, 0.5))


@exercise.mistake(caught_by=checks.matches_reference)
def density_for_area(t, df):
    """This is the height of the density at t. A chance is an area: integrate it."""
    factor = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    return factor * (1 + t * t / df) ** (-(df + 1) / 2)
