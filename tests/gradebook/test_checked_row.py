"""A stored value that no grader wrote is named instead of being counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select
from support.attempts import hand_in

from grader.errors import GradebookError
from grader.gradebook import Gradebook, records
from grader.gradebook.checked_row import sound
from grader.gradebook.schema import attempts, gradings


@pytest.fixture
def kept(tmp_path: Path) -> Gradebook:
    """A gradebook in a file, of one student with two exercises."""
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        hand_in(book, "student-01", "one", 10, 4)
    return Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}")


def rows(book: Gradebook) -> list[Row[Any]]:
    with book.transaction(reading=True) as link:
        return list(link.execute(select(attempts, gradings).join_from(attempts, gradings)))


def damage(book: Gradebook, change: str) -> None:
    with book.transaction() as link:
        link.exec_driver_sql(f"update {change}")


def test_a_row_that_a_grader_wrote_is_returned_as_it_is(kept: Gradebook) -> None:
    with kept as book:
        assert [sound(row) for row in rows(book)] == rows(book)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("gradings set points = 'ten'", "points is 'ten'"),
        ("gradings set points = 9e999", "points is 'inf'"),
        ("gradings set max_points = x'00ff'", r"max_points is \"b'\\\\x00\\\\xff'\""),
        ("gradings set result = 'text'", "result is 'text'"),
        ("attempts set rank = 'last'", "rank is 'last'"),
        ("attempts set name = x'4e616d65'", "name is \"b'Name'\""),
    ],
)
def test_a_value_of_another_type_is_named_with_its_student(kept: Gradebook, change: str, told: str) -> None:
    damage(kept, change)
    with kept as book:
        with pytest.raises(ValueError, match=rf"^{told}$"):
            sound(rows(book)[0])
        with pytest.raises(GradebookError) as caught:
            list(records(book))
    assert str(caught.value).startswith("The stored results of student-01 are damaged (")


def test_a_long_value_is_cut(kept: Gradebook) -> None:
    damage(kept, f"gradings set points = '{'x' * 1000}'")
    with kept as book, pytest.raises(ValueError, match=f"^points is '{'x' * 40}'$"):
        sound(rows(book)[0])
