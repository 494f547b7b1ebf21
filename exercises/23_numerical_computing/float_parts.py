"""Parts of a float: sign, exponent and fraction."""
# Medium, about 20 minutes.

import numpy as np


def float_parts(x: float) -> tuple[int, int, float]:
    """Return sign, exponent and fraction of a float64, so that x = sign * fraction * 2**exponent.

    Args:
        x: one number, a float or an integer.

    Returns:
        A tuple (sign, exponent, fraction):
        sign is the integer 1 or -1; -0.0 has sign -1.
        exponent is an integer, at least -1022.
        fraction is a float with 1 <= fraction < 2 for normal numbers. Subnormal numbers, which are smaller
        than 2**-1022, keep the exponent -1022 and have a fraction below 1. Zero has the exponent -1022 and
        the fraction 0.0.

    Raises:
        ValueError: x is inf, -inf or nan.

    >>> float_parts(-6.5)
    (-1, 2, 1.625)
    >>> float_parts(0.0)
    (1, -1022, 0.0)
    """
    raise NotImplementedError("float_parts")
