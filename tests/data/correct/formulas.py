"""Arrays, activations, losses and optimization by another formula, library call or order of operations."""

import numpy as np

# 01


def column_vector(values):
    return np.array([values]).T


def tensor_summary(t):
    return np.ndim(t), np.shape(t), np.dtype(t.dtype).name


def exponential(Z):
    return np.e ** np.asarray(Z, dtype=float)


def normalize(X):
    X = np.asarray(X, dtype=float)
    centred = X - X.sum() / X.size
    spread = np.sqrt(np.mean(np.square(centred)))
    return np.divide(centred, spread) if spread else centred


def standardize_columns(X):
    out = X - X.mean(axis=0, keepdims=True)
    spread = np.sqrt((out**2).mean(axis=0))
    out[:, spread > 0] /= spread[spread > 0]
    return out


def normalize_rows(X):
    return np.array([row / np.linalg.norm(row) if np.any(row) else row for row in X])


def matrix_multiply(X, W):
    return np.einsum("ij,jk->ik", X, W)


def hadamard(A, B):
    return np.einsum("...,...->...", A, B)


def dot_product(a, b):
    return np.inner(a, b) if len(a) == len(b) else one_value_error()


def one_value_error():
    raise ValueError("lengths differ")


# 02


def sigmoid(Z):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x))


def sigmoid_from_exp(exp_neg_z):
    return np.reciprocal(1.0 + exp_neg_z)


def relu(Z):
    return np.where(np.asarray(Z) < 0, 0, Z)


def relu_derivative(Z):
    return np.heaviside(np.asarray(Z, dtype=float), 0.0)


def relu_backward(dout, Z):
    grad = np.array(dout, copy=True)
    grad[np.asarray(Z) <= 0] = 0
    return grad


def relu_zero_count(Z):
    return int(np.size(Z) - np.count_nonzero(np.asarray(Z) > 0))


def leaky_relu(Z, alpha=0.01):
    return np.maximum(0, Z) + alpha * np.minimum(0, Z)


def tanh(Z):
    e = np.expm1(-2 * np.abs(Z))
    return -np.sign(Z) * e / (e + 2)


def tanh_derivative(x):
    return (1 - np.tanh(x)) * (1 + np.tanh(x))


def softmax(Z):
    return np.exp(log_softmax(Z))


def log_softmax(Z):
    return Z - np.apply_along_axis(np.logaddexp.reduce, 1, Z)[:, None]


def softmax_jacobian(z):
    s = softmax(z[None])[0]
    return s[:, None] * (np.eye(len(s)) - s[None, :])


def softmax_backward(dout, s):
    product = s * dout
    return product - s * product.sum(axis=-1, keepdims=True)


# 03


def mse_loss(y_pred, y):
    error = np.ravel(np.subtract(y_pred, y))
    return error @ error / error.size


def mse_gradient(y_pred, y):
    return np.subtract(y_pred, y) * (2.0 / np.asarray(y).size)


def binary_cross_entropy(A, y):
    right = np.where(y == 1, A, 1 - A)
    return float(np.mean(-np.log(np.maximum(right, 1e-300))))


def binary_cross_entropy_gradient(A, y):
    return (1 - y) / (1 - A) / len(y) - y / A / len(y)


def cross_entropy(Y_hat, Y):
    safe = np.where(Y_hat > 0, Y_hat, np.finfo(float).tiny)
    return np.tensordot(Y, -np.log(safe)) / Y.shape[0]


def softmax_cross_entropy_gradient(Z, Y):
    return np.exp(log_softmax(Z)) / len(Z) - Y / len(Z)


def one_hot(labels, n_classes):
    if not all(0 <= label < n_classes for label in labels):
        raise ValueError
    return (np.arange(n_classes) == labels[:, None]).astype(np.float64)


# 04


def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    copies = {name: np.array(value, dtype=float) for name, value in params.items()}
    gradients = {name: np.empty(value.shape) for name, value in reversed(copies.items())}
    for name, value in copies.items():
        for index, old in np.ndenumerate(value.copy()):
            sides = []
            for side in (old - h, old + h):
                value[index] = side
                sides.append(loss_fn(forward_fn(X, copies), y))
            value[index] = old
            gradients[name][index] = (sides[1] - sides[0]) / 2 / h
    return gradients


def gradient_step(W, grad, lr):
    return np.subtract(W, np.multiply(lr, grad))


def minimize(f_grad, x0, lr, iterations):
    if iterations == 0:
        return np.asarray(x0)
    return minimize(f_grad, x0 - lr * f_grad(np.asarray(x0)), lr, iterations - 1)


def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=None):
    activation_fn = activation_fn or (lambda z: z)
    rows = np.hstack([X, np.ones((len(X), 1))])
    theta = np.vstack([W, b])
    losses = []
    for _ in range(num_epochs):
        for part in np.array_split(np.arange(len(X)), range(batch_size, len(X), batch_size)):
            error = activation_fn(rows[part] @ theta) - y[part]
            theta = theta - lr * rows[part].T @ error / part.size
        losses.append(float(loss_fn(activation_fn(rows @ theta), y)))
    return theta[:-1], theta[-1:], losses


def forward_perceptron(X, W, b):
    return sigmoid(np.sum(X[:, :, None] * W[None], axis=1) + np.reshape(b, (1, 1)))


def perceptron_gradients(X, y, W, b):
    A = forward_perceptron(X, W, b)
    dZ = A - y
    return np.mean(X * dZ, axis=0).reshape(W.shape), np.mean(dZ, axis=0).reshape(b.shape)


def momentum_step(W, grad, velocity, lr, beta):
    return W - lr * beta * velocity - lr * grad, grad + velocity * beta


def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = grad + beta1 * (m - grad)
    v = grad**2 + beta2 * (v - grad**2)
    rate = lr / (1 - beta1**t)
    return W - rate * m / (np.sqrt(v) / np.sqrt(1 - beta2**t) + eps), m, v
