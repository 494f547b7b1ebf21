"""What a student's archives may cost is counted down, and said when it is used up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.submissions.allowance import Allowance
from grader.submissions.listing import RefusedError


@pytest.mark.parametrize(
    ("left", "pay", "reason"),
    [
        ({"archives": 1}, lambda paid: paid.open_archive(), "only 10 archives of a student are opened"),
        (
            {"members": 1},
            lambda paid: paid.list_member(),
            "it lists more than 20000 files; the rest was not looked at",
        ),
        (
            {"expanded": 5},
            lambda paid: paid.expand(5),
            "it expands to too much; the rest of it was not looked at",
        ),
        (
            {"headers": 5},
            lambda paid: paid.head(5),
            "its headers take too much room; the rest of it was not looked at",
        ),
    ],
    ids=["archives", "members", "expanded", "headers"],
)
def test_the_last_that_is_left_can_be_spent_and_no_more(
    left: dict[str, int], pay: Callable[[Allowance], None], reason: str
) -> None:
    paid = Allowance(**left)
    pay(paid)
    with pytest.raises(RefusedError) as caught:
        pay(paid)
    assert str(caught.value) == reason


def test_every_student_has_an_allowance_of_their_own() -> None:
    first, second = Allowance(), Allowance()
    first.open_archive()
    assert (first.archives, second.archives) == (9, 10)
