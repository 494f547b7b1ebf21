"""Pack the running grader into a wheel for a bundle, without its exercises and without a build tool."""

from __future__ import annotations

import csv
import io
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.resources import PACKAGE, templates

EPOCH: Final = (2020, 1, 1, 0, 0, 0)
"""The date of every file in a zip; constant, so that the same files give the same bytes."""
_DISTRIBUTION: Final = "grader-kit"
_FACTS: Final = ("METADATA", "WHEEL", "entry_points.txt", "licenses/LICENSE")
"""The metadata files for an installer, copied from this installation."""


def wheel() -> tuple[str, bytes]:
    """Return a wheel of this grader: its file name and its bytes.

    It has the files of the published wheel except the exercises, as a bundle has its own. Raises `UsageError`
    if the grader is not installed, because its dependencies are then unknown.

    Source: "Binary distribution format", Python Packaging User Guide, which specifies RECORD.
    """
    try:
        installed = distribution(_DISTRIBUTION)
    except PackageNotFoundError as error:
        raise UsageError(f"{_DISTRIBUTION} runs without being installed; name a wheel by --wheel.") from error
    name = f"grader_kit-{installed.version}"
    info = f"{name}.dist-info"
    files = dict(sorted(_package())) | {f"{info}/{fact}": _fact(installed, fact) for fact in _FACTS}
    return f"{name}-py3-none-any.whl", _zipped(files, record=f"{info}/RECORD")


def _package() -> Iterator[tuple[str, bytes]]:
    """Yield our code and the templates, from a checkout or from an installed package."""
    yield from ((f"grader/{name}", data) for name, data in _tree(PACKAGE) if not name.startswith("_data/"))
    yield from ((f"grader/_data/templates/{name}", data) for name, data in _tree(templates()))


def _tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files below a folder, except caches and hidden files."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
        if path.is_file() and not hidden and path.suffix != ".pyc":
            yield name.as_posix(), path.read_bytes()


def _fact(installed: Distribution, name: str) -> bytes:
    text = installed.read_text(name)
    if text is None:
        raise UsageError(
            f"This grader cannot be put into the bundle: its installation lacks {name}. Install it again, "
            "or name a wheel by --wheel."
        )
    return text.encode()


def _zipped(files: Mapping[str, bytes], *, record: str) -> bytes:
    rows = [(name, f"sha256={_digest(data)}", len(data)) for name, data in files.items()]
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([*rows, (record, "", "")])
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, record: table.getvalue().encode()}.items():
            add(archive, name, data)
    return whole.getvalue()


def _digest(data: bytes) -> str:
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()


def add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file to a zip with a constant date and mode, so that the same files give the same bytes."""
    member = zipfile.ZipInfo(name, EPOCH)
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(member, data)
