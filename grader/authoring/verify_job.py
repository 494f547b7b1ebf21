"""Prove exercises in a process of its own, which takes slugs and returns proofs."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import msgspec

from grader.authoring.verify import Proof, verify
from grader.course import course
from grader.executors import jobs
from grader.sandbox import for_own_code

_SILENCE_S: Final = 3600.0
"""Seconds that a proof may take, for all mutants of an exercise and the author's own code."""


class ProveSetup(msgspec.Struct, frozen=True, kw_only=True):
    """The set-up of a process that proves exercises."""

    course: str
    """Folder of the course."""
    seed: str
    with_mutants: bool
    with_repairs: bool


proof = msgspec.msgpack.Decoder(Proof).decode
_setup = msgspec.msgpack.Decoder(ProveSetup).decode


def setup(folder: Path, *, seed: int, with_mutants: bool, with_repairs: bool) -> jobs.Setup:
    """Return the set-up of a process that proves exercises."""
    more = {"with_mutants": with_mutants, "with_repairs": with_repairs}
    options = ProveSetup(course=str(folder), seed=str(seed), **more)
    return jobs.Setup(work=f"{__name__}:proves", options=jobs.encode(options), silence_s=_SILENCE_S)


def proves(link: Connection, options: bytes) -> None:
    """Prove each exercise that is received by name, and send its proof at once."""
    asked = _setup(options)
    here = course.on_this_machine(asked.course, seed=asked.seed)
    with for_own_code() as sandbox:
        link.send_bytes(jobs.READY)
        for payload in jobs.payloads(link):
            authored = here.authored(slugs=[payload.decode()])
            more = {"with_mutants": asked.with_mutants, "with_repairs": asked.with_repairs}
            (proved,) = verify(authored, seed=here.seed, sandbox=sandbox, **more)
            link.send_bytes(jobs.DONE + jobs.encode(proved))
