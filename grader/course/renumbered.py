"""Recognise lessons whose folders have got another number."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def renumbered(names: Iterable[str], lessons: Collection[str]) -> dict[str, str]:
    """Return the present names of lessons that are no longer there, but are under another number.

    A name that fits several lessons, or none, is left out.

    >>> renumbered(["02_activations", "01_arrays", "07_trees"], ["01_arrays", "03_activations"])
    {'02_activations': '03_activations'}
    """
    found = {}
    for name in names:
        title = _title(name)
        now = [lesson for lesson in lessons if title and _title(lesson) == title]
        if name not in lessons and len(now) == 1:
            found[name] = now[0]
    return found


def _title(lesson: str) -> str:
    return lesson.partition("_")[2]
