"""Case and Answer: one call of a function and its outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from grader.errors import AuthorError
from grader.worker import frames, wire
from grader.worker.script import Script

Outcome = Literal["returned", "raised", "crashed", "exited", "timed_out", "not_run"]
Layout = Literal["C", "F", "strided"]


@dataclass(frozen=True)
class Case:
    """One call: positional and keyword arguments as plain data."""

    name: str
    args: tuple[object, ...]
    kwargs: Mapping[str, object] = field(default_factory=dict)
    hidden: bool = False
    """Whether it is drawn from the course's secret seed; its values are shown to instructors only."""
    layout: Layout = "C"
    """Memory layout that the worker gives every array argument."""
    script: Script | None = None
    """What is called instead of one function."""
    at: int = 0
    """The place of the step whose answer is wanted; those before it are run as well."""
    of: str = ""
    """The name of the case without its step."""

    def continues(self, other: Case) -> bool:
        """Return whether this is a later step of another case, with the same arguments."""
        return (
            self.script is not None
            and self.script is other.script
            and (self.of, self.args is other.args) == (other.of, True)
            and self.at > other.at
        )

    @property
    def values(self) -> dict[str, object]:
        """The arguments by name; of a script only."""
        return dict(zip(self.script.names if self.script else (), self.args, strict=False))

    @cached_property
    def further_frame(self) -> bytes:
        """The encoded request for a further step of the script that runs already."""
        return frames.case((), {}, self.layout, self.at, further=True)

    @cached_property
    def frame(self) -> bytes:
        """The encoded call for a worker; cached, because all submissions of a class get the same."""
        try:
            return frames.case(self.args, self.kwargs, self.layout, self.at)
        except wire.TooLargeError as error:
            most = f"{wire.ANSWER_BYTES // 2**20} MB of arrays and {wire.NODES} values"
            raise AuthorError(
                f"the case “{self.name}” is too large to be sent; expected at most {most}"
            ) from error


@dataclass(frozen=True)
class Raised:
    """An exception that left the student's function or file."""

    names: tuple[str, ...]
    """Names of the exception's classes, most specific first."""
    message: str
    line: int | None = None
    """Last line of the student's own files in the traceback, from 1."""
    traceback: str = ""
    """The student's own frames alone."""
    file: str = ""
    """Path of the file in which `line` stands, if that is not the file of the function itself."""


@dataclass(frozen=True)
class Answer:
    """The outcome of one call. The student's process sent every field, so none of them is to be trusted."""

    outcome: Outcome
    value: object = None
    """Plain data; `Opaque` for a type that does not cross the wire."""
    args_after: tuple[object, ...] = ()
    """The positional arguments after the call."""
    value_after: object = None
    """The value after every array argument was overwritten; if it differs, they share memory."""
    kwargs_after: Mapping[str, object] = field(default_factory=dict)
    """The keyword arguments after the call."""
    raised: Raised | None = None
    warnings: tuple[str, ...] = ()
    """One line each, such as `RuntimeWarning on line 7: overflow encountered in exp`."""
    stdout: str = ""
    """What the call printed, standard error included, at most 64 KB."""
    cpu_s: float = 0.0
    asleep_s: float = 0.0
    """Seconds in which the call neither calculated nor waited for a processor."""
    slept: str = ""
    """The budget of time asleep that was used up, such as `5 s in this exercise`; empty if none was."""
    detail: str = ""
    """How a call ended that did not return: `signal 11`, `exit code 3`, `2 s of CPU time`."""


@dataclass(frozen=True)
class Batch:
    """The answers to a list of cases, in their order."""

    answers: tuple[Answer, ...]
    load: Answer | None = None
    """The failed import of the student's file, if it failed; every answer is then `not_run`."""
    stdout: str = ""
    """What the import of the file printed."""


Ask = Callable[[Sequence[Case]], Sequence[Answer]]
"""Calls a student's function; it may answer only the first of the cases that it is given."""
