"""A number that remembers how it was made, and differentiates it."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks, steps, together


class Tensor:
    """An array with a gradient.

    Attributes:
        data: the values.
        grad: the gradient after `backward` was called on a sum that was made of it; zeros before.
    """

    def __init__(self, data: NDArray[np.floating], parents: tuple = ()) -> None:
        """Keep data; `parents` are pairs of a tensor and the function that takes the gradient on to it."""
        self.data, self.grad, self._parents = data, np.zeros_like(data), parents

    def __add__(self, other: "Tensor") -> "Tensor":
        """Return the sum of two tensors of one shape."""
        return Tensor(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other: "Tensor") -> "Tensor":
        """Return the element-wise product of two tensors of one shape."""
        return Tensor(
            self.data * other.data, ((self, lambda g: g * other.data), (other, lambda g: g * self.data))
        )

    def backward(self) -> None:
        """Add the gradient of the sum of all elements to `grad` of every tensor that it was made of."""
        order: list[Tensor] = []
        seen: set[int] = set()

        def visit(node: Tensor) -> None:
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)

        visit(self)
        gradients = {id(self): np.ones_like(self.data)}
        for node in reversed(order):
            node.grad = node.grad + gradients[id(node)]
            for parent, onward in node._parents:
                gradients[id(parent)] = gradients.get(id(parent), 0) + onward(gradients[id(node)])


def _loss(x, y):
    return (x * y + x * x + y).sum()


exercise = Exercise(
    Tensor,
    name="tensor",
    inputs=together(x=arrays("n k"), y=arrays("n k")),
    steps=(
        steps.new("Tensor", "x", label="a"),
        steps.new("Tensor", "y", label="b"),
        steps.do("__add__", steps.result("b"), on="a", label="sum", shows=False),
        steps.get("data", on="sum", label="a + b"),
        steps.do("__mul__", steps.result("b"), on="a", label="product", shows=False),
        steps.do("__mul__", steps.result("a"), on="a", label="square", shows=False),
        steps.do("__add__", steps.result("square"), on="product", label="both", shows=False),
        steps.do("__add__", steps.result("b"), on="both", label="total", shows=False),
        steps.get("data", on="total", label="a * b + a * a + b"),
        steps.do("backward", on="total", shows=False),
        steps.get("grad", on="a", label="a.grad"),
        steps.get("grad", on="b", label="b.grad"),
    ),
    checks=(
        checks.matches_reference().at("a + b"),
        checks.matches_reference().at("a * b + a * a + b").worth(2),
        checks.gradient_matches(_loss, "x").at("a.grad").worth(3),
        checks.gradient_matches(_loss, "y").at("b.grad"),
    ),
    scale=3.0,
    hints=("Keep the parents of each result.", "A tensor that is used twice gets two gradients: add them."),
)


@exercise.mistake(caught_by="gradient_matches_a_grad")
class overwrites(Tensor):
    """A tensor that is used twice keeps the last gradient alone; they add up."""

    def __add__(self, other):
        made = super().__add__(other)
        return overwrites(made.data, made._parents)

    def __mul__(self, other):
        made = super().__mul__(other)
        return overwrites(made.data, made._parents)

    def backward(self, gradient=None):
        self.grad = np.ones_like(self.data) if gradient is None else gradient
        for parent, onward in self._parents:
            parent.backward(onward(self.grad))


@exercise.mistake(caught_by="gradient_matches_a_grad")
class product_of_one(Tensor):
    """The derivative of a product by one factor is the other factor."""

    def __add__(self, other):
        made = super().__add__(other)
        return product_of_one(made.data, made._parents)

    def __mul__(self, other):
        return product_of_one(
            self.data * other.data, ((self, lambda g: g * self.data), (other, lambda g: g * other.data))
        )


@exercise.mistake(caught_by="matches_reference_a_b")
class never(Tensor):
    """The sum of two tensors is a tensor of the sum."""

    def __add__(self, other):
        return never(self.data - other.data, ())

    def __mul__(self, other):
        made = super().__mul__(other)
        return never(made.data, made._parents)
