"""Arrays, activations, losses and optimization in whole-array NumPy, as the course texts write it."""

import numpy as np

# 01


def column_vector(values):
    return np.asarray(values)[:, np.newaxis]


def tensor_summary(t):
    return (len(t.shape), t.shape, t.dtype.name)


def exponential(Z):
    return np.exp(Z)


def normalize(X):
    return (X - np.mean(X)) / (np.std(X) + 1e-8)


def standardize_columns(X):
    return (X - np.mean(X, axis=0)) / (np.std(X, axis=0) + 1e-8)


def normalize_rows(X):
    return X / (np.linalg.norm(X, axis=1, keepdims=True) + 1e-8)


def matrix_multiply(X, W):
    return np.dot(X, W)


def hadamard(A, B):
    return A * B


def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError
    return np.dot(a, b)


# 02


def sig(Z):
    return 1 / (1 + np.exp(-Z))


def sig_dash(x):
    return sig(x) * (1 - sig(x))


def sigmoid_from_exp(exp_neg_z):
    return 1 / (1 + exp_neg_z)


def relu(Z):
    return np.maximum(Z, 0)


def relu_derivative(Z):
    return (np.asarray(Z) > 0).astype(float)


def relu_backward(dout, Z):
    return dout * (Z > 0)


def relu_zero_count(Z):
    return np.sum(relu(Z) == 0)


def leaky_relu(Z, alpha=0.01):
    return np.maximum(alpha * Z, Z)


def tanh(Z):
    return 2 / (1 + np.exp(-2 * Z)) - 1


def tanh_derivative(x):
    return 1 - np.tanh(x) ** 2


def softmax(Z):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    return np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)


def log_softmax(Z):
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


def softmax_jacobian(z):
    s = softmax(z.reshape(1, -1)).reshape(-1, 1)
    return np.diagflat(s) - s @ s.T


def softmax_backward(dout, s):
    return s * (dout - np.einsum("ij,ij->i", s, dout)[:, None])


# 03


def mse_loss(y_pred, y):
    return np.mean((y_pred - y) ** 2)


def mse_gradient(y_pred, y):
    return 2 / np.size(y) * (y_pred - y)


def binary_cross_entropy(A, y):
    A = np.clip(A, 1e-7, 1 - 1e-7)
    return -(y * np.log(A) + (1 - y) * np.log(1 - A)).mean()


def binary_cross_entropy_gradient(A, y):
    return (-y / (A + 1e-7) + (1 - y) / (1 - A + 1e-7)) / A.size


def cross_entropy(Y_hat, Y):
    return -np.mean(np.sum(Y * np.log(np.clip(Y_hat, 1e-7, 1)), axis=1))


def softmax_cross_entropy_gradient(Z, Y):
    return (softmax(Z) - Y) / Z.shape[0]


def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError(f"labels must be below {n_classes}")
    out = np.zeros((labels.size, n_classes))
    out[np.arange(labels.size), labels] = 1
    return out


# 04


def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    gradients = {}
    for name, value in params.items():
        flat = np.zeros(value.size)
        for i in range(value.size):
            step = np.zeros(value.size)
            step[i] = h
            step = step.reshape(value.shape)
            up = loss_fn(forward_fn(X, {**params, name: value + step}), y)
            down = loss_fn(forward_fn(X, {**params, name: value - step}), y)
            flat[i] = (up - down) / (2 * h)
        gradients[name] = flat.reshape(value.shape)
    return gradients


def gradient_step(W, grad, lr):
    return W - lr * grad


def minimize(f_grad, x0, lr, iterations):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - lr * f_grad(x)
    return x


def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=lambda z: z):
    losses = []
    for _ in range(num_epochs):
        losses.append(loss_fn(activation_fn(X @ W + b), y))
        for i in range(0, len(X), batch_size):
            X_batch, y_batch = X[i : i + batch_size], y[i : i + batch_size]
            error = activation_fn(X_batch @ W + b) - y_batch
            W = W - lr * X_batch.T @ error / len(error)
            b = b - lr * np.sum(error, axis=0, keepdims=True) / len(error)
    return W, b, losses


def forward_perceptron(X, W, b):
    return sig(np.dot(X, W) + b)


def perceptron_gradients(X, y, W, b):
    error = forward_perceptron(X, W, b) - y
    return np.dot(X.T, error) / X.shape[0], np.full_like(b, np.mean(error))


def momentum_step(W, grad, velocity, lr, beta):
    velocity = beta * velocity + grad
    W = W - lr * velocity
    return W, velocity


def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * np.square(grad)
    m_hat = m / (1 - np.power(beta1, t))
    v_hat = v / (1 - np.power(beta2, t))
    return W - lr * m_hat / (np.sqrt(v_hat) + eps), m, v
