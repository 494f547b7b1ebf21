"""One submission's child: asked for batches, killed and forked anew when a call hangs or crashes."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import msgspec

from grader.answer import Answer, Batch, Case, Raised
from grader.errors import ProtocolError
from grader.sandbox.child import Child, TimeUpError
from grader.sandbox.limits import Limits
from grader.worker import frames, wire

NOT_RUN = Answer("not_run")


class Forks(Protocol):
    """What a session needs of the sandbox."""

    def fork(self) -> tuple[Child, int]:
        """Return a new child."""

    def reap(self, pid: int) -> int:
        """Return a child's wait status."""


class Session:
    """A context manager; at its end the child is gone."""

    def __init__(self, forks: Forks, files: Mapping[str, bytes], givens: bytes, limits: Limits) -> None:
        self._forks, self._limits = forks, limits
        self._setup = msgspec.msgpack.encode({"files": dict(files), "givens": givens})
        self._child: Child | None = None
        self._pid = 0

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> int:
        """End the child, if there is one, and return its wait status."""
        child, self._child = self._child, None
        return child.kill(lambda: self._forks.reap(self._pid)) if child else 0

    def ask(self, file: str, function: str, cases: Sequence[Case]) -> Batch:
        """Return the answers to `cases`, one each; a hang or crash costs its own case alone."""
        answers: list[Answer] = []
        stdout = ""
        for _ in range(1 + self._limits.restarts):
            part = self._ask_once(file, function, cases[len(answers) :])
            stdout = stdout or part.stdout
            answers += part.answers
            if part.load is not None:
                return Batch((NOT_RUN,) * len(cases), part.load, stdout)
            if len(answers) == len(cases):
                break
        return Batch((*answers, *[NOT_RUN] * (len(cases) - len(answers))), None, stdout)

    def _ask_once(self, file: str, function: str, cases: Sequence[Case]) -> Batch:
        """Return answers up to the first call that ended the child, its own included."""
        answers: list[Answer] = []
        load: Answer | None = None
        stdout = ""
        nonce = secrets.randbits(64)
        loaded = False
        try:
            child = self._ready()
            child.send(frames.message(nonce, _request(file, function, cases)))
            child.begin()
            load, stdout = _loaded(self._receive(child, nonce))
            loaded = True
            while load is None and len(answers) < len(cases):
                child.begin()
                value = self._receive(child, nonce)
                answers.append(replace(_answer(value), cpu_s=child.spent_cpu_s()))
        except (TimeUpError, EOFError, ProtocolError) as error:
            ended = self._ended(error)
            if not loaded:
                load = ended
            else:
                answers.append(ended)
        return Batch(tuple(answers), load, stdout)

    def _ready(self) -> Child:
        if self._child is None:
            self._child, self._pid = self._forks.fork()
            self._child.send(frames.pack(0, b"", [self._setup]))
        return self._child

    def _receive(self, child: Child, nonce: int) -> Any:
        got, header, body = frames.receive(child.read)
        if got != nonce:
            raise ProtocolError("an answer to another question")
        return wire.decode(header, body)

    def _ended(self, error: Exception) -> Answer:
        if isinstance(error, TimeUpError):
            self.close()
            limits = self._limits
            spent = (
                f"{limits.cpu_s:g} s" if error.cpu else f"{limits.cpu_s * limits.wall_factor:g} s of waiting"
            )
            return Answer("timed_out", detail=spent)
        if isinstance(error, ProtocolError):
            self.close()
            return Answer("crashed", detail=f"the worker sent {error}")
        if self._child is not None:
            self._child.settle()
        return _post_mortem(self.close())


def _post_mortem(status: int) -> Answer:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return Answer("timed_out", detail="the submission's whole CPU time")
        names: dict[int, str] = {signal.SIGSEGV: "a segmentation fault", signal.SIGABRT: "an abort"}
        name = names.get(number, "")
        return Answer("crashed", detail=f"signal {number}, {name}" if name else f"signal {number}")
    return Answer("exited", detail=f"exit code {os.WEXITSTATUS(status)}")


def _request(file: str, function: str, cases: Sequence[Case]) -> dict[str, object]:
    rows = [(case.args, dict(case.kwargs), case.layout) for case in cases]
    return {"file": file, "function": function, "cases": rows}


def _loaded(value: Any) -> tuple[Answer | None, str]:
    """Return why loading failed, None if it did not, and what it printed."""
    if not isinstance(value, dict):
        raise ProtocolError("no mapping")
    stdout = _as(str, value.get("stdout", ""))
    return (None, stdout) if value.get("fate") == "loaded" else (_answer(value), stdout)


def _answer(value: Any) -> Answer:
    """Return one answer from plain data; raises `ProtocolError` if it is none."""
    if isinstance(value, wire.Opaque):
        return Answer("returned", value=value)
    if not isinstance(value, dict):
        raise ProtocolError("no mapping")
    fate = value.get("fate")
    common: dict[str, Any] = {
        "stdout": _as(str, value.get("stdout", "")),
        "warnings": tuple(_as(str, w) for w in _as(list, value.get("warnings", []))),
        "args_after": tuple(_as(list, value.get("after", []))),
    }
    if fate == "returned":
        result = value.get("value")
        return Answer("returned", value=result, value_after=value.get("again", result), **common)
    if fate == "exited":
        return Answer("exited", detail=_as(str, value.get("detail", "")), **common)
    if fate == "raised":
        return Answer("raised", raised=_exception(value), **common)
    raise ProtocolError("an unknown end of a call")


def _exception(value: dict[Any, Any]) -> Raised:
    names = tuple(_as(str, n) for n in _as(list, value.get("names", [])))
    line = value.get("line")
    return Raised(
        names or ("Exception",),
        _as(str, value.get("message", "")),
        line if type(line) is int else None,
        _as(str, value.get("traceback", "")),
    )


def _as(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ProtocolError(f"no {kind.__name__} where one belongs")
    return value
