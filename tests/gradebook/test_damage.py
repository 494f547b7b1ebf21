"""A gradebook or a folder that is damaged: one sentence, exit code 2, and what was there stays."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.handed import Here, InMemory
from support.small import handed_in, on_disk, small_course

from grader.classroom.grade_class import Options, grade_class
from grader.cli import main
from grader.gradebook import Gradebook, records, schema

pytestmark = pytest.mark.unmeasured

LEVEL = "limits"
STUDENTS = ("student-01", "student-02")
COMMANDS = {
    "show": ("show", "out", "student-01", "--history"),
    "report": ("report", "out", "--course", "course"),
    "adjust": ("adjust", "out", "student-01", "twice", "1", "--reason", "Why."),
    "extend": ("extend", "out", "student-01", "01", "2026-03-01T00:00Z", "--reason", "Why."),
    "export": ("export", "out", "--format", "csv", "--to", "table.csv"),
    "export of one": ("export", "out", "--format", "json", "--student", "student-01", "--to", "one.json"),
    "grade": ("grade", "handed", "--out", "out", "--course", "course", "--sandbox", LEVEL),
}
RESULTS: dict[str, Callable[[bytes], object]] = {
    "truncated": lambda data: data[:-5],
    "half": lambda data: data[: len(data) // 2],
    "flipped": lambda data: bytes([*data[:40], data[40] ^ 1, *data[41:]]),
    "empty": lambda _: b"",
    "text": lambda _: "text",
    "a number": lambda _: 7,
    "nothing": lambda _: None,
    "no JSON": lambda _: zlib.compress(b"\xff"),
    "another shape": lambda _: zlib.compress(b'{"slug": 1}'),
    "another type": lambda data: zlib.compress(zlib.decompress(data).replace(b'"passed"', b'"great"')),
    "deep": lambda _: zlib.compress(b"[" * 100_000),
}
VALUES = (None, "text", b"\xff\xfe", float("inf"), -1, "")
COLUMNS = [(table, c) for table in schema.metadata.sorted_tables for c in table.c if c.name != "id"]
"""All but the keys: SQLite itself keeps numbers in a primary key of numbers."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small class, graded once."""
    folder = tmp_path_factory.mktemp("graded")
    here = small_course(folder / "course")
    both = [handed_in(name) for name in STUDENTS]
    on_disk(folder / "handed", both)
    grade_class(InMemory(both), here, folder / "out", Options(jobs=1, level=LEVEL, executor=Here()))
    with Gradebook(f"sqlite:///{folder / 'out/gradebook.db'}") as book:
        book.adjust("student-01", "thrice", 1.0, reason="Why.")
        book.extend("student-01", "01_small", None, reason="Why.")
    return folder


@pytest.fixture
def folder(graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(graded, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def without_constraints(book: Path) -> sqlite3.Connection:
    """Return the database with tables that take any value, as a damaged one may hold it."""
    link = sqlite3.connect(book, isolation_level=None)
    link.execute("PRAGMA journal_mode=DELETE")
    for table in schema.metadata.sorted_tables:
        columns = ", ".join(
            f'"{c.name}"' + (" INTEGER PRIMARY KEY" if c.name == "id" else "") for c in table.c
        )
        link.execute(f"ALTER TABLE {table.name} RENAME TO old_{table.name}")
        link.execute(f"CREATE TABLE {table.name} ({columns})")
        link.execute(f"INSERT INTO {table.name} SELECT * FROM old_{table.name}")
    return link


def ran(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> tuple[int, str]:
    """Return exit code and what was said on standard error by a command that runs in this process."""
    capsys.readouterr()
    monkeypatch.setattr(sys, "argv", ["grader", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), capsys.readouterr().err


@contextmanager
def no_hang() -> Iterator[None]:
    """End with an error whatever waits for ever."""

    def stop(*_: object) -> None:
        raise TimeoutError("it waits for ever")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def sentences(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("grader: ")]


@pytest.mark.parametrize("damage", RESULTS)
def test_a_damaged_result_is_told_by_every_command_and_graded_again_by_one(
    damage: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    link = without_constraints(folder / "out/gradebook.db")
    where = "slug = 'twice' and attempt_id = (select id from attempts where student = 'student-01')"
    ((data,),) = link.execute(f"select result from gradings where {where}").fetchall()
    link.execute(f"update gradings set result = ? where {where}", (RESULTS[damage](data),))
    link.close()
    for arguments in COMMANDS.values():
        code, said = ran(capsys, monkeypatch, *arguments)
        assert (code, len(sentences(said)), "Traceback" in said) == (2, 1, False)
        assert sentences(said)[0].startswith("grader: The stored results of student-01 are damaged (")
    assert "grades them again, everything else is kept." in said
    again = ("--only", "student-01", "--force", "--jobs", "1")
    code, said = ran(capsys, monkeypatch, *COMMANDS["grade"], *again)
    assert (code, sentences(said)) == (0, [])
    with Gradebook("sqlite:///out/gradebook.db") as book:
        results = [(r.student, r.result.points) for r in records(book)]
    assert results == [("student-01", 5.0), ("student-02", 8.0)]


@pytest.mark.parametrize(
    ("table", "column", "values"),
    # Each column takes two of the values, so that each value meets every third column.
    [(*one, (VALUES[n % 3], VALUES[n % 3 + 3])) for n, one in enumerate(COLUMNS)],
    ids=[str(column) for _, column in COLUMNS],
)
def test_any_damaged_value_is_a_sentence_or_does_no_harm(
    table: object,
    column: object,
    values: tuple[object, object],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = without_constraints(folder / "out/gradebook.db")
    link.close()
    for value in values:
        shutil.copy(folder / "out/gradebook.db", folder / "kept.db")
        link = sqlite3.connect(folder / "out/gradebook.db", isolation_level=None)
        link.execute(f"update or ignore {table} set {column.name} = ?", (value,))  # type: ignore[attr-defined]
        link.close()
        for name, arguments in COMMANDS.items():
            if name in ("show", "report", "extend", "export"):
                code, said = ran(capsys, monkeypatch, *arguments)
                assert (code in (0, 2), "Traceback" in said) == (True, False), (value, name, said)
                assert len(sentences(said)) == (code == 2), (value, name, said)
        for end in ("", "-wal", "-shm"):
            (folder / f"out/gradebook.db{end}").unlink(missing_ok=True)
        shutil.copy(folder / "kept.db", folder / "out/gradebook.db")


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        # The address of a socket is short, and a test's folder is not.
        before = Path.cwd()
        os.chdir(path.parent)
        one.bind(path.name)
        os.chdir(before)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


KINDS: dict[str, Callable[[Path], None]] = {
    "a pipe": fifo,
    "a folder": Path.mkdir,
    "a socket": listening,
    "a circle of links": circle,
    "a link to a pipe": lambda path: (fifo(path.with_name("pipe")), path.symlink_to("pipe"))[1],
    "a link to a device": lambda path: path.symlink_to("/dev/full"),
}
FILES = (
    "grades.csv", "index.html", "changes.csv", "exercises/twice.html", "reports/student-01.html",
    "instructor/student-01.html",
    "results/student-01.json", "grades.csv.part", "reports/student-01.html.part", "gradebook.db",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_where_a_file_is_written_is_a_sentence(
    kind: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in FILES:
        shutil.copytree("out", "again")
        path = folder / "again" / name
        path.unlink(missing_ok=True)
        KINDS[kind](path)
        # A run that was killed may leave such a file, changes are written where there are some, and a link
        # that leads nowhere is replaced.
        is_left_over = name.endswith(".part") and kind != "a folder"
        is_nowhere = kind == "a circle of links" and name != "gradebook.db"
        is_harmless = is_left_over or is_nowhere or name == "changes.csv"
        for arguments in (
            ("report", "again", "--course", "course"),
            ("grade", "handed", "--out", "again", "--course", "course", "--sandbox", LEVEL, "--jobs", "1"),
        ):
            with no_hang():
                code, said = ran(capsys, monkeypatch, *arguments)
            expected = (0, 0) if is_harmless else (2, 1)
            assert (code, len(sentences(said)), "Traceback" in said) == (*expected, False), (name, said)
        assert os.path.lexists(path) != is_left_over, name
        shutil.rmtree("again")


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_never_waits_for_a_reader(
    kind: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    KINDS[kind](folder / "table.csv")
    with no_hang():
        code, said = ran(capsys, monkeypatch, *COMMANDS["export"])
    expected = (0, 0) if kind == "a circle of links" else (2, 1)
    assert (code, len(sentences(said)), "Traceback" in said) == (*expected, False)
    assert os.path.lexists(folder / "table.csv")


@pytest.mark.parametrize("folder_name", ["results", "reports", "exercises", "instructor"])
def test_a_folder_that_is_none_is_a_sentence(
    folder_name: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder / "out" / folder_name)
    os.mkfifo(folder / "out" / folder_name)
    with no_hang():
        code, said = ran(capsys, monkeypatch, *COMMANDS["report"])
    assert (code, sentences(said)) == (2, [f"grader: out/{folder_name} cannot be used: File exists."])


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_half_a_gradebook_is_a_sentence(
    size: int, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = folder / "out/gradebook.db"
    for name in ("gradebook.db-wal", "gradebook.db-shm"):
        (folder / "out" / name).unlink(missing_ok=True)
    book.write_bytes(book.read_bytes()[:size])
    for name in ("show", "report", "adjust", "extend", "export"):
        code, said = ran(capsys, monkeypatch, *COMMANDS[name])
        assert (code, len(sentences(said)), "Traceback" in said) == (2, 1, False)
