"""Recognize a library's function under all of its names, such as `np.mean` and `np.ma.mean`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

_COPIES: Final = frozenset({"_core", "core", "lib", "ma", "matlib", "ndarray", "matrix"})
"""Parts of NumPy that repeat its functions, as in `numpy.ma.mean` and `numpy.core.fromnumeric.mean`."""
_AGAIN: Final = {"np": "numpy", "numpy": "numpy", "la": "numpy.linalg"}
"""Names under which modules of NumPy and SciPy import others, as in `numpy.polynomial.polyutils.la.inv`."""
EXCEPTION: Final = "LinAlgError"
"""An exception of `numpy.linalg`, which is allowed even if the module is not: it solves nothing."""
_CLASSES: Final = frozenset({"ndarray", "matrix", "MaskedArray", "generic", "Generator", "RandomState"})
"""Classes whose methods can be called as functions, as in `numpy.ndarray.mean(z)`."""


class Forbidden:
    """The forbidden functions by their full names, modules with all their functions, and methods."""

    def __init__(self, names: Collection[str], methods: Collection[str]) -> None:
        self._names, self._methods = frozenset(names), frozenset(methods)
        self._last = frozenset(n.rpartition(".")[2] for n in names if n.startswith("numpy."))

    def first(self, means: Iterable[object]) -> str:
        """Return the first forbidden function among the meanings of a name, or an empty text."""
        return next((full for full in means if isinstance(full, str) and self._is_one(full)), "")

    def _is_one(self, full: str) -> bool:
        if full.endswith(f".{EXCEPTION}"):
            return False
        if any(not self._names.isdisjoint(_with_modules(known)) for known in _known_as(full)):
            return True
        root, *parts = full.split(".")
        if root != "numpy" or len(parts) < 2:
            return False
        last = parts[-1]
        is_copy = parts[0] in _COPIES and not self._last.isdisjoint((last, last.removeprefix("nan")))
        return is_copy or (parts[-2] in _CLASSES and last in self._methods)


def _with_modules(name: str) -> Iterator[str]:
    """Yield a name and the modules that contain it."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def _known_as(full: str) -> Iterator[str]:
    """Yield a function's name and its public forms: no `builtins`, no private modules, no `nan` in front.

    `numpy.nanmean`, for example, yields `numpy.mean`, and `numpy.linalg._linalg.inv` yields
    `numpy.linalg.inv`.
    """
    yield full
    root, *parts = full.split(".")
    if root in ("numpy", "scipy"):
        again = max((n for n, part in enumerate(parts) if part in _AGAIN), default=None)
        if again is not None:
            root, *parts = (*_AGAIN[parts[again]].split("."), *parts[again + 1 :])
        elif "linalg" in parts:  # `scipy.sparse.linalg.inv` counts as `scipy.linalg.inv`
            parts = parts[parts.index("linalg") :]
    if root == "builtins":
        yield ".".join(parts)
    elif root in ("numpy", "scipy"):
        public = [part for part in parts if not part.startswith("_") and part != "mtrand"]
        public = [part for n, part in enumerate(public) if n == 0 or part != public[n - 1]]
        yield ".".join([root, *public])
        if len(public) == 1:
            yield f"{root}.{public[0].removeprefix('nan')}"
