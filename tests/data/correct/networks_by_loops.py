"""Numerical computing, networks and attention as a beginner writes them: one number at a time."""

import math

import numpy as np

# 08


def float_parts(x):
    if x != x or x == math.inf or x == -math.inf:
        raise ValueError("not finite")
    sign = 1
    if math.copysign(1, x) < 0:
        sign = -1
    fraction = abs(float(x))
    exponent = 0
    if fraction == 0:
        return sign, -1022, 0.0
    while fraction >= 2:
        fraction /= 2
        exponent += 1
    while fraction < 1 and exponent > -1022:
        fraction *= 2
        exponent -= 1
    return sign, exponent, fraction


def machine_epsilon(dtype):
    make = {"float16": np.float16, "float32": np.float32, "float64": np.float64}[dtype]
    eps = make(1)
    while make(make(1) + make(eps / make(2))) != make(1):
        eps = make(eps / make(2))
    return eps


def compensated_sum(x):
    total = 0.0
    c = 0.0
    for i in range(len(x)):
        t = total + x[i]
        if abs(total) >= abs(x[i]):
            c += (total - t) + x[i]
        else:
            c += (x[i] - t) + total
        total = t
    return total + c


def logsumexp(x):
    largest = x[0]
    for value in x:
        if value > largest:
            largest = value
    if largest == -math.inf:
        return -math.inf
    total = 0
    for value in x:
        total += math.exp(value - largest)
    return largest + math.log(total)


def condition_number_2x2(A):
    a, b, c, d = A[0, 0], A[0, 1], A[1, 0], A[1, 1]
    F = a**2 + b**2 + c**2 + d**2
    D = abs(a * d - b * c)
    if D == 0:
        return math.inf
    root = math.sqrt(max(F**2 - 4 * D**2, 0))
    return math.sqrt((F + root) ** 2 / (4 * D**2))


def integrate(f, a, b, n):
    if n % 2 == 1 or n <= 0:
        raise ValueError("n must be even")
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        total += (4 if i % 2 else 2) * f(a + i * h)
    return total * h / 3


def newton_minimize(grad, hess, x0, iterations):
    x = x0
    for _ in range(iterations):
        H = hess(x)
        if abs(np.linalg.det(H)) < 1e-12:
            raise ValueError("singular Hessian")
        x = x - np.linalg.inv(H) @ grad(x)
    return x


def relative_error(approx, exact):
    a, e = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    out = np.zeros(a.shape)
    for i in np.ndindex(a.shape):
        if a[i] != e[i]:
            out[i] = abs(a[i] - e[i]) / max(abs(a[i]), abs(e[i]))
    return out


# 09


def times(A, B):
    out = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                out[i, j] += A[i, k] * B[k, j]
    return out


def rowwise_softmax(Z):
    rows = []
    for row in Z:
        powers = [math.exp(z - max(row)) for z in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)


def dense_forward(A_prev, W, b):
    Z = times(W, A_prev)
    for i in range(Z.shape[0]):
        Z[i] += b[i, 0]
    return Z


def dense_backward(dZ, A_prev, W):
    db = np.zeros((dZ.shape[0], 1))
    for column in dZ.T:
        db[:, 0] += column
    return times(W.T, dZ), times(dZ, A_prev.T), db


def mlp_forward(X, params):
    Z1 = times(X, params["W1"]) + params["b1"]
    A1 = Z1.copy()
    A1[A1 < 0] = 0
    P = rowwise_softmax(times(A1, params["W2"]) + params["b2"])
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}


def mlp_backward(Y, cache, params):
    n = Y.shape[0]
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for i in range(n):
        error = (cache["P"][i] - Y[i]) / n
        grads["W2"] += np.outer(cache["A1"][i], error)
        grads["b2"] += error
        back = params["W2"] @ error
        for j in range(len(back)):
            if cache["Z1"][i, j] <= 0:
                back[j] = 0
        grads["W1"] += np.outer(cache["X"][i], back)
        grads["b1"] += back
    return grads


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    params = {name: value.astype(float) for name, value in params.items()}
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        start = 0
        while start < len(X):
            rows = order[start : start + batch_size]
            P, cache = mlp_forward(X[rows], params)
            grads = mlp_backward(Y[rows], cache, params)
            for name in params:
                params[name] = params[name] - lr * grads[name]
            start += batch_size
        P, cache = mlp_forward(X, params)
        loss = 0
        for i in range(len(X)):
            loss -= math.log(P[i, np.argmax(Y[i])])
        history.append(loss / len(X))
    return params, history


def conv2d(image, kernel, stride=1, padding=0):
    h, w = image.shape
    big = np.zeros((h + 2 * padding, w + 2 * padding))
    big[padding : padding + h, padding : padding + w] = image
    a, b = kernel.shape
    out = np.zeros(((big.shape[0] - a) // stride + 1, (big.shape[1] - b) // stride + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for p in range(a):
                for q in range(b):
                    out[i, j] += big[i * stride + p, j * stride + q] * float(kernel[p, q])
    return out


def conv2d_backward(dout, image, kernel):
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            for p in range(kernel.shape[0]):
                for q in range(kernel.shape[1]):
                    dimage[i + p, j + q] += dout[i, j] * kernel[p, q]
                    dkernel[p, q] += dout[i, j] * image[i + p, j + q]
    return dimage, dkernel


def max_pool(image, size):
    h, w = image.shape
    if h % size != 0 or w % size != 0:
        raise ValueError("ragged")
    out = np.full((h // size, w // size), -np.inf)
    for i in range(h):
        for j in range(w):
            if image[i, j] > out[i // size, j // size]:
                out[i // size, j // size] = image[i, j]
    return out


def rnn_forward(X, h0, Wx, Wh, b):
    H = np.zeros((X.shape[0], h0.shape[0]))
    h = h0
    for t in range(X.shape[0]):
        h = np.array(
            [
                math.tanh(
                    sum(X[t, i] * Wx[i, j] for i in range(len(Wx)))
                    + sum(h[i] * Wh[i, j] for i in range(len(Wh)))
                    + b[j]
                )
                for j in range(len(b))
            ]
        )
        H[t] = h
    return H


def rnn_backward(dH, X, H, h0, Wx, Wh):
    T, k = H.shape
    dX, dWx, dWh, db = np.zeros(X.shape), np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(k)
    carry = np.zeros(k)
    for t in range(T - 1, -1, -1):
        before = h0 if t == 0 else H[t - 1]
        dz = np.zeros(k)
        for j in range(k):
            dz[j] = (dH[t, j] + carry[j]) * (1 - H[t, j] ** 2)
        carry = np.zeros(k)
        for j in range(k):
            db[j] += dz[j]
            for i in range(X.shape[1]):
                dWx[i, j] += X[t, i] * dz[j]
                dX[t, i] += Wx[i, j] * dz[j]
            for i in range(k):
                dWh[i, j] += before[i] * dz[j]
                carry[i] += Wh[i, j] * dz[j]
    return dX, carry, dWx, dWh, db


def dropout(X, p, rng, training=True):
    if training is False:
        return X.copy()
    if p < 0 or p >= 1:
        raise ValueError("p must be in [0, 1)")
    draws = rng.random(X.shape)
    out = np.zeros(X.shape)
    for index in np.ndindex(X.shape):
        if draws[index] >= p:
            out[index] = X[index] / (1 - p)
    return out


def batch_norm_forward(
    X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True
):
    out = np.zeros(X.shape)
    new_mean, new_var = running_mean.astype(float), running_var.astype(float)
    for j in range(X.shape[1]):
        if training:
            mean = sum(X[:, j]) / len(X)
            var = sum((x - mean) ** 2 for x in X[:, j]) / len(X)
            new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
            new_var[j] = momentum * running_var[j] + (1 - momentum) * var
        else:
            mean, var = running_mean[j], running_var[j]
        for i in range(len(X)):
            out[i, j] = gamma[j] * (X[i, j] - mean) / math.sqrt(var + eps) + beta[j]
    return out, new_mean, new_var


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = len(X)
    mean = X.mean(axis=0)
    var = X.var(axis=0)
    xhat = (X - mean) / np.sqrt(var + eps)
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    # Step by step through the graph of the layer.
    dxhat = dout * gamma
    dvar = np.sum(dxhat * (X - mean) * -0.5 * (var + eps) ** -1.5, axis=0)
    dmean = np.sum(-dxhat / np.sqrt(var + eps), axis=0) + dvar * np.sum(-2 * (X - mean), axis=0) / n
    dX = dxhat / np.sqrt(var + eps) + dvar * 2 * (X - mean) / n + dmean / n
    return dX, dgamma, dbeta


def layer_norm(X, gamma, beta, eps=1e-5):
    out = np.zeros(X.shape)
    for i, row in enumerate(X):
        mean = sum(row) / len(row)
        var = sum((x - mean) ** 2 for x in row) / len(row)
        for j in range(len(row)):
            out[i, j] = gamma[j] * (row[j] - mean) / math.sqrt(var + eps) + beta[j]
    return out


# 10


def attention_weights(Q, K, mask=None):
    n, m = len(Q), len(K)
    out = np.zeros((n, m))
    for i in range(n):
        allowed = [j for j in range(m) if mask is None or mask[i, j]]
        if not allowed:
            continue
        scores = {j: float(np.dot(Q[i], K[j])) / math.sqrt(len(Q[i])) for j in allowed}
        largest = max(scores.values())
        powers = {j: math.exp(scores[j] - largest) for j in allowed}
        for j in allowed:
            out[i, j] = powers[j] / sum(powers.values())
    return out


def scaled_dot_product_attention(Q, K, V, mask=None):
    weights = attention_weights(Q, K, mask)
    out = np.zeros((len(Q), V.shape[1]))
    for i in range(len(Q)):
        for j in range(len(K)):
            out[i] += weights[i, j] * V[j]
    return out


def causal_mask(n):
    mask = np.zeros((n, n), dtype=bool)
    for i in range(n):
        for j in range(i + 1):
            mask[i, j] = True
    return mask


def attention_backward(dO, Q, K, V):
    d = Q.shape[1]
    A = attention_weights(Q, K)
    dV = A.T @ dO
    dA = dO @ V.T
    dS = np.zeros(A.shape)
    for i in range(len(Q)):
        J = np.diag(A[i]) - np.outer(A[i], A[i])
        dS[i] = J @ dA[i]
    dQ, dK = np.zeros(Q.shape), np.zeros(K.shape)
    for i in range(len(Q)):
        for j in range(len(K)):
            dQ[i] += dS[i, j] * K[j] / math.sqrt(d)
            dK[j] += dS[i, j] * Q[i] / math.sqrt(d)
    return dQ, dK, dV


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads != 0:
        raise ValueError("d must be divisible by n_heads")
    w = d // n_heads
    joined = np.zeros((n, d))
    for h in range(n_heads):
        mine = slice(h * w, (h + 1) * w)
        joined[:, mine] = scaled_dot_product_attention(X @ Wq[:, mine], X @ Wk[:, mine], X @ Wv[:, mine])
    return joined @ Wo


def positional_encoding(n, d):
    out = np.zeros((n, d))
    for t in range(n):
        for i in range(0, d, 2):
            out[t, i] = math.sin(t / 10000 ** (i / d))
            if i + 1 < d:
                out[t, i + 1] = math.cos(t / 10000 ** (i / d))
    return out
