"""Right implementations in many styles: none of them may lose a point."""

RIGHT: dict[str, dict[str, str]] = {
    "sigmoid": {
        "naive": "return 1 / (1 + np.exp(-Z))",
        "keywords of np": "return np.divide(1.0, np.add(1.0, np.exp(np.negative(Z))))",
        "power": "return (1 + np.e ** -np.asarray(Z, dtype=float)) ** -1",
        "by tanh": "return 0.5 * (1 + np.tanh(np.multiply(0.5, Z)))",
        "by logaddexp": "return np.exp(-np.logaddexp(0, -np.asarray(Z, dtype=float)))",
        "two branches": """
            Z = np.asarray(Z, dtype=float)
            out = np.empty_like(Z)
            positive = Z >= 0
            out[positive] = 1 / (1 + np.exp(-Z[positive]))
            e = np.exp(Z[~positive])
            out[~positive] = e / (1 + e)
            return out""",
        "where, both branches": "return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))",
        "vectorize": """
            import math
            def one(z):
                return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
            return np.vectorize(one, otypes=[float])(Z)""",
        "loop over elements": """
            Z = np.asarray(Z)
            out = np.zeros(Z.shape)
            for index in np.ndindex(Z.shape):
                out[index] = 1 / (1 + np.exp(-Z[index]))
            return out""",
        "clipped far out": "return 1 / (1 + np.exp(-np.clip(Z, -700, 700)))",
        "longdouble inside": "return (1 / (1 + np.exp(-np.asarray(Z, np.longdouble)))).astype(float)",
        "longdouble outside": "return 1 / (1 + np.exp(-np.asarray(Z, np.longdouble)))",
    },
    "sigmoid_derivative": {
        "by sigmoid": """
            s = 1 / (1 + np.exp(-x))
            return s * (1 - s)""",
        "by square": """
            s = 1 / (1 + np.exp(-x))
            return s - s ** 2""",
        "both sides": "return 1 / ((1 + np.exp(-x)) * (1 + np.exp(x)))",
        "by cosh": "return 1 / (4 * np.cosh(np.divide(x, 2)) ** 2)",
        "by tanh": "return 0.25 * (1 - np.tanh(np.multiply(x, 0.5)) ** 2)",
        "stable": """
            e = np.exp(-np.abs(x))
            return e / (1 + e) ** 2""",
    },
    "sigmoid_from_exp": {
        "plain": "return 1 / (1 + exp_neg_z)",
        "reciprocal": "return np.reciprocal(1.0 + exp_neg_z)",
        "power": "return (1.0 + exp_neg_z) ** -1",
        "by log": "return np.exp(-np.log1p(exp_neg_z))",
    },
    "tanh": {
        "by sigmoid": "return 2 / (1 + np.exp(-2 * np.asarray(Z, dtype=float))) - 1",
        "by expm1": """
            t = np.expm1(-2 * np.abs(Z))
            return np.sign(Z) * -t / (t + 2)""",
        "where": """
            a = np.exp(-2.0 * np.abs(Z))
            return np.where(np.asarray(Z) >= 0, (1 - a) / (1 + a), (a - 1) / (1 + a))""",
        "copysign": """
            a = np.exp(-2.0 * np.abs(Z))
            return np.copysign((1 - a) / (1 + a), Z)""",
        "clipped": """
            Z = np.clip(Z, -300, 300)
            return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))""",
        "sinh over cosh": """
            Z = np.clip(Z, -50, 50)
            return np.sinh(Z) / np.cosh(Z)""",
    },
    "tanh_derivative": {
        "square": "return 1 - np.tanh(x) ** 2",
        "product": """
            t = np.tanh(x)
            return (1 - t) * (1 + t)""",
        "cosh": "return 1 / np.cosh(x) ** 2",
        "np.square": "return 1.0 - np.square(np.tanh(x))",
        "by exp": """
            e = np.exp(-2.0 * np.abs(x))
            return 4 * e / (1 + e) ** 2""",
    },
    "relu": {
        "maximum": "return np.maximum(0, Z)",
        "maximum of floats": "return np.maximum(Z, 0.0)",
        "where": "return np.where(Z > 0, Z, 0) if not np.isnan(Z).any() else np.maximum(Z, 0)",
        "where not": "return np.where(np.asarray(Z) < 0, 0, Z)",
        "clip": "return np.clip(Z, 0, None)",
        "copy and mask": """
            A = np.array(Z)
            A[A < 0] = 0
            return A""",
        "half of both": """
            A = np.maximum(Z, 0)
            return np.where(np.isfinite(Z), (Z + np.abs(Z)) / 2, A)""",
        "loop": """
            Z = np.asarray(Z)
            flat = [z if not z < 0 else 0 * abs(1.0) for z in Z.ravel().tolist()]
            return np.array(flat, dtype=float).reshape(Z.shape)""",
        "fmax would drop nan": "return np.where(np.isnan(Z), np.nan, np.fmax(Z, 0))",
        "float32 stays": "return np.maximum(np.zeros((), dtype=np.asarray(Z).dtype), Z)",
    },
    "relu_derivative": {
        "where": "return np.where(Z > 0, 1.0, 0.0)",
        "astype": "return (np.asarray(Z) > 0).astype(float)",
        "times one": "return 1.0 * (Z > 0)",
        "heaviside": "return np.heaviside(Z, 0.0)",
        "float32 ones": "return (np.asarray(Z) > 0).astype(np.float32)",
        "sign": "return np.maximum(np.sign(np.asarray(Z, dtype=float)), 0)",
        "filled": """
            out = np.zeros(np.shape(Z))
            out[np.asarray(Z) > 0] = 1
            return out""",
    },
    "relu_backward": {
        "where": "return np.where(Z > 0, dout, 0)",
        "product": "return dout * (Z > 0)",
        "copy": """
            d = np.array(dout, copy=True)
            d[Z <= 0] = 0
            return d""",
        "multiply": "return np.multiply(dout, np.where(Z > 0, 1.0, 0.0))",
        "int64": "return dout * np.int64(Z > 0)",
    },
    "relu_zero_count": {
        "count_nonzero": "return int(np.count_nonzero(np.asarray(Z) <= 0))",
        "sum": "return np.sum(np.asarray(Z) <= 0)",
        "size": "return np.asarray(Z).size - np.count_nonzero(np.maximum(Z, 0))",
        "loop": "return sum(1 for z in np.ravel(Z) if z <= 0)",
        "len": """
            flat = np.ravel(Z)
            return len(flat[flat <= 0])""",
        "equal": "return int((np.maximum(0, Z) == 0).sum())",
    },
    "leaky_relu": {
        "where": "return np.where(Z > 0, Z, alpha * Z)",
        "maximum": "return np.maximum(alpha * Z, Z)",
        "sum of sides": "return np.maximum(0, Z) + alpha * np.minimum(0, Z)",
        "mask": "return Z * np.where(np.asarray(Z) > 0, 1.0, alpha)",
        "copy": """
            A = np.array(Z, dtype=float)
            A[A < 0] *= alpha
            return A""",
    },
    "softmax": {
        "shifted": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / e.sum(axis=1, keepdims=True)""",
        "last axis": """
            e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
            return e / np.sum(e, axis=-1, keepdims=True)""",
        "newaxis": """
            e = np.exp(Z - Z.max(1)[:, None])
            return e / e.sum(1)[:, np.newaxis]""",
        "transposed": """
            e = np.exp(Z.T - Z.max(axis=1))
            return (e / e.sum(axis=0)).T""",
        "by log": """
            m = Z.max(axis=1, keepdims=True)
            return np.exp(Z - m - np.log(np.exp(Z - m).sum(axis=1, keepdims=True)))""",
        "rows": """
            rows = []
            for z in Z:
                e = np.exp(z - np.max(z))
                rows.append(e / e.sum())
            return np.array(rows)""",
        "apply_along_axis": """
            def one(z):
                e = np.exp(z - z.max())
                return e / e.sum()
            return np.apply_along_axis(one, 1, Z)""",
        "einsum": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return np.einsum('ij,i->ij', e, 1 / e.sum(axis=1))""",
        "sorted sum": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / np.sort(e, axis=1).sum(axis=1, keepdims=True)""",
    },
    "log_softmax": {
        "log-sum-exp": """
            m = Z.max(axis=1, keepdims=True)
            return Z - m - np.log(np.exp(Z - m).sum(axis=1, keepdims=True))""",
        "logaddexp": "return Z - np.logaddexp.reduce(np.asarray(Z, float), axis=1, keepdims=True)",
        "m plus log": """
            m = np.max(Z, axis=1)
            lse = m + np.log(np.sum(np.exp(Z - m[:, None]), axis=1))
            return Z - lse.reshape(-1, 1)""",
        "rows": """
            out = np.zeros(Z.shape)
            for i in range(Z.shape[0]):
                s = Z[i] - max(Z[i])
                out[i] = s - np.log(sum(np.exp(s)))
            return out""",
    },
    "softmax_jacobian": {
        "diag minus outer": """
            e = np.exp(z - z.max())
            s = e / e.sum()
            return np.diag(s) - np.outer(s, s)""",
        "broadcast": """
            e = np.exp(z - z.max())
            s = e / e.sum()
            return s[:, None] * (np.eye(len(s)) - s)""",
        "diagflat": """
            s = np.exp(z) / np.sum(np.exp(z))
            s = s.reshape(-1, 1)
            return np.diagflat(s) - np.dot(s, s.T)""",
        "two loops": """
            s = np.exp(z) / np.exp(z).sum()
            J = np.zeros((len(s), len(s)))
            for i in range(len(s)):
                for j in range(len(s)):
                    J[i, j] = s[i] * (1 - s[i]) if i == j else -s[i] * s[j]
            return J""",
    },
    "softmax_backward": {
        "sum": "return s * (dout - (dout * s).sum(axis=1, keepdims=True))",
        "einsum": "return s * dout - s * np.einsum('ij,ij->i', s, dout)[:, None]",
        "matrix product": "return s * (dout - (dout * s) @ np.ones((s.shape[1], 1)))",
        "two steps": """
            d = dout * s
            return d - s * np.sum(d, axis=-1, keepdims=True)""",
    },
}
