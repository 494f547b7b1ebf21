"""What a zip or tar lists, read member by member into memory and never unpacked to disk."""

from __future__ import annotations

import gzip
import io
import shutil
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, Literal

from grader.collect.entry import Entry, RefusedError
from grader.collect.folder import MEMBERS
from grader.collect.names import Naming, inside, printable

EXPANDED_BYTES = 256 * 1024 * 1024
"""How much of a student's tar is expanded to look for Python files."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HEADERS = 100
_CENTRAL = b"PK\1\2"
_GZIP = b"\x1f\x8b"
_DAMAGED = "it is damaged, cut short or no such archive"


@dataclass(frozen=True, slots=True)
class Member:
    """A file or folder that an archive lists."""

    name: str
    """As it is written there."""
    is_folder: bool
    entry: Callable[[Naming], Entry]


def students(data: bytes) -> Iterator[Entry]:
    """Yield the members of a student's archive; raises `RefusedError` once it cannot be read on."""
    # Every listed member has this mark: a list of a million is refused before it is built.
    if data.count(_CENTRAL) > MEMBERS:
        raise RefusedError(f"it lists more than {MEMBERS} files")
    listed = members(io.BytesIO(data), limit=EXPANDED_BYTES)
    yield from islice(listed, MEMBERS)
    if next(listed, None):
        raise RefusedError(f"it lists more than {MEMBERS} files; the rest was not looked at")


def members(stream: BinaryIO, *, limit: int | None = None) -> Iterator[Entry]:
    """Yield the members of an archive, whatever its name says it is; `limit` is in expanded bytes.

    Raises `RefusedError` once it cannot be read on.
    """
    naming = Naming()
    with _damaged():
        is_zip = _begins(stream, b"PK")
        # As a stream: what a tar of millions of empty files lists is not kept.
        for member in _zip(stream) if is_zip else _tar(_Limited(_expanding(stream), limit), "r|"):
            yield member.entry(naming)


@contextmanager
def opened(stream: BinaryIO) -> Iterator[list[Member]]:
    """List a class's archive; its members can be read in any order, until it is left.

    Raises `RefusedError` if it cannot be read.
    """
    with tempfile.TemporaryFile() as whole:
        with _damaged():
            if _begins(stream, b"PK"):
                listed = list(_zip(stream))
            elif _begins(stream, _GZIP):
                # Without a name: only so can one student's files be read again without all before them.
                shutil.copyfileobj(_expanding(stream), whole)
                whole.seek(0)
                listed = list(_tar(whole, "r:"))
            else:
                listed = list(_tar(stream, "r:"))
        yield listed


def _begins(stream: BinaryIO, mark: bytes) -> bool:
    start = stream.read(len(mark))
    stream.seek(0)
    return start == mark


def _expanding(stream: BinaryIO) -> BinaryIO | gzip.GzipFile:
    return gzip.GzipFile(fileobj=stream) if _begins(stream, _GZIP) else stream


@contextmanager
def _damaged() -> Iterator[None]:
    """Make whatever goes wrong with an archive a `RefusedError`."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:  # of hostile bytes the libraries make errors of more than a dozen types
        raise RefusedError(_DAMAGED) from error


def _zip(stream: BinaryIO) -> Iterator[Member]:
    archive = zipfile.ZipFile(stream)  # the stream is not its own: there is nothing to close
    for info in sorted(archive.infolist(), key=lambda info: (info.filename.count("/"), info.filename)):
        name = _zip_name(info)
        yield Member(name, info.is_dir(), partial(_zip_entry, archive, info, name))


def _zip_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, naming: Naming) -> Entry:
    parts, refused = inside(name, naming)
    return Entry(
        parts,
        partial(_zip_content, archive, info),
        refused or _zip_refusal(info),
        is_folder=info.is_dir(),
        label=printable(name[:200]),
    )


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return the member's name; one without the UTF-8 mark is UTF-8 all the same if it can be."""
    name = info.orig_filename
    if info.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _zip_refusal(info: zipfile.ZipInfo) -> str:
    form = stat.S_IFMT(info.external_attr >> 16)
    if form == stat.S_IFLNK:
        return "it is a link"
    if form not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is not a regular file"
    if info.flag_bits & 0x1:
        return "it is encrypted"
    if info.compress_type not in _METHODS:
        return "it is compressed in a way that is not read; store or deflate it"
    return ""


def _zip_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        with archive.open(info) as stream:
            return stream.read(limit)
    except Exception as error:  # as above: damaged members end in many ways
        raise RefusedError("its contents are damaged") from error


class _Limited:
    """Reads on until `limit` bytes were given out."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile, limit: int | None) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes."""
        data = self._stream.read(size)
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise RefusedError("it expands to too much; the rest of it was not looked at")
        return data


def _tar(stream: BinaryIO | _Limited, mode: Literal["r|", "r:"]) -> Iterator[Member]:
    # The stream is not its own, so there is nothing to close; of the stream only `read` is used.
    archive: Any = tarfile.open(fileobj=stream, mode=mode)  # type: ignore[arg-type]  # noqa: SIM115  # as said
    after = -1
    while (info := archive.next()) is not None:
        # Each member holds a copy of the global headers: thousands of thousands, if all are kept.
        archive.members.clear()
        # A member that points backwards would be listed without end.
        if len(info.pax_headers) > _HEADERS or archive.offset <= after:
            raise RefusedError(_DAMAGED)
        after = archive.offset
        yield Member(info.name, info.isdir(), partial(_tar_entry, archive, info))


def _tar_entry(archive: tarfile.TarFile, info: tarfile.TarInfo, naming: Naming) -> Entry:
    parts, refused = inside(info.name, naming)
    return Entry(
        parts,
        partial(_tar_content, archive, info),
        refused or _tar_refusal(info),
        is_folder=info.isdir(),
        label=printable(info.name[:200]),
    )


def _tar_refusal(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        return "it is a link"
    return "" if info.isreg() or info.isdir() else "it is not a regular file"


def _tar_content(archive: tarfile.TarFile, info: tarfile.TarInfo, limit: int) -> bytes:
    try:
        stream = archive.extractfile(info)
        return stream.read(limit) if stream else b""
    except RefusedError:
        raise
    except Exception as error:  # as above
        raise RefusedError("its contents are damaged") from error
