"""The tables of a gradebook, and opening its database."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from grader.errors import GradebookError, UsageError
from grader.gradebook import migrate
from grader.gradebook.damage import DAMAGE, described

SCHEMA: Final = "3"
_WAIT_S: Final = 30
"""Seconds to wait for another process's transaction."""
# SQLAlchemy logs a Ctrl-C during the return of a connection with its traceback, and then raises it anyway.
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)

_log = logging.getLogger("grader.gradebook")

metadata = MetaData()
settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("submitted", Text, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("ident", Text, nullable=False),
    Column("system", String(20), nullable=False),
    Column("notes", Text, nullable=False),
    UniqueConstraint("student", "digest"),
)
gradings = Table(
    "gradings",
    metadata,
    Column("attempt_id", ForeignKey("attempts.id"), primary_key=True),
    Column("slug", String(200), primary_key=True),
    Column("lesson", String(200), nullable=False),
    Column("suite", String(64), nullable=False),
    Column("sandbox", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("points", Float, nullable=False),
    Column("open_points", Float, nullable=False, server_default="0"),
    Column("max_points", Float, nullable=False),
    Column("graded", String(40), nullable=False),
    Column("result", LargeBinary, nullable=False),
)
adjustments = Table(
    "adjustments",
    metadata,
    Column("student", Text, primary_key=True),
    Column("slug", String(200), primary_key=True),
    Column("points", Float, nullable=False),
    Column("reason", Text, nullable=False),
)
extensions = Table(
    "extensions",
    metadata,
    Column("student", Text, primary_key=True),
    Column("lesson", String(200), primary_key=True),
    Column("until", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("moment", String(40), nullable=False),
    Column("event", String(20), nullable=False),
    Column("student", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
stubs = Table(
    "stubs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("text", LargeBinary, nullable=False),
)
sources = Table(
    "sources",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("stubs", ForeignKey("stubs.digest"), nullable=False),
    Column("data", LargeBinary, nullable=False),
)
pages = Table(
    "pages",
    metadata,
    Column("student", Text, primary_key=True),
    Column("stamp", String(64), nullable=False),
)


def open_database(url: str | URL, *, exists: bool = False) -> Engine:
    """Return the database at `url`; create the tables if it is new, unless `exists` requires a gradebook.

    Raises `UsageError` for an invalid address, and `GradebookError` if the database is not a gradebook.
    """
    engine = _engine(url)
    try:
        _look(engine, exists=exists)
    except SQLAlchemyError as error:
        engine.dispose()
        raise GradebookError(f"The gradebook {_shown(url)} cannot be opened: {reason_of(error)}.") from error
    except DAMAGE as error:
        engine.dispose()
        raise GradebookError(
            f"The gradebook {_shown(url)} holds a damaged value: {described(error)}."
        ) from error
    except GradebookError as error:
        engine.dispose()
        raise GradebookError(f"The gradebook {_shown(url)} {error}.") from error
    return engine


def _look(engine: Engine, *, exists: bool) -> None:
    """Check that the database is a gradebook or empty, then migrate it or create its tables."""
    path = engine.url.database if engine.dialect.name == "sqlite" and not engine.url.query else None
    if exists and path and not Path(path).is_file():  # SQLite would create the file
        raise GradebookError("does not exist")
    with engine.execution_options(reading=True).begin() as link:
        is_ours = inspect(link).has_table(settings.name)
        query = select(settings.c.value).where(settings.c.name == "schema")
        found = link.scalar(query) if is_ours else None
    if found in migrate.FROM:
        with engine.begin() as link:
            if link.scalar(query) == found:  # no other process has migrated it meanwhile
                migrate.carry_over(link, found)
                metadata.create_all(link, [stubs, sources])
                link.execute(update(settings).where(settings.c.name == "schema").values(value=SCHEMA))
        _log.warning("The gradebook is carried over from schema %s to schema %s.", found, SCHEMA)
    elif is_ours and found != SCHEMA:
        raise GradebookError(f"has schema {found}; this version reads schema {SCHEMA}")
    if not is_ours and exists:
        raise GradebookError("holds no graded class")
    if not is_ours:
        with engine.begin() as link:
            metadata.create_all(link)
            link.execute(insert(settings).values(name="schema", value=SCHEMA))


def _engine(url: str | URL) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(_readable(parsed))
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(
            "--gradebook is no address such as postgresql://user@host/name or sqlite:///folder/file.db."
        ) from error
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--gradebook needs a driver that is not installed: {error} (PostgreSQL's: grader-kit[postgres])."
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _readable(url: URL) -> URL:
    """Return the address unchanged, or as read-only if SQLite cannot create files in its folder.

    Even a reader needs to create the files `-wal` and `-shm` beside the database, unless it is opened as
    immutable. If a writer has left a `-wal`, it holds a part of the data, and the address is not changed.
    """
    path = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not path.is_file() or os.access(path.parent, os.W_OK):
        return url
    if path.with_name(path.name + "-wal").exists():
        return url
    return url.set(database=f"file:{quote(str(path))}", query={"uri": "true", "immutable": "1"})


def _begin(link: Connection) -> None:
    """Begin a writing transaction with the lock.

    A transaction that began as a reader fails at once, without waiting, if another process has written since.
    """
    reading = link.get_execution_options().get("reading")
    link.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _prepare(link: sqlite3.Connection, _: Any) -> None:
    """Set up one SQLite connection."""
    link.isolation_level = None  # the sqlite3 module would begin transactions by itself
    for pragma in (
        "journal_mode=WAL",  # readers do not wait for the writer
        "synchronous=NORMAL",  # a killed process loses nothing, a power failure at most the last submissions
        "foreign_keys=ON",
        f"busy_timeout={_WAIT_S * 1000}",
    ):
        link.execute(f"PRAGMA {pragma}")


def _shown(url: str | URL) -> str:
    return make_url(url).render_as_string(hide_password=True)


def reason_of(error: SQLAlchemyError) -> str:
    """Return the database's message in one line."""
    return " ".join(str(getattr(error, "orig", None) or error).split())[:300].rstrip(".")
