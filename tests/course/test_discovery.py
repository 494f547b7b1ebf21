"""Nothing is met before what it builds on, whatever builds on what; a circle is told."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.discovery import sequence
from grader.errors import AuthorError

NAMES = "abcdefg"
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(f"{NAMES}z")), max_size=12)


def graph(pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    return {name: {before for one, before in pairs if one == name} for name in NAMES}


def without_circle(pairs: list[tuple[str, str]], order: list[str]) -> dict[str, set[str]]:
    """Return the graph in which each pair points back in `order`; z, which is no name, may stand anywhere."""
    place = {name: at for at, name in enumerate([*order, "z"])}
    return graph([(a, b) for a, b in pairs if b == "z" or place[b] < place[a]])


graphs = PAIRS.map(graph)
ranked = st.builds(without_circle, PAIRS, st.permutations(NAMES))


@given(ranked)
def test_each_name_stands_once_behind_all_it_builds_on(after: dict[str, set[str]]) -> None:
    found = sequence(after)
    assert sorted(found) == list(NAMES)
    assert all(found.index(before) < at for at, name in enumerate(found) for before in after[name] - {"z"})


@given(ranked)
def test_an_order_that_fits_is_kept(after: dict[str, set[str]]) -> None:
    found = sequence(after)
    assert sequence({name: after[name] for name in found}) == found


@given(graphs)
def test_a_circle_that_is_told_is_one(after: dict[str, set[str]]) -> None:
    try:
        sequence(after)
    except AuthorError as error:
        intro, _, names = str(error).partition(": ")
        path = names.split(" after ")
        assert intro == "exercises build on each other in a circle"
        assert path[0] == path[-1]
        assert len(set(path)) == len(path) - 1
        assert all(before in after[name] for name, before in pairwise(path))


def test_nothing_is_no_circle() -> None:
    assert sequence({}) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_waits_for_itself_is_a_circle(name: str) -> None:
    with pytest.raises(AuthorError, match=f": {name} after {name}$"):
        sequence({n: {n} if n == name else set() for n in NAMES})
