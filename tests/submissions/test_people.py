"""One matcher tells who is who: whoever has no certain match is nobody's, and nobody is swapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.people import (
    Clues,
    Meant,
    Named,
    id_keys,
    match,
    meant,
    name_keys,
    suggested,
)


def who(name: str = "", *ids: str, joined: bool = False, **numbers: str) -> Clues:
    return Clues(
        frozenset(numbers.items()),
        ids=id_keys(*ids),
        names=name_keys(name, joined=joined) if name else frozenset(),
    )


def pairs(asked: list[Clues], known: list[Clues]) -> dict[int, int]:
    return match(asked, known).pairs


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Family, Given", "Given Family"),
        ("  given   FAMILY ", "Given Family"),
        ("Given_Family", "Given Family"),
        ("F'Amily, Gi-Ven", "GiVen FAmily"),
        ("Fämily, Given", "Given Fa\u0308mily"),
        ("姓, 名字", "名字 姓"),
        ("van der Family, Given", "Given van der Family"),
        ("🙂", "🙂"),
    ],
)
def test_a_full_name_is_one_name_however_a_table_writes_it(name: str, same: str) -> None:
    assert pairs([who(name)], [who("Somebody Else"), who(same)]) == {0: 1}


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        pytest.param(
            [who("familygiven", joined=True)], [who("Given Family")], {0: 0}, id="Canvas joins last and first"
        ),
        pytest.param(
            [who("familygiven", joined=True)],
            [who("Given Family"), who("Family Given")],
            {},
            id="joined names have no order",
        ),
        pytest.param(
            [who("Family Given")],
            [who("Given Family"), who("Family Given")],
            {0: 1},
            id="full names have one",
        ),
        pytest.param(
            [who("Family, Given")], [who("Given Family"), who("Family Given")], {0: 0}, id="a comma tells it"
        ),
        pytest.param([who("Given"), who("Given")], [who("Given")], {}, id="two rows of one name"),
        pytest.param([who("Given")], [who("Given"), who("Given")], {}, id="two people of one name"),
        pytest.param(
            [who("Given", "7"), who("Given")], [who("Given", "7")], {0: 0}, id="an id is stronger than a name"
        ),
        pytest.param(
            [who("Other", "8"), who("Given", "9")],
            [who("Other", "8"), who("Given", "7")],
            {0: 0},
            id="where ids agree, another id is another person",
        ),
        pytest.param(
            [who("Given", "m7")],
            [who("Given", "given@example.org")],
            {0: 0},
            id="ids of two kinds tell nothing",
        ),
        pytest.param(
            [who("Given", "GIVEN@example.org ")], [who("G. Family", "given@example.org")], {0: 0}, id="e-mail"
        ),
        pytest.param(
            [who("Given", moodle="1"), who("Other", moodle="2")],
            [who("Given", moodle="3"), who("Other", moodle="2")],
            {1: 1},
            id="where numbers agree, another number is a namesake",
        ),
        pytest.param(
            [who("Given", moodle="1")], [who("Given", moodle="3")], {0: 0}, id="numbers of another assignment"
        ),
        pytest.param(
            [who("Given", "7", moodle="1"), who("Given", "8", moodle="2")],
            [who("Given", moodle="2"), who("Given", "7", moodle="9")],
            {1: 0},
            id="a number is stronger than an id",
        ),
    ],
)
def test_the_strongest_clue_decides_and_an_unclear_one_matches_nobody(
    asked: list[Clues], known: list[Clues], expected: dict[int, int]
) -> None:
    assert pairs(asked, known) == expected


def test_a_folders_name_may_be_an_id_or_a_name_and_of_two_nobody_is_taken() -> None:
    folder = Clues(texts=id_keys("Given Family"), names=name_keys("Given Family"))
    assert pairs([folder], [who("Given Family", "7")]) == {0: 0}
    assert pairs([folder], [who("Given Family", "7"), who("Other", "given family")]) == {}


def test_an_id_that_is_anothers_number_in_canvas_by_chance_matches_nobody() -> None:
    canvas = Clues(
        frozenset({("canvas", "5004")}), texts=id_keys("5004"), names=name_keys("familygiven", joined=True)
    )
    assert pairs([canvas], [who("Other Person", "5004"), who("Given Family", "77")]) == {}
    assert pairs([canvas], [who("Givens Family", "5004"), who("Other Person", "77")]) == {0: 0}


PEOPLE = st.lists(
    st.builds(
        who,
        st.sampled_from(["", "Given Family", "Family, Given", "Family Given", "Other", "other"]),
        st.sampled_from(["", "1", "2", "3"]),
        moodle=st.sampled_from(["1", "2", "3"]),
    ),
    max_size=5,
)


@given(PEOPLE, PEOPLE, st.randoms())
def test_the_order_of_rows_changes_no_match(
    asked: list[Clues], known: list[Clues], random: st.DataObject
) -> None:
    found = pairs(asked, known)
    assert len(set(found.values())) == len(found)
    rows, people = list(range(len(asked))), list(range(len(known)))
    random.shuffle(rows)  # type: ignore[attr-defined]  # it is a random.Random
    random.shuffle(people)  # type: ignore[attr-defined]
    again = pairs([asked[at] for at in rows], [known[at] for at in people])
    assert {rows[at]: people[place] for at, place in again.items()} == found


@given(PEOPLE, PEOPLE)
def test_a_match_shares_a_clue_and_the_number_where_anybody_has_it(
    asked: list[Clues], known: list[Clues]
) -> None:
    for at, place in pairs(asked, known).items():
        shared = [bool(getattr(asked[at], k) & getattr(known[place], k)) for k in ("numbers", "ids", "names")]
        assert any(shared)
        if any(asked[at].numbers & one.numbers for one in known):
            assert shared[0]


def test_a_namesake_without_an_id_gets_no_row_by_being_left_over() -> None:
    # The second may be the first once more, from a download that no roster joined.
    class_ = [who("Given Family", "1"), who("Given Family")]
    assert pairs([who("Given Family", "1"), who("Given Family", "2")], class_) == {0: 0}


CLASS = [
    Named("Given Family_101", "Given Family", "m771", ("Given Family_205",)),
    Named("Givens Byname_102", "Givens Byname", "m772"),
    Named("student-1"),
    Named("student-10"),
    Named("personother_5004", "personother", "5004"),
]


@pytest.mark.parametrize(
    ("text", "students"),
    [
        ("Given Family_101", ["Given Family_101"]),
        ("Given Family_205", ["Given Family_101"]),
        ("M771", ["Given Family_101"]),
        ("5004", ["personother_5004"]),
        ("102", ["Givens Byname_102"]),
        ("Family, Given", ["Given Family_101"]),
        ("byname", ["Givens Byname_102"]),
        ("given", ["Given Family_101", "Givens Byname_102"]),
        ("given b", ["Givens Byname_102"]),
        ("student-1", ["student-1"]),
        ("STUDENT-1", ["student-1"]),
        ("student 1", ["student-1"]),
        ("stud", ["student-1", "student-10"]),
        ("Other Person", ["personother_5004"]),
        ("10", ["student-10"]),
    ],
)
def test_an_id_a_name_or_its_beginning_means_a_student(text: str, students: list[str]) -> None:
    assert meant(text, CLASS) == Meant(students)


@pytest.mark.parametrize(
    ("text", "students"),
    [
        ("Givens Bynam3", ["Givens Byname_102"]),
        ("Givem Family", ["Given Family_101"]),
        ("Nobody", []),
        ("", []),
        ("77", []),
    ],
)
def test_a_mistyped_name_is_a_suggestion(text: str, students: list[str]) -> None:
    assert meant(text, CLASS) == Meant(students, is_typed_right=False)


def test_many_suggestions_are_cut() -> None:
    assert suggested(["a"]) == "a"
    assert suggested([f"s{n}" for n in range(8)]) == "s0, s1, s2, s3, s4 or 3 more"
