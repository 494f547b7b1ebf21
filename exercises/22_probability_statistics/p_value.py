"""p-value: how often chance alone goes so far."""
# Medium, about 20 minutes.


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
    raise NotImplementedError("p_value")
