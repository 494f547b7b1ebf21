"""What an answer may hold follows from what is expected, so that a whole exercise stays small in memory."""

from __future__ import annotations

import pytest

from grader.cases.answer_size import FLOOR, LEAST_TIMES, TIMES, TOGETHER, size_limits

MB = 2**20


@pytest.mark.parametrize("count", [1, 28, 64, 65, 3000, 10**5])
def test_all_answers_of_an_exercise_together_are_bounded_by_what_is_expected(count: int) -> None:
    for each in (0, 24, 10_000, MB, 64 * MB):
        found = size_limits([each] * count)
        assert sum(found) <= 2 * TOGETHER + LEAST_TIMES * each * count
        assert min(found) >= LEAST_TIMES * each
    assert size_limits([24] * 28) == [FLOOR] * 28
    assert size_limits([10**5, 24]) == [TIMES * 10**5, FLOOR]


def test_no_cases_ask_for_nothing_and_no_answer_is_refused_the_size_of_the_right_one() -> None:
    assert size_limits([]) == []
    assert size_limits([TOGETHER, 0]) == [LEAST_TIMES * TOGETHER, FLOOR]
