"""What a zip or tar lists, read member by member into memory and never unpacked to disk."""

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
_CENTRAL_BYTES = 46


@dataclass(frozen=True, slots=True)
class Member:
    """A file or folder that an archive lists."""

    name: str
    """As it is written there."""
    is_folder: bool
    entry: Callable[[Naming], Entry]


def students(data: bytes, allowance: Allowance | None = None) -> Iterator[Entry]:
    """Yield the members of a student's archive; raises `RefusedError` once it cannot be read on.

    Args:
        allowance: what all archives of the student may cost.
    """
    paid = allowance or Allowance()
    if data.startswith(_ZIP):
        _pay_for_list(data, paid)
    for entry in members(io.BytesIO(data), allowance=paid):
        paid.list_member()
        yield entry


def _pay_for_list(data: bytes, allowance: Allowance) -> None:
    """Raise `RefusedError` where a zip lists too much: the list would be built before any member is seen."""
    # Every listed member has this mark.
    if data.count(_CENTRAL) > allowance.members:
        raise RefusedError(f"it lists more than {MEMBERS} files")
    place = data.find(_CENTRAL)
    while place >= 0 and place + _CENTRAL_BYTES <= len(data):
        allowance.head(sum(struct.unpack_from("<HHH", data, place + 28)))
        place = data.find(_CENTRAL, place + 4)


def members(stream: BinaryIO, *, allowance: Allowance | None = None) -> Iterator[Entry]:
    """Yield the members of an archive, whatever its name says it is.

    Raises `RefusedError` once it cannot be read on.
    """
    naming = Naming()
    with _damaged():
        # As a stream: what a tar of millions of empty files lists is not kept.
        for member in _zip(stream) if begins(stream, _ZIP) else _streamed(stream, allowance):
            yield member.entry(naming)


def _streamed(stream: BinaryIO, allowance: Allowance | None) -> Iterator[Member]:
    whole = expanding(stream)
    return _tar(Paid(whole, allowance) if allowance else whole, "r|", allowance)


@contextmanager
def opened(stream: BinaryIO) -> Iterator[list[Member]]:
    """List a class's archive; its members can be read in any order, until it is left.

    Raises `RefusedError` if it cannot be read.
    """
    with tempfile.TemporaryFile() as whole:
        with _damaged():
            if begins(stream, _ZIP):
                listed = list(_zip(stream))
            elif begins(stream, GZIP):
                # Without a name: only so can one student's files be read again without all before them.
                shutil.copyfileobj(Gunzip(stream), whole)
                whole.seek(0)
                listed = list(_tar(whole, "r:"))
            else:
                listed = list(_tar(stream, "r:"))
        yield listed


@contextmanager
def _damaged() -> Iterator[None]:
    """Make whatever goes wrong with an archive a `RefusedError`."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:  # of hostile bytes the libraries make errors of more than a dozen types
        raise RefusedError(DAMAGED) from error


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
    except Exception as error:  # as above
        raise RefusedError("its contents are damaged") from error
