"""A gradebook's database: its transactions, and what is stored of the course as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec
from sqlalchemy import URL, Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from grader.course.policy import Policy
from grader.errors import GradebookError, UsageError
from grader.gradebook.damage import DAMAGE, described, text
from grader.gradebook.schema import open_database, reason_of, settings
from grader.gradebook.seed import fits, sealed
from grader.gradebook.write import note, put

Table = TypeVar("Table", bound=dict[str, Any])


def address(out: Path, gradebook: str = "") -> str | URL:
    """Return `gradebook`, or by default the address of the gradebook in the folder `out`."""
    # Not as text: a `?` or `#` in the folder's name would end the path.
    return gradebook or URL.create("sqlite", database=str(out / "gradebook.db"))


class Settings:
    """A context manager for one database; it keeps no rows in memory.

    Args:
        exists: whether to refuse a database that has no gradebook yet.
    """

    def __init__(self, url: str | URL, *, exists: bool = False) -> None:
        self.engine: Engine = open_database(url, exists=exists)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    @contextmanager
    def transaction(self, *, reading: bool = False) -> Iterator[Connection]:
        """Begin a transaction, committed as a whole or not at all; one that only reads blocks no writer."""
        try:
            with self.engine.execution_options(reading=reading).begin() as link:
                yield link
        except SQLAlchemyError as error:
            raise GradebookError(f"The gradebook could not be used: {reason_of(error)}.") from error
        except DAMAGE as error:
            raise GradebookError(f"The gradebook holds a damaged value: {described(error)}.") from error

    def set_policy(self, policy: Policy) -> None:
        """Store the course's title and policy, because pages are made from the gradebook only."""
        after = msgspec.json.encode(policy).decode()
        with self.transaction() as link:
            before = link.scalar(select(settings.c.value).where(settings.c.name == "policy"))
            if before == after:
                return
            put(link, "policy", after)
            note(link, "policy", "", "", before or "", after, "reference/course.toml")

    def policy(self) -> Policy:
        """Return the policy that is stored."""
        with self.transaction(reading=True) as link:
            kept = link.scalar(select(settings.c.value).where(settings.c.name == "policy"))
            return msgspec.json.decode(kept, type=Policy) if kept else Policy()

    def require_seed(self, seed: int | None) -> None:
        """Refuse another seed than the one with which the class was graded; keep a hash of the first one.

        Args:
            seed: the secret seed; None if there is none.
        """
        with self.transaction(reading=True) as link:
            seal = text(link.scalar(select(settings.c.value).where(settings.c.name == "seed")) or "")
            is_right = not seal or (seed is not None and fits(seed, seal))
        if not is_right:
            which = "a" if seed is None else "another"
            raise UsageError(
                f"This class was graded with {which} secret seed: set GRADER_SEED to it, "
                "or choose another --out. With other hidden cases, equal code would get other points."
            )
        if seed is not None and not seal:
            with self.transaction() as link:
                put(link, "seed", sealed(seed))

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Store the tasks' texts of these exercises by slug; other exercises keep theirs."""
        self._add("texts", {**self.texts(), **texts})

    def texts(self) -> dict[str, str]:
        """Return the task's text of each exercise."""
        return self._table("texts", dict[str, str])

    def set_order(self, order: Mapping[str, Sequence[str]]) -> None:
        """Store the order of the exercises in each of these lessons; other lessons keep theirs."""
        self._add("order", {**self.order(), **order})

    def order(self) -> dict[str, list[str]]:
        """Return the exercises of each lesson in their order."""
        return self._table("order", dict[str, list[str]])

    def set_suites(self, suites: Mapping[str, str]) -> None:
        """Store the digests with which these exercises are graded now; other exercises keep theirs."""
        self._add("suites", {**self.suites(), **suites})

    def suites(self) -> dict[str, str]:
        """Return the digest with which each exercise was graded last."""
        return self._table("suites", dict[str, str])

    def _add(self, name: str, table: Mapping[str, Any]) -> None:
        with self.transaction() as link:
            put(link, name, msgspec.json.encode(table, order="sorted").decode())

    def _table(self, name: str, kind: type[Table]) -> Table:
        with self.transaction(reading=True) as link:
            kept = link.scalar(select(settings.c.value).where(settings.c.name == name))
            found: Table = msgspec.json.decode(kept or "{}", type=kind)
        return found
