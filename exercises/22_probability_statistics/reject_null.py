"""Decision: is the p-value small enough?"""
# Easy, about 5 minutes.


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
    raise NotImplementedError("reject_null")
