"""Hostile archives: each member is harmless and noted, nothing is written, the class goes on."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.archives import info, tarred, zipped
from support.handed import submissions

from grader.submissions import Submission, archive, gather, read
from grader.submissions.allowance import Allowance
from grader.submissions.gather import FILES
from grader.submissions.listing import RefusedError

CODE = b"def relu(z):\n    return z\n"
DAMAGED = "it is damaged, cut short or no such archive"
EMPTY = "No Python file and no notebook was handed in."


def special(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def handed_in(tmp_path: Path, data: bytes, name: str = "student-01.zip") -> Submission:
    """Return what becomes of one archive in a class whose other student is honest."""
    root = tmp_path / "class"
    root.mkdir(exist_ok=True)
    (root / name).write_bytes(data)
    (root / "student-02.py").write_bytes(CODE)
    before = sorted(tmp_path.rglob("*"))
    one, other = submissions(root)
    assert other == Submission("student-02", {"student-02.py": CODE}, name="student-02")
    assert sorted(tmp_path.rglob("*")) == before
    return one


def made(files: dict[str, bytes], *notes: str, unreadable: dict[str, str] | None = None) -> Submission:
    return Submission("student-01", files, notes, unreadable or {}, name="student-01")


def test_a_single_top_folder_is_taken_away(tmp_path: Path) -> None:
    data = zipped(
        [("hw/", b""), ("hw/relu.py", CODE), ("hw/02/util.py", CODE), ("__MACOSX/hw/._relu.py", b"")]
    )
    assert handed_in(tmp_path, data) == made({"02/util.py": CODE, "relu.py": CODE})


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_is_read_like_a_zip(tmp_path: Path, mode: str) -> None:
    data = tarred([(info("./hw/relu.py"), CODE), (info("./hw/b/util.py"), CODE)], mode=mode)
    assert handed_in(tmp_path, data, "student-01.tar.gz") == made({"b/util.py": CODE, "relu.py": CODE})


ESCAPES = {
    "../../evil.py": "its name leads out of its folder",
    "..\\evil.py": "its name leads out of its folder",
    "/etc/evil.py": "its name is absolute",
    "C:\\evil.py": "its name is absolute",
    "\\\\host\\evil.py": "its name is absolute",
}


@pytest.mark.parametrize("name", ESCAPES)
def test_a_member_that_leads_outside_is_not_read(tmp_path: Path, name: str) -> None:
    expected = made({"relu.py": CODE}, f"{name} was left out: {ESCAPES[name]}.")
    assert handed_in(tmp_path, zipped([(name, CODE), ("relu.py", CODE)])) == expected
    both = [(info(name), CODE), (info("relu.py"), CODE)]
    assert handed_in(tmp_path, tarred(both)) == expected


def test_a_null_byte_in_a_name_is_not_cut_away(tmp_path: Path) -> None:
    data = zipped([("evil.py_.txt", CODE), ("relu.py", CODE)]).replace(b"evil.py_.txt", b"evil.py\0.txt")
    assert handed_in(tmp_path, data) == made(
        {"relu.py": CODE}, r"evil.py\x00.txt was left out: its name holds a null byte."
    )


LINK = "relu.py was left out: it is a link."
NOT_REGULAR = "relu.py was left out: it is not a regular file."


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        (stat.S_IFLNK | 0o777, LINK),
        (stat.S_IFIFO, NOT_REGULAR),
        (stat.S_IFCHR, NOT_REGULAR),
        (stat.S_IFSOCK, NOT_REGULAR),
    ],
)
def test_a_special_file_in_a_zip_is_not_read(tmp_path: Path, mode: int, sentence: str) -> None:
    data = zipped([(special("relu.py", mode), b"/etc/passwd"), ("ok.py", CODE)])
    assert handed_in(tmp_path, data) == made({"ok.py": CODE}, sentence, unreadable={"relu.py": sentence})


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (tarfile.SYMTYPE, LINK),
        (tarfile.LNKTYPE, LINK),
        (tarfile.CHRTYPE, NOT_REGULAR),
        (tarfile.BLKTYPE, NOT_REGULAR),
        (tarfile.FIFOTYPE, NOT_REGULAR),
    ],
)
def test_a_special_file_in_a_tar_is_not_read(tmp_path: Path, kind: bytes, sentence: str) -> None:
    data = tarred([(info("relu.py", kind, "/etc/passwd"), b""), (info("ok.py"), CODE)])
    assert handed_in(tmp_path, data) == made({"ok.py": CODE}, sentence, unreadable={"relu.py": sentence})


def test_a_bomb_is_read_up_to_the_limit_of_a_file(tmp_path: Path) -> None:
    sentence = "bomb.py was left out: it is larger than 1024 KB."
    expected = made({"relu.py": CODE}, sentence, unreadable={"bomb.py": sentence})
    members = [("bomb.py", bytes(64 * 1024 * 1024)), ("relu.py", CODE)]
    assert handed_in(tmp_path, zipped(members)) == expected
    assert handed_in(tmp_path, tarred((info(name), data) for name, data in members)) == expected


def test_a_tar_that_expands_to_too_much_is_read_up_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "Allowance", partial(Allowance, expanded=1024 * 1024))
    members = [(info("relu.py"), CODE), (info("zeros.bin"), bytes(2 * 1024 * 1024)), (info("late.py"), CODE)]
    sentence = "student-01.zip: it expands to too much; the rest of it was not looked at."
    assert handed_in(tmp_path, tarred(members)) == made(
        {"relu.py": CODE}, sentence, unreadable={"student-01.zip": sentence}
    )


@pytest.mark.parametrize(
    "pack", [lambda name, data: zipped([(name, data)]), lambda name, data: tarred([(info(name), data)])]
)
def test_an_archive_that_was_packed_once_more_is_opened(
    tmp_path: Path, pack: Callable[[str, bytes], bytes]
) -> None:
    inner = zipped([("hw/relu.py", CODE), ("hw/util.py", CODE)])
    found = made({"relu.py": CODE, "util.py": CODE})
    assert handed_in(tmp_path, pack("hw.zip", inner)) == found
    assert handed_in(tmp_path, pack("all/hw.zip", inner)) == found
    assert handed_in(tmp_path, zipped([("tanh.py", CODE), ("more.zip", inner)])) == made(
        {"more/relu.py": CODE, "more/util.py": CODE, "tanh.py": CODE}
    )


def test_the_third_archive_in_a_row_stays_closed_and_its_exercises_are_unreadable(tmp_path: Path) -> None:
    inner = zipped([("c.zip", zipped([("hidden.py", CODE)]))])
    closed = "c.zip was left out: an archive in an archive in an archive is not opened."
    data = zipped([("relu.py", CODE), ("b.zip", inner)])
    assert handed_in(tmp_path, data) == made({"relu.py": CODE}, closed, unreadable={"b/c.zip": closed})


def test_archives_in_archives_share_the_budget_of_the_student(tmp_path: Path) -> None:
    inner = zipped([("relu.py", CODE)])
    found = handed_in(tmp_path, zipped((f"{number:02}.zip", inner) for number in range(12)))
    assert len(found.files) == 9  # the outer one is the tenth
    many = "was left out: only 10 archives of a student are opened."
    assert found.unreadable == {f"{number:02}.zip": f"{number:02}.zip {many}" for number in (9, 10, 11)}


def test_an_archive_of_a_foreign_kind_is_asked_for_anew(tmp_path: Path) -> None:
    sentence = "student-01.7z was left out: only zip, tar and tar.gz archives are opened."
    assert handed_in(tmp_path, b"7z", "student-01.7z") == made(
        {}, sentence, EMPTY, unreadable={"student-01.7z": sentence}
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_one_name_twice_the_later_counts(tmp_path: Path) -> None:
    data = zipped([("relu.py", b"first"), ("relu.py", b"later")])
    assert handed_in(tmp_path, data) == made(
        {"relu.py": b"later"}, "relu.py is there twice; the later one was read."
    )


def test_names_are_utf8_where_they_can_be_and_cp437_where_not(tmp_path: Path) -> None:
    def unmarked(raw: bytes) -> bytes:
        return zipped([("x" * len(raw) + ".py", CODE), ("ok.py", CODE)]).replace(b"x" * len(raw), raw)

    assert list(handed_in(tmp_path, unmarked("é".encode())).files) == ["ok.py", "é.py"]
    assert list(handed_in(tmp_path, unmarked("é".encode("cp437"))).files) == ["ok.py", "é.py"]
    data = tarred([(info("caf\udce9.py"), CODE)], format=tarfile.GNU_FORMAT, errors="surrogateescape")
    assert handed_in(tmp_path, data) == made({r"caf\udce9.py": CODE})


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped([("relu.py", CODE)]))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    sentence = "relu.py was left out: it is encrypted."
    assert handed_in(tmp_path, bytes(data)) == made({}, sentence, unreadable={"relu.py": sentence})


def test_another_compression_is_named(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_LZMA) as one:
        one.writestr("relu.py", CODE)
    sentence = "relu.py was left out: it is compressed in a way that is not read; store or deflate it."
    assert handed_in(tmp_path, whole.getvalue()) == made({}, sentence, unreadable={"relu.py": sentence})


def test_a_member_with_wrong_contents_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped([("relu.py", CODE), ("util.py", CODE)]))
    data[data.index(b"relu.py") + 7] ^= 0xFF
    sentence = "relu.py was left out: its contents are damaged."
    assert handed_in(tmp_path, bytes(data)) == made(
        {"util.py": CODE}, sentence, unreadable={"relu.py": sentence}
    )


def test_half_an_archive_says_so(tmp_path: Path) -> None:
    whole = zipped([("relu.py", CODE)])
    closed = {"student-01.zip": f"student-01.zip: {DAMAGED}."}
    assert handed_in(tmp_path, whole[: len(whole) // 2]) == made(
        {}, *closed.values(), EMPTY, unreadable=closed
    )
    tar = gzip.decompress(tarred([(info("relu.py"), CODE), (info("util.py"), bytes(4000))]))
    assert handed_in(tmp_path, tar[:2000]) == made(
        {"relu.py": CODE},
        f"student-01.zip: {DAMAGED}.",
        "util.py was left out: its contents are damaged.",
        unreadable=closed | {"util.py": "util.py was left out: its contents are damaged."},
    )


def test_ten_thousand_tiny_members_cost_no_more_than_the_budget(tmp_path: Path) -> None:
    found = handed_in(tmp_path, zipped((f"{number:05}.py", b"") for number in range(10_000)))
    over = "Some files were left out: the submission is over the limit of files or of bytes."
    assert found == made({f"{number:05}.py": b"" for number in range(FILES)}, over)


def test_a_list_of_too_many_members_is_not_built(tmp_path: Path) -> None:
    too_many = "it lists more than 20000 files"
    assert handed_in(tmp_path, zipped((f"{n}", b"") for n in range(20_001))) == made(
        {},
        f"student-01.zip: {too_many}.",
        EMPTY,
        unreadable={"student-01.zip": f"student-01.zip: {too_many}."},
    )
    found = handed_in(tmp_path, tarred((info(f"{n}"), b"") for n in range(20_001)))
    assert found.notes[0] == f"student-01.zip: {too_many}; the rest was not looked at."


def test_a_sparse_member_of_one_gigabyte_is_not_read(tmp_path: Path) -> None:
    member = info("relu.py")
    member.pax_headers = {"GNU.sparse.size": str(1024**3), "GNU.sparse.map": "0,0"}
    data = tarred([(member, b""), (info("ok.py"), CODE)], format=tarfile.PAX_FORMAT)
    sentence = "relu.py was left out: it is larger than 1024 KB."
    assert handed_in(tmp_path, data) == made({"ok.py": CODE}, sentence, unreadable={"relu.py": sentence})


def test_remarks_are_counted_when_there_are_too_many(tmp_path: Path) -> None:
    found = handed_in(tmp_path, zipped((f"../{number:03}.py", b"") for number in range(100)))
    notes = [f"../{n:03}.py was left out: its name leads out of its folder." for n in range(20)]
    assert found == made({}, *notes, "81 more remarks like these are not shown.")


def test_several_archives_of_one_student_keep_their_names_apart(tmp_path: Path) -> None:
    folder = tmp_path / "student-01"
    folder.mkdir()
    for name in ("a.zip", "b.tar.gz"):
        (folder / name).write_bytes(zipped([("hw/relu.py", name.encode())]))
    assert read(folder) == made({"a/relu.py": b"a.zip", "b/relu.py": b"b.tar.gz"})


WHOLE = [
    zipped([("hw/relu.py", CODE), ("hw/b.txt", b"b" * 300)]),
    gzip.decompress(tarred([(info("hw/relu.py"), CODE), (info("b" * 150), b"b" * 300)])),
]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=8))))
def test_an_archive_with_any_bytes_changed_is_read_or_refused(
    whole: bytes, changes: list[tuple[int, bytes]]
) -> None:
    data = bytearray(whole)
    for place, patch in changes:
        data[place : place + len(patch)] = patch
    try:
        for entry in archive.students(bytes(data)):
            try:
                assert len(entry.read(100)) <= 100
            except RefusedError:
                continue
    except RefusedError:
        return
