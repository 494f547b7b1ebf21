"""The table of all limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from grader.errors import UsageError


def _limit(default: float, what: str) -> Any:
    return field(default=default, metadata={"what": what})


@dataclass(frozen=True)
class Limits:
    """What one submission may use. An exercise may set other values; a run's settings override both."""

    cpu_s: float = _limit(2.0, "CPU time of one call, or of importing one file")
    wall_factor: float = _limit(5.0, "wall-clock time of one call, as a multiple of cpu_s")
    asleep_s: float = _limit(5.0, "time asleep in one exercise: neither calculating nor waiting for a core")
    total_asleep_s: float = _limit(20.0, "time asleep in all exercises of a submission")
    total_cpu_s: int = _limit(120, "CPU time of one process, the kernel's own backstop")
    memory_mb: int = _limit(1024, "address space beyond the interpreter's own")
    output_kb: int = _limit(
        64, "what one call may print, standard error included, and what is kept of all calls of an exercise"
    )
    answer_mb: int = _limit(64, "arrays in one answer")
    file_bytes: int = _limit(0, "size of any file it writes; A, B and C let it write none")
    open_files: int = _limit(64, "files open at once")
    processes: int = _limit(0, "processes and threads it may start; A, B and C let it start none")
    restarts: int = _limit(3, "new processes for one exercise after a crash or a hang")
    timeouts: int = _limit(2, "calls of one exercise that may run out of time before the rest is not asked")
    fixed: frozenset[str] = frozenset()
    """Names of the limits that the run sets; exercises cannot change them."""

    @property
    def wall_s(self) -> float:
        """Wall-clock time of one call in seconds, for calls that wait and use no CPU time."""
        return self.cpu_s * self.wall_factor

    @property
    def output_chars(self) -> int:
        """Characters that one call may print."""
        return self.output_kb * 1024

    @property
    def answer_bytes(self) -> int:
        """Bytes of the arrays in one answer."""
        return self.answer_mb * 2**20

    @property
    def digest(self) -> str:
        """The settings of the run as text, such as `cpu_s=5`; empty if there are none."""
        return " ".join(f"{name}={value:g}" for name, value, _ in self.rows() if name in self.fixed)

    def asked(self, wishes: Mapping[str, float]) -> Limits:
        """Return the limits with an exercise's own values, except for those that the run sets."""
        return _with(self, {name: value for name, value in wishes.items() if name not in self.fixed})

    def overruled(self, settings: Iterable[str]) -> Limits:
        """Return the limits with settings such as `cpu_s=5`, which then stay; raises `UsageError`."""
        values = dict(_setting(text) for text in settings)
        return replace(_with(self, values), fixed=self.fixed | set(values))

    def rows(self) -> list[tuple[str, float, str]]:
        """Return name, value and meaning of each limit."""
        return [(f.name, getattr(self, f.name), f.metadata["what"]) for f in fields(self) if f.metadata]


def _with(limits: Limits, values: Mapping[str, float]) -> Limits:
    """Return `limits` with other values, converted to the types of the defaults."""
    known = {name: value for name, value, _ in limits.rows()}
    for name, value in values.items():
        if name not in known:
            raise UsageError(f"There is no limit {name}; there are {', '.join(known)}.")
        if not 0 <= value < float("inf"):
            raise UsageError(f"The limit {name} cannot be {value:g}.")
    changed: dict[str, Any] = {name: type(known[name])(value) for name, value in values.items()}
    return replace(limits, **changed)


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError as error:
        raise UsageError(f"“{text}” sets no limit; expected a form such as cpu_s=5.") from error
