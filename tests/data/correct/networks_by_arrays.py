"""Numerical computing, networks and attention by another formula, library call or order of operations."""

import math
import struct
from fractions import Fraction

import numpy as np


def probabilities(scores):
    powers = np.exp(scores - np.amax(scores, axis=-1)[..., None])
    return powers / powers.sum(axis=-1)[..., None]


# 08


def float_parts(x):
    if not np.isfinite(x):
        raise ValueError("inf and nan have no parts")
    (bits,) = struct.unpack(">Q", struct.pack(">d", x))
    sign = 1 - 2 * (bits >> 63)
    fraction, exponent = math.frexp(abs(x))
    fraction, exponent = 2 * fraction, exponent - 1
    if exponent < -1022 or x == 0:
        return sign, -1022, math.ldexp(abs(x), 1022)
    return sign, exponent, fraction


def machine_epsilon(dtype):
    one = np.ones(1, dtype=dtype)
    eps = one
    while np.all(one + eps / 2 > 1):
        eps = eps / 2
    return float(eps[0])


def compensated_sum(x):
    return float(sum((Fraction(float(v)) for v in x), Fraction(0)))


def logsumexp(x):
    x = np.sort(np.asarray(x, dtype=float))[::-1]
    if x[0] == -np.inf:
        return -np.inf
    return x[0] + np.log1p(np.sum(np.exp(x[1:] - x[0])))


def condition_number_2x2(A):
    if A[0, 0] * A[1, 1] == A[0, 1] * A[1, 0]:
        return np.inf
    a, b, c, d = np.ravel(A).astype(float)
    sum_, turn = np.hypot(a + d, b - c), np.hypot(a - d, b + c)
    return (sum_ + turn) / abs(sum_ - turn)


def integrate(f, a, b, n):
    if n % 2 or n < 2:
        raise ValueError
    h, y = (b - a) / n, np.array([f(x) for x in np.linspace(a, b, n + 1)])
    fine = h * (y.sum() - (y[0] + y[-1]) / 2)
    coarse = 2 * h * (y[::2].sum() - (y[0] + y[-1]) / 2)
    return (4 * fine - coarse) / 3


def newton_minimize(grad, hess, x0, iterations):
    x = np.asarray(x0, dtype=float)
    for _ in range(iterations):
        x = np.subtract(x, np.linalg.inv(hess(x)).dot(grad(x)))
    return x


def relative_error(approx, exact):
    size = np.fmax(np.fabs(approx), np.fabs(exact))
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.abs(np.asarray(approx) - np.asarray(exact)) / size
    return np.nan_to_num(ratio)


# 09


def dense_forward(A_prev, W, b):
    return np.einsum("ki,im->km", W, A_prev) + np.tile(b, (1, A_prev.shape[1]))


def dense_backward(dZ, A_prev, W):
    db = dZ @ np.ones((dZ.shape[1], 1))
    return (dZ.T @ W).T, (A_prev @ dZ.T).T, db


def mlp_forward(X, params):
    Z1 = params["b1"] + np.dot(X, params["W1"])
    A1 = Z1 * (Z1 > 0)
    P = probabilities(params["b2"] + np.dot(A1, params["W2"]))
    return P, dict(P=P, A1=A1, Z1=Z1, X=np.array(X))


def mlp_backward(Y, cache, params):
    n = len(Y)
    error = cache["P"] - Y
    hidden = np.where(cache["Z1"] > 0, np.einsum("nk,hk->nh", error, params["W2"]), 0)
    return {
        "b2": np.mean(error, axis=0),
        "b1": np.mean(hidden, axis=0),
        "W2": np.einsum("nh,nk->hk", cache["A1"], error) / n,
        "W1": np.einsum("nd,nh->dh", cache["X"], hidden) / n,
    }


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    params = {name: np.array(value, dtype=float) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        order = rng.permutation(X.shape[0])
        for rows in np.split(order, np.arange(batch_size, len(order), batch_size)):
            _, cache = mlp_forward(X[rows], params)
            for name, grad in mlp_backward(Y[rows], cache, params).items():
                params[name] -= lr * grad
        P, _ = mlp_forward(X, params)
        losses.append(-np.log((P * Y).sum(axis=1)).mean())
    return params, losses


def conv2d(image, kernel, stride=1, padding=0):
    image = np.pad(image.astype(np.float64), ((padding, padding), (padding, padding)))
    h, w = ((np.array(image.shape) - kernel.shape) // stride) + 1
    out = np.zeros((h, w))
    for p in range(kernel.shape[0]):
        for q in range(kernel.shape[1]):
            rows, columns = slice(p, p + stride * h, stride), slice(q, q + stride * w, stride)
            out = out + kernel[p, q] * image[rows, columns][:h, :w]
    return out


def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    padded = np.pad(dout.astype(float), ((a - 1, a - 1), (b - 1, b - 1)))
    return conv2d(padded, kernel[::-1, ::-1]), conv2d(image, dout)


def max_pool(image, size):
    if any(length % size for length in image.shape):
        raise ValueError("ragged")
    rows = np.maximum.reduceat(image, np.arange(0, image.shape[0], size), axis=0)
    return np.maximum.reduceat(rows, np.arange(0, image.shape[1], size), axis=1)


def rnn_forward(X, h0, Wx, Wh, b):
    W = np.vstack([Wx, Wh])
    states = [h0]
    for x in X:
        states.append(np.tanh(np.concatenate([x, states[-1]]) @ W + b))
    return np.array(states)[1:]


def rnn_backward(dH, X, H, h0, Wx, Wh):
    previous = np.vstack([h0, H[:-1]])
    dZ = np.zeros(H.shape)
    carry = np.zeros(len(h0))
    for t in np.arange(len(X))[::-1]:
        dZ[t] = (carry + dH[t]) * (1 + H[t]) * (1 - H[t])
        carry = dZ[t] @ Wh.T
    return dZ @ Wx.T, carry, X.T @ dZ, previous.T @ dZ, dZ.sum(axis=0)


def dropout(X, p, rng, training=True):
    if training:
        if p < 0 or p >= 1:
            raise ValueError("p")
        return np.where(rng.random(X.shape) < p, 0.0, X / (1 - p))
    return 1.0 * X


def batch_norm_forward(
    X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True
):
    mean, var = running_mean, running_var
    if training:
        mean, var = np.mean(X, axis=0), np.mean(np.square(X), axis=0) - np.mean(X, axis=0) ** 2
        running_mean = mean + momentum * (running_mean - mean)
        running_var = var + momentum * (running_var - var)
    scale = gamma * (var + eps) ** -0.5
    return X * scale + (beta - mean * scale), running_mean, running_var


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = X.shape[0]
    inverse = 1 / np.sqrt(np.var(X, axis=0) + eps)
    xhat = (X - np.mean(X, axis=0)) * inverse
    dxhat = dout * gamma
    dX = (n * dxhat - dxhat.sum(axis=0) - xhat * np.sum(dxhat * xhat, axis=0)) * inverse / n
    return dX, np.einsum("nd,nd->d", dout, xhat), np.sum(dout, axis=0)


def layer_norm(X, gamma, beta, eps=1e-5):
    mean, variance = X.mean(axis=-1, keepdims=True), X.var(axis=-1, keepdims=True)
    return (X - mean) * (gamma / np.sqrt(variance + eps)) + beta


# 10


def attention_weights(Q, K, mask=None):
    scores = np.einsum("nd,md->nm", Q, K) * K.shape[1] ** -0.5
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    weights = probabilities(scores)
    return weights if mask is None else weights * mask


def scaled_dot_product_attention(Q, K, V, mask=None):
    return np.dot(attention_weights(Q, K, mask), V)


def causal_mask(n):
    i = np.arange(n)
    return i[np.newaxis, :] <= i[:, np.newaxis]


def attention_backward(dO, Q, K, V):
    scale = 1 / np.sqrt(K.shape[-1])
    P = attention_weights(Q, K)
    O = P @ V
    # The row's sum of dP * P equals that of dO * O.
    dS = P * (dO @ V.T - np.sum(dO * O, axis=1, keepdims=True))
    return scale * dS @ K, scale * dS.T @ Q, P.T @ dO


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads:
        raise ValueError
    Q, K, V = ((X @ W).reshape(n, n_heads, -1).transpose(1, 0, 2) for W in (Wq, Wk, Wv))
    A = probabilities(Q @ K.transpose(0, 2, 1) / np.sqrt(d // n_heads))
    return (A @ V).transpose(1, 0, 2).reshape(n, d) @ Wo


def positional_encoding(n, d):
    pairs = np.exp(np.arange(0, d, 2) * (-np.log(10000.0) / d))
    angles = np.outer(np.arange(n), pairs)
    out = np.empty((n, d))
    out[:, 0::2] = np.sin(angles)
    out[:, 1::2] = np.cos(angles)[:, : d // 2]
    return out
