"""The tolerances of the parts of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.cases.nested import Path, paths

Array = NDArray[Any]
_NONE: Final = np.asarray(0.0)


@dataclass(frozen=True)
class Tolerances:
    """Absolute tolerances by the paths of a value's parts; a part without a tolerance must be equal.

    The tolerance of an array has the array's shape, or is 0-d and holds for all elements.
    """

    by_path: Mapping[Path, Array | None] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object, parts: Iterable[Array | None]) -> Tolerances:
        """Return the tolerances of `value`, given in the order of its parts.

        >>> Tolerances.of((1.5, "text"), [np.asarray(1e-9), None]).at((0,))
        array(1.e-09)
        """
        return cls(dict(zip((path for path, _ in paths(value)), parts, strict=True)))

    def at(self, path: Path = ()) -> Array:
        """Return the tolerance of the part at `path`; the empty path is a value with one part."""
        found = self.by_path.get(path)
        return _NONE if found is None else found

    def in_order(self) -> list[Array | None]:
        """Return the tolerances in the order of the parts."""
        return list(self.by_path.values())


EQUAL: Final = Tolerances()
"""No part may differ."""
