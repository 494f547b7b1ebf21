"""Files are written whole or not at all; what somebody else put in their place leads nowhere."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from grader.text.files import in_place, whole


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_writer_that_is_stopped_half_way_leaves_the_old(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(b"old")
    with contextlib.suppress(KeyboardInterrupt), whole(path) as stream:
        stream.write(b"half of the n")
        raise KeyboardInterrupt
    assert (files(tmp_path), path.read_bytes()) == (["grades.csv"], b"old")


def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with whole(pipe) as stream:
        stream.write(b"grades")
    assert os.read(reader, 100) == b"grades"
    os.close(reader)
    assert (pipe.is_fifo(), files(tmp_path)) == (True, [])


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("grades.csv")
    with whole(tmp_path / "link.csv") as stream:
        stream.write(b"grades")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "grades.csv").read_bytes() == b"grades"


LEADS_TO = {"a link": "kept.txt", "a link to nothing": "nothing", "a link to a device": "/dev/full"}


def put(path: Path, kind: str) -> None:
    """Put something else in a file's place: a link to a file, a pipe or a device."""
    if kind == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(LEADS_TO[kind])


@pytest.mark.parametrize("kind", [*LEADS_TO, "a pipe"])
def test_in_a_folder_of_somebody_else_what_stands_in_the_way_is_replaced(tmp_path: Path, kind: str) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    put(tmp_path / "junit.xml", kind)
    with in_place(tmp_path / "junit.xml") as stream:
        stream.write(b"result")
    assert files(tmp_path) == ["junit.xml", "kept.txt"]
    assert not (tmp_path / "junit.xml").is_symlink()
    assert ((tmp_path / "junit.xml").read_text(), (tmp_path / "kept.txt").read_text()) == ("result", "kept")


@pytest.mark.parametrize(("path", "error"), [("nowhere/x.csv", FileNotFoundError), (".", IsADirectoryError)])
def test_the_path_that_was_named_is_told_where_nothing_can_be_written(
    tmp_path: Path, path: str, error: type[OSError]
) -> None:
    with pytest.raises(error) as caught, whole(tmp_path / path):
        raise AssertionError
    assert caught.value.filename == str(tmp_path / path)


def test_a_link_in_place_of_an_unfinished_file_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("kept")
    (tmp_path / "table.csv.part").symlink_to("secret")
    with whole(tmp_path / "table.csv") as stream:
        stream.write(b"grades")
    assert ((tmp_path / "secret").read_text(), (tmp_path / "table.csv").read_bytes()) == ("kept", b"grades")
