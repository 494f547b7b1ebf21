"""Linear algebra, calculus and probability as a beginner writes them: one number at a time."""

import math

import numpy as np

# 05


def l1_norm(v):
    total = 0
    for value in v:
        if value < 0:
            total -= value
        else:
            total += value
    return total


def l2_norm(v):
    return math.hypot(*v)


def frobenius_norm(A):
    largest = 0.0
    for row in A:
        for value in row:
            largest = max(largest, abs(value))
    if largest == 0:
        return 0
    total = 0.0
    for row in A:
        for value in row:
            total += (value / largest) ** 2
    return largest * total**0.5


def l2_normalize(A):
    A = np.array(A, dtype=float)
    total = 0.0
    for value in A.flat:
        total += value**2
    for index in np.ndindex(A.shape):
        if total > 0:
            A[index] = A[index] / math.sqrt(total)
    return A


def inverse(A):
    n = len(A)
    rows = []
    for i in range(n):
        unit = [0.0] * n
        unit[i] = 1.0
        rows.append([float(value) for value in A[i]] + unit)
    for c in range(n):
        best = c
        for r in range(c + 1, n):
            if abs(rows[r][c]) > abs(rows[best][c]):
                best = r
        if abs(rows[best][c]) < 1e-14:
            raise ValueError("singular matrix")
        rows[c], rows[best] = rows[best], rows[c]
        pivot = rows[c][c]
        rows[c] = [value / pivot for value in rows[c]]
        for r in range(n):
            if r != c:
                factor = rows[r][c]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[c])]
    return np.array([row[n:] for row in rows])


def determinant(A):
    if len(A) == 1:
        return A[0][0]
    total = 0
    for j in range(len(A)):
        minor = [[row[c] for c in range(len(A)) if c != j] for row in A[1:]]
        total += (-1) ** j * A[0][j] * determinant(minor)
    return total


def eigenvalues_2x2(A):
    a, b, c, d = A[0][0], A[0][1], A[1][0], A[1][1]
    trace = a + d
    discriminant = trace**2 - 4 * (a * d - b * c)
    if discriminant >= 0:
        root = math.sqrt(discriminant)
        return np.array([(trace + root) / 2, (trace - root) / 2])
    root = math.sqrt(-discriminant)
    return np.array([complex(trace / 2, root / 2), complex(trace / 2, -root / 2)])


def eigenvectors_2x2(A):
    a, b, d = A[0][0], A[0][1], A[1][1]
    if b == 0:
        if a > d:
            return np.array([[1.0, 0.0], [0.0, 1.0]])
        return np.array([[0.0, 1.0], [1.0, 0.0]])
    columns = []
    for value in eigenvalues_2x2(A):
        x, y = b, value - a
        length = math.sqrt(x * x + y * y)
        columns.append([x / length, y / length])
    return np.array(columns).T


def power_iteration(A, v0, iterations):
    v = [x / math.hypot(*v0) for x in v0]
    n = len(v)
    for _ in range(iterations):
        product = [sum(A[i][j] * v[j] for j in range(n)) for i in range(n)]
        length = math.hypot(*product)
        v = [x / length for x in product]
    product = [sum(A[i][j] * v[j] for j in range(n)) for i in range(n)]
    return sum(v[i] * product[i] for i in range(n)) / sum(x * x for x in v), np.array(v)


def pca_directions(X, k):
    n, d = X.shape
    C = np.zeros((d, d))
    means = [sum(X[:, j]) / n for j in range(d)]
    for i in range(d):
        for j in range(d):
            for row in X:
                C[i, j] += (row[i] - means[i]) * (row[j] - means[j]) / (n - 1)
    values, vectors = (part.real for part in np.linalg.eig(C))  # complex from NumPy 2.5 on
    order = sorted(range(d), key=lambda i: values[i], reverse=True)
    return np.array([vectors[:, i] for i in order[:k]]).T


# 06


def estimate_limit(f, a):
    h = 1e-5
    left = f(a - h)
    right = f(a + h)
    if abs(left - right) > 1e-2:
        return float("nan")
    return right


def derivative(f, x, h=1e-5):
    if np.ndim(x) == 0:
        return (f(x + h) - f(x - h)) / (2 * h)
    slopes = np.zeros(np.shape(x))
    for index in np.ndindex(np.shape(x)):
        slopes[index] = (f(x[index] + h) - f(x[index] - h)) / (2 * h)
    return slopes


def gradient_on_grid(y, x):
    n = len(y)
    slopes = np.zeros(n)
    slopes[0] = (y[1] - y[0]) / (x[1] - x[0])
    slopes[n - 1] = (y[n - 1] - y[n - 2]) / (x[n - 1] - x[n - 2])
    for i in range(1, n - 1):
        p = x[i] - x[i - 1]
        q = x[i + 1] - x[i]
        left = (y[i] - y[i - 1]) / p
        right = (y[i + 1] - y[i]) / q
        slopes[i] = (q * left + p * right) / (p + q)
    return slopes


def product_rule(u, du, v, dv):
    out = np.zeros(np.shape(u))
    for index in np.ndindex(np.shape(u)):
        out[index] = u[index] * dv[index] + v[index] * du[index]
    return out


def chain_rule(df, g, dg, x):
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        inner = g(x[index])
        out[index] = df(inner) * dg(x[index])
    return out


def trapezoid(y, x):
    area = 0
    for i in range(1, len(x)):
        area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2
    return area


# 07


def mean(x):
    total = 0
    for value in x:
        total += value
    return total / len(x)


def variance(x, ddof=0):
    middle = mean(x)
    total = 0
    for value in x:
        total += (value - middle) ** 2
    return total / (len(x) - ddof)


def covariance_matrix(X):
    n, d = X.shape
    C = np.zeros((d, d))
    for i in range(d):
        for j in range(d):
            a, b = X[:, i], X[:, j]
            C[i, j] = sum((s - mean(a)) * (t - mean(b)) for s, t in zip(a, b)) / (n - 1)
    return C


def correlation(x, y):
    deviation = math.sqrt(variance(x, 1)) * math.sqrt(variance(y, 1))
    if deviation == 0:
        return float("nan")
    products = [(a - mean(x)) * (b - mean(y)) for a, b in zip(x, y)]
    return sum(products) / (len(x) - 1) / deviation


def gaussian_pdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    x = np.asarray(x)
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        out[index] = math.exp(-((x[index] - mu) ** 2) / (2 * sigma**2)) / math.sqrt(2 * math.pi * sigma**2)
    return out


def gamma_pdf(x, shape, scale):
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        value = x[index]
        if value > 0:
            power = (shape - 1) * math.log(value / scale) - value / scale
            out[index] = math.exp(power - math.lgamma(shape)) / scale
    return out


def sample_bernoulli(p, size, rng):
    draws = []
    for _ in range(size):
        if rng.random() < p:
            draws.append(1)
        else:
            draws.append(0)
    return np.array(draws)


def sample_normal(mu, sigma, size, rng):
    draws = []
    while len(draws) < size:
        u, v = rng.random(), rng.random()
        radius = math.sqrt(-2 * math.log(1 - u))
        draws.append(mu + sigma * radius * math.cos(2 * math.pi * v))
        draws.append(mu + sigma * radius * math.sin(2 * math.pi * v))
    return np.array(draws[:size])


def sample_poisson(lam, size, rng):
    draws = np.zeros(size)
    for i in range(size):
        u = rng.random()
        k = 0
        probability = math.exp(-lam)
        total = probability
        while total <= u and k < 1000:
            k += 1
            probability *= lam / k
            total += probability
        draws[i] = k
    return draws


def bayes_posterior(prior, likelihood):
    evidence = 0
    for p, q in zip(prior, likelihood):
        evidence += p * q
    if evidence <= 0:
        raise ValueError("impossible data")
    return np.array([p * q / evidence for p, q in zip(prior, likelihood)])


def t_statistic(a, b):
    n, m = len(a), len(b)
    A, B = variance(a, 1) / n, variance(b, 1) / m
    df = (A + B) ** 2 / (A**2 / (n - 1) + B**2 / (m - 1))
    return (mean(a) - mean(b)) / math.sqrt(A + B), df


def p_value(t, df):
    factor = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)

    def density(x):
        return factor * (1 + x * x / df) ** (-(df + 1) / 2)

    steps = 10000
    width = abs(t) / steps
    area = 0
    for i in range(steps):
        area += (density(i * width) + density((i + 1) * width)) / 2 * width
    return 1 - 2 * area


def reject_null(p, alpha=0.05):
    if p > alpha:
        return False
    return True
