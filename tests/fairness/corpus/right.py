"""Right solutions in many styles, written from the stubs alone: none of them may lose a point."""

from __future__ import annotations

from typing import Final

RIGHT: Final[dict[str, dict[str, str]]] = {
    "column_vector": {
        "buffer and loop, dtype of the input": """\
def column_vector(values):
    v = np.asarray(values)
    n = len(v)
    col = np.empty((n, 1), dtype=v.dtype)
    for i in range(n):
        col[i, 0] = v[i]
    return col
""",
        "nested list, early return for none": """\
def column_vector(values):
    rows = [[value] for value in values]
    if not rows:
        return np.zeros((0, 1))
    return np.array(rows)
""",
        "matlab user: atleast_2d and transpose": """\
def column_vector(values):
    return np.atleast_2d(np.asarray(values)).T
""",
        "column_stack of one": """\
def column_vector(values):
    return np.column_stack((values,))
""",
    },
    "dot_product": {
        "C programmer": """\
def dot_product(a, b):
    n = a.shape[0]
    if b.shape[0] != n:
        raise ValueError("vectors of different lengths")
    acc = 0.0
    i = 0
    while i < n:
        acc += a[i] * b[i]
        i += 1
    return acc
""",
        "zip strict and fsum": """\
import math


def dot_product(a, b):
    # zip(strict=True) raises the ValueError itself
    return math.fsum(float(p) * float(q) for p, q in zip(a, b, strict=True))
""",
        "einsum after a shape test": """\
def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError(f"shapes differ: {a.shape} and {b.shape}")
    return np.einsum("i,i->", a, b)
""",
        "row times column": """\
def dot_product(a, b):
    a = np.asarray(a, dtype=float)
    b = np.asarray(b, dtype=float)
    row = a.reshape(1, -1)
    col = b.reshape(-1, 1)
    return (row @ col).item()   # @ complains with a ValueError if the lengths differ
""",
    },
    "exponential": {
        "math.exp on scalars with a guard": """\
import math


def _exp(z):
    try:
        return math.exp(z)
    except OverflowError:
        return math.inf


def exponential(Z):
    return np.vectorize(_exp, otypes=[float])(Z)
""",
        "square of the half": """\
def exponential(Z):
    with np.errstate(over="ignore", under="ignore"):
        half = np.exp(np.asarray(Z, dtype=float) / 2)
        return half * half
""",
        "power of e": """\
def exponential(Z):
    with np.errstate(all="ignore"):
        return np.power(np.e, Z)
""",
        "flat loop into a buffer": """\
def exponential(Z):
    Z = np.asarray(Z, dtype=float)
    flat_in = Z.reshape(-1)
    flat_out = np.zeros_like(flat_in)
    for i in range(flat_in.size):
        if flat_in[i] > 709.782712893384:
            flat_out[i] = float("inf")
        else:
            flat_out[i] = np.exp(flat_in[i])
    return flat_out.reshape(Z.shape)
""",
    },
    "hadamard": {
        "nested index": """\
def hadamard(A, B):
    C = np.zeros(A.shape, dtype=np.result_type(A, B))
    for idx in np.ndindex(A.shape):
        C[idx] = A[idx] * B[idx]
    return C
""",
        "einsum with dots": """\
def hadamard(A, B):
    return np.einsum("...,...->...", A, B)
""",
        "python lists, reshaped, always floats": """\
def hadamard(A, B):
    products = [float(a) * float(b) for a, b in zip(A.ravel(), B.ravel())]
    return np.array(products, dtype=float).reshape(A.shape)
""",
        "in place on a copy": """\
def hadamard(A, B):
    out = np.array(A, dtype=np.float64)
    out *= B
    return out
""",
    },
    "matrix_multiply": {
        "three loops": """\
def matrix_multiply(X, W):
    m, n = X.shape
    n2, p = W.shape
    if n != n2:
        raise ValueError("inner dimensions must agree")
    out = np.zeros((m, p))
    for i in range(m):
        for j in range(p):
            s = 0.0
            for k in range(n):
                s += X[i, k] * W[k, j]
            out[i, j] = s
    return out
""",
        "sum of outer products": """\
from functools import reduce


def matrix_multiply(X, W):
    if X.shape[1] != W.shape[0]:
        raise ValueError("X has %d columns, W has %d rows" % (X.shape[1], W.shape[0]))
    start = np.zeros((X.shape[0], W.shape[1]))
    return reduce(lambda total, k: total + np.outer(X[:, k], W[k, :]), range(X.shape[1]), start)
""",
        "broadcast to three axes": """\
def matrix_multiply(X, W):
    if X.shape[1] != W.shape[0]:
        raise ValueError("shapes do not fit")
    return (X[:, :, None] * W[None, :, :]).sum(axis=1)
""",
        "einsum": """\
def matrix_multiply(X, W):
    if X.shape[-1] != W.shape[0]:
        raise ValueError("inner lengths differ")
    return np.einsum("ik,kj->ij", X, W)
""",
    },
    "normalize": {
        "two passes in plain Python": """\
import math


def normalize(X):
    values = [float(v) for v in X.ravel()]
    n = len(values)
    mu = math.fsum(values) / n
    centred = [v - mu for v in values]
    sigma = math.sqrt(math.fsum(c * c for c in centred) / n)
    if sigma > 0:
        centred = [c / sigma for c in centred]
    return np.array(centred).reshape(X.shape)
""",
        "Welford": """\
def normalize(X):
    mean, m2, count = 0.0, 0.0, 0
    for value in np.asarray(X, dtype=float).flat:
        count += 1
        delta = value - mean
        mean += delta / count
        m2 += delta * (value - mean)
    std = (m2 / count) ** 0.5
    if std == 0:
        return X - mean
    return (X - mean) / std
""",
        "deep learning user: eps in the denominator": """\
def normalize(X, eps=1e-8):
    mu = X.mean()
    sigma = X.std()
    return (X - mu) / (sigma + eps)
""",
        "long double inside, centre in place on a copy": """\
def normalize(X):
    Y = np.array(X, dtype=np.longdouble)
    Y -= np.add.reduce(Y, axis=None) / Y.size
    var = np.add.reduce(Y * Y, axis=None) / Y.size
    if var != 0:
        Y /= np.sqrt(var)
    return Y.astype(np.float64)
""",
        "statistics module": """\
import statistics


def normalize(X):
    numbers = X.ravel().tolist()
    mu = statistics.fmean(numbers)
    sigma = statistics.pstdev(numbers)
    return (X - mu) / (sigma or 1.0)
""",
    },
    "normalize_rows": {
        "math.hypot for each row": """\
import math


def normalize_rows(X):
    rows = []
    for row in X:
        length = math.hypot(*row)
        if length == 0:
            rows.append([0.0 for _ in row])
        else:
            rows.append([x / length for x in row])
    return np.array(rows)
""",
        "diagonal matrix from the left": """\
def normalize_rows(X):
    sq = np.einsum("ij,ij->i", X, X)
    scale = [1 / s ** 0.5 if s > 0 else 0.0 for s in sq.astype(float)]
    return np.diag(scale) @ X
""",
        "eps added to the norm": """\
def normalize_rows(X):
    return X / (np.linalg.norm(X, axis=1)[:, None] + 1e-8)
""",
        "in place on a copy": """\
def normalize_rows(X):
    out = X.astype(float)
    for i in range(out.shape[0]):
        r = np.sqrt(np.dot(out[i], out[i]))
        if r != 0.0:
            out[i] /= r
    return out
""",
        "errstate and nan repaired by where": """\
def normalize_rows(X):
    length = np.hypot.reduce(np.asarray(X, float), axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(length == 0, 0.0, X / length)
""",
    },
    "standardize_columns": {
        "column by column": """\
def standardize_columns(X):
    n, d = X.shape
    out = np.zeros((n, d))
    for j in range(d):
        col = X[:, j]
        mean = sum(float(v) for v in col) / n
        var = sum((v - mean) ** 2 for v in col) / n
        std = var ** 0.5
        for i in range(n):
            if std == 0:
                out[i, j] = 0.0
            else:
                out[i, j] = (col[i] - mean) / std
    return out
""",
        "apply_along_axis with a helper": """\
def _zscore(column):
    centred = column - np.mean(column)
    spread = np.sqrt(np.mean(centred ** 2))
    return centred if spread == 0 else centred / spread


def standardize_columns(X):
    return np.apply_along_axis(_zscore, 0, np.asarray(X, dtype=float))
""",
        "divide with where": """\
def standardize_columns(X):
    centred = X - X.mean(axis=0, keepdims=True)
    sd = np.sqrt(np.einsum("ij,ij->j", centred, centred) / X.shape[0])
    return np.divide(centred, sd, out=np.zeros_like(centred), where=sd > 0)
""",
        "transposed rows, list of lists": """\
def standardize_columns(X):
    result = []
    for feature in X.T:
        sd = feature.std() + 1e-12
        result.append(list((feature - feature.mean()) / sd))
    return np.array(result).T
""",
        "matrices: centring projector": """\
def standardize_columns(X):
    n = X.shape[0]
    H = np.eye(n) - np.ones((n, n)) / n
    C = H @ X
    # columns of equal elements: what is left of them is rounding, so say it exactly
    C[:, np.ptp(X, axis=0) == 0] = 0.0
    s = np.sqrt((C ** 2).mean(axis=0))
    s[s == 0] = 1.0
    return C / s
""",
    },
    "tensor_summary": {
        "np functions": """\
def tensor_summary(t):
    return np.ndim(t), tuple(int(n) for n in np.shape(t)), t.dtype.name
""",
        "beginner counts the axes": """\
def tensor_summary(t):
    rank = 0
    dims = []
    for length in t.shape:
        rank = rank + 1
        dims.append(length)
    name = t.dtype.name
    return (rank, tuple(dims), name)
""",
        "named tuple": """\
from typing import NamedTuple


class Summary(NamedTuple):
    rank: int
    shape: tuple
    dtype: str


def tensor_summary(t):
    return Summary(rank=len(t.shape), shape=t.shape, dtype=t.dtype.name)
""",
        "str of the dtype": """\
def tensor_summary(t):
    return (t.ndim, t.shape, str(t.dtype))
""",
    },
    "leaky_relu": {
        "two halves": """\
def leaky_relu(Z, alpha=0.01):
    return np.maximum(Z, 0) + alpha * np.minimum(Z, 0)
""",
        "maximum of two lines": """\
def leaky_relu(Z, alpha=0.01):
    # alpha is at most 1, so the upper one of the two lines is the right one
    return np.maximum(Z, alpha * Z)
""",
        "element by element": """\
def leaky_relu(Z, alpha=0.01):
    out = []
    for z in Z.flatten():
        if z > 0:
            out.append(float(z))
        else:
            out.append(alpha * float(z))
    return np.array(out).reshape(Z.shape)
""",
        "slope times z": """\
def leaky_relu(Z, alpha=0.01):
    slope = np.full(Z.shape, alpha, dtype=float)
    slope[Z > 0] = 1.0
    return slope * Z
""",
        "copy and scale in place": """\
def leaky_relu(Z, alpha=0.01):
    out = np.array(Z, dtype=float)
    np.multiply(out, alpha, out=out, where=~(out > 0))
    return out
""",
    },
    "log_softmax": {
        "logaddexp.reduce": """\
def log_softmax(Z):
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
""",
        "math on rows": """\
import math


def log_softmax(Z):
    out = np.zeros(Z.shape)
    for i, row in enumerate(Z):
        shifted = [float(z) - float(max(row)) for z in row]
        log_total = math.log(sum(math.exp(s) for s in shifted))
        for j, s in enumerate(shifted):
            out[i, j] = s - log_total
    return out
""",
        "einsum for the sums": """\
def log_softmax(Z):
    S = np.subtract(Z, np.max(Z, axis=-1, keepdims=True), dtype=float)
    return S - np.log(np.einsum("ij->i", np.exp(S)))[:, np.newaxis]
""",
        "log1p of the others": """\
def log_softmax(Z):
    Z = np.asarray(Z, dtype=float)
    result = np.empty(Z.shape)
    for i in range(len(Z)):
        k = Z[i].argmax()
        d = Z[i] - Z[i, k]
        rest = np.delete(np.exp(d), k).sum()
        result[i] = d - np.log1p(rest)
    return result
""",
    },
    "relu": {
        "mask on a copy": """\
def relu(Z):
    out = np.array(Z)
    out[out < 0] = 0
    return out
""",
        "clip from below": """\
def relu(Z):
    return np.clip(Z, 0, None)
""",
        "scalar loop that lets nan through": """\
def relu(Z):
    Z = np.asarray(Z)
    out = np.zeros(Z.shape)
    for idx, z in np.ndenumerate(Z):
        if not z <= 0:      # nan is not <= 0
            out[idx] = z
    return out
""",
        "where": """\
def relu(Z):
    return np.where(Z < 0, np.zeros_like(Z), Z)
""",
        "python max, z first": """\
def relu(Z):
    return np.array([max(float(z), 0.0) for z in Z.ravel()], dtype=Z.dtype).reshape(Z.shape)
""",
    },
    "relu_backward": {
        "PyTorch user": """\
def relu_backward(dout, Z):
    grad_input = dout.copy()
    grad_input[Z <= 0] = 0
    return grad_input
""",
        "loop over indices": """\
def relu_backward(dout, Z):
    dZ = np.zeros(Z.shape)
    for idx in np.ndindex(*Z.shape):
        if Z[idx] > 0:
            dZ[idx] = dout[idx]
    return dZ
""",
        "multiply where": """\
def relu_backward(dout, Z):
    dout = np.asarray(dout, dtype=float)
    return np.multiply(dout, 1.0, out=np.zeros_like(dout), where=np.asarray(Z) > 0)
""",
        "select": """\
def relu_backward(dout, Z):
    return np.select([Z > 0], [dout], default=0)
""",
    },
    "relu_derivative": {
        "heaviside": """\
def relu_derivative(Z):
    return np.heaviside(Z, 0.0)
""",
        "float32 mask": """\
def relu_derivative(Z):
    return np.greater(Z, 0).astype(np.float32)
""",
        "ones where positive": """\
def relu_derivative(Z):
    slope = np.zeros(np.shape(Z))
    slope[np.asarray(Z) > 0] = 1
    return slope
""",
        "list comprehension": """\
def relu_derivative(Z):
    return np.array([1.0 if z > 0 else 0.0 for z in np.ravel(Z)], dtype=float).reshape(np.shape(Z))
""",
    },
    "relu_zero_count": {
        "counter": """\
def relu_zero_count(Z):
    count = 0
    for z in np.ravel(Z):
        if max(0, z) == 0:
            count += 1
    return count
""",
        "sort and search": """\
def relu_zero_count(Z):
    ordered = np.sort(Z, axis=None)
    return int(np.searchsorted(ordered, 0, side="right"))
""",
        "length of a selection": """\
def relu_zero_count(Z):
    return len(Z[Z <= 0])
""",
        "python sum of booleans": """\
def relu_zero_count(Z):
    return int(sum((np.maximum(Z, 0) == 0).ravel()))
""",
    },
    "sigmoid": {
        "tanh identity": """\
def sigmoid(Z):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(Z)))
""",
        "two masks": """\
def sigmoid(Z):
    Z = np.asarray(Z, dtype=float)
    out = np.empty_like(Z)
    pos = Z >= 0
    neg = ~pos
    out[pos] = 1 / (1 + np.exp(-Z[pos]))
    e = np.exp(Z[neg])
    out[neg] = e / (1 + e)
    return out
""",
        "scalar helper with math, vectorize": """\
import math


def _sigma(z):
    if z < 0:
        e = math.exp(z)
        return e / (1.0 + e)
    return 1.0 / (1.0 + math.exp(-z))


def sigmoid(Z):
    return np.vectorize(_sigma, otypes=[np.float64])(Z)
""",
        "exp of minus softplus": """\
def sigmoid(Z):
    return np.exp(-np.logaddexp(0, -np.asarray(Z)))
""",
        "clip first": """\
def sigmoid(Z):
    z = np.clip(np.asarray(Z, dtype=np.float64), -500, 500)
    return np.reciprocal(1.0 + np.exp(-z))
""",
    },
    "sigmoid_derivative": {
        "even in x": """\
def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
""",
        "hyperbolic": """\
def sigmoid_derivative(x):
    with np.errstate(over="ignore"):
        return 1 / (4 * np.cosh(np.asarray(x) / 2.0) ** 2)
""",
        "product of two sigmoids, scalar loop": """\
from math import exp


def _sigmoid(z):
    return 1 / (1 + exp(-z)) if z > -700 else 0.0


def sigmoid_derivative(x):
    flat = [_sigmoid(v) * _sigmoid(-v) for v in np.ravel(x)]
    return np.array(flat, dtype=float).reshape(np.shape(x))
""",
        "quarter of one minus tanh squared": """\
def sigmoid_derivative(x):
    t = np.tanh(np.divide(x, 2))
    return (1 - t) * (1 + t) / 4
""",
    },
    "sigmoid_from_exp": {
        "minus log1p": """\
def sigmoid_from_exp(exp_neg_z):
    return np.exp(-np.log1p(exp_neg_z))
""",
        "element loop with the cases": """\
import math


def sigmoid_from_exp(exp_neg_z):
    E = np.asarray(exp_neg_z, dtype=float)
    result = np.zeros(E.shape)
    for index, e in np.ndenumerate(E):
        if math.isinf(e):
            result[index] = 0
        elif e == 0:
            result[index] = 1
        else:
            result[index] = 1 / (1 + e)
    return result
""",
        "negative power": """\
def sigmoid_from_exp(exp_neg_z):
    return (exp_neg_z + 1.0) ** -1
""",
    },
    "softmax": {
        "rows in plain Python": """\
import math


def _softmax_row(row):
    top = max(row)
    exps = [math.exp(z - top) for z in row]
    total = sum(exps)
    return [e / total for e in exps]


def softmax(Z):
    return np.array([_softmax_row([float(z) for z in row]) for row in Z])
""",
        "through the logarithm": """\
def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    Z = Z - Z.max(axis=1)[:, None]
    return np.exp(Z - np.log(np.exp(Z).sum(axis=1))[:, None])
""",
        "sum over differences": """\
def softmax(Z):
    # 1 / sum_j exp(z_j - z_i); an overflow to inf means that the probability is 0
    Z = np.asarray(Z, dtype=float)
    with np.errstate(over="ignore"):
        return 1.0 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)
""",
        "apply_along_axis": """\
def softmax(Z):
    def one(z):
        e = np.exp(z - np.max(z))
        return e / np.sum(e)
    return np.apply_along_axis(one, 1, Z.astype(np.float64))
""",
        "columns, transposed": """\
def softmax(Z):
    T = Z.T
    E = np.exp(T - np.amax(T, axis=0))
    return (E / np.add.reduce(E, axis=0)).T
""",
    },
    "softmax_backward": {
        "row loop": """\
def softmax_backward(dout, s):
    dz = np.zeros(s.shape)
    for r in range(s.shape[0]):
        inner = np.dot(s[r], dout[r])
        dz[r] = s[r] * (dout[r] - inner)
    return dz
""",
        "einsum": """\
def softmax_backward(dout, s):
    return s * dout - s * np.einsum("nk,nk->n", s, dout)[:, None]
""",
        "C programmer": """\
def softmax_backward(dout, s):
    n, k = s.shape
    dz = np.empty((n, k), dtype=float)
    for i in range(n):
        acc = 0.0
        for j in range(k):
            acc += s[i, j] * dout[i, j]
        for j in range(k):
            dz[i, j] = s[i, j] * (dout[i, j] - acc)
    return dz
""",
        "average under the probabilities": """\
def softmax_backward(dout, s):
    expected = np.array([[float(p @ g)] for p, g in zip(s, dout)])
    centred = dout - expected
    centred *= s
    return centred
""",
    },
    "softmax_jacobian": {
        "double loop with a Kronecker delta": """\
import math


def softmax_jacobian(z):
    biggest = max(z)
    e = [math.exp(v - biggest) for v in z]
    s = [v / sum(e) for v in e]
    k = len(s)
    J = [[s[i] * ((1.0 if i == j else 0.0) - s[j]) for j in range(k)] for i in range(k)]
    return np.array(J)
""",
        "quotient rule": """\
def softmax_jacobian(z):
    e = np.exp(z - np.max(z))
    S = e.sum()
    # (e_i / S)' = (e_i' S - e_i S') / S^2
    return (np.diag(e) * S - np.outer(e, e)) / S ** 2
""",
        "einsum": """\
def softmax_jacobian(z):
    z = np.asarray(z, dtype=float)
    s = np.exp(z - np.logaddexp.reduce(z))
    return np.einsum("i,ij->ij", s, np.eye(s.size)) - np.einsum("i,j->ij", s, s)
""",
        "diagonal filled afterwards": """\
def softmax_jacobian(z):
    p = np.exp(z - z.max())
    p /= p.sum()
    J = -p[:, None] * p[None, :]
    np.fill_diagonal(J, p * (1 - p))
    return J
""",
    },
    "tanh": {
        "stretched sigmoid": """\
def _sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def tanh(Z):
    return 2 * _sigmoid(2 * np.asarray(Z, dtype=float)) - 1
""",
        "expm1 and sign": """\
def tanh(Z):
    a = np.abs(Z)
    t = -np.expm1(-2.0 * a) / (1.0 + np.exp(-2.0 * a))
    return np.copysign(t, Z)
""",
        "sinh over cosh, clipped": """\
def tanh(Z):
    z = np.clip(Z, -30.0, 30.0)
    return np.sinh(z) / np.cosh(z)
""",
        "scalar loop by cases": """\
import math


def _th(z):
    if z > 20:
        return 1.0
    if z < -20:
        return -1.0
    p, q = math.exp(z), math.exp(-z)
    return (p - q) / (p + q)


def tanh(Z):
    out = np.zeros(np.shape(Z))
    for i in np.ndindex(out.shape):
        out[i] = _th(float(Z[i]))
    return out
""",
        "Lambert's continued fraction": '''\
def tanh(Z):
    """z / (1 + z^2 / (3 + z^2 / (5 + ...)))"""
    z = np.clip(np.asarray(Z, dtype=float), -20, 20)
    tail = np.zeros_like(z)
    for odd in range(161, 1, -2):
        tail = z * z / (odd + tail)
    return z / (1 + tail)
''',
    },
    "tanh_derivative": {
        "sech squared": """\
def tanh_derivative(x):
    with np.errstate(over="ignore"):
        return np.cosh(np.asarray(x, dtype=float)) ** -2
""",
        "factored": """\
def tanh_derivative(x):
    t = np.tanh(x)
    return (1 - t) * (1 + t)
""",
        "exponentials of minus abs": """\
def tanh_derivative(x):
    q = np.exp(-2.0 * np.abs(x))
    return 4 * q / np.square(1 + q)
""",
        "map over math.tanh": """\
import math


def tanh_derivative(x):
    x = np.asarray(x)
    slopes = map(lambda v: 1 - math.tanh(v) ** 2, x.flat)
    return np.fromiter(slopes, dtype=float, count=x.size).reshape(x.shape)
""",
    },
    "binary_cross_entropy": {
        "PyTorch user: logarithm kept above -100": """\
def binary_cross_entropy(A, y):
    with np.errstate(divide="ignore"):
        log_p = np.maximum(np.log(A), -100.0)
        log_q = np.maximum(np.log1p(-A), -100.0)
    return -(y * log_p + (1 - y) * log_q).mean()
""",
        "if and else on scalars": """\
import math


def binary_cross_entropy(A, y):
    losses = []
    for a, label in zip(A.ravel(), y.ravel()):
        p = a if label == 1 else 1 - a
        losses.append(-math.log(max(p, 1e-12)))
    return sum(losses) / len(losses)
""",
        "keras user: clip": """\
def binary_cross_entropy(A, y):
    eps = 1e-7
    A = np.clip(A, eps, 1 - eps)
    return float(np.mean(np.where(y == 1, -np.log(A), -np.log(1 - A))))
""",
        "dot products": """\
def binary_cross_entropy(A, y):
    a = np.clip(np.asarray(A, dtype=np.float64).reshape(-1), 1e-15, 1 - 1e-15)
    t = np.asarray(y, dtype=np.float64).reshape(-1)
    return -(t @ np.log(a) + (1 - t) @ np.log1p(-a)) / len(a)
""",
        "probability of the truth": """\
def binary_cross_entropy(A, y):
    truth = np.abs(1 - y - A)          # A where y is 1, 1 - A where y is 0
    return np.add.reduce(-np.log(np.maximum(truth, 1e-300)), axis=None) / A.size
""",
    },
    "binary_cross_entropy_gradient": {
        "two terms": """\
def binary_cross_entropy_gradient(A, y):
    n = A.shape[0]
    return ((1 - y) / (1 - A) - y / A) / n
""",
        "scalar loop": """\
def binary_cross_entropy_gradient(A, y):
    n = len(A)
    grad = np.zeros_like(A)
    for i in range(n):
        if y[i] == 1:
            grad[i] = -1.0 / (A[i] * n)
        else:
            grad[i] = 1.0 / ((1.0 - A[i]) * n)
    return grad
""",
        "one over the signed probability": """\
def binary_cross_entropy_gradient(A, y):
    # for y = 1 this is -1/A, for y = 0 it is 1/(1 - A)
    return np.reciprocal((1 - y) - A) / A.size
""",
        "with an epsilon": """\
def binary_cross_entropy_gradient(A, y):
    eps = 1e-12
    numerator = A - y
    denominator = A - A ** 2 + eps
    return numerator / denominator / A.size
""",
    },
    "cross_entropy": {
        "loops, only where the target is positive": """\
import math


def cross_entropy(Y_hat, Y):
    n, k = Y.shape
    loss = 0.0
    for i in range(n):
        for j in range(k):
            if Y[i, j] > 0:
                loss -= Y[i, j] * math.log(max(Y_hat[i, j], 1e-15))
    return loss / n
""",
        "einsum over everything": """\
def cross_entropy(Y_hat, Y):
    logp = np.log(np.maximum(Y_hat, np.finfo(float).tiny))
    return -np.einsum("ij,ij->", Y, logp) / len(Y)
""",
        "trace of a product": """\
def cross_entropy(Y_hat, Y):
    P = np.clip(Y_hat, 1e-12, 1.0)
    return float(np.trace(-Y @ np.log(P).T) / P.shape[0])
""",
        "logarithm kept above -100": """\
def cross_entropy(Y_hat, Y):
    with np.errstate(divide="ignore"):
        L = np.log(Y_hat)
    L[L < -100] = -100
    per_row = (L * Y).sum(axis=1)
    return -per_row.mean()
""",
        "generator of rows": """\
def _row_price(p, t):
    hot = t > 0
    return -np.sum(t[hot] * np.log(np.fmax(p[hot], 1e-10)))


def cross_entropy(Y_hat, Y):
    return sum(_row_price(p, t) for p, t in zip(Y_hat, Y)) / len(Y_hat)
""",
    },
    "mse_gradient": {
        "index loop": """\
def mse_gradient(y_pred, y):
    n = y_pred.size
    g = np.zeros(y_pred.shape)
    for i in np.ndindex(y_pred.shape):
        g[i] = 2.0 * (y_pred[i] - y[i]) / n
    return g
""",
        "in place on a float copy": """\
def mse_gradient(y_pred, y):
    grad = np.array(y_pred, dtype=float)
    grad -= y
    grad *= 2 / grad.size
    return grad
""",
        "size as a product of the shape": """\
import math


def mse_gradient(y_pred, y):
    return np.divide(np.add(y_pred - y, y_pred - y), math.prod(y_pred.shape))
""",
    },
    "mse_loss": {
        "python sum": """\
def mse_loss(y_pred, y):
    total = 0.0
    count = 0
    for p, t in zip(np.ravel(y_pred), np.ravel(y)):
        total += float(p - t) ** 2
        count += 1
    return total / count
""",
        "norm squared": """\
def mse_loss(y_pred, y):
    error = np.subtract(y_pred, y, dtype=float).ravel()
    return np.linalg.norm(error) ** 2 / error.size
""",
        "vdot": """\
def mse_loss(y_pred, y):
    d = y_pred - y
    return float(np.vdot(d, d) / np.size(d))
""",
        "variance plus bias squared": """\
def mse_loss(y_pred, y):
    d = np.asarray(y_pred, float) - np.asarray(y, float)
    return float(d.var() + d.mean() ** 2)
""",
    },
    "one_hot": {
        "rows of the unit matrix": """\
def one_hot(labels, n_classes):
    if any(c < 0 or c >= n_classes for c in labels):
        raise ValueError("label out of range")
    return np.eye(n_classes)[labels]
""",
        "compare with a range": """\
def one_hot(labels, n_classes):
    labels = np.asarray(labels)
    if labels.size and not (0 <= labels.min() and labels.max() < n_classes):
        raise ValueError("labels must be in 0 .. n_classes - 1")
    return (labels[:, None] == np.arange(n_classes)).astype(float)
""",
        "nested lists": """\
def one_hot(labels, n_classes):
    rows = []
    for label in labels:
        if label not in range(n_classes):
            raise ValueError(f"no such class: {label}")
        rows.append([1.0 if j == label else 0.0 for j in range(n_classes)])
    return np.array(rows, dtype=float).reshape(len(labels), n_classes)
""",
        "put_along_axis, float32": """\
def one_hot(labels, n_classes):
    for c in labels:
        if c < 0 or c > n_classes - 1:
            raise ValueError("bad label")
    Y = np.zeros((len(labels), n_classes), dtype=np.float32)
    np.put_along_axis(Y, labels[:, None], 1, axis=1)
    return Y
""",
        "flat positions": """\
def one_hot(labels, n_classes):
    n = labels.shape[0]
    if np.logical_or(labels < 0, labels >= n_classes).any():
        raise ValueError("class number out of bounds")
    flat = np.zeros(n * n_classes)
    flat[np.arange(n) * n_classes + labels] = 1
    return flat.reshape(n, n_classes)
""",
    },
    "softmax_cross_entropy_gradient": {
        "subtracting after dividing": """\
def softmax_cross_entropy_gradient(Z, Y):
    n = Z.shape[0]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    E /= n * E.sum(axis=1, keepdims=True)
    return E - Y / n
""",
        "row loop": """\
import math


def softmax_cross_entropy_gradient(Z, Y):
    n, k = Z.shape
    G = np.zeros((n, k))
    for i in range(n):
        m = max(Z[i])
        e = [math.exp(z - m) for z in Z[i]]
        s = sum(e)
        for j in range(k):
            G[i, j] = (e[j] / s - Y[i, j]) / n
    return G
""",
        "log-sum-exp": """\
def softmax_cross_entropy_gradient(Z, Y):
    lse = np.logaddexp.reduce(np.asarray(Z, dtype=float), axis=1)
    P = np.exp(Z - lse[:, None])
    return np.multiply(P - Y, 1.0 / len(Z))
""",
        "chain rule through the Jacobian, targets kept": """\
def softmax_cross_entropy_gradient(Z, Y):
    # -sum_j y_j (delta_ij - s_i): no division by a probability is left
    n, k = Z.shape
    e = np.exp(Z - np.max(Z, axis=1)[:, None])
    s = e / np.sum(e, axis=1)[:, None]
    grads = np.empty((n, k))
    for r in range(n):
        grads[r] = -(np.eye(k) - s[r][:, None]) @ Y[r] / n
    return grads
""",
    },
    "adam_step": {
        "PyTorch user: in place on clones": """\
import math


def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    p, exp_avg, exp_avg_sq = (np.array(a, dtype=float) for a in (W, m, v))
    exp_avg *= beta1
    exp_avg += (1 - beta1) * grad
    exp_avg_sq *= beta2
    exp_avg_sq += (1 - beta2) * grad * grad
    bias_correction1 = 1 - beta1 ** t
    bias_correction2 = 1 - beta2 ** t
    denom = np.sqrt(exp_avg_sq) / math.sqrt(bias_correction2) + eps
    p -= (lr / bias_correction1) * exp_avg / denom
    return p, exp_avg, exp_avg_sq
""",
        "corrections folded into the rate": """\
def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = m + (1 - beta1) * (grad - m)
    v = v + (1 - beta2) * (grad ** 2 - v)
    root = np.sqrt(1 - beta2 ** t)
    rate = lr * root / (1 - beta1 ** t)
    return W - rate * m / (np.sqrt(v) + eps * root), m, v
""",
        "scalar helper on every weight": """\
from math import sqrt


def _adam(w, g, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    return w - lr * m_hat / (sqrt(v_hat) + eps), m, v


def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    new = [
        _adam(*numbers, t, lr, beta1, beta2, eps)
        for numbers in zip(W.ravel().tolist(), grad.ravel().tolist(), m.ravel().tolist(), v.ravel().tolist())
    ]
    table = np.array(new, dtype=float).reshape(-1, 3)
    return tuple(table[:, c].reshape(W.shape) for c in range(3))
""",
    },
    "forward_perceptron": {
        "sample by sample with math": """\
import math


def _sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


def forward_perceptron(X, W, b):
    bias = float(np.ravel(b)[0])
    weights = [float(w) for w in W[:, 0]]
    probabilities = []
    for row in X:
        z = bias
        for x, w in zip(row, weights):
            z += x * w
        probabilities.append([_sigmoid(z)])
    return np.array(probabilities)
""",
        "einsum and tanh": """\
def forward_perceptron(X, W, b):
    z = np.einsum("nd,dk->nk", X, W) + b
    return (1 + np.tanh(z / 2)) / 2
""",
        "bias as one more weight": """\
def forward_perceptron(X, W, b):
    Xa = np.hstack([X, np.ones((X.shape[0], 1))])
    theta = np.vstack([W, np.reshape(b, (1, 1))])
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-Xa.dot(theta)))
""",
    },
    "gradient_descent": {
        "rows in order, loss on all rows after the epoch": """\
def identity(z):
    return z


def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    W = W.copy()
    b = b.copy()
    losses = []
    for epoch in range(num_epochs):
        for start in range(0, X.shape[0], batch_size):
            xb = X[start:start + batch_size]
            yb = y[start:start + batch_size]
            error = activation_fn(xb @ W + b) - yb
            W -= lr * xb.T @ error / xb.shape[0]
            b -= lr * error.mean()
        losses.append(loss_fn(activation_fn(X @ W + b), y))
    return W, b, losses
""",
        "shuffled, weighted batch losses before the step": """\
def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=None):
    if activation_fn is None:
        activation_fn = lambda z: z
    rng = np.random.default_rng(0)
    n = len(X)
    losses = []
    for _ in range(num_epochs):
        order = rng.permutation(n)
        epoch_loss = 0.0
        for rows in np.split(order, range(batch_size, n, batch_size)):
            pred = activation_fn(X[rows] @ W + b)
            err = pred - y[rows]
            epoch_loss += loss_fn(pred, y[rows]) * len(rows) / n
            W, b = W - lr * X[rows].T @ err / len(rows), b - lr * err.mean(axis=0, keepdims=True)
        losses.append(float(epoch_loss))
    return W, b, losses
""",
        "augmented inputs, last rows first, loss before": """\
def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=lambda z: z):
    n, d = X.shape
    Xa = np.column_stack([X, np.ones(n)])
    theta = np.vstack([W, b]).astype(float)
    losses = []
    for _ in range(num_epochs):
        losses.append(loss_fn(activation_fn(Xa @ theta), y))
        remaining = list(range(n))
        while remaining:
            batch = [remaining.pop() for _ in range(min(batch_size, len(remaining)))]
            err = activation_fn(Xa[batch] @ theta) - y[batch]
            theta = theta - lr / len(batch) * (Xa[batch].T @ err)
    return theta[:d], theta[d:], losses
""",
        "sums row by row, mean of the batch losses": """\
def _identity(z):
    return z


def _batches(n, size):
    first = 0
    while first < n:
        last = min(first + size, n)
        yield range(first, last)
        first = last


def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=_identity):
    n, d = X.shape
    w = [float(v) for v in W[:, 0]]
    c = float(b[0, 0])
    losses = []
    for epoch in range(num_epochs):
        batch_losses = []
        for rows in _batches(n, batch_size):
            m = len(rows)
            z = np.array([[sum(X[i, j] * w[j] for j in range(d)) + c] for i in rows])
            p = activation_fn(z)
            batch_losses.append(loss_fn(p, y[rows.start:rows.stop]))
            gw = [0.0] * d
            gc = 0.0
            for r, i in enumerate(rows):
                e = p[r, 0] - y[i, 0]
                for j in range(d):
                    gw[j] += X[i, j] * e
                gc += e
            for j in range(d):
                w[j] -= lr * gw[j] / m
            c -= lr * gc / m
        losses.append(sum(batch_losses) / len(batch_losses))
    return np.array(w).reshape(d, 1), np.array([[c]]), losses
""",
    },
    "gradient_step": {
        "in place on a float copy": """\
def gradient_step(W, grad, lr):
    W = W.astype(float)
    W -= lr * grad
    return W
""",
        "index loop": """\
def gradient_step(W, grad, lr):
    new = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        new[i] = W[i] - lr * grad[i]
    return new
""",
        "ufuncs": """\
def gradient_step(W, grad, lr):
    return np.add(W, np.multiply(-lr, grad))
""",
    },
    "minimize": {
        "reduce": """\
from functools import reduce


def minimize(f_grad, x0, lr, iterations):
    return reduce(lambda x, _: x - lr * f_grad(x), range(iterations), np.asarray(x0, dtype=float))
""",
        "while, in place on a copy": """\
def minimize(f_grad, x0, lr, iterations):
    x = np.array(x0, dtype=float)
    k = 0
    while k < iterations:
        x -= lr * f_grad(x)
        k += 1
    return x
""",
        "generator of the walk": """\
from itertools import islice


def _walk(f_grad, x, lr):
    while True:
        yield x
        x = x - np.multiply(lr, f_grad(x))


def minimize(f_grad, x0, lr, iterations):
    start = np.array(x0) * 1.0
    return next(islice(_walk(f_grad, start, lr), iterations, None))
""",
    },
    "momentum_step": {
        "in place on copies": """\
def momentum_step(W, grad, velocity, lr, beta):
    W = np.array(W, dtype=float)
    v = np.array(velocity, dtype=float)
    v *= beta
    v += grad
    W -= lr * v
    return W, v
""",
        "index loop": """\
def momentum_step(W, grad, velocity, lr, beta):
    new_W = np.zeros(W.shape)
    new_v = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        new_v[i] = beta * velocity[i] + grad[i]
        new_W[i] = W[i] - lr * new_v[i]
    return new_W, new_v
""",
        "matrix of the linear map": """\
def momentum_step(W, grad, velocity, lr, beta):
    # (W, v) -> (W - lr beta v - lr g, beta v + g)
    M = np.array([[1.0, -lr * beta, -lr], [0.0, beta, 1.0]])
    new_W, new_v = np.tensordot(M, np.stack([W, velocity, grad]), axes=1)
    return new_W, new_v
""",
    },
    "numerical_gradient": {
        "copies of the dict": """\
def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    grads = {}
    for name, value in params.items():
        g = np.zeros(np.shape(value))
        for idx in np.ndindex(g.shape):
            losses = []
            for step in (h, -h):
                moved = {k: np.array(v, dtype=float) for k, v in params.items()}
                moved[name][idx] += step
                losses.append(loss_fn(forward_fn(X, moved), y))
            g[idx] = (losses[0] - losses[1]) / (2 * h)
        grads[name] = g
    return grads
""",
        "in place with the old number put back": """\
def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    grads = {}
    for key in params:
        p = params[key]
        grad = np.zeros(p.shape, dtype=float)
        it = np.nditer(p, flags=["multi_index"])
        while not it.finished:
            ix = it.multi_index
            old = p[ix].copy()
            p[ix] = old + h
            up = loss_fn(forward_fn(X, params), y)
            p[ix] = old - h
            down = loss_fn(forward_fn(X, params), y)
            p[ix] = old
            grad[ix] = (up - down) / (2 * h)
            it.iternext()
        grads[key] = grad
    return grads
""",
        "unit directions, functional": """\
def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    def loss_with(name, p):
        return loss_fn(forward_fn(X, {**params, name: p}), y)

    def slope(name, p, direction):
        return (loss_with(name, p + h * direction) - loss_with(name, p - h * direction)) / (2 * h)

    def grad(name, p):
        basis = np.eye(p.size)
        return np.array([slope(name, p, e.reshape(p.shape)) for e in basis], dtype=float).reshape(p.shape)

    return {name: grad(name, np.asarray(p)) for name, p in params.items()}
""",
        "one flat vector of all parameters": """\
def _unflatten(theta, shapes):
    out, start = {}, 0
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        out[name] = theta[start:start + size].reshape(shape).copy()
        start += size
    return out


def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    shapes = {name: p.shape for name, p in params.items()}
    theta = np.concatenate([p.ravel() for p in params.values()] + [np.zeros(0)])
    loss = lambda t: loss_fn(forward_fn(X, _unflatten(t, shapes)), y)
    g = np.zeros_like(theta)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += h
        minus[i] -= h
        g[i] = (loss(plus) - loss(minus)) / (2 * h)
    return _unflatten(g, shapes)
""",
    },
    "perceptron_gradients": {
        "sample by sample": """\
import math


def perceptron_gradients(X, y, W, b):
    n, d = X.shape
    dW = np.zeros(W.shape)
    db = np.zeros(b.shape)
    for i in range(n):
        z = sum(X[i, j] * W[j, 0] for j in range(d)) + b.item()
        a = 0.5 * (1 + math.tanh(0.5 * z))
        err = a - y[i, 0]
        for j in range(d):
            dW[j, 0] += err * X[i, j] / n
        db += err / n
    return dW, db
""",
        "einsum, reshape": """\
def perceptron_gradients(X, y, W, b):
    scores = X @ W + b
    with np.errstate(over="ignore"):
        A = 1 / (1 + np.exp(-scores))
    E = (A - y) / len(X)
    return np.einsum("nd,nk->dk", X, E), np.add.reduce(E, axis=None).reshape(b.shape)
""",
        "augmented inputs": """\
def perceptron_gradients(X, y, W, b):
    ones = np.ones((X.shape[0], 1))
    Xa = np.concatenate((X, ones), axis=1)
    z = Xa @ np.concatenate((W, b.reshape(1, 1)))
    A = np.exp(-np.logaddexp(0, -z))
    g = Xa.T @ (A - y) / X.shape[0]
    return g[:-1], g[-1:].reshape(b.shape)
""",
        "mean over rows of x times error": """\
def perceptron_gradients(X, y, W, b):
    z = X.dot(W) + b
    e = np.exp(-np.abs(z))
    A = np.where(z >= 0, 1, e) / (1 + e)
    delta = A - y
    dW = np.mean(X * delta, axis=0).reshape(W.shape)
    db = np.full(b.shape, delta.mean())
    return dW, db
""",
    },
    "determinant": {
        "recursive expansion along the first row": """\
def determinant(A):
    n = len(A)
    if n == 1:
        return float(A[0][0])
    total = 0.0
    for j in range(n):
        minor = [[A[i][c] for c in range(n) if c != j] for i in range(1, n)]
        total += (-1) ** j * float(A[0][j]) * determinant(minor)
    return total
""",
        "Leibniz: sum over all permutations": """\
import itertools
import math


def sign(perm):
    inversions = sum(perm[i] > perm[j] for i in range(len(perm)) for j in range(i + 1, len(perm)))
    return -1 if inversions % 2 else 1


def determinant(A):
    rows = np.asarray(A, dtype=float).tolist()
    n = len(rows)
    return math.fsum(
        sign(perm) * math.prod(rows[i][perm[i]] for i in range(n)) for perm in itertools.permutations(range(n))
    )
""",
        "exact fractions, elimination with the first row that is not 0": """\
from fractions import Fraction


def determinant(A):
    M = [[Fraction(x) for x in row] for row in A.tolist()]
    n = len(M)
    det = Fraction(1)
    for k in range(n):
        rows = [i for i in range(k, n) if M[i][k] != 0]
        if not rows:
            return 0.0
        i = rows[0]
        if i != k:
            M[i], M[k] = M[k], M[i]
            det = -det
        det *= M[k][k]
        for r in range(k + 1, n):
            f = M[r][k] / M[k][k]
            M[r] = [x - f * y for x, y in zip(M[r], M[k])]
    return float(det)
""",
    },
    "eigenvalues_2x2": {
        "the formula of the text with cmath": """\
import cmath


def eigenvalues_2x2(A):
    a, b, c, d = [float(x) for x in np.ravel(A)]
    t = a + d
    det = a * d - b * c
    root = cmath.sqrt(t * t / 4 - det)
    return np.array([t / 2 + root, t / 2 - root])
""",
        "half difference of the diagonal, real array where real": """\
import math


def eigenvalues_2x2(A):
    (a, b), (c, d) = np.asarray(A, dtype=float)
    mid = 0.5 * (a + d)
    disc = (0.5 * (a - d)) ** 2 + b * c  # = trace^2 / 4 - det
    if disc < 0:
        w = math.sqrt(-disc)
        return np.array([complex(mid, w), complex(mid, -w)])
    s = math.sqrt(disc)
    return np.array([mid + s, mid - s])
""",
        "Vieta: the second root from the product, sorted": """\
def eigenvalues_2x2(A):
    A = np.asarray(A).astype(float)
    trace = A[0, 0] + A[1, 1]
    det = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    disc = trace**2 - 4 * det
    if disc < 0:
        z = complex(trace / 2, np.sqrt(-disc) / 2)
        return np.array([z, z.conjugate()])
    q = (trace + np.copysign(np.sqrt(disc), trace)) / 2
    other = det / q if q != 0 else 0.0
    return np.sort([q, other])[::-1]
""",
    },
    "eigenvectors_2x2": {
        "rotation by half the angle of atan2": """\
import math


def eigenvectors_2x2(A):
    theta = 0.5 * math.atan2(2.0 * A[0, 1], float(A[0, 0]) - float(A[1, 1]))
    c, s = math.cos(theta), math.sin(theta)
    return np.array([[c, -s], [s, c]])
""",
        "kernel of A - lambda I, the longer of two candidates": """\
def _kernel(a, b, d, lam):
    # (a - lam) x + b y = 0   and   b x + (d - lam) y = 0
    candidates = [(b, lam - a), (lam - d, b)]
    x, y = max(candidates, key=lambda c: c[0] ** 2 + c[1] ** 2)
    length = (x * x + y * y) ** 0.5
    return x / length, y / length


def eigenvectors_2x2(A):
    a, b, d = float(A[0][0]), float(A[0][1]), float(A[1][1])
    mean = (a + d) / 2
    radius = (((a - d) / 2) ** 2 + b**2) ** 0.5
    v1 = _kernel(a, b, d, mean + radius)
    v2 = _kernel(a, b, d, mean - radius)
    return np.array([v1, v2]).T
""",
        "one Jacobi rotation, columns sorted by eigenvalue": """\
def eigenvectors_2x2(A):
    A = np.array(A, dtype=float)
    if A[0, 1] == 0:
        V = np.eye(2)
    else:
        tau = (A[1, 1] - A[0, 0]) / (2 * A[0, 1])
        t = 1 / (abs(tau) + np.sqrt(1 + tau * tau))
        if tau < 0:
            t = -t
        c = 1 / np.sqrt(1 + t * t)
        s = c * t
        V = np.array([[c, s], [-s, c]])
    values = np.diag(V.T @ A @ V)
    return V[:, np.argsort(-values)]
""",
    },
    "frobenius_norm": {
        "power of two scaling with frexp and ldexp": """\
import math


def frobenius_norm(A):
    A = np.asarray(A, dtype=np.float64)
    _, e = math.frexp(float(np.abs(A).max()))
    B = np.ldexp(A, -e)
    return math.ldexp(math.sqrt(float(np.einsum("ij,ij->", B, B))), e)
""",
        "norm of the norms of the rows": """\
def _length(values):
    m = max(abs(x) for x in values)
    if m == 0.0:
        return 0.0
    return m * sum((x / m) ** 2 for x in values) ** 0.5


def frobenius_norm(A):
    return _length([_length([float(x) for x in row]) for row in A])
""",
        "Matlab: root of the trace of A'A, scaled": """\
def frobenius_norm(A):
    s = np.max(np.abs(A)) * 1.0
    if s == 0:
        return s
    B = A / s
    return s * np.sqrt(np.trace(B.T @ B))
""",
    },
    "inverse": {
        "Matlab: augmented matrix, rank-one update of all rows": """\
def inverse(A):
    n = A.shape[0]
    M = np.concatenate([A.astype(float), np.eye(n)], axis=1)
    for k in range(n):
        p = k + np.argmax(np.abs(M[k:, k]))
        if M[p, k] == 0:
            raise ValueError("matrix is singular")
        M[[k, p]] = M[[p, k]]
        M[k] = M[k] / M[k, k]
        factor = M[:, k].copy()
        factor[k] = 0
        M -= np.outer(factor, M[k])
    return M[:, n:]
""",
        "C: two nested lists, eliminate first and divide by the pivots last": """\
def inverse(A):
    n = len(A)
    a = [[float(x) for x in row] for row in A]
    inv = [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]
    for col in range(n):
        best = col
        for r in range(col + 1, n):
            if abs(a[r][col]) > abs(a[best][col]):
                best = r
        if a[best][col] == 0.0:
            raise ValueError("singular")
        if best != col:
            a[col], a[best] = a[best], a[col]
            inv[col], inv[best] = inv[best], inv[col]
        for r in range(n):
            if r == col:
                continue
            f = a[r][col] / a[col][col]
            a[r][col] = 0.0
            for j in range(col + 1, n):
                a[r][j] -= f * a[col][j]
            for j in range(n):
                inv[r][j] -= f * inv[col][j]
    for i in range(n):
        for j in range(n):
            inv[i][j] /= a[i][i]
    return np.array(inv)
""",
        "in place without the identity, columns unscrambled at the end": """\
def inverse(A):
    W = np.array(A, dtype=np.float64)
    n = len(W)
    order = list(range(n))
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(W[i, k]))
        pivot = W[p, k]
        if pivot == 0.0:
            raise ValueError(f"column {k} has only zeros left")
        if p != k:
            W[[k, p], :] = W[[p, k], :]
            order[k], order[p] = order[p], order[k]
        W[k, k] = 1.0
        W[k, :] /= pivot
        for i in range(n):
            if i != k:
                f = W[i, k]
                W[i, k] = 0.0
                W[i, :] -= f * W[k, :]
    result = np.empty_like(W)
    result[:, order] = W
    return result
""",
    },
    "l1_norm": {
        "max(x, -x), sum() of Python numbers": """\
def l1_norm(v):
    return sum(max(x, -x) for x in v.tolist())
""",
        "divide and conquer recursion": """\
def l1_norm(v):
    n = len(v)
    if n == 1:
        return abs(float(v[0]))
    mid = n // 2
    return l1_norm(v[:mid]) + l1_norm(v[mid:])
""",
        "dot product with the signs": """\
def l1_norm(v):
    v = np.asarray(v, dtype=float)
    return np.sign(v) @ v
""",
    },
    "l2_norm": {
        "functools.reduce of math.hypot": """\
import functools
import math


def l2_norm(v):
    return functools.reduce(math.hypot, (float(x) for x in v), 0.0)
""",
        "running scale and sum of squares, as in old BLAS": """\
import math


def l2_norm(v):
    scale = 0.0
    ssq = 1.0
    for i in range(len(v)):
        absxi = abs(float(v[i]))
        if absxi != 0.0:
            if scale < absxi:
                ratio = scale / absxi
                ssq = 1.0 + ssq * ratio * ratio
                scale = absxi
            else:
                ratio = absxi / scale
                ssq = ssq + ratio * ratio
    return scale * math.sqrt(ssq)
""",
        "beginner: early return for zeros, then in units of the largest": """\
def l2_norm(v):
    biggest = max(abs(v.astype(float)))
    if biggest == 0:
        return 0
    total = 0
    for number in v:
        total += (number / biggest) ** 2
    return biggest * total ** 0.5
""",
    },
    "l2_normalize": {
        "np.linalg.norm of the raveled array, early return": """\
def l2_normalize(A):
    norm = np.linalg.norm(np.ravel(A))
    if norm == 0:
        return np.zeros(np.shape(A))
    return A / norm
""",
        "np.divide with out and where": """\
def l2_normalize(A):
    A = np.asarray(A, dtype=float)
    norm = np.sqrt(np.add.reduce(np.square(A), axis=None))
    return np.divide(A, norm, out=np.zeros_like(A), where=norm > 0)
""",
        "flat Python list, hypot, reshape": """\
import math


def l2_normalize(A):
    A = np.array(A)
    numbers = [float(x) for x in A.flatten()]
    length = math.hypot(*numbers)
    if length > 0:
        numbers = [x / length for x in numbers]
    return np.array(numbers, dtype=float).reshape(A.shape)
""",
    },
    "pca_directions": {
        "singular value decomposition of the centered data": """\
def pca_directions(X, k):
    centered = X - X.mean(axis=0, keepdims=True)
    U, S, Vt = np.linalg.svd(centered, full_matrices=False)
    return Vt[:k].T
""",
        "covariance by loops, eigh, argsort": """\
def pca_directions(X, k):
    n = len(X)
    d = len(X[0])
    means = [sum(float(X[i][j]) for i in range(n)) / n for j in range(d)]
    cov = np.zeros((d, d))
    for row in X:
        diff = [float(row[j]) - means[j] for j in range(d)]
        for p in range(d):
            for q in range(d):
                cov[p, q] += diff[p] * diff[q] / (n - 1)
    values, vectors = np.linalg.eigh(cov)
    best = np.argsort(values)[::-1][:k]
    return np.column_stack([vectors[:, i] for i in best])
""",
        "np.cov of the transpose, last columns of eigh backwards": """\
def pca_directions(X, k):
    C = np.atleast_2d(np.cov(X.T))
    _, vectors = np.linalg.eigh(C)
    return -vectors[:, -1 : -k - 1 : -1]
""",
    },
    "power_iteration": {
        "C: explicit loops over lists": """\
import math


def power_iteration(A, v0, iterations):
    n = len(v0)
    v = [float(x) for x in v0]
    norm = math.sqrt(sum(x * x for x in v))
    v = [x / norm for x in v]
    for _ in range(iterations):
        w = [0.0] * n
        for i in range(n):
            for j in range(n):
                w[i] += float(A[i, j]) * v[j]
        norm = math.sqrt(sum(x * x for x in w))
        for i in range(n):
            v[i] = w[i] / norm
    top = 0.0
    for i in range(n):
        for j in range(n):
            top += v[i] * float(A[i, j]) * v[j]
    return top / sum(x * x for x in v), np.array(v)
""",
        "functools.reduce over the steps": """\
from functools import reduce


def unit(v):
    return v / np.sqrt(v @ v)


def power_iteration(A, v0, iterations):
    A = np.asarray(A, dtype=float)
    v = reduce(lambda w, _: unit(A @ w), range(iterations), unit(np.asarray(v0, dtype=float)))
    return np.einsum("i,ij,j->", v, A, v) / np.einsum("i,i->", v, v), v
""",
        "scaled by the largest entry on the way, length 1 only at the end": """\
def power_iteration(A, v0, iterations):
    v = v0 / np.max(np.abs(v0))
    for step in range(iterations):
        v = A.dot(v)
        v = v / np.max(np.abs(v))
    v = v / np.linalg.norm(v)
    return float(v.dot(A).dot(v) / v.dot(v)), v
""",
    },
    "chain_rule": {
        "point by point": """\
def chain_rule(df, g, dg, x):
    x = np.asarray(x)
    out = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        point = np.array(x[i])
        out[i] = df(g(point)) * dg(point)
    return out
""",
        "composed from lambdas": """\
def _compose(f, g):
    return lambda x: f(g(x))


def chain_rule(df, g, dg, x):
    outer = _compose(df, g)
    return np.multiply(outer(x), dg(x))
""",
        "flattened floats and einsum": """\
def chain_rule(df, g, dg, x):
    flat = np.asarray(x, dtype=float).ravel()
    slopes = np.einsum("i,i->i", df(g(flat)), dg(flat))
    return slopes.reshape(np.shape(x))
""",
    },
    "derivative": {
        "element by element": """\
def derivative(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    slopes = [(f(v + h) - f(v - h)) / (2 * h) for v in x.ravel().tolist()]
    return np.array(slopes, dtype=float).reshape(x.shape)
""",
        "one call for both sides": """\
def derivative(f, x, h=1e-5):
    offsets = np.array([h, -h])
    right, left = f(np.add.outer(offsets, x))
    return (right - left) / (2 * h)
""",
        "long double inside": """\
def derivative(f, x, h=1e-5):
    xl = np.asarray(x, dtype=np.longdouble)
    hl = np.longdouble(h)
    return np.asarray((f(xl + hl) - f(xl - hl)) / (hl + hl), dtype=float)
""",
        "half the difference, divided": """\
def derivative(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    ahead = x + h
    behind = x - h
    return 0.5 * np.subtract(f(ahead), f(behind)) / h
""",
    },
    "estimate_limit": {
        "both sides at 1e-4": """\
def estimate_limit(f, a):
    h = 1e-4
    left, right = f(a - h), f(a + h)
    if abs(right - left) > 0.05:
        return float("nan")
    return (left + right) / 2
""",
        "extrapolated from each side": """\
import math


def _one_sided(f, a, h):
    # 2 f(a + h) - f(a + 2h): the slope drops out
    return 2 * f(a + h) - f(a + 2 * h)


def estimate_limit(f, a):
    from_left = _one_sided(f, a, -1e-4)
    from_right = _one_sided(f, a, 1e-4)
    return 0.5 * (from_left + from_right) if math.isclose(from_left, from_right, abs_tol=1e-2) else math.nan
""",
        "medians of several distances": """\
import statistics


def estimate_limit(f, a):
    distances = [2e-5, 5e-5, 1e-4]
    left = statistics.median(f(a - d) for d in distances)
    right = statistics.median(f(a + d) for d in distances)
    if abs(left - right) >= 0.05:
        return np.nan
    return float(np.mean([left, right]))
""",
        "straight lines fitted on both sides": """\
def estimate_limit(f, a):
    steps = np.array([1e-4, 2e-4, 3e-4])
    lim = []
    for sign in (-1, 1):
        values = [f(float(a + sign * s)) for s in steps]
        slope, intercept = np.polyfit(steps, values, 1)
        lim.append(intercept)
    return float(sum(lim) / 2) if abs(lim[0] - lim[1]) < 0.02 else float("nan")
""",
    },
    "gradient_on_grid": {
        "beginner with cases": """\
def gradient_on_grid(y, x):
    n = len(y)
    slopes = []
    for i in range(n):
        if i == 0:
            slopes.append((y[1] - y[0]) / (x[1] - x[0]))
        elif i == n - 1:
            slopes.append((y[-1] - y[-2]) / (x[-1] - x[-2]))
        else:
            p = x[i] - x[i - 1]
            q = x[i + 1] - x[i]
            l = (y[i] - y[i - 1]) / p
            r = (y[i + 1] - y[i]) / q
            slopes.append((q * l + p * r) / (p + q))
    return np.array(slopes)
""",
        "diff and slices": """\
def gradient_on_grid(y, x):
    dx = np.diff(x)
    s = np.diff(y) / dx
    p, q = dx[:-1], dx[1:]
    inner = (q * s[:-1] + p * s[1:]) / (p + q)
    return np.concatenate(([s[0]], inner, [s[-1]]))
""",
        "derivative of Lagrange's parabola": """\
def gradient_on_grid(y, x):
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    g = np.empty(len(x))
    g[0] = (y[1] - y[0]) / (x[1] - x[0])
    g[-1] = (y[-2] - y[-1]) / (x[-2] - x[-1])
    for i in range(1, len(x) - 1):
        a, b, c = x[i - 1], x[i], x[i + 1]
        g[i] = (
            y[i - 1] * (b - c) / ((a - b) * (a - c))
            + y[i] * (2 * b - a - c) / ((b - a) * (b - c))
            + y[i + 1] * (b - a) / ((c - a) * (c - b))
        )
    return g
""",
        "matrix of differences": """\
def gradient_on_grid(y, x):
    n = len(x)
    h = np.diff(x).astype(float)
    D = np.zeros((n, n))
    D[0, :2] = np.array([-1, 1]) / h[0]
    D[-1, -2:] = np.array([-1, 1]) / h[-1]
    for i in range(1, n - 1):
        p, q = h[i - 1], h[i]
        D[i, i - 1] = -q / (p * (p + q))
        D[i, i] = (q - p) / (p * q)
        D[i, i + 1] = p / (q * (p + q))
    return D @ y
""",
    },
    "product_rule": {
        "dual numbers": """\
class Dual:
    def __init__(self, value, slope):
        self.value = value
        self.slope = slope

    def __mul__(self, other):
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)


def product_rule(u, du, v, dv):
    return (Dual(u, du) * Dual(v, dv)).slope
""",
        "flat comprehension": """\
def product_rule(u, du, v, dv):
    flat = [b * c + a * d for a, b, c, d in zip(u.ravel(), du.ravel(), v.ravel(), dv.ravel())]
    return np.reshape(np.array(flat, dtype=float), u.shape)
""",
        "einsum over stacked factors": """\
def product_rule(u, du, v, dv):
    return np.einsum("k...,k...->...", np.stack([du, u]), np.stack([v, dv]))
""",
        "polarised squares": """\
def product_rule(u, du, v, dv):
    # 2 u v = (u + v)^2 - u^2 - v^2, so the slope is (u + v)(du + dv) - u du - v dv
    return (u + v) * (du + dv) - u * du - v * dv
""",
    },
    "trapezoid": {
        "zip of neighbours": """\
def trapezoid(y, x):
    area = 0.0
    for x0, x1, y0, y1 in zip(x, x[1:], y, y[1:]):
        area += (x1 - x0) * (y0 + y1) / 2
    return area
""",
        "weights of the points": """\
def trapezoid(y, x):
    n = len(x)
    if n == 1:
        return 0.0
    w = np.zeros(n)
    w[0] = (x[1] - x[0]) / 2
    w[-1] = (x[-1] - x[-2]) / 2
    for i in range(1, n - 1):
        w[i] = (x[i + 1] - x[i - 1]) / 2
    return float(w @ y)
""",
        "mean of left and right rectangles": """\
def trapezoid(y, x):
    widths = np.diff(x)
    left_sum = np.dot(widths, y[:-1])
    right_sum = np.dot(widths, y[1:])
    return 0.5 * (left_sum + right_sum)
""",
        "shoelace": """\
def trapezoid(y, x):
    # twice the area under a side: (x1 y1 - x0 y0) + (x1 y0 - x0 y1), the first terms telescope
    cross = [x[i + 1] * y[i] - x[i] * y[i + 1] for i in range(len(x) - 1)]
    return float(x[-1] * y[-1] - x[0] * y[0] + sum(cross)) / 2
""",
    },
    "bayes_posterior": {
        "lists and zip": """\
def bayes_posterior(prior, likelihood):
    joint = [float(a) * float(b) for a, b in zip(prior, likelihood)]
    evidence = sum(joint)
    if evidence == 0:
        raise ValueError("impossible data")
    return np.array([j / evidence for j in joint])
""",
        "logarithms, subtract the maximum": """\
def bayes_posterior(prior, likelihood):
    with np.errstate(divide="ignore"):
        log_joint = np.log(prior) + np.log(likelihood)
    top = log_joint.max()
    if top == -np.inf:
        raise ValueError("the data have probability 0 under every hypothesis")
    w = np.exp(log_joint - top)
    return w / w.sum()
""",
        "ratios: one over the sum of odds": """\
def bayes_posterior(prior, likelihood):
    joint = np.multiply(prior, likelihood, dtype=float)
    if not np.any(joint > 0):
        raise ValueError("no hypothesis is left")
    post = np.zeros_like(joint)
    for i in range(len(joint)):
        if joint[i] > 0:
            post[i] = 1.0 / np.sum(joint / joint[i])
    return post
""",
    },
    "correlation": {
        "early return for constants, then sums in a loop": """\
import math


def correlation(x, y):
    xs, ys = [float(v) for v in x], [float(v) for v in y]
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        return math.nan
    n = len(xs)
    mx, my = math.fsum(xs) / n, math.fsum(ys) / n
    sxy = sxx = syy = 0.0
    for a, b in zip(xs, ys):
        sxy += (a - mx) * (b - my)
        sxx += (a - mx) ** 2
        syy += (b - my) ** 2
    return sxy / (math.sqrt(sxx) * math.sqrt(syy))
""",
        "cosine of the angle between centered unit vectors": """\
def unit(v):
    if np.ptp(v) == 0:
        return np.full(len(v), np.nan)
    v = v - np.mean(v)
    return v / np.linalg.norm(v)


def correlation(x, y):
    return float(unit(x) @ unit(y))
""",
        "mean product of z-scores with sample deviations": """\
def correlation(x, y):
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    if x.min() == x.max() or y.min() == y.max():
        return float("nan")
    zx = (x - x.mean()) / x.std(ddof=1)
    zy = (y - y.mean()) / y.std(ddof=1)
    return np.sum(zx * zy) / (len(x) - 1)
""",
        "from variances: (var(zx + zy) - var(zx - zy)) / 4": """\
def correlation(x, y):
    if np.all(x == x[0]) or np.all(y == y[0]):
        return np.nan
    zx = (x - np.mean(x)) / np.std(x)
    zy = (y - np.mean(y)) / np.std(y)
    return (np.var(zx + zy) - np.var(zx - zy)) / 4
""",
    },
    "covariance_matrix": {
        "beginner: two loops over columns, Python lists": """\
def covariance_matrix(X):
    n = len(X)
    d = len(X[0])
    columns = [[float(X[r][c]) for r in range(n)] for c in range(d)]
    averages = [sum(col) / n for col in columns]
    result = []
    for i in range(d):
        line = []
        for j in range(d):
            s = 0
            for r in range(n):
                s += (columns[i][r] - averages[i]) * (columns[j][r] - averages[j])
            line.append(s / (n - 1))
        result.append(line)
    return np.array(result)
""",
        "mathematician: centering matrix": """\
def covariance_matrix(X):
    n = X.shape[0]
    H = np.identity(n) - np.ones((n, n)) / n
    return X.T @ H @ H @ X / (n - 1)
""",
        "mean of outer products over rows": """\
def covariance_matrix(X):
    X = X.astype(np.float64)
    X = X - np.mean(X, axis=0)[None, :]
    return sum(np.outer(row, row) for row in X) / (len(X) - 1)
""",
    },
    "gamma_pdf": {
        "mask and fill a buffer of zeros": """\
import math


def gamma_pdf(x, shape, scale):
    x = np.asarray(x, dtype=float)
    out = np.zeros(x.shape)
    pos = x > 0
    logs = (shape - 1) * np.log(x[pos]) - x[pos] / scale - math.lgamma(shape) - shape * math.log(scale)
    out[pos] = np.exp(logs)
    return out
""",
        "np.where with errstate": """\
import math


def gamma_pdf(x, shape, scale):
    y = x / scale
    with np.errstate(all="ignore"):
        p = np.exp((shape - 1.0) * np.log(y) - y - math.lgamma(shape)) / scale
    return np.where(x > 0, p, 0.0)
""",
        "scalar helper in a comprehension, reshape": """\
from math import exp, lgamma, log


def _density(x, k, theta):
    if x < 0:
        return 0.0
    return exp((k - 1) * log(x) - x / theta - lgamma(k) - k * log(theta))


def gamma_pdf(x, shape, scale):
    x = np.array(x)
    values = [_density(float(v), shape, scale) for v in x.ravel()]
    return np.array(values, dtype=float).reshape(x.shape)
""",
    },
    "gaussian_pdf": {
        "np.vectorize of math on scalars": """\
import math


def gaussian_pdf(x, mu, sigma):
    if not sigma > 0:
        raise ValueError("sigma must be positive")

    def density(value):
        z = (value - mu) / sigma
        return math.exp(-0.5 * z * z) / (sigma * math.sqrt(2 * math.pi))

    return np.vectorize(density, otypes=[float])(np.asarray(x, dtype=float))
""",
        "log density, exponential at the end": """\
def gaussian_pdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be > 0")
    z = (np.asarray(x) - mu) / sigma
    log_p = -0.5 * z**2 - np.log(sigma) - 0.5 * np.log(2 * np.pi)
    return np.exp(log_p)
""",
        "flat loop into a zeros buffer, far points left at 0": """\
import math


def gaussian_pdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError(f"sigma is {sigma}")
    points = np.array(x, dtype=float)
    out = np.zeros_like(points)
    norm = 1.0 / (math.sqrt(2.0 * math.pi) * sigma)
    for index in np.ndindex(points.shape):
        z = abs(float(points[index]) - mu) / sigma
        if z < 40.0:
            out[index] = norm * math.exp(-z * z / 2.0)
    return out
""",
    },
    "mean": {
        "running mean, one number at a time": """\
def mean(x):
    m = 0.0
    for i, value in enumerate(x, start=1):
        m += (float(value) - m) / i
    return m
""",
        "exact fractions": """\
from fractions import Fraction


def mean(x):
    return float(sum(map(Fraction, x.tolist())) / len(x))
""",
        "dot product with equal weights": """\
def mean(x):
    n = x.shape[0]
    return np.dot(x, np.full(n, 1.0 / n))
""",
        "np.add.reduce over longdouble": """\
def mean(x):
    return np.add.reduce(x, dtype=np.longdouble) / x.size
""",
    },
    "p_value": {
        "trapezoidal rule in a scalar loop": """\
import math


def p_value(t, df):
    t = abs(t)
    steps = 10000
    h = t / steps
    log_c = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    c = math.exp(log_c)
    area = 0.0
    for i in range(steps + 1):
        x = i * h
        y = c * (1 + x * x / df) ** (-(df + 1) / 2)
        area += y / 2 if i in (0, steps) else y
    area *= h
    return max(0.0, 1 - 2 * area)
""",
        "incomplete beta function by its continued fraction": """\
import math


def _betacf(a, b, x):
    tiny = 1e-300
    c = 1.0
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 20000):
        for num in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + num * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + num / c
            c = c if abs(c) > tiny else tiny
            h *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return h


def _betainc(a, b, x, y):
    # regularized, y = 1 - x
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _betacf(a, b, x) / a
    return 1.0 - front * _betacf(b, a, y) / b


def p_value(t, df):
    if t == 0:
        return 1.0
    total = df + t * t
    return _betainc(df / 2.0, 0.5, df / total, t * t / total)
""",
        "Simpson in the angle, x = sqrt(df) tan(theta)": """\
import math


def p_value(t, df):
    # with x = sqrt(df) * tan(theta) the density becomes C * cos(theta)^(df - 1)
    C = math.exp(math.lgamma(0.5 * df + 0.5) - math.lgamma(0.5 * df)) / math.sqrt(math.pi)
    end = math.atan(abs(t) / math.sqrt(df))
    theta = np.linspace(0.0, end, 4001)
    f = np.cos(theta) ** (df - 1)
    w = np.ones(4001)
    w[1:-1:2] = 4
    w[2:-1:2] = 2
    area = C * (w @ f) * end / 4000 / 3
    return float(min(max(1 - 2 * area, 0.0), 1.0))
""",
    },
    "reject_null": {
        "beginner: if and else": """\
def reject_null(p, alpha=0.05):
    if p < alpha:
        return True
    elif p == alpha:
        return True
    else:
        return False
""",
        "not greater": """\
def reject_null(p, alpha=0.05):
    return not p > alpha
""",
        "NumPy's comparison": """\
def reject_null(p, alpha=0.05):
    return np.less_equal(p, alpha)
""",
    },
    "sample_bernoulli": {
        "one uniform number at a time, list of int": """\
def sample_bernoulli(p, size, rng):
    flips = []
    for _ in range(size):
        if rng.random() < p:
            flips.append(1)
        else:
            flips.append(0)
    return np.array(flips, dtype=int)
""",
        "ones from the upper end, int8": """\
def sample_bernoulli(p, size, rng):
    u = rng.random(size)
    return (u >= 1 - p).astype(np.int8)
""",
        "searchsorted in the cumulative probabilities": """\
def sample_bernoulli(p, size, rng):
    # 1 occupies [0, p), 0 occupies [p, 1)
    return 1 - np.searchsorted([p], rng.random(size), side="right")
""",
    },
    "sample_normal": {
        "scalar loop with math, u and v in turn": """\
import math


def sample_normal(mu, sigma, size, rng):
    out = np.empty(size)
    for i in range(size):
        u = rng.random()
        v = rng.random()
        out[i] = mu + sigma * math.sqrt(-2.0 * math.log(1.0 - u)) * math.cos(2.0 * math.pi * v)
    return out
""",
        "cosine and sine both used, last one cut off": """\
def sample_normal(mu, sigma, size, rng):
    half = (size + 1) // 2
    u, v = rng.random((2, half))
    radius = np.sqrt(-2 * np.log1p(-u))
    angle = 2 * np.pi * v
    z = np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])
    return z[:size] * sigma + mu
""",
        "points in the complex plane, viewed as pairs of reals": """\
def sample_normal(mu, sigma, size, rng):
    pairs = size // 2 + size % 2
    uv = rng.random((pairs, 2))
    z = np.sqrt(-2.0 * np.log(1.0 - uv[:, 0])) * np.exp(2j * np.pi * uv[:, 1])
    return mu + sigma * z.view(float)[:size]
""",
    },
    "sample_poisson": {
        "while loop for each draw": """\
import math


def sample_poisson(lam, size, rng):
    draws = []
    for _ in range(size):
        u = rng.random()
        k = 0
        p = math.exp(-lam)
        total = p
        while total <= u and p > 0:
            k += 1
            p = p * lam / k
            total += p
        draws.append(k)
    return np.array(draws, dtype=int)
""",
        "cumulative table and searchsorted": """\
def sample_poisson(lam, size, rng):
    k = np.arange(1, 400)
    pmf = np.exp(-lam) * np.concatenate([[1.0], np.cumprod(lam / k)])
    cdf = np.cumsum(pmf)
    return np.searchsorted(cdf, rng.random(size), side="right")
""",
        "all draws march together, floats with whole values": """\
def sample_poisson(lam, size, rng):
    rest = rng.random(size)
    count = np.zeros(size)
    prob = np.exp(-lam)
    rest = rest - prob
    for k in range(1, 500):
        alive = rest >= 0
        if not alive.any():
            break
        count[alive] += 1
        prob *= lam / k
        rest = np.where(alive, rest - prob, rest)
    return count
""",
    },
    "t_statistic": {
        "module statistics": """\
import statistics


def t_statistic(a, b):
    a, b = [float(x) for x in a], [float(x) for x in b]
    A = statistics.variance(a) / len(a)
    B = statistics.variance(b) / len(b)
    t = (statistics.mean(a) - statistics.mean(b)) / (A + B) ** 0.5
    return t, (A + B) ** 2 / (A**2 / (len(a) - 1) + B**2 / (len(b) - 1))
""",
        "share of the first error, 1 / df as a weighted sum": """\
def t_statistic(a, b):
    na, nb = a.size, b.size
    se2_a, se2_b = np.var(a, ddof=1) / na, np.var(b, ddof=1) / nb
    se2 = se2_a + se2_b
    share = se2_a / se2
    df = 1.0 / (share**2 / (na - 1) + (1 - share) ** 2 / (nb - 1))
    return (a.mean() - b.mean()) / np.sqrt(se2), df
""",
        "helper that returns mean, squared error and n - 1": """\
import math


def _describe(sample):
    n = len(sample)
    m = math.fsum(sample) / n
    return m, math.fsum((v - m) ** 2 for v in sample) / (n - 1) / n, n - 1


def t_statistic(a, b):
    (ma, ea, fa), (mb, eb, fb) = map(_describe, (a.tolist(), b.tolist()))
    return (ma - mb) / math.hypot(math.sqrt(ea), math.sqrt(eb)), (ea + eb) ** 2 / (ea * ea / fa + eb * eb / fb)
""",
    },
    "variance": {
        "Welford's recurrence": """\
def variance(x, ddof=0):
    count, centre, m2 = 0, 0.0, 0.0
    for value in x:
        value = float(value)
        count += 1
        delta = value - centre
        centre += delta / count
        m2 += delta * (value - centre)
    return m2 / (count - ddof)
""",
        "shift by the first number, then mean of squares minus square of mean": """\
def variance(x, ddof=0):
    x = np.asarray(x, dtype=float)
    n = x.size
    d = x - x[0]
    return (np.sum(d * d) - np.sum(d) ** 2 / n) / (n - ddof)
""",
        "exact fractions, Python sum": """\
from fractions import Fraction


def variance(x, ddof=0):
    numbers = [Fraction(v) for v in x.tolist()]
    n = len(numbers)
    mu = sum(numbers) / n
    return float(sum((v - mu) ** 2 for v in numbers) / (n - ddof))
""",
    },
    "compensated_sum": {
        "functools.reduce with a pair as state": """\
from functools import reduce


def step(state, value):
    total, corr = state
    t = total + value
    if abs(total) >= abs(value):
        return t, corr + ((total - t) + value)
    return t, corr + ((value - t) + total)


def compensated_sum(x):
    total, corr = reduce(step, map(float, x), (0.0, 0.0))
    return total + corr
""",
        "accumulate all totals, lost parts in one np.where": """\
def compensated_sum(x):
    x = np.asarray(x, dtype=np.float64)
    if x.size == 0:
        return 0.0
    after = np.add.accumulate(x)
    before = np.concatenate(([0.0], after[:-1]))
    lost = np.where(np.abs(before) >= np.abs(x), (before - after) + x, (x - after) + before)
    return after[-1] + np.sum(lost)
""",
        "branch-free error of an addition, after Knuth": """\
def two_sum(a, b):
    s = a + b
    bb = s - a
    return s, (a - (s - bb)) + (b - bb)


def compensated_sum(x):
    s = 0.0
    c = 0.0
    for v in x.tolist():
        s, e = two_sum(s, float(v))
        c += e
    return s + c
""",
        "larger and smaller by swapping, np.float64 scalars": """\
def compensated_sum(x):
    s = np.float64(0)
    comp = np.float64(0)
    for xi in x.astype(np.float64):
        big, small = (s, xi) if abs(s) >= abs(xi) else (xi, s)
        s = big + small
        comp += (big - s) + small
    return s + comp
""",
    },
    "condition_number_2x2": {
        "larger singular value squared over the determinant": """\
import math


def condition_number_2x2(A):
    a, b, c, d = (float(v) for v in np.ravel(A))
    D = abs(a * d - b * c)
    if D == 0:
        return math.inf
    F = a * a + b * b + c * c + d * d
    s = (math.sqrt(F + 2 * D) + math.sqrt(max(F - 2 * D, 0.0))) / 2
    return s * s / D
""",
        "half of F / D, then kappa = q + sqrt(q^2 - 1)": """\
def condition_number_2x2(A):
    A = np.asarray(A, dtype=float)
    D = abs(A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])
    if D == 0:
        return np.inf
    q = np.sum(A**2) / (2 * D)
    # kappa + 1 / kappa = F / D
    return q + np.sqrt(max((q - 1) * (q + 1), 0))
""",
        "sum and difference of two complex numbers": """\
def condition_number_2x2(A):
    (a, b), (c, d) = np.asarray(A).astype(float).tolist()
    det = a * d - b * c
    if det == 0:
        return float("inf")
    turn = abs(complex(a + d, c - b)) / 2
    flip = abs(complex(a - d, c + b)) / 2
    large = turn + flip
    small = abs(det) / large
    return large / small
""",
    },
    "float_parts": {
        "bits of the float by struct": """\
import struct


def float_parts(x):
    bits = struct.unpack(">Q", struct.pack(">d", float(x)))[0]
    sign = -1 if bits >> 63 else 1
    e = (bits >> 52) & 0x7FF
    m = bits & ((1 << 52) - 1)
    if e == 0x7FF:
        raise ValueError("inf or nan")
    if e == 0:
        return sign, -1022, m / 2**52
    return sign, e - 1023, 1 + m / 2**52
""",
        "read off the hexadecimal notation": """\
def float_parts(x):
    text = float(x).hex()
    if "0x" not in text:
        raise ValueError(text)
    sign = 1
    if text[0] == "-":
        sign = -1
        text = text[1:]
    mantissa, exponent = text.split("p")
    fraction = float.fromhex(mantissa)
    if fraction == 0:
        return sign, -1022, 0.0
    return sign, int(exponent), fraction
""",
        "doubling and halving in a loop": """\
import math


def float_parts(x):
    x = float(x)
    if x != x or x in (float("inf"), float("-inf")):
        raise ValueError("x must be finite")
    sign = int(math.copysign(1, x))
    f = abs(x)
    if f == 0.0:
        return (sign, -1022, f)
    e = 0
    while f >= 2.0:
        f /= 2.0
        e += 1
    while f < 1.0 and e > -1022:
        f *= 2.0
        e -= 1
    return (sign, e, f)
""",
        "np.frexp, one bit shifted": """\
def float_parts(x):
    x = np.float64(x)
    if not np.isfinite(x):
        raise ValueError("not finite")
    m, e = np.frexp(np.abs(x))
    exponent = max(int(e) - 1, -1022) if m else -1022
    fraction = float(np.ldexp(m, int(e) - exponent))
    return (-1 if np.signbit(x) else 1), exponent, fraction
""",
    },
    "integrate": {
        "C: loop with scalar calls": """\
def integrate(f, a, b, n):
    if n < 2 or n % 2 != 0:
        raise ValueError("n must be even and at least 2")
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        if i % 2 == 1:
            total += 4 * f(a + i * h)
        else:
            total += 2 * f(a + i * h)
    return total * h / 3
""",
        "two midpoint areas and one trapezoidal area": """\
def integrate(f, a, b, n):
    if n % 2 or n < 2:
        raise ValueError(n)
    m = n // 2
    width = (b - a) / m
    edges = [f(a + i * width) for i in range(m + 1)]
    mids = [f(a + (i + 0.5) * width) for i in range(m)]
    trapezoid = width * (sum(edges) - (edges[0] + edges[-1]) / 2)
    midpoint = width * sum(mids)
    return (2 * midpoint + trapezoid) / 3
""",
        "linspace, slices of one array call": """\
def integrate(f, a, b, n):
    if n < 2 or n & 1:
        raise ValueError("need an even number of steps")
    y = f(np.linspace(a, b, n + 1))
    return (y[0] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum() + y[-1]) * (b - a) / (3 * n)
""",
        "sum over pairs of steps": """\
def integrate(f, a, b, n):
    if n not in range(2, n + 1, 2):
        raise ValueError("n")
    h = (b - a) / n

    def parabola(i):
        return f(a + i * h) + 4.0 * f(a + (i + 1) * h) + f(a + (i + 2) * h)

    return h / 3.0 * sum(map(parabola, range(0, n, 2)))
""",
    },
    "logsumexp": {
        "one pass with a running maximum": """\
import math


def logsumexp(x):
    top = -math.inf
    total = 0.0
    for value in x:
        value = float(value)
        if value == -math.inf:
            continue
        if value <= top:
            total += math.exp(value - top)
        else:
            total = total * math.exp(top - value) + 1.0
            top = value
    if total == 0.0:
        return -math.inf
    return top + math.log(total)
""",
        "pairwise reduction with log1p": """\
import functools
import math


def _add(a, b):
    hi, lo = max(a, b), min(a, b)
    if lo == -math.inf:
        return hi
    return hi + math.log1p(math.exp(lo - hi))


def logsumexp(x):
    return functools.reduce(_add, [float(v) for v in x])
""",
        "drop -inf first, log1p of all but the largest": """\
def logsumexp(x):
    x = np.sort(np.asarray(x, dtype=float))
    x = x[x > -np.inf]
    if len(x) == 0:
        return -np.inf
    c = x[-1]
    return c + np.log1p(np.sum(np.exp(x[:-1] - c)))
""",
    },
    "machine_epsilon": {
        "one-element arrays of the type, while loop": """\
def machine_epsilon(dtype):
    one = np.ones(1, dtype=dtype)
    eps = np.ones(1, dtype=dtype)
    half = np.array([0.5], dtype=dtype)
    while (one + eps * half)[0] > one[0]:
        eps = eps * half
    return float(eps[0])
""",
        "recursion": """\
def _halve(eps, T):
    smaller = eps / T(2)
    if T(1) + smaller > T(1):
        return _halve(smaller, T)
    return eps


def machine_epsilon(dtype):
    T = np.dtype(dtype).type
    return _halve(T(1), T)
""",
        "all halvings at once, last one that counts": """\
def machine_epsilon(dtype):
    one = np.array(1, dtype=dtype)
    eps = np.ldexp(1.0, -np.arange(64)).astype(dtype)
    return eps[one + eps > one].min()
""",
    },
    "newton_minimize": {
        "own elimination with pivots": """\
def _solve(H, g):
    n = len(g)
    M = [[float(v) for v in H[i]] + [float(g[i])] for i in range(n)]
    for k in range(n):
        p = max(range(k, n), key=lambda r: abs(M[r][k]))
        if M[p][k] == 0.0:
            raise ValueError("singular Hessian")
        M[k], M[p] = M[p], M[k]
        for r in range(k + 1, n):
            f = M[r][k] / M[k][k]
            for c in range(k, n + 1):
                M[r][c] -= f * M[k][c]
    x = [0.0] * n
    for k in reversed(range(n)):
        x[k] = (M[k][n] - sum(M[k][c] * x[c] for c in range(k + 1, n))) / M[k][k]
    return x


def newton_minimize(grad, hess, x0, iterations):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - np.array(_solve(hess(x), grad(x)))
    return x
""",
        "eigenvectors of the Hessian": """\
def newton_minimize(grad, hess, x0, iterations):
    x = x0.astype(float)
    for _ in range(iterations):
        w, Q = np.linalg.eigh(hess(x))
        if np.any(np.abs(w) <= 1e-15 * np.abs(w).max()):
            raise ValueError("Hessian is singular")
        x = x - Q @ ((Q.T @ grad(x)) / w)
    return x
""",
        "inverse times gradient, in place on a copy": """\
def newton_minimize(grad, hess, x0, iterations):
    x = x0.astype(float).copy()
    while iterations > 0:
        x -= np.linalg.inv(hess(x)) @ grad(x)
        iterations -= 1
    return x
""",
    },
    "relative_error": {
        "flat loop into a buffer": """\
def relative_error(approx, exact):
    a = np.array(approx, dtype=float)
    e = np.array(exact, dtype=float)
    result = np.zeros_like(a)
    for i in range(a.size):
        p, q = a.flat[i], e.flat[i]
        biggest = max(abs(p), abs(q))
        if biggest > 0:
            result.flat[i] = abs(p - q) / biggest
    return result
""",
        "np.where around a denominator that is never 0": """\
def relative_error(approx, exact):
    approx, exact = np.asarray(approx, dtype=np.float64), np.asarray(exact, dtype=np.float64)
    size = np.maximum(np.abs(approx), np.abs(exact))
    return np.asarray(np.abs(approx - exact) / np.where(size == 0, 1.0, size))
""",
        "nan_to_num of 0/0": """\
def relative_error(approx, exact):
    pair = np.array([approx, exact], dtype=float)
    with np.errstate(invalid="ignore"):
        ratio = np.abs(pair[0] - pair[1]) / np.abs(pair).max(axis=0)
    return np.nan_to_num(ratio, nan=0.0)
""",
    },
    "batch_norm_backward": {
        "the graph backwards, node by node": """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = X.shape[0]
    # forwards
    mu = X.mean(axis=0)
    xc = X - mu
    var = (xc**2).mean(axis=0)
    std = np.sqrt(var + eps)
    ivar = 1.0 / std
    xhat = xc * ivar
    # backwards
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    divar = (dxhat * xc).sum(axis=0)
    dxc = dxhat * ivar
    dstd = -divar / std**2
    dvar = dstd * 0.5 / std
    dxc = dxc + dvar * 2.0 * xc / n
    dmu = -dxc.sum(axis=0)
    dX = dxc + dmu / n
    return dX, dgamma, dbeta
""",
        "an n x n Jacobian for each column": """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n, d = X.shape
    dX = np.empty((n, d))
    dgamma = np.empty(d)
    dbeta = np.empty(d)
    for j in range(d):
        x = X[:, j].astype(float)
        g = dout[:, j].astype(float)
        s = np.sqrt(np.var(x) + eps)
        xhat = (x - np.mean(x)) / s
        J = (np.eye(n) - np.ones((n, n)) / n - np.outer(xhat, xhat) / n) / s
        dX[:, j] = gamma[j] * (J.T @ g)
        dgamma[j] = g @ xhat
        dbeta[j] = sum(g)
    return dX, dgamma, dbeta
""",
        "projection: subtract means of dout and of dout times xhat": """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = len(X)
    centered = X - np.mean(X, axis=0, keepdims=True)
    sd = np.sqrt(np.mean(centered**2, axis=0, keepdims=True) + eps)
    xhat = centered / sd
    dbeta = np.ones(n) @ dout
    dgamma = np.einsum("nd,nd->d", dout, xhat)
    dX = gamma / sd * (dout - dbeta / n - xhat * dgamma / n)
    return dX, dgamma, dbeta
""",
    },
    "batch_norm_forward": {
        "column by column, Python sums": """\
import math


def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    n, d = X.shape
    out = np.zeros((n, d))
    rm = np.array(running_mean, dtype=float)
    rv = np.array(running_var, dtype=float)
    for j in range(d):
        if training:
            col = [float(v) for v in X[:, j]]
            m = sum(col) / n
            var = sum((v - m) ** 2 for v in col) / n
            rm[j] = momentum * rm[j] + (1 - momentum) * m
            rv[j] = momentum * rv[j] + (1 - momentum) * var
        else:
            m, var = rm[j], rv[j]
        for i in range(n):
            out[i, j] = gamma[j] * (X[i, j] - m) / math.sqrt(var + eps) + beta[j]
    return out, rm, rv
""",
        "one scale and one shift per column, running values moved towards the batch": """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    X = np.asarray(X, dtype=float)
    mu, var = running_mean, running_var
    if training:
        mu = X.mean(0)
        var = ((X - mu) ** 2).mean(0)
        running_mean = running_mean + (1 - momentum) * (mu - running_mean)
        running_var = running_var + (1 - momentum) * (var - running_var)
    scale = gamma / np.sqrt(var + eps)
    return (X - mu) * scale + beta, running_mean, running_var
""",
        "early return for evaluation, reciprocal root, einsum": """\
def _normalize(X, mean, var, gamma, beta, eps):
    return np.einsum("nd,d->nd", X - mean, gamma * (var + eps) ** -0.5) + beta[None, :]


def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        out = _normalize(X, running_mean, running_var, gamma, beta, eps)
        return out, running_mean.copy(), running_var.copy()
    mean = np.add.reduce(X, axis=0) / len(X)
    var = np.var(X, axis=0, ddof=0)
    new_mean = np.average([running_mean, mean], axis=0, weights=[momentum, 1 - momentum])
    new_var = np.average([running_var, var], axis=0, weights=[momentum, 1 - momentum])
    return _normalize(X, mean, var, gamma, beta, eps), new_mean, new_var
""",
    },
    "conv2d": {
        "C: four loops, padding by an index test": """\
def conv2d(image, kernel, stride=1, padding=0):
    h, w = image.shape
    a, b = kernel.shape
    oh = (h + 2 * padding - a) // stride + 1
    ow = (w + 2 * padding - b) // stride + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            s = 0.0
            for p in range(a):
                for q in range(b):
                    y = i * stride + p - padding
                    x = j * stride + q - padding
                    if 0 <= y < h and 0 <= x < w:
                        s += float(image[y, x]) * float(kernel[p, q])
            out[i, j] = s
    return out
""",
        "sliding_window_view and tensordot": """\
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(image, kernel, stride=1, padding=0):
    padded = np.pad(np.asarray(image, dtype=float), padding)
    windows = sliding_window_view(padded, kernel.shape)[::stride, ::stride]
    return np.tensordot(windows, kernel, axes=([2, 3], [0, 1]))
""",
        "shifted pictures, one for each weight": """\
def conv2d(image, kernel, stride=1, padding=0):
    h, w = image.shape
    a, b = kernel.shape
    padded = np.zeros((h + 2 * padding, w + 2 * padding))
    padded[padding : padding + h, padding : padding + w] = image
    rows = (h + 2 * padding - a) // stride + 1
    cols = (w + 2 * padding - b) // stride + 1
    result = np.zeros((rows, cols))
    for p in range(a):
        for q in range(b):
            result += kernel[p, q] * padded[p : p + rows * stride : stride, q : q + cols * stride : stride][:rows, :cols]
    return result
""",
        "im2col: a matrix of flattened windows": """\
def conv2d(image, kernel, stride=1, padding=0):
    a, b = kernel.shape
    big = np.pad(image.astype(float), ((padding, padding), (padding, padding)), mode="constant")
    tops = range(0, big.shape[0] - a + 1, stride)
    lefts = range(0, big.shape[1] - b + 1, stride)
    patches = np.array([big[t : t + a, l : l + b].flatten() for t in tops for l in lefts])
    return (patches @ kernel.flatten()).reshape(len(tops), len(lefts))
""",
    },
    "conv2d_backward": {
        "four loops, plain += into both buffers": """\
def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    dimage = np.zeros(image.shape)
    dkernel = np.zeros(kernel.shape)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            for p in range(a):
                for q in range(b):
                    dimage[i + p, j + q] += float(dout[i, j]) * float(kernel[p, q])
                    dkernel[p, q] += float(dout[i, j]) * float(image[i + p, j + q])
    return dimage, dkernel
""",
        "padded dout with the turned kernel; picture with dout as kernel": """\
def _correlate(picture, window):
    a, b = window.shape
    h, w = picture.shape[0] - a + 1, picture.shape[1] - b + 1
    return np.array([[np.sum(picture[i : i + a, j : j + b] * window) for j in range(w)] for i in range(h)])


def conv2d_backward(dout, image, kernel):
    dout, image, kernel = (np.asarray(m, dtype=float) for m in (dout, image, kernel))
    a, b = kernel.shape
    around = np.pad(dout, ((a - 1, a - 1), (b - 1, b - 1)))
    return _correlate(around, np.rot90(kernel, 2)), _correlate(image, dout)
""",
        "loop over the weights only": """\
def conv2d_backward(dout, image, kernel):
    oh, ow = dout.shape
    dimage = np.zeros_like(image, dtype=np.float64)
    dkernel = np.empty_like(kernel, dtype=np.float64)
    for (p, q), weight in np.ndenumerate(kernel):
        dkernel[p, q] = np.einsum("ij,ij", dout, image[p : p + oh, q : q + ow].astype(float))
        dimage[p : p + oh, q : q + ow] += float(weight) * dout
    return dimage, dkernel
""",
    },
    "dense_backward": {
        "sum of outer products, sample by sample": """\
def dense_backward(dZ, A_prev, W):
    dA = []
    dW = np.zeros(W.shape)
    db = np.zeros((W.shape[0], 1))
    for dz, a in zip(dZ.T, A_prev.T):
        dA.append(W.T @ dz)
        dW = dW + np.outer(dz, a)
        db = db + dz.reshape(-1, 1)
    return np.array(dA).T, dW, db
""",
        "three einsums": """\
def dense_backward(dZ, A_prev, W):
    dA_prev = np.einsum("ij,is->js", W, dZ)
    dW = np.einsum("is,js->ij", dZ, A_prev)
    db = np.einsum("is->i", dZ)[:, None]
    return dA_prev, dW, db
""",
        "bias as one more weight, split afterwards": """\
def dense_backward(dZ, A_prev, W):
    ones = np.ones((1, dZ.shape[1]))
    both = np.dot(dZ, np.vstack((A_prev, ones)).T)
    dW, db = both[:, :-1], both[:, -1:]
    return np.dot(dZ.T, W).T, dW, db
""",
    },
    "dense_forward": {
        "triple loop": """\
def dense_forward(A_prev, W, b):
    k, k_prev = W.shape
    m = A_prev.shape[1]
    Z = np.zeros((k, m))
    for i in range(k):
        for s in range(m):
            z = float(b[i, 0])
            for j in range(k_prev):
                z += W[i, j] * A_prev[j, s]
            Z[i, s] = z
    return Z
""",
        "bias as one more weight of an input 1": """\
def dense_forward(A_prev, W, b):
    m = A_prev.shape[1]
    return np.hstack([W, b]) @ np.vstack([A_prev, np.ones((1, m))])
""",
        "einsum, in place on the result": """\
def dense_forward(A_prev, W, b):
    Z = np.einsum("ij,js->is", W, A_prev).astype(float)
    Z += b
    return Z
""",
    },
    "dropout": {
        "np.where on the draws": """\
def dropout(X, p, rng, training=True):
    if not training:
        return X
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    return np.where(rng.random(X.shape) >= p, X / (1 - p), 0.0)
""",
        "float copy, dropped entries overwritten": """\
def dropout(X, p, rng, training=True):
    out = np.array(X, dtype=float)
    if training:
        if p < 0 or p >= 1:
            raise ValueError(f"p = {p}")
        draws = rng.random(X.shape)
        out[draws < p] = 0.0
        out /= 1.0 - p
    return out
""",
        "loop over flat positions": """\
def dropout(X, p, rng, training=True):
    if training == False:
        return X.copy()
    if p < 0:
        raise ValueError("p is negative")
    if p >= 1:
        raise ValueError("p is 1 or more")
    u = np.asarray(rng.random(X.shape))
    result = []
    for value, draw in zip(X.ravel(), u.ravel()):
        keep = 1 if draw >= p else 0
        result.append(keep * value / (1 - p))
    return np.array(result, dtype=float).reshape(X.shape)
""",
    },
    "layer_norm": {
        "row by row, fsum": """\
import math


def layer_norm(X, gamma, beta, eps=1e-5):
    result = []
    for row in X.tolist():
        d = len(row)
        m = math.fsum(row) / d
        v = math.fsum((x - m) ** 2 for x in row) / d
        result.append([g * (x - m) / math.sqrt(v + eps) + b for x, g, b in zip(row, gamma, beta)])
    return np.array(result)
""",
        "shift by the first entry, work in the transpose": """\
def layer_norm(X, gamma, beta, eps=1e-5):
    rows = np.asarray(X, dtype=float).T
    rows = rows - rows[0]
    rows = rows - np.mean(rows, axis=0)
    rows = rows / np.sqrt(np.mean(rows**2, axis=0) + eps)
    return rows.T * gamma + beta
""",
        "np.apply_along_axis of a scalar-minded helper": """\
def layer_norm(X, gamma, beta, eps=1e-5):
    def one(x):
        c = x - x.sum() / x.size
        return gamma * (c / (np.dot(c, c) / c.size + eps) ** 0.5) + beta

    return np.apply_along_axis(one, -1, X)
""",
        "longdouble inside, float64 outside": """\
def layer_norm(X, gamma, beta, eps=1e-5):
    Y = X.astype(np.longdouble)
    mean = Y.mean(axis=1)[:, np.newaxis]
    var = Y.var(axis=1)[:, np.newaxis]
    return (gamma * (Y - mean) / np.sqrt(var + eps) + beta).astype(float)
""",
    },
    "max_pool": {
        "nested comprehension": """\
def max_pool(image, size):
    h, w = image.shape
    if h % size or w % size:
        raise ValueError("picture does not divide into blocks")
    return np.array(
        [[image[r : r + size, c : c + size].max() for c in range(0, w, size)] for r in range(0, h, size)]
    )
""",
        "maximum of the size^2 strided pictures": """\
from functools import reduce


def max_pool(image, size):
    if any(side % size for side in image.shape):
        raise ValueError(f"{image.shape} is no multiple of {size}")
    return reduce(np.maximum, (image[i::size, j::size] for i in range(size) for j in range(size)))
""",
        "C: start at minus infinity, compare": """\
def max_pool(image, size):
    h, w = image.shape
    if h % size != 0 or w % size != 0:
        raise ValueError("h and w must be multiples of size")
    out = np.full((h // size, w // size), -np.inf)
    for y in range(h):
        for x in range(w):
            if image[y, x] > out[y // size, x // size]:
                out[y // size, x // size] = image[y, x]
    return out
""",
        "np.maximum.reduceat along both axes": """\
def max_pool(image, size):
    h, w = image.shape
    if divmod(h, size)[1] + divmod(w, size)[1] > 0:
        raise ValueError("size")
    columns = np.maximum.reduceat(image, np.arange(0, w, size), axis=1)
    return np.maximum.reduceat(columns, np.arange(0, h, size), axis=0)
""",
    },
    "mlp_backward": {
        "sample by sample, sums of outer products": """\
def mlp_backward(Y, cache, params):
    X, Z1, A1, P = cache["X"], cache["Z1"], cache["A1"], cache["P"]
    n = len(Y)
    grads = {name: np.zeros(np.shape(value)) for name, value in params.items()}
    for s in range(n):
        dz2 = (P[s] - Y[s]) / n
        grads["W2"] += np.outer(A1[s], dz2)
        grads["b2"] += dz2
        dz1 = params["W2"] @ dz2
        dz1[Z1[s] <= 0] = 0.0
        grads["W1"] += np.outer(X[s], dz1)
        grads["b1"] += dz1
    return grads
""",
        "einsum, divided by n at the end": """\
def mlp_backward(Y, cache, params):
    n = Y.shape[0]
    d2 = cache["P"] - Y
    d1 = np.einsum("sk,hk->sh", d2, params["W2"]) * (cache["Z1"] > 0)
    return {
        "W1": np.einsum("sd,sh->dh", cache["X"], d1) / n,
        "b1": np.einsum("sh->h", d1) / n,
        "W2": np.einsum("sh,sk->hk", cache["A1"], d2) / n,
        "b2": np.einsum("sk->k", d2) / n,
    }
""",
        "PyTorch user: where for the ReLU, ones vector for the biases": """\
def linear_backward(grad_output, inp, weight):
    ones = np.ones(len(inp))
    return grad_output @ weight.T, inp.T @ grad_output, ones @ grad_output


def mlp_backward(Y, cache, params):
    grad_logits = np.divide(cache["P"] - Y, len(Y))
    grad_a1, gW2, gb2 = linear_backward(grad_logits, cache["A1"], params["W2"])
    grad_z1 = np.where(cache["Z1"] > 0, grad_a1, 0.0)
    _, gW1, gb1 = linear_backward(grad_z1, cache["X"], params["W1"])
    return dict(W1=gW1, b1=gb1, W2=gW2, b2=gb2)
""",
    },
    "mlp_forward": {
        "row by row with Python lists": """\
import math


def softmax(scores):
    top = max(scores)
    e = [math.exp(s - top) for s in scores]
    return [v / sum(e) for v in e]


def mlp_forward(X, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    Z1, A1, P = [], [], []
    for x in X:
        z1 = [sum(x[i] * W1[i, j] for i in range(len(x))) + b1[j] for j in range(len(b1))]
        a1 = [max(0.0, z) for z in z1]
        z2 = [sum(a1[i] * W2[i, j] for i in range(len(a1))) + b2[j] for j in range(len(b2))]
        Z1.append(z1)
        A1.append(a1)
        P.append(softmax(z2))
    P = np.array(P)
    return P, {"X": X, "Z1": np.array(Z1), "A1": np.array(A1), "P": P}
""",
        "log-softmax, ReLU as a product with a mask": """\
def mlp_forward(X, params):
    Z1 = X.dot(params["W1"]) + params["b1"]
    A1 = Z1 * (Z1 > 0)
    Z2 = A1.dot(params["W2"]) + params["b2"]
    c = Z2.max(axis=1)[:, None]
    logP = Z2 - c - np.log(np.exp(Z2 - c).sum(axis=1)[:, None])
    P = np.exp(logP)
    cache = dict(X=X, Z1=Z1, A1=A1, P=P)
    return P, cache
""",
        "functional: ReLU as a mean with the absolute value, apply_along_axis": """\
def _softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def mlp_forward(X, params):
    X = np.asarray(X, dtype=float)
    Z1 = X @ params["W1"] + params["b1"]
    A1 = (Z1 + np.abs(Z1)) / 2
    P = np.apply_along_axis(_softmax, 1, A1 @ params["W2"] + params["b2"])
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}
""",
    },
    "rnn_backward": {
        "one step at a time, outer products into buffers": """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    T = len(X)
    dX = np.zeros(X.shape)
    dWx = np.zeros(Wx.shape)
    dWh = np.zeros(Wh.shape)
    db = np.zeros(Wh.shape[1])
    carry = np.zeros(len(h0))
    t = T - 1
    while t >= 0:
        before = H[t - 1] if t > 0 else h0
        dz = (dH[t] + carry) * (1 - H[t] ** 2)
        dX[t] = Wx @ dz
        dWx += np.outer(X[t], dz)
        dWh += np.outer(before, dz)
        db += dz
        carry = Wh @ dz
        t -= 1
    return dX, carry, dWx, dWh, db
""",
        "all dz first, then three matrix products": """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    slope = 1.0 - np.square(H)
    dZ = np.zeros_like(H, dtype=float)
    later = np.zeros(H.shape[1])
    for t in reversed(range(H.shape[0])):
        dZ[t] = slope[t] * (dH[t] + later)
        later = dZ[t] @ Wh.T
    before = np.vstack([h0[None, :], H[:-1]])
    return dZ @ Wx.T, later, X.T @ dZ, before.T @ dZ, dZ.sum(axis=0)
""",
        "recursion from the first step, sums of the tails": """\
def _back(dH, X, H, h0, Wx, Wh):
    if len(X) == 0:
        d, k = Wx.shape
        return [], np.zeros(k), np.zeros((d, k)), np.zeros((k, k)), np.zeros(k)
    h = H[0]
    rows, dh, dWx, dWh, db = _back(dH[1:], X[1:], H[1:], h, Wx, Wh)
    dz = (1 - h) * (1 + h) * (dH[0] + dh)
    return (
        [Wx @ dz] + rows,
        Wh @ dz,
        dWx + X[0][:, None] * dz[None, :],
        dWh + h0[:, None] * dz[None, :],
        db + dz,
    )


def rnn_backward(dH, X, H, h0, Wx, Wh):
    dX, dh0, dWx, dWh, db = _back(dH, X, H, h0, Wx, Wh)
    return np.array(dX), dh0, dWx, dWh, db
""",
    },
    "rnn_forward": {
        "scalars and math.tanh": """\
import math


def rnn_forward(X, h0, Wx, Wh, b):
    T, d = X.shape
    k = len(h0)
    H = np.zeros((T, k))
    prev = [float(v) for v in h0]
    for t in range(T):
        new = []
        for j in range(k):
            z = float(b[j])
            for i in range(d):
                z += X[t, i] * Wx[i, j]
            for i in range(k):
                z += prev[i] * Wh[i, j]
            new.append(math.tanh(z))
        H[t] = new
        prev = new
    return H
""",
        "input and state side by side, weights stacked, tanh by exponentials": """\
def tanh(z):
    # 1 - 2 / (e^2z + 1), from the side where the exponential is small
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


def rnn_forward(X, h0, Wx, Wh, b):
    W = np.vstack([Wx, Wh])
    states = [np.asarray(h0, dtype=float)]
    for x in X:
        states.append(tanh(np.concatenate([x, states[-1]]) @ W + b))
    return np.array(states)[1:]
""",
        "itertools.accumulate, like scan in JAX": """\
from itertools import accumulate


def rnn_forward(X, h0, Wx, Wh, b):
    drive = X @ Wx + b
    states = accumulate(drive, lambda h, z: np.tanh(z + h @ Wh), initial=h0)
    next(states)
    return np.array(list(states), dtype=float).reshape(X.shape[0], len(h0))
""",
    },
    "train_mlp": {
        "small functions, new parameters at every step": """\
def forward(X, p):
    Z1 = X @ p["W1"] + p["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ p["W2"] + p["b2"]
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return Z1, A1, E / E.sum(axis=1, keepdims=True)


def gradients(X, Y, p):
    Z1, A1, P = forward(X, p)
    dZ2 = (P - Y) / len(X)
    dZ1 = (dZ2 @ p["W2"].T) * (Z1 > 0)
    return {"W1": X.T @ dZ1, "b1": dZ1.sum(0), "W2": A1.T @ dZ2, "b2": dZ2.sum(0)}


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            g = gradients(X[rows], Y[rows], params)
            params = {key: params[key] - lr * g[key] for key in params}
        P = forward(X, params)[2]
        losses.append(-np.log(P[Y == 1]).mean())
    return params, losses
""",
        "in place on copies, log-softmax loss, array_split at multiples": """\
def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    X = np.asarray(X, dtype=float)
    Y = np.asarray(Y, dtype=float)
    n = X.shape[0]
    W1 = params["W1"].astype(float).copy()
    b1 = params["b1"].astype(float).copy()
    W2 = params["W2"].astype(float).copy()
    b2 = params["b2"].astype(float).copy()

    def log_probs(x):
        z1 = x @ W1 + b1
        a1 = z1.clip(min=0)
        z2 = a1 @ W2 + b2
        z2 = z2 - z2.max(axis=1)[:, None]
        return z1, a1, z2 - np.log(np.exp(z2).sum(axis=1))[:, None]

    history = []
    for epoch in range(epochs):
        order = rng.permutation(n)
        for idx in np.split(order, range(batch_size, n, batch_size)):
            x, y = X[idx], Y[idx]
            z1, a1, logp = log_probs(x)
            d2 = (np.exp(logp) - y) / len(idx)
            d1 = d2 @ W2.T
            d1[z1 <= 0] = 0
            gW1, gb1, gW2, gb2 = x.T @ d1, d1.sum(axis=0), a1.T @ d2, d2.sum(axis=0)
            W1 -= lr * gW1
            b1 -= lr * gb1
            W2 -= lr * gW2
            b2 -= lr * gb2
        history.append(float(-(Y * log_probs(X)[2]).sum() / n))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, history
""",
        "samples one after another, gradients summed over the batch": """\
import math


def _sample(x, p):
    z1 = x @ p["W1"] + p["b1"]
    a1 = np.where(z1 > 0, z1, 0.0)
    z2 = a1 @ p["W2"] + p["b2"]
    e = np.exp(z2 - max(z2))
    return z1, a1, e / sum(e)


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    n = len(X)
    p = {name: np.array(value, dtype=float) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        todo = list(rng.permutation(n))
        while todo:
            batch, todo = todo[:batch_size], todo[batch_size:]
            total = {name: np.zeros_like(value) for name, value in p.items()}
            for i in batch:
                z1, a1, prob = _sample(X[i], p)
                dz2 = prob - Y[i]
                dz1 = (p["W2"] @ dz2) * (z1 > 0)
                total["W2"] += np.outer(a1, dz2)
                total["b2"] += dz2
                total["W1"] += np.outer(X[i], dz1)
                total["b1"] += dz1
            for name in p:
                p[name] -= lr * total[name] / len(batch)
        losses.append(sum(-math.log(_sample(X[i], p)[2][np.argmax(Y[i])]) for i in range(n)) / n)
    return p, losses
""",
    },
    "attention_backward": {
        "query by query with the Jacobian of the softmax": """\
def attention_backward(dO, Q, K, V):
    n, dk = Q.shape
    root = np.sqrt(dk)
    dQ = np.zeros(Q.shape)
    dK = np.zeros(K.shape)
    dV = np.zeros(V.shape)
    for i in range(n):
        s = K @ Q[i] / root
        a = np.exp(s - s.max())
        a = a / a.sum()
        jacobian = np.diag(a) - np.outer(a, a)
        ds = jacobian @ (V @ dO[i])
        dQ[i] = ds @ K / root
        dK += np.outer(ds, Q[i]) / root
        dV += np.outer(a, dO[i])
    return dQ, dK, dV
""",
        "einsum; row term from the output instead of the weights": """\
def attention_backward(dO, Q, K, V):
    c = Q.shape[-1] ** -0.5
    S = np.einsum("nd,md->nm", Q, K) * c
    A = np.exp(S - S.max(-1, keepdims=True))
    A /= A.sum(-1, keepdims=True)
    O = np.einsum("nm,mv->nv", A, V)
    D = np.einsum("nv,nv->n", dO, O)[:, None]
    dA = np.einsum("nv,mv->nm", dO, V)
    dS = A * (dA - D)
    return c * np.einsum("nm,md->nd", dS, K), c * np.einsum("nm,nd->md", dS, Q), np.einsum("nm,nv->mv", A, dO)
""",
        "C: scalar loops only": """\
import math


def attention_backward(dO, Q, K, V):
    n, dk = Q.shape
    m, dv = V.shape
    c = 1.0 / math.sqrt(dk)
    dQ, dK, dV = np.zeros((n, dk)), np.zeros((m, dk)), np.zeros((m, dv))
    for i in range(n):
        s = [c * sum(float(Q[i, p]) * float(K[j, p]) for p in range(dk)) for j in range(m)]
        top = max(s)
        e = [math.exp(v - top) for v in s]
        z = sum(e)
        a = [v / z for v in e]
        da = [sum(float(dO[i, q]) * float(V[j, q]) for q in range(dv)) for j in range(m)]
        mean = sum(a[j] * da[j] for j in range(m))
        for j in range(m):
            ds = a[j] * (da[j] - mean)
            for p in range(dk):
                dQ[i, p] += c * ds * K[j, p]
                dK[j, p] += c * ds * Q[i, p]
            for q in range(dv):
                dV[j, q] += a[j] * dO[i, q]
    return dQ, dK, dV
""",
    },
    "attention_weights": {
        "scalar loops over allowed keys": """\
import math


def attention_weights(Q, K, mask=None):
    n, m = len(Q), len(K)
    root = math.sqrt(Q.shape[1])
    A = np.zeros((n, m))
    for i in range(n):
        allowed = [j for j in range(m) if mask is None or mask[i, j]]
        if not allowed:
            continue
        scores = [sum(float(a) * float(b) for a, b in zip(Q[i], K[j])) / root for j in allowed]
        top = max(scores)
        e = [math.exp(s - top) for s in scores]
        for j, value in zip(allowed, e):
            A[i, j] = value / sum(e)
    return A
""",
        "-inf before the softmax, nan rows replaced": """\
def attention_weights(Q, K, mask=None):
    S = np.einsum("ik,jk->ij", Q, K) / np.sqrt(K.shape[1])
    if mask is not None:
        S = np.where(mask, S, -np.inf)
    with np.errstate(invalid="ignore"):
        E = np.exp(S - S.max(axis=1)[:, None])
        A = E / E.sum(axis=1)[:, None]
    return np.nan_to_num(A)
""",
        "maximum and sum with where, divide with out": """\
def attention_weights(Q, K, mask=None):
    Q = np.asarray(Q, dtype=float)
    K = np.asarray(K, dtype=float)
    scores = (Q * Q.shape[-1] ** -0.5) @ K.T
    allowed = np.ones(scores.shape, dtype=bool) if mask is None else mask
    top = np.max(scores, axis=1, keepdims=True, where=allowed, initial=-np.finfo(float).max)
    weights = np.zeros_like(scores)
    np.exp(scores - top, out=weights, where=allowed)
    total = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
""",
        "boolean indexing, one row at a time": """\
def softmax(x):
    x = np.exp(x - np.amax(x))
    return x / np.sum(x)


def attention_weights(Q, K, mask=None):
    n, m = Q.shape[0], K.shape[0]
    if mask is None:
        mask = np.full((n, m), True)
    out = np.zeros((n, m))
    for q, keep, row in zip(Q, mask, out):
        if keep.any():
            row[keep] = softmax(K[keep] @ q / np.sqrt(len(q)))
    return out
""",
    },
    "causal_mask": {
        "nested comprehension": """\
def causal_mask(n):
    return np.array([[j <= i for j in range(n)] for i in range(n)])
""",
        "comparison of a column with a row": """\
def causal_mask(n):
    t = np.arange(n)
    return t[:, None] >= t[None, :]
""",
        "repeated True and False": """\
def causal_mask(n):
    rows = []
    for i in range(n):
        rows.append([True] * (i + 1) + [False] * (n - i - 1))
    return np.array(rows, dtype=bool)
""",
        "running or down the columns of the identity": """\
def causal_mask(n):
    return np.logical_or.accumulate(np.eye(n, dtype=bool), axis=0)
""",
        "not the strict upper triangle": """\
def causal_mask(n):
    future = np.triu(np.ones((n, n)), 1)
    return future == 0
""",
    },
    "multi_head_attention": {
        "np.split into heads, list of outputs": """\
def _attend(q, k, v):
    s = q @ k.T / np.sqrt(q.shape[1])
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return (e @ v) / e.sum(axis=1, keepdims=True)


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    # np.split itself raises a ValueError when the columns do not divide
    parts = [np.split(X @ W, n_heads, axis=1) for W in (Wq, Wk, Wv)]
    return np.concatenate([_attend(q, k, v) for q, k, v in zip(*parts)], axis=1) @ Wo
""",
        "JAX user: reshape to (n, heads, w), einsum": """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads:
        raise ValueError(f"{d} is no multiple of {n_heads}")
    w = d // n_heads
    q, k, v = (np.einsum("ni,ij->nj", X, W).reshape(n, n_heads, w) for W in (Wq, Wk, Wv))
    logits = np.einsum("qhw,khw->hqk", q, k) / w**0.5
    logits = logits - logits.max(axis=-1, keepdims=True)
    log_weights = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    out = np.einsum("hqk,khw->qhw", np.exp(log_weights), v)
    return out.reshape(n, d) @ Wo
""",
        "mathematician: sum over heads, each with its slices of the weights": """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    d = len(Wq)
    w, rest = divmod(d, n_heads)
    if rest != 0:
        raise ValueError("d is no multiple of n_heads")
    Y = np.zeros((len(X), d))
    for h in range(n_heads):
        own = slice(h * w, (h + 1) * w)
        S = X @ (Wq[:, own] @ Wk[:, own].T) @ X.T / np.sqrt(w)
        A = np.apply_along_axis(lambda s: np.exp(s - s.max()) / np.exp(s - s.max()).sum(), 1, S)
        Y += A @ X @ (Wv[:, own] @ Wo[own, :])
    return Y
""",
        "C: position by position, head by head, into a buffer": """\
import math


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads != 0:
        raise ValueError("bad n_heads")
    w = d // n_heads
    Q, K, V = np.dot(X, Wq), np.dot(X, Wk), np.dot(X, Wv)
    heads = np.zeros((n, d))
    for h in range(n_heads):
        first = h * w
        for i in range(n):
            s = []
            for j in range(n):
                dot = 0.0
                for c in range(first, first + w):
                    dot += Q[i, c] * K[j, c]
                s.append(dot / math.sqrt(w))
            top = max(s)
            e = [math.exp(v - top) for v in s]
            total = math.fsum(e)
            for j in range(n):
                for c in range(first, first + w):
                    heads[i, c] += e[j] / total * V[j, c]
    return np.dot(heads, Wo)
""",
    },
    "positional_encoding": {
        "two loops with math": """\
import math


def positional_encoding(n, d):
    table = []
    for t in range(n):
        row = []
        for c in range(d):
            i = c // 2
            angle = t / 10000 ** (2 * i / d)
            row.append(math.sin(angle) if c % 2 == 0 else math.cos(angle))
        table.append(row)
    return np.array(table)
""",
        "frequencies by exp(-log), even and odd columns assigned": """\
def positional_encoding(n, d):
    pe = np.zeros((n, d))
    position = np.arange(n, dtype=float)[:, None]
    div_term = np.exp(np.arange(0, d, 2) * (-np.log(10000.0) / d))
    pe[:, 0::2] = np.sin(position * div_term)
    pe[:, 1::2] = np.cos(position * div_term)[:, : d // 2]
    return pe
""",
        "unit circle: imaginary and real parts interleaved, cut to d": """\
def positional_encoding(n, d):
    pairs = (d + 1) // 2
    omega = 10000.0 ** (-2.0 * np.arange(pairs) / d)
    z = np.exp(1j * np.outer(np.arange(n), omega))
    return np.stack([z.imag, z.real], axis=-1).reshape(n, 2 * pairs)[:, :d]
""",
        "np.fromfunction, the cosine as a sine a quarter turn later": """\
def positional_encoding(n, d):
    def wave(t, c):
        odd = c % 2
        return np.sin(t / np.power(10000.0, (c - odd) / d) + odd * np.pi / 2)

    return np.fromfunction(wave, (n, d))
""",
    },
    "scaled_dot_product_attention": {
        "one pass over the keys with a running maximum": """\
import math


def scaled_dot_product_attention(Q, K, V, mask=None):
    n, dk = Q.shape
    m, dv = V.shape
    out = np.zeros((n, dv))
    for i in range(n):
        top = -math.inf
        denom = 0.0
        acc = np.zeros(dv)
        for j in range(m):
            if mask is not None and not mask[i, j]:
                continue
            s = float(Q[i] @ K[j]) / math.sqrt(dk)
            new_top = max(top, s)
            shrink = math.exp(top - new_top)
            w = math.exp(s - new_top)
            denom = denom * shrink + w
            acc = acc * shrink + w * V[j]
            top = new_top
        if denom > 0:
            out[i] = acc / denom
    return out
""",
        "numerator and denominator in one product": """\
def scaled_dot_product_attention(Q, K, V, mask=None):
    logits = Q @ K.T / np.sqrt(Q.shape[1])
    if mask is None:
        mask = np.ones_like(logits, dtype=bool)
    logits = np.where(mask, logits, -np.inf)
    top = logits.max(axis=1, keepdims=True)
    top[np.isinf(top)] = 0.0
    E = np.exp(logits - top)
    both = E @ np.hstack([V, np.ones((len(V), 1))])
    num, den = both[:, :-1], both[:, -1:]
    den[den == 0] = 1.0
    return num / den
""",
        "PyTorch user: masked_fill, softmax, einsum": """\
def masked_fill(x, mask, value):
    x = x.copy()
    x[mask] = value
    return x


def softmax(x, dim):
    e = np.exp(x - np.max(x, axis=dim, keepdims=True))
    return e / np.sum(e, axis=dim, keepdims=True)


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = np.einsum("qd,kd->qk", Q, K) * (1.0 / K.shape[-1] ** 0.5)
    if mask is not None:
        nothing = ~mask.any(axis=-1)
        scores = masked_fill(scores, ~mask, -np.inf)
        scores = masked_fill(scores, nothing, 0.0)
        weights = masked_fill(softmax(scores, dim=-1), nothing, 0.0)
    else:
        weights = softmax(scores, dim=-1)
    return np.einsum("qk,kv->qv", weights, V)
""",
        "list of rows, each a weighted sum of the values it may see": """\
def _look(q, keys, values):
    s = np.array([np.dot(q, k) for k in keys]) / len(q) ** 0.5
    w = np.exp(s - s.max())
    return sum(wi * v for wi, v in zip(w, values)) / sum(w)


def scaled_dot_product_attention(Q, K, V, mask=None):
    rows = []
    for i, q in enumerate(Q):
        seen = range(len(K)) if mask is None else np.flatnonzero(mask[i])
        if len(seen) == 0:
            rows.append(np.zeros(V.shape[1]))
        else:
            rows.append(_look(q, [K[j] for j in seen], [V[j] for j in seen]))
    return np.array(rows)
""",
    },
}
