"""The possible bindings of a name, and how they combine: in sequence, in branches, in a `try`.

After `f = 1`, then `if x: f = 2`, the name `f` has two possible bindings, and is surely bound.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_MOST: Final = 50
"""Bindings of one name that are kept; a name with more of them is `PossibleBindings.unclear`."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One statement or expression that binds a name."""

    node: ast.AST
    value: ast.AST | None = None
    """The definition or expression that is bound; None for an import."""
    imported: str = ""
    """The full name of an import, such as `numpy.mean`, with a leading dot per level of a relative import."""
    at: int = 0
    """The position in the order in which the file binds names."""


@dataclass(frozen=True, slots=True)
class PossibleBindings:
    """The bindings of which one holds for a name."""

    bindings: tuple[Binding, ...] = ()
    is_bound: bool = False
    """Whether one of them surely holds; otherwise, the name may also be unbound, or be a builtin."""
    unclear: bool = False
    """Whether there are more bindings than are kept."""

    def after(self, before: PossibleBindings) -> PossibleBindings:
        """Return the possible bindings if these come after `before`."""
        return self if self.is_bound else PossibleBindings.joined([before, self], is_bound=before.is_bound)

    @staticmethod
    def joined(held: Iterable[PossibleBindings], *, is_bound: bool) -> PossibleBindings:
        """Return the possible bindings if one of several alternatives holds."""
        every = list(held)
        found = tuple(dict.fromkeys(b for one in every for b in one.bindings))
        unclear = len(found) > _MOST or any(one.unclear for one in every)
        return PossibleBindings(found[:_MOST], is_bound, unclear)


Names = dict[str, PossibleBindings]


def follow(names: Names, later: Mapping[str, PossibleBindings]) -> None:
    """Update `names` by the bindings of code that runs afterwards."""
    for name, held in later.items():
        names[name] = held.after(names[name]) if name in names else held


def maybe(names: Names) -> Names:
    """Return the possible bindings of code that may not run, or not to its end."""
    return {name: PossibleBindings(held.bindings, unclear=held.unclear) for name, held in names.items()}


def either(ends: list[Names]) -> Names:
    """Return the possible bindings after several branches of which one runs."""
    every = dict.fromkeys(name for end in ends for name in end)
    held: dict[str, list[PossibleBindings]] = {name: [] for name in every}
    for end in ends:
        for name, one in end.items():
            held[name].append(one)
    return {
        name: PossibleBindings.joined(
            found, is_bound=len(found) == len(ends) and all(h.is_bound for h in found)
        )
        for name, found in held.items()
    }


def caught(through: Names, stopped: Names, handlers: list[Names]) -> Names:
    """Return the possible bindings after a `try`: its body completes, or stops anywhere and a handler runs.

    Args:
        through: the bindings if the body and its `else` complete.
        stopped: the bindings if the body stops anywhere.
        handlers: the bindings of each handler.

    A hostile file may have 10,000 names and 10,000 handlers. The number of steps is their sum, not their
    product: a handler takes steps only for the names that it binds.
    """
    if not handlers:
        return through
    handled: dict[str, list[PossibleBindings]] = {
        name: [] for name in (*through, *(n for its in handlers for n in its))
    }
    for its in handlers:
        for name, held in its.items():
            handled[name].append(held.after(stopped[name]) if name in stopped else held)
    found: Names = {}
    for name, ends in handled.items():
        is_everywhere = name in through and len(ends) == len(handlers)
        every = [*([through[name]] if name in through else []), *ends]
        # A handler that does not bind the name leaves what the body bound before it stopped.
        if len(ends) < len(handlers) and name in stopped:
            every.append(stopped[name])
        found[name] = PossibleBindings.joined(
            every, is_bound=is_everywhere and all(one.is_bound for one in every)
        )
    return found
