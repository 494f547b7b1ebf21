"""Turn a worker's claims into answers: cut its texts to their limits and add the case's arguments."""

from __future__ import annotations

from grader.cases.case import Answer, Case, Raised
from grader.errors import ProtocolError
from grader.sandbox.limits import Limits
from grader.worker import claim
from grader.worker.claim import Claim

_MESSAGE_CHARS = 2000
_TRACEBACK_CHARS = 4000
_NAME_CHARS = 200
_NAMES = _WARNINGS = 20
WAITS = "a step that it needs failed"
"""The detail of an answer to a step that was not made, because one that it needs failed."""


def loaded(said: Claim, limits: Limits) -> tuple[Answer | None, str]:
    """Return why loading failed, or None, and what it printed; raises `ProtocolError` for an answer."""
    stdout = said.stdout[: limits.output_chars]
    if said.outcome == "loaded":
        return None, stdout
    if said.outcome == "returned" or said.outcome == "waits":
        raise ProtocolError("an answer before it was asked")
    detail = said.detail[:_MESSAGE_CHARS]
    return Answer(said.outcome, raised=_raised(said), stdout=stdout, detail=detail), stdout


def answer(said: Claim, body: bytes, case: Case, *, most: int, output_chars: int, cpu_s: float) -> Answer:
    """Return the answer to `case`; raises `ProtocolError` if the claim is not an answer.

    Args:
        most: largest size of its values in bytes.
        output_chars: number of characters that are kept of what the call printed.
    """
    if said.outcome == "loaded":
        raise ProtocolError("no answer to what was asked")
    found = claim.values(said, body, most=most)
    return Answer(
        "not_run" if said.outcome == "waits" else said.outcome,
        value=found.value,
        # The worker sends back changed arguments only; the others are as they were sent.
        args_after=tuple(found.changed.get(n, arg) for n, arg in enumerate(case.args)),
        kwargs_after={name: found.changed.get(name, value) for name, value in case.kwargs.items()},
        value_after=found.again[0] if found.again else found.value,
        raised=_raised(said),
        # The worker has cut its texts already, but a submission may write its own frames.
        warnings=tuple(text[:_MESSAGE_CHARS] for text in said.warnings[:_WARNINGS]),
        stdout=said.stdout[:output_chars],
        cpu_s=cpu_s,
        detail=said.detail[:_MESSAGE_CHARS] if said.outcome != "waits" else WAITS,
    )


def _raised(said: Claim) -> Raised | None:
    if said.outcome != "raised":
        return None
    return Raised(
        tuple(name[:_NAME_CHARS] for name in said.names[:_NAMES]) or ("Exception",),
        said.message[:_MESSAGE_CHARS],
        said.line,
        said.traceback[:_TRACEBACK_CHARS],
        said.file[:_TRACEBACK_CHARS],
    )
