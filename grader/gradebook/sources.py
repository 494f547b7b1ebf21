"""Keep what was handed in, once for equal submissions, and read it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import select

from grader.gradebook.book import Gradebook
from grader.gradebook.damage import DAMAGE
from grader.gradebook.packed import Handed, Packed, unpack
from grader.gradebook.schema import sources, stubs
from grader.gradebook.write import put_source
from grader.submissions import SubmissionInfo

_BATCH: Final = 500


def unkept(book: Gradebook, infos: Sequence[SubmissionInfo]) -> list[SubmissionInfo]:
    """Return the submissions of which no source is kept."""
    found: list[SubmissionInfo] = []
    with book.transaction(reading=True) as link:
        for start in range(0, len(infos), _BATCH):
            batch = infos[start : start + _BATCH]
            query = select(sources.c.digest).where(sources.c.digest.in_({info.digest for info in batch}))
            kept = set(link.scalars(query))
            found += [info for info in batch if info.digest not in kept]
    return found


def keep_sources(book: Gradebook, packed: Iterable[Packed]) -> None:
    """Keep the sources of submissions that are graded already, each in a transaction."""
    for one in packed:
        with book.transaction() as link:
            put_source(link, one)


def handed(book: Gradebook, digests: Iterable[str]) -> Iterator[tuple[str, Handed | None]]:
    """Yield the submissions of these digests as far as they are kept; None for one that is damaged."""
    texts: dict[str, bytes] = {}
    for digest in digests:
        with book.transaction(reading=True) as link:
            row = link.execute(select(sources).where(sources.c.digest == digest)).one_or_none()
            if row is not None and row.stubs not in texts:
                texts[row.stubs] = link.scalar(select(stubs.c.text).where(stubs.c.digest == row.stubs)) or b""
        if row is not None:
            try:
                yield digest, unpack(digest, texts[row.stubs], row.data)
            except DAMAGE:
                yield digest, None
