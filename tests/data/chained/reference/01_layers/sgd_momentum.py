"""An optimizer's step with state in a configuration."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, steps


def sgd_momentum(
    w: NDArray[np.floating], dw: NDArray[np.floating], config: dict | None = None
) -> tuple[NDArray[np.floating], dict]:
    """Return new weights and the configuration for the next step.

    Args:
        w: weights.
        dw: gradient, same shape.
        config: "learning_rate" (1e-2 if absent), "momentum" (0.9 if absent) and "velocity" (zeros at first).

    Returns:
        (next_w, config): velocity = momentum * velocity - learning_rate * dw, next_w = w + velocity; the
        config that is returned holds all three.
    """
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **(config or {})}
    velocity = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    return w + velocity, {**config, "velocity": velocity}


def _draw(rng):
    n = int(rng.integers(1, 5))
    w, first, second, third = (np.round(rng.normal(size=n), 2) for _ in range(4))
    config = {"learning_rate": round(float(rng.uniform(0.01, 0.5)), 2)}
    return call(w=w, first=first, second=second, third=third, config=config)


exercise = Exercise(
    sgd_momentum,
    inputs=drawn(_draw),
    steps=(
        steps.run("sgd_momentum", "w", "first", "config", label="first step"),
        steps.run("sgd_momentum", steps.result("first step", 0), "second", steps.result("first step", 1), label="second step"),
        steps.run("sgd_momentum", steps.result("second step", 0), "third", steps.result("second step", 1), label="third step"),
        steps.run("sgd_momentum", "w", "first", label="without configuration"),
    ),
    checks=(
        checks.matches_reference().at("first step").worth(2),
        checks.matches_reference().at("second step").worth(2),
        checks.matches_reference().at("third step"),
        checks.matches_reference().at("without configuration"),
    ),
    hints=("The velocity starts at 0.", "Return the new velocity in the configuration."),
)


@exercise.mistake(caught_by="matches_reference_second_step")
def forgets_velocity(w, dw, config=None):
    """The velocity is not kept for the next step."""
    config = {"learning_rate": 1e-2, "momentum": 0.9, **(config or {})}
    velocity = -config["learning_rate"] * dw
    return w + velocity, {**config, "velocity": velocity}


@exercise.mistake(caught_by="matches_reference_first_step")
def wrong_sign(w, dw, config=None):
    """The step goes up the slope: the learning rate times the gradient is subtracted."""
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **(config or {})}
    velocity = config["momentum"] * config["velocity"] + config["learning_rate"] * dw
    return w + velocity, {**config, "velocity": velocity}


@exercise.mistake(caught_by="matches_reference_without_configuration")
def no_defaults(w, dw, config=None):
    """A configuration without entries, or none at all, stands for the usual values."""
    config = {"velocity": np.zeros_like(w), "momentum": 0.9, "learning_rate": 0.1, **(config or {})}
    velocity = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    return w + velocity, {**config, "velocity": velocity}
