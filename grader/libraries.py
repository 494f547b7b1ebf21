"""Names of NumPy and other libraries that stand for one function."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

_COPIES: Final = frozenset({"_core", "core", "lib", "ma", "matlib", "ndarray", "matrix"})
"""Parts of NumPy that have its functions again, as `numpy.ma.mean` and `numpy.core.fromnumeric.mean`."""
_CLASSES: Final = frozenset({"ndarray", "matrix", "MaskedArray", "generic", "Generator", "RandomState"})
"""Classes whose methods are functions too, as `numpy.ndarray.mean(z)`."""


class Forbidden:
    """Functions by their full names, and methods that any value may have."""

    def __init__(self, names: Collection[str], methods: Collection[str]) -> None:
        self._names, self._methods = frozenset(names), frozenset(methods)
        self._last = frozenset(n.rpartition(".")[2] for n in names if n.startswith("numpy."))

    def first(self, means: Iterable[object]) -> str:
        """Return the first forbidden function among what a name may stand for, empty if there is none."""
        return next((full for full in means if isinstance(full, str) and self._is_one(full)), "")

    def _is_one(self, full: str) -> bool:
        if not self._names.isdisjoint(_known_as(full)):
            return True
        root, *parts = full.split(".")
        if root != "numpy" or len(parts) < 2:
            return False
        last = parts[-1]
        is_copy = parts[0] in _COPIES and not self._last.isdisjoint((last, last.removeprefix("nan")))
        return is_copy or (parts[-2] in _CLASSES and last in self._methods)


def _known_as(full: str) -> Iterator[str]:
    """Yield the other names of a function: without `builtins`, private modules and the `nan` in front."""
    yield full
    root, *parts = full.split(".")
    if root == "builtins":
        yield ".".join(parts)
    elif root in ("numpy", "scipy"):
        public = [part for part in parts if not part.startswith("_") and part != "mtrand"]
        public = [part for n, part in enumerate(public) if n == 0 or part != public[n - 1]]
        yield ".".join([root, *public])
        if len(public) == 1:
            yield f"{root}.{public[0].removeprefix('nan')}"
