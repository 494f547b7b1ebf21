"""JSON: everything that counts, schema 1."""

from __future__ import annotations

import msgspec

from grader.exports.request import Export, Request


def export(request: Request) -> Export:
    """Return `{schema, title, students: [{student, name, id, marks, result}]}`."""
    students = [
        {"student": r.student, "name": r.name, "id": r.ident, "marks": r.marks, "result": r.result}
        for r in request.records
    ]
    whole = {"schema": 1, "title": request.title, "students": students}
    return Export(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")
