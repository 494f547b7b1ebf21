"""The parameters of an exercise's function."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """The names of all parameters, the number of required ones, and the names of optional ones."""

    names: tuple[str, ...]
    required: int
    keywords: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"({', '.join(self.names)})"
