"""The whole gradebook as text, times apart: two that tell the same story are the same bytes."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from grader.gradebook.book import Gradebook
from grader.gradebook.schema import adjustments, attempts, extensions, gradings, settings, sources
from grader.gradebook.sources import handed
from grader.gradebook.write import unpack

_TIMES = ("id", "attempt_id", "graded", "duration_s")
"""What differs between two runs that do the same, or only counts rows."""


def canonical(book: Gradebook) -> bytes:
    """Return policy, attempts, sources, results and changes by hand as JSON, in an order of their own.

    The audit trail is left out: it tells how the gradebook came to be so.
    """
    with book.transaction(reading=True) as link:
        found = {
            table.name: [dict(row._mapping) for row in link.execute(select(table))]
            for table in (settings, adjustments, extensions)
        }
        # What is graded twice, because the grader was killed, counts twice for later searches.
        found["settings"] = [row for row in found["settings"] if row["name"] != "search_credit"]
        rows = link.execute(select(attempts, gradings).join_from(attempts, gradings))
        found["gradings"] = [dict(row._mapping) for row in rows]
        digests = sorted(link.scalars(select(sources.c.digest)))
    found["sources"] = [{"digest": digest, "handed": repr(one)} for digest, one in handed(book, digests)]
    plain = {name: sorted((_timeless(r) for r in rows), key=repr) for name, rows in found.items()}
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def _timeless(value: Any) -> Any:
    if isinstance(value, bytes):
        return _timeless(msgspec.to_builtins(unpack(value)))
    if isinstance(value, dict):
        return {str(key): _timeless(inner) for key, inner in value.items() if key not in _TIMES}
    return [_timeless(inner) for inner in value] if isinstance(value, list) else value
