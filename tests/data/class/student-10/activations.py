import math

import numpy as np


def sigmoid(Z):
    return 1 / (1 + math.exp(-Z))


def sigmoid_from_exp(exp_neg_z):
    return 1 / (1 + exp_neg_z)


def tanh_derivative(x):
    return 1 - np.tanh(x) ** 2


def relu(Z):
    return [max(0, z) for z in Z]


def relu_derivative(Z):
    return (Z > 0).astype(float)


def relu_backward(Z):
    return 1.0 * (Z > 0)


def relu_zero_count(Z):
    print(np.sum(Z <= 0))


def leaky_relu(Z):
    return np.where(Z > 0, Z, 0.01 * Z)


def softmax(Z):
    out = np.zeros(Z.shape)
    for i in range(len(Z)):
        e = np.exp(Z[i] - max(Z[i]))
        out[i] = e / sum(e)
    return out


def log_softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_jacobian(z):
    p = softmax(z.reshape(1, -1))[0]
    return np.diag(p) - np.outer(p, p)


def softmax_backward(dout, s):
    return s * (dout - (s * dout).sum(axis=1, keepdims=True))
