"""Wrong implementations beside the exercises' known mistakes: nearly all of them must lose points."""

WRONG: dict[str, dict[str, str]] = {
    "sigmoid": {
        "clipped at 30": "return 1 / (1 + np.exp(-np.clip(Z, -20, 20)))",
        "small eps": "return 1 / (1 + np.exp(-Z) + 1e-8)",
        "list": "return (1 / (1 + np.exp(-Z))).tolist()",
        "None": "1 / (1 + np.exp(-Z))",
        "flattened": "return np.ravel(1 / (1 + np.exp(-Z)))",
        "first row": """
            A = 1 / (1 + np.exp(-np.asarray(Z, float)))
            return A if A.ndim < 2 else A * (np.arange(len(A)) < 3).reshape(-1, *[1] * (A.ndim - 1))""",
        "float16": "return (1 / (1 + np.exp(-np.asarray(Z, np.float16)))).astype(float)",
        "float32": "return (1 / (1 + np.exp(-np.asarray(Z, np.float32)))).astype(float)",
        "tanh": "return np.tanh(Z)",
        "not halved": "return 0.5 + 0.5 * np.tanh(Z)",
        "base 2": "return 1 / (1 + 2.0 ** -np.asarray(Z, float))",
        "rational": "return 0.5 * (1 + Z / (1 + np.abs(Z)))",
        "hard": "return np.clip(0.5 + np.asarray(Z) / 4, 0, 1)",
        "exp of minus abs": "return np.where(Z > 0, 1, 0.5)",
        "nan to num": "return np.nan_to_num(np.exp(Z) / (1 + np.exp(Z)))",
        "matrix": """
            A = 1 / (1 + np.exp(-np.asarray(Z)))
            return np.asmatrix(A) if np.ndim(A) < 3 else A""",
        "scalars only": "return 1 / (1 + np.exp(-float(Z)))",
        "contiguous bytes": """
            Z = np.frombuffer(np.asarray(Z, float).T.tobytes()).reshape(np.shape(Z))
            return 1 / (1 + np.exp(-Z))""",
        "complex": "return 1 / (1 + np.exp(-Z)) + 0j",
        "returns input type": "return (1 / (1 + np.exp(-Z))).astype(np.asarray(Z).dtype)",
    },
    "sigmoid_derivative": {
        "half": """
            s = 1 / (1 + np.exp(-x))
            return 0.5 * s * (1 - s)""",
        "double": """
            s = 1 / (1 + np.exp(-x))
            return 2 * s * (1 - s)""",
        "log derivative": "return 1 - 1 / (1 + np.exp(-x))",
        "gaussian": "return 0.25 * np.exp(-np.square(x) / 4)",
        "one-sided difference": """
            f = lambda z: 1 / (1 + np.exp(-z))
            return (f(x + 1e-6) - f(x)) / 1e-6""",
        "central difference": """
            f = lambda z: 1 / (1 + np.exp(-z))
            return (f(x + 1e-4) - f(x - 1e-4)) / 2e-4""",
        "xor": """
            s = 1 / (1 + np.exp(-x))
            return s - s ^ 2""",
        "square of the difference": """
            s = 1 / (1 + np.exp(-x))
            return (s - s) ** 2""",
        "eps": """
            s = 1 / (1 + np.exp(-x))
            return s * (1 - s) + 1e-9""",
    },
    "sigmoid_from_exp": {
        "log first": "return 1 / (1 + np.log(exp_neg_z + 1))",
        "odds": "return 1 / exp_neg_z",
        "minus": "return 1 / (1 - exp_neg_z)",
        "clipped": "return 1 / (1 + np.clip(exp_neg_z, 0, 8))",
    },
    "tanh": {
        "no factor": """
            e = np.exp(-np.abs(Z))
            return np.sign(Z) * (1 - e) / (1 + e)""",
        "no sign": """
            e = np.exp(-2.0 * np.abs(Z))
            return (1 - e) / (1 + e)""",
        "turned": """
            e = np.exp(-2.0 * np.abs(Z))
            return np.sign(Z) * (e - 1) / (1 + e)""",
        "clipped at 3": """
            Z = np.clip(Z, -3, 3)
            return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))""",
        "cosh over sinh": "return np.cosh(Z) / np.sinh(np.add(Z, 1e-300))",
        "imported": """
            from numpy import tanh as t
            return t(Z)""",
        "series": """
            Z = np.asarray(Z, float)
            return Z - Z ** 3 / 3 + 2 * Z ** 5 / 15""",
    },
    "tanh_derivative": {
        "no square of x": "return 1 - np.tanh(x ** 2)",
        "sech": "return 1 / np.cosh(x)",
        "double": "return 2 * (1 - np.tanh(x) ** 2)",
        "plus": "return 1 + np.tanh(x) ** 2",
        "difference": "return (np.tanh(x + 1e-5) - np.tanh(x - 1e-5)) / 2e-5",
        "second derivative": """
            t = np.tanh(x)
            return -2 * t * (1 - t ** 2)""",
    },
    "relu": {
        "nan dropped": "return np.nan_to_num(np.maximum(0, Z))",
        "fmax": "return np.fmax(0, Z)",
        "clipped above": "return np.clip(Z, 0, 4)",
        "leaky": "return np.where(np.asarray(Z) > 0, Z, 0.001 * np.asarray(Z))",
        "negated": "return -np.minimum(0, -np.asarray(Z)) * -1.0",
        "softplus": "return np.log1p(np.exp(Z))",
        "bool": "return np.asarray(Z) > 0",
        "list": "return [max(0, z) for z in np.ravel(Z)]",
        "same array": """
            Z = np.asarray(Z)
            np.maximum(Z, 0, out=Z) if Z.ndim else None
            return np.maximum(Z, 0)""",
        "whole numbers": "return np.maximum(0, np.nan_to_num(Z)).astype(int)",
        "maximum of all": "return np.max(Z) if np.max(Z) > 0 else 0.0",
        "row maximum": "return np.maximum(0, Z).max(axis=-1) if np.ndim(Z) else np.maximum(0, Z)",
    },
    "relu_derivative": {
        "relu over z": "return np.maximum(0, Z) / Z",
        "half at zero": "return np.heaviside(Z, 0.5)",
        "threshold 1e-6": "return np.where(np.asarray(Z) > 1e-6, 1.0, 0.0)",
        "not zero": "return np.where(np.asarray(Z) != 0, 1.0, 0.0)",
        "negative": "return np.where(np.asarray(Z) < 0, 1.0, 0.0)",
        "sign sized": "return np.where(np.asarray(Z) > 0, 1.0, -1.0)",
        "clip": "return np.clip(np.asarray(Z, float), 0, 1)",
        "list": "return [1.0 if z > 0 else 0.0 for z in np.ravel(Z)]",
    },
    "relu_backward": {
        "relu of the gradient": "return np.maximum(0, dout)",
        "unmasked": "return np.array(dout)",
        "turned": "return np.where(np.asarray(Z) < 0, dout, 0)",
        "both masks": "return np.where((np.asarray(Z) > 0) & (np.asarray(dout) > 0), dout, 0)",
        "eps at zero": "return np.where(np.asarray(Z) == 0, 1e-9, np.where(np.asarray(Z) > 0, dout, 0))",
        "arguments turned": "return np.where(np.asarray(dout) > 0, Z, 0)",
        "in place product": """
            dout = np.asarray(dout)
            if dout.ndim and dout.flags.writeable and dout.dtype.kind == 'f':
                dout *= (Z > 0)
                return dout.copy()
            return dout * (Z > 0)""",
    },
    "relu_zero_count": {
        "exact zeros": "return int(np.sum(np.asarray(Z) == 0))",
        "float": "return float(np.sum(np.asarray(Z) <= 0))",
        "boolean": "return bool(np.any(np.asarray(Z) <= 0))",
        "rows": "return int(np.sum(np.any(np.atleast_2d(Z) <= 0, axis=1)))",
        "indices": "return np.argwhere(np.asarray(Z) <= 0)",
        "array of one": "return np.array([np.sum(np.asarray(Z) <= 0)])",
        "all": "return int(np.size(Z))",
    },
    "leaky_relu": {
        "alpha at both": "return np.where(np.asarray(Z) > 0, alpha * np.asarray(Z), Z)",
        "minus": "return np.where(np.asarray(Z) > 0, Z, -alpha * np.asarray(Z))",
        "alpha squared": "return np.where(np.asarray(Z) > 0, Z, alpha ** 2 * np.asarray(Z))",
        "division": "return np.where(np.asarray(Z) > 0, Z, np.asarray(Z) / (1 / alpha if alpha else 1))",
        "minimum": "return np.minimum(alpha * np.asarray(Z), Z)",
        "threshold 1": "return np.where(np.asarray(Z) > 1, Z, alpha * np.asarray(Z))",
        "abs": "return np.maximum(0, Z) + alpha * np.abs(Z)",
        "default ignored": "return np.where(np.asarray(Z) > 0, Z, (alpha or 0.01) * np.asarray(Z))",
    },
    "softmax": {
        "eps": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / (e.sum(axis=1, keepdims=True) + 1e-8)""",
        "rescaled": """
            Z = Z / np.abs(Z).max(axis=1, keepdims=True)
            e = np.exp(Z)
            return e / e.sum(axis=1, keepdims=True)""",
        "builtin sum": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / sum(e)""",
        "clipped": """
            e = np.exp(np.clip(Z, -100, 100))
            return e / e.sum(axis=1, keepdims=True)""",
        "float32": """
            Z = np.asarray(Z, np.float32)
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / e.sum(axis=1, keepdims=True)""",
        "squeezed": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return np.squeeze(e / e.sum(axis=1, keepdims=True))""",
        "one row flat": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            p = e / e.sum(axis=1, keepdims=True)
            return p[0] if len(p) == 1 else p""",
        "base 2": """
            e = 2.0 ** (Z - Z.max(axis=1, keepdims=True))
            return e / e.sum(axis=1, keepdims=True)""",
        "norm": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / np.linalg.norm(e, axis=1, keepdims=True)""",
        "sigmoid": """
            s = 1 / (1 + np.exp(-Z.astype(float)))
            return s / s.sum(axis=1, keepdims=True)""",
        "argmax": "return np.eye(Z.shape[1])[Z.argmax(axis=1)]",
        "mean": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / e.mean(axis=1, keepdims=True)""",
        "longdouble": """
            e = np.exp(Z.astype(np.longdouble))
            return (e / e.sum(axis=1, keepdims=True)).astype(float) * (1 + 1e-12)""",
        "nan to num": """
            e = np.exp(Z)
            return np.nan_to_num(e / e.sum(axis=1, keepdims=True))""",
        "order": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return np.sort(e / e.sum(axis=1, keepdims=True), axis=1)""",
        "rounded": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return np.round(e / e.sum(axis=1, keepdims=True), 8)""",
        "temperature": """
            e = np.exp((Z - Z.max(axis=1, keepdims=True)) / 2)
            return e / e.sum(axis=1, keepdims=True)""",
        "mutates": """
            Z[...] = Z - Z.max(axis=1, keepdims=True)
            e = np.exp(Z)
            return e / e.sum(axis=1, keepdims=True)""",
    },
    "log_softmax": {
        "eps": """
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return np.log(e / e.sum(axis=1, keepdims=True) + 1e-12)""",
        "log2": """
            s = Z - Z.max(axis=1, keepdims=True)
            return s - np.log2(np.exp(s).sum(axis=1, keepdims=True))""",
        "negated": """
            s = Z - Z.max(axis=1, keepdims=True)
            return np.log(np.exp(s).sum(axis=1, keepdims=True)) - s""",
        "mean": """
            s = Z - Z.max(axis=1, keepdims=True)
            return s - np.log(np.exp(s).mean(axis=1, keepdims=True))""",
        "whole array": """
            s = Z - Z.max()
            return s - np.log(np.exp(s).sum())""",
        "sum of logs": """
            s = Z - Z.max(axis=1, keepdims=True)
            return s - s.sum(axis=1, keepdims=True)""",
        "max not put back": """
            m = Z.max(axis=1, keepdims=True)
            return Z - np.log(np.exp(Z - m).sum(axis=1, keepdims=True))""",
        "global shift": """
            m = Z.max()
            return Z - m - np.log(np.exp(Z - m).sum(axis=1, keepdims=True))""",
    },
    "softmax_jacobian": {
        "turned": """
            s = np.exp(z) / np.exp(z).sum()
            return np.outer(s, s) - np.diag(s)""",
        "diagonal squared": """
            s = np.exp(z) / np.exp(z).sum()
            return np.diag(s * s) - np.outer(s, s)""",
        "outer alone": """
            s = np.exp(z) / np.exp(z).sum()
            return -np.outer(s, s)""",
        "diag alone": """
            s = np.exp(z) / np.exp(z).sum()
            return np.diag(s)""",
        "identity": """
            s = np.exp(z) / np.exp(z).sum()
            return np.eye(len(z)) - np.outer(s, s)""",
        "half": """
            s = np.exp(z) / np.exp(z).sum()
            return 0.5 * (np.diag(s) - np.outer(s, s))""",
        "dot": """
            s = np.exp(z) / np.exp(z).sum()
            return np.diag(s) - np.dot(s, s)""",
        "differences": """
            f = lambda x: np.exp(x) / np.exp(x).sum()
            I = np.eye(len(z)) * 1e-6
            return np.array([(f(z + i) - f(z - i)) / 2e-6 for i in I]).T""",
    },
    "softmax_backward": {
        "dout forgotten": "return s * (1 - s)",
        "turned": "return s * ((dout * s).sum(axis=1, keepdims=True) - dout)",
        "no keepdims": "return s * (dout - np.resize((dout * s).sum(axis=1), s.shape))",
        "sum of dout": "return s * (dout - dout.sum(axis=1, keepdims=True))",
        "dout times": "return dout * (s - (dout * s).sum(axis=1, keepdims=True))",
        "cross-entropy": "return s - dout",
        "averaged": "return s * (dout - (dout * s).sum(axis=1, keepdims=True)) / len(s)",
        "half": "return 0.5 * s * (dout - (dout * s).sum(axis=1, keepdims=True))",
        "every Jacobian": """
            J = s[:, :, None] * np.eye(s.shape[1]) - s[:, :, None] * s[:, None, :]
            return (J @ dout[:, :, None])[:, :, 0]""",
    },
}
