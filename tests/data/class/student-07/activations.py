import numpy as np


def sigmoid(Z):
    Z = np.asarray(Z, dtype=float)
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + small), small / (1 + small))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def sigmoid_from_exp(exp_neg_z):
    return 1 / (1 + exp_neg_z)


def tanh(Z):
    return 2 * sigmoid(2 * np.asarray(Z, dtype=float)) - 1


def tanh_derivative(x):
    return 1 - np.tanh(x) ** 2


def relu(Z):
    return np.maximum(Z, 0)


def relu_derivative(Z):
    return Z > 0


def relu_backward(dout, Z):
    return dout * (Z >= 0)


def relu_zero_count(Z):
    return np.sum(Z < 0)


def leaky_relu(Z, alpha=0.01):
    return np.maximum(0.01 * Z, Z)


def softmax(Z):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / np.sum(e, axis=1, keepdims=True)


def log_softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_jacobian(z):
    p = softmax(z.reshape(1, -1))[0]
    return np.diag(p * (1 - p))


def softmax_backward(dout, s):
    return s * (dout - (s * dout).sum(axis=1, keepdims=True))
