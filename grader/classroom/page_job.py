"""Write students' pages in a process of its own, which takes results with code and writes their files."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from grader.classroom.output_folder import Store
from grader.executors import jobs
from grader.report.code_view import Code
from grader.results import Result


class PageSetup(msgspec.Struct, frozen=True, kw_only=True):
    """The set-up of a process that writes reports."""

    out: str
    """Folder of the class's pages."""
    title: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What a student's pages are made of."""

    result: Result
    code: Code


_sheet = msgspec.msgpack.Decoder(Sheet).decode
_setup = msgspec.msgpack.Decoder(PageSetup).decode


def setup(out: Path, title: str) -> jobs.Setup:
    """Return the set-up of a process that writes reports."""
    return jobs.Setup(work=f"{__name__}:pages", options=jobs.encode(PageSetup(out=str(out), title=title)))


def pages(link: Connection, options: bytes) -> None:
    """Write the result and the pages of each student that is received."""
    asked = _setup(options)
    store = Store(Path(asked.out))
    link.send_bytes(jobs.READY)
    for payload in jobs.payloads(link):
        sheet = _sheet(payload)
        store.put(sheet.result, sheet.code, title=asked.title)
        link.send_bytes(jobs.DONE)
