"""Machine epsilon: the step from 1 to the next number."""
# Easy, about 10 minutes.

import numpy as np


def machine_epsilon(dtype: str) -> float:
    """Return the distance from 1 to the next larger number of a floating-point type, found by halving.

    Start at 1 and halve as long as 1 + eps / 2, computed in that type, is still more than 1. Work by
    hand: np.finfo, np.spacing, np.nextafter and sys.float_info, which know the answer, earn nothing.

    Args:
        dtype: "float16", "float32" or "float64", as np.dtype takes it.

    Returns:
        One number: the last eps for which 1 + eps is more than 1.

    >>> machine_epsilon("float16")
    0.0009765625
    """
    raise NotImplementedError("machine_epsilon")
