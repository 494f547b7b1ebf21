"""One submission's worker: it answers batches of calls, and is replaced when a call hangs or crashes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from grader.cases.case import Answer, Batch, Case
from grader.errors import ProtocolError
from grader.sandbox.answers import WAITS, answer, loaded
from grader.sandbox.limits import Limits
from grader.sandbox.protocol import Peer, Source, TimeUpError
from grader.sandbox.sleep_budget import SleepBudget
from grader.worker import claim, frames
from grader.worker.claim import Claim
from grader.worker.script import shown

NOT_RUN = Answer("not_run")
_WAITS = Answer("not_run", detail=WAITS)
_SETTLE_S = 1.0
"""Seconds in which a worker that closed its stream may exit; killing it at once would hide its exit code."""
_SIGXCPU = 24
_SIGNALS = {6: "an abort", 11: "a segmentation fault", 31: "a system call that is not allowed"}


@dataclass(frozen=True)
class _Part:
    """The answers of one worker until it ended or had answered all cases."""

    answers: list[Answer]
    load: Answer | None
    stdout: str
    time_up: TimeUpError | None


class Session:
    """A context manager that ends the worker on exit."""

    def __init__(
        self,
        source: Source,
        files: Mapping[str, bytes],
        givens: bytes,
        limits: Limits,
        alive: Callable[[], object],
        asleep: SleepBudget,
    ) -> None:
        self._source, self._files, self._givens, self._alive = source, dict(files), givens, alive
        self._base = self._limits = limits
        self._asleep = asleep
        self._peer: Peer | None = None
        self._chars = 0
        """Characters that are still kept of what the calls of one exercise print."""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self, *, settle_s: float = 0.0) -> int:
        """End the worker, if there is one; return its exit code, or minus its signal."""
        peer, self._peer = self._peer, None
        return peer.kill(settle_s=settle_s) if peer else 0

    def ask(
        self,
        file: str,
        function: str,
        cases: Sequence[Case],
        *,
        limits: Mapping[str, float] | None = None,
        size_limits: Sequence[int] | None = None,
    ) -> Batch:
        """Return one answer for each case; a hang or a crash costs its own case only.

        The first call that the wall clock ended with CPU time left is repeated once, because a busy machine
        may be the cause. A function that has used up its time asleep is not called any more.

        Args:
            limits: the exercise's own values of the sandbox's limits.
            size_limits: largest size of the answer to each case in bytes; by default the sandbox's limit.
        """
        self._within(self._base.asked(limits or {}))
        most = self._limits.answer_bytes
        size_limits = [min(count, most) for count in size_limits or [most] * len(cases)]
        self._chars = self._limits.output_chars
        answers: list[Answer] = []
        stdout, ends, timeouts, has_waited = "", 0, 0, False
        while not (slept := self._asleep.used_up(function, self._limits)):
            if ends > self._limits.restarts or timeouts >= max(self._limits.timeouts, 1):
                break
            part = self._ask_once(file, function, cases[len(answers) :], size_limits[len(answers) :])
            stdout = stdout or part.stdout  # each new worker imports the file again and prints the same
            if part.time_up and part.time_up.again and not has_waited:
                has_waited = True
                answers += part.answers[:-1]  # that call is the first of the next round
                continue
            answers += part.answers
            if part.load is not None:
                return Batch((NOT_RUN,) * len(cases), part.load, stdout)
            while 0 < len(answers) < len(cases) and cases[len(answers)].continues(cases[len(answers) - 1]):
                answers.append(_WAITS)  # to run the script again would end the worker at the same step
            if len(answers) == len(cases):
                break
            ends, timeouts = ends + 1, timeouts + bool(part.time_up)
        rest = Answer("timed_out", slept=slept) if slept else NOT_RUN
        return Batch((*answers, *[rest] * (len(cases) - len(answers))), None, stdout)

    def _within(self, limits: Limits) -> None:
        """Use these limits from now on; a running worker is ended, as its limits cannot be raised."""
        if limits != self._limits:
            self.close()
            self._limits = limits

    def _ask_once(self, file: str, function: str, cases: Sequence[Case], size_limits: Sequence[int]) -> _Part:
        """Return the answers up to and including the first call that ended the worker."""
        answers: list[Answer] = []
        load: Answer | None = None
        time_up: TimeUpError | None = None
        stdout = ""
        # The worker must repeat it: a student's code cannot prepare an answer to a request it has not seen.
        nonce = secrets.randbits(64)
        is_loaded = False
        try:
            peer = self._ready()
            self._begin(peer, function)
            before = (None, *cases)
            sent = [
                case.further_frame if last and case.continues(last) else case.frame
                for last, case in zip(before, cases, strict=False)
            ]
            script = cases[0].script if cases else None
            peer.send(frames.request(nonce, file, function, sent, size_limits, script))
            self._spend(peer, function)
            self._alive()
            self._begin(peer, function)
            said, _ = self._receive(peer, nonce, 0)
            self._spend(peer, function)
            load, stdout = loaded(said, self._limits)
            is_loaded = True
            for case, most in zip(cases, size_limits, strict=True) if load is None else ():
                self._alive()
                self._begin(peer, function)
                said, body = self._receive(peer, nonce, most)
                cpu_s, asleep_s = peer.spent_cpu_s(), self._spend(peer, function)
                found = answer(said, body, case, most=most, output_chars=self._chars, cpu_s=cpu_s)
                _require_reason(found, case, [*zip(cases, answers, strict=False)])
                answers.append(replace(found, asleep_s=asleep_s) if asleep_s else found)
                self._chars -= len(found.stdout)
        except (TimeUpError, EOFError, ProtocolError) as error:
            ended = self._ended(error, function)
            time_up = error if isinstance(error, TimeUpError) else None
            if not is_loaded:
                load = ended
            else:
                answers.append(ended)
        return _Part(answers, load, stdout, time_up)

    def _ready(self) -> Peer:
        if self._peer is None:
            self._peer = self._source.fork(self._limits)
            self._peer.begin()
            self._peer.send(frames.pack(0, b"", [self._setup()]))
        return self._peer

    def _setup(self) -> bytes:
        limits = self._limits
        return msgspec.msgpack.encode(
            {
                "files": self._files,
                "givens": self._givens,
                "output_chars": limits.output_chars,
            }
        )

    def _receive(self, peer: Peer, nonce: int, most: int) -> tuple[Claim, bytes]:
        header_bytes = claim.header_bytes(self._limits.output_chars)
        got, header, body = frames.receive(peer.read, header_bytes=header_bytes, body_bytes=most)
        if got != nonce:
            raise ProtocolError("an answer to another question")
        return claim.decode(header), body

    def _begin(self, peer: Peer, function: str) -> None:
        peer.begin(asleep_s=self._asleep.left_s(function, self._limits))

    def _spend(self, peer: Peer, function: str) -> float:
        """Add the time asleep since `_begin` to the budget and return it."""
        asleep_s = peer.asleep_s()
        self._asleep.spend(function, asleep_s)
        return asleep_s

    def _ended(self, error: Exception, function: str) -> Answer:
        peer, limits = self._peer, self._limits
        code = self.close(settle_s=_SETTLE_S if isinstance(error, EOFError) else 0.0)
        if peer is not None:
            self._spend(peer, function)
        if isinstance(error, TimeUpError):
            if error.asleep:
                return Answer("timed_out", slept=self._asleep.used_up(function, limits) or "too long")
            spent = f"{limits.cpu_s:g} s" if error.cpu else f"{limits.wall_s:g} s of waiting"
            return Answer("timed_out", detail=spent)
        if isinstance(error, ProtocolError):
            return Answer("crashed", detail=f"the worker sent {error}")
        return _post_mortem(code)


def _require_reason(found: Answer, case: Case, before: Sequence[tuple[Case, Answer]]) -> None:
    """Raise `ProtocolError` for a step that waits although no step of its run has failed."""
    if found.outcome != "not_run":
        return
    run = [answer for other, answer in before if case.script is not None and case.continues(other)]
    is_alone = not run and case.script is not None and case.at > next(shown(case.script))[0]
    if not (is_alone or any(answer.outcome in ("raised", "exited") for answer in run)):
        raise ProtocolError("that it waits for nothing")


def _post_mortem(code: int) -> Answer:
    """Return how a worker ended; `code` is its exit code, or minus its signal."""
    if code == -_SIGXCPU:
        return Answer("timed_out", detail="the submission's whole CPU time")
    if code < 0:
        name = _SIGNALS.get(-code, "")
        return Answer("crashed", detail=f"signal {-code}, {name}" if name else f"signal {-code}")
    return Answer("exited", detail=f"exit code {code}")
