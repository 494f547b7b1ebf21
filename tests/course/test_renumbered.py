"""A lesson is known again by its name where only its number has changed, and only if that is certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.renumbered import renumbered

LESSONS = ("01_arrays", "03_activations", "04_more_arrays", "05_trees", "06_trees", "plain")
NAMES = st.from_regex(r"[0-9]{0,2}_?[a-c]{0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("02_activations", "03_activations"),
        ("2_activations", "03_activations"),
        ("01_arrays", None),
        ("02_act", None),
        ("02_Activations", None),
        ("09_trees", None),
        ("plain", None),
        ("02_plain", None),
        ("02_", None),
        ("02", None),
        ("", None),
    ],
)
def test_a_lesson_is_known_again_by_its_name(name: str, now: str | None) -> None:
    assert renumbered([name], LESSONS) == ({name: now} if now else {})


@given(st.lists(NAMES), st.sets(NAMES))
def test_what_is_there_is_kept_and_what_is_found_is_there(names: list[str], lessons: set[str]) -> None:
    found = renumbered(names, lessons)
    assert set(found) <= set(names) - lessons
    assert set(found.values()) <= lessons
    assert all(old.partition("_")[2] == new.partition("_")[2] != "" for old, new in found.items())
