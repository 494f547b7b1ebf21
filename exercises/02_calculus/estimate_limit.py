"""Limit: where a function is heading, whatever happens at the point itself."""
# Medium, about 15 minutes.

from collections.abc import Callable


def estimate_limit(f: Callable, a: float) -> float:
    """Return an estimate of the limit of f at a.

    Args:
        f: called as f(x) with one number; near a it changes slowly, but at a itself it may raise, jump or
            have a value of its own, so it must not be asked there.
        a: one number; an integer too.

    Returns:
        The limit, with an error of at most 1e-3. If the limits from the left and from the right differ,
        nan. They differ by at least 0.1 or not at all. Distances of about 1e-4 from a serve well: at 0.1
        the function is still elsewhere, at 1e-8 rounding may take all digits.

    >>> round(estimate_limit(lambda x: (x * x - 9) / (x - 3), 3.0), 3)
    6.0
    >>> estimate_limit(lambda x: abs(x) / x, 0.0)
    nan
    """
    raise NotImplementedError("estimate_limit")
