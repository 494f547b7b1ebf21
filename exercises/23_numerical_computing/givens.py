"""Functions that the cases of this lesson hand to yours; call them to try your own code."""

import numpy as np


def cubic_integrand(x):
    """Return x^3 - 2x + 1: Simpson's rule integrates it exactly."""
    return x**3 - 2 * x + 1


def wave_integrand(x):
    """Return sin(3x) + x, which swings."""
    return np.sin(3 * x) + x


def bell_integrand(x):
    """Return e^(-x^2), whose integral no formula gives."""
    return np.exp(-(x**2))


def quartic_integrand(x):
    """Return x^4: the lowest power for which Simpson's rule has an error."""
    return x**4


_TILTED = np.array([[3.0, 1.0], [1.0, 2.0]])


def tilted_bowl_gradient(x):
    """Return the gradient of x^T A x / 2 - b^T x with A = [[3, 1], [1, 2]] and b = [1, -2]."""
    return _TILTED @ x - np.array([1.0, -2.0])


def tilted_bowl_hessian(x):
    """Return the Hessian of the tilted bowl, the same everywhere."""
    return _TILTED.copy()


def curved_valley_gradient(x):
    """Return the gradient of (x1 - 1)^4 / 4 + x1 x2 / 2 + x2^2 + x1^2."""
    return np.array([(x[0] - 1) ** 3 + x[1] / 2 + 2 * x[0], x[0] / 2 + 2 * x[1]])


def curved_valley_hessian(x):
    """Return the Hessian of the curved valley, which depends on x."""
    return np.array([[3 * (x[0] - 1) ** 2 + 2, 0.5], [0.5, 2.0]])


def cosh_bowl_gradient(x):
    """Return the gradient of the sum of cosh(x - 1): a bowl in any dimension, lowest where x is 1."""
    return np.sinh(x - 1.0)


def cosh_bowl_hessian(x):
    """Return the Hessian of the cosh bowl: a diagonal matrix."""
    return np.diag(np.cosh(x - 1.0))


def gutter_gradient(x):
    """Return the gradient of (x1 + 2 x2)^2 / 2, which is flat along one direction."""
    return (x[0] + 2 * x[1]) * np.array([1.0, 2.0])


def gutter_hessian(x):
    """Return the Hessian of the gutter: it has determinant 0."""
    return np.array([[1.0, 2.0], [2.0, 4.0]])


def plane_gradient(x):
    """Return the gradient of a plane: the same everywhere."""
    return np.ones(len(x))


def plane_hessian(x):
    """Return the Hessian of a plane: zeros."""
    return np.zeros((len(x), len(x)))
