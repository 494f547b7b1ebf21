"""Training: a network learns what no line can separate."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, generator


def train_mlp(
    X: NDArray[np.floating],
    Y: NDArray[np.floating],
    params: dict[str, NDArray[np.floating]],
    lr: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> tuple[dict[str, NDArray[np.floating]], list[float]]:
    """Return the parameters and the losses after training a network with one hidden layer.

    The network is P = softmax(relu(X W1 + b1) W2 + b2), samples in rows; the loss is the mean over the rows
    of -log P at the true class. Add nothing to P: it is never 0 here. Each epoch asks once for
    order = rng.permutation(n) and takes the rows in that order, `batch_size` at a time; the last batch may be
    smaller. Every batch makes one step: lr times the gradient of the batch's mean loss is
    subtracted from each parameter.

    Args:
        X: samples in rows, shape (n, d); integers too.
        Y: one-hot targets, shape (n, k); integers too.
        params: "W1" of shape (d, h), "b1" of shape (h,), "W2" of shape (h, k), "b2" of shape (k,); not
            changed.
        lr: learning rate.
        epochs: number of epochs, at least 1.
        batch_size: rows in a batch, from 1 to n.
        rng: generator, used for the permutations alone.

    Returns:
        A tuple (params, losses): a new dict with the same keys, and a list with the loss of all n rows after
        each epoch. On XOR, with the start and the learning rate that the checks choose, 150 epochs bring it
        below 0.05.

    >>> params = {"W1": np.zeros((1, 1)), "b1": np.ones(1), "W2": np.zeros((1, 2)), "b2": np.zeros(2)}
    >>> rng = np.random.default_rng(0)
    >>> new, losses = train_mlp(np.ones((1, 1)), np.array([[1, 0]]), params, 1.0, 1, 1, rng)
    >>> new["b2"], round(losses[0], 4)
    (array([ 0.5, -0.5]), 0.1269)
    """
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = _gradients(X[rows], Y[rows], params)
            params = {name: params[name] - lr * grads[name] for name in params}
        losses.append(float(-np.sum(Y * np.log(_forward(X, params)[2])) / len(X)))
    return params, losses


def _forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    Z2 = np.maximum(0, Z1) @ params["W2"] + params["b2"]
    exp = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return Z1, np.maximum(0, Z1), exp / exp.sum(axis=1, keepdims=True)


def _gradients(X, Y, params):
    Z1, A1, P = _forward(X, params)
    dZ2 = (P - Y) / len(X)
    dZ1 = dZ2 @ params["W2"].T * (Z1 > 0)
    return {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}


def _params(rng, d, h, k):
    shapes = {"W1": (d, h), "b1": (h,), "W2": (h, k), "b2": (k,)}
    return {name: np.round(rng.uniform(-1, 1, size=shape), 2) for name, shape in shapes.items()}


def _draw(rng, *, n=0, epochs=2, batch=0):
    n, d, h, k = n or int(rng.integers(3, 7)), *(int(s) for s in rng.integers(2, 4, size=3))
    X = np.round(rng.uniform(-2, 2, size=(n, d)), 2)
    Y = np.eye(k)[rng.integers(0, k, size=n)]
    return call(X, Y, _params(rng, d, h, k), 0.25, epochs, batch or 2, generator(int(rng.integers(1000))))


def _exact(m, X, Y, params, lr, epochs, batch_size, rng):
    """Return what single samples make of it: each has its own outer products, none a matrix of its own."""

    def seen(x, y):
        z = x @ params["W1"] + params["b1"]
        a = np.where(z > 0, z, 0)
        e = m.exp(a @ params["W2"] + params["b2"])
        p = e / sum(e)
        back = np.where(z > 0, params["W2"] @ (p - y), 0)
        return p, {"W1": np.outer(x, back), "b1": back, "W2": np.outer(a, p - y), "b2": p - y}

    draw, losses, X = np.random.default_rng(rng.seed), [], m.mpf(X)
    for _ in range(epochs):
        order = draw.permutation(len(X))
        for start in range(0, len(X), batch_size):
            shares = [seen(X[i], Y[i])[1] for i in order[start : start + batch_size]]
            params = {n: v - lr * sum(s[n] for s in shares) / len(shares) for n, v in params.items()}
        losses.append(-sum(sum(y * m.log(seen(x, y)[0])) for x, y in zip(X, Y, strict=True)) / len(X))
    return params, losses


_CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
_XOR = {
    "W1": np.array([[1.0, -1.0, 0.5, 0.8], [-1.0, 1.0, 0.6, 0.7]]),
    "b1": np.array([0.1, 0.1, -0.2, 0.1]),
    "W2": np.array([[-0.5, 0.5], [-0.4, 0.6], [0.3, -0.2], [0.1, 0.2]]),
    "b2": np.zeros(2),
}
exercise = Exercise(
    train_mlp,
    tags=("network", "training", "random"),
    difficulty="hard",
    minutes=40,
    after=("mlp_backward", "gradient_descent"),
    inputs=drawn(_draw)
    .also(
        full_batch=_draw(np.random.default_rng(1), n=4, batch=4),
        one_epoch_of_single_rows=_draw(np.random.default_rng(2), n=4, epochs=1, batch=1),
        ragged_last_batch=_draw(np.random.default_rng(3), n=5, epochs=3, batch=2),
        larger_ragged_batches=_draw(np.random.default_rng(4), n=7, batch=5),
        integers=call(_CORNERS, np.eye(2, dtype=int)[[0, 1, 1, 0]], _XOR, 0.5, 2, 3, generator(5)),
    )
    .only(xor=call(_CORNERS, np.eye(2)[[0, 1, 1, 0]], _XOR, 0.5, 150, 2, generator(6))),
    checks=(
        checks.matches_shape().named("Returns the parameters and one loss an epoch"),
        checks.does_not_mutate().worth(2),
        checks.items_match(0).worth(4).named("The parameters are right"),
        checks.items_match(1).worth(2).named("The losses are right"),
        checks.falls(1).on("xor").named("The loss falls on XOR"),
        checks.ends_below(1, 0.05).on("xor").worth(2).named("Learns XOR: the loss ends below 0.05"),
    ),
    hints=(
        "Three parts: the order of an epoch, a step for each batch, the loss of all rows after the epoch.",
        "order[start : start + batch_size] is shorter at the end by itself; divide by its own length.",
        "All gradients of a step are computed before any parameter moves.",
        "params = {name: params[name] - lr * grads[name] for name in params} makes new arrays.",
    ),
    formula=r"\theta \leftarrow \theta - \frac{\eta}{m} \sum_{i \in \text{batch}} \nabla_\theta L_i",
    condition=lambda X, Y, params, lr, epochs, *rest: 2000 * epochs,
    oracle=_exact,
    record=1,
    equivalents={
        "for start in range(0, len(X) + 1, batch_size):": "An empty batch moves nothing.",
    },
)


def _trained(X, Y, params, lr, epochs, batch_size, rng, *, batches=None, step=None, log=None, moved=None):
    params, losses = dict(params), []
    for _ in range(epochs):
        order = rng.permutation(len(X)) if moved is None else moved(len(X))
        starts = range(0, len(X), batch_size) if batches is None else batches(len(X), batch_size)
        for start in starts:
            rows = order[start : start + batch_size]
            change = step or (lambda p, rows, grads: {n: p[n] - lr * grads[n] for n in p})
            params = change(params, rows, _gradients(X[rows], Y[rows], params))
        loss = -np.sum(Y * np.log(_forward(X, params)[2])) / len(X)
        losses.append(float(loss if log is None else log(rows, params, loss)))
    return params, losses


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def last_batch_dropped(*args):
    """Rows at the end of an epoch were left out when they did not fill a batch. Use them too."""
    return _trained(*args, batches=lambda n, size: range(0, n - size + 1, size))


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def divided_by_batch_size(X, Y, params, lr, epochs, batch_size, rng):
    """The last batch is smaller but was divided by batch_size. Divide by its own number of rows."""

    def step(p, rows, grads):
        return {n: p[n] - lr * grads[n] * len(rows) / batch_size for n in p}

    return _trained(X, Y, params, lr, epochs, batch_size, rng, step=step)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def sum_for_mean(X, Y, params, lr, epochs, batch_size, rng):
    """The gradients were summed over the batch. A step uses the mean loss: divide by the batch's rows."""

    def step(p, rows, grads):
        return {n: p[n] - lr * grads[n] * len(rows) for n in p}

    return _trained(X, Y, params, lr, epochs, batch_size, rng, step=step)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def never_shuffled(*args):
    """The rows were taken in their own order. Ask for rng.permutation(n) in every epoch."""
    return _trained(*args, moved=np.arange)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def shuffled_once(X, Y, params, lr, epochs, batch_size, rng):
    """The order was drawn once, before the epochs. Draw a new one in each epoch."""
    order = rng.permutation(len(X))
    return _trained(X, Y, params, lr, epochs, batch_size, rng, moved=lambda n: order)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def global_generator(*args):
    """The orders are not those of the generator that you were given. Use rng.permutation, not np.random."""
    return _trained(*args, moved=np.random.permutation)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def only_inputs_shuffled(X, Y, params, lr, epochs, batch_size, rng):
    """The inputs were shuffled, their targets were not. Index X and Y with the same rows."""
    params, losses = dict(params), []
    for _ in range(epochs):
        shuffled = X[rng.permutation(len(X))]
        for start in range(0, len(X), batch_size):
            grads = _gradients(shuffled[start : start + batch_size], Y[start : start + batch_size], params)
            params = {n: params[n] - lr * grads[n] for n in params}
        losses.append(float(-np.sum(Y * np.log(_forward(X, params)[2])) / len(X)))
    return params, losses


@exercise.mistake(caught_by=checks.ends_below)
def uphill(X, Y, params, lr, *rest):
    """The loss grows: the steps go uphill. Subtract lr times the gradient."""
    return train_mlp(X, Y, params, -lr, *rest)


@exercise.mistake(caught_by="items_match_the_losses_are_right")
def loss_of_the_last_batch(X, Y, params, lr, epochs, batch_size, rng):
    """The losses are those of the last batch. Measure all n rows after each epoch."""

    def log(rows, params, loss):
        return -np.sum(Y[rows] * np.log(_forward(X[rows], params)[2])) / len(rows)

    return _trained(X, Y, params, lr, epochs, batch_size, rng, log=log)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def whole_data_in_every_step(X, Y, params, lr, epochs, batch_size, rng):
    """Every step used all rows. It uses the rows of its batch alone."""

    def step(p, rows, grads):
        grads = _gradients(X, Y, p)
        return {n: p[n] - lr * grads[n] for n in p}

    return _trained(X, Y, params, lr, epochs, batch_size, rng, step=step)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def first_layer_after_the_second(X, Y, params, lr, epochs, batch_size, rng):
    """W2 moved before the gradient of W1 was computed from it. Compute all gradients first, then move."""

    def step(p, rows, grads):
        late = {**p, "W2": p["W2"] - lr * grads["W2"]}
        Z1, _, P = _forward(X[rows], p)
        dZ1 = (P - Y[rows]) / len(rows) @ late["W2"].T * (Z1 > 0)
        late.update(W1=p["W1"] - lr * X[rows].T @ dZ1, b1=p["b1"] - lr * dZ1.sum(axis=0))
        return {**late, "b2": p["b2"] - lr * grads["b2"]}

    return _trained(X, Y, params, lr, epochs, batch_size, rng, step=step)


@exercise.mistake(caught_by=checks.does_not_mutate)
def trained_in_place(X, Y, params, lr, epochs, batch_size, rng):
    """The caller's parameters changed. Make new arrays: a copy of the dict holds the same arrays."""

    def step(p, rows, grads):
        for name in p:
            p[name] -= lr * grads[name]
        return p

    return _trained(X, Y, params, lr, epochs, batch_size, rng, step=step)


@exercise.mistake(caught_by="items_match_the_parameters_are_right")
def divided_by_all_rows(X, Y, params, lr, epochs, batch_size, rng):
    """The gradients of a batch were divided by all n rows. Divide by the batch's own number of rows."""

    def step(p, rows, grads):
        return {n: p[n] - lr * grads[n] * len(rows) / len(X) for n in p}

    return _trained(X, Y, params, lr, epochs, batch_size, rng, step=step)


@exercise.mistake(caught_by="items_match_the_losses_are_right")
def loss_before_the_epoch(X, Y, params, lr, epochs, batch_size, rng):
    """Each loss is the one before its epoch. Measure after the last step of the epoch."""
    start = float(-np.sum(Y * np.log(_forward(X, params)[2])) / len(X))
    params, losses = train_mlp(X, Y, params, lr, epochs, batch_size, rng)
    return params, [start, *losses[:-1]]
