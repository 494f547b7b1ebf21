"""Beginners' wrong solutions, written from the stubs alone, with the true cause and the number of slips."""

from __future__ import annotations

from typing import Final

WRONG: Final[dict[str, dict[str, tuple[str, str, int]]]] = {
    "column_vector": {
        "row instead of column": (
            """\
def column_vector(values):
    values = np.array(values)
    return values.reshape(1, -1)
""",
            "The reshape is the wrong way round: it makes a row of shape (1, n) instead of a column of shape (n, 1).",
            1,
        ),
        "transposing a vector": (
            """\
def column_vector(values):
    v = np.array(values)
    return v.T
""",
            "Transposing a one-dimensional array does nothing, so the shape stays (n,) and no second axis is made.",
            1,
        ),
        "method of a list": (
            """\
def column_vector(values):
    return values.reshape(-1, 1)
""",
            "values may be a plain list, which has no reshape: AttributeError. It is not turned into an array first.",
            1,
        ),
        "integer array and loop from 1": (
            """\
def column_vector(values):
    n = len(values)
    column = np.zeros((n, 1), dtype=int)
    for i in range(1, n):
        column[i, 0] = values[i]
    return column
""",
            "Two slips: the result array has dtype int, so decimals are cut off; and the loop starts at 1, so the first number stays 0.",
            2,
        ),
        "a row instead of a column": (
            """\
def column_vector(values):
    return np.array([values])
""",
            "The list is wrapped in one more list, which makes one row of shape (1, n); a column has shape (n, 1).",
            1,
        ),
        "transpose of a 1-D array": (
            """\
def column_vector(values):
    v = np.asarray(values)
    return v.T
""",
            "Transposing an array with one axis changes nothing: the answer has shape (n,) instead of (n, 1).",
            1,
        ),
    },
    "dot_product": {
        "no sum": (
            """\
def dot_product(a, b):
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return a * b
""",
            "The products are not added up: a vector of the element-wise products is returned instead of one number.",
            1,
        ),
        "broadcasting hides lengths": (
            """\
def dot_product(a, b):
    return np.sum(a * b)
""",
            "Lengths are not checked. Where one vector has length 1, a * b broadcasts and a number comes back instead of a ValueError.",
            1,
        ),
        "zip and early return": (
            """\
def dot_product(a, b):
    total = 0.0
    for x, y in zip(a, b):
        total += x * y
        return total
""",
            "Two slips: return stands inside the loop, so only the first product counts; and zip stops silently at the shorter vector, so no ValueError is raised for different lengths.",
            2,
        ),
        "prints and cosine": (
            """\
def dot_product(a, b):
    if len(a) != len(b):
        raise ValueError("a and b must be equally long")
    result = np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))
    print(result)
""",
            "Two slips: the dot product is divided by both lengths (cosine similarity); and the result is printed instead of returned, so the function gives None.",
            2,
        ),
        "no check of the lengths": (
            """\
def dot_product(a, b):
    products = a * b
    return products.sum()
""",
            "The lengths are not compared: a vector of length 1 is broadcast against a longer one and gives a number instead of the ValueError asked for.",
            1,
        ),
        "loop starts at 1 and prints instead of raising": (
            """\
def dot_product(a, b):
    if len(a) != len(b):
        print("ValueError: the lengths differ")
        return
    total = 0
    for i in range(1, len(a)):
        total += a[i] * b[i]
    return total
""",
            "Two slips: range(1, len(a)) skips the entries at index 0; and for different lengths a message is printed and None returned instead of raising ValueError.",
            2,
        ),
    },
    "exponential": {
        "math on arrays": (
            """\
import math

def exponential(Z):
    return math.exp(Z)
""",
            "math.exp takes one number only: an array of several elements raises TypeError, and 1000 raises OverflowError instead of giving inf.",
            1,
        ),
        "clipped for safety": (
            """\
def exponential(Z):
    Z = np.clip(Z, -500, 500)
    return np.exp(Z)
""",
            "The input is clipped to [-500, 500], so e^1000 becomes a finite number instead of inf (and e^-1000 is not 0).",
            1,
        ),
        "shifted like softmax": (
            """\
def exponential(Z):
    shifted = Z - np.max(Z)
    return np.exp(shifted)
""",
            "The maximum is subtracted as in a stable softmax; that changes every value by the factor e^-max, there is no division that would cancel it.",
            1,
        ),
        "minus and zeros_like": (
            """\
def exponential(Z):
    result = np.zeros_like(Z)
    result[...] = np.exp(-Z)
    return result
""",
            "Two slips: the sign, e^(-z) is computed instead of e^z; and np.zeros_like copies an integer dtype, so results for integers lose their decimals.",
            2,
        ),
        "scores clipped": (
            """\
def exponential(Z):
    Z = np.clip(Z, -500, 500)
    return np.exp(Z)
""",
            "Z is clipped to [-500, 500] to avoid the overflow, so e^1000 comes out as e^500 (about 1e217) instead of inf.",
            1,
        ),
    },
    "hadamard": {
        "matrix product": (
            """\
def hadamard(A, B):
    return A @ B
""",
            "@ is the matrix product; the element-wise product is A * B.",
            1,
        ),
        "sums the rows": (
            """\
def hadamard(A, B):
    return np.sum(A * B, axis=-1)
""",
            "The products are summed along the last axis, as in a dot product; the element-wise product must keep the shape.",
            1,
        ),
        "integer result": (
            """\
def hadamard(A, B):
    C = np.zeros(A.shape, dtype=int)
    C[...] = A * B
    return C
""",
            "The result array has dtype int, so products lose their decimals.",
            1,
        ),
        "two loops and swapped index": (
            """\
def hadamard(A, B):
    rows, cols = A.shape
    C = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            C[i, j] = A[i, j] * B[j, i]
    return C
""",
            "Two slips: the indices of B are swapped (B[j, i]), so A is multiplied by the transpose of B; and rows, cols = A.shape works for two axes only, other ranks raise ValueError.",
            2,
        ),
        "result keeps the integers of A": (
            """\
def hadamard(A, B):
    result = np.zeros_like(A)
    for idx in np.ndindex(A.shape):
        result[idx] = A[idx] * B[idx]
    return result
""",
            "np.zeros_like(A) copies A's dtype: where A holds integers and B decimals, the products are cut to integers.",
            1,
        ),
        "return inside the loop": (
            """\
def hadamard(A, B):
    product = []
    for a, b in zip(A.ravel(), B.ravel()):
        product.append(a * b)
        return np.array(product).reshape(A.shape)
""",
            "The return stands inside the loop, so it is reached after the first entry: one product cannot be reshaped to A's shape (ValueError) unless A has one entry.",
            1,
        ),
    },
    "matrix_multiply": {
        "element-wise": (
            """\
def matrix_multiply(X, W):
    return np.multiply(X, W)
""",
            "np.multiply is element-wise; the matrix product is X @ W.",
            1,
        ),
        "accumulator overwritten": (
            """\
def matrix_multiply(X, W):
    m, n = X.shape
    n2, p = W.shape
    if n != n2:
        raise ValueError("inner dimensions do not match")
    out = np.zeros((m, p))
    for i in range(m):
        for j in range(p):
            for k in range(n):
                out[i, j] = X[i, k] * W[k, j]
    return out
""",
            "out[i, j] is overwritten by = instead of accumulated by +=, so only the product of the last k remains.",
            1,
        ),
        "wrong order": (
            """\
def matrix_multiply(X, W):
    return W @ X
""",
            "The factors are in the wrong order: W @ X instead of X @ W.",
            1,
        ),
        "no check and last column": (
            """\
def matrix_multiply(X, W):
    m, n = X.shape
    p = W.shape[1]
    out = np.zeros((m, p))
    for i in range(m):
        for j in range(p - 1):
            for k in range(n):
                out[i, j] += X[i, k] * W[k, j]
    return out
""",
            "Two slips: range(p - 1) leaves out the last column, which stays 0; and the inner lengths are not compared, so W with more rows than X has columns gives numbers (or IndexError in the other case) instead of ValueError.",
            2,
        ),
        "accumulator not reset": (
            """\
def matrix_multiply(X, W):
    m, n = X.shape
    n2, p = W.shape
    if n != n2:
        raise ValueError("shapes do not fit")
    out = np.zeros((m, p))
    for i in range(m):
        total = 0
        for j in range(p):
            for k in range(n):
                total += X[i, k] * W[k, j]
            out[i, j] = total
    return out
""",
            "total is set to 0 once a row of X, not once an entry: from the second column on, the sums of the columns before are included.",
            1,
        ),
        "overwritten sum, no error": (
            """\
def matrix_multiply(X, W):
    rows, inner = X.shape
    cols = W.shape[1]
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            for k in range(inner):
                result[i, j] = X[i, k] * W[k, j]
    return result
""",
            "The products are assigned with = instead of added with +=, so only the last product (k = n - 1) remains. Besides, shapes that do not fit are not checked, so no ValueError is raised (too few columns of X pass silently, too many give an IndexError).",
            2,
        ),
    },
    "normalize": {
        "per column": (
            """\
def normalize(X):
    mean = np.mean(X, axis=0)
    std = np.std(X, axis=0)
    return (X - mean) / (std + 1e-8)
""",
            "Mean and standard deviation are taken for each column (axis=0), not over all elements of the array.",
            1,
        ),
        "sample deviation": (
            """\
def normalize(X):
    mean = np.mean(X)
    std = np.std(X, ddof=1)
    if std == 0:
        return X - mean
    return (X - mean) / std
""",
            "ddof=1 gives the sample's standard deviation; the population's (ddof=0) is asked for.",
            1,
        ),
        "parentheses": (
            """\
def normalize(X):
    mean = X.mean()
    std = X.std() + 1e-8
    return X - mean / std
""",
            "Parentheses are missing: only the mean is divided by std, then subtracted; (X - mean) / std is meant.",
            1,
        ),
        "in place without guard": (
            """\
def normalize(X):
    X -= X.mean()
    X /= X.std()
    return X
""",
            "Two slips: the work is done in place, which changes the caller's array and raises an error for integers; and a std of 0 is not caught, equal elements give nan.",
            2,
        ),
        "divides by the variance": (
            """\
def normalize(X):
    centred = X - X.mean()
    spread = np.var(X)
    if spread == 0:
        return centred
    return centred / spread
""",
            "It divides by the variance instead of by its root, the standard deviation.",
            1,
        ),
        "no parentheses and no guard": (
            """\
def normalize(X):
    mu = np.mean(X)
    sigma = np.std(X)
    return X - mu / sigma
""",
            "Two slips: the parentheses around X - mu are missing, so only the mean is divided by sigma; and sigma = 0 (all elements equal) is not handled, which gives inf or nan.",
            2,
        ),
    },
    "normalize_rows": {
        "no keepdims": (
            """\
def normalize_rows(X):
    lengths = np.sqrt(np.sum(X ** 2, axis=1))
    return X / (lengths + 1e-8)
""",
            "keepdims=True is missing: lengths has shape (n,) and is lined up with the columns, so it raises for n != d and divides by the wrong lengths for square X.",
            1,
        ),
        "columns": (
            """\
def normalize_rows(X):
    norms = np.linalg.norm(X, axis=0, keepdims=True)
    norms[norms == 0] = 1
    return X / norms
""",
            "axis=0 gives the lengths of the columns; rows need axis=1.",
            1,
        ),
        "in place and zero row": (
            """\
def normalize_rows(X):
    for i in range(X.shape[0]):
        X[i] = X[i] / np.sqrt(np.sum(X[i] ** 2))
    return X
""",
            "Two slips: the rows are written back into X, so the caller's array is changed (and integers are cut off); and a row of zeros is divided by 0 and becomes nan.",
            2,
        ),
        "no root and no guard": (
            """\
def normalize_rows(X):
    squares = np.sum(X * X, axis=1, keepdims=True)
    return X / squares
""",
            "Two slips: the square root is missing, rows are divided by their squared length; and a row of zeros gives 0/0 = nan.",
            2,
        ),
        "no keepdims, zero rows": (
            """\
def normalize_rows(X):
    lengths = np.sqrt(np.sum(X ** 2, axis=1))
    return X / lengths
""",
            "keepdims=True is missing, so the row lengths of shape (n,) are lined up with the columns (an error unless n = d, wrong numbers if n = d). Besides, a row of zeros is divided by length 0 and gives nan.",
            2,
        ),
        "L1 length": (
            """\
def normalize_rows(X):
    lengths = np.sum(np.abs(X), axis=1, keepdims=True)
    return X / (lengths + 1e-8)
""",
            "The length is taken as the sum of absolute values (L1 norm) instead of the root of the sum of squares.",
            1,
        ),
    },
    "standardize_columns": {
        "rows": (
            """\
def standardize_columns(X):
    mean = X.mean(axis=1, keepdims=True)
    std = X.std(axis=1, keepdims=True)
    std[std == 0] = 1.0
    return (X - mean) / std
""",
            "axis=1 standardizes each row; columns need axis=0.",
            1,
        ),
        "truth of an array": (
            """\
def standardize_columns(X):
    mean = np.mean(X, axis=0)
    std = np.std(X, axis=0)
    if std == 0:
        return X - mean
    return (X - mean) / std
""",
            "std is an array with one value for each column; 'if std == 0' raises ValueError as soon as there is more than one column.",
            1,
        ),
        "integers stay integers": (
            """\
def standardize_columns(X):
    result = np.zeros_like(X)
    for j in range(X.shape[1]):
        col = X[:, j]
        s = col.std()
        if s == 0:
            s = 1.0
        result[:, j] = (col - col.mean()) / s
    return result
""",
            "np.zeros_like(X) keeps an integer dtype, so for integer input the results lose their decimals.",
            1,
        ),
        "sample deviation without guard": (
            """\
def standardize_columns(X):
    mean = np.mean(X, axis=0)
    std = np.sqrt(np.sum((X - mean) ** 2, axis=0) / (X.shape[0] - 1))
    return (X - mean) / std
""",
            "Two slips: it divides by n - 1 (sample) instead of n; and a column of equal elements has std 0, which gives nan instead of 0.",
            2,
        ),
        "ddof=1": (
            """\
def standardize_columns(X):
    mean = X.mean(axis=0)
    std = X.std(axis=0, ddof=1)
    std = np.where(std == 0, 1.0, std)
    return (X - mean) / std
""",
            "The sample standard deviation (ddof=1) is used where the population's (ddof=0) is asked for; with a single row it is nan.",
            1,
        ),
        "one constant column stops the scaling of all": (
            """\
def standardize_columns(X):
    mean = np.mean(X, axis=0)
    std = np.std(X, axis=0)
    if (std == 0).any():
        return X - mean
    return (X - mean) / std
""",
            "If any column is constant, no column is divided: the guard must act on the constant columns only.",
            1,
        ),
    },
    "tensor_summary": {
        "matrix rank": (
            """\
def tensor_summary(t):
    return np.linalg.matrix_rank(t), t.shape, t.dtype.name
""",
            "np.linalg.matrix_rank is the rank of linear algebra (independent rows); here rank means the number of axes, t.ndim.",
            1,
        ),
        "dtype object": (
            """\
def tensor_summary(t):
    return t.ndim, t.shape, t.dtype
""",
            "The dtype object itself is returned instead of its name as a string.",
            1,
        ),
        "order": (
            """\
def tensor_summary(t):
    return t.shape, t.ndim, str(t.dtype)
""",
            "The tuple is in the wrong order: the rank has to come first, then the shape.",
            1,
        ),
        "list shape and python type": (
            """\
def tensor_summary(t):
    rank = len(t.shape)
    shape = list(t.shape)
    return rank, shape, type(t).__name__
""",
            "Two slips: the shape is a list instead of a tuple; and type(t).__name__ is the name of the array's class, 'ndarray', not the name of its dtype.",
            2,
        ),
        "rank of linear algebra": (
            """\
def tensor_summary(t):
    rank = int(np.linalg.matrix_rank(t))
    return rank, t.shape, t.dtype.name
""",
            "np.linalg.matrix_rank counts linearly independent rows; the rank asked for is the number of axes, t.ndim.",
            1,
        ),
        "size and class name": (
            """\
def tensor_summary(t):
    rank = t.size
    shape = t.shape
    kind = type(t).__name__
    return rank, shape, kind
""",
            "t.size is the number of elements, not the number of axes (t.ndim). Besides, type(t).__name__ is 'ndarray', the class of the array, not the name of its dtype (t.dtype.name).",
            2,
        ),
    },
    "leaky_relu": {
        "alpha instead of alpha z": (
            """\
def leaky_relu(Z, alpha=0.01):
    return np.where(Z > 0, Z, alpha)
""",
            "The negative side is set to alpha itself; it has to be alpha * Z.",
            1,
        ),
        "swapped branches": (
            """\
def leaky_relu(Z, alpha=0.01):
    return np.where(Z > 0, alpha * Z, Z)
""",
            "The two branches of np.where are swapped: the positive side is scaled by alpha and the negative side is kept.",
            1,
        ),
        "alpha ignored": (
            """\
def leaky_relu(Z, alpha=0.01):
    return np.maximum(0.01 * Z, Z)
""",
            "The slope 0.01 is hard-coded; the parameter alpha is ignored.",
            1,
        ),
        "zeros_like and sign": (
            """\
def leaky_relu(Z, alpha=0.01):
    out = np.zeros_like(Z)
    pos = Z > 0
    out[pos] = Z[pos]
    out[~pos] = -alpha * Z[~pos]
    return out
""",
            "Two slips: the negative side has the wrong sign (-alpha * z is positive); and np.zeros_like keeps an integer dtype, so alpha * z is cut to 0 for integers.",
            2,
        ),
        "maximum with alpha": (
            """\
def leaky_relu(Z, alpha=0.01):
    return np.maximum(alpha, Z)
""",
            "np.maximum(alpha, Z) compares z with alpha itself; it should be alpha * Z. Everything below alpha becomes alpha.",
            1,
        ),
        "changed in place": (
            """\
def leaky_relu(Z, alpha=0.01):
    Z[Z < 0] *= alpha
    return Z
""",
            "The negative entries are scaled in the argument itself: the caller's array is changed and returned (and integer arrays refuse it) instead of a new array.",
            1,
        ),
    },
    "log_softmax": {
        "log of softmax": (
            """\
def log_softmax(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    p = e / np.sum(e, axis=1, keepdims=True)
    return np.log(p)
""",
            "The softmax is computed first and its logarithm then: where the probability underflows to 0, log gives -inf instead of a finite number such as -2000.",
            1,
        ),
        "no shift": (
            """\
def log_softmax(Z):
    return Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
""",
            "The row maximum is not subtracted: np.exp overflows for large scores (-inf), and for very negative ones log(0) gives inf.",
            1,
        ),
        "binary logarithm": (
            """\
def log_softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log2(np.exp(shifted).sum(axis=1, keepdims=True))
""",
            "np.log2 is used where the natural logarithm np.log belongs.",
            1,
        ),
        "one maximum and no keepdims": (
            """\
def log_softmax(Z):
    S = Z - np.max(Z)
    total = np.sum(np.exp(S), axis=1)
    return S - np.log(total)
""",
            "Two slips: one maximum of the whole array is subtracted instead of each row's, so a row far below it gets log(0); and keepdims is missing in the sum, so the row sums are lined up with the columns.",
            2,
        ),
        "log of the softmax with an epsilon": (
            """\
def log_softmax(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    p = e / np.sum(e, axis=1, keepdims=True)
    return np.log(p + 1e-12)
""",
            "The logarithm is taken of a probability that has already underflowed to 0, patched with 1e-12: scores far below the maximum give about -27.6 instead of their true value such as -2000. It has to be shifted - log(sum(exp(shifted))).",
            1,
        ),
        "maximum of the whole array and no keepdims": (
            """\
def log_softmax(Z):
    Z = Z - Z.max()
    log_sum = np.log(np.exp(Z).sum(axis=1))
    return Z - log_sum
""",
            "Two slips: the maximum of the whole array is subtracted instead of each row's, so that in a row far below it the sum is 0 and its log -inf; and keepdims is missing, so that the log sums of the rows are taken for a row of columns (wrong on square input, an error on others).",
            2,
        ),
        "logarithm to base 10": (
            """\
def log_softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    total = np.exp(shifted).sum(axis=1, keepdims=True)
    return shifted - np.log10(total)
""",
            "np.log10 is used for the log of the sum where the natural logarithm np.log belongs.",
            1,
        ),
    },
    "relu": {
        "Python's max": (
            """\
def relu(Z):
    return max(0, Z)
""",
            "Python's max compares whole arrays and raises ValueError for more than one element; np.maximum compares element by element.",
            1,
        ),
        "times the mask": (
            """\
def relu(Z):
    return Z * (Z > 0)
""",
            "Multiplying by the mask gives -inf * 0 = nan for -inf; 0 is asked for.",
            1,
        ),
        "np.max with an axis": (
            """\
def relu(Z):
    return np.max(Z, 0)
""",
            "np.max(Z, 0) is the maximum along axis 0, not the element-wise maximum with 0; that is np.maximum(Z, 0).",
            1,
        ),
        "loop with early return": (
            """\
def relu(Z):
    out = np.zeros(len(Z))
    for i in range(len(Z)):
        if Z[i] > 0:
            out[i] = Z[i]
        return out
""",
            "Two slips: return stands inside the loop, so only the first element is treated; and the loop runs over one axis only, so a matrix raises an error (the comparison of a row has no single truth value).",
            2,
        ),
        "product with the mask": (
            """\
def relu(Z):
    active = Z > 0
    return Z * active
""",
            "Multiplying with the mask gives -inf * 0 = nan at -inf, where ReLU is 0.",
            1,
        ),
        "np.max with two arguments": (
            """\
def relu(Z):
    return np.max(0, Z)
""",
            "np.max takes the array first and an axis second, so Z is taken for an axis and it raises; comparing element by element is np.maximum(0, Z).",
            1,
        ),
    },
    "relu_backward": {
        "multiplied by relu": (
            """\
def relu_backward(dout, Z):
    return dout * np.maximum(0, Z)
""",
            "dout is multiplied by ReLU's value instead of by its slope, 1 or 0.",
            1,
        ),
        "mask from dout": (
            """\
def relu_backward(dout, Z):
    return np.where(dout > 0, dout, 0)
""",
            "The mask is taken from dout instead of from Z: ReLU is applied to the gradient, and Z is ignored.",
            1,
        ),
        "passes at zero": (
            """\
def relu_backward(dout, Z):
    return dout * (Z >= 0)
""",
            "The gradient is let through at z = 0 (>=); there it has to be 0.",
            1,
        ),
        "in place and zero": (
            """\
def relu_backward(dout, Z):
    dZ = dout
    dZ[Z < 0] = 0
    return dZ
""",
            "Two slips: dZ is the same array as dout, so the caller's gradient is changed; and at z = 0 the gradient stays (Z < 0 instead of Z <= 0).",
            2,
        ),
        "multiplies by the ReLU itself": (
            """\
def relu_backward(dout, Z):
    active = np.maximum(Z, 0)
    return dout * active
""",
            "dout is multiplied by relu(Z), the value, instead of by its slope (1 where Z > 0, else 0).",
            1,
        ),
        "changes dout and keeps z = 0": (
            """\
def relu_backward(dout, Z):
    grad = dout
    grad[Z < 0] = 0
    return grad
""",
            "Two slips: grad is the same array as dout, so the caller's dout is changed (a copy is missing); and Z < 0 lets the gradient through at z = 0, where it must be 0.",
            2,
        ),
    },
    "relu_derivative": {
        "one at zero": (
            """\
def relu_derivative(Z):
    return (Z >= 0).astype(float)
""",
            "At z = 0 it gives 1.0; the course takes 0.0 there (> instead of >=).",
            1,
        ),
        "booleans": (
            """\
def relu_derivative(Z):
    return Z > 0
""",
            "Booleans are returned instead of floating-point numbers.",
            1,
        ),
        "relu itself": (
            """\
def relu_derivative(Z):
    return np.where(Z > 0, Z, 0.0)
""",
            "This is ReLU itself: the positive side holds z instead of the slope 1.",
            1,
        ),
        "ones_like": (
            """\
def relu_derivative(Z):
    d = np.ones_like(Z)
    d[Z < 0] = 0
    return d
""",
            "Two slips: np.ones_like keeps the dtype, so integers give integers instead of floating-point numbers; and at z = 0 the slope stays 1 instead of 0.",
            2,
        ),
        "relu divided by Z": (
            """\
def relu_derivative(Z):
    a = np.maximum(0, Z)
    return a / Z
""",
            "Dividing relu(z) by z gives 0/0 = nan at z = 0, where the slope is to be 0.0.",
            1,
        ),
        "integers and 1 at the kink": (
            """\
def relu_derivative(Z):
    slope = np.ones_like(Z)
    slope[Z < 0] = 0
    return slope
""",
            "At z = 0 the slope stays 1, as only z < 0 is set to 0; this course takes 0 there. Besides, ones_like keeps the dtype of Z, so integers in give integers out instead of floats.",
            2,
        ),
    },
    "relu_zero_count": {
        "zeros not counted": (
            """\
def relu_zero_count(Z):
    return int(np.sum(Z < 0))
""",
            "Elements that are exactly 0 are not counted: < instead of <=.",
            1,
        ),
        "the active ones": (
            """\
def relu_zero_count(Z):
    activated = np.maximum(0, Z)
    return int(np.count_nonzero(activated))
""",
            "np.count_nonzero counts the elements that are not 0, the opposite of what is asked for.",
            1,
        ),
        "length of np.where": (
            """\
def relu_zero_count(Z):
    zeros = np.where(np.maximum(Z, 0) == 0)
    return len(zeros)
""",
            "np.where returns a tuple with one index array for each axis; its length is the number of axes, not the number of zeros.",
            1,
        ),
        "sum of values": (
            """\
def relu_zero_count(Z):
    negatives = Z[Z < 0]
    return np.sum(negatives)
""",
            "Two slips: the values of the selected elements are added up instead of counted; and elements equal to 0 are left out (< instead of <=).",
            2,
        ),
        "counts what stays": (
            """\
def relu_zero_count(Z):
    A = np.maximum(0, Z)
    return int(np.count_nonzero(A))
""",
            "np.count_nonzero counts the elements that are not 0 after ReLU; asked for are those that are 0.",
            1,
        ),
        "zeros not counted and two axes only": (
            """\
def relu_zero_count(Z):
    count = 0
    for row in Z:
        for z in row:
            if z < 0:
                count += 1
    return count
""",
            "Two slips: z < 0 leaves out the elements that are 0 already (it must be <=); and the two nested loops fit matrices only: with one axis a number is not iterable, with three axes z is an array.",
            2,
        ),
    },
    "sigmoid": {
        "precedence": (
            """\
def sigmoid(Z):
    return 1 / 1 + np.exp(-Z)
""",
            "Parentheses are missing: 1 / 1 + e^-z is 1 + e^-z; the whole sum belongs in the denominator.",
            1,
        ),
        "overflow": (
            """\
def sigmoid(Z):
    e = np.exp(Z)
    return e / (1 + e)
""",
            "e^z / (1 + e^z) becomes inf/inf = nan for large z, such as 1000; the answer there is 1.",
            1,
        ),
        "overflow and precedence": (
            """\
def sigmoid(Z):
    return np.exp(Z) / 1 + np.exp(Z)
""",
            "Two slips: parentheses round the denominator 1 + e^z are missing, so this is 2 e^z; and the form with e^z above and below overflows for large z (inf, and nan even with the parentheses).",
            2,
        ),
        "math and sign": (
            """\
import math

def sigmoid(Z):
    return 1 / (1 + math.exp(Z))
""",
            "Two slips: math.exp does not take arrays (TypeError) and overflows at 1000 with an exception; and the minus in the exponent is missing.",
            2,
        ),
        "exp over 1 + exp": (
            """\
def sigmoid(Z):
    e = np.exp(Z)
    return e / (1 + e)
""",
            "e^z / (1 + e^z) is right on paper, but e^1000 is inf and inf / inf is nan, where the answer is 1.",
            1,
        ),
        "precedence and sign": (
            """\
def sigmoid(Z):
    return 1 / 1 + np.exp(Z)
""",
            "The parentheses of the denominator are missing: 1 / 1 + e is 1 + e. Besides, the exponent has lost its minus: e^z instead of e^(-z).",
            2,
        ),
    },
    "sigmoid_derivative": {
        "x instead of sigmoid": (
            """\
def sigmoid_derivative(x):
    return x * (1 - x)
""",
            "x is treated as if it were already the sigmoid's value; s = sigmoid(x) has to be computed first, then s (1 - s).",
            1,
        ),
        "np.gradient": (
            """\
def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return np.gradient(s)
""",
            "np.gradient takes differences of neighbouring elements over their index; that is not the sigmoid's slope at each x, s (1 - s).",
            1,
        ),
        "overflow on the left": (
            """\
def sigmoid_derivative(x):
    e = np.exp(-x)
    return e / (1 + e) ** 2
""",
            "At very negative x, e^-x is inf and inf/inf gives nan; the slope there is 0.",
            1,
        ),
        "two missing parentheses": (
            """\
def sigmoid_derivative(x):
    s = 1 / 1 + np.exp(-x)
    return s * 1 - s
""",
            "Two slips of precedence: 1 / 1 + e^-x lacks parentheses round the denominator; and s * 1 - s lacks those round (1 - s), so it is 0.",
            2,
        ),
        "takes x for the sigmoid": (
            """\
def sigmoid_derivative(x):
    return x * (1 - x)
""",
            "s (1 - s) is computed with the input x itself: sigmoid(x) is never computed.",
            1,
        ),
        "exp overflows on the left": (
            """\
def sigmoid_derivative(x):
    e = np.exp(-x)
    return e / (1 + e) ** 2
""",
            "For very negative x, exp(-x) overflows to inf and inf/inf is nan, where the slope 0 is asked for. The formula is right elsewhere.",
            1,
        ),
        "precedence in the sigmoid and x for s": (
            """\
def sigmoid_derivative(x):
    s = 1 / 1 + np.exp(-x)
    return s * (1 - x)
""",
            "Two slips: the parentheses around 1 + np.exp(-x) are missing, so s is 1 + e^-x; and the second factor is 1 - x instead of 1 - s.",
            2,
        ),
    },
    "sigmoid_from_exp": {
        "exponential again": (
            """\
def sigmoid_from_exp(exp_neg_z):
    return 1 / (1 + np.exp(-exp_neg_z))
""",
            "The exponential is applied again; the argument is e^(-z) already, so 1 / (1 + exp_neg_z) is enough.",
            1,
        ),
        "numerator": (
            """\
def sigmoid_from_exp(exp_neg_z):
    return exp_neg_z / (1 + exp_neg_z)
""",
            "The numerator has to be 1; e^-z / (1 + e^-z) is the sigmoid of -z (and nan at infinity).",
            1,
        ),
        "precedence": (
            """\
def sigmoid_from_exp(exp_neg_z):
    return 1 / 1 + exp_neg_z
""",
            "Parentheses are missing: this is 1 + e^-z instead of 1 / (1 + e^-z).",
            1,
        ),
        "log without minus, overflow": (
            """\
def sigmoid_from_exp(exp_neg_z):
    z = np.log(exp_neg_z)
    e = np.exp(z)
    return e / (1 + e)
""",
            "Two slips: z is minus the logarithm of e^-z, the minus is missing, so the sigmoid of -z results; and e^z / (1 + e^z) is inf/inf = nan where e^z is infinite.",
            2,
        ),
        "argument taken for z": (
            """\
def sigmoid_from_exp(exp_neg_z):
    return 1 / (1 + np.exp(-exp_neg_z))
""",
            "The argument is already e^(-z); the code takes it for z and applies the exponential again.",
            1,
        ),
        "one minus a quotient": (
            """\
def sigmoid_from_exp(exp_neg_z):
    prob_no = exp_neg_z / (1 + exp_neg_z)
    return 1 - prob_no
""",
            "Right on paper, but where e^(-z) is infinite the quotient is inf / inf = nan; the answer there is 0. 1 / (1 + e) has no such problem.",
            1,
        ),
    },
    "softmax": {
        "columns": (
            """\
def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)
""",
            "It divides by the sums of the columns (axis=0) instead of the rows.",
            1,
        ),
        "sum of everything": (
            """\
def softmax(Z):
    exps = np.exp(Z - Z.max(axis=1, keepdims=True))
    return exps / np.sum(exps)
""",
            "It divides by one sum over the whole array; each row has to be divided by its own sum.",
            1,
        ),
        "one maximum for all": (
            """\
def softmax(Z):
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e, axis=1, keepdims=True)
""",
            "One maximum of the whole array is subtracted instead of each row's: a row far below it becomes 0/0 = nan.",
            1,
        ),
        "overflow and no keepdims": (
            """\
def softmax(Z):
    return np.exp(Z) / np.sum(np.exp(Z), axis=1)
""",
            "Two slips: keepdims is missing in the sum, so row sums are lined up with the columns; and no maximum is subtracted, so huge scores overflow to nan.",
            2,
        ),
        "sums of columns": (
            """\
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)
""",
            "It divides by the sum of each column (axis=0), so the columns sum to 1 and not the rows.",
            1,
        ),
        "one sum for all and no shift": (
            """\
def softmax(Z):
    exp_scores = np.exp(Z)
    return exp_scores / np.sum(exp_scores)
""",
            "Two slips: np.sum without an axis divides by the sum of the whole array instead of each row's; and no maximum is subtracted, so huge scores overflow to inf/inf = nan.",
            2,
        ),
        "results put into an integer array": (
            """\
def softmax(Z):
    probs = np.zeros_like(Z)
    for i, row in enumerate(Z):
        e = np.exp(row - np.max(row))
        probs[i] = e / e.sum()
    return probs
""",
            "np.zeros_like(Z) copies the dtype: for integer scores the probabilities are cut to 0 and 1.",
            1,
        ),
    },
    "softmax_backward": {
        "diagonal only": (
            """\
def softmax_backward(dout, s):
    return dout * s * (1 - s)
""",
            "Only the diagonal of the Jacobian is used, as for a sigmoid; the terms -s_i s_j between classes are missing.",
            1,
        ),
        "s missing in the sum": (
            """\
def softmax_backward(dout, s):
    return s * (dout - np.sum(dout, axis=1, keepdims=True))
""",
            "The sum has to be over dout * s; the factor s inside is missing.",
            1,
        ),
        "columns and outer s": (
            """\
def softmax_backward(dout, s):
    dot = np.sum(dout * s, axis=0, keepdims=True)
    return dout - dot
""",
            "Two slips: the sum runs over axis=0, the samples, instead of the classes; and the outer factor s is missing: s * (dout - dot).",
            2,
        ),
        "sign and keepdims": (
            """\
def softmax_backward(dout, s):
    weighted = (s * dout).sum(axis=1)
    return s * (weighted - dout)
""",
            "Two slips: the difference has the wrong sign (it should be dout - weighted); and keepdims is missing, so the row sums are lined up with the columns.",
            2,
        ),
        "sum down the columns": (
            """\
def softmax_backward(dout, s):
    dot = np.sum(dout * s, axis=0, keepdims=True)
    return s * (dout - dot)
""",
            "The sum of dout * s is taken over the samples (axis=0) instead of over the classes of each row (axis=1).",
            1,
        ),
        "mean, and no factor s": (
            """\
def softmax_backward(dout, s):
    inner = np.mean(s * dout, axis=1, keepdims=True)
    return dout - inner
""",
            "The inner product of a row must be a sum, not a mean over the classes. Besides, the factor s in front, s * (dout - sum), is missing.",
            2,
        ),
    },
    "softmax_jacobian": {
        "scores as probabilities": (
            """\
def softmax_jacobian(z):
    return np.diag(z) - np.outer(z, z)
""",
            "z holds scores, not probabilities; softmax has to be applied to z before the formula diag(s) - s s^T.",
            1,
        ),
        "inner product": (
            """\
def softmax_jacobian(z):
    e = np.exp(z - z.max())
    s = e / e.sum()
    return np.diag(s) - s @ s
""",
            "s @ s is one number, the inner product; the outer product np.outer(s, s) is needed.",
            1,
        ),
        "diagonal only": (
            """\
def softmax_jacobian(z):
    e = np.exp(z - np.max(z))
    s = e / np.sum(e)
    return np.diag(s * (1 - s))
""",
            "Only the diagonal is filled; the entries -s_i s_j off the diagonal are 0.",
            1,
        ),
        "loop without minus": (
            """\
def softmax_jacobian(z):
    s = np.exp(z) / np.sum(np.exp(z))
    k = len(z)
    J = np.zeros((k, k))
    for i in range(k):
        for j in range(k):
            if i == j:
                J[i, j] = s[i] * (1 - s[i])
            else:
                J[i, j] = s[i] * s[j]
        return J
""",
            "Two slips: the entries off the diagonal lack their minus; and return is indented into the outer loop, so only the first row is filled.",
            2,
        ),
        "takes scores for probabilities": (
            """\
def softmax_jacobian(z):
    return np.diag(z) - np.outer(z, z)
""",
            "The softmax is never computed: the formula diag(s) - s s^T is applied to the scores z instead of the probabilities.",
            1,
        ),
        "s @ s.T of a vector": (
            """\
def softmax_jacobian(z):
    e = np.exp(z - np.max(z))
    s = e / np.sum(e)
    return np.diag(s) - s @ s.T
""",
            "s has one axis, so s.T is s and s @ s.T is one number, the dot product; it is subtracted from all entries. The outer product is needed.",
            1,
        ),
        "minus forgotten and sum of the scores": (
            """\
def softmax_jacobian(z):
    s = np.exp(z) / np.sum(z)
    k = len(z)
    J = np.zeros((k, k))
    for i in range(k):
        for j in range(k):
            if i == j:
                J[i, j] = s[i] * (1 - s[i])
            else:
                J[i, j] = s[i] * s[j]
    return J
""",
            "Two slips: the softmax divides by the sum of the scores instead of the sum of their exponentials; and beside the diagonal the minus of -s_i s_j is missing.",
            2,
        ),
    },
    "tanh": {
        "overflow": (
            """\
def tanh(Z):
    a = np.exp(Z)
    b = np.exp(-Z)
    return (a - b) / (a + b)
""",
            "At 1000 and -1000 the exponential overflows and inf/inf gives nan instead of 1 and -1.",
            1,
        ),
        "sigmoid of z": (
            """\
def tanh(Z):
    s = 1 / (1 + np.exp(-Z))
    return 2 * s - 1
""",
            "tanh(z) = 2 sigmoid(2z) - 1; the factor 2 in the argument is missing, so this is tanh(z / 2).",
            1,
        ),
        "overflow and parentheses": (
            """\
def tanh(Z):
    return np.exp(Z) - np.exp(-Z) / np.exp(Z) + np.exp(-Z)
""",
            "Two slips: parentheses round numerator and denominator are missing; and exponentials of both signs overflow at 1000 and -1000.",
            2,
        ),
        "cosh without minus, overflow": (
            """\
def tanh(Z):
    sinh = (np.exp(Z) - np.exp(-Z)) / 2
    cosh = (np.exp(Z) + np.exp(Z)) / 2
    return sinh / cosh
""",
            "Two slips: cosh needs e^z + e^-z, the second minus is missing; and sinh / cosh with plain exponentials overflows to nan at 1000 (and at -1000).",
            2,
        ),
        "quotient that overflows": (
            """\
def tanh(Z):
    pos = np.exp(Z)
    neg = np.exp(-Z)
    return (pos - neg) / (pos + neg)
""",
            "The formula overflows for large |z|: at 1000 it is inf / inf = nan instead of 1.",
            1,
        ),
        "2 missing in the exponent": (
            """\
def tanh(Z):
    s = 1 / (1 + np.exp(-Z))
    return 2 * s - 1
""",
            "tanh(z) is 2 sigmoid(2z) - 1; here the sigmoid is taken at z, so the answer is tanh(z / 2).",
            1,
        ),
    },
    "tanh_derivative": {
        "x as the value": (
            """\
def tanh_derivative(x):
    return 1 - x ** 2
""",
            "x is treated as tanh's value; tanh has to be applied first: 1 - tanh(x)^2.",
            1,
        ),
        "square missing": (
            """\
def tanh_derivative(x):
    return 1 - np.tanh(x)
""",
            "The square is missing: 1 - tanh(x) instead of 1 - tanh(x)^2.",
            1,
        ),
        "sigmoid's rule": (
            """\
def tanh_derivative(x):
    t = np.tanh(x)
    return t * (1 - t)
""",
            "t (1 - t) is the rule for the sigmoid; for tanh it is 1 - t^2.",
            1,
        ),
        "overflow and square outside": (
            """\
def tanh_derivative(x):
    t = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    return (1 - t) ** 2
""",
            "Two slips: the square is at the wrong place, (1 - t)^2 instead of 1 - t^2; and tanh by plain exponentials overflows to nan at 1000 and -1000.",
            2,
        ),
        "square inside the tanh": (
            """\
def tanh_derivative(x):
    return 1 - np.tanh(x ** 2)
""",
            "The square is inside: tanh(x^2) instead of tanh(x)^2.",
            1,
        ),
        "tanh by hand overflows": (
            """\
def tanh_derivative(x):
    ep, em = np.exp(x), np.exp(-x)
    t = (ep - em) / (ep + em)
    return 1 - t ** 2
""",
            "The exponentials overflow for huge x: inf/inf is nan at 1000 and -1000, where the slope 0 is asked for. The formula is right elsewhere.",
            1,
        ),
    },
    "binary_cross_entropy": {
        "no clipping": (
            """\
def binary_cross_entropy(A, y):
    return -np.mean(y * np.log(A) + (1 - y) * np.log(1 - A))
""",
            "A is not kept away from 0 and 1: log(0) = -inf gives nan or inf where a probability is exactly 0 or 1.",
            1,
        ),
        "epsilon too small": (
            """\
def binary_cross_entropy(A, y):
    A = np.clip(A, 1e-17, 1 - 1e-17)
    return -np.mean(y * np.log(A) + (1 - y) * np.log(1 - A))
""",
            "1 - 1e-17 rounds to 1, so A = 1 is not moved at all and log(1 - A) is -inf; the epsilon is too small.",
            1,
        ),
        "binary log of a sum": (
            """\
def binary_cross_entropy(A, y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return -np.sum(y * np.log2(A) + (1 - y) * np.log2(1 - A))
""",
            "Two slips: np.log2 instead of the natural logarithm; and the sum instead of the mean.",
            2,
        ),
        "one class and no clipping": (
            """\
def binary_cross_entropy(A, y):
    n = len(y)
    loss = -np.sum(y * np.log(A)) / n
    return loss
""",
            "Two slips: the term (1 - y) log(1 - A) for class 0 is missing; and log(0) is not prevented, A = 0 gives inf or nan.",
            2,
        ),
        "only one end protected": (
            """\
def binary_cross_entropy(A, y):
    A = np.maximum(A, 1e-12)
    return float(-np.mean(y * np.log(A) + (1 - y) * np.log(1 - A)))
""",
            "A is kept away from 0 but not from 1: where A is 1, log(1 - A) is -inf and the loss becomes nan or inf.",
            1,
        ),
        "parentheses of 1 - y": (
            """\
def binary_cross_entropy(A, y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    terms = y * np.log(A) + 1 - y * np.log(1 - A)
    return -np.mean(terms)
""",
            "The parentheses around 1 - y are missing: the code adds 1 and subtracts y log(1 - A) instead of adding (1 - y) log(1 - A).",
            1,
        ),
    },
    "binary_cross_entropy_gradient": {
        "gradient of the scores": (
            """\
def binary_cross_entropy_gradient(A, y):
    n = len(y)
    return (A - y) / n
""",
            "(A - y) / n is the gradient with respect to the scores; with respect to A it has to be divided by A (1 - A).",
            1,
        ),
        "parentheses": (
            """\
def binary_cross_entropy_gradient(A, y):
    n = A.shape[0]
    return (A - y) / A * (1 - A) / n
""",
            "Parentheses are missing: it divides by A and multiplies by (1 - A), instead of dividing by A (1 - A).",
            1,
        ),
        "one sign and a mean": (
            """\
def binary_cross_entropy_gradient(A, y):
    grad = -(y / A + (1 - y) / (1 - A))
    return np.mean(grad)
""",
            "Two slips: the term for class 0 has the wrong sign, it should be -y/A + (1 - y)/(1 - A); and np.mean collapses the gradient to one number instead of dividing each element by n.",
            2,
        ),
        "sign and n": (
            """\
def binary_cross_entropy_gradient(A, y):
    eps = 1e-8
    return (y - A) / (A * (1 - A) + eps)
""",
            "Two slips: the sign, y - A instead of A - y; and the division by n is missing.",
            2,
        ),
        "not divided by n": (
            """\
def binary_cross_entropy_gradient(A, y):
    grad = -(y / A) + (1 - y) / (1 - A)
    return grad
""",
            "The division by the number of samples n is missing: this is the gradient of the sum, not of the mean.",
            1,
        ),
        "sign and precedence": (
            """\
def binary_cross_entropy_gradient(A, y):
    n = A.shape[0]
    return (y - A) / A * (1 - A) / n
""",
            "Two slips: y - A instead of A - y turns the sign; and A * (1 - A) lacks its parentheses, so it divides by A but multiplies by 1 - A.",
            2,
        ),
    },
    "cross_entropy": {
        "mean over everything": (
            """\
def cross_entropy(Y_hat, Y):
    Y_hat = np.clip(Y_hat, 1e-15, 1.0)
    return -np.mean(Y * np.log(Y_hat))
""",
            "np.mean over all elements divides by n times k; the sum over the classes has to be averaged over the rows only.",
            1,
        ),
        "arguments swapped": (
            """\
def cross_entropy(Y_hat, Y):
    Y = np.clip(Y, 1e-12, 1)
    return -np.sum(Y_hat * np.log(Y)) / Y.shape[0]
""",
            "Predictions and targets are swapped: the logarithm is taken of Y instead of Y_hat.",
            1,
        ),
        "hard labels": (
            """\
def cross_entropy(Y_hat, Y):
    n = Y.shape[0]
    classes = np.argmax(Y, axis=1)
    p = np.clip(Y_hat[np.arange(n), classes], 1e-12, 1)
    return -np.mean(np.log(p))
""",
            "argmax turns every target row into one class, so soft labels are not weighted; Y log(Y_hat) has to be summed over all classes.",
            1,
        ),
        "no minus and nansum": (
            """\
def cross_entropy(Y_hat, Y):
    rows = np.nansum(Y * np.log(Y_hat), axis=1)
    return np.mean(rows)
""",
            "Two slips: the minus is missing; and instead of moving Y_hat away from 0, nansum hides 0 * -inf, so that a certain and wrong row is still infinite.",
            2,
        ),
        "mean over all entries": (
            """\
def cross_entropy(Y_hat, Y):
    Y_hat = np.clip(Y_hat, 1e-12, 1.0)
    return float(-np.mean(Y * np.log(Y_hat)))
""",
            "np.mean over the whole matrix divides by n * k; it should sum over the classes and divide by the number of rows only.",
            1,
        ),
        "hard labels and log2": (
            """\
def cross_entropy(Y_hat, Y):
    n = Y.shape[0]
    true_class = np.argmax(Y, axis=1)
    p = Y_hat[np.arange(n), true_class]
    p = np.clip(p, 1e-12, 1.0)
    return float(-np.log2(p).mean())
""",
            "The logarithm is to base 2 instead of natural. Besides, argmax reduces the targets to one class, so soft labels are treated as one-hot.",
            2,
        ),
    },
    "mse_gradient": {
        "n from len": (
            """\
def mse_gradient(y_pred, y):
    n = len(y)
    return 2 * (y_pred - y) / n
""",
            "len(y) is the number of rows; for arrays with more axes n has to be the number of all elements, y.size.",
            1,
        ),
        "one number": (
            """\
def mse_gradient(y_pred, y):
    return 2 * np.mean(y_pred - y)
""",
            "np.mean collapses the gradient to one number; each element has its own: 2 (y_pred - y) / n.",
            1,
        ),
        "sign and n": (
            """\
def mse_gradient(y_pred, y):
    error = y - y_pred
    return 2 * error
""",
            "Two slips: the error has the wrong sign (y - y_pred); and the division by n is missing.",
            2,
        ),
        "squared again, rows": (
            """\
def mse_gradient(y_pred, y):
    diff = y_pred - y
    return 2 * diff ** 2 / y_pred.shape[0]
""",
            "Two slips: the difference is still squared, the derivative of d^2 is 2d; and shape[0] counts rows instead of all elements.",
            2,
        ),
        "n is the number of rows": (
            """\
def mse_gradient(y_pred, y):
    n = len(y_pred)
    return 2 * (y_pred - y) / n
""",
            "len(y_pred) counts the rows only; n must be the number of all elements (size). Right for one axis, too large for more.",
            1,
        ),
        "mean of the gradient": (
            """\
def mse_gradient(y_pred, y):
    diff = y_pred - y
    return np.mean(2 * diff)
""",
            "np.mean reduces everything to one number; each element must keep its own slope and be divided by n.",
            1,
        ),
    },
    "mse_loss": {
        "root": (
            """\
def mse_loss(y_pred, y):
    return np.sqrt(np.mean((y_pred - y) ** 2))
""",
            "A square root is taken: that is the root mean squared error.",
            1,
        ),
        "square of the mean": (
            """\
def mse_loss(y_pred, y):
    return np.mean(y_pred - y) ** 2
""",
            "The mean is taken first and squared then, so errors of different sign cancel; the errors have to be squared before the mean.",
            1,
        ),
        "half, divided by rows": (
            """\
def mse_loss(y_pred, y):
    m = len(y)
    return np.sum((y_pred - y) ** 2) / (2 * m)
""",
            "Two slips: a factor 1/2 that this course does not use; and len(y) counts rows instead of all elements, wrong for matrices.",
            2,
        ),
        "absolute, per column": (
            """\
def mse_loss(y_pred, y):
    return np.mean(np.abs(y_pred - y), axis=0)
""",
            "Two slips: absolute errors instead of squared ones; and axis=0 gives one mean for each column instead of one number for all elements.",
            2,
        ),
        "square of the mean, again": (
            """\
def mse_loss(y_pred, y):
    error = y_pred - y
    return np.mean(error) ** 2
""",
            "The mean is taken first and then squared, so errors above and below cancel; each error must be squared before averaging.",
            1,
        ),
        "norm over len": (
            """\
def mse_loss(y_pred, y):
    distance = np.linalg.norm(y_pred - y)
    return distance / len(y)
""",
            "The norm is the root of the sum of squares: it still has to be squared. Besides, len(y) is the number of rows only, so with two or more axes it is not the number of elements (y.size).",
            2,
        ),
    },
    "one_hot": {
        "no check": (
            """\
def one_hot(labels, n_classes):
    return np.eye(n_classes)[labels]
""",
            "Labels out of range are not checked: a negative label counts from the end, a large one raises IndexError instead of ValueError.",
            1,
        ),
        "classes from the maximum": (
            """\
def one_hot(labels, n_classes):
    if np.any(labels < 0) or np.any(labels >= n_classes):
        raise ValueError("label out of range")
    n_classes = labels.max() + 1
    out = np.zeros((len(labels), n_classes))
    out[np.arange(len(labels)), labels] = 1.0
    return out
""",
            "n_classes is overwritten by the largest label + 1, so columns are missing where the last classes do not occur.",
            1,
        ),
        "all rows": (
            """\
def one_hot(labels, n_classes):
    if (labels < 0).any() or (labels >= n_classes).any():
        raise ValueError("bad label")
    out = np.zeros((labels.size, n_classes))
    out[:, labels] = 1.0
    return out
""",
            "out[:, labels] sets the columns of all labels in every row; each row needs only its own: out[np.arange(n), labels].",
            1,
        ),
        "transposed, check off by one": (
            """\
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() > n_classes:
        raise ValueError("labels must be between 0 and n_classes - 1")
    out = np.zeros((n_classes, len(labels)))
    for i, label in enumerate(labels):
        out[label, i] = 1.0
    return out
""",
            "Two slips: rows and columns are swapped, the shape is (n_classes, n); and the check lets the label n_classes through (> instead of >=), which ends in IndexError.",
            2,
        ),
        "labels not checked": (
            """\
def one_hot(labels, n_classes):
    return np.eye(n_classes)[labels]
""",
            "The labels are not checked: a negative one silently counts from the end, and one that is too large raises IndexError instead of ValueError.",
            1,
        ),
        "classes in rows and check off by one": (
            """\
def one_hot(labels, n_classes):
    if np.min(labels) < 0 or np.max(labels) > n_classes:
        raise ValueError("label out of range")
    n = len(labels)
    encoded = np.zeros((n_classes, n))
    encoded[labels, np.arange(n)] = 1.0
    return encoded
""",
            "Two slips: the array is transposed, (n_classes, n) instead of (n, n_classes); and the check uses > n_classes instead of >=, so that a label equal to n_classes raises IndexError rather than ValueError.",
            2,
        ),
    },
    "softmax_cross_entropy_gradient": {
        "n missing": (
            """\
def softmax_cross_entropy_gradient(Z, Y):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return p - Y
""",
            "The division by the number of samples is missing.",
            1,
        ),
        "all elements": (
            """\
def softmax_cross_entropy_gradient(Z, Y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    p = e / np.sum(e, axis=1, keepdims=True)
    return (p - Y) / Y.size
""",
            "Y.size counts all elements, n times k; it has to be divided by the number of samples only.",
            1,
        ),
        "sign and columns": (
            """\
def softmax_cross_entropy_gradient(Z, Y):
    e = np.exp(Z - np.max(Z, axis=0))
    p = e / np.sum(e, axis=0)
    return (Y - p) / len(Z)
""",
            "Two slips: the sign, Y - p instead of p - Y; and the softmax is taken over the columns (axis=0) instead of each row.",
            2,
        ),
        "scores as probabilities, classes": (
            """\
def softmax_cross_entropy_gradient(Z, Y):
    return (Z - Y) / Z.shape[1]
""",
            "Two slips: softmax is not applied, Y is subtracted from the scores themselves; and shape[1] is the number of classes, not of samples.",
            2,
        ),
        "one maximum for all rows": (
            """\
def softmax_cross_entropy_gradient(Z, Y):
    e = np.exp(Z - np.max(Z))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - Y) / Z.shape[0]
""",
            "The maximum of the whole array is subtracted instead of each row's own: a row far below it underflows to 0 / 0 = nan.",
            1,
        ),
        "sign, and divided by classes": (
            """\
def softmax_cross_entropy_gradient(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    probs = e / e.sum(axis=1, keepdims=True)
    n = Z.shape[1]
    return (Y - probs) / n
""",
            "The difference has the wrong sign, Y - softmax(Z) instead of softmax(Z) - Y. Besides, n is taken from shape[1], the number of classes, instead of the number of samples, shape[0].",
            2,
        ),
    },
    "adam_step": {
        "no correction": (
            """\
def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad ** 2
    W = W - lr * m / (np.sqrt(v) + eps)
    return W, m, v
""",
            "The correction of the moments for their start at 0 (division by 1 - beta^t) is missing in the step.",
            1,
        ),
        "corrected moments returned": (
            """\
def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad ** 2
    m = m / (1 - beta1 ** t)
    v = v / (1 - beta2 ** t)
    W = W - lr * m / (np.sqrt(v) + eps)
    return W, m, v
""",
            "The corrected moments are returned as state; the m and v returned must not be corrected.",
            1,
        ),
        "in place moments": (
            """\
def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad ** 2
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    return W - lr * m_hat / (np.sqrt(v_hat) + eps), m, v
""",
            "m and v are updated in place, which changes the caller's arrays; they must not be changed.",
            1,
        ),
        "times t and no square": (
            """\
def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m_new = beta1 * m + (1 - beta1) * grad
    v_new = beta2 * v + (1 - beta2) * grad
    m_hat = m_new / (1 - beta1 * t)
    v_hat = v_new / (1 - beta2 * t)
    W_new = W - lr * m_hat / (np.sqrt(v_hat) + eps)
    return W_new, m_new, v_new
""",
            "Two slips: v takes the gradient instead of its square; and the correction uses beta * t instead of beta to the power of t.",
            2,
        ),
        "corrected moments returned, again": (
            """\
def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad ** 2
    m = m / (1 - beta1 ** t)
    v = v / (1 - beta2 ** t)
    W = W - lr * m / (np.sqrt(v) + eps)
    return W, m, v
""",
            "The bias-corrected moments overwrite m and v and are returned; the state returned must be the uncorrected m and v.",
            1,
        ),
        "uphill, and beta1 for v": (
            """\
def adam_step(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    new_m = beta1 * m + (1 - beta1) * grad
    new_v = beta2 * v + (1 - beta2) * grad ** 2
    m_hat = new_m / (1 - beta1 ** t)
    v_hat = new_v / (1 - beta1 ** t)
    new_W = W + lr * m_hat / (np.sqrt(v_hat) + eps)
    return new_W, new_m, new_v
""",
            "The step goes uphill: + lr instead of - lr. Besides, v is corrected with beta1^t instead of beta2^t.",
            2,
        ),
    },
    "forward_perceptron": {
        "element-wise": (
            """\
def forward_perceptron(X, W, b):
    Z = X * W + b
    return 1 / (1 + np.exp(-Z))
""",
            "X * W is element-wise and broadcasts (or fails); the matrix product X @ W is needed.",
            1,
        ),
        "no sigmoid": (
            """\
def forward_perceptron(X, W, b):
    return np.dot(X, W) + b
""",
            "The sigmoid is missing: the score XW + b is returned instead of a probability.",
            1,
        ),
        "no bias and overflow": (
            """\
def forward_perceptron(X, W, b):
    e = np.exp(np.dot(X, W))
    return e / (1 + e)
""",
            "Two slips: the bias is not added; and e^z / (1 + e^z) gives nan for a score of 1000.",
            2,
        ),
        "precedence and flattened": (
            """\
def forward_perceptron(X, W, b):
    z = (X @ W + b).flatten()
    return 1 / 1 + np.exp(-z)
""",
            "Two slips: 1 / 1 + e^-z lacks parentheses round the denominator; and flatten gives the shape (n,) instead of (n, 1).",
            2,
        ),
        "column lost": (
            """\
def forward_perceptron(X, W, b):
    z = np.sum(X * W.T, axis=1) + b
    return 1 / (1 + np.exp(-z))
""",
            "sum(axis=1) without keepdims drops the column axis: the result has shape (n,) (or (1, n) for b of shape (1, 1)) instead of (n, 1).",
            1,
        ),
        "no bias and sign in the sigmoid": (
            """\
def forward_perceptron(X, W, b):
    z = X @ W
    return 1 / (1 + np.exp(z))
""",
            "Two slips: the bias b is not added; and exp(z) instead of exp(-z) makes the sigmoid fall instead of rise.",
            2,
        ),
    },
    "gradient_descent": {
        "last batch dropped": (
            """\
def identity(z):
    return z

def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    W = W.copy()
    b = b.copy()
    losses = []
    num_batches = X.shape[0] // batch_size
    for epoch in range(num_epochs):
        for k in range(num_batches):
            Xb = X[k * batch_size:(k + 1) * batch_size]
            yb = y[k * batch_size:(k + 1) * batch_size]
            error = activation_fn(Xb @ W + b) - yb
            W = W - lr * Xb.T @ error / len(Xb)
            b = b - lr * np.mean(error)
        losses.append(loss_fn(activation_fn(X @ W + b), y))
    return W, b, losses
""",
            "The number of batches is rounded down by //, so the smaller last batch is never used.",
            1,
        ),
        "divided by batch_size": (
            """\
def identity(z):
    return z

def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    losses = []
    n = len(X)
    for _ in range(num_epochs):
        for start in range(0, n, batch_size):
            X_batch = X[start:start + batch_size]
            y_batch = y[start:start + batch_size]
            pred = activation_fn(X_batch @ W + b)
            error = pred - y_batch
            W = W - lr * (X_batch.T @ error) / batch_size
            b = b - lr * np.sum(error) / batch_size
        losses.append(loss_fn(activation_fn(X @ W + b), y))
    return W, b, losses
""",
            "The sums are divided by batch_size also in the last batch, which may have fewer rows; its own number of rows is needed.",
            1,
        ),
        "a loss for each batch": (
            """\
def identity(z):
    return z

def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    losses = []
    for epoch in range(num_epochs):
        for i in range(0, len(X), batch_size):
            xb = X[i:i + batch_size]
            yb = y[i:i + batch_size]
            pred = activation_fn(xb @ W + b)
            error = pred - yb
            W = W - lr * xb.T @ error / len(xb)
            b = b - lr * np.mean(error)
            losses.append(loss_fn(pred, yb))
    return W, b, losses
""",
            "losses.append stands in the inner loop, so there is one loss for each batch instead of one for each epoch.",
            1,
        ),
        "no activation, bias summed": (
            """\
def identity(z):
    return z

def gradient_descent(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    losses = []
    n = X.shape[0]
    for epoch in range(num_epochs):
        for s in range(0, n, batch_size):
            xb = X[s:s + batch_size]
            yb = y[s:s + batch_size]
            pred = xb @ W + b
            error = pred - yb
            W = W - lr * xb.T @ error / len(xb)
            b = b - lr * np.sum(error)
        losses.append(loss_fn(X @ W + b, y))
    return W, b, losses
""",
            "Two slips: activation_fn is never applied; and b falls by the sum of the errors instead of their mean.",
            2,
        ),
    },
    "gradient_step": {
        "in place": (
            """\
def gradient_step(W, grad, lr):
    W -= lr * grad
    return W
""",
            "W -= changes the caller's array (and raises for integer weights); a new array is asked for.",
            1,
        ),
        "parentheses": (
            """\
def gradient_step(W, grad, lr):
    return (W - lr) * grad
""",
            "Wrong parentheses: the learning rate is subtracted from the weights and the result multiplied by the gradient; W - lr * grad is meant.",
            1,
        ),
        "only the step, rate divides": (
            """\
def gradient_step(W, grad, lr):
    step = grad / lr
    return -step
""",
            "Two slips: only the step is returned, W is not in it; and the gradient is divided by the learning rate instead of multiplied.",
            2,
        ),
        "unit gradient in place": (
            """\
def gradient_step(W, grad, lr):
    direction = grad / np.linalg.norm(grad)
    W -= lr * direction
    return W
""",
            "Two slips: the gradient is brought to length 1, so its size is lost; and W is changed in place (integers raise).",
            2,
        ),
        "changed in place": (
            """\
def gradient_step(W, grad, lr):
    W -= lr * grad
    return W
""",
            "W -= changes the caller's array (and fails for integers); a new array W - lr * grad is asked for.",
            1,
        ),
        "changes W": (
            """\
def gradient_step(W, grad, lr):
    W -= lr * grad
    return W
""",
            "W -= changes the caller's array in place (and fails for integer weights); a new array W - lr * grad is asked for.",
            1,
        ),
        "integer copy": (
            """\
def gradient_step(W, grad, lr):
    new_W = np.copy(W)
    for idx in np.ndindex(W.shape):
        new_W[idx] = W[idx] - lr * grad[idx]
    return new_W
""",
            "The copy keeps W's integer dtype: for integer weights the results are cut to integers.",
            1,
        ),
    },
    "minimize": {
        "gradient at the start": (
            """\
def minimize(f_grad, x0, lr, iterations):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - lr * f_grad(x0)
    return x
""",
            "The gradient is taken at the starting point x0 in every step instead of at the current x.",
            1,
        ),
        "one step short": (
            """\
def minimize(f_grad, x0, lr, iterations):
    x = np.asarray(x0, dtype=float)
    for i in range(1, iterations):
        x = x - lr * f_grad(x)
    return x
""",
            "range(1, iterations) makes one step too few.",
            1,
        ),
        "alias": (
            """\
def minimize(f_grad, x0, lr, iterations):
    x = np.asarray(x0)
    for i in range(iterations):
        x -= lr * f_grad(x)
    return x
""",
            "np.asarray makes no copy and x -= works in place, so the caller's x0 is changed, and an integer start raises an error.",
            1,
        ),
        "uphill with early return": (
            """\
def minimize(f_grad, x0, lr, iterations):
    x = np.array(x0, dtype=float)
    for i in range(iterations):
        x = x + lr * f_grad(x)
        return x
""",
            "Two slips: the step is added instead of subtracted; and return stands inside the loop, so only one step is made (and None returned for 0 steps).",
            2,
        ),
    },
    "momentum_step": {
        "old velocity": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    new_velocity = beta * velocity + grad
    W_new = W - lr * velocity
    return W_new, new_velocity
""",
            "The weights move by the old velocity; the new one has to be used.",
            1,
        ),
        "running mean": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    velocity = beta * velocity + (1 - beta) * grad
    return W - lr * velocity, velocity
""",
            "The gradient is weighted by (1 - beta), another convention; here the velocity becomes beta * velocity + grad.",
            1,
        ),
        "rate in the velocity": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    velocity = beta * velocity - lr * grad
    return W + velocity, velocity
""",
            "The learning rate and the minus are put into the velocity (another convention): the velocity returned has another sign and size, and the old velocity is not multiplied by lr.",
            1,
        ),
        "order and in place": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    velocity *= beta
    velocity += grad
    return velocity, W - lr * velocity
""",
            "Two slips: the tuple is in the wrong order (velocity first); and the caller's velocity is changed in place.",
            2,
        ),
        "old velocity moves the weights": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    new_velocity = beta * velocity + grad
    new_W = W - lr * velocity
    return new_W, new_velocity
""",
            "The weights are moved by the old velocity (the argument) instead of the new one.",
            1,
        ),
        "running mean, again": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    v = beta * velocity + (1 - beta) * grad
    W = W - lr * v
    return W, v
""",
            "The gradient is weighted with 1 - beta, the convention of a running mean; here the velocity is beta * velocity + grad.",
            1,
        ),
        "velocity as a moving average": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    velocity = beta * velocity + (1 - beta) * grad
    W = W - lr * velocity
    return W, velocity
""",
            "The gradient is weighted with 1 - beta (moving-average convention); here the velocity is beta * velocity + grad.",
            1,
        ),
        "old velocity and order of the tuple": (
            """\
def momentum_step(W, grad, velocity, lr, beta):
    new_W = W - lr * velocity
    new_velocity = beta * velocity + grad
    return new_velocity, new_W
""",
            "Two slips: the weights move by the old velocity, because it is updated only afterwards; and the tuple is (velocity, W) instead of (W, velocity).",
            2,
        ),
    },
    "numerical_gradient": {
        "divided and multiplied": (
            """\
def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    grads = {}
    for name in params:
        p = params[name]
        g = np.zeros(p.shape)
        for idx in np.ndindex(*p.shape):
            old = p[idx]
            p[idx] = old + h
            plus = loss_fn(forward_fn(X, params), y)
            p[idx] = old - h
            minus = loss_fn(forward_fn(X, params), y)
            p[idx] = old
            g[idx] = (plus - minus) / 2 * h
        grads[name] = g
    return grads
""",
            "/ 2 * h divides by 2 and multiplies by h; / (2 * h) is meant.",
            1,
        ),
        "arguments of the loss": (
            """\
def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    grads = {}
    for name, p in params.items():
        g = np.zeros(p.shape)
        for idx in np.ndindex(*p.shape):
            old = p[idx]
            p[idx] = old + h
            up = loss_fn(y, forward_fn(X, params))
            p[idx] = old - h
            down = loss_fn(y, forward_fn(X, params))
            p[idx] = old
            g[idx] = (up - down) / (2 * h)
        grads[name] = g
    return grads
""",
            "loss_fn is called with targets first; predictions come first, so a loss that is not symmetric gets the wrong sign or value.",
            1,
        ),
        "one side, not put back": (
            """\
def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    grads = {}
    for name, p in params.items():
        g = np.zeros(p.shape)
        for idx in np.ndindex(*p.shape):
            before = loss_fn(forward_fn(X, params), y)
            p[idx] += h
            after = loss_fn(forward_fn(X, params), y)
            g[idx] = (after - before) / h
        grads[name] = g
    return grads
""",
            "Two slips: a one-sided difference instead of the central one; and the entries are never put back, the parameters stay moved by h.",
            2,
        ),
        "divided by h, traces": (
            """\
def numerical_gradient(X, y, params, loss_fn, forward_fn, h=1e-4):
    grads = {}
    for name, p in params.items():
        g = np.zeros(p.shape)
        for idx in np.ndindex(*p.shape):
            p[idx] += h
            loss_plus = loss_fn(forward_fn(X, params), y)
            p[idx] -= 2 * h
            loss_minus = loss_fn(forward_fn(X, params), y)
            p[idx] += h
            g[idx] = (loss_plus - loss_minus) / h
        grads[name] = g
    return grads
""",
            "Two slips: it divides by h instead of 2h, so slopes are doubled; and += h, -= 2h, += h does not give back the old number to the last bit.",
            2,
        ),
    },
    "perceptron_gradients": {
        "n missing": (
            """\
def perceptron_gradients(X, y, W, b):
    A = 1 / (1 + np.exp(-(X @ W + b)))
    error = A - y
    dW = X.T @ error
    db = np.sum(error).reshape(b.shape)
    return dW, db
""",
            "The division by n is missing in both gradients: the loss is a mean.",
            1,
        ),
        "bias as a number": (
            """\
def perceptron_gradients(X, y, W, b):
    n = X.shape[0]
    A = 1 / (1 + np.exp(-(X @ W + b)))
    dW = X.T @ (A - y) / n
    db = np.mean(A - y)
    return dW, db
""",
            "db is a single number with shape () instead of an array in the shape of b.",
            1,
        ),
        "extra slope of the sigmoid": (
            """\
def perceptron_gradients(X, y, W, b):
    n = len(X)
    A = 1 / (1 + np.exp(-(np.dot(X, W) + b)))
    dZ = (A - y) * A * (1 - A)
    dW = np.dot(X.T, dZ) / n
    db = np.full(b.shape, np.mean(dZ))
    return dW, db
""",
            "The sigmoid's slope A (1 - A) is multiplied once more; with cross-entropy it cancels, the error is just A - y.",
            1,
        ),
        "bias forgotten, summed": (
            """\
def perceptron_gradients(X, y, W, b):
    n = X.shape[0]
    A = 1 / (1 + np.exp(-(X @ W)))
    error = A - y
    dW = X.T @ error / n
    db = np.full(b.shape, error.sum())
    return dW, db
""",
            "Two slips: the bias is not added to XW in the forward pass; and db is the sum of the errors, not divided by n.",
            2,
        ),
        "bias gradient is a number": (
            """\
def perceptron_gradients(X, y, W, b):
    n = X.shape[0]
    A = 1 / (1 + np.exp(-(X @ W + b)))
    error = A - y
    dW = X.T @ error / n
    db = np.mean(error)
    return dW, db
""",
            "db is a bare number with shape (); it must have the shape of b, (1,) or (1, 1). Its value is right.",
            1,
        ),
        "sigmoid slope, no 1/n": (
            """\
def perceptron_gradients(X, y, W, b):
    z = X @ W + b
    A = 1 / (1 + np.exp(-z))
    delta = (A - y) * A * (1 - A)
    dW = X.T @ delta
    db = np.sum(delta, axis=0).reshape(b.shape)
    return dW, db
""",
            "The error is multiplied by the sigmoid's slope A (1 - A), as for a squared error; with cross-entropy it cancels and the gradient of the scores is A - y. Besides, the gradients are sums: the division by n is missing.",
            2,
        ),
        "db is one number": (
            """\
def perceptron_gradients(X, y, W, b):
    A = 1 / (1 + np.exp(-(X @ W + b)))
    error = A - y
    dW = X.T @ error / len(X)
    db = np.mean(error)
    return dW, db
""",
            "db is a plain number; it must have the shape of b, (1,) or (1, 1).",
            1,
        ),
        "sign of the error and db not averaged": (
            """\
def perceptron_gradients(X, y, W, b):
    n = X.shape[0]
    z = X @ W + b
    A = 1 / (1 + np.exp(-z))
    error = y - A
    dW = (X.T @ error) / n
    db = np.sum(error).reshape(b.shape)
    return dW, db
""",
            "Two slips: the error is y - A instead of A - y, so both gradients have the wrong sign; and db is the sum of the errors, not divided by n.",
            2,
        ),
    },
    "determinant": {
        "no row swaps": (
            """\
def determinant(A):
    M = np.array(A, dtype=float)
    n = M.shape[0]
    for k in range(n):
        for i in range(k + 1, n):
            M[i] = M[i] - M[i, k] / M[k, k] * M[k]
    return float(np.prod(np.diag(M)))
""",
            "Elimination never swaps rows, so a zero on the diagonal is divided by and the answer becomes nan or inf.",
            1,
        ),
        "swap without sign": (
            """\
def determinant(A):
    M = np.array(A, dtype=float)
    n = len(M)
    det = 1.0
    for k in range(n):
        p = k + np.argmax(np.abs(M[k:, k]))
        if M[p, k] == 0:
            return 0.0
        if p != k:
            M[[k, p]] = M[[p, k]]
        det *= M[k, k]
        for i in range(k + 1, n):
            M[i] -= M[i, k] / M[k, k] * M[k]
    return det
""",
            "A row swap must turn the sign of the determinant; the sign is never flipped, so the answer has the wrong sign after an odd number of swaps.",
            1,
        ),
        "expansion without alternating signs": (
            """\
def determinant(A):
    n = A.shape[0]
    if n == 1:
        return float(A[0, 0])
    total = 0.0
    for j in range(n):
        minor = np.delete(np.delete(A, 0, axis=0), j, axis=1)
        total += A[0, j] * determinant(minor)
    return total
""",
            "The cofactor expansion lacks the alternating sign (-1)**j; all terms are added (this is the permanent).",
            1,
        ),
        "no float copy, no sign flip": (
            """\
def determinant(A):
    n = A.shape[0]
    det = 1.0
    for k in range(n):
        pivot = k + np.argmax(np.abs(A[k:, k]))
        if A[pivot, k] == 0:
            return 0.0
        if pivot != k:
            A[[k, pivot]] = A[[pivot, k]]
        for i in range(k + 1, n):
            factor = A[i, k] / A[k, k]
            A[i] = A[i] - factor * A[k]
        det = det * A[k, k]
    return float(det)
""",
            "Two slips: it eliminates in A itself instead of in a float copy (the argument is changed, and integers are truncated), and row swaps do not turn the sign.",
            2,
        ),
        "no row swaps, again": (
            """\
def determinant(A):
    M = np.array(A, dtype=float)
    n = M.shape[0]
    for col in range(n):
        for row in range(col + 1, n):
            factor = M[row, col] / M[col, col]
            M[row] = M[row] - factor * M[col]
    return float(np.prod(np.diag(M)))
""",
            "The elimination never swaps rows, so a 0 on the diagonal is divided by and the answer is nan (or inf).",
            1,
        ),
        "no signs, size 1 forgotten": (
            """\
def determinant(A):
    n = len(A)
    if n == 2:
        return A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    total = 0.0
    for j in range(n):
        minor = np.delete(A[1:], j, axis=1)
        total += A[0, j] * determinant(minor)
    return total
""",
            "The expansion along the first row lacks the alternating sign (-1)^j. Besides, there is no base case for a 1 by 1 matrix: its empty minor gives 0, so the answer is 0.",
            2,
        ),
    },
    "eigenvalues_2x2": {
        "real square root of a negative": (
            """\
def eigenvalues_2x2(A):
    t = A[0, 0] + A[1, 1]
    d = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    root = np.sqrt(t**2 / 4 - d)
    return np.array([t / 2 + root, t / 2 - root])
""",
            "np.sqrt of a negative real number is nan; the number under the root has to be complex for a complex pair of eigenvalues.",
            1,
        ),
        "smaller eigenvalue first": (
            """\
def eigenvalues_2x2(A):
    trace = np.trace(A)
    det = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    disc = np.sqrt(complex(trace**2 - 4 * det))
    return np.array([(trace - disc) / 2, (trace + disc) / 2])
""",
            "The order is wrong: the eigenvalue with the minus sign (smaller real or imaginary part) comes first.",
            1,
        ),
        "plus in the determinant": (
            """\
def eigenvalues_2x2(A):
    (a, b), (c, d) = A
    half = (a + d) / 2
    det = a * d + b * c
    s = np.sqrt(half**2 - det + 0j)
    return np.array([half + s, half - s])
""",
            "The determinant of a 2x2 matrix is ad - bc; the code computes ad + bc.",
            1,
        ),
        "lost parentheses, symmetric determinant": (
            """\
def eigenvalues_2x2(A):
    t = A[0, 0] + A[1, 1]
    d = A[0, 0] * A[1, 1] - A[0, 1] ** 2
    root = np.sqrt(complex(t * t - 4 * d))
    return np.array([t + root / 2, t - root / 2])
""",
            "Two slips: t + root / 2 halves only the root, not the trace (parentheses missing), and the determinant squares A[0, 1] instead of using A[0, 1] * A[1, 0], which holds for symmetric matrices only.",
            2,
        ),
        "root of a negative number": (
            """\
def eigenvalues_2x2(A):
    t = A[0, 0] + A[1, 1]
    d = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    root = np.sqrt(t ** 2 / 4 - d)
    return np.array([t / 2 + root, t / 2 - root])
""",
            "np.sqrt of a negative real number is nan: the number under the root must be made complex for matrices with complex eigenvalues.",
            1,
        ),
        "plus in the determinant and smaller one first": (
            """\
def eigenvalues_2x2(A):
    (a, b), (c, d) = A
    trace = a + d
    det = a * d + b * c
    root = np.sqrt(complex(trace ** 2 / 4 - det))
    return np.array([trace / 2 - root, trace / 2 + root])
""",
            "Two slips: the determinant is a d + b c instead of a d - b c; and the order is reversed, the smaller eigenvalue comes first.",
            2,
        ),
    },
    "eigenvectors_2x2": {
        "vectors as rows": (
            """\
def eigenvectors_2x2(A):
    a, b, d = float(A[0, 0]), float(A[0, 1]), float(A[1, 1])
    root = np.sqrt((a - d) ** 2 / 4 + b**2)
    big = (a + d) / 2 + root
    if b == 0:
        v = np.array([1.0, 0.0]) if a > d else np.array([0.0, 1.0])
    else:
        v = np.array([b, big - a])
        v = v / np.sqrt(np.sum(v**2))
    w = np.array([-v[1], v[0]])
    return np.array([v, w])
""",
            "np.array([v, w]) puts the eigenvectors into rows; they have to be columns (a transpose is missing).",
            1,
        ),
        "diagonal matrix not handled": (
            """\
def eigenvectors_2x2(A):
    A = np.asarray(A, dtype=float)
    a, b, d = A[0, 0], A[0, 1], A[1, 1]
    root = np.sqrt((a - d) ** 2 + 4 * b**2)
    columns = []
    for lam in ((a + d + root) / 2, (a + d - root) / 2):
        v = np.array([b, lam - a])
        columns.append(v / np.sqrt(v @ v))
    return np.column_stack(columns)
""",
            "For a diagonal matrix b is 0, so (b, lam - a) is the zero vector for the eigenvalue a and dividing by its length gives nan; that case is not treated.",
            1,
        ),
        "not unit length, smaller eigenvalue first": (
            """\
def eigenvectors_2x2(A):
    a, b, d = A[0, 0], A[0, 1], A[1, 1]
    if b == 0:
        return np.eye(2) if a < d else np.eye(2)[:, ::-1]
    mid = (a + d) / 2
    root = np.sqrt(((a - d) / 2) ** 2 + b**2)
    v_plus = np.array([b, mid + root - a])
    v_minus = np.array([b, mid - root - a])
    return np.column_stack([v_minus, v_plus])
""",
            "Two slips: the eigenvectors are not divided by their length, and the one of the smaller eigenvalue stands in column 0 instead of column 1.",
            2,
        ),
        "diagonal matrix divides by 0": (
            """\
def eigenvectors_2x2(A):
    a, b, d = A[0, 0], A[0, 1], A[1, 1]
    root = np.sqrt((a - d) ** 2 / 4 + b ** 2)
    larger = (a + d) / 2 + root
    smaller = (a + d) / 2 - root
    V = np.array([[b, b], [larger - a, smaller - a]], dtype=float)
    return V / np.sqrt(np.sum(V ** 2, axis=0))
""",
            "(b, lambda - a) is the zero vector for a diagonal matrix (b = 0), so one column becomes 0 / 0 = nan; the diagonal case needs its own treatment.",
            1,
        ),
        "diagonal order, length of the whole": (
            """\
def eigenvectors_2x2(A):
    a, b, d = A[0, 0], A[0, 1], A[1, 1]
    if b == 0:
        return np.eye(2)
    half = (a + d) / 2
    root = np.sqrt(half ** 2 - (a * d - b * b))
    V = np.array([[b, b], [half + root - a, half - root - a]])
    return V / np.sqrt(np.sum(V ** 2))
""",
            "For a diagonal matrix the identity is returned even where the larger eigenvalue stands second, so the columns are in the wrong order. Besides, V is divided by the norm of the whole matrix instead of each column's (axis=0 missing), so columns do not have length 1.",
            2,
        ),
    },
    "frobenius_norm": {
        "squares overflow": (
            """\
def frobenius_norm(A):
    A = np.asarray(A, dtype=float)
    return float(np.sqrt(np.sum(A**2)))
""",
            "The entries are squared without scaling first, so entries such as 1e200 overflow and the answer is inf.",
            1,
        ),
        "sum of absolute values": (
            """\
def frobenius_norm(A):
    total = 0.0
    for row in A:
        for value in row:
            total += abs(value)
    return float(total)
""",
            "It sums the absolute values of the entries; the Frobenius norm is the root of the sum of squares.",
            1,
        ),
        "no root, zero matrix": (
            """\
def frobenius_norm(A):
    A = np.asarray(A, dtype=float)
    biggest = np.abs(A).max()
    return float(biggest * np.sum((A / biggest) ** 2))
""",
            "Two slips: the square root of the sum is missing, and a matrix of zeros divides 0 by 0 and gives nan.",
            2,
        ),
        "squares overflow, again": (
            """\
def frobenius_norm(A):
    total = 0.0
    for row in A:
        for a in row:
            total = total + float(a) * float(a)
    return total ** 0.5
""",
            "The squares of entries such as 1e200 overflow, so the answer is inf; the entries have to be divided by the largest absolute value first.",
            1,
        ),
        "no root and zeros divided by zero": (
            """\
def frobenius_norm(A):
    m = np.max(np.abs(A))
    scaled = A / m
    return m * np.sum(scaled ** 2)
""",
            "Two slips: the square root of the sum of squares is missing; and the matrix of zeros is divided by its maximum 0, which gives nan instead of 0.",
            2,
        ),
    },
    "inverse": {
        "swaps only at an exact zero": (
            """\
def inverse(A):
    n = len(A)
    M = np.hstack([np.array(A, dtype=float), np.eye(n)])
    for k in range(n):
        if M[k, k] == 0:
            rows = np.nonzero(M[k:, k])[0]
            if len(rows) == 0:
                raise ValueError("singular matrix")
            p = k + rows[0]
            M[[k, p]] = M[[p, k]]
        M[k] /= M[k, k]
        for i in range(n):
            if i != k:
                M[i] -= M[i, k] * M[k]
    return M[:, n:]
""",
            "Rows are swapped only where the pivot is exactly 0; a tiny pivot such as 1e-20 is divided by, and rounding destroys the result. The row with the largest absolute value has to be taken.",
            1,
        ),
        "argmax without offset": (
            """\
def inverse(A):
    n = len(A)
    M = np.hstack([np.array(A, dtype=float), np.eye(n)])
    for k in range(n):
        p = np.argmax(np.abs(M[k:, k]))
        if M[k:, k].any() == False:
            raise ValueError("singular")
        M[[k, p]] = M[[p, k]]
        M[k] = M[k] / M[k, k]
        for i in range(n):
            if i != k:
                M[i] = M[i] - M[i, k] * M[k]
    return M[:, n:]
""",
            "np.argmax(np.abs(M[k:, k])) counts from row k, but k is not added to it, so the wrong rows are swapped.",
            1,
        ),
        "copy keeps the integer type": (
            """\
def inverse(A):
    n = A.shape[0]
    M = A.copy()
    R = np.eye(n)
    for k in range(n):
        p = k + np.argmax(np.abs(M[k:, k]))
        if M[p, k] == 0:
            raise ValueError("A is singular")
        M[[k, p]] = M[[p, k]]
        R[[k, p]] = R[[p, k]]
        R[k] = R[k] / M[k, k]
        M[k] = M[k] / M[k, k]
        for i in range(n):
            if i != k:
                R[i] = R[i] - M[i, k] * R[k]
                M[i] = M[i] - M[i, k] * M[k]
    return R
""",
            "A.copy() keeps the integer type of an integer matrix, so the rows are truncated while eliminating and the inverse is wrong; it must be converted to float.",
            1,
        ),
        "largest instead of largest absolute, no error": (
            """\
def inverse(A):
    n = A.shape[0]
    M = np.concatenate([A.astype(float), np.identity(n)], axis=1)
    for col in range(n):
        best = col + np.argmax(M[col:, col])
        M[[col, best]] = M[[best, col]]
        M[col] = M[col] / M[col, col]
        for row in range(n):
            if row != col:
                M[row] = M[row] - M[row, col] * M[col]
    return M[:, n:]
""",
            "Two slips: the pivot is the largest value, not the largest absolute value (negative pivots are passed over for 0), and a singular matrix does not raise ValueError.",
            2,
        ),
        "swap only at an exact zero": (
            """\
def inverse(A):
    n = A.shape[0]
    M = np.hstack([np.array(A, dtype=float), np.eye(n)])
    for col in range(n):
        if M[col, col] == 0:
            for row in range(col + 1, n):
                if M[row, col] != 0:
                    M[[col, row]] = M[[row, col]]
                    break
            else:
                raise ValueError("singular matrix")
        M[col] = M[col] / M[col, col]
        for row in range(n):
            if row != col:
                M[row] = M[row] - M[row, col] * M[col]
    return M[:, n:]
""",
            "Rows are swapped only if the pivot is exactly 0, not for the largest absolute value in the column: a pivot of 1e-20 is divided by and rounding ruins the answer.",
            1,
        ),
        "swap through views, no error": (
            """\
def inverse(A):
    n = A.shape[0]
    M = np.hstack([A.astype(float), np.eye(n)])
    for col in range(n):
        p = col + np.argmax(np.abs(M[col:, col]))
        M[col], M[p] = M[p], M[col]
        M[col] /= M[col, col]
        for row in range(n):
            if row != col:
                M[row] -= M[row, col] * M[col]
    return M[:, n:]
""",
            "M[col], M[p] = M[p], M[col] swaps views of NumPy rows, so one row overwrites the other and is there twice; M[[col, p]] = M[[p, col]] swaps. Besides, a singular matrix raises no ValueError: it is divided by 0.",
            2,
        ),
    },
    "l1_norm": {
        "absolute value of the sum": (
            """\
def l1_norm(v):
    return float(np.abs(np.sum(v)))
""",
            "It takes the absolute value of the sum instead of summing the absolute values; entries of different sign cancel.",
            1,
        ),
        "first entry skipped": (
            """\
def l1_norm(v):
    total = 0.0
    for i in range(1, len(v)):
        total += abs(v[i])
    return total
""",
            "range(1, len(v)) starts at index 1, so the first entry is left out.",
            1,
        ),
        "return in the loop, no absolute value": (
            """\
def l1_norm(v):
    norm = 0.0
    for entry in v:
        norm = norm + entry
        return norm
""",
            "Two slips: the return stands inside the loop, so only the first entry counts, and the absolute value of the entries is not taken.",
            2,
        ),
        "absolute value of the sum, again": (
            """\
def l1_norm(v):
    return abs(np.sum(v))
""",
            "The absolute value is taken of the sum; it must be taken of each entry before summing, as entries of different sign cancel.",
            1,
        ),
        "return inside the loop": (
            """\
def l1_norm(v):
    total = 0
    for entry in v:
        if entry < 0:
            entry = -entry
        total += entry
        return total
""",
            "The return is indented into the loop, so that only the first entry is counted.",
            1,
        ),
    },
    "l2_norm": {
        "squares overflow": (
            """\
def l2_norm(v):
    return float(np.sqrt(v @ v))
""",
            "The entries are squared without being scaled by the largest one, so entries of 1e200 overflow to inf.",
            1,
        ),
        "largest entry without absolute value": (
            """\
def l2_norm(v):
    m = float(np.max(v))
    if m == 0:
        return 0.0
    return float(m * np.sqrt(np.sum((v / m) ** 2)))
""",
            "The scale is the largest entry instead of the largest absolute value: an all-negative vector gets a negative norm, and one such as [0, -5] gets 0.",
            1,
        ),
        "no root, zero vector": (
            """\
def l2_norm(v):
    scale = np.abs(v).max()
    unit = v / scale
    return float(scale * np.sum(unit**2))
""",
            "Two slips: the square root is missing, and the zero vector is divided by its largest entry 0, which gives nan.",
            2,
        ),
        "squares overflow, again": (
            """\
def l2_norm(v):
    v = np.asarray(v, dtype=float)
    return float(np.sqrt(np.sum(v ** 2)))
""",
            "The squares of entries such as 1e200 overflow to inf; the entries must be scaled by the largest absolute value first.",
            1,
        ),
        "max without abs, zeros": (
            """\
def l2_norm(v):
    m = np.max(v)
    return float(m * np.sqrt(np.sum((v / m) ** 2)))
""",
            "The scale is the largest entry instead of the largest absolute value, so a vector whose entries are all negative gets a negative norm (and a 0 as maximum divides by 0). Besides, a vector of zeros gives 0 / 0 = nan.",
            2,
        ),
    },
    "l2_normalize": {
        "each row by itself": (
            """\
def l2_normalize(A):
    A = np.asarray(A, dtype=float)
    norm = np.linalg.norm(A, axis=-1, keepdims=True)
    return A / np.where(norm == 0, 1.0, norm)
""",
            "Each row is divided by its own norm (axis=-1); the whole array has one norm.",
            1,
        ),
        "in place, zeros become nan": (
            """\
def l2_normalize(A):
    A /= np.linalg.norm(A)
    return A
""",
            "Two slips: A /= ... changes the argument in place (and fails for integers), and an array of zeros is divided by 0 and becomes nan instead of staying zero.",
            2,
        ),
        "sum of absolute values, zeros become nan": (
            """\
def l2_normalize(A):
    total = np.sum(np.abs(A))
    return A / total
""",
            "Two slips: it divides by the L1 norm (sum of absolute values) instead of the root of the sum of squares, and an array of zeros gives nan.",
            2,
        ),
        "a norm for each row": (
            """\
def l2_normalize(A):
    norms = np.sqrt(np.sum(A ** 2, axis=-1, keepdims=True))
    norms[norms == 0] = 1
    return A / norms
""",
            "Each row is divided by its own norm (axis=-1); the whole array has one norm. Right for one axis only.",
            1,
        ),
        "spectral norm and zeros divided by zero": (
            """\
def l2_normalize(A):
    norm = np.linalg.norm(A, ord=2)
    return A / norm
""",
            "Two slips: np.linalg.norm with ord=2 is the spectral norm (largest singular value) for a matrix, and fails for three axes, where the Frobenius norm is asked for; and an array of zeros is divided by its norm 0, which gives nan instead of zeros.",
            2,
        ),
    },
    "pca_directions": {
        "smallest variance first": (
            """\
def pca_directions(X, k):
    Xc = X - X.mean(axis=0)
    C = Xc.T @ Xc / (len(X) - 1)
    values, vectors = np.linalg.eigh(C)
    return vectors[:, :k]
""",
            "np.linalg.eigh sorts the eigenvalues from small to large, so vectors[:, :k] are the directions of the smallest variance.",
            1,
        ),
        "not centered": (
            """\
def pca_directions(X, k):
    C = X.T @ X / (X.shape[0] - 1)
    values, vectors = np.linalg.eigh(C)
    order = np.argsort(values)[::-1]
    return vectors[:, order[:k]]
""",
            "The columns are not centered: the mean is not subtracted before the covariance matrix is formed.",
            1,
        ),
        "directions as rows of Vt": (
            """\
def pca_directions(X, k):
    centered = X - np.mean(X, axis=0)
    U, S, Vt = np.linalg.svd(centered, full_matrices=False)
    return Vt[:k]
""",
            "The directions are returned as rows, shape (k, d); Vt[:k] has to be transposed so that each is a column.",
            1,
        ),
        "divided by the spread, rows for columns": (
            """\
def pca_directions(X, k):
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    cov = Z.T @ Z / (len(Z) - 1)
    values, vectors = np.linalg.eigh(cov)
    order = np.argsort(values)[::-1]
    vectors = vectors[order]
    return vectors[:, :k]
""",
            "Two slips: the columns are divided by their standard deviation, and the eigenvectors are reordered by rows (vectors[order]) although they are the columns of the matrix.",
            2,
        ),
        "smallest variances first": (
            """\
def pca_directions(X, k):
    Xc = X - X.mean(axis=0)
    C = Xc.T @ Xc / (len(X) - 1)
    values, vectors = np.linalg.eigh(C)
    order = np.argsort(values)
    return vectors[:, order[:k]]
""",
            "argsort goes from small to large, so the k directions of the smallest variance are returned; the order must be reversed.",
            1,
        ),
        "not centered, columns of Vt": (
            """\
def pca_directions(X, k):
    U, S, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt[:, :k]
""",
            "The columns' means are not subtracted before the decomposition. Besides, the directions are the rows of Vt, but columns of Vt are returned; it should be Vt[:k].T.",
            2,
        ),
    },
    "power_iteration": {
        "norm as eigenvalue": (
            """\
def power_iteration(A, v0, iterations):
    v = v0 / np.linalg.norm(v0)
    for _ in range(iterations):
        w = A @ v
        v = w / np.linalg.norm(w)
    value = np.linalg.norm(A @ v)
    return value, v
""",
            "The eigenvalue is taken as the length of A v, which is never negative and differs from the Rayleigh quotient (v . A v) / (v . v).",
            1,
        ),
        "one step too many": (
            """\
def power_iteration(A, v0, iterations):
    v = v0 / np.sqrt(np.sum(v0**2))
    i = 0
    while i <= iterations:
        v = A @ v
        v = v / np.sqrt(np.sum(v**2))
        i += 1
    return float(v @ A @ v), v
""",
            "The loop with i <= iterations makes one step too many.",
            1,
        ),
        "starting vector not normalized": (
            """\
def power_iteration(A, v0, iterations):
    v = np.array(v0, dtype=float)
    for _ in range(iterations):
        v = A @ v
        v = v / np.linalg.norm(v)
    return (v @ (A @ v)) / (v @ v), v
""",
            "With 0 steps the starting vector is returned as it is; it has to be divided by its norm.",
            1,
        ),
        "old vector in the quotient, argument changed": (
            """\
def power_iteration(A, v0, iterations):
    v = v0
    v /= np.linalg.norm(v)
    value = v @ A @ v
    for _ in range(iterations):
        w = A @ v
        value = v @ w
        v = w / np.linalg.norm(w)
    return float(value), v
""",
            "Two slips: the eigenvalue is the Rayleigh quotient of the vector before the last step, not of the last v, and v /= ... changes v0 in place (and fails for integers).",
            2,
        ),
        "length instead of Rayleigh quotient": (
            """\
def power_iteration(A, v0, iterations):
    v = v0 / np.linalg.norm(v0)
    for _ in range(iterations):
        w = A @ v
        v = w / np.linalg.norm(w)
    eigenvalue = np.linalg.norm(A @ v)
    return eigenvalue, v
""",
            "The eigenvalue is taken as the length of A v, which is never negative and in general not the Rayleigh quotient v . A v / v . v.",
            1,
        ),
        "one step too few": (
            """\
def power_iteration(A, v0, iterations):
    v = v0 / np.sqrt(v0 @ v0)
    for step in range(1, iterations):
        v = A @ v
        v = v / np.sqrt(v @ v)
    eigenvalue = (v @ (A @ v)) / (v @ v)
    return eigenvalue, v
""",
            "range(1, iterations) makes one step fewer than asked for.",
            1,
        ),
    },
    "chain_rule": {
        "outer slope at x": (
            """\
def chain_rule(df, g, dg, x):
    return df(x) * dg(x)
""",
            "The outer slope is taken at x instead of at g(x).",
            1,
        ),
        "nested slopes": (
            """\
def chain_rule(df, g, dg, x):
    return df(dg(x)) * dg(x)
""",
            "The outer slope is taken at dg(x), the inner derivative, instead of at g(x).",
            1,
        ),
        "np.gradient": (
            """\
def chain_rule(df, g, dg, x):
    u = g(x)
    return df(u) * np.gradient(u)
""",
            "np.gradient takes differences of neighbours over the index instead of the exact inner slope dg(x).",
            1,
        ),
        "sum at x": (
            """\
def chain_rule(df, g, dg, x):
    outer = df(x)
    inner = dg(x)
    return outer + inner
""",
            "Two slips: the slopes are added instead of multiplied; and the outer slope is taken at x instead of g(x).",
            2,
        ),
        "outer slope at x, again": (
            """\
def chain_rule(df, g, dg, x):
    return df(x) * dg(x)
""",
            "The outer derivative is taken at x instead of at g(x).",
            1,
        ),
        "inner slope at g(x)": (
            """\
def chain_rule(df, g, dg, x):
    u = g(x)
    return df(u) * dg(u)
""",
            "The inner derivative dg is taken at g(x); it belongs at x.",
            1,
        ),
    },
    "derivative": {
        "divided and multiplied": (
            """\
def derivative(f, x, h=1e-5):
    x = np.asarray(x)
    return (f(x + h) - f(x - h)) / 2 * h
""",
            "/ 2 * h divides by 2 and multiplies by h; parentheses round 2 * h are missing.",
            1,
        ),
        "own step": (
            """\
def derivative(f, x, h=1e-5):
    h = 1e-6
    x = np.array(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)
""",
            "The parameter h is overwritten by a fixed step; the quotient with the given h is asked for.",
            1,
        ),
        "in place, divided by h": (
            """\
def derivative(f, x, h=1e-5):
    x += h
    right = f(x)
    x -= 2 * h
    left = f(x)
    return (right - left) / h
""",
            "Two slips: x is changed in place (the caller's array stays moved, integer arrays raise); and the difference over both sides is divided by h instead of 2h.",
            2,
        ),
        "left side, rounded": (
            """\
def derivative(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    return np.round((f(x) - f(x - h)) / h, 4)
""",
            "Two slips: a one-sided (backward) quotient instead of the central one; and the result is rounded to 4 decimals, an error larger than the allowed 1e-7.",
            2,
        ),
        "precedence of / 2 * h": (
            """\
def derivative(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x - h)) / 2 * h
""",
            "/ 2 * h divides by 2 and multiplies by h; the parentheses of (2 * h) are missing.",
            1,
        ),
        "one-sided and h overwritten": (
            """\
def derivative(f, x, h=1e-5):
    h = 1e-5
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x)) / h
""",
            "Two slips: it is the one-sided (forward) difference quotient instead of the central one; and h is overwritten with 1e-5, so that the caller's step is ignored.",
            2,
        ),
    },
    "estimate_limit": {
        "too close": (
            """\
def estimate_limit(f, a):
    h = 1e-9
    left = f(a - h)
    right = f(a + h)
    if abs(left - right) > 0.05:
        return float("nan")
    return (left + right) / 2
""",
            "The distance 1e-9 is too small: in differences such as 1 - cos(x) rounding takes all digits, and the answer is 0 or noise.",
            1,
        ),
        "exact comparison": (
            """\
def estimate_limit(f, a):
    h = 1e-4
    left = f(a - h)
    right = f(a + h)
    if left != right:
        return float("nan")
    return left
""",
            "The two sides are compared exactly; f still changes a little near a, so nan is returned almost everywhere. A tolerance is needed.",
            1,
        ),
        "too far, sides not compared": (
            """\
def estimate_limit(f, a):
    h = 0.1
    left = f(a - h)
    right = f(a + h)
    return (left + right) / 2
""",
            "Two slips: the distance 0.1 is too large, the function is still elsewhere; and the two sides are averaged without comparing them, so a jump gives a number instead of nan.",
            2,
        ),
        "signed difference, same side": (
            """\
def estimate_limit(f, a):
    eps = 1e-5
    left = f(a + eps)
    right = f(a + 2 * eps)
    if right - left > 0.01:
        return np.nan
    return left
""",
            "Two slips: both points lie to the right of a, the left side is never asked; and the difference is compared without its absolute value, so a drop would go unnoticed.",
            2,
        ),
        "mean of both sides": (
            """\
def estimate_limit(f, a):
    h = 1e-4
    left = f(a - h)
    right = f(a + h)
    return (left + right) / 2
""",
            "The two sides are averaged without being compared: where they differ the answer must be nan.",
            1,
        ),
        "too far, compared with ==": (
            """\
def estimate_limit(f, a):
    h = 0.1
    left = f(a - h)
    right = f(a + h)
    if left != right:
        return float("nan")
    return right
""",
            "The two sides are compared exactly, so an existing limit gives nan because the values differ by a little; a tolerance is needed. Besides, 0.1 is too far from a: the function is still elsewhere.",
            2,
        ),
    },
    "gradient_on_grid": {
        "weights swapped": (
            """\
def gradient_on_grid(y, x):
    dx = np.diff(x)
    s = np.diff(y) / dx
    out = np.empty(len(y))
    out[0] = s[0]
    out[-1] = s[-1]
    p, q = dx[:-1], dx[1:]
    out[1:-1] = (p * s[:-1] + q * s[1:]) / (p + q)
    return out
""",
            "The weights are swapped: p l + q r instead of q l + p r, so the farther neighbour weighs more.",
            1,
        ),
        "plain mean": (
            """\
def gradient_on_grid(y, x):
    slopes = np.diff(y) / np.diff(x)
    result = np.zeros(len(y))
    result[0] = slopes[0]
    result[-1] = slopes[-1]
    result[1:-1] = (slopes[:-1] + slopes[1:]) / 2
    return result
""",
            "The two slopes of an inner point are averaged plainly; on an uneven grid the nearer neighbour has to weigh more.",
            1,
        ),
        "n - 1 slopes": (
            """\
def gradient_on_grid(y, x):
    return np.diff(y) / np.diff(x)
""",
            "Only the n - 1 slopes between neighbours are returned; a slope at each of the n points is asked for.",
            1,
        ),
        "zeros_like and ends": (
            """\
def gradient_on_grid(y, x):
    out = np.zeros_like(y)
    for i in range(1, len(y) - 1):
        p = x[i] - x[i - 1]
        q = x[i + 1] - x[i]
        l = (y[i] - y[i - 1]) / p
        r = (y[i + 1] - y[i]) / q
        out[i] = (q * l + p * r) / (p + q)
    return out
""",
            "Two slips: the first and the last point are never set and stay 0; and np.zeros_like keeps an integer dtype, so slopes of integer values are cut off.",
            2,
        ),
        "weights swapped, again": (
            """\
def gradient_on_grid(y, x):
    n = len(y)
    slopes = np.diff(y) / np.diff(x)
    d = np.diff(x)
    out = np.zeros(n)
    out[0] = slopes[0]
    out[-1] = slopes[-1]
    for i in range(1, n - 1):
        p, q = d[i - 1], d[i]
        l, r = slopes[i - 1], slopes[i]
        out[i] = (p * l + q * r) / (p + q)
    return out
""",
            "The weights are swapped: each slope is weighted with its own distance, (p l + q r) / (p + q), so the farther neighbour weighs more; it should be (q l + p r) / (p + q).",
            1,
        ),
        "neighbours' quotient, integer array": (
            """\
def gradient_on_grid(y, x):
    out = np.zeros_like(y)
    out[0] = (y[1] - y[0]) / (x[1] - x[0])
    out[-1] = (y[-1] - y[-2]) / (x[-1] - x[-2])
    for i in range(1, len(y) - 1):
        out[i] = (y[i + 1] - y[i - 1]) / (x[i + 1] - x[i - 1])
    return out
""",
            "Inner slopes go straight from the left to the right neighbour, which is right on an even grid only; the two slopes must be weighted by the distances. Besides, zeros_like(y) keeps integers, so slopes of integer values lose their decimals.",
            2,
        ),
        "weights swapped, again, again": (
            """\
def gradient_on_grid(y, x):
    dist = np.diff(x)
    slope = np.diff(y) / dist
    result = np.empty(len(y))
    result[0] = slope[0]
    result[-1] = slope[-1]
    for i in range(1, len(y) - 1):
        p, q = dist[i - 1], dist[i]
        result[i] = (p * slope[i - 1] + q * slope[i]) / (p + q)
    return result
""",
            "The weights of inner points are swapped: p l + q r instead of q l + p r, so the farther neighbour weighs more.",
            1,
        ),
        "plain mean and last point forgotten": (
            """\
def gradient_on_grid(y, x):
    n = len(y)
    grad = np.zeros(n)
    grad[0] = (y[1] - y[0]) / (x[1] - x[0])
    for i in range(1, n - 1):
        left = (y[i] - y[i - 1]) / (x[i] - x[i - 1])
        right = (y[i + 1] - y[i]) / (x[i + 1] - x[i])
        grad[i] = (left + right) / 2
    return grad
""",
            "Two slips: inner points get the plain mean of both slopes, not weighted by the distances; and the last point is never filled and stays 0.",
            2,
        ),
    },
    "product_rule": {
        "product of slopes": (
            """\
def product_rule(u, du, v, dv):
    return du * dv
""",
            "The derivative of a product is not the product of the derivatives; it is du v + u dv.",
            1,
        ),
        "wrong partners": (
            """\
def product_rule(u, du, v, dv):
    return u * du + v * dv
""",
            "Each derivative is multiplied by its own function instead of by the other one: du v + u dv is meant.",
            1,
        ),
        "minus": (
            """\
def product_rule(u, du, v, dv):
    return du * v - u * dv
""",
            "A minus stands between the terms, as in the quotient rule's numerator; it has to be a plus.",
            1,
        ),
        "matrix product, wrong partner": (
            """\
def product_rule(u, du, v, dv):
    first = du @ v
    second = u * du
    return first + second
""",
            "Two slips: @ is used instead of *, which adds up the products (or multiplies matrices); and the second term has du instead of dv.",
            2,
        ),
    },
    "trapezoid": {
        "absolute widths": (
            """\
def trapezoid(y, x):
    widths = np.abs(np.diff(x))
    heights = (y[1:] + y[:-1]) / 2
    return np.sum(widths * heights)
""",
            "np.abs removes the sign of the widths; where x falls the area has to count negative.",
            1,
        ),
        "left rectangles": (
            """\
def trapezoid(y, x):
    area = 0.0
    for i in range(len(x) - 1):
        area += (x[i + 1] - x[i]) * y[i]
    return area
""",
            "Rectangles with the left value are summed instead of trapezoids with the mean of both values.",
            1,
        ),
        "one strip short, precedence": (
            """\
def trapezoid(y, x):
    total = 0.0
    for i in range(len(x) - 2):
        total += (x[i + 1] - x[i]) * (y[i] + y[i + 1] / 2)
    return total
""",
            "Two slips: range(len(x) - 2) leaves out the last strip; and only y[i + 1] is halved, parentheses round the sum are missing.",
            2,
        ),
        "overwritten and sorted": (
            """\
def trapezoid(y, x):
    x = np.sort(x)
    area = 0.0
    for i in range(1, len(x)):
        area = (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2
    return area
""",
            "Two slips: area is overwritten in the loop by = instead of +=, so only the last strip remains; and x is sorted without y, so a falling grid is paired wrongly and loses its sign.",
            2,
        ),
        "left rectangles, again": (
            """\
def trapezoid(y, x):
    area = 0.0
    for i in range(len(x) - 1):
        area += (x[i + 1] - x[i]) * y[i]
    return area
""",
            "Each strip is the width times the left value only: rectangles instead of the mean of both values.",
            1,
        ),
        "last strip missing, widths positive": (
            """\
def trapezoid(y, x):
    total = 0.0
    for i in range(len(x) - 2):
        width = abs(x[i + 1] - x[i])
        total += width * (y[i] + y[i + 1]) / 2
    return total
""",
            "range(len(x) - 2) leaves out the last strip; there are len(x) - 1 strips. Besides, abs of the width loses the minus sign where x falls.",
            2,
        ),
        "absolute distances": (
            """\
def trapezoid(y, x):
    widths = np.abs(x[1:] - x[:-1])
    heights = (y[1:] + y[:-1]) / 2
    return np.sum(widths * heights)
""",
            "np.abs takes away the sign of the widths: where x falls, the area must count with the opposite sign.",
            1,
        ),
        "last strip and the half forgotten": (
            """\
def trapezoid(y, x):
    area = 0.0
    for i in range(len(x) - 2):
        width = x[i + 1] - x[i]
        area += width * (y[i] + y[i + 1])
    return area
""",
            "Two slips: range(len(x) - 2) leaves out the last strip; and the sum of the two values is not halved, so every strip counts double.",
            2,
        ),
    },
    "bayes_posterior": {
        "not normalized": (
            """\
def bayes_posterior(prior, likelihood):
    joint = prior * likelihood
    if np.all(joint == 0):
        raise ValueError("the data are impossible")
    return joint
""",
            "The products prior * likelihood are not divided by their sum, so they do not sum to 1.",
            1,
        ),
        "divided by the sum of the likelihoods": (
            """\
def bayes_posterior(prior, likelihood):
    prior = np.asarray(prior, dtype=float)
    likelihood = np.asarray(likelihood, dtype=float)
    if np.sum(prior * likelihood) == 0:
        raise ValueError("impossible data")
    return prior * likelihood / np.sum(likelihood)
""",
            "It divides by the sum of the likelihoods; the evidence is the sum of prior * likelihood.",
            1,
        ),
        "impossible data give nan": (
            """\
def bayes_posterior(prior, likelihood):
    weights = prior * likelihood
    evidence = weights.sum()
    return weights / evidence
""",
            "No ValueError is raised where all products are 0; 0 / 0 gives nan.",
            1,
        ),
        "any instead of all, wrong evidence": (
            """\
def bayes_posterior(prior, likelihood):
    joint = prior * likelihood
    if np.any(joint == 0):
        raise ValueError("data impossible")
    evidence = np.mean(joint)
    return joint / evidence
""",
            "Two slips: it raises ValueError as soon as any single hypothesis is impossible instead of only when all are, and it divides by the mean of the products instead of their sum.",
            2,
        ),
        "impossible data not refused": (
            """\
def bayes_posterior(prior, likelihood):
    joint = prior * likelihood
    return joint / np.sum(joint)
""",
            "If the data are impossible under every hypothesis the sum is 0 and nan is returned; a ValueError must be raised.",
            1,
        ),
        "divided by the likelihoods' sum": (
            """\
def bayes_posterior(prior, likelihood):
    if np.all(likelihood == 0):
        raise ValueError("impossible data")
    return prior * likelihood / np.sum(likelihood)
""",
            "The products are divided by the sum of the likelihoods instead of the sum of prior * likelihood, so they do not sum to 1. Besides, the check looks at the likelihoods alone: data that are possible only under hypotheses with prior 0 are not refused.",
            2,
        ),
    },
    "correlation": {
        "n - 1 above, n below": (
            """\
def correlation(x, y):
    n = len(x)
    cov = np.sum((x - np.mean(x)) * (y - np.mean(y))) / (n - 1)
    return float(cov / (np.std(x) * np.std(y)))
""",
            "The covariance is divided by n - 1 but np.std divides by n, so the result is too large by n / (n - 1).",
            1,
        ),
        "matrix instead of its entry": (
            """\
def correlation(x, y):
    cov = np.cov(x, y)
    sx = np.std(x, ddof=1)
    sy = np.std(y, ddof=1)
    return cov / (sx * sy)
""",
            "np.cov(x, y) is a 2x2 matrix; its entry [0, 1] is the covariance, but the whole matrix is returned.",
            1,
        ),
        "0 for constant numbers": (
            """\
def correlation(x, y):
    dx = x - np.mean(x)
    dy = y - np.mean(y)
    denominator = np.sqrt(np.sum(dx**2) * np.sum(dy**2))
    if denominator == 0:
        return 0.0
    return float(np.sum(dx * dy) / denominator)
""",
            "Where all numbers of x or of y are equal it returns 0.0; nan is asked for.",
            1,
        ),
        "no root, mean above and sums below": (
            """\
def correlation(x, y):
    dx = x - x.mean()
    dy = y - y.mean()
    top = np.mean(dx * dy)
    bottom = np.sum(dx**2) * np.sum(dy**2)
    return float(top / bottom)
""",
            "Two slips: the square root of the product of the sums of squares is missing, and the numerator is a mean while the denominator uses sums (a factor n).",
            2,
        ),
        "n - 1 above, n below, again": (
            """\
def correlation(x, y):
    cov = np.cov(x, y)[0, 1]
    return cov / (np.std(x) * np.std(y))
""",
            "np.cov divides by n - 1 but np.std by n: the mixture is too large by the factor n / (n - 1) and can exceed 1.",
            1,
        ),
        "no root and 0 instead of nan": (
            """\
def correlation(x, y):
    dx = x - np.mean(x)
    dy = y - np.mean(y)
    denominator = np.sum(dx ** 2) * np.sum(dy ** 2)
    if denominator == 0:
        return 0.0
    return np.sum(dx * dy) / denominator
""",
            "Two slips: the square root of the denominator is missing; and constant x or y returns 0 where nan is asked for.",
            2,
        ),
    },
    "covariance_matrix": {
        "divided by n": (
            """\
def covariance_matrix(X):
    n, d = X.shape
    Xc = X - X.mean(axis=0)
    return Xc.T @ Xc / n
""",
            "It divides by n instead of n - 1 (population instead of sample covariance).",
            1,
        ),
        "transpose on the wrong side": (
            """\
def covariance_matrix(X):
    centered = X - np.mean(X, axis=0)
    return centered @ centered.T / (X.shape[0] - 1)
""",
            "centered @ centered.T has shape (n, n); the product has to be centered.T @ centered of shape (d, d).",
            1,
        ),
        "argument changed": (
            """\
def covariance_matrix(X):
    X -= X.mean(axis=0)
    return X.T @ X / (len(X) - 1)
""",
            "X -= ... centers the argument in place, so the caller's X is changed (and integers raise an error).",
            1,
        ),
        "row means, divided by n": (
            """\
def covariance_matrix(X):
    means = X.mean(axis=1, keepdims=True)
    D = X - means
    C = D.T @ D
    return C / X.shape[0]
""",
            "Two slips: the mean of each row (axis=1) is subtracted instead of that of each column, and the sum is divided by n instead of n - 1.",
            2,
        ),
        "mean of the whole array, divided by d": (
            """\
def covariance_matrix(X):
    centered = X - np.mean(X)
    return centered.T @ centered / (X.shape[1] - 1)
""",
            "Two slips: np.mean(X) without an axis is one mean of all numbers instead of the mean of each column, and the denominator counts columns (shape[1]) instead of rows.",
            2,
        ),
        "population covariance": (
            """\
def covariance_matrix(X):
    n = X.shape[0]
    centered = X - np.mean(X, axis=0)
    return centered.T @ centered / n
""",
            "The sum of products is divided by n; the sample covariance divides by n - 1.",
            1,
        ),
        "product in the wrong order": (
            """\
def covariance_matrix(X):
    n = X.shape[0]
    D = X - X.mean(axis=0)
    return D @ D.T / (n - 1)
""",
            "D @ D.T is the (n, n) matrix of products of rows; the covariance of the columns is D.T @ D, of shape (d, d).",
            1,
        ),
    },
    "gamma_pdf": {
        "scale used as a rate": (
            """\
import math


def gamma_pdf(x, shape, scale):
    x = np.asarray(x, dtype=float)
    out = np.zeros(x.shape)
    pos = x > 0
    xp = x[pos]
    log_p = (shape - 1) * np.log(xp) - scale * xp + shape * math.log(scale) - math.lgamma(shape)
    out[pos] = np.exp(log_p)
    return out
""",
            "The scale is used as a rate: it multiplies x and scale^k where x / theta and division by theta^k are meant.",
            1,
        ),
        "gamma function overflows": (
            """\
import math


def gamma_pdf(x, shape, scale):
    x = np.asarray(x, dtype=float)
    y = np.where(x > 0, x, 1.0)
    p = y ** (shape - 1) * np.exp(-y / scale) / (math.gamma(shape) * scale**shape)
    return np.where(x > 0, p, 0.0)
""",
            "It computes the powers and math.gamma directly, which overflow for a large shape such as 500; the logarithms have to be used.",
            1,
        ),
        "theta^k forgotten": (
            """\
import math


def gamma_pdf(x, shape, scale):
    x = np.asarray(x, dtype=float)
    safe = np.where(x > 0, x, 1.0)
    logp = (shape - 1) * np.log(safe) - safe / scale - math.lgamma(shape)
    return np.where(x > 0, np.exp(logp), 0.0)
""",
            "The factor theta^k in the denominator (shape * log(scale) in the logarithm) is missing.",
            1,
        ),
        "k instead of k - 1, negative points": (
            """\
import math


def gamma_pdf(x, shape, scale):
    log_density = shape * np.log(x) - x / scale - math.lgamma(shape) - shape * math.log(scale)
    return np.exp(log_density)
""",
            "Two slips: the exponent of x is k instead of k - 1, and negative points are not set to 0 (their logarithm is nan).",
            2,
        ),
        "gamma function overflows, again": (
            """\
import math


def gamma_pdf(x, shape, scale):
    density = np.zeros(np.shape(x))
    pos = x > 0
    xp = x[pos]
    density[pos] = xp ** (shape - 1) * np.exp(-xp / scale) / (math.gamma(shape) * scale ** shape)
    return density
""",
            "math.gamma(shape) and the powers overflow for a large shape such as 500 (OverflowError); logarithms with math.lgamma must be added up and exp taken at the end.",
            1,
        ),
        "rate for scale and negative points": (
            """\
import math


def gamma_pdf(x, shape, scale):
    log_density = (shape - 1) * np.log(x) - x * scale - math.lgamma(shape) - shape * math.log(scale)
    return np.exp(log_density)
""",
            "Two slips: the exponent is -x * scale (scale treated as a rate) instead of -x / scale; and negative x are not handled: np.log of them gives nan instead of the density 0.",
            2,
        ),
    },
    "gaussian_pdf": {
        "sigma taken as the variance": (
            """\
def gaussian_pdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    return np.exp(-((x - mu) ** 2) / (2 * sigma)) / np.sqrt(2 * np.pi * sigma)
""",
            "sigma is used as the variance; both in the exponent and in the factor it has to be squared.",
            1,
        ),
        "missing parentheses in the factor": (
            """\
def gaussian_pdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    z = (x - mu) / sigma
    return 1 / sigma * np.sqrt(2 * np.pi) * np.exp(-0.5 * z**2)
""",
            "1 / sigma * np.sqrt(2 pi) multiplies by the root instead of dividing by it; parentheses around sigma * sqrt(2 pi) are missing.",
            1,
        ),
        "precedence in the exponent, no error": (
            """\
def gaussian_pdf(x, mu, sigma):
    factor = 1 / (sigma * np.sqrt(2 * np.pi))
    return factor * np.exp(-(x - mu) ** 2 / 2 * sigma**2)
""",
            "Two slips: / 2 * sigma**2 multiplies by sigma^2 instead of dividing by 2 sigma^2, and no ValueError is raised for sigma <= 0.",
            2,
        ),
        "zero allowed, minus lost": (
            """\
def gaussian_pdf(x, mu, sigma):
    if sigma < 0:
        raise ValueError("sigma must not be negative")
    x = np.asarray(x, dtype=float)
    exponent = -0.5 * ((x + mu) / sigma) ** 2
    return np.exp(exponent) / (sigma * np.sqrt(2 * np.pi))
""",
            "Two slips: mu is added to x instead of subtracted, and sigma = 0 does not raise ValueError (only negative values do).",
            2,
        ),
        "precedence of the factor": (
            """\
def gaussian_pdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    factor = 1 / sigma * np.sqrt(2 * np.pi)
    return factor * np.exp(-((x - mu) / sigma) ** 2 / 2)
""",
            "1 / sigma * sqrt(2 pi) multiplies by the root instead of dividing by it: parentheses around sigma * sqrt(2 pi) are missing.",
            1,
        ),
        "variance, and negative sigma": (
            """\
def gaussian_pdf(x, mu, sigma):
    if sigma == 0:
        raise ValueError("sigma must not be 0")
    return np.exp(-(x - mu) ** 2 / (2 * sigma)) / np.sqrt(2 * np.pi * sigma)
""",
            "sigma is used as if it were the variance: its square is missing in both places. Besides, only 0 is refused; a negative sigma raises no ValueError and gives nan.",
            2,
        ),
    },
    "mean": {
        "whole-number division": (
            """\
def mean(x):
    return sum(x) // len(x)
""",
            "// is whole-number division, so the fraction of the mean is lost.",
            1,
        ),
        "divided by n - 1": (
            """\
def mean(x):
    total = 0.0
    for value in x:
        total += value
    return total / (len(x) - 1)
""",
            "The sum is divided by n - 1 instead of n.",
            1,
        ),
        "median": (
            """\
def mean(x):
    return float(np.median(x))
""",
            "np.median gives the middle number, not the arithmetic mean.",
            1,
        ),
        "first number twice, rounded": (
            """\
def mean(x):
    total = float(x[0])
    for value in x:
        total += value
    return round(total / len(x))
""",
            "Two slips: the total starts at x[0] and the loop adds x[0] again, so the first number counts twice, and the result is rounded to a whole number.",
            2,
        ),
        "whole division": (
            """\
def mean(x):
    return sum(x) // len(x)
""",
            "// rounds the quotient down to a whole number; / is needed.",
            1,
        ),
        "mean of means": (
            """\
def mean(x):
    m = x[0]
    for value in x[1:]:
        m = (m + value) / 2
    return m
""",
            "Averaging the running value with each next number gives later numbers more weight (1/2, 1/4, ...): it is the mean for at most two numbers only.",
            1,
        ),
    },
    "p_value": {
        "one side only": (
            """\
import math

import numpy as np


def p_value(t, df):
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    x = np.linspace(0, abs(t), 10001)
    y = c * (1 + x**2 / df) ** (-(df + 1) / 2)
    h = abs(t) / 10000
    area = h * (np.sum(y) - (y[0] + y[-1]) / 2)
    return float(0.5 - area)
""",
            "It returns the chance of one tail only (0.5 - area); the two-sided p-value is 1 - 2 * area.",
            1,
        ),
        "t without absolute value": (
            """\
import math

import numpy as np


def p_value(t, df):
    log_c = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    n = 10000
    h = t / n
    xs = h * np.arange(n + 1)
    ys = np.exp(log_c - (df + 1) / 2 * np.log1p(xs**2 / df))
    area = h * (ys[0] / 2 + ys[1:-1].sum() + ys[-1] / 2)
    return float(1 - 2 * area)
""",
            "The integral runs to t instead of |t|, so for a negative t the area is negative and the p-value exceeds 1.",
            1,
        ),
        "normal instead of t distribution": (
            """\
import math


def p_value(t, df):
    return math.erfc(abs(t) / math.sqrt(2))
""",
            "It uses the standard normal distribution and ignores the degrees of freedom; Student's t distribution has heavier tails.",
            1,
        ),
        "precedence of the power, not doubled": (
            """\
import math

import numpy as np


def p_value(t, df):
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    x = np.linspace(0, abs(t), 10001)
    y = c * (1 + x**2 / df) ** -(df + 1) / 2
    h = x[1] - x[0]
    area = h * (np.sum(y) - (y[0] + y[-1]) / 2)
    return float(1 - area)
""",
            "Two slips: ** -(df + 1) / 2 divides the power by 2 instead of halving the exponent (parentheses missing), and the area is not doubled before it is subtracted from 1.",
            2,
        ),
        "left Riemann sum": (
            """\
import math


def p_value(t, df):
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    steps = 10000
    h = abs(t) / steps
    area = 0.0
    for i in range(steps):
        x = i * h
        area += h * c * (1 + x * x / df) ** (-(df + 1) / 2)
    return 1 - 2 * area
""",
            "It adds rectangles at the left ends of the steps (a Riemann sum) instead of the trapezoidal rule, so the error is far above 1e-6.",
            1,
        ),
        "one-sided": (
            """\
import math

def p_value(t, df):
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    x = np.linspace(0, abs(t), 10001)
    y = c * (1 + x ** 2 / df) ** (-(df + 1) / 2)
    area = float(np.sum((y[1:] + y[:-1]) / 2) * (x[1] - x[0]))
    return 0.5 - area
""",
            "0.5 - area is the chance of one tail only; the two-sided p-value is 1 - 2 * area, twice as much.",
            1,
        ),
        "normal distribution, no abs": (
            """\
import math

def p_value(t, df):
    return 1 - math.erf(t / math.sqrt(2))
""",
            "The normal distribution is used instead of Student's t, so df has no influence. Besides, |t| is missing: for a negative t the answer is above 1.",
            2,
        ),
    },
    "reject_null": {
        "strictly smaller": (
            """\
def reject_null(p, alpha=0.05):
    return p < alpha
""",
            "p < alpha is strict; a p equal to alpha rejects too.",
            1,
        ),
        "the wrong way round": (
            """\
def reject_null(p, alpha=0.05):
    if p > alpha:
        return True
    return False
""",
            "The comparison is reversed: the null hypothesis is rejected where p is small, not where it is large.",
            1,
        ),
        "level hard-coded": (
            """\
def reject_null(p, alpha=0.05):
    return bool(p <= 0.05)
""",
            "0.05 is hard-coded; the argument alpha is ignored.",
            1,
        ),
        "half the level, strict": (
            """\
def reject_null(p, alpha=0.05):
    level = alpha / 2
    if p < level:
        return True
    else:
        return False
""",
            "Two slips: alpha is halved (as if p were one-sided), and the comparison is strict, so equality does not reject.",
            2,
        ),
        "equality does not reject": (
            """\
def reject_null(p, alpha=0.05):
    return p < alpha
""",
            "p equal to alpha must reject too: <= instead of <.",
            1,
        ),
        "reversed and alpha ignored": (
            """\
def reject_null(p, alpha=0.05):
    if p > 0.05:
        return True
    else:
        return False
""",
            "Two slips: the comparison is reversed, it rejects for large p; and 0.05 is hard-coded, so that alpha is ignored.",
            2,
        ),
    },
    "sample_bernoulli": {
        "comparison reversed": (
            """\
def sample_bernoulli(p, size, rng):
    return (rng.random(size) > p).astype(int)
""",
            "rng.random(size) > p is true with probability 1 - p; it has to be < p.",
            1,
        ),
        "one draw for all": (
            """\
def sample_bernoulli(p, size, rng):
    u = rng.random()
    return np.full(size, int(u < p))
""",
            "Only one uniform number is drawn and repeated, so the draws are not independent but all equal.",
            1,
        ),
        "global generator": (
            """\
def sample_bernoulli(p, size, rng):
    u = np.random.random(size)
    return np.where(u < p, 1, 0)
""",
            "It draws from the global np.random instead of rng, so the same generator does not give the same draws.",
            1,
        ),
        "one draw too few, reversed": (
            """\
def sample_bernoulli(p, size, rng):
    draws = []
    for i in range(1, size):
        if rng.random() >= p:
            draws.append(1)
        else:
            draws.append(0)
    return np.array(draws)
""",
            "Two slips: range(1, size) makes one draw too few, and a 1 is drawn with probability 1 - p because the comparison is reversed.",
            2,
        ),
        "comparison turned round": (
            """\
def sample_bernoulli(p, size, rng):
    u = rng.random(size)
    return (u > p).astype(int)
""",
            "u > p happens with probability 1 - p; a 1 must be drawn where u < p.",
            1,
        ),
        "one number for all draws": (
            """\
def sample_bernoulli(p, size, rng):
    u = rng.random()
    return np.array([1 if u < p else 0 for _ in range(size)], dtype=int)
""",
            "Only one uniform number is drawn and used for all draws, so all are equal instead of independent.",
            1,
        ),
    },
    "sample_normal": {
        "same number for radius and angle": (
            """\
def sample_normal(mu, sigma, size, rng):
    u = rng.random(size)
    z = np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * np.pi * u)
    return mu + sigma * z
""",
            "Radius and angle use the same uniform number u; a second, independent one is needed.",
            1,
        ),
        "variance instead of deviation": (
            """\
def sample_normal(mu, sigma, size, rng):
    u = rng.random(size)
    v = rng.random(size)
    z = np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * np.pi * v)
    return mu + np.sqrt(sigma) * z
""",
            "The standard normal numbers are multiplied by sqrt(sigma), as if sigma were the variance; it is the standard deviation.",
            1,
        ),
        "odd sizes lose one": (
            """\
def sample_normal(mu, sigma, size, rng):
    half = size // 2
    u, v = rng.random(half), rng.random(half)
    r = np.sqrt(-2 * np.log(1 - u))
    z = np.concatenate([r * np.cos(2 * np.pi * v), r * np.sin(2 * np.pi * v)])
    return mu + sigma * z
""",
            "size // 2 pairs give one number too few where size is odd.",
            1,
        ),
        "pi forgotten, mu and sigma swapped": (
            """\
def sample_normal(mu, sigma, size, rng):
    u = rng.random(size)
    v = rng.random(size)
    radius = np.sqrt(-2 * np.log(1 - u))
    z = radius * np.cos(2 * v)
    return sigma + mu * z
""",
            "Two slips: the angle is 2 v instead of 2 pi v, and mu and sigma are swapped in the last line (mu + sigma * z is right).",
            2,
        ),
        "minus forgotten, angle in degrees": (
            """\
def sample_normal(mu, sigma, size, rng):
    u, v = rng.random(size), rng.random(size)
    r = np.sqrt(2 * np.log(1 - u))
    angle = 360 * v
    return mu + sigma * r * np.cos(angle)
""",
            "Two slips: the minus under the root is missing, so it is nan, and the angle is given in degrees (360 v) while np.cos takes radians.",
            2,
        ),
        "root of sigma": (
            """\
def sample_normal(mu, sigma, size, rng):
    u = rng.random(size)
    v = rng.random(size)
    z = np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * np.pi * v)
    return mu + np.sqrt(sigma) * z
""",
            "sigma is treated as a variance: z is multiplied by sqrt(sigma) instead of by the standard deviation sigma.",
            1,
        ),
        "one uniform for both and odd sizes": (
            """\
def sample_normal(mu, sigma, size, rng):
    u = rng.random(size // 2)
    r = np.sqrt(-2 * np.log(1 - u))
    angle = 2 * np.pi * u
    z = np.concatenate([r * np.cos(angle), r * np.sin(angle)])
    return mu + sigma * z
""",
            "Two slips: radius and angle come from the same uniform number u, so the draws are not normal (a second, independent v is needed); and size // 2 pairs give one draw too few where size is odd.",
            2,
        ),
    },
    "sample_poisson": {
        "counting starts at 1": (
            """\
def sample_poisson(lam, size, rng):
    out = np.zeros(size, dtype=int)
    for i in range(size):
        u = rng.random()
        k = 1
        p = np.exp(-lam)
        total = p
        while total <= u:
            p = p * lam / k
            total += p
            k += 1
        out[i] = k
    return out
""",
            "The count is 1 where the probability of 0 already exceeds u; every draw is too large by 1.",
            1,
        ),
        "one uniform number for all": (
            """\
def sample_poisson(lam, size, rng):
    u = rng.random()
    draws = []
    for _ in range(size):
        k = 0
        p = np.exp(-lam)
        total = p
        while total <= u:
            k += 1
            p *= lam / k
            total += p
        draws.append(k)
    return np.array(draws, dtype=int)
""",
            "u is drawn once before the loop, so all draws are equal; each needs its own uniform number.",
            1,
        ),
        "total not reset": (
            """\
def sample_poisson(lam, size, rng):
    draws = np.zeros(size)
    k = 0
    p = np.exp(-lam)
    total = p
    for i in range(size):
        u = rng.random()
        while total <= u:
            k += 1
            p = p * lam / k
            total = total + p
        draws[i] = k
    return draws
""",
            "k, p and the running total are set once before the loop and not reset for each draw, so the draws can only grow.",
            1,
        ),
        "k not divided by, one too many": (
            """\
def sample_poisson(lam, size, rng):
    draws = []
    for u in rng.random(size):
        k = 0
        p = np.exp(-lam)
        total = p
        while total <= u:
            p = p * lam
            total += p
            k += 1
        draws.append(k + 1)
    return np.array(draws)
""",
            "Two slips: the next probability is multiplied by lam but not divided by k, and k + 1 is stored instead of k.",
            2,
        ),
        "counts one too large": (
            """\
def sample_poisson(lam, size, rng):
    draws = np.zeros(size, dtype=int)
    for i in range(size):
        u = rng.random()
        k = 1
        prob = np.exp(-lam)
        cumulative = prob
        while cumulative <= u:
            prob = prob * lam / k
            cumulative += prob
            k += 1
        draws[i] = k
    return draws
""",
            "k starts at 1 and is raised after its probability was added, so each draw is one too large (0 never occurs).",
            1,
        ),
        "short table, one uniform number": (
            """\
def sample_poisson(lam, size, rng):
    probs = [np.exp(-lam)]
    for k in range(1, 20):
        probs.append(probs[-1] * lam / k)
    cdf = np.cumsum(probs)
    u = rng.random()
    return np.full(size, np.searchsorted(cdf, u, side="right"))
""",
            "Only one uniform number is drawn, so all draws are equal instead of independent. Besides, the table of probabilities ends at 19, so for a larger lam no draw can be above 20.",
            2,
        ),
    },
    "t_statistic": {
        "population variance": (
            """\
def t_statistic(a, b):
    A = np.var(a) / len(a)
    B = np.var(b) / len(b)
    t = (np.mean(a) - np.mean(b)) / np.sqrt(A + B)
    df = (A + B) ** 2 / (A**2 / (len(a) - 1) + B**2 / (len(b) - 1))
    return float(t), float(df)
""",
            "np.var divides by n; the sample variance needs ddof=1.",
            1,
        ),
        "degrees of freedom of the pooled test": (
            """\
def t_statistic(a, b):
    na, nb = len(a), len(b)
    A = np.var(a, ddof=1) / na
    B = np.var(b, ddof=1) / nb
    t = (np.mean(a) - np.mean(b)) / np.sqrt(A + B)
    return float(t), float(na + nb - 2)
""",
            "The degrees of freedom are n_a + n_b - 2 of Student's pooled test, not Welch's formula.",
            1,
        ),
        "deviation instead of variance": (
            """\
def t_statistic(a, b):
    na, nb = len(a), len(b)
    A = np.std(a, ddof=1) / na
    B = np.std(b, ddof=1) / nb
    t = (np.mean(a) - np.mean(b)) / np.sqrt(A + B)
    df = (A + B) ** 2 / (A**2 / (na - 1) + B**2 / (nb - 1))
    return float(t), float(df)
""",
            "np.std, the standard deviation, is divided by n where the variance belongs.",
            1,
        ),
        "difference reversed, no root": (
            """\
def t_statistic(a, b):
    A = np.var(a, ddof=1) / a.size
    B = np.var(b, ddof=1) / b.size
    t = (b.mean() - a.mean()) / (A + B)
    df = (A + B) ** 2 / (A**2 / (a.size - 1) + B**2 / (b.size - 1))
    return float(t), float(df)
""",
            "Two slips: the difference is mean_b - mean_a, so t has the wrong sign, and the square root of A + B is missing.",
            2,
        ),
        "n for n - 1 in the degrees of freedom, tuple reversed": (
            """\
def t_statistic(a, b):
    n, m = len(a), len(b)
    se_a = np.var(a, ddof=1) / n
    se_b = np.var(b, ddof=1) / m
    t = (np.mean(a) - np.mean(b)) / np.sqrt(se_a + se_b)
    df = (se_a + se_b) ** 2 / (se_a**2 / n + se_b**2 / m)
    return float(df), float(t)
""",
            "Two slips: the degrees of freedom divide by n instead of n - 1, and the tuple is returned as (degrees of freedom, t).",
            2,
        ),
        "population variances": (
            """\
def t_statistic(a, b):
    na, nb = len(a), len(b)
    A = np.var(a) / na
    B = np.var(b) / nb
    t = (np.mean(a) - np.mean(b)) / np.sqrt(A + B)
    df = (A + B) ** 2 / (A ** 2 / (na - 1) + B ** 2 / (nb - 1))
    return t, df
""",
            "np.var divides by n; the sample variances with denominator n - 1 (ddof=1) are asked for.",
            1,
        ),
        "absolute value and pooled degrees of freedom": (
            """\
def t_statistic(a, b):
    na, nb = len(a), len(b)
    A = np.var(a, ddof=1) / na
    B = np.var(b, ddof=1) / nb
    t = np.abs(a.mean() - b.mean()) / np.sqrt(A + B)
    df = na + nb - 2
    return t, df
""",
            "Two slips: the absolute difference of the means takes away t's sign; and the degrees of freedom are Student's n_a + n_b - 2 instead of Welch's formula.",
            2,
        ),
    },
    "variance": {
        "mean of squares minus square of mean": (
            """\
def variance(x, ddof=0):
    x = np.asarray(x, dtype=float)
    n = len(x)
    return float((np.mean(x**2) - np.mean(x) ** 2) * n / (n - ddof))
""",
            "Mean of the squares minus square of the mean cancels catastrophically for numbers far from 0, such as 1e9; the distances from the mean have to be squared.",
            1,
        ),
        "missing parentheses": (
            """\
def variance(x, ddof=0):
    m = np.mean(x)
    return float(np.sum((x - m) ** 2) / len(x) - ddof)
""",
            "/ len(x) - ddof subtracts ddof from the quotient; parentheses around len(x) - ddof are missing.",
            1,
        ),
        "ddof ignored": (
            """\
def variance(x, ddof=0):
    m = np.mean(x)
    return float(np.mean((x - m) ** 2))
""",
            "The argument ddof is ignored: it always divides by n.",
            1,
        ),
        "mean with n - ddof, standard deviation": (
            """\
def variance(x, ddof=0):
    n = len(x) - ddof
    m = np.sum(x) / n
    squares = (x - m) ** 2
    return float(np.sqrt(np.sum(squares) / n))
""",
            "Two slips: the mean too is divided by n - ddof, and the square root is taken, which makes it the standard deviation.",
            2,
        ),
        "mean of squares minus square of mean, again": (
            """\
def variance(x, ddof=0):
    n = len(x)
    mean = np.mean(x)
    return float((np.mean(x * x) - mean ** 2) * n / (n - ddof))
""",
            "The shortcut mean of squares minus squared mean loses all digits where the numbers are far from 0, as at 1e9; the mean must be subtracted before squaring.",
            1,
        ),
        "two precedence slips": (
            """\
def variance(x, ddof=0):
    m = np.mean(x)
    return np.sum(x - m) ** 2 / len(x) - ddof
""",
            "The sum of the distances is squared (it is 0) instead of each distance. Besides, the parentheses of the denominator are missing: ddof is subtracted from the quotient, not from n.",
            2,
        ),
    },
    "compensated_sum": {
        "plain sum": (
            """\
def compensated_sum(x):
    total = 0.0
    for value in x:
        total = total + float(value)
    return total
""",
            "It is a plain sum; the rounding errors are not kept in a correction.",
            1,
        ),
        "comparison without absolute values": (
            """\
def compensated_sum(x):
    total = 0.0
    correction = 0.0
    for value in x:
        value = float(value)
        t = total + value
        if total >= value:
            correction += (total - t) + value
        else:
            correction += (value - t) + total
        total = t
    return total + correction
""",
            "total and value are compared without their absolute values, so for negative numbers the wrong branch loses the correction.",
            1,
        ),
        "correction not added at the end": (
            """\
def compensated_sum(x):
    total, c = 0.0, 0.0
    for value in np.asarray(x, dtype=float):
        t = total + value
        if abs(total) >= abs(value):
            c += (total - t) + value
        else:
            c += (value - t) + total
        total = t
    return float(total)
""",
            "The correction is computed but never added to the total that is returned.",
            1,
        ),
        "correction overwritten, empty array": (
            """\
def compensated_sum(x):
    total = float(x[0])
    correction = 0.0
    for value in x[1:]:
        t = total + float(value)
        if abs(total) >= abs(value):
            correction = (total - t) + float(value)
        else:
            correction = (float(value) - t) + total
        total = t
    return total + correction
""",
            "Two slips: the correction is overwritten in each step instead of added to, and x[0] fails for an empty array.",
            2,
        ),
        "one formula for both cases": (
            """\
def compensated_sum(x):
    total = 0.0
    correction = 0.0
    for value in x:
        t = total + value
        correction += (total - t) + value
        total = t
    return float(total + correction)
""",
            "The lost part is always computed as (total - t) + value; where |value| > |total| it must be (value - t) + total. So a small number before a large one is lost.",
            1,
        ),
        "starts at x[0], minus": (
            """\
def compensated_sum(x):
    total = float(x[0])
    lost = 0.0
    for value in x[1:]:
        value = float(value)
        t = total + value
        if abs(total) >= abs(value):
            lost += (total - t) + value
        else:
            lost += (value - t) + total
        total = t
    return total - lost
""",
            "The correction is subtracted at the end instead of added. Besides, x[0] fails with an IndexError for an empty array, whose sum is 0.0.",
            2,
        ),
    },
    "condition_number_2x2": {
        "determinant without absolute value": (
            """\
def condition_number_2x2(A):
    A = np.asarray(A, dtype=float)
    F = np.sum(A**2)
    D = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    if D == 0:
        return np.inf
    s = (np.sqrt(F + 2 * D) + np.sqrt(max(F - 2 * D, 0.0))) / 2
    t = D / s
    return float(s / t)
""",
            "D has to be the absolute value of the determinant; for a negative one the result is negative.",
            1,
        ),
        "squares of the singular values": (
            """\
def condition_number_2x2(A):
    A = np.asarray(A, dtype=float)
    F = np.sum(A**2)
    D = abs(A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])
    if D == 0:
        return float("inf")
    root = np.sqrt(max(F**2 - 4 * D**2, 0.0))
    big = (F + root) / 2
    small = D**2 / big
    return float(big / small)
""",
            "big and small are the squares of the singular values; the root of their ratio is missing.",
            1,
        ),
        "determinant 0 not treated": (
            """\
def condition_number_2x2(A):
    F = float(np.sum(np.square(A, dtype=float)))
    D = float(abs(A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]))
    s = (np.sqrt(F + 2 * D) + np.sqrt(max(F - 2 * D, 0.0))) / 2
    t = D / s
    return s / t
""",
            "A determinant of 0 is not treated: the zero matrix gives 0 / 0, which is nan instead of inf.",
            1,
        ),
        "sum and difference not resolved, inverted": (
            """\
def condition_number_2x2(A):
    A = np.asarray(A, dtype=float)
    F = (A**2).sum()
    D = abs(A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])
    if D == 0:
        return np.inf
    larger = np.sqrt(F + 2 * D)
    smaller = np.sqrt(max(F - 2 * D, 0.0))
    return float(smaller / larger)
""",
            "Two slips: s + t and s - t are used as if they were the singular values s and t themselves, and the smaller is divided by the larger.",
            2,
        ),
        "sign of the determinant": (
            """\
def condition_number_2x2(A):
    F = np.sum(np.asarray(A, dtype=float) ** 2)
    D = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    if D == 0:
        return np.inf
    plus = np.sqrt(max(F + 2 * D, 0))
    minus = np.sqrt(max(F - 2 * D, 0))
    s = (plus + minus) / 2
    t = D / s
    return s / t
""",
            "D must be the absolute value of the determinant: with a negative determinant t = D / s, and so the condition number, comes out negative.",
            1,
        ),
        "square outside the sum and sum over difference": (
            """\
def condition_number_2x2(A):
    F = np.sum(A) ** 2
    D = abs(A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])
    if D == 0:
        return np.inf
    s = np.sqrt(F + 2 * D)
    t = np.sqrt(F - 2 * D)
    return s / t
""",
            "Two slips: F is the square of the sum of the entries instead of the sum of their squares; and sqrt(F + 2D) and sqrt(F - 2D) are s + t and s - t, but are divided as if they were s and t themselves.",
            2,
        ),
    },
    "float_parts": {
        "frexp's fraction from one half": (
            """\
import math


def float_parts(x):
    if not math.isfinite(x):
        raise ValueError("not finite")
    sign = -1 if math.copysign(1.0, x) < 0 else 1
    if x == 0:
        return sign, -1022, 0.0
    fraction, exponent = math.frexp(abs(x))
    if exponent < -1022:
        return sign, -1022, math.ldexp(fraction, exponent + 1022)
    return sign, exponent, fraction
""",
            "math.frexp returns a fraction from 0.5 to 1; it has to be doubled and the exponent lowered by 1.",
            1,
        ),
        "sign of minus zero": (
            """\
import math


def float_parts(x):
    x = float(x)
    if math.isinf(x) or math.isnan(x):
        raise ValueError("x must be finite")
    sign = -1 if x < 0 else 1
    m = abs(x)
    if m < 2.0**-1022:
        return sign, -1022, m * 2.0**1022
    fraction, exponent = math.frexp(m)
    return sign, exponent - 1, fraction * 2
""",
            "x < 0 is False for -0.0, so its sign comes out as 1; math.copysign sees the sign of zero.",
            1,
        ),
        "fraction keeps the sign": (
            """\
import math


def float_parts(x):
    if not math.isfinite(x):
        raise ValueError("x must be finite")
    sign = int(math.copysign(1, x))
    if abs(x) < 2.0**-1022:
        return sign, -1022, x * 2.0**1022
    fraction, exponent = math.frexp(x)
    return sign, exponent - 1, 2 * fraction
""",
            "The fraction of a negative number stays negative, so the sign is counted twice; abs(x) is missing.",
            1,
        ),
        "subnormals and zero, sign of minus zero": (
            """\
import math


def float_parts(x):
    if not math.isfinite(x):
        raise ValueError("not a finite number")
    if x >= 0:
        sign = 1
    else:
        sign = -1
    fraction, exponent = math.frexp(abs(x))
    return sign, exponent - 1, fraction * 2
""",
            "Two slips: zero and subnormal numbers do not get the exponent -1022 (zero gets -1, subnormals an exponent below it), and -0.0 gets the sign 1 because -0.0 >= 0.",
            2,
        ),
        "natural logarithm, negative sign in the fraction": (
            """\
def float_parts(x):
    x = float(x)
    sign = int(np.copysign(1, x))
    if not np.isfinite(x):
        raise ValueError("x must be finite")
    if abs(x) < 2.0**-1022:
        return sign, -1022, x * 2.0**1022
    exponent = max(int(np.floor(np.log(abs(x)))), -1022)
    return sign, exponent, float(x / 2.0**exponent)
""",
            "Two slips: the exponent is computed with the natural logarithm np.log instead of log2, and the fraction keeps the sign of x, as abs(x) is missing there.",
            2,
        ),
        "fraction of frexp": (
            """\
import math

def float_parts(x):
    x = float(x)
    if not math.isfinite(x):
        raise ValueError("not a finite number")
    sign = int(math.copysign(1, x))
    if x == 0:
        return sign, -1022, 0.0
    fraction, exponent = math.frexp(abs(x))
    if exponent < -1022:
        fraction = fraction * 2.0 ** (exponent + 1022)
        exponent = -1022
    return sign, exponent, fraction
""",
            "math.frexp gives a fraction from 0.5 to 1; it must be doubled and the exponent lowered by 1 to have 1 <= fraction < 2.",
            1,
        ),
        "-0.0 and subnormals": (
            """\
import math

def float_parts(x):
    if math.isinf(x) or math.isnan(x):
        raise ValueError("x must be finite")
    sign = 1 if x >= 0 else -1
    fraction = abs(float(x))
    if fraction == 0:
        return sign, -1022, 0.0
    exponent = 0
    while fraction >= 2:
        fraction /= 2
        exponent += 1
    while fraction < 1:
        fraction *= 2
        exponent -= 1
    return sign, exponent, fraction
""",
            "x >= 0 is true for -0.0, whose sign must be -1 (copysign). Besides, subnormal numbers are scaled to a fraction of at least 1 with an exponent below -1022; they must keep the exponent -1022.",
            2,
        ),
    },
    "integrate": {
        "weights 2 and 4 swapped": (
            """\
def integrate(f, a, b, n):
    if n < 2 or n % 2 == 1:
        raise ValueError("n must be even and at least 2")
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        if i % 2 == 0:
            total += 4 * f(a + i * h)
        else:
            total += 2 * f(a + i * h)
    return total * h / 3
""",
            "The weights 4 and 2 are swapped: odd points need 4, even inner ones 2.",
            1,
        ),
        "odd n not refused": (
            """\
def integrate(f, a, b, n):
    if n < 2:
        raise ValueError("n must be at least 2")
    h = (b - a) / n
    x = a + h * np.arange(n + 1)
    w = np.ones(n + 1)
    w[1:-1:2] = 4
    w[2:-1:2] = 2
    return float(h / 3 * sum(wi * f(xi) for wi, xi in zip(w, x)))
""",
            "An odd n does not raise ValueError.",
            1,
        ),
        "trapezoidal rule": (
            """\
def integrate(f, a, b, n):
    if n < 2 or n % 2:
        raise ValueError("n must be even")
    h = (b - a) / n
    total = (f(a) + f(b)) / 2
    for i in range(1, n):
        total += f(a + i * h)
    return h * total
""",
            "This is the trapezoidal rule (all inner weights equal), not Simpson's rule.",
            1,
        ),
        "n points instead of n + 1, h / 2": (
            """\
def integrate(f, a, b, n):
    if n < 2 or n % 2 != 0:
        raise ValueError("n must be even and at least 2")
    h = (b - a) / n
    x = np.linspace(a, b, n)
    y = np.array([f(xi) for xi in x])
    return float(h / 2 * (y[0] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum() + y[-1]))
""",
            "Two slips: np.linspace(a, b, n) gives n points instead of n + 1, and the factor is h / 2 instead of h / 3.",
            2,
        ),
        "sign of h lost, last even weight": (
            """\
def integrate(f, a, b, n):
    if n < 2 or n % 2:
        raise ValueError("n must be even and at least 2")
    if a > b:
        a, b = b, a
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n, 2):
        total += 4 * f(a + i * h)
    for i in range(2, n - 2, 2):
        total += 2 * f(a + i * h)
    return float(h / 3 * total)
""",
            "Two slips: for a > b the limits are swapped without negating the result, and range(2, n - 2, 2) leaves out the last inner even point.",
            2,
        ),
        "n points instead of n + 1": (
            """\
def integrate(f, a, b, n):
    if n < 2 or n % 2 == 1:
        raise ValueError("n must be even")
    x = np.linspace(a, b, n)
    h = (b - a) / n
    y = np.array([f(xi) for xi in x])
    return float(h / 3 * (y[0] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum() + y[-1]))
""",
            "np.linspace(a, b, n) has n points and n - 1 steps; n steps need n + 1 points.",
            1,
        ),
        "weights 4 and 2 swapped": (
            """\
def integrate(f, a, b, n):
    if n < 2 or n % 2 != 0:
        raise ValueError("n must be even and at least 2")
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        if i % 2 == 0:
            total += 4 * f(a + i * h)
        else:
            total += 2 * f(a + i * h)
    return h / 3 * total
""",
            "The inner weights are swapped: odd points must have weight 4 and even ones 2.",
            1,
        ),
        "weights 2 and 4 swapped, again": (
            """\
def integrate(f, a, b, n):
    if n < 2 or n % 2 != 0:
        raise ValueError("n must be even and at least 2")
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        if i % 2 == 0:
            total += 4 * f(a + i * h)
        else:
            total += 2 * f(a + i * h)
    return total * h / 3
""",
            "The weights are swapped: the points with an odd index need 4, those with an even index 2.",
            1,
        ),
        "n points and half of the check": (
            """\
def integrate(f, a, b, n):
    if n % 2 == 1:
        raise ValueError("n must be even")
    h = (b - a) / n
    x = np.linspace(a, b, n)
    y = np.array([f(xi) for xi in x])
    return h / 3 * (y[0] + y[-1] + 4 * np.sum(y[1:-1:2]) + 2 * np.sum(y[2:-1:2]))
""",
            "Two slips: np.linspace(a, b, n) makes n points, n steps need n + 1; and only odd n is refused: n = 0 gives ZeroDivisionError instead of ValueError, as n < 2 is not checked.",
            2,
        ),
    },
    "logsumexp": {
        "overflow": (
            """\
def logsumexp(x):
    return float(np.log(np.sum(np.exp(x))))
""",
            "The exponentials overflow for 1000 and vanish for -1000 because the maximum is not subtracted first.",
            1,
        ),
        "maximum not added back": (
            """\
def logsumexp(x):
    m = np.max(x)
    if np.isneginf(m):
        return float("-inf")
    return float(np.log(np.sum(np.exp(x - m))))
""",
            "The maximum that was subtracted is not added back to the logarithm.",
            1,
        ),
        "all minus infinity": (
            """\
def logsumexp(x):
    x = np.asarray(x, dtype=float)
    top = x.max()
    return float(top + np.log(np.exp(x - top).sum()))
""",
            "If all are -inf, -inf - (-inf) is nan; that case has to return -inf.",
            1,
        ),
        "largest absolute value, logarithm of base 10": (
            """\
def logsumexp(x):
    x = np.asarray(x, dtype=float)
    if np.all(x == -np.inf):
        return -np.inf
    m = np.max(np.abs(x[np.isfinite(x)]))
    return float(m + np.log10(np.sum(np.exp(x - m))))
""",
            "Two slips: the largest absolute value is subtracted instead of the maximum, so very negative numbers underflow to log 0, and np.log10 is used instead of the natural logarithm.",
            2,
        ),
        "mean instead of sum, maximum subtracted": (
            """\
def logsumexp(x):
    m = np.max(x)
    if m == -np.inf:
        return -np.inf
    return float(np.log(np.mean(np.exp(x - m))) - m)
""",
            "Two slips: the mean of the exponentials is taken instead of their sum, and the maximum is subtracted at the end instead of added back.",
            2,
        ),
    },
    "machine_epsilon": {
        "halved once too often": (
            """\
def machine_epsilon(dtype):
    kind = np.dtype(dtype).type
    eps = kind(1)
    while kind(1) + eps > kind(1):
        eps = eps / kind(2)
    return float(eps)
""",
            "The loop halves until 1 + eps is no longer more than 1, so it returns half of the last eps that was.",
            1,
        ),
        "always float64": (
            """\
def machine_epsilon(dtype):
    eps = 1.0
    while 1.0 + eps / 2 > 1.0:
        eps = eps / 2
    return float(np.dtype(dtype).type(eps))
""",
            "The sum is computed with Python floats (float64) whatever the dtype, so float16 and float32 get a wrong answer.",
            1,
        ),
        "string called as a type": (
            """\
def machine_epsilon(dtype):
    one = dtype(1)
    eps = dtype(1)
    while one + eps / 2 > one:
        eps = eps / 2
    return float(eps)
""",
            "dtype is a string and cannot be called; np.dtype(dtype).type makes the type of it.",
            1,
        ),
        "float64 and halved once too often": (
            """\
def machine_epsilon(dtype):
    eps = np.array(1.0, dtype=dtype)
    eps = float(eps)
    while 1 + eps > 1:
        eps /= 2
    return eps
""",
            "Two slips: float(eps) leaves the type, so everything is computed in float64, and the loop halves once too often, returning half of the epsilon.",
            2,
        ),
        "one halving too many": (
            """\
def machine_epsilon(dtype):
    kind = np.dtype(dtype).type
    one = kind(1)
    eps = kind(1)
    while one + eps > one:
        eps = eps / kind(2)
    return float(eps)
""",
            "The loop tests 1 + eps instead of 1 + eps / 2, so it stops one halving too late and returns half of machine epsilon.",
            1,
        ),
        "always in float64": (
            """\
def machine_epsilon(dtype):
    eps = 1.0
    while 1.0 + eps / 2 > 1.0:
        eps = eps / 2
    return float(np.array(eps, dtype=dtype))
""",
            "All arithmetic is done in Python's float64; the dtype is applied to the result only, so float16 and float32 get (a rounded) 2^-52.",
            1,
        ),
        "Python's floats for every type": (
            """\
def machine_epsilon(dtype):
    eps = 1.0
    while 1.0 + eps / 2 > 1.0:
        eps = eps / 2
    return eps
""",
            "dtype is never used: Python floats are float64, so every type gets the epsilon of float64.",
            1,
        ),
        "halved once too often, again": (
            """\
def machine_epsilon(dtype):
    kind = np.dtype(dtype).type
    one, two = kind(1), kind(2)
    eps = one
    while one + eps > one:
        eps = eps / two
    return float(eps)
""",
            "The loop tests 1 + eps instead of 1 + eps / 2 and so stops after the first eps that no longer counts: the result is half of the right one.",
            1,
        ),
    },
    "newton_minimize": {
        "step in the wrong direction": (
            """\
def newton_minimize(grad, hess, x0, iterations):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        p = np.linalg.solve(hess(x), grad(x))
        x = x + p
    return x
""",
            "The step is added; x has to move to x - p.",
            1,
        ),
        "start changed": (
            """\
def newton_minimize(grad, hess, x0, iterations):
    x = x0
    for _ in range(iterations):
        p = np.linalg.solve(hess(x), grad(x))
        x -= p
    return x
""",
            "x is the same array as x0 and x -= p changes it in place (and fails for integers); a float copy is needed.",
            1,
        ),
        "divided elementwise": (
            """\
def newton_minimize(grad, hess, x0, iterations):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        H = hess(x)
        if np.linalg.det(H) == 0:
            raise ValueError("singular Hessian")
        x = x - grad(x) / np.diag(H)
    return x
""",
            "The gradient is divided by the diagonal of the Hessian; the linear system with the whole matrix has to be solved.",
            1,
        ),
        "Hessian of the start only, one step too few": (
            """\
def newton_minimize(grad, hess, x0, iterations):
    x = np.asarray(x0, dtype=float).copy()
    H = hess(x)
    for _ in range(1, iterations):
        p = np.linalg.solve(H, grad(x))
        x = x - p
    return x
""",
            "Two slips: the Hessian is computed once at the start instead of at each x, and range(1, iterations) makes one step too few.",
            2,
        ),
        "pseudo-inverse, return in the loop": (
            """\
def newton_minimize(grad, hess, x0, iterations):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        p = np.linalg.pinv(hess(x)) @ grad(x)
        x = x - p
        return x
""",
            "Two slips: np.linalg.pinv hides a singular Hessian, which has to raise ValueError, and the return stands inside the loop, so only one step is made (and None returned for 0 steps).",
            2,
        ),
    },
    "relative_error": {
        "divided by the exact number": (
            """\
def relative_error(approx, exact):
    a = np.asarray(approx, dtype=float)
    e = np.asarray(exact, dtype=float)
    out = np.zeros(a.shape)
    np.divide(np.abs(a - e), np.abs(e), out=out, where=e != 0)
    return out
""",
            "It divides by |e| alone; the larger one of |a| and |e| is asked for (and where only e is 0 the answer is 1).",
            1,
        ),
        "epsilon in the denominator": (
            """\
def relative_error(approx, exact):
    a = np.asarray(approx, dtype=float)
    e = np.asarray(exact, dtype=float)
    return np.abs(a - e) / (np.maximum(np.abs(a), np.abs(e)) + 1e-8)
""",
            "1e-8 is added to the denominator, which spoils the answer for tiny numbers such as 1e-12.",
            1,
        ),
        "nan where both are 0": (
            """\
def relative_error(approx, exact):
    a, e = np.asarray(approx), np.asarray(exact)
    return np.abs(a - e) / np.maximum(np.abs(a), np.abs(e))
""",
            "Where both numbers are 0 it computes 0 / 0, which is nan instead of 0.",
            1,
        ),
        "one maximum for all, sign kept": (
            """\
def relative_error(approx, exact):
    approx = np.asarray(approx, dtype=float)
    exact = np.asarray(exact, dtype=float)
    scale = max(np.max(np.abs(approx)), np.max(np.abs(exact)))
    if scale == 0:
        return np.zeros(approx.shape)
    return (approx - exact) / scale
""",
            "Two slips: one maximum over the whole arrays is used instead of one for each pair, and the absolute value of the difference is missing.",
            2,
        ),
        "divided by the exact value": (
            """\
def relative_error(approx, exact):
    a = np.asarray(approx, dtype=float)
    e = np.asarray(exact, dtype=float)
    diff = np.abs(a - e)
    size = np.abs(e)
    return np.divide(diff, size, out=np.zeros_like(diff), where=size > 0)
""",
            "The difference is divided by |e| alone instead of the larger of |a| and |e| (and where only e is 0, the answer is 0 for that reason).",
            1,
        ),
        "no abs, epsilon": (
            """\
def relative_error(approx, exact):
    approx = np.asarray(approx, dtype=float)
    exact = np.asarray(exact, dtype=float)
    biggest = np.maximum(approx, exact)
    return np.abs(approx - exact) / (biggest + 1e-8)
""",
            "The absolute values are missing in the maximum, so negative numbers give negative or far too large errors. Besides, the 1e-8 in the denominator hides the errors of tiny numbers.",
            2,
        ),
        "epsilon in the denominator, again": (
            """\
def relative_error(approx, exact):
    a = np.asarray(approx, dtype=float)
    e = np.asarray(exact, dtype=float)
    return np.abs(a - e) / (np.maximum(np.abs(a), np.abs(e)) + 1e-8)
""",
            "1e-8 in the denominator makes the relative errors of tiny numbers such as 1e-12 almost 0; 0 / 0 has to be handled by itself.",
            1,
        ),
        "divided by the exact value, 0/0 not handled": (
            """\
def relative_error(approx, exact):
    approx = np.asarray(approx)
    exact = np.asarray(exact)
    return np.abs(approx - exact) / np.abs(exact)
""",
            "Two slips: it divides by |e| alone instead of by the larger of |a| and |e|; and where both are 0 the result is nan instead of 0.",
            2,
        ),
    },
    "batch_norm_backward": {
        "mean and variance as constants": (
            """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    mu = X.mean(axis=0)
    std = np.sqrt(X.var(axis=0) + eps)
    xhat = (X - mu) / std
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dX = dout * gamma / std
    return dX, dgamma, dbeta
""",
            "dX treats mean and variance as constants; the two terms by which X acts through them are missing.",
            1,
        ),
        "dgamma with X": (
            """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    inv = 1 / np.sqrt(X.var(axis=0) + eps)
    xhat = (X - X.mean(axis=0)) * inv
    g = dout * gamma
    dX = inv * (g - g.mean(axis=0) - xhat * np.mean(g * xhat, axis=0))
    return dX, np.sum(dout * X, axis=0), np.sum(dout, axis=0)
""",
            "dgamma multiplies dout by X instead of the normalized xhat.",
            1,
        ),
        "sample variance": (
            """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = X.shape[0]
    mu = np.mean(X, axis=0)
    var = np.var(X, axis=0, ddof=1)
    inv_std = 1.0 / np.sqrt(var + eps)
    xhat = (X - mu) * inv_std
    dxhat = dout * gamma
    dX = inv_std / n * (n * dxhat - dxhat.sum(axis=0) - xhat * (dxhat * xhat).sum(axis=0))
    return dX, (dout * xhat).sum(axis=0), dout.sum(axis=0)
""",
            "The sample variance (ddof=1) is used; the layer divides by n.",
            1,
        ),
        "gamma forgotten, dbeta as a mean": (
            """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = len(X)
    inv = 1 / np.sqrt(X.var(axis=0) + eps)
    xhat = (X - X.mean(axis=0)) * inv
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.mean(dout, axis=0)
    dX = inv * (dout - np.sum(dout, axis=0) / n - xhat * dgamma / n)
    return dX, dgamma, dbeta
""",
            "Two slips: dX lacks the factor gamma, and dbeta is the mean of dout over the samples instead of the sum.",
            2,
        ),
        "eps outside the root, sums not divided": (
            """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    mu = X.mean(axis=0)
    std = np.sqrt(X.var(axis=0)) + eps
    xhat = (X - mu) / std
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dX = gamma / std * (dout - dbeta - xhat * dgamma)
    return dX, dgamma, dbeta
""",
            "Two slips: eps is added to the standard deviation instead of to the variance under the root, and the sums dbeta and dgamma in dX are not divided by n.",
            2,
        ),
        "mean and variance as constants, again": (
            """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    mean = X.mean(axis=0)
    std = np.sqrt(X.var(axis=0) + eps)
    xhat = (X - mean) / std
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dX = dout * gamma / std
    return dX, dgamma, dbeta
""",
            "dX treats mean and variance as constants; the two terms through the mean and through the variance are missing.",
            1,
        ),
        "X for xhat, sums for means": (
            """\
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    mu = np.mean(X, axis=0)
    std = np.sqrt(np.var(X, axis=0) + eps)
    xhat = (X - mu) / std
    dbeta = dout.sum(axis=0)
    dgamma = (dout * X).sum(axis=0)
    dxhat = dout * gamma
    dX = (dxhat - dxhat.sum(axis=0) - xhat * (dxhat * xhat).sum(axis=0)) / std
    return dX, dgamma, dbeta
""",
            "dgamma multiplies dout with the input X instead of the normalized xhat. Besides, the two correction terms in dX are sums over the batch where means (divided by n) belong.",
            2,
        ),
    },
    "batch_norm_forward": {
        "momentum the other way round": (
            """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    if training:
        mu = X.mean(axis=0)
        var = X.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mu
        running_var = (1 - momentum) * running_var + momentum * var
    else:
        mu, var = running_mean, running_var
    out = gamma * (X - mu) / np.sqrt(var + eps) + beta
    return out, running_mean, running_var
""",
            "momentum is applied to the batch's statistics (PyTorch's convention); here it is how much of the running ones is kept.",
            1,
        ),
        "batch statistics in evaluation": (
            """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    mu = np.mean(X, axis=0)
    var = np.var(X, axis=0)
    xhat = (X - mu) / np.sqrt(var + eps)
    if training:
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
    return gamma * xhat + beta, running_mean, running_var
""",
            "In evaluation the batch is still normalized by its own mean and variance instead of the running ones.",
            1,
        ),
        "normalized by the updated running statistics": (
            """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    if training:
        running_mean = momentum * running_mean + (1 - momentum) * X.mean(axis=0)
        running_var = momentum * running_var + (1 - momentum) * X.var(axis=0)
    out = (X - running_mean) / np.sqrt(running_var + eps)
    return gamma * out + beta, running_mean, running_var
""",
            "In training the batch is normalized by the running statistics; it needs its own mean and variance.",
            1,
        ),
        "unbiased running variance, one statistic for all columns": (
            """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        out = gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta
        return out, running_mean, running_var
    mean = X.mean()
    var = X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    new_mean = momentum * running_mean + (1 - momentum) * mean
    new_var = momentum * running_var + (1 - momentum) * np.var(X, axis=0, ddof=1)
    return out, new_mean, new_var
""",
            "Two slips: X.mean() without axis=0 is one mean for the whole batch instead of one for each column, and the running variance takes the sample variance (ddof=1) instead of the population's.",
            2,
        ),
        "running statistics in place, eps outside": (
            """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    if training:
        mu, var = X.mean(axis=0), X.var(axis=0)
        running_mean *= momentum
        running_mean += (1 - momentum) * mu
        running_var *= momentum
        running_var += (1 - momentum) * var
    else:
        mu, var = running_mean, running_var
    xhat = (X - mu) / (np.sqrt(var) + eps)
    return xhat * gamma + beta, running_mean, running_var
""",
            "Two slips: *= and += change the running statistics of the caller in place, and eps is added to the root instead of to the variance under it.",
            2,
        ),
        "momentum of the other convention": (
            """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    if training:
        mean = X.mean(axis=0)
        var = X.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var
    else:
        mean, var = running_mean, running_var
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, running_mean, running_var
""",
            "momentum weights the batch and 1 - momentum the old running statistics (PyTorch's convention); here it is the other way round.",
            1,
        ),
        "eps outside the root and update in evaluation": (
            """\
def batch_norm_forward(X, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5, training=True):
    batch_mean = np.mean(X, axis=0)
    batch_var = np.var(X, axis=0)
    if training:
        mean, var = batch_mean, batch_var
    else:
        mean, var = running_mean, running_var
    X_hat = (X - mean) / (np.sqrt(var) + eps)
    new_mean = momentum * running_mean + (1 - momentum) * batch_mean
    new_var = momentum * running_var + (1 - momentum) * batch_var
    return gamma * X_hat + beta, new_mean, new_var
""",
            "Two slips: eps is added to the standard deviation instead of to the variance under the root; and the running statistics are updated in evaluation too, where they must come back unchanged.",
            2,
        ),
    },
    "conv2d": {
        "kernel flipped": (
            """\
def conv2d(image, kernel, stride=1, padding=0):
    img = np.pad(np.asarray(image, dtype=float), padding)
    k = np.asarray(kernel, dtype=float)[::-1, ::-1]
    a, b = k.shape
    rows = (img.shape[0] - a) // stride + 1
    cols = (img.shape[1] - b) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            window = img[i * stride : i * stride + a, j * stride : j * stride + b]
            out[i, j] = np.sum(window * k)
    return out
""",
            "The kernel is flipped (a true convolution); here the cross-correlation without flipping is asked for.",
            1,
        ),
        "last window forgotten": (
            """\
def conv2d(image, kernel, stride=1, padding=0):
    x = np.pad(image.astype(float), ((padding, padding), (padding, padding)))
    a, b = kernel.shape
    out_h = (x.shape[0] - a) // stride
    out_w = (x.shape[1] - b) // stride
    out = np.empty((out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            out[i, j] = np.sum(x[top : top + a, left : left + b] * kernel)
    return out
""",
            "The + 1 in the output's size is missing, so the last row and the last column are left out.",
            1,
        ),
        "stride not in the window, padding on two sides": (
            """\
def conv2d(image, kernel, stride=1, padding=0):
    image = np.asarray(image, dtype=float)
    h, w = image.shape
    a, b = kernel.shape
    padded = np.zeros((h + 2 * padding, w + 2 * padding))
    padded[:h, :w] = image
    rows = (h + 2 * padding - a) // stride + 1
    cols = (w + 2 * padding - b) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = np.sum(padded[i : i + a, j : j + b] * kernel)
    return out
""",
            "Two slips: the window starts at (i, j) instead of (i * stride, j * stride), and the picture is put into the top left corner, so all zeros of the padding lie below and to the right.",
            2,
        ),
        "padding once, columns ignore the stride": (
            """\
def conv2d(image, kernel, stride=1, padding=0):
    padded = np.pad(image.astype(float), padding)
    h, w = image.shape
    a, b = kernel.shape
    out_h = (h + padding - a) // stride + 1
    out_w = (w + padding - b) // stride + 1
    out = np.zeros((out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            window = padded[i * stride : i * stride + a, j : j + b]
            out[i, j] = np.sum(window * kernel)
    return out
""",
            "Two slips: the output's size counts the padding once instead of on both sides, and the window's column is j instead of j * stride.",
            2,
        ),
        "window ignores the stride": (
            """\
def conv2d(image, kernel, stride=1, padding=0):
    img = np.pad(np.asarray(image, dtype=float), padding)
    a, b = kernel.shape
    rows = (img.shape[0] - a) // stride + 1
    cols = (img.shape[1] - b) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = np.sum(img[i:i + a, j:j + b] * kernel)
    return out
""",
            "The output has the right size, but the window starts at (i, j) instead of (i * stride, j * stride), so a stride above 1 is ignored.",
            1,
        ),
        "padding on two sides only": (
            """\
def conv2d(image, kernel, stride=1, padding=0):
    padded = np.pad(image.astype(float), ((padding, 0), (padding, 0)))
    kh, kw = kernel.shape
    h = (padded.shape[0] - kh) // stride + 1
    w = (padded.shape[1] - kw) // stride + 1
    result = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            r, c = i * stride, j * stride
            result[i, j] = np.sum(padded[r:r + kh, c:c + kw] * kernel)
    return result
""",
            "Zeros are put at the top and on the left only; the padding belongs on all four sides, so the output is too small.",
            1,
        ),
    },
    "conv2d_backward": {
        "shares overwritten": (
            """\
def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    dimage = np.zeros(image.shape)
    dkernel = np.zeros(kernel.shape)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            dimage[i : i + a, j : j + b] = dout[i, j] * kernel
            dkernel += dout[i, j] * image[i : i + a, j : j + b]
    return dimage, dkernel
""",
            "The shares of overlapping windows are assigned to dimage with = instead of added with +=, so earlier ones are lost.",
            1,
        ),
        "integer gradients": (
            """\
def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    h, w = dout.shape
    dimage = np.zeros_like(image)
    dkernel = np.zeros_like(kernel)
    for i in range(h):
        for j in range(w):
            dimage[i : i + a, j : j + b] += dout[i, j] * kernel
            dkernel += dout[i, j] * image[i : i + a, j : j + b]
    return dimage, dkernel
""",
            "np.zeros_like(image) is an integer array for an integer picture, and adding floats to it in place fails; the gradients have to be floating-point.",
            1,
        ),
        "dout flipped for the kernel": (
            """\
def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    h, w = dout.shape
    flipped = dout[::-1, ::-1]
    dkernel = np.zeros((a, b))
    for u in range(a):
        for v in range(b):
            dkernel[u, v] = np.sum(flipped * image[u : u + h, v : v + w])
    dimage = np.zeros(image.shape)
    for i in range(h):
        for j in range(w):
            dimage[i : i + a, j : j + b] += dout[i, j] * kernel
    return dimage, dkernel
""",
            "dout is flipped before the kernel's gradient is summed; dkernel is the cross-correlation of image and dout without flipping.",
            1,
        ),
        "kernel flipped, dkernel overwritten": (
            """\
def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    dimage = np.zeros(image.shape)
    dkernel = np.zeros(kernel.shape)
    turned = kernel[::-1, ::-1]
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            dimage[i : i + a, j : j + b] += dout[i, j] * turned
            dkernel = dout[i, j] * image[i : i + a, j : j + b]
    return dimage, dkernel
""",
            "Two slips: the kernel is flipped when its share is given back to the picture, and dkernel is overwritten in each step instead of summed up.",
            2,
        ),
        "shares of overlapping windows overwritten": (
            """\
def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    dimage = np.zeros(image.shape)
    dkernel = np.zeros(kernel.shape)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            dimage[i:i + a, j:j + b] = dout[i, j] * kernel
            dkernel += dout[i, j] * image[i:i + a, j:j + b]
    return dimage, dkernel
""",
            "dimage is assigned with = instead of added with +=: where windows overlap, the last one overwrites the shares of those before.",
            1,
        ),
        "flipped kernel into an integer picture": (
            """\
def conv2d_backward(dout, image, kernel):
    a, b = kernel.shape
    dimage = np.zeros_like(image)
    dkernel = np.zeros((a, b))
    flipped = kernel[::-1, ::-1]
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            window = image[i:i + a, j:j + b]
            dkernel += dout[i, j] * window
            dimage[i:i + a, j:j + b] += dout[i, j] * flipped
    return dimage, dkernel
""",
            "Two slips: the kernel is flipped though the forward step is a cross-correlation and each window gets back dout[i, j] * kernel as it is; and np.zeros_like(image) is an integer array for an integer picture, to which floats cannot be added in place (UFuncTypeError).",
            2,
        ),
        "taken for square": (
            """\
def conv2d_backward(dout, image, kernel):
    dimage = np.zeros(image.shape)
    dkernel = np.zeros(kernel.shape)
    n = dout.shape[0]
    a, b = kernel.shape
    for i in range(n):
        for j in range(n):
            dimage[i:i + a, j:j + b] += dout[i, j] * kernel
            dkernel += dout[i, j] * image[i:i + a, j:j + b]
    return dimage, dkernel
""",
            "Both loops run to the number of rows of dout: if it is not square, columns are left out or the index runs out of range. The inner loop needs dout.shape[1].",
            1,
        ),
    },
    "dense_backward": {
        "db without keepdims": (
            """\
def dense_backward(dZ, A_prev, W):
    dW = dZ @ A_prev.T
    db = np.sum(dZ, axis=1)
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
""",
            "db has shape (k,) instead of (k, 1): keepdims=True is missing.",
            1,
        ),
        "divided by m": (
            """\
def dense_backward(dZ, A_prev, W):
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    return W.T @ dZ, dW, db
""",
            "dW and db are divided by the number of samples m; they have to be sums, as a factor 1/m is in dZ already.",
            1,
        ),
        "weights not transposed": (
            """\
def dense_backward(dZ, A_prev, W):
    dA_prev = W @ dZ
    dW = dZ @ A_prev.T
    db = dZ.sum(axis=1, keepdims=True)
    return dA_prev, dW, db
""",
            "dA_prev needs the transposed weights, W.T @ dZ.",
            1,
        ),
        "bias over the units, dW transposed": (
            """\
def dense_backward(dZ, A_prev, W):
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(A_prev, dZ.T)
    db = np.sum(dZ, axis=0, keepdims=True)
    return dA_prev, dW, db
""",
            "Two slips: dW is A_prev @ dZ.T, the transpose of the right dZ @ A_prev.T, and db sums over the units (axis=0) instead of the samples (axis=1).",
            2,
        ),
        "tuple in another order, mean for the bias": (
            """\
def dense_backward(dZ, A_prev, W):
    dW = dZ @ A_prev.T
    db = dZ.mean(axis=1, keepdims=True)
    dA_prev = W.T @ dZ
    return dW, db, dA_prev
""",
            "Two slips: the tuple is (dW, db, dA_prev) instead of (dA_prev, dW, db), and db is the mean over the samples instead of their sum.",
            2,
        ),
        "divided by m again": (
            """\
def dense_backward(dZ, A_prev, W):
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
""",
            "dW and db are divided by m; they are to be sums over the samples, as the factor 1/m is in dZ already.",
            1,
        ),
        "bias summed over the units": (
            """\
def dense_backward(dZ, A_prev, W):
    dA_prev = W.T @ dZ
    dW = dZ @ A_prev.T
    db = np.sum(dZ, axis=0, keepdims=True)
    return dA_prev, dW, db
""",
            "db sums over the units (axis=0) and has shape (1, m); it must sum over the samples (axis=1), shape (k, 1).",
            1,
        ),
    },
    "dense_forward": {
        "factors swapped": (
            """\
def dense_forward(A_prev, W, b):
    return A_prev @ W + b
""",
            "The product is A_prev @ W; with samples in columns it has to be W @ A_prev.",
            1,
        ),
        "bias along the samples": (
            """\
def dense_forward(A_prev, W, b):
    scores = np.dot(W, A_prev)
    return scores + b.ravel()
""",
            "b is flattened to shape (k,) and so added along the samples instead of the units; it has to stay (k, 1).",
            1,
        ),
        "bias forgotten, ReLU": (
            """\
def dense_forward(A_prev, W, b):
    Z = W @ A_prev
    return np.maximum(0, Z)
""",
            "Two slips: the bias b is not added, and a ReLU is applied although the scores without an activation are asked for.",
            2,
        ),
        "elementwise product": (
            """\
def dense_forward(A_prev, W, b):
    return W * A_prev.T + b
""",
            "* multiplies elementwise; the matrix product W @ A_prev is needed.",
            1,
        ),
        "samples taken for rows": (
            """\
def dense_forward(A_prev, W, b):
    return A_prev @ W + b
""",
            "The order is that of samples in rows, A_prev W; samples are columns here, so it must be W @ A_prev (the shapes fit at best by chance).",
            1,
        ),
        "bias flattened": (
            """\
def dense_forward(A_prev, W, b):
    Z = np.dot(W, A_prev)
    return Z + b.flatten()
""",
            "The bias is flattened to shape (k,) and so added along the samples (columns) instead of the units; it must stay a column (k, 1).",
            1,
        ),
    },
    "dropout": {
        "p as the chance to keep": (
            """\
def dropout(X, p, rng, training=True):
    if not training:
        return np.array(X)
    if p < 0 or p >= 1:
        raise ValueError("p must be in [0, 1)")
    keep = rng.random(X.shape) < p
    return X * keep / (1 - p)
""",
            "Elements are kept where the draw is < p, so p is the chance to keep instead of the chance to drop.",
            1,
        ),
        "not scaled": (
            """\
def dropout(X, p, rng, training=True):
    if not training:
        return X
    if not 0 <= p < 1:
        raise ValueError("p must be at least 0 and less than 1")
    draw = rng.random(X.shape)
    return np.where(draw >= p, X, 0)
""",
            "What is kept is not divided by 1 - p, so the mean is not kept.",
            1,
        ),
        "scaled in evaluation instead": (
            """\
def dropout(X, p, rng, training=True):
    X = np.asarray(X, dtype=float)
    if training:
        if p < 0 or p >= 1:
            raise ValueError("bad probability")
        return X * (rng.random(X.shape) >= p)
    return X * (1 - p)
""",
            "This is the older form of dropout: nothing is scaled in training and everything is multiplied by 1 - p in evaluation. Inverted dropout divides by 1 - p in training and changes nothing in evaluation.",
            1,
        ),
        "argument changed, no error": (
            """\
def dropout(X, p, rng, training=True):
    if not training:
        return X
    mask = rng.random(X.shape) < p
    X[mask] = 0
    return X / (1 - p)
""",
            "Two slips: X[mask] = 0 changes the argument in place, and no ValueError is raised where p is negative or at least 1.",
            2,
        ),
        "divided by p, training ignored": (
            """\
def dropout(X, p, rng, training=True):
    if p < 0 or p >= 1:
        raise ValueError("p out of range")
    if p == 0:
        return X * 1.0
    keep = rng.random(X.shape) >= p
    return X * keep / p
""",
            "Two slips: the kept elements are divided by p instead of 1 - p, and the argument training is ignored, so elements are dropped in evaluation too.",
            2,
        ),
        "scaling in evaluation": (
            """\
def dropout(X, p, rng, training=True):
    if not training:
        return X * (1 - p)
    if p < 0 or p >= 1:
        raise ValueError("p must be in [0, 1)")
    keep = rng.random(X.shape) >= p
    return X * keep
""",
            "This is the older convention: kept elements are not divided by 1 - p in training, and evaluation multiplies by 1 - p instead. Inverted dropout scales in training and leaves evaluation alone.",
            1,
        ),
        "changed in place, p unchecked": (
            """\
def dropout(X, p, rng, training=True):
    if not training:
        return X
    dropped = rng.random(X.shape) < p
    X[dropped] = 0
    return X / (1 - p)
""",
            "The zeros are written into the caller's array. Besides, p is not checked: no ValueError for a negative p or for p of 1 or more.",
            2,
        ),
    },
    "layer_norm": {
        "columns instead of rows": (
            """\
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=0)
    var = X.var(axis=0)
    return gamma * (X - mean) / np.sqrt(var + eps) + beta
""",
            "Mean and variance are those of the columns (axis=0), as in batch normalization; those of each row are asked for.",
            1,
        ),
        "eps outside the root": (
            """\
def layer_norm(X, gamma, beta, eps=1e-5):
    mu = X.mean(axis=1, keepdims=True)
    sigma = X.std(axis=1, keepdims=True)
    return gamma * (X - mu) / (sigma + eps) + beta
""",
            "eps is added to the standard deviation; it belongs to the variance, under the root.",
            1,
        ),
        "root forgotten": (
            """\
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = np.mean(X, axis=1, keepdims=True)
    var = np.mean((X - mean) ** 2, axis=1, keepdims=True)
    xhat = (X - mean) / (var + eps)
    return gamma * xhat + beta
""",
            "It divides by variance + eps; the square root is missing.",
            1,
        ),
        "sample variance, scale before the shift": (
            """\
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=-1, keepdims=True)
    var = X.var(axis=-1, ddof=1, keepdims=True)
    z = (X - mean) / np.sqrt(var + eps)
    return gamma * (z + beta)
""",
            "Two slips: the sample variance (ddof=1) is used instead of the population's, and beta is added before multiplying by gamma, so it is scaled too.",
            2,
        ),
        "variance cancels, beta subtracted": (
            """\
def layer_norm(X, gamma, beta, eps=1e-5):
    X = np.asarray(X, dtype=float)
    out = np.zeros(X.shape)
    for i in range(X.shape[0]):
        row = X[i]
        var = np.mean(row**2) - np.mean(row) ** 2
        out[i] = gamma * (row - np.mean(row)) / np.sqrt(var + eps) - beta
    return out
""",
            "Two slips: beta is subtracted instead of added, and the variance as mean of squares minus square of the mean cancels for large numbers such as 1e6.",
            2,
        ),
        "statistics of the columns": (
            """\
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = np.mean(X, axis=0)
    var = np.var(X, axis=0)
    return gamma * (X - mean) / np.sqrt(var + eps) + beta
""",
            "Mean and variance are taken over each column (axis=0), which is batch normalization; each row has its own (axis=1 with keepdims).",
            1,
        ),
        "shortcut variance and no shift": (
            """\
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = np.mean(X, axis=1, keepdims=True)
    mean_sq = np.mean(X ** 2, axis=1, keepdims=True)
    var = mean_sq - mean ** 2
    return gamma * (X - mean) / np.sqrt(var + eps)
""",
            "Two slips: beta is never added; and the variance is computed as mean of squares minus squared mean, which cancels for large numbers that differ little (around 1e6) and may even be negative.",
            2,
        ),
    },
    "max_pool": {
        "maximum starts at 0": (
            """\
def max_pool(image, size):
    h, w = image.shape
    if h % size or w % size:
        raise ValueError("size does not divide the picture")
    out = np.zeros((h // size, w // size))
    for i in range(h):
        for j in range(w):
            if image[i, j] > out[i // size, j // size]:
                out[i // size, j // size] = image[i, j]
    return out
""",
            "The maximum of each block starts at 0, so a block of negative numbers gives 0.",
            1,
        ),
        "blocks by a plain reshape": (
            """\
def max_pool(image, size):
    h, w = image.shape
    if h % size != 0 or w % size != 0:
        raise ValueError("not a multiple")
    blocks = image.reshape(h // size, w // size, size, size)
    return blocks.max(axis=(2, 3))
""",
            "reshape(h // size, w // size, size, size) does not cut blocks out of the picture; it has to be (h // size, size, w // size, size) with the maximum over the axes 1 and 3.",
            1,
        ),
        "overlapping blocks": (
            """\
def max_pool(image, size):
    h, w = image.shape
    if h % size or w % size:
        raise ValueError("h and w must be multiples of size")
    out = np.empty((h // size, w // size))
    for i in range(h // size):
        for j in range(w // size):
            out[i, j] = image[i : i + size, j : j + size].max()
    return out
""",
            "The block starts at (i, j) instead of (i * size, j * size), so blocks overlap.",
            1,
        ),
        "and instead of or, mean": (
            """\
def max_pool(image, size):
    h, w = image.shape
    if h % size != 0 and w % size != 0:
        raise ValueError("h or w is no multiple of size")
    out = np.zeros((h // size, w // size))
    for i in range(h // size):
        for j in range(w // size):
            out[i, j] = np.mean(image[i * size : (i + 1) * size, j * size : (j + 1) * size])
    return out
""",
            "Two slips: the mean of each block is taken instead of the maximum, and the error is raised only where both h and w are no multiples (and instead of or).",
            2,
        ),
        "reshape without splitting the axes": (
            """\
def max_pool(image, size):
    h, w = image.shape
    if h % size != 0 or w % size != 0:
        raise ValueError("size does not fit")
    blocks = image.reshape(h // size, w // size, size, size)
    return blocks.max(axis=(2, 3))
""",
            "The reshape cuts the flat pixels into runs of size * size that follow each other in a row, not into square blocks; it must be (h // size, size, w // size, size) with the maximum over axes 1 and 3.",
            1,
        ),
        "maximum starts at 0, no error": (
            """\
def max_pool(image, size):
    h, w = image.shape
    out = np.zeros((h // size, w // size))
    for i in range(h // size):
        for j in range(w // size):
            for r in range(size):
                for c in range(size):
                    pixel = image[i * size + r, j * size + c]
                    if pixel > out[i, j]:
                        out[i, j] = pixel
    return out
""",
            "The running maximum starts at 0, so a block with only negative values gives 0. Besides, no ValueError is raised where h or w is no multiple of size; the rest is cut off silently.",
            2,
        ),
    },
    "mlp_backward": {
        "not divided by n": (
            """\
def mlp_backward(Y, cache, params):
    dZ2 = cache["P"] - Y
    dZ1 = dZ2 @ params["W2"].T * (cache["Z1"] > 0)
    return {
        "W1": cache["X"].T @ dZ1,
        "b1": dZ1.sum(axis=0),
        "W2": cache["A1"].T @ dZ2,
        "b2": dZ2.sum(axis=0),
    }
""",
            "The gradients are not divided by the number of rows n, although the loss is a mean.",
            1,
        ),
        "ReLU forgotten on the way back": (
            """\
def mlp_backward(Y, cache, params):
    n = Y.shape[0]
    dZ2 = (cache["P"] - Y) / n
    dA1 = dZ2 @ params["W2"].T
    grads = {}
    grads["W2"] = cache["A1"].T @ dZ2
    grads["b2"] = np.sum(dZ2, axis=0)
    grads["W1"] = cache["X"].T @ dA1
    grads["b1"] = np.sum(dA1, axis=0)
    return grads
""",
            "The gradient is not masked by the ReLU: dZ1 has to be dA1 * (Z1 > 0).",
            1,
        ),
        "biases summed over everything": (
            """\
def mlp_backward(Y, cache, params):
    X, Z1, A1, P = cache["X"], cache["Z1"], cache["A1"], cache["P"]
    dZ2 = (P - Y) / len(X)
    dW2 = A1.T @ dZ2
    db2 = np.sum(dZ2)
    dZ1 = (dZ2 @ params["W2"].T) * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = np.sum(dZ1)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
""",
            "np.sum without axis=0 makes one number of each bias' gradient instead of a vector in the bias' shape.",
            1,
        ),
        "n twice, wrong mask": (
            """\
def mlp_backward(Y, cache, params):
    n = len(Y)
    dZ2 = (cache["P"] - Y) / n
    dA1 = dZ2 @ params["W2"].T
    dZ1 = dA1 * (dA1 > 0)
    return {
        "W1": cache["X"].T @ dZ1 / n,
        "b1": dZ1.sum(axis=0) / n,
        "W2": cache["A1"].T @ dZ2 / n,
        "b2": dZ2.sum(axis=0) / n,
    }
""",
            "Two slips: it divides by n twice (in dZ2 and again in each gradient), and the ReLU's mask asks where dA1 is positive instead of where Z1 is.",
            2,
        ),
        "sign reversed, bias before the mask": (
            """\
def mlp_backward(Y, cache, params):
    n = Y.shape[0]
    dZ2 = (Y - cache["P"]) / n
    dA1 = dZ2 @ params["W2"].T
    dZ1 = dA1 * (cache["Z1"] > 0)
    return {
        "W1": cache["X"].T @ dZ1,
        "b1": dA1.sum(axis=0),
        "W2": cache["A1"].T @ dZ2,
        "b2": dZ2.sum(axis=0),
    }
""",
            "Two slips: dZ2 is Y - P instead of P - Y, so all signs are reversed, and b1's gradient sums dA1, before the ReLU's mask, instead of dZ1.",
            2,
        ),
        "ReLU left out": (
            """\
def mlp_backward(Y, cache, params):
    n = Y.shape[0]
    dZ2 = (cache["P"] - Y) / n
    dA1 = dZ2 @ params["W2"].T
    dZ1 = dA1
    return {
        "W1": cache["X"].T @ dZ1,
        "b1": dZ1.sum(axis=0),
        "W2": cache["A1"].T @ dZ2,
        "b2": dZ2.sum(axis=0),
    }
""",
            "The way back through the ReLU is missing: dZ1 must be dA1 where Z1 > 0 and 0 elsewhere. W1 and b1 are wrong.",
            1,
        ),
        "no 1/n and ReLU instead of its slope": (
            """\
def mlp_backward(Y, cache, params):
    X, Z1, A1, P = cache["X"], cache["Z1"], cache["A1"], cache["P"]
    dZ2 = P - Y
    dW2 = A1.T @ dZ2
    db2 = np.sum(dZ2, axis=0)
    dA1 = dZ2 @ params["W2"].T
    dZ1 = dA1 * np.maximum(0, Z1)
    dW1 = X.T @ dZ1
    db1 = np.sum(dZ1, axis=0)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
""",
            "Two slips: the division by the number of rows n is missing in dZ2; and dA1 is multiplied by relu(Z1) instead of by its slope (Z1 > 0).",
            2,
        ),
        "divided by n twice": (
            """\
def mlp_backward(Y, cache, params):
    n = len(Y)
    grads = {}
    dZ2 = (cache["P"] - Y) / n
    grads["W2"] = cache["A1"].T @ dZ2 / n
    grads["b2"] = np.mean(dZ2, axis=0)
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    grads["W1"] = cache["X"].T @ dZ1 / n
    grads["b1"] = np.mean(dZ1, axis=0)
    return grads
""",
            "dZ2 is already divided by n; every gradient is divided by n once more (/ n and np.mean). Sums are needed there.",
            1,
        ),
    },
    "mlp_forward": {
        "softmax overflows": (
            """\
def mlp_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ params["W2"] + params["b2"]
    E = np.exp(Z2)
    P = E / E.sum(axis=1, keepdims=True)
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}
""",
            "The maximum of each row is not subtracted before np.exp, so scores such as 1000 overflow to nan.",
            1,
        ),
        "ReLU in place": (
            """\
def mlp_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = Z1
    A1[A1 < 0] = 0
    scores = A1 @ params["W2"] + params["b2"]
    scores = scores - scores.max(axis=1, keepdims=True)
    P = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}
""",
            "A1 = Z1 makes no copy, so the ReLU changes Z1 in place and the cache holds no negative Z1.",
            1,
        ),
        "softmax down the columns": (
            """\
def _softmax(Z):
    E = np.exp(Z - np.max(Z, axis=0))
    return E / np.sum(E, axis=0)


def mlp_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(0, Z1)
    P = _softmax(A1 @ params["W2"] + params["b2"])
    cache = {"X": X, "Z1": Z1, "A1": A1, "P": P}
    return P, cache
""",
            "The softmax runs down the columns (axis=0) instead of along each row.",
            1,
        ),
        "bias forgotten, sum of the whole matrix": (
            """\
def mlp_forward(X, params):
    Z1 = np.dot(X, params["W1"]) + params["b1"]
    A1 = Z1 * (Z1 > 0)
    Z2 = np.dot(A1, params["W2"])
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    P = E / E.sum()
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}
""",
            "Two slips: b2 is not added, and the exponentials are divided by the sum of the whole matrix instead of that of each row.",
            2,
        ),
        "scores from Z1, cache without X": (
            """\
def mlp_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.where(Z1 > 0, Z1, 0.0)
    Z2 = Z1 @ params["W2"] + params["b2"]
    Z2 -= Z2.max(axis=1, keepdims=True)
    P = np.exp(Z2)
    P = P / P.sum(axis=1, keepdims=True)
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "P": P}
    return P, cache
""",
            "Two slips: the second layer multiplies Z1 instead of A1, so the ReLU has no effect on P, and the cache has the key Z2 in place of X.",
            2,
        ),
        "softmax over the whole batch": (
            """\
def mlp_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    P = E / np.sum(E)
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}
""",
            "The exponentials are divided by the sum of the whole array instead of each row's sum, so rows do not sum to 1.",
            1,
        ),
        "Z1 overwritten, overflow": (
            """\
def mlp_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = Z1
    A1[A1 < 0] = 0
    Z2 = A1 @ params["W2"] + params["b2"]
    exps = np.exp(Z2)
    P = exps / exps.sum(axis=1, keepdims=True)
    cache = {"X": X, "Z1": Z1, "A1": A1, "P": P}
    return P, cache
""",
            "A1 = Z1 is the same array, not a copy, so the ReLU also overwrites Z1 and the cache has no negative scores. Besides, the softmax does not subtract the row maximum: scores of 1000 overflow to nan.",
            2,
        ),
    },
    "rnn_backward": {
        "nothing from the future": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    before = np.vstack([h0, H[:-1]])
    dZ = dH * (1 - H**2)
    dX = dZ @ Wx.T
    dh0 = dZ[0] @ Wh.T
    return dX, dh0, X.T @ dZ, before.T @ dZ, dZ.sum(axis=0)
""",
            "The gradient that reaches a state by way of later states is left out: each step uses dH alone.",
            1,
        ),
        "state after the step": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    T, k = H.shape
    dX = np.zeros(X.shape)
    dWx, dWh, db = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(k)
    carry = np.zeros(k)
    for t in range(T - 1, -1, -1):
        dz = (dH[t] + carry) * (1 - H[t] ** 2)
        dX[t] = Wx @ dz
        dWx += np.outer(X[t], dz)
        dWh += np.outer(H[t], dz)
        db += dz
        carry = Wh @ dz
    return dX, carry, dWx, dWh, db
""",
            "dWh uses the state after the step, H[t]; it has to be the one before it, H[t - 1], or h0 at the first step.",
            1,
        ),
        "derivative of tanh without the square": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    T = len(X)
    dX = np.zeros(X.shape)
    dWx = np.zeros(Wx.shape)
    dWh = np.zeros(Wh.shape)
    db = np.zeros(h0.shape)
    dh = np.zeros(h0.shape)
    for t in reversed(range(T)):
        prev = H[t - 1] if t > 0 else h0
        dz = (dH[t] + dh) * (1 - H[t])
        dX[t] = dz @ Wx.T
        dWx += np.outer(X[t], dz)
        dWh += np.outer(prev, dz)
        db += dz
        dh = dz @ Wh.T
    return dX, dh, dWx, dWh, db
""",
            "The derivative of tanh is 1 - H^2; the square is missing.",
            1,
        ),
        "carry not transposed, bias of one step": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    T, d = X.shape
    k = h0.shape[0]
    states = np.vstack([h0.reshape(1, k), H])
    dX = np.zeros((T, d))
    dWx = np.zeros((d, k))
    dWh = np.zeros((k, k))
    dnext = np.zeros(k)
    for t in range(T - 1, -1, -1):
        dz = (dH[t] + dnext) * (1 - H[t] ** 2)
        dX[t] = dz @ Wx.T
        dWx += np.outer(X[t], dz)
        dWh += np.outer(states[t], dz)
        db = dz
        dnext = dz @ Wh
    return dX, dnext, dWx, dWh, db
""",
            "Two slips: the gradient that travels back is dz @ Wh without the transpose, and db is overwritten in each step instead of summed over the steps.",
            2,
        ),
        "H[-1] for h0, no derivative of tanh": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    dX = np.zeros(X.shape)
    dWx = np.zeros(Wx.shape)
    dWh = np.zeros(Wh.shape)
    db = np.zeros(len(h0))
    dh = np.zeros(len(h0))
    for t in range(len(X) - 1, -1, -1):
        dz = dH[t] + dh
        dX[t] = Wx @ dz
        dWx += np.outer(X[t], dz)
        dWh += np.outer(H[t - 1], dz)
        db += dz
        dh = Wh @ dz
    return dX, dh, dWx, dWh, db
""",
            "Two slips: the derivative of tanh, 1 - H[t]^2, is missing, and at the first step H[t - 1] is H[-1], the last state, instead of h0.",
            2,
        ),
        "nothing comes from the future": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    T = len(X)
    dX = np.zeros(X.shape)
    dWx = np.zeros(Wx.shape)
    dWh = np.zeros(Wh.shape)
    db = np.zeros(Wh.shape[0])
    dh0 = np.zeros(h0.shape)
    for t in range(T - 1, -1, -1):
        h_prev = H[t - 1] if t > 0 else h0
        dz = dH[t] * (1 - H[t] ** 2)
        dX[t] = dz @ Wx.T
        dWx += np.outer(X[t], dz)
        dWh += np.outer(h_prev, dz)
        db += dz
        dh0 = dz @ Wh.T
    return dX, dh0, dWx, dWh, db
""",
            "Each state gets only its own dH[t]; what comes back from the later state, dz_(t+1) Wh^T, is never added.",
            1,
        ),
        "Wh not transposed and state of the same step": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    T, k = H.shape
    dX = np.zeros(X.shape)
    dWx, dWh, db = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(k)
    dh_next = np.zeros(k)
    for t in reversed(range(T)):
        dh = dH[t] + dh_next
        dz = (1 - H[t] ** 2) * dh
        dX[t] = Wx @ dz
        dWx += np.outer(X[t], dz)
        dWh += np.outer(H[t], dz)
        db += dz
        dh_next = dz @ Wh
    return dX, dh_next, dWx, dWh, db
""",
            "Two slips: the gradient is handed to the state before as dz Wh instead of dz Wh^T; and dWh uses H[t], the state of the same step, instead of the state before it (H[t - 1], h0 at first).",
            2,
        ),
        "tanh taken once more": (
            """\
def rnn_backward(dH, X, H, h0, Wx, Wh):
    T, k = H.shape
    dX = np.zeros(X.shape)
    dWx = np.zeros(Wx.shape)
    dWh = np.zeros(Wh.shape)
    db = np.zeros(k)
    H_all = np.vstack([h0, H])
    dh = np.zeros(k)
    for t in range(T - 1, -1, -1):
        dh = dh + dH[t]
        dz = dh * (1 - np.tanh(H[t]) ** 2)
        dX[t] = dz @ Wx.T
        dWx += np.outer(X[t], dz)
        dWh += np.outer(H_all[t], dz)
        db += dz
        dh = dz @ Wh.T
    return dX, dh, dWx, dWh, db
""",
            "H[t] is the value of tanh already; the slope is 1 - H[t]^2, but tanh is applied to it once more.",
            1,
        ),
    },
    "rnn_forward": {
        "state not handed on": (
            """\
def rnn_forward(X, h0, Wx, Wh, b):
    H = np.zeros((X.shape[0], h0.shape[0]))
    for t in range(X.shape[0]):
        H[t] = np.tanh(X[t] @ Wx + h0 @ Wh + b)
    return H
""",
            "Every step uses h0 instead of the state of the step before.",
            1,
        ),
        "initial state included": (
            """\
def rnn_forward(X, h0, Wx, Wh, b):
    T, k = len(X), len(h0)
    H = np.zeros((T + 1, k))
    H[0] = h0
    for t in range(T):
        H[t + 1] = np.tanh(X[t] @ Wx + H[t] @ Wh + b)
    return H
""",
            "h0 is returned as row 0, so H has T + 1 rows; it has to be left out.",
            1,
        ),
        "empty sequence": (
            """\
def rnn_forward(X, h0, Wx, Wh, b):
    states = []
    h = h0
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        states.append(h)
    return np.array(states)
""",
            "For an empty sequence np.array([]) has shape (0,) instead of (0, k).",
            1,
        ),
        "stored before the update, bias forgotten": (
            """\
def rnn_forward(X, h0, Wx, Wh, b):
    T = X.shape[0]
    k = h0.shape[0]
    H = np.empty((T, k))
    h = h0
    for t in range(T):
        H[t] = h
        h = np.tanh(X[t] @ Wx + h @ Wh)
    return H
""",
            "Two slips: the state is stored before it is updated, so H starts with h0 and lacks the last state, and the bias b is not added.",
            2,
        ),
        "transposed state weights, sigmoid": (
            """\
def rnn_forward(X, h0, Wx, Wh, b):
    H = np.zeros((len(X), len(h0)))
    h = h0
    for t, x in enumerate(X):
        z = x @ Wx + Wh @ h + b
        h = 1 / (1 + np.exp(-z))
        H[t] = h
    return H
""",
            "Two slips: the sigmoid is used instead of tanh, and Wh @ h multiplies by the transpose of what h @ Wh does.",
            2,
        ),
        "state never updated": (
            """\
def rnn_forward(X, h0, Wx, Wh, b):
    T = X.shape[0]
    H = np.zeros((T, h0.shape[0]))
    for t in range(T):
        H[t] = np.tanh(X[t] @ Wx + h0 @ Wh + b)
    return H
""",
            "Every step uses h0 as the state before; from the second step on it must be the state just computed.",
            1,
        ),
        "h0 included, Wh transposed": (
            """\
def rnn_forward(X, h0, Wx, Wh, b):
    states = [h0]
    for x in X:
        h = np.tanh(x @ Wx + Wh @ states[-1] + b)
        states.append(h)
    return np.array(states)
""",
            "The list starts with h0, so T + 1 states are returned with h0 as the first row. Besides, Wh @ h multiplies by the transpose of what is asked for, h @ Wh.",
            2,
        ),
    },
    "train_mlp": {
        "W2 moved too early": (
            """\
def _forward(X, p):
    Z1 = X @ p["W1"] + p["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ p["W2"] + p["b2"]
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return Z1, A1, E / E.sum(axis=1, keepdims=True)


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    p = {key: np.array(value, dtype=float) for key, value in params.items()}
    n = len(X)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            rows = order[start : start + batch_size]
            Xb, Yb = X[rows], Y[rows]
            Z1, A1, P = _forward(Xb, p)
            dZ2 = (P - Yb) / len(rows)
            p["W2"] = p["W2"] - lr * A1.T @ dZ2
            p["b2"] = p["b2"] - lr * dZ2.sum(axis=0)
            dZ1 = dZ2 @ p["W2"].T * (Z1 > 0)
            p["W1"] = p["W1"] - lr * Xb.T @ dZ1
            p["b1"] = p["b1"] - lr * dZ1.sum(axis=0)
        P = _forward(X, p)[2]
        losses.append(float(-np.mean(np.log(np.sum(P * Y, axis=1)))))
    return p, losses
""",
            "W2 is moved before the gradient of the hidden layer is computed with it; all gradients of a step belong to the old parameters.",
            1,
        ),
        "last batch dropped": (
            """\
def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    W1, b1, W2, b2 = (np.array(params[k], dtype=float) for k in ("W1", "b1", "W2", "b2"))
    n = X.shape[0]

    def forward(A):
        Z1 = A @ W1 + b1
        A1 = np.maximum(Z1, 0)
        S = A1 @ W2 + b2
        E = np.exp(S - S.max(axis=1, keepdims=True))
        return Z1, A1, E / E.sum(axis=1, keepdims=True)

    losses = []
    for epoch in range(epochs):
        order = rng.permutation(n)
        for i in range(n // batch_size):
            idx = order[i * batch_size : (i + 1) * batch_size]
            Z1, A1, P = forward(X[idx])
            dZ2 = (P - Y[idx]) / len(idx)
            dZ1 = dZ2 @ W2.T * (Z1 > 0)
            W2 = W2 - lr * (A1.T @ dZ2)
            b2 = b2 - lr * dZ2.sum(axis=0)
            W1 = W1 - lr * (X[idx].T @ dZ1)
            b1 = b1 - lr * dZ1.sum(axis=0)
        P = forward(X)[2]
        losses.append(float(-np.sum(Y * np.log(P)) / n))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
""",
            "n // batch_size counts only full batches, so the rows of a smaller last batch are left out.",
            1,
        ),
        "divided by all rows": (
            """\
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    params = {k: np.array(v, dtype=float) for k, v in params.items()}
    n = len(X)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(n)
        for s in range(0, n, batch_size):
            idx = order[s : s + batch_size]
            x, y = X[idx], Y[idx]
            z1 = x @ params["W1"] + params["b1"]
            a1 = np.maximum(0, z1)
            p = softmax(a1 @ params["W2"] + params["b2"])
            d2 = (p - y) / n
            d1 = (d2 @ params["W2"].T) * (z1 > 0)
            grads = {"W1": x.T @ d1, "b1": d1.sum(axis=0), "W2": a1.T @ d2, "b2": d2.sum(axis=0)}
            for k in params:
                params[k] -= lr * grads[k]
        p = softmax(np.maximum(0, X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"])
        losses.append(float(np.mean(-np.log(p[Y == 1]))))
    return params, losses
""",
            "The batch's gradients are divided by the number of all rows n instead of the number of rows in the batch.",
            1,
        ),
        "parameters changed, loss of the last batch": (
            """\
def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    new = dict(params)
    n = len(X)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            rows = order[start : start + batch_size]
            Z1 = X[rows] @ new["W1"] + new["b1"]
            A1 = np.maximum(Z1, 0)
            Z2 = A1 @ new["W2"] + new["b2"]
            E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
            P = E / E.sum(axis=1, keepdims=True)
            loss = -np.sum(Y[rows] * np.log(P)) / len(rows)
            dZ2 = (P - Y[rows]) / len(rows)
            dZ1 = (dZ2 @ new["W2"].T) * (Z1 > 0)
            new["W2"] -= lr * (A1.T @ dZ2)
            new["b2"] -= lr * dZ2.sum(axis=0)
            new["W1"] -= lr * (X[rows].T @ dZ1)
            new["b1"] -= lr * dZ1.sum(axis=0)
        losses.append(float(loss))
    return new, losses
""",
            "Two slips: dict(params) copies the dict but not its arrays, so -= changes the caller's parameters, and the loss is that of the last batch before its step instead of that of all rows after the epoch.",
            2,
        ),
        "targets not shuffled, one permutation": (
            """\
def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    W1 = np.array(params["W1"], dtype=float)
    b1 = np.array(params["b1"], dtype=float)
    W2 = np.array(params["W2"], dtype=float)
    b2 = np.array(params["b2"], dtype=float)
    n = X.shape[0]
    order = rng.permutation(n)
    losses = []
    for _ in range(epochs):
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            xb = X[rows]
            yb = Y[i : i + batch_size]
            z1 = xb @ W1 + b1
            a1 = z1 * (z1 > 0)
            s = a1 @ W2 + b2
            e = np.exp(s - s.max(axis=1, keepdims=True))
            p = e / e.sum(axis=1, keepdims=True)
            d2 = (p - yb) / len(rows)
            d1 = (d2 @ W2.T) * (z1 > 0)
            W2 = W2 - lr * a1.T @ d2
            b2 = b2 - lr * d2.sum(axis=0)
            W1 = W1 - lr * xb.T @ d1
            b1 = b1 - lr * d1.sum(axis=0)
        s = np.maximum(X @ W1 + b1, 0) @ W2 + b2
        e = np.exp(s - s.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        losses.append(float(-np.mean(np.log(np.sum(p * Y, axis=1)))))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
""",
            "Two slips: the permutation is drawn once before the epochs instead of anew in each, and the targets are taken in their old order while the rows are shuffled.",
            2,
        ),
        "shallow copy": (
            """\
def forward(X, p):
    Z1 = X @ p["W1"] + p["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ p["W2"] + p["b2"]
    e = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return Z1, A1, e / e.sum(axis=1, keepdims=True)


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    p = params.copy()
    n = len(X)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            rows = order[start:start + batch_size]
            xb, yb = X[rows], Y[rows]
            Z1, A1, P = forward(xb, p)
            dZ2 = (P - yb) / len(xb)
            dZ1 = (dZ2 @ p["W2"].T) * (Z1 > 0)
            grads = {"W1": xb.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
            for name in p:
                p[name] -= lr * grads[name]
        P = forward(X, p)[2]
        losses.append(float(-np.mean(np.log(np.sum(P * Y, axis=1)))))
    return p, losses
""",
            "params.copy() copies the dict but not the arrays, and -= changes them in place: the caller's parameters are changed.",
            1,
        ),
        "loss of the last batch and division by batch_size": (
            """\
def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    n = X.shape[0]
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            idx = order[start:start + batch_size]
            Xb, Yb = X[idx], Y[idx]

            Z1 = Xb @ W1 + b1
            A1 = np.maximum(Z1, 0)
            Z2 = A1 @ W2 + b2
            E = np.exp(Z2 - np.max(Z2, axis=1, keepdims=True))
            P = E / np.sum(E, axis=1, keepdims=True)
            loss = -np.sum(Yb * np.log(P)) / len(idx)

            dZ2 = (P - Yb) / batch_size
            dW2 = A1.T @ dZ2
            db2 = dZ2.sum(axis=0)
            dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
            dW1 = Xb.T @ dZ1
            db1 = dZ1.sum(axis=0)

            W1 = W1 - lr * dW1
            b1 = b1 - lr * db1
            W2 = W2 - lr * dW2
            b2 = b2 - lr * db2
        losses.append(loss)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
""",
            "Two slips: the recorded loss is that of the last batch before its step, not of all n rows after the epoch; and the gradient is divided by batch_size, which is too much for a smaller last batch.",
            2,
        ),
        "W2 moves before its gradient is passed on": (
            """\
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def train_mlp(X, Y, params, lr, epochs, batch_size, rng):
    W1 = params["W1"].copy()
    b1 = params["b1"].copy()
    W2 = params["W2"].copy()
    b2 = params["b2"].copy()
    n = len(X)
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            batch = order[i:i + batch_size]
            x, y = X[batch], Y[batch]
            z1 = x @ W1 + b1
            a1 = np.maximum(0, z1)
            p = softmax(a1 @ W2 + b2)

            dz2 = (p - y) / len(batch)
            W2 = W2 - lr * (a1.T @ dz2)
            b2 = b2 - lr * dz2.sum(axis=0)

            dz1 = (dz2 @ W2.T) * (z1 > 0)
            W1 = W1 - lr * (x.T @ dz1)
            b1 = b1 - lr * dz1.sum(axis=0)
        probs = softmax(np.maximum(0, X @ W1 + b1) @ W2 + b2)
        losses.append(-np.mean(np.log(probs[Y == 1])))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
""",
            "W2 is moved before it is used to pass the gradient back to the hidden layer: dz1 is computed with the new W2 instead of the one of the forward pass.",
            1,
        ),
    },
    "attention_backward": {
        "root of d_k forgotten on the way back": (
            """\
def attention_backward(dO, Q, K, V):
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    dV = A.T @ dO
    dA = dO @ V.T
    dS = A * (dA - (dA * A).sum(axis=1, keepdims=True))
    dQ = dS @ K
    dK = dS.T @ Q
    return dQ, dK, dV
""",
            "dQ and dK are not divided by sqrt(d_k), although the scores are.",
            1,
        ),
        "softmax derivative elementwise": (
            """\
def attention_backward(dO, Q, K, V):
    scale = np.sqrt(K.shape[1])
    S = Q @ K.T / scale
    A = np.exp(S - S.max(axis=1, keepdims=True))
    A = A / A.sum(axis=1, keepdims=True)
    dA = dO @ V.T
    dS = dA * A * (1 - A)
    return dS @ K / scale, dS.T @ Q / scale, A.T @ dO
""",
            "The softmax's gradient is taken as A (1 - A), as for a sigmoid; each weight depends on all scores of its row, so A * (dA - sum(dA * A)) is needed.",
            1,
        ),
        "transposes of the weights forgotten": (
            """\
def attention_backward(dO, Q, K, V):
    d_k = Q.shape[1]
    S = Q @ K.T / np.sqrt(d_k)
    A = np.exp(S - np.max(S, axis=1, keepdims=True))
    A /= np.sum(A, axis=1, keepdims=True)
    dV = A @ dO
    dA = dO @ V.T
    dS = A * (dA - np.sum(dA * A, axis=1, keepdims=True)) / np.sqrt(d_k)
    return dS @ K, dS.T @ Q, dV
""",
            "dV needs the transposed weights, A.T @ dO; A @ dO has the wrong shape or the wrong sums.",
            1,
        ),
        "sum over the whole matrix, dK without transpose": (
            """\
def attention_backward(dO, Q, K, V):
    d_k = Q.shape[-1]
    S = Q @ K.T / np.sqrt(d_k)
    E = np.exp(S - S.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    dA = dO @ V.T
    dS = A * (dA - np.sum(dA * A))
    dQ = dS @ K / np.sqrt(d_k)
    dK = dS @ Q / np.sqrt(d_k)
    return dQ, dK, A.T @ dO
""",
            "Two slips: np.sum(dA * A) adds the whole matrix instead of each row, and dK uses dS instead of its transpose.",
            2,
        ),
        "softmax taken element by element": (
            """\
def attention_backward(dO, Q, K, V):
    d_k = Q.shape[1]
    S = Q @ K.T / np.sqrt(d_k)
    E = np.exp(S - S.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    dV = A.T @ dO
    dA = dO @ V.T
    dS = A * (1 - A) * dA
    dQ = dS @ K / np.sqrt(d_k)
    dK = dS.T @ Q / np.sqrt(d_k)
    return dQ, dK, dV
""",
            "dS uses only the diagonal A (1 - A) of the softmax's Jacobian, as for a sigmoid; it must be A * (dA - the row sum of dA * A).",
            1,
        ),
        "no root on the way back, A not transposed": (
            """\
def attention_backward(dO, Q, K, V):
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - np.max(S, axis=1, keepdims=True))
    A = E / np.sum(E, axis=1, keepdims=True)
    dV = A @ dO
    dA = dO @ V.T
    dS = A * (dA - np.sum(dA * A, axis=1, keepdims=True))
    dQ = dS @ K
    dK = dS.T @ Q
    return dQ, dK, dV
""",
            "dV must be A.T @ dO; without the transpose it is wrong, or fails where n and m differ. Besides, dQ and dK lack the division by sqrt(d_k).",
            2,
        ),
    },
    "attention_weights": {
        "mask the wrong way round": (
            """\
def attention_weights(Q, K, mask=None):
    S = Q @ K.T / np.sqrt(Q.shape[1])
    allowed = np.ones(S.shape, dtype=bool) if mask is None else ~mask
    top = np.max(np.where(allowed, S, -np.inf), axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    E = np.where(allowed, np.exp(np.where(allowed, S - top, 0.0)), 0.0)
    total = E.sum(axis=1, keepdims=True)
    return E / np.where(total == 0, 1.0, total)
""",
            "The mask is inverted: True means that the query may attend to the key, but those keys are excluded.",
            1,
        ),
        "not divided by the root": (
            """\
def attention_weights(Q, K, mask=None):
    S = (Q @ K.T).astype(float)
    if mask is not None:
        S = np.where(mask, S, -np.inf)
    top = S.max(axis=1, keepdims=True)
    E = np.exp(S - np.where(np.isinf(top), 0.0, top))
    total = E.sum(axis=1, keepdims=True)
    return np.divide(E, total, out=np.zeros_like(E), where=total > 0)
""",
            "The scores are not divided by sqrt(d_k).",
            1,
        ),
        "masked scores set to 0": (
            """\
def attention_weights(Q, K, mask=None):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    if mask is not None:
        scores = scores * mask
    scores = scores - scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    weights = weights / weights.sum(axis=1, keepdims=True)
    if mask is not None:
        weights[~mask.any(axis=1)] = 0.0
    return weights
""",
            "Masked scores are set to 0, whose exponential is 1, so forbidden keys keep a weight; they have to be -inf before the softmax.",
            1,
        ),
        "row without True": (
            """\
def attention_weights(Q, K, mask=None):
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    scores = scores - np.max(scores, axis=1, keepdims=True)
    e = np.exp(scores)
    return e / np.sum(e, axis=1, keepdims=True)
""",
            "A row whose mask has no True gets equal weights, since all of its scores are -1e9; it has to be all zeros.",
            1,
        ),
        "softmax down the columns, overflow": (
            """\
def attention_weights(Q, K, mask=None):
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S)
    if mask is not None:
        E = E * mask
    total = E.sum(axis=0)
    return E / np.where(total == 0, 1.0, total)
""",
            "Two slips: the softmax runs down the columns (axis=0) instead of along each row, and the maximum is not subtracted, so huge scores overflow.",
            2,
        ),
        "divided by d_k, mask after the softmax": (
            """\
def attention_weights(Q, K, mask=None):
    d_k = Q.shape[1]
    S = Q @ K.T / d_k
    S = S - S.max(axis=1, keepdims=True)
    W = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    if mask is not None:
        W = W * mask
    return W
""",
            "Two slips: the scores are divided by d_k instead of its square root, and the mask is applied after the softmax without normalizing again, so masked rows do not sum to 1.",
            2,
        ),
        "mask after the softmax": (
            """\
def attention_weights(Q, K, mask=None):
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    scores = scores - scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    weights = weights / weights.sum(axis=1, keepdims=True)
    if mask is not None:
        weights = weights * mask
    return weights
""",
            "The mask is applied after the softmax: the weights that are left no longer sum to 1.",
            1,
        ),
        "-1e9 for a row with nothing allowed": (
            """\
def attention_weights(Q, K, mask=None):
    d_k = K.shape[-1]
    scores = Q @ K.T / np.sqrt(d_k)
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
""",
            "Forbidden scores become -1e9 instead of -inf and rows without any True are not treated: such a row gets uniform weights instead of zeros.",
            1,
        ),
    },
    "causal_mask": {
        "upper triangle": (
            """\
def causal_mask(n):
    return np.triu(np.ones((n, n), dtype=bool))
""",
            "np.triu keeps the upper triangle, which is the future; the lower one (np.tril) is needed.",
            1,
        ),
        "position itself left out": (
            """\
def causal_mask(n):
    mask = np.zeros((n, n), dtype=bool)
    for i in range(n):
        mask[i, :i] = True
    return mask
""",
            "The slice :i ends before i, so a position may not attend to itself; the diagonal has to be True.",
            1,
        ),
        "diagonal left out and transposed": (
            """\
def causal_mask(n):
    mask = np.zeros((n, n), dtype=bool)
    for i in range(n):
        for j in range(i):
            mask[j, i] = True
    return mask
""",
            "Two slips: range(i) leaves out the diagonal, and the indices are swapped, so the True values stand in the upper triangle.",
            2,
        ),
        "own position excluded": (
            """\
def causal_mask(n):
    return np.tril(np.ones((n, n), dtype=bool), k=-1)
""",
            "k=-1 leaves out the diagonal: a position may attend to itself too.",
            1,
        ),
        "forbidden marked with True": (
            """\
def causal_mask(n):
    ones = np.ones((n, n), dtype=bool)
    return np.triu(ones, k=1)
""",
            "True marks the future, which is forbidden, as in other libraries; here True marks what may be attended to, the lower triangle with the diagonal.",
            1,
        ),
    },
    "multi_head_attention": {
        "scaled by the whole width": (
            """\
def _softmax(S):
    E = np.exp(S - S.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads != 0:
        raise ValueError("d must be a multiple of n_heads")
    w = d // n_heads
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    heads = []
    for h in range(n_heads):
        part = slice(h * w, (h + 1) * w)
        A = _softmax(Q[:, part] @ K[:, part].T / np.sqrt(d))
        heads.append(A @ V[:, part])
    return np.hstack(heads) @ Wo
""",
            "The scores are divided by sqrt(d) instead of sqrt(w), the root of the width of one head.",
            1,
        ),
        "output weights forgotten": (
            """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads:
        raise ValueError("d is no multiple of n_heads")
    w = d // n_heads
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    out = np.zeros((n, d))
    for h in range(n_heads):
        a, b = h * w, (h + 1) * w
        S = Q[:, a:b] @ K[:, a:b].T / np.sqrt(w)
        S = np.exp(S - S.max(axis=1, keepdims=True))
        S = S / S.sum(axis=1, keepdims=True)
        out[:, a:b] = S @ V[:, a:b]
    return out
""",
            "The heads' outputs are not multiplied by Wo.",
            1,
        ),
        "heads by a plain reshape": (
            """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads:
        raise ValueError("d must be divisible by n_heads")
    w = d // n_heads
    Q = (X @ Wq).reshape(n_heads, n, w)
    K = (X @ Wk).reshape(n_heads, n, w)
    V = (X @ Wv).reshape(n_heads, n, w)
    S = Q @ K.transpose(0, 2, 1) / np.sqrt(w)
    E = np.exp(S - S.max(axis=-1, keepdims=True))
    A = E / E.sum(axis=-1, keepdims=True)
    return (A @ V).reshape(n, d) @ Wo
""",
            "reshape(n_heads, n, w) mixes rows and columns; each head owns a block of columns, so it has to be reshape(n, n_heads, w) with the axes then transposed (and back at the end).",
            1,
        ),
        "interleaved columns, scaled by the whole width": (
            """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    d = X.shape[1]
    if d % n_heads != 0:
        raise ValueError("n_heads must divide d")
    Q = X @ Wq
    K = X @ Wk
    V = X @ Wv
    outputs = []
    for h in range(n_heads):
        q, k, v = Q[:, h::n_heads], K[:, h::n_heads], V[:, h::n_heads]
        s = q @ k.T / np.sqrt(d)
        e = np.exp(s - s.max(axis=1, keepdims=True))
        outputs.append(e / e.sum(axis=1, keepdims=True) @ v)
    return np.concatenate(outputs, axis=1) @ Wo
""",
            "Two slips: head h takes every n_heads-th column (h::n_heads) instead of a block of w neighbouring ones, and the scores are divided by sqrt(d) instead of sqrt(w).",
            2,
        ),
        "no error, softmax over the whole matrix": (
            """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    w = d // n_heads
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    result = np.zeros((n, d))
    for h in range(n_heads):
        cols = slice(h * w, (h + 1) * w)
        scores = Q[:, cols] @ K[:, cols].T / np.sqrt(w)
        weights = np.exp(scores - scores.max())
        weights = weights / weights.sum()
        result[:, cols] = weights @ V[:, cols]
    return result @ Wo
""",
            "Two slips: the weights are divided by the sum of the whole matrix instead of that of each row, and no ValueError is raised where d is no multiple of n_heads.",
            2,
        ),
        "root of the whole width": (
            """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads != 0:
        raise ValueError("d must be a multiple of n_heads")
    w = d // n_heads
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    heads = []
    for h in range(n_heads):
        cols = slice(h * w, (h + 1) * w)
        scores = Q[:, cols] @ K[:, cols].T / np.sqrt(d)
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        heads.append(e / e.sum(axis=1, keepdims=True) @ V[:, cols])
    return np.concatenate(heads, axis=1) @ Wo
""",
            "The scores of a head are divided by sqrt(d), the root of the whole width, instead of sqrt(w) with w = d / n_heads.",
            1,
        ),
        "reshape across positions and no output weights": (
            """\
def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads):
    n, d = X.shape
    if d % n_heads:
        raise ValueError("d is no multiple of n_heads")
    w = d // n_heads
    Q = (X @ Wq).reshape(n_heads, n, w)
    K = (X @ Wk).reshape(n_heads, n, w)
    V = (X @ Wv).reshape(n_heads, n, w)
    scores = Q @ K.transpose(0, 2, 1) / np.sqrt(w)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    heads = weights @ V
    return heads.transpose(1, 0, 2).reshape(n, d)
""",
            "Two slips: Q, K and V are reshaped directly to (n_heads, n, w), which mixes positions; it must be (n, n_heads, w) with the axes moved afterwards. And the heads' outputs are not multiplied by Wo.",
            2,
        ),
    },
    "positional_encoding": {
        "column number doubled": (
            """\
def positional_encoding(n, d):
    pe = np.zeros((n, d))
    for t in range(n):
        for j in range(d):
            angle = t / 10000 ** (2 * j / d)
            pe[t, j] = np.sin(angle) if j % 2 == 0 else np.cos(angle)
    return pe
""",
            "The exponent uses twice the column number j; i counts pairs, so it has to be 2 * (j // 2) / d, the same for sine and cosine of a pair.",
            1,
        ),
        "sines first, cosines after": (
            """\
def positional_encoding(n, d):
    t = np.arange(n)[:, None]
    half = (d + 1) // 2
    freq = 1 / 10000 ** (2 * np.arange(half) / d)
    angles = t * freq
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)[:, :d]
""",
            "All sines stand in the first half and all cosines in the second; they have to alternate, sine in column 2i and cosine in column 2i + 1.",
            1,
        ),
        "odd number of columns": (
            """\
def positional_encoding(n, d):
    position = np.arange(n).reshape(-1, 1)
    rates = 10000.0 ** (-np.arange(0, d, 2) / d)
    out = np.zeros((n, d))
    out[:, 0::2] = np.sin(position * rates)
    out[:, 1::2] = np.cos(position * rates)
    return out
""",
            "For an odd d there is one cosine column less than sines, so the shapes do not fit and it fails; the cosines need only the first d // 2 frequencies.",
            1,
        ),
        "positions from 1, sine and cosine swapped": (
            """\
def positional_encoding(n, d):
    out = np.empty((n, d))
    for t in range(n):
        for c in range(d):
            i = c // 2
            angle = (t + 1) / 10000 ** (2 * i / d)
            if c % 2 == 0:
                out[t, c] = np.cos(angle)
            else:
                out[t, c] = np.sin(angle)
    return out
""",
            "Two slips: positions are counted from 1 instead of 0, and sine and cosine are swapped.",
            2,
        ),
        "i instead of 2i, multiplied": (
            """\
def positional_encoding(n, d):
    t = np.arange(n)[:, np.newaxis]
    i = np.arange(d)[np.newaxis, :] // 2
    angles = t * 10000 ** (i / d)
    return np.where(np.arange(d) % 2 == 0, np.sin(angles), np.cos(angles))
""",
            "Two slips: the exponent is i / d instead of 2 i / d, and t is multiplied by the power instead of divided by it.",
            2,
        ),
        "exponent from the column number": (
            """\
def positional_encoding(n, d):
    P = np.zeros((n, d))
    for t in range(n):
        for i in range(d):
            angle = t / 10000 ** (2 * i / d)
            if i % 2 == 0:
                P[t, i] = np.sin(angle)
            else:
                P[t, i] = np.cos(angle)
    return P
""",
            "The exponent 2 i / d is computed with i as the number of the column instead of the pair (i // 2), so frequencies fall twice as fast and sine and cosine of a pair differ in frequency.",
            1,
        ),
        "positions from 1, odd width fails": (
            """\
def positional_encoding(n, d):
    t = np.arange(1, n + 1)[:, np.newaxis]
    freq = 1 / 10000 ** (np.arange(0, d, 2) / d)
    P = np.zeros((n, d))
    P[:, 0::2] = np.sin(t * freq)
    P[:, 1::2] = np.cos(t * freq)
    return P
""",
            "Positions are counted from 1 instead of 0. Besides, for an odd d there is one cosine column fewer than sine columns, so the assignment raises a ValueError about shapes.",
            2,
        ),
    },
    "scaled_dot_product_attention": {
        "width of the values": (
            """\
def scaled_dot_product_attention(Q, K, V, mask=None):
    S = Q @ K.T / np.sqrt(V.shape[1])
    if mask is not None:
        S = np.where(mask, S, -np.inf)
    top = S.max(axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    E = np.exp(S - top)
    total = E.sum(axis=1, keepdims=True)
    total = np.where(total == 0, 1.0, total)
    return E / total @ V
""",
            "The scores are divided by sqrt(d_v), the width of the values, instead of sqrt(d_k), that of queries and keys.",
            1,
        ),
        "row without True gives nan": (
            """\
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    scores = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    weights = e / e.sum(axis=1, keepdims=True)
    return weights @ V
""",
            "A row whose mask has no True computes -inf - (-inf), which is nan; it has to give a row of zeros.",
            1,
        ),
        "overflow": (
            """\
def scaled_dot_product_attention(Q, K, V, mask=None):
    d_k = Q.shape[1]
    S = Q @ K.T / np.sqrt(d_k)
    E = np.exp(S)
    if mask is not None:
        E = np.where(mask, E, 0.0)
    Z = E.sum(axis=1, keepdims=True)
    Z[Z == 0] = 1.0
    return (E / Z) @ V
""",
            "The maximum of each row is not subtracted before np.exp, so huge scores such as 1000 overflow.",
            1,
        ),
        "number of keys, softmax down the columns": (
            """\
def scaled_dot_product_attention(Q, K, V, mask=None):
    S = Q @ K.T / np.sqrt(len(K))
    if mask is None:
        mask = np.ones(S.shape, dtype=bool)
    E = np.where(mask, np.exp(S - S.max(axis=1, keepdims=True)), 0.0)
    Z = E.sum(axis=0, keepdims=True)
    A = E / np.where(Z == 0, 1.0, Z)
    return A @ V
""",
            "Two slips: the scores are divided by the root of the number of keys instead of that of d_k, and the weights are normalized down the columns (axis=0) instead of along each row.",
            2,
        ),
        "root of the number of keys": (
            """\
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = (Q @ K.T) / np.sqrt(len(K))
    if mask is None:
        mask = np.ones(scores.shape, dtype=bool)
    top = np.max(np.where(mask, scores, -np.inf), axis=1, keepdims=True)
    top[np.isinf(top)] = 0
    e = np.where(mask, np.exp(np.minimum(scores - top, 0)), 0.0)
    total = e.sum(axis=1, keepdims=True)
    total[total == 0] = 1
    return (e / total) @ V
""",
            "len(K) is the number of keys m; the scores must be divided by the root of the width d_k (K.shape[1]).",
            1,
        ),
        "mask of the other convention": (
            """\
def scaled_dot_product_attention(Q, K, V, mask=None):
    d_k = Q.shape[1]
    scores = Q @ K.T / np.sqrt(d_k)
    if mask is not None:
        scores = np.where(mask, -np.inf, scores)
    biggest = scores.max(axis=1, keepdims=True)
    biggest = np.where(np.isfinite(biggest), biggest, 0.0)
    e = np.exp(scores - biggest)
    total = e.sum(axis=1, keepdims=True)
    weights = np.divide(e, total, out=np.zeros_like(e), where=total > 0)
    return weights @ V
""",
            "The mask is read the other way round: keys with True are forbidden, though True means that the query may attend.",
            1,
        ),
    },
}
