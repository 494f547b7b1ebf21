"""A database is opened if it is a gradebook or may become one; any other is named and left as it is."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from support.attempts import hand_in

from grader.errors import GradebookError, UsageError
from grader.gradebook import Gradebook, records


def test_a_gradebook_of_another_schema_is_refused(url: str) -> None:
    with Gradebook(url) as book, book.transaction() as link:
        link.execute(text("update settings set value = '7' where name = 'schema'"))
    with pytest.raises(GradebookError, match=r"has schema 7; this version reads schema 3\.$"):
        Gradebook(url)


@pytest.mark.parametrize("address", ["no address", "nosuchdb://x/y"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(
        UsageError, match=r"^--gradebook is no address such as postgresql://user@host/name or sqlite:///"
    ):
        Gradebook(address)


def test_what_must_be_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "typo.db"
    with pytest.raises(GradebookError, match=r"^The gradebook sqlite:///\S+typo.db does not exist\.$"):
        Gradebook(f"sqlite:///{path}", exists=True)
    assert not path.exists()


def test_a_database_without_a_class_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as link:
        link.execute("create table theirs (id integer)")
    with pytest.raises(GradebookError, match=r"other.db holds no graded class\.$"):
        Gradebook(f"sqlite:///{path}", exists=True)
    with closing(sqlite3.connect(path)) as link:
        assert link.execute("select name from sqlite_master").fetchall() == [("theirs",)]


def test_a_missing_driver_says_what_to_install() -> None:
    with pytest.raises(
        UsageError, match=r"needs a driver that is not installed: No module named 'oracledb' "
    ):
        Gradebook("oracle+oracledb://user@host/name")


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(
        GradebookError, match=r"^The gradebook postgresql://me:\*\*\*@/x\?host=\S+ cannot be opened: "
    ):
        Gradebook(f"postgresql://me:secret@/x?host={tmp_path}")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    path.write_text("no database" * 100)
    with pytest.raises(GradebookError, match=r"cannot be opened: file is not a database\.$"):
        Gradebook(f"sqlite:///{path}")


def test_a_copy_where_nothing_can_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = URL.create("sqlite", database=str(tmp_path / "a ?%20#.db"))
    with Gradebook(url) as book:
        hand_in(book, "student-01", "one", 10, 4)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with Gradebook(url, exists=True) as book:
        assert [record.student for record in records(book)] == ["student-01"]
        assert [entry.event for entry in book.history()] == ["submitted"]
        with pytest.raises(GradebookError, match="attempt to write a readonly database"):
            book.set_order({"02": ["relu"]})
    assert [path.name for path in tmp_path.iterdir()] == ["a ?%20#.db"]
