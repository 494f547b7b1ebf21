"""The sandbox: one level, one table of limits, a session for every submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.errors import SandboxError
from grader.sandbox.layers import Layers
from grader.sandbox.levels import start, strongest
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session
from grader.sandbox.sleep_budget import SleepBudget


class Sandbox:
    """A context manager that owns the workers; not to be shared between threads.

    Args:
        level: one of `layers.LEVELS`; the strongest that works if none is named, never one without isolation.
        limits: what a submission may use.
        layers: other walls than the level's own, for tests that take one away.
        alive: called before every call of a student's function, so that a hang of our own can be told.

    Raises `SandboxError`, with the reason and what would mend it, if the level cannot be had.
    """

    def __init__(
        self,
        *,
        level: str = "",
        limits: Limits | None = None,
        layers: Layers | None = None,
        alive: Callable[[], object] = lambda: None,
    ) -> None:
        self.level, self._source = (level, start(level, layers)) if level else strongest()
        self.limits, self._alive = limits or Limits(), alive

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self._source.close()

    def open(
        self, files: Mapping[str, bytes], *, givens: bytes = b"", asleep: SleepBudget | None = None
    ) -> Session:
        """Return a session for one submission; its worker starts when it is first asked.

        Args:
            asleep: what other sessions of the same submission spend too.
        """
        return Session(self._source, files, givens, self.limits, self._alive, asleep or SleepBudget())

    def prepare(self) -> None:
        """Let the next worker start now, so that it is warm when it is asked."""
        self._source.prepare()


def for_own_code() -> Sandbox:
    """Return the strongest sandbox there is, else a plain process: for code of whoever runs it."""
    try:
        return Sandbox()
    except SandboxError:
        return Sandbox(level="none")
