"""What comes first: names in an order in which nothing is met before what it builds on."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from grader.errors import AuthorError

After = Mapping[str, Collection[str]]
"""What each name builds on; what is no name of the mapping does not count."""


def sequence(after: After) -> list[str]:
    """Return the names: each time the first of the given order that waits for nothing.

    Raises `AuthorError` that names a circle.
    """
    rest, placed = dict(after), []
    while rest:
        ready = next((name for name in rest if not rest.keys() & set(rest[name])), None)
        if ready is None:
            raise AuthorError(f"exercises build on each other in a circle: {' after '.join(_circle(rest))}")
        placed.append(ready)
        del rest[ready]
    return placed


def _circle(rest: After) -> list[str]:
    """Return the names of one circle, the first at its end again; all in `rest` wait for others in it."""
    path = [next(iter(rest))]
    while True:
        following = next(name for name in rest[path[-1]] if name in rest)
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)
