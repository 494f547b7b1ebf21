"""Two numbers of one sentence as texts: as many digits as it takes to see whether they differ."""

from __future__ import annotations

from typing import Any

from grader.digits import number, pair


def apart(yours: Any, other: Any) -> tuple[str, str]:
    """Return two numbers, told apart if they differ and as short as any number if they are equal."""
    return (number(yours), number(other)) if yours == other else pair(yours, other)
