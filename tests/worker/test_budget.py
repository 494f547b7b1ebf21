"""What a value is made of is counted up to the limits, and the excess named."""

from collections.abc import Callable

import pytest

from grader.worker.budget import DEPTH, NODE_BYTES, NODES, Budget, TooLargeError, size


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (24, "24 bytes"),
        (1024, "1 KB"),
        (1536, "1.5 KB"),
        (2**26, "64 MB"),
        (2**40, "1,048,576 MB"),
    ],
)
def test_sizes_are_told_in_words(count: int, words: str) -> None:
    assert size(count) == words


def excess(act: Callable[[], None]) -> str:
    """Return in what a value is too large."""
    with pytest.raises(TooLargeError) as caught:
        act()
    return str(caught.value)


def test_bytes_are_spent_to_the_last_and_no_further() -> None:
    budget = Budget(NODE_BYTES + 10)
    budget.enter(1)
    budget.spend(10)
    assert excess(lambda: budget.spend(1)) == "with more than 74 bytes"


def test_a_value_without_content_counts_too() -> None:
    assert excess(lambda: Budget(NODE_BYTES - 1).enter(1)) == "with more than 63 bytes"


def test_levels_and_parts_have_limits_whatever_room_there_is() -> None:
    budget = Budget(2**40)
    budget.enter(DEPTH)
    assert excess(lambda: budget.enter(DEPTH + 1)) == "nested more than 12 levels deep"
    for _ in range(NODES - 2):
        budget.enter(1)
    assert excess(lambda: budget.enter(1)) == "with more than 10,000 parts"
