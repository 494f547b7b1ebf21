"""Write files completely or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file that is written completely or not at all, even if the process is killed.

    A link is followed. A device or a pipe is written to and never replaced. Raises `OSError` for a pipe
    without a reader, because waiting for one could take for ever.
    """
    if path.exists() and not path.is_file():
        with _as_it_is(path) as stream:
            yield stream
        return
    real = Path(os.path.realpath(path))  # `Path.resolve` raises no `OSError` for a cycle of links
    with _replaced(real, named=path) as stream:
        yield stream


def write(path: Path, data: bytes) -> None:
    """Write a file as `whole` does."""
    with whole(path) as stream:
        stream.write(data)


@contextmanager
def in_place(path: Path) -> Iterator[BinaryIO]:
    """Open a file like `whole`, in a folder that may contain foreign files.

    A link, a pipe or a device of this name is replaced; it is never followed or written to.
    """
    with _replaced(path, named=path) as stream:
        yield stream


@contextmanager
def _replaced(real: Path, *, named: Path) -> Iterator[BinaryIO]:
    part = real.with_name(real.name + ".part")
    try:
        part.unlink(missing_ok=True)  # left by a killed process, or a link or pipe planted there
        with part.open("xb") as stream:
            yield stream
        part.replace(real)
    except OSError as error:
        if error.filename == str(part):
            error.filename = str(named)
        raise
    finally:
        with suppress(OSError):
            part.unlink()


def _as_it_is(path: Path) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ENXIO:
            error.strerror = "nobody reads from it"
        raise
    os.set_blocking(descriptor, True)
    return open(descriptor, "wb")  # noqa: PTH123  # a descriptor; the caller closes it
