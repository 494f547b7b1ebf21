"""Archives that are made to cost: each is read for little work and memory, and the class goes on.

Work is counted in calls, memory in bytes: neither depends on how fast or busy the machine is.
"""

from __future__ import annotations

import gzip
import io
import struct
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.handed import everything

from grader.submissions import archive, read

CODE = b"def relu(z):\n    return z\n"
CALLS = 1_500_000
"""An honest archive of 20,000 files takes about as many."""
MEMORY = 100 * 2**20
EMPTY = "No Python file and no notebook was handed in."
DAMAGED = "it is damaged, cut short or no such archive"
TOO_LARGE = "a header in it is larger than 64 KB"
TOO_MUCH = "its headers take too much room; the rest of it was not looked at"
SPARSE = "it holds a sparse file"


def header(name: str, kind: bytes, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info.tobuf(tarfile.USTAR_FORMAT)


def block(kind: bytes, body: bytes) -> bytes:
    return header("x", kind, len(body)) + body + bytes(-len(body) % 512)


def member(name: str, data: bytes = CODE) -> bytes:
    return header(name, tarfile.REGTYPE, len(data)) + data + bytes(-len(data) % 512)


def record(key: str, value: str) -> bytes:
    length = len(key) + len(value) + 3
    while length != len(f"{length}") + len(key) + len(value) + 3:
        length = len(f"{length}") + len(key) + len(value) + 3
    return f"{length} {key}={value}\n".encode()


def pax(body: bytes) -> bytes:
    return block(tarfile.XHDTYPE, body) + member("relu.py")


def zip_with(extra: bytes, *, members: int, comment: bytes = b"") -> bytes:
    """Return a zip of which every member lists the same bytes, with such an extra field in the list."""
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    one = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, len(extra), 0, 0, 0, 0, 0)
    listed = (one + b"a" + extra) * members
    count = min(members, 65535)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listed), len(local), len(comment))
    return local + listed + end + comment


def overlapping(count: int) -> bytes:
    """Return a zip whose members all are the same megabyte of zeros."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as one:
        one.writestr("0000.py", bytes(1_000_000))
        (info,) = one.filelist
        for number in range(1, count):
            twin = zipfile.ZipInfo(f"{number:04}.py")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(twin, name, getattr(info, name))
            one.filelist.append(twin)
    return made.getvalue()


def lying_zip64() -> bytes:
    whole = zip_with(b"", members=1)
    place = whole.index(b"PK\5\6")
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2**63, 2**63, 2**62, 2**62)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
    return whole[:place] + end64 + locator + whole[place:]


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a pax header of 128 MB": (lambda: pax(record("a", "b") * (2**27 // 6)), TOO_LARGE),
    "a global header of 128 MB": (lambda: block(tarfile.XGLTYPE, bytes(2**27)), TOO_LARGE),
    "a long name of 128 MB": (lambda: block(tarfile.GNUTYPE_LONGNAME, b"a" * 2**27), TOO_LARGE),
    "a long link of 128 MB": (lambda: block(tarfile.GNUTYPE_LONGLINK, b"a" * 2**27), TOO_LARGE),
    "many headers for one member": (
        lambda: block(tarfile.XGLTYPE, record("comment", "b" * 60_000)) * 200 + member("relu.py"),
        TOO_MUCH,
    ),
    "a header for each of many members": (
        lambda: (block(tarfile.XHDTYPE, record("path", "b" * 1500)) + member("b", b"")) * 4000,
        TOO_MUCH,
    ),
    "headers within headers": (lambda: block(tarfile.GNUTYPE_LONGNAME, b"a") * 5000, DAMAGED),
    "records that overlap": (lambda: pax(b"6 aaaa" * 10_000 + b"=\n"), DAMAGED),
    "records without end": (lambda: pax(record("a", "b") * 10_000), DAMAGED),
    "a run of digits": (lambda: pax(record("path", "1" * 60_000)), DAMAGED),
    "a sparse map in a chain of blocks": (
        lambda: header("relu.py", tarfile.GNUTYPE_SPARSE, 0)[:482] + b"\1" + bytes(29)
        + (b"1".rjust(12, b"0") * 42).ljust(504, b"0") + b"\1" + bytes(7),
        DAMAGED,
    ),
    "a sparse map in the contents": (
        lambda: block(
            tarfile.XHDTYPE,
            record("GNU.sparse.major", "1") + record("GNU.sparse.minor", "0"),
        )
        + member("relu.py", b"99999999\n" + b"1\n" * 10**7),
        SPARSE,
    ),
    "a gzip with a name of 30 MB": (lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * (30 * 2**20), DAMAGED),
    "a gzip of a million empty ones": (lambda: gzip.compress(b"") * 1_000_000, DAMAGED),
    "extra fields of empty parts": (lambda: zip_with(bytes(65_532), members=480), TOO_MUCH),
    "a million members": (lambda: zip_with(b"", members=600_000), "it lists more than 20000 files"),
    "a comment full of ends": (lambda: zip_with(b"", members=1, comment=b"PK\5\6" * 16_000), DAMAGED),
    "sizes that are not so": (lying_zip64, DAMAGED),
}  # fmt: skip


def cost(action: Callable[[], object]) -> tuple[int, int]:
    """Return how many calls an action makes, and how much memory it has at most."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call" or event == "c_call"

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    tracemalloc.start()
    try:
        action()
        return calls, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def is_gzip_already(data: bytes) -> bool:
    return data[:2] in (b"PK", b"\x1f\x8b")


@pytest.mark.parametrize("name", BOMBS)
def test_an_archive_that_is_made_to_cost_is_refused_for_little(name: str, tmp_path: Path) -> None:
    make, reason = BOMBS[name]
    data = make()
    root = tmp_path / "class"
    root.mkdir()
    (root / "student-01.zip").write_bytes(data if is_gzip_already(data) else gzip.compress(data))
    (root / "student-02.py").write_bytes(CODE)
    calls, memory = cost(lambda: everything(root))
    one, other = everything(root)[0]
    assert f"student-01.zip: {reason}." in one.notes
    assert (one.files, other.files) == ({}, {"student-02.py": CODE})
    # The class is read twice, and the archive itself is in memory.
    assert calls < 2 * CALLS
    assert memory < MEMORY


def test_members_that_are_one_another_are_read_within_the_budget(tmp_path: Path) -> None:
    (tmp_path / "student-01.zip").write_bytes(overlapping(400))
    calls, memory = cost(lambda: read(tmp_path / "student-01.zip"))
    assert list(read(tmp_path / "student-01.zip").files) == ["0000.py"]
    assert calls < CALLS
    assert memory < MEMORY


def test_all_archives_of_a_student_expand_within_one_budget(tmp_path: Path) -> None:
    for name in "abc":
        data = member(f"{name}.py") + member("zeros", bytes(100 * 2**20)) + member("late.py")
        (tmp_path / f"{name}.tar.gz").write_bytes(gzip.compress(data, 1))
    found = read(tmp_path, student="student-01")
    assert found.notes == ("c.tar.gz: it expands to too much; the rest of it was not looked at.",)
    assert list(found.files) == ["a/a.py", "a/late.py", "b/b.py", "b/late.py", "c/c.py"]


def test_all_archives_of_a_student_list_no_more_than_one_may(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(zip_with(b"", members=15_000))
    found = read(tmp_path, student="student-01")
    assert found.notes == ("b.zip: it lists more than 20000 files.", f"{EMPTY[:-1]}, only a, a, a.")


def test_ten_archives_of_a_student_are_opened(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.tar").write_bytes(member("relu.py") + member(f"b{number}.py"))
    found = read(tmp_path, student="student-01")
    assert len(found.files) == 20
    assert found.notes == tuple(
        f"{n}.tar was left out: only 10 archives of a student are opened." for n in (10, 11)
    )


@given(st.lists(st.tuples(st.text("abc.", min_size=1, max_size=9), st.text(max_size=30)), max_size=30))
@settings(deadline=None)
def test_headers_that_a_tool_writes_are_read(pairs: list[tuple[str, str]]) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as one:
        info = tarfile.TarInfo("é" * 90 + ".py")
        info.pax_headers = {key: value.replace("\0", "") for key, value in pairs}
        info.size = len(CODE)
        one.addfile(info, io.BytesIO(CODE))
    assert [(str(e), e.read(100)) for e in archive.students(made.getvalue())] == [(info.name, CODE)]
