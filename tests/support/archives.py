"""Archives in memory, member by member."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable


def zipped(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """Return an archive of such members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as one:
        for name, data in members:
            one.writestr(name, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def tarred(members: Iterable[tuple[tarfile.TarInfo, bytes]], *, mode: str = "w:gz", **more: object) -> bytes:
    """Return an archive of such members."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, **more) as one:  # type: ignore[call-overload]  # mode is a str
        for info, data in members:
            info.size = len(data)
            one.addfile(info, io.BytesIO(data))
    return made.getvalue()


def info(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """Return what a tar says of one member."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made
