"""List a zip or a tar, and read its members into memory one by one; nothing is unpacked to disk."""

from __future__ import annotations

import io
import shutil
import stat
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Literal

from grader.submissions import tar
from grader.submissions.allowance import Allowance
from grader.submissions.file_names import Naming, inside, printable
from grader.submissions.folder import MEMBERS
from grader.submissions.listing import Entry, RefusedError
from grader.submissions.tar import DAMAGED, GZIP, Gunzip, Paid, Readable, begins, expanding

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ZIP = b"PK"
_CENTRAL = b"PK\1\2"
"""The mark of an entry in a zip's central directory, its list of members."""
_CENTRAL_BYTES = 46
"""Size of such an entry before its name, extra field and comment."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file or folder that an archive lists."""

    name: str
    """The name as the archive gives it."""
    is_folder: bool
    entry: Callable[[Naming], Entry]


def students(data: bytes, allowance: Allowance | None = None) -> Iterator[Entry]:
    """Yield the members of a student's archive; raises `RefusedError` where it cannot be read any further.

    Args:
        allowance: the common budget of all the student's archives.
    """
    paid = allowance or Allowance()
    if data.startswith(_ZIP):
        _pay_for_list(data, paid)
    for entry in members(io.BytesIO(data), allowance=paid):
        paid.list_member()
        yield entry


def _pay_for_list(data: bytes, allowance: Allowance) -> None:
    """Raise `RefusedError` if a zip lists too much.

    `zipfile.ZipFile` builds the whole list before it yields a member: a zip of 32 MB may list 700,000 of
    them.
    """
    # Every entry begins with this mark. It may also occur inside a file, so the count is an upper bound.
    if data.count(_CENTRAL) > allowance.members:
        raise RefusedError(f"it lists more than {MEMBERS} files")
    place = data.find(_CENTRAL)
    while place >= 0 and place + _CENTRAL_BYTES <= len(data):
        # The lengths of name, extra field and comment, two bytes each.
        allowance.head(sum(struct.unpack_from("<HHH", data, place + 28)))
        place = data.find(_CENTRAL, place + 4)


def members(stream: BinaryIO, *, allowance: Allowance | None = None) -> Iterator[Entry]:
    """Yield the members of an archive; its first bytes tell its kind, not its name.

    Raises `RefusedError` where it cannot be read any further.
    """
    naming = Naming()
    with _damaged():
        # A tar is read as a stream, which keeps no list: it may hold millions of empty files.
        for member in _zip(stream) if begins(stream, _ZIP) else _streamed(stream, allowance):
            yield member.entry(naming)


def _streamed(stream: BinaryIO, allowance: Allowance | None) -> Iterator[Member]:
    whole = expanding(stream)
    return _tar(Paid(whole, allowance) if allowance else whole, "r|", allowance)


@contextmanager
def opened(stream: BinaryIO) -> Iterator[list[Member]]:
    """List a class's archive; its members can be read in any order while the context is open.

    Raises `RefusedError` if it cannot be read.
    """
    with tempfile.TemporaryFile() as whole:
        with _damaged():
            if begins(stream, _ZIP):
                listed = list(_zip(stream))
            elif begins(stream, GZIP):
                # Expand to an unnamed file. In the gzip itself, each read of a member would have to expand
                # all members before it.
                shutil.copyfileobj(Gunzip(stream), whole)
                whole.seek(0)
                listed = list(_tar(whole, "r:"))
            else:
                listed = list(_tar(stream, "r:"))
        yield listed


@contextmanager
def _damaged() -> Iterator[None]:
    """Turn any error about an archive into a `RefusedError`."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:  # for hostile bytes, the libraries raise more than a dozen types of errors
        raise RefusedError(DAMAGED) from error


def _zip(stream: BinaryIO) -> Iterator[Member]:
    archive = zipfile.ZipFile(stream)  # it does not own the stream, so it needs no closing
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
    """Return the member's name.

    A name without the UTF-8 flag should be in code page 437, but many programs write UTF-8 all the same. It
    is read as UTF-8 if its bytes are valid UTF-8.
    """
    name = info.orig_filename
    if info.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _zip_refusal(info: zipfile.ZipInfo) -> str:
    form = stat.S_IFMT(info.external_attr >> 16)  # zips made on Unix store the file's mode here
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
    except Exception as error:  # as in `_damaged`
        raise RefusedError("its contents are damaged") from error


def _tar(stream: Readable, mode: Literal["r|", "r:"], allowance: Allowance | None = None) -> Iterator[Member]:
    for archive, info in tar.listed(stream, mode, allowance):
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
    except Exception as error:  # as in `_damaged`
        raise RefusedError("its contents are damaged") from error
