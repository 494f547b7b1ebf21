"""How the function of an exercise is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """What a call of the exercise passes."""

    names: tuple[str, ...]
    required: int
    keywords: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"({', '.join(self.names)})"
