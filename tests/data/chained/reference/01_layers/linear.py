"""A linear layer that keeps what its backward pass needs."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks, steps, together


class Linear:
    """A layer that computes X @ W + b.

    Attributes:
        dW: gradient for W after `backward`, shape (d, k).
        db: gradient for b after `backward`, shape (k,).
    """

    def __init__(self, W: NDArray[np.floating], b: NDArray[np.floating]) -> None:
        """Keep the weights W, shape (d, k), and the biases b, shape (k,)."""
        self.W, self.b = W, b

    def forward(self, X: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return X @ W + b, shape (n, k); X has shape (n, d)."""
        self._X = X
        return X @ self.W + self.b

    def backward(self, dout: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return the gradient for the X of the last `forward`, and keep dW and db.

        Args:
            dout: gradient for the output, shape (n, k).
        """
        self.dW, self.db = self._X.T @ dout, dout.sum(axis=0)
        return dout @ self.W.T


def _loss(W, b, X, Y, dout):
    return ((X @ W + b) * dout).sum()


exercise = Exercise(
    Linear,
    name="linear",
    inputs=together(
        W=arrays("d k"), b=arrays("k"), X=arrays("n d"), Y=arrays("n d"), dout=arrays("n k")
    ),
    steps=(
        steps.new("Linear", "W", "b", label="layer"),
        steps.new("Linear", "W", "b", label="other"),
        steps.do("forward", "X", on="layer"),
        steps.do("forward", "Y", on="other", label="the other's forward"),
        steps.do("backward", "dout", on="layer"),
        steps.get("dW", "db", on="layer"),
    ),
    checks=(
        checks.matches_reference().at("forward").worth(2),
        checks.matches_reference().at("the other's forward"),
        checks.gradient_matches(_loss, "X").at("backward").worth(3),
        checks.gradient_matches(_loss, {"dW": "W", "db": "b"}).at("dW, db").worth(2),
        checks.does_not_mutate(),
    ),
    hints=("Keep X in `forward`; `backward` needs it.", "Write the shapes beside each gradient."),
)


@exercise.mistake(caught_by="matches_reference_forward")
class no_bias(Linear):
    """The bias is missing in the forward pass."""

    def forward(self, X):
        self._X = X
        return X @ self.W


_last = []


@exercise.mistake(caught_by="gradient_matches_dw_db")
class shared_input(Linear):
    """All layers share one place for their input, so the last forward of any layer counts."""

    def forward(self, X):
        _last[:] = [X]
        return super().forward(X)

    def backward(self, dout):
        self._X = _last[0]
        return super().backward(dout)


@exercise.mistake(caught_by="gradient_matches_dw_db")
class mean_of_bias(Linear):
    """The bias gets the mean over the rows instead of their sum."""

    def backward(self, dout):
        dX = super().backward(dout)
        self.db = dout.mean(axis=0)
        return dX


@exercise.mistake(caught_by=checks.does_not_mutate)
class changes_dout(Linear):
    """The gradient of the output is changed in place; the caller may need it again."""

    def backward(self, dout):
        dX = super().backward(dout)
        dout *= 0
        return dX
