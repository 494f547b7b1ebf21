"""Read tar and tar.gz as streams; the size of a header is checked before the header is read."""

from __future__ import annotations

import re
import tarfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, Literal, Protocol

from grader.submissions.allowance import HEADER_BYTES, Allowance
from grader.submissions.listing import RefusedError

DAMAGED: Final = "it is damaged, cut short or no such archive"
GZIP: Final = b"\x1f\x8b"
_GZIP_MEMBERS: Final = 1000
"""Most gzips in one file; a gzip of nothing takes 20 bytes."""
_CHUNK: Final = 1 << 16
_PAX_KEYS: Final = 100
_DIGITS: Final = 64
"""Longest run of digits in a pax header, for which the library takes quadratic time."""
_LENGTH: Final = re.compile(rb"(\d{1,6}) ")
_IS_DIGIT: Final = bytes(ord("0") if chr(n) in "0123456789" else ord(" ") for n in range(256))
"""Table for `bytes.translate`: every digit becomes 0, all else a space."""


class Readable(Protocol):
    """A stream that needs to have `read` only."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


class Gunzip:
    """Expands gzip. Its headers are parsed in C; the standard library's `gzip` does it in Python."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._members = stream, 1
        self._expander = zlib.decompressobj(wbits=31)  # 31: a gzip header, and the largest window
        self._rest = b""

    def read(self, size: int = _CHUNK, /) -> bytes:
        """Return at most `size` bytes; raises `EOFError` if the end is missing."""
        while True:
            if self._expander.eof and not self._next():
                return b""
            compressed = self._rest or self._stream.read(_CHUNK)
            if not compressed:
                raise EOFError("the end of the gzip is missing")
            data = self._expander.decompress(compressed, size)
            self._rest = self._expander.unconsumed_tail
            if data:
                return data

    def _next(self) -> bool:
        """Begin the next gzip in the file and return True, or False at its end; zeros may lie between."""
        rest = self._expander.unused_data.lstrip(b"\0")
        while not rest:
            more = self._stream.read(_CHUNK)
            if not more:
                return False
            rest = more.lstrip(b"\0")
        self._members += 1
        if self._members > _GZIP_MEMBERS:
            raise RefusedError(DAMAGED)
        self._expander, self._rest = zlib.decompressobj(wbits=31), rest
        return True


class Paid:
    """A stream that counts all bytes in an allowance."""

    def __init__(self, stream: Readable, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; raises `RefusedError` if the allowance is spent."""
        data = self._stream.read(size)
        self._allowance.expand(len(data))
        return data


def expanding(stream: BinaryIO) -> Readable:
    """Return the stream, expanded if it is a gzip."""
    return Gunzip(stream) if begins(stream, GZIP) else stream


def begins(stream: BinaryIO, mark: bytes) -> bool:
    """Return whether a stream begins with `mark`, and go back to its beginning."""
    start = stream.read(len(mark))
    stream.seek(0)
    return start == mark


def listed(
    stream: Readable, mode: Literal["r|", "r:"], allowance: Allowance | None = None
) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Yield the members, each with the archive that can read it; raises `RefusedError`."""
    # The archive does not own the stream, so it needs no closing.
    archive: Any = _Archive.open(fileobj=stream, mode=mode, tarinfo=_Info, allowance=allowance)  # type: ignore[call-overload]  # it has but `read`
    after = -1
    while (info := archive.next()) is not None:
        # The library keeps all members, and each holds a copy of all global headers: thousands of members
        # with thousands of headers would fill the memory.
        archive.members.clear()
        # The next member must come later in the file: one that points backwards would be listed for ever.
        if len(info.pax_headers) > _PAX_KEYS or archive.offset <= after:
            raise RefusedError(DAMAGED)
        after = archive.offset
        yield archive, info


class _Archive(tarfile.TarFile):
    def __init__(self, *args: Any, allowance: Allowance | None = None, **options: Any) -> None:
        self.allowance = allowance
        super().__init__(*args, **options)


class _Peeked:
    """A stream that returns the bytes read ahead first."""

    def __init__(self, stream: Any, size: int) -> None:
        self._stream, self.ahead = stream, stream.read(size)

    def read(self, size: int) -> bytes:
        data, self.ahead = self.ahead, b""
        return data or bytes(self._stream.read(size))

    def tell(self) -> int:
        return int(self._stream.tell()) - len(self.ahead)


class _Info(tarfile.TarInfo):
    """Checks a header before the library parses it, which takes quadratic time for some headers."""

    def _proc_pax(self, archive: Any) -> tarfile.TarInfo:
        self._pay(archive)
        whole = archive.fileobj
        # Read the header ahead to check it, then let the library read it again from the same bytes.
        archive.fileobj = peeked = _Peeked(whole, self._block(self.size))  # type: ignore[attr-defined]
        try:
            _check(peeked.ahead)
            return super()._proc_pax(archive)  # type: ignore[misc,no-any-return]
        finally:
            archive.fileobj = whole

    # The library's hooks for the kinds of members: long names, pax headers and sparse files.
    def _proc_gnulong(self, archive: Any) -> tarfile.TarInfo:
        self._pay(archive)
        return super()._proc_gnulong(archive)  # type: ignore[misc,no-any-return]

    def _proc_sparse(self, _: Any) -> tarfile.TarInfo:
        # The library keeps the whole map of a sparse file, which may be of any length.
        raise RefusedError("it holds a sparse file")

    def _proc_gnusparse_10(self, *_: Any) -> None:
        raise RefusedError("it holds a sparse file")

    def _pay(self, archive: Any) -> None:
        if not 0 <= self.size <= HEADER_BYTES:
            raise RefusedError(f"a header in it is larger than {HEADER_BYTES // 1024} KB")
        if archive.allowance:
            archive.allowance.head(self.size + tarfile.BLOCKSIZE)


def _check(header: bytes) -> None:
    """Raise `RefusedError` unless a pax header consists of records such as `19 path=hw/relu.py`."""
    # The library searches for `\d+ hdrcharset=`, which takes quadratic time in a run of digits.
    is_fit = b"0" * _DIGITS not in header.translate(_IS_DIGIT)
    place = count = 0
    while is_fit and place < len(header) and header[place]:
        found = _LENGTH.match(header, place)
        record = header[place : place + int(found[1])] if found else b""
        is_fit = record.endswith(b"\n") and b"=" in record and count < _PAX_KEYS
        place, count = place + len(record), count + 1
    if not is_fit:
        raise RefusedError(DAMAGED)
