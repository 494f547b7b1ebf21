"""JSON with all results and marks, schema 1."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import msgspec

from grader.exports.request import Request
from grader.gradebook import Record

_END: Final = b"[]\n}"


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write `{schema, title, students: [{student, name, id, marks, result}]}`, one student at a time."""
    to.write(_indented({"schema": 1, "title": request.title, "students": []}).removesuffix(_END) + b"[")
    before = b"\n  "
    for record in request.records:
        to.write(before + _indented(_student(record)).replace(b"\n", b"\n  "))
        before = b",\n  "
    to.write(b"\n ]\n}\n" if before.startswith(b",") else b"]\n}\n")
    return []


def _student(record: Record) -> dict[str, Any]:
    facts = {"student": record.student, "name": record.name, "id": record.ident}
    return facts | {"marks": record.marks, "result": record.result}


def _indented(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)
