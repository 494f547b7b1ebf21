"""For what a name may stand: one way to bind it, or several of which one holds, and how they follow on."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_MOST: Final = 50
"""Ways to bind one name that are kept; a name with more of them is `PossibleBindings.unclear`."""


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
class PossibleBindings:
    """What a name may stand for."""

    bindings: tuple[Binding, ...] = ()
    is_bound: bool = False
    """Whether one of these surely holds; else the name may also be unbound, or be a builtin."""
    unclear: bool = False

    def after(self, before: PossibleBindings) -> PossibleBindings:
        """Return what holds if this happens behind `before`."""
        return self if self.is_bound else PossibleBindings.joined([before, self], is_bound=before.is_bound)

    @staticmethod
    def joined(held: Iterable[PossibleBindings], *, is_bound: bool) -> PossibleBindings:
        """Return what may hold where one of several does."""
        every = list(held)
        found = tuple(dict.fromkeys(b for one in every for b in one.bindings))
        unclear = len(found) > _MOST or any(one.unclear for one in every)
        return PossibleBindings(found[:_MOST], is_bound, unclear)


Names = dict[str, PossibleBindings]


def follow(names: Names, later: Mapping[str, PossibleBindings]) -> None:
    """Add to what names hold what they hold later."""
    for name, held in later.items():
        names[name] = held.after(names[name]) if name in names else held


def maybe(names: Names) -> Names:
    """Return what names hold where it may not have happened."""
    return {name: PossibleBindings(held.bindings, unclear=held.unclear) for name, held in names.items()}


def either(ends: list[Names]) -> Names:
    """Return what names hold behind several ways of which one was taken."""
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
    """Return what holds behind a `try`: it went through, or stopped anywhere and one of its handlers ran.

    Ten thousand handlers behind ten thousand names take as many steps, not each for each.
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
        if len(ends) < len(handlers) and name in stopped:
            every.append(stopped[name])
        found[name] = PossibleBindings.joined(
            every, is_bound=is_everywhere and all(one.is_bound for one in every)
        )
    return found
