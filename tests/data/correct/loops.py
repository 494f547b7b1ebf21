"""Arrays, activations, losses and optimization as a beginner writes them: one number at a time."""

import math

import numpy as np


def each(function, Z):
    Z = np.asarray(Z)
    out = np.zeros(Z.shape)
    for index in np.ndindex(Z.shape):
        out[index] = function(Z[index])
    return out


# 01


def column_vector(values):
    column = []
    for value in values:
        column.append([value])
    return np.array(column).reshape(len(values), 1)


def tensor_summary(t):
    rank = 0
    for _ in t.shape:
        rank += 1
    return rank, t.shape, str(t.dtype)


def exp_of(z):
    try:
        return math.exp(z)
    except OverflowError:
        return math.inf


def exponential(Z):
    return each(exp_of, Z)


def mean_and_deviation(numbers):
    total = 0
    for number in numbers:
        total = total + number
    mean = total / len(numbers)
    squares = 0
    for number in numbers:
        squares = squares + (number - mean) ** 2
    return mean, math.sqrt(squares / len(numbers))


def normalize(X):
    mean, deviation = mean_and_deviation(np.ravel(X))
    if deviation == 0:
        return each(lambda x: x - mean, X)
    return each(lambda x: (x - mean) / deviation, X)


def standardize_columns(X):
    out = np.zeros(X.shape)
    for j in range(X.shape[1]):
        out[:, j] = normalize(X[:, j])
    return out


def normalize_rows(X):
    out = []
    for row in X:
        total = 0
        for x in row:
            total += float(x) ** 2
        if total > 0:
            out.append([x / math.sqrt(total) for x in row])
        else:
            out.append([0.0 for x in row])
    return np.array(out)


def matrix_multiply(X, W):
    m, n = X.shape
    if n != W.shape[0]:
        raise ValueError("the shapes do not fit")
    p = W.shape[1]
    out = np.zeros((m, p))
    for i in range(m):
        for j in range(p):
            for k in range(n):
                out[i, j] += X[i, k] * W[k, j]
    return out


def hadamard(A, B):
    A, B = np.asarray(A), np.asarray(B)
    out = np.zeros(A.shape)
    for index in np.ndindex(A.shape):
        out[index] = A[index] * B[index]
    return out


def dot_product(a, b):
    if len(a) != len(b):
        raise ValueError("the lengths differ")
    total = 0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


# 02


def sigmoid_of(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def sigmoid(Z):
    return each(sigmoid_of, Z)


def sigmoid_derivative(x):
    return each(lambda z: sigmoid_of(z) * (1 - sigmoid_of(z)), x)


def sigmoid_from_exp(exp_neg_z):
    return each(lambda e: 1 / (1 + e), exp_neg_z)


def relu(Z):
    return each(lambda z: 0 if z < 0 else z, Z)


def relu_derivative(Z):
    return each(lambda z: 1 if z > 0 else 0, Z)


def relu_backward(dout, Z):
    return hadamard(dout, relu_derivative(Z))


def relu_zero_count(Z):
    count = 0
    for z in np.ravel(Z):
        if z <= 0:
            count += 1
    return count


def leaky_relu(Z, alpha=0.01):
    return each(lambda z: z if z > 0 else alpha * z, Z)


def tanh(Z):
    return each(lambda z: 2 * sigmoid_of(2 * z) - 1, Z)


def tanh_derivative(x):
    return each(lambda z: 1 - math.tanh(z) ** 2, x)


def softmax_row(row):
    largest = max(row)
    powers = [math.exp(z - largest) for z in row]
    return [power / sum(powers) for power in powers]


def softmax(Z):
    return np.array([softmax_row(row) for row in Z])


def log_softmax(Z):
    out = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        largest = max(Z[i])
        total = 0
        for z in Z[i]:
            total += math.exp(z - largest)
        for j in range(Z.shape[1]):
            out[i, j] = Z[i, j] - largest - math.log(total)
    return out


def softmax_jacobian(z):
    s = softmax_row(z)
    k = len(s)
    J = np.zeros((k, k))
    for i in range(k):
        for j in range(k):
            if i == j:
                J[i, j] = s[i] * (1 - s[i])
            else:
                J[i, j] = -s[i] * s[j]
    return J


def softmax_backward(dout, s):
    inner = np.sum(s * dout, axis=1)
    return s * dout - s * inner.reshape(-1, 1)


# 03


def mse_loss(y_pred, y):
    total = 0
    for p, t in zip(np.ravel(y_pred), np.ravel(y)):
        total += (p - t) ** 2
    return total / np.size(y)


def mse_gradient(y_pred, y):
    n = np.size(y)
    return each(lambda e: 2 * e / n, np.asarray(y_pred) - y)


def binary_cross_entropy(A, y):
    total = 0
    for a, t in zip(A.ravel(), y.ravel()):
        a = min(max(a, 1e-12), 1 - 1e-12)
        if t == 1:
            total -= math.log(a)
        else:
            total -= math.log(1 - a)
    return total / len(A)


def binary_cross_entropy_gradient(A, y):
    out = np.zeros(A.shape)
    for index in np.ndindex(A.shape):
        a = A[index]
        out[index] = (-1 / a if y[index] == 1 else 1 / (1 - a)) / A.size
    return out


def cross_entropy(Y_hat, Y):
    total = 0
    n, k = Y.shape
    for i in range(n):
        for j in range(k):
            if Y[i, j] > 0:
                total -= Y[i, j] * math.log(max(Y_hat[i, j], 1e-10))
    return total / n


def softmax_cross_entropy_gradient(Z, Y):
    out = np.zeros(Z.shape)
    for i in range(len(Z)):
        s = softmax_row(Z[i])
        for j in range(len(s)):
            out[i, j] = (s[j] - Y[i, j]) / len(Z)
    return out


def one_hot(labels, n_classes):
    out = np.zeros((len(labels), n_classes))
    for i, label in enumerate(labels):
        if label < 0 or label >= n_classes:
            raise ValueError("no such class")
        out[i, label] = 1
    return out


# 04


def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    gradients = {}
    for name in params:
        value = params[name]
        gradient = np.zeros_like(value)
        walk = np.nditer(value, flags=["multi_index"])
        while not walk.finished:
            index = walk.multi_index
            old = value[index]
            value[index] = old + h
            up = loss_fn(forward_fn(X, params), y)
            value[index] = old - h
            down = loss_fn(forward_fn(X, params), y)
            value[index] = old
            gradient[index] = (up - down) / (2 * h)
            walk.iternext()
        gradients[name] = gradient
    return gradients


def gradient_step(W, grad, lr):
    out = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        out[index] = W[index] - lr * grad[index]
    return out


def minimize(f_grad, x0, lr, iterations):
    x = x0
    k = 0
    while k < iterations:
        x = x - lr * f_grad(x)
        k += 1
    return x


def identity(z):
    return z


def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    W, b = W.copy(), b.copy()
    n = X.shape[0]
    history = []
    for _ in range(num_epochs):
        order = np.random.permutation(n)
        batch_losses = []
        for start in range(0, n, batch_size):
            rows = order[start : start + batch_size]
            prediction = activation_fn(X[rows] @ W + b)
            batch_losses.append(loss_fn(prediction, y[rows]))
            error = prediction - y[rows]
            dW = np.zeros(W.shape)
            for i, row in enumerate(rows):
                for j in range(X.shape[1]):
                    dW[j, 0] += X[row, j] * error[i, 0] / len(rows)
            W -= lr * dW
            b -= lr * np.mean(error)
        history.append(np.mean(batch_losses))
    return W, b, history


def forward_perceptron(X, W, b):
    out = []
    for row in X:
        score = float(np.ravel(b)[0])
        for x, w in zip(row, W[:, 0]):
            score += x * w
        out.append([sigmoid_of(score)])
    return np.array(out)


def perceptron_gradients(X, y, W, b):
    A = forward_perceptron(X, W, b)
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for i in range(len(X)):
        error = (A[i, 0] - y[i, 0]) / len(X)
        for j in range(X.shape[1]):
            dW[j, 0] += error * X[i, j]
        db += error
    return dW, db


def momentum_step(W, grad, velocity, lr, beta):
    new_W, new_velocity = np.zeros(W.shape), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        new_velocity[index] = beta * velocity[index] + grad[index]
        new_W[index] = W[index] - lr * new_velocity[index]
    return new_W, new_velocity


def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    new_W, new_m, new_v = np.zeros(W.shape), np.zeros(W.shape), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        g = grad[index]
        new_m[index] = beta1 * m[index] + (1 - beta1) * g
        new_v[index] = beta2 * v[index] + (1 - beta2) * g * g
        m_hat = new_m[index] / (1 - beta1**t)
        v_hat = new_v[index] / (1 - beta2**t)
        new_W[index] = W[index] - lr * m_hat / (math.sqrt(v_hat) + eps)
    return new_W, new_m, new_v
