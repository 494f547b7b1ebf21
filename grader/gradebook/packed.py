"""Compress what was handed in, and read it back within the bounds of a submission."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from grader.submissions import Submission
from grader.submissions.gather import FILES, TOTAL_BYTES

_WINDOW: Final = 32 * 1024
"""As far back as deflate refers."""
_RAW: Final = -15
"""Deflate without zlib's header and checksum: the digest is the checksum."""
_UNPACKED_BYTES: Final = 2 * TOTAL_BYTES
"""Files of a submission with their names and the sentences on unreadable ones."""


class Handed(msgspec.Struct, frozen=True, array_like=True):
    """What was handed in, by path: the files, and a sentence on each that cannot be used."""

    files: dict[str, bytes]
    unreadable: dict[str, str]

    def submission(self, student: str) -> Submission:
        """Return it as a submission of a student."""
        return Submission(student, self.files, unreadable=self.unreadable)


@dataclass(frozen=True)
class Stubs:
    """The stubs with which submissions begin, so that only what a student wrote takes space."""

    text: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text).hexdigest()


@dataclass(frozen=True)
class Packed:
    """A compressed submission."""

    digest: str
    stubs: Stubs
    """What is needed to read it."""
    data: bytes


_decoder = msgspec.msgpack.Decoder(Handed)


def joined(stubs: Sequence[str]) -> Stubs:
    """Return the stubs of a run; if there are too many for deflate, the beginning of each."""
    parts = [stub.encode() for stub in stubs]
    if sum(map(len, parts)) > _WINDOW:
        parts = [part[: _WINDOW // len(parts)] for part in parts]
    return Stubs(b"".join(parts))


def pack(submission: Submission, stubs: Stubs) -> Packed:
    """Return a submission compressed."""
    handed = Handed(
        dict(sorted(submission.files.items())),
        dict(sorted(submission.unreadable.items())),
    )
    deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, stubs.text)
    data = deflate.compress(msgspec.msgpack.encode(handed)) + deflate.flush()
    return Packed(submission.digest, stubs, data)


def unpack(digest: str, stubs: bytes, data: bytes) -> Handed:
    """Return what was handed in; raises one of `DAMAGE` if that is not what is stored.

    No more is read than a submission may hold, whatever the database says.
    """
    inflate = zlib.decompressobj(_RAW, stubs)
    raw = inflate.decompress(data, _UNPACKED_BYTES)
    if not inflate.eof:
        raise ValueError("a stored submission is cut or larger than any submission")
    handed = _decoder.decode(raw)
    if len(handed.files) > FILES or sum(map(len, handed.files.values())) > TOTAL_BYTES:
        raise ValueError("a stored submission is larger than any submission")
    if handed.submission("").digest != digest:
        raise ValueError("a stored submission is not the one that was handed in")
    return handed
