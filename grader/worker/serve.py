"""The worker's loop: read a request, call the student's function for each case, send each answer at once."""

from __future__ import annotations

import importlib
import io
import random
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.worker import claim, frames, wire
from grader.worker.claim import Claim, Values
from grader.worker.load import SUBMISSION, Sources, install
from grader.worker.script import Script, ScriptRun, WaitsError

_MESSAGE_CHARS = 2000
_SEED = 20_112_011
"""Seed of the global generators before each call, so that an answer does not depend on earlier calls."""
_TRACEBACK_CHARS = 400
"""Longest text of one frame: students may choose very long names of files and functions."""
Send = Callable[[bytes], None]
Arguments = dict[int | str, Any]
"""Arguments by position and by name."""


class Output(io.TextIOBase):
    """Standard output of a submission: kept up to a limit; the rest is dropped, but counts as written."""

    def __init__(self, chars: int) -> None:
        self.parts: list[str] = []
        self.chars = self.left = chars

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Keep the text as far as it fits and return its length."""
        if self.left > 0:
            self.parts.append(str(text)[: self.left])
            self.left -= len(self.parts[-1])
        return len(text)

    def take(self) -> str:
        """Return the text written since the last call."""
        text = wire.text("".join(self.parts))
        self.parts, self.left = [], self.chars
        return text


def warm_up() -> None:
    """Use numpy once before any submission runs: first uses are slow and import further modules."""
    importlib.import_module("numpy.typing")  # stubs import it; each child would load it again
    np.random.seed(0)
    np.linalg.inv(np.eye(2))


class Setup(msgspec.Struct, frozen=True):
    """The first message to a worker: one submission, and the number of characters that it may print."""

    files: dict[str, bytes]
    givens: bytes = b""
    output_chars: int = 64 * 1024


def serve(read: frames.Receive, send: Send) -> None:
    """Answer requests until the stream ends (`read` then raises `EOFError`)."""
    sys.stdin = io.StringIO()
    _, _, body = frames.receive(read)
    setup = msgspec.msgpack.decode(body, type=Setup)
    output = sys.stdout = sys.stderr = Output(setup.output_chars)
    sources, loaded = install(setup.files), _Loaded(setup.givens)
    while True:
        try:
            nonce, question, cases = frames.receive_request(read)
        except EOFError:
            return
        for answer, values, most in _answers(question, cases, loaded, sources, output):
            send(claim.pack(nonce, answer, values, most=most))


def _answers(
    question: frames.Question, cases: list[Any], loaded: _Loaded, sources: Sources, output: Output
) -> Iterator[tuple[Claim, Values | None, int]]:
    """Yield the result of loading, then one answer for each case, each with the size limit of its values."""
    try:
        begin = _beginning(question, loaded.namespace(sources, question.file))
    except BaseException as error:  # a student's file may raise anything, KeyboardInterrupt too
        yield replace(_raised(error), stdout=output.take()), None, 0
        return
    yield replace(Claim("loaded"), stdout=output.take()), None, 0
    for (args, kwargs, layout, at, further), most in zip(cases, question.size_limits, strict=True):
        if not further:
            asked = _Asked.of(args, kwargs, layout, loaded.givens)
            step = begin(asked)
        yield *_answer(partial(step, at), asked, output, is_last=question.script is None), most


def _beginning(
    question: frames.Question, names: Mapping[str, Any]
) -> Callable[[_Asked], Callable[[int], Any]]:
    """Return what begins a case and gives the call of each of its steps; one function has a single step."""
    script = question.script
    if script is not None:
        return lambda asked: ScriptRun(script, names, asked.by_name(script)).until
    if question.function not in names:
        raise NameError(f"name '{question.function}' is not defined after {question.file} ran")
    function = names[question.function]
    return lambda asked: lambda _: asked.passed_to(function)


class _Loaded:
    """The namespaces of the submitted files; each file runs once in a worker, for all its functions."""

    def __init__(self, givens: bytes) -> None:
        self.namespaces: dict[str, Any] = {}
        self.givens: dict[str, Any] = {}
        if givens:
            exec(compile(givens, "<givens>", "exec"), self.givens)

    def namespace(self, sources: Sources, file: str) -> Mapping[str, Any]:
        """Return the names of a file after it ran; raises what the file raises."""
        if file not in self.namespaces:
            self.namespaces[file] = sources.run(file)
        found: Mapping[str, Any] = self.namespaces[file]
        return found


@dataclass(frozen=True)
class _Asked:
    """The arguments of a case as they were sent, and as the student's code gets them."""

    sent: Arguments
    given: Arguments
    count: int
    """Number of positional arguments."""

    @classmethod
    def of(cls, args: Any, kwargs: Any, layout: str, givens: Mapping[str, Any]) -> _Asked:
        sent: Arguments = {**dict(enumerate(args)), **kwargs}
        given = {key: _argument(value, givens, layout) for key, value in sent.items()}
        return cls(sent, given, len(args))

    def passed_to(self, function: Callable[..., Any]) -> Any:
        """Call a function with the arguments and return its result."""
        named = {str(key): value for key, value in self.given.items() if not isinstance(key, int)}
        return function(*(self.given[n] for n in range(self.count)), **named)

    def by_name(self, script: Script) -> dict[str, Any]:
        """Return the arguments under the names that a script's steps use."""
        return {name: self.given[n] for n, name in enumerate(script.names) if n in self.given}


def _answer(call: Callable[[], Any], asked: _Asked, output: Output, *, is_last: bool) -> tuple[Claim, Values]:
    """Return the answer to a call.

    Args:
        is_last: whether no later step uses the arguments.
    """
    sent, given = asked.sent, asked.given
    random.seed(_SEED)
    np.random.seed(_SEED)
    # As in NumPy's default: exp(-1000) underflows to 0, which is right and deserves no warning.
    np.seterr(all="warn", under="ignore")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        # Newer NumPy refuses `math.exp` of an array of one element; points must not depend on its version.
        warnings.filterwarnings(
            "error", "Conversion of an array with ndim > 0 to a scalar", DeprecationWarning
        )
        try:
            said, values = Claim("returned"), _values(call(), sent, given, is_last=is_last)
        except WaitsError:
            said, values = Claim("waits"), Values(None, _changed(sent, given))
        except BaseException as error:  # a student's function may raise anything, SystemExit too
            said, values = _raised(error), Values(None, _changed(sent, given))
    return replace(said, stdout=output.take(), warnings=_lines(caught)), values


def _values(value: Any, sent: Arguments, given: Arguments, *, is_last: bool) -> Values:
    """Copy value and arguments, then overwrite the arguments and compare the value with its copy.

    The value changes if it shares memory with an argument, as for `return Z` or `return Z.T`. Unless this is
    the last use of the arguments, they are then what they were.
    """
    arrays = [a for a in given.values() if type(a) is np.ndarray and a.size]
    changed = _changed(sent, given)
    if type(value) is not np.ndarray or not arrays:
        return Values(value, changed)
    kept, before = value.copy(), [] if is_last else [array.copy() for array in arrays]
    for array in arrays:
        array.flags.writeable = True
        # Each element must change: bits are inverted, since adding 1 to a boolean may leave it True.
        array[...] = ~array if array.dtype.kind in "biu" else array + 1
    if _same(kept, value):
        again: tuple[Any, ...] = ()
    else:
        again = (value,) if is_last else (value.copy(),)
    for array, its in zip(arrays, before, strict=False):
        array[...] = its
    return Values(kept, changed, again)


def _changed(sent: Arguments, given: Arguments) -> Arguments:
    """Return copies of the arguments that have changed or may have changed."""
    return {key: _copy(now) for key, now in given.items() if not _same(sent[key], now)}


def _same(one: Any, other: Any) -> bool:
    """Return whether both are the same object, which is immutable, or arrays of the same bytes.

    `_argument` makes a new object for everything mutable: arrays, lists and dictionaries.
    """
    return one is other or (
        type(one) is type(other) is np.ndarray
        and (one.dtype, one.shape) == (other.dtype, other.shape)
        and one.tobytes() == other.tobytes()
    )


def _copy(value: Any) -> Any:
    return value.copy() if type(value) is np.ndarray else value


def _argument(value: Any, givens: Mapping[str, Any], layout: str) -> Any:
    if isinstance(value, np.ndarray):
        return _laid_out(value, layout)
    if isinstance(value, wire.Given):
        return givens[value.name]
    if isinstance(value, wire.Rng):
        return np.random.default_rng(value.seed)
    if isinstance(value, (list, tuple, set)):
        return type(value)(_argument(v, givens, layout) for v in value)
    if isinstance(value, dict):
        return {k: _argument(v, givens, layout) for k, v in value.items()}
    return value


def _laid_out(array: Any, layout: str) -> Any:
    if layout == "F":
        return np.array(array, order="F")
    if layout == "strided" and array.ndim:
        wide = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), dtype=array.dtype)
        wide[..., ::2] = array
        return wide[..., ::2]
    return np.array(array)


def _raised(error: BaseException) -> Claim:
    if isinstance(error, SystemExit):
        return Claim("exited", detail=_text(lambda: f"exit code {error.code}"))
    file, line, traceback = _frames(error.__traceback__)
    if isinstance(error, SyntaxError) and line is None:
        line = error.lineno if type(error.lineno) is int and 0 < error.lineno < 2**31 else None
    return Claim(
        "raised",
        # Through `type`, because a student's metaclass may override `__mro__`; the last class is `object`.
        names=[_name(k) for k in type.__getattribute__(type(error), "__mro__")[:-1]][:20],
        message=_text(lambda: str(error)),
        line=line,
        file=file,
        traceback=traceback,
    )


def _name(kind: type) -> str:
    return wire.text(type.__getattribute__(kind, "__name__"))[:200]


def _text(make: Callable[[], str]) -> str:
    try:
        return wire.text(make())[:_MESSAGE_CHARS]
    except BaseException:  # a student's exception may have a __str__ that raises, too
        return "(a message that cannot be shown)"


def _frames(traceback: types.TracebackType | None) -> tuple[str, int | None, str]:
    """Return file and line of the last frame in the student's files, and all their frames as text."""
    file, line, lines = "", None, []
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name.startswith(SUBMISSION):
            file, line = name.removeprefix(SUBMISSION), traceback.tb_lineno
            function = traceback.tb_frame.f_code.co_name
            lines.append(f"{file}, line {line}, in {function}"[:_TRACEBACK_CHARS])
        traceback = traceback.tb_next
    return wire.text(file)[:_TRACEBACK_CHARS], line, wire.text("\n".join(lines[:3] + lines[3:][-5:]))


def _lines(caught: list[warnings.WarningMessage]) -> list[str]:
    found = []
    for warning in caught[:20]:
        line = f" on line {warning.lineno}" if str(warning.filename).startswith(SUBMISSION) else ""
        found.append(f"{_name(warning.category)}{line}: {_text(warning.message.__str__)[:300]}")
    return list(dict.fromkeys(found))
