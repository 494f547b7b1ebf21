"""Functions that the cases of this lesson hand to yours; call them to try your own code."""

import numpy as np


def squared_error(y_pred, y):
    """Return half the mean of the squared errors: its gradient is (y_pred - y) / n."""
    errors = y_pred - y
    return np.mean(errors * errors) / 2


def cubic_error(y_pred, y):
    """Return the mean of the cubed errors: no good loss, but one whose slope bends."""
    return np.mean((y_pred - y) ** 3)


def linear(X, params):
    """Return the predictions of a linear model with the parameters W and b."""
    return X @ params["W"] + params["b"]


def bent(X, params):
    """Return the predictions of the linear model, bent into (-pi/2, pi/2)."""
    return bend(linear(X, params))


def bend(z):
    """Return the arc tangent of each element: steep at 0, flat far from it."""
    return np.arctan(z)


def bowl_slope(x):
    """Return the gradient of the sum of x^2: lowest at 0."""
    return 2 * x


def shifted_bowl_slope(x):
    """Return the gradient of the sum of (x - 3)^2: lowest at 3."""
    return 2 * (x - 3.0)


def flat_bowl_slope(x):
    """Return the gradient of the sum of x^4: flat near 0, steep far from it."""
    return 4 * x**3


def long_valley_slope(x):
    """Return the gradient of (x1^2 + 10 x2^2) / 2 at a vector of two."""
    return np.array([1.0, 10.0]) * x
