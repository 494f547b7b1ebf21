"""Simpson's rule: areas by parabolas."""
# Medium, about 15 minutes.

from collections.abc import Callable

import numpy as np


def integrate(f: Callable, a: float, b: float, n: int) -> float:
    """Return the integral of `f` from a to b by the composite Simpson rule.

    With h = (b - a) / n and the points x_i = a + i h for i from 0 to n, it is h / 3 times the sum of the
    f(x_i) with the weights 1, 4, 2, 4, 2, ..., 2, 4, 1.

    Args:
        f: the function; it takes one number or an array, and returns a number or an array of that shape.
        a: start. If a > b, the integral from b to a is negated, as h is negative; if a = b, it is 0.
        b: end.
        n: number of steps, even and at least 2.

    Returns:
        One number.

    Raises:
        ValueError: n is odd or less than 2.

    >>> round(integrate(lambda x: x**2, 0, 3, 2), 6)
    9.0
    """
    raise NotImplementedError("integrate")
