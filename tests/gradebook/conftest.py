"""A gradebook of its own for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from support import postgres

from grader.gradebook import Gradebook


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server is installed here")
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'gradebook.db'}"
        return
    address = request.getfixturevalue("postgresql")
    yield address
    with psycopg.connect(address) as link:
        link.execute("drop schema public cascade")
        link.execute("create schema public")


@pytest.fixture
def book(url: str) -> Iterator[Gradebook]:
    with Gradebook(url) as one:
        yield one
