"""Whole submissions that take the grader's own processes too long or too far; none of them solves anything."""

from __future__ import annotations

import json
from collections.abc import Mapping

_WRONG = "def twice(Z):\n    return {}\n"
_ELIFS = "if 0: pass\n" + "elif 0: pass\n" * 1200 + _WRONG.format("Z")
_FORBIDDEN = "import numpy as np\n" + _WRONG
_CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
EXCESS: Mapping[str, Mapping[str, str]] = {
    "branches": {"twice.py": _ELIFS},
    "branches in a notebook": {"twice.ipynb": json.dumps({"cells": [_CELL | {"source": _ELIFS}]})},
    "cells": {"twice.ipynb": json.dumps({"cells": [_CELL | {"source": ")"}] * 6000})},
    "axes": {"twice.py": _FORBIDDEN.format("np.zeros((2,) * 26, 'u1')")},
    "terms of a forbidden call": {"twice.py": _FORBIDDEN.format(f"np.multiply({'+'.join(['Z'] * 600)}, 1)")},
    "slices of a forbidden call": {"twice.py": _FORBIDDEN.format(f"np.multiply(Z, 1){'[0:]' * 700}")},
    "digits": {"twice.py": _FORBIDDEN.format(f"np.multiply(Z, {'9' * 5000})")},
    "bytes of every answer": {"twice.py": _FORBIDDEN.format("np.ones(2**23)")},
    "time asleep": {"twice.py": "import time\n" + _WRONG.format("time.sleep(9) or Z")},
    "depth of an answer": {"twice.py": _WRONG.format("eval('[' * 60 + ']' * 60)")},
    "keys of an answer": {"twice.py": _WRONG.format("{str(n): 'x' * 60000 for n in range(9000)}")},
    "words of an exception": {"twice.py": "def twice(Z):\n    raise ValueError('x' * 10**7)\n"},
    "prints": {"twice.py": "def twice(Z):\n    print('x' * 10**7)\n    return Z\n"},
    "remembered inputs": {
        "twice.py": "seen = []\ndef twice(Z):\n    seen.append(Z.tolist())\n    raise KeyError(seen)\n"
    },
    "lines that are not there": {
        "twice.py": "def twice(Z):\n    raise ValueError\n"
        "twice.__code__ = twice.__code__.replace(co_firstlineno=2**30)\n"
    },
    "names of helpers": {
        "twice.py": "from m0 import *\n" + _WRONG.format(f"[{'a,' * 20000}]"),
        **{f"m{n}.py": "".join(f"from m{k} import *\n" for k in range(12)) for n in range(12)},
    },
    "size of a file": {"twice.py": _WRONG.format(f"[{'a,' * 4_000_000}]")},
    "another definition": {
        "twice.py": "def twice(Z):\n    return Z\nif False:\n    def twice(Z):\n        return 2.0 * Z\n"
    },
    "a killed parent": {"twice.py": "import os\n" + _WRONG.format("os.kill(os.getppid() or 1, 9) or Z")},
    "no end": {"twice.py": "def twice(Z):\n    while True: pass\n"},
}
"""Files of each, by what it takes too much of."""
