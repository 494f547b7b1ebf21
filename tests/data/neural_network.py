"""My neural network, lesson by lesson. Everything is in this one file."""

import matplotlib.pyplot as plt
import numpy as np

EPSILON = 1e-12


# Arrays


def column_vector(values):
    return np.array(values).reshape((-1, 1))


def tensor_summary(t):
    return t.ndim, t.shape, str(t.dtype)


def exponential(Z):
    return np.exp(Z)


def hadamard(A, B):
    return np.multiply(A, B)


def dot_product(a, b):
    if a.shape[0] != b.shape[0]:
        raise ValueError("vectors of different length")
    return np.sum(hadamard(a, b))


def matrix_multiply(X, W):
    if X.shape[1] != W.shape[0]:
        raise ValueError(f"cannot multiply {X.shape} by {W.shape}")
    columns = [[dot_product(row, column) for column in W.T] for row in X]
    return np.array(columns)


def normalize(X):
    std = np.std(X)
    if std == 0:
        return X - np.mean(X)
    return (X - np.mean(X)) / std


def standardize_columns(X):
    columns = [normalize(X[:, j]) for j in range(X.shape[1])]
    return np.column_stack(columns)


def normalize_rows(X):
    lengths = np.sqrt(np.sum(X**2, axis=1, keepdims=True))
    lengths[lengths == 0] = 1
    return X / lengths


# Activations


def sig(Z):
    return 1 / (1 + exponential(-Z))


def sig_dash(x):
    s = sig(x)
    return s * (1 - s)


def sigmoid_from_exp(e):
    return 1 / (1 + e)


def relu(Z):
    return np.maximum(0, Z)


def relu_derivative(Z):
    return np.where(Z > 0, 1.0, 0.0)


def relu_backward(dout, Z):
    return hadamard(dout, relu_derivative(Z))


def relu_zero_count(Z):
    return int((relu(Z) == 0).sum())


def leaky_relu(Z, alpha=0.01):
    return np.where(Z > 0, Z, alpha * Z)


def tanh(Z):
    return 2 * sig(2 * Z) - 1


def tanh_derivative(x):
    return 1 - tanh(x) ** 2


def softmax(Z):
    e = exponential(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def log_softmax(Z):
    Z = Z - np.max(Z, axis=1, keepdims=True)
    return Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))


def softmax_jacobian(z):
    s = softmax(z.reshape(1, -1))[0]
    return np.diag(s) - np.outer(s, s)


def softmax_backward(dout, s):
    return s * (dout - np.sum(dout * s, axis=1, keepdims=True))


# Losses


def mse_loss(y_pred, y):
    return np.mean((y_pred - y) ** 2)


def mse_gradient(y_pred, y):
    return 2 * (y_pred - y) / np.size(y)


def binary_cross_entropy(A, y):
    A = np.clip(A, EPSILON, 1 - EPSILON)
    return -np.mean(y * np.log(A) + (1 - y) * np.log(1 - A))


def binary_cross_entropy_gradient(A, y):
    return (A - y) / (A * (1 - A)) / len(y)


def cross_entropy(Y_hat, Y):
    return -np.mean(np.sum(Y * np.log(np.clip(Y_hat, EPSILON, 1.0)), axis=1))


def softmax_cross_entropy_gradient(Z, Y):
    return (softmax(Z) - Y) / len(Z)


def one_hot(labels, n_classes):
    if np.any(labels < 0) or np.any(labels >= n_classes):
        raise ValueError("label out of range")
    return np.eye(n_classes)[labels]


# Optimization


def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    grads = {}
    for key, param in params.items():
        grad = np.zeros(param.shape)
        for index in np.ndindex(*param.shape):
            original = param[index]
            param[index] = original + h
            plus = loss_fn(forward_fn(X, params), y)
            param[index] = original - h
            minus = loss_fn(forward_fn(X, params), y)
            param[index] = original
            grad[index] = (plus - minus) / (2 * h)
        grads[key] = grad
    return grads


def gradient_step(W, grad, lr):
    return W - lr * grad


def minimize(f_grad, x0, lr, iterations):
    x = x0
    for _ in range(iterations):
        x = gradient_step(x, f_grad(x), lr)
    return x


def identity(x):
    return x


def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    losses = []
    for epoch in range(num_epochs):
        indices = np.random.permutation(len(X))
        for i in range(0, len(X), batch_size):
            batch = indices[i : i + batch_size]
            error = activation_fn(X[batch] @ W + b) - y[batch]
            W = gradient_step(W, X[batch].T @ error / len(batch), lr)
            b = gradient_step(b, np.mean(error), lr)
        losses.append(loss_fn(activation_fn(X @ W + b), y))
    return W, b, losses


def forward_perceptron(X, W, b):
    return sig(matrix_multiply(X, W) + b)


def perceptron_gradients(X, y, W, b):
    error = forward_perceptron(X, W, b) - y
    dW = X.T @ error / len(X)
    db = np.mean(error).reshape(b.shape)
    return dW, db


def momentum_step(W, grad, velocity, lr, beta):
    velocity = beta * velocity + grad
    return gradient_step(W, velocity, lr), velocity


def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return gradient_step(W, m_hat / (np.sqrt(v_hat) + eps), lr), m, v


if __name__ == "__main__":
    x = np.linspace(-5, 5, 100)
    plt.plot(x, sig(x))
    plt.show()
