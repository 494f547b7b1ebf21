"""The levels of the sandbox and the layers of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layers:
    """The walls that a level puts around a submission."""

    bubblewrap: bool = False
    namespaces: bool = False
    landlock: bool = False
    seccomp: bool = False
    capabilities: bool = False
    rlimits: bool = False


LEVELS = {
    "A": Layers(True, True, True, True, True, True),
    "B": Layers(True, False, True, True, True, True),
    "C": Layers(False, False, True, True, True, True),
    "limits": Layers(rlimits=True),
    "none": Layers(),
}
WHAT = {
    "A": "bubblewrap, namespaces of its own, Landlock, seccomp, limits",
    "B": "bubblewrap, Landlock, seccomp, limits",
    "C": "Landlock, seccomp, limits",
    "limits": "limits alone, no isolation",
    "none": "a time limit alone: for one submission, your own, on any system",
}
STRONG = ("A", "B", "C")
"""Levels that may be chosen automatically, the strongest first."""
