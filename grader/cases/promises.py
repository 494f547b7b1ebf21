"""Find what a stub's text says about the inputs, so that no exercise tests what its text does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import leaves

PROBES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "integers": r"integers?( and float32)? too|may (also )?be integers|integers may|or integers",
        "float32": r"float32",
        "empty": r"may be empty|empty too|no rows",
    }
)
"""Cases that are drawn only if the text has one of these words."""
_HUGE: Final = 500
"""Absolute value from which a number counts as huge."""
_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nan": r"\bnan\b",
        "inf": r"\binf|infinit",
        "huge": r"huge|large|\b1000\b|1e\d",
        "float32": PROBES["float32"] + r"|any dtype",
        "empty": PROBES["empty"] + r"|may be 0|\bempty\b",
    }
)


def probes(text: str) -> frozenset[str]:
    """Return the names of the probes that `text` allows."""
    return frozenset(name for name, words in PROBES.items() if re.search(words, text, re.IGNORECASE))


def unsaid(text: str, case: Case) -> str:
    """Return the first property of the case's arrays that `text` does not mention, or an empty text."""
    for name in _properties(case):
        if not re.search(_SAID[name], text, re.IGNORECASE):
            return name
    return ""


def _properties(case: Case) -> list[str]:
    arrays = [leaf for _, leaf in leaves((case.args, dict(case.kwargs))) if isinstance(leaf, np.ndarray)]
    floats: list[Any] = [a for a in arrays if a.dtype.kind == "f"]
    present = {
        "nan": any(np.isnan(a).any() for a in floats),
        "inf": any(np.isinf(a).any() for a in floats),
        "huge": any((np.abs(a[np.isfinite(a)]) > _HUGE).any() for a in floats),
        "float32": any(a.dtype == np.float32 for a in floats),
        "empty": any(not a.size for a in arrays),
    }
    return [name for name, found in present.items() if found]
