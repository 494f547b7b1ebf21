"""Attacks on the sandbox as data: a submission that tries, and what may come of it."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from grader.cases.case import Answer, Case
from grader.sandbox import Sandbox

ISOLATED = ("A", "B", "C")
TIMED = (*ISOLATED, "limits")
"""Where it is known who sleeps and who waits for a processor."""
EVERYWHERE = (*TIMED, "none")
DENIED = ("EPERM", "EACCES", "ENOENT", "ENOSYS")
LIMITS: Mapping[str, float] = {"cpu_s": 0.5, "wall_factor": 20, "memory_mb": 256, "restarts": 1}
WAITS: Mapping[str, float] = {"cpu_s": 0.5, "wall_factor": 1.5}
"""For attacks that only the wall clock ends."""
_ATTEMPT = b"""
import ctypes, errno, inspect, os, struct, sys

def tried(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode.get(error.errno, type(error).__name__)
    except (ImportError, MemoryError, RuntimeError, ValueError) as error:
        return type(error).__name__
    return "done"

def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    words = [a if isinstance(a, bytes) or a is None else ctypes.c_long(a) for a in arguments]
    result = libc.syscall(ctypes.c_long(number), *words)
    return errno.errorcode[ctypes.get_errno()] if result < 0 else "done"

def worker(name):
    frame = inspect.currentframe()
    while name not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals[name]

def pipe():
    return worker("send").__closure__[0].cell_contents
"""
_HONEST = b"import numpy as np\n\n\ndef f(z):\n    return float(np.exp(z).sum()) + sum([1])\n"


@dataclass(frozen=True)
class Attack:
    """One attempt; `held` are the outcomes that harm nobody else, joined by ` | ` where cases are several."""

    name: str
    source: str
    held: tuple[str, ...]
    levels: tuple[str, ...] = ISOLATED
    cases: tuple[object, ...] = (1,)
    files: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    size_limit: int = 0
    """How many bytes the answer to each case may count; 0 for what the table allows."""
    machine: str = ""
    """The only processor it is written for."""

    @property
    def runs_here(self) -> bool:
        """Whether this machine can make the attempt at all."""
        return self.machine in ("", platform.machine())


def denied(name: str, action: str, *also: str, setup: str = "", **options: object) -> Attack:
    """Return an attack that succeeds if `action` raises nothing."""
    source = f"{setup}\ndef f(z):\n    return tried(lambda: {action})\n"
    return _attempt(name, source, [*DENIED, *also], options)


def refused(name: str, number: int, arguments: str = "0, 0, 0, 0, 0", **options: object) -> Attack:
    """Return an attack by a raw system call of x86-64."""
    source = f"def f(z):\n    return call({number}, {arguments})\n"
    return _attempt(name, source, DENIED, {"machine": "x86_64", **options})


def _attempt(name: str, body: str, codes: tuple[str, ...] | list[str], options: dict[str, object]) -> Attack:
    source = f"from attempt import *\n{body}"
    return Attack(name, source, tuple(f"returned {code!r}" for code in codes), **options)  # type: ignore[arg-type]


def outcome(attack: Attack, sandbox: Sandbox, facts: Mapping[str, str]) -> str:
    """Return what came of an attack, as text."""
    source = attack.source
    for name, value in facts.items():
        source = source.replace(f"@{name}@", value)
    files = {name: text.encode() for name, text in attack.files.items()}
    cases = [Case(f"case {n}", (n,)) for n in attack.cases]
    with sandbox.open({**files, "s.py": source.encode(), "attempt.py": _ATTEMPT}) as session:
        size_limits = [attack.size_limit] * len(cases) if attack.size_limit else None
        batch = session.ask("s.py", "f", cases, limits={**LIMITS, **attack.limits}, size_limits=size_limits)
    return f"load {_text(batch.load)}" if batch.load else " | ".join(map(_text, batch.answers))


def _text(answer: Answer) -> str:
    if answer.outcome == "returned":
        return f"returned {answer.value!r}"
    return f"raised {answer.raised.names[0]}" if answer.raised else answer.outcome


def honest(sandbox: Sandbox) -> object:
    """Return what a right submission gets from this sandbox: 4.0, whatever ran before."""
    with sandbox.open({"s.py": _HONEST}) as session:
        (answer,) = session.ask("s.py", "f", [Case("case", (np.zeros(3),))]).answers
    return answer.value


def facts(folder: str) -> dict[str, str]:
    """Return what attackers may know of this machine; `folder` holds what they are after."""
    import grader

    root = os.path.dirname(os.path.abspath(grader.__file__))  # noqa: PTH100, PTH120  # text for a submission
    return {"GRADER": root, "FOLDER": folder, "PID": str(os.getpid())}
