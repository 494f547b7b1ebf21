"""What each level is made of: a stronger one has all walls of a weaker one."""

from __future__ import annotations

from dataclasses import asdict
from itertools import pairwise

from grader.sandbox.layers import LEVELS, STRONG, WHAT


def test_every_level_is_described() -> None:
    assert list(WHAT) == list(LEVELS)


def walls(level: str) -> set[str]:
    return {name for name, has in asdict(LEVELS[level]).items() if has}


def test_each_level_has_all_walls_of_the_next_and_more() -> None:
    every = [walls(level) for level in LEVELS]
    assert all(stronger > weaker for stronger, weaker in pairwise(every))


def test_what_may_be_chosen_unasked_keeps_files_calls_and_rights_away() -> None:
    assert [level for level in LEVELS if walls(level) >= {"landlock", "seccomp", "capabilities"}] == list(
        STRONG
    )
