"""Reports written in a process of its own: a result in, its files on disk."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from grader.classroom.output_folder import Store
from grader.executors import jobs
from grader.results import Result


class PageSetup(msgspec.Struct, frozen=True, kw_only=True):
    """What a process that writes reports prepares."""

    out: str
    """Folder of the class's pages."""
    title: str


_result = msgspec.msgpack.Decoder(Result).decode
_setup = msgspec.msgpack.Decoder(PageSetup).decode


def setup(out: Path, title: str) -> jobs.Setup:
    """Return what a process that writes reports is told."""
    return jobs.Setup(work=f"{__name__}:pages", options=jobs.encode(PageSetup(out=str(out), title=title)))


def pages(link: Connection, options: bytes) -> None:
    """Write the result and the report of every student that is sent."""
    asked = _setup(options)
    store = Store(Path(asked.out))
    link.send_bytes(jobs.READY)
    for payload in jobs.payloads(link):
        store.put(_result(payload), title=asked.title)
        link.send_bytes(jobs.DONE)
