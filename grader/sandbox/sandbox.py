"""The sandbox: one level, one table of limits, and a session for every submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.errors import SandboxError
from grader.sandbox.layers import Layers
from grader.sandbox.levels import start, strongest
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session
from grader.sandbox.sleep_budget import SleepBudget


class Sandbox:
    """A context manager that owns the workers. Do not share it between threads.

    Args:
        level: one of `layers.LEVELS`; if empty, the strongest that works, never one without isolation.
        limits: what a submission may use.
        layers: walls instead of the level's own, for tests that take one away.
        alive: called before every call of a student's function. Without these calls, a grading process that
            hangs would look like one that waits for a slow submission.

    Raises `SandboxError`, with the reason and its remedy, if the level does not work.
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
        """Return a session for one submission; its worker starts with the first call.

        Args:
            asleep: the budget that all sessions of the same submission share.
        """
        return Session(self._source, files, givens, self.limits, self._alive, asleep or SleepBudget())

    def prepare(self) -> None:
        """Start the next worker now, so that it is ready when it is needed."""
        self._source.prepare()


def for_own_code() -> Sandbox:
    """Return the strongest sandbox that works, else a plain process: for the user's own code only."""
    try:
        return Sandbox()
    except SandboxError:
        return Sandbox(level="none")
