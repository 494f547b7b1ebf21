"""For what a name may stand: one way to bind it, or several of which one holds."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_MOST: Final = 50
"""Ways to bind one name that are kept; a name with more of them is `Held.unclear`."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One way in which a name comes to stand for something."""

    node: ast.AST
    value: ast.AST | None = None
    """The definition or expression that is bound; None for an import."""
    imported: str = ""
    """The full name of what is imported, with a dot in front for each level of a relative import."""
    at: int = 0
    """Its place in the order of the file."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a name may stand for."""

    bindings: tuple[Binding, ...] = ()
    is_bound: bool = False
    """Whether one of these surely holds; else the name may also be unbound, or be a builtin."""
    unclear: bool = False

    def after(self, before: Held) -> Held:
        """Return what holds if this happens behind `before`."""
        return self if self.is_bound else Held.joined([before, self], is_bound=before.is_bound)

    @staticmethod
    def joined(held: Iterable[Held], *, is_bound: bool) -> Held:
        """Return what may hold where one of several does."""
        every = list(held)
        found = tuple(dict.fromkeys(b for one in every for b in one.bindings))
        unclear = len(found) > _MOST or any(one.unclear for one in every)
        return Held(found[:_MOST], is_bound, unclear)
