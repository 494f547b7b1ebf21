"""Students of one roster id are one person; their attempts are counted on, and nobody is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import samples
from support.attempts import hand_in, points

from grader.course.policy import policy
from grader.gradebook import Gradebook, records, students
from grader.results import Result
from grader.submissions import Submission


def people(book: Gradebook) -> list[tuple[str, str, str, list[str]]]:
    return [(one.student, one.name, one.ident, one.students) for one in students(book)]


def listed(name: str, number: int, id: str, *, system: str = "moodle") -> dict[str, object]:
    return {"name": name, "id": id, "is_called": True, "system": system}


def test_one_id_in_several_systems_is_one_person_and_a_systems_own_number_joins_nobody(
    book: Gradebook,
) -> None:
    hand_in(book, "Given_101", "a", 1, 1, **listed("Given", 101, "m1"))
    hand_in(book, "familygiven_5004", "b", 2, 2, **listed("familygiven", 5004, "m1", system="canvas"))
    hand_in(book, "givenfamily", "c", 3, 3, **listed("givenfamily", 0, "m1", system="github"))
    hand_in(book, "Other_102", "d", 4, 4, name="Other", id="102", system="moodle")
    hand_in(book, "personother_5005", "e", 5, 5, name="personother", id="5005", system="canvas")
    hand_in(book, "other", "f", 6, 6, **listed("other", 0, "5005", system="github"))
    hand_in(book, "plain", "g", 7, 7)
    assert people(book) == [
        ("Given_101", "givenfamily", "m1", ["Given_101", "familygiven_5004", "givenfamily"]),
        ("other", "other", "5005", ["other"]),
        ("Other_102", "Other", "", ["Other_102"]),
        ("personother_5005", "personother", "5005", ["personother_5005"]),
        ("plain", "", "", ["plain"]),
    ]
    assert [r.student for r in records(book)] == [student for student, *_ in people(book)]
    assert [r.student for r in records(book, students=["givenfamily", "nobody", "Given_101"])] == [
        "Given_101"
    ]


def test_the_attempt_of_the_later_download_is_the_last_one(book: Gradebook) -> None:
    hand_in(book, "Given_101", "first", 10, 2, **listed("Given", 101, "m1"))
    hand_in(book, "Given_205", "second", 3, 4, **listed("Given", 205, "m1"))
    hand_in(book, "Given_101", "third", 5, 6, **listed("Given", 101, "m1"))
    hand_in(book, "Given_205", "second", 3, 4, **listed("Given", 205, "m1"))
    (record,) = records(book)
    assert points(book, "Given_205") == {"relu": 6, "tanh": 5}
    assert record.result.exercises[0].remarks == ["Attempt 3 of 3 counts."]
    book.set_policy(policy({"attempts": "best"}))
    assert points(book, "Given_101") == {"relu": 6, "tanh": 10}


def test_a_decision_under_one_name_holds_for_the_person_and_is_taken_back_whole(book: Gradebook) -> None:
    hand_in(book, "Given_101", "first", 10, 2, **listed("Given", 101, ""))
    hand_in(book, "Given_205", "second", 3, 4, **listed("Given", 205, ""))
    book.adjust("Given_205", "relu", 9, reason="Second.")
    book.adjust("Given_101", "tanh", 8, reason="First.")
    for name, source, tanh, relu in (("Given_101", "first", 10, 2), ("Given_205", "second", 3, 4)):
        hand_in(book, name, source, tanh, relu, **listed("Given", 0, "m1"))
    assert points(book, "Given_101") == {"relu": 9, "tanh": 8}
    book.adjust("Given_101", "relu", None, reason="No.")
    assert points(book, "Given_101") == {"relu": 4, "tanh": 8}
    assert [e.subject for e in book.history(student="Given_101", event="adjusted")] == [
        "relu",
        "tanh",
        "relu",
    ]


def in_lesson(book: Gradebook, student: str, lesson: str) -> None:
    name, _, number = student.partition("_")
    one = Submission(student, {"a.py": student.encode()}, name=name, id=number, system="moodle")
    checked = samples.exercise(lesson, lesson, [samples.check("right", "Right", "passed")], lesson=lesson)
    result: Result = samples.result(student, [checked])
    book.record(one.info, result, {lesson: "a"})


@pytest.mark.parametrize(
    ("handed_in", "doubtful"),
    [
        ({"Given_1": "01", "Given_2": "02"}, [["Given_1", "Given_2"]]),
        ({"Given_1": "01", "given_2": "02", "Other_3": "01"}, [["Given_1", "given_2"]]),
        ({"Given_1": "01", "Given_2": "01"}, []),
        ({"Given_1": "01", "Given_2": "01", "Given_3": "02"}, [["Given_1", "Given_2", "Given_3"]]),
        ({"Given_1": "01", "Other_2": "02"}, []),
    ],
)
def test_equal_names_are_doubtful_if_no_lesson_tells_two_people(
    book: Gradebook, handed_in: dict[str, str], doubtful: list[list[str]]
) -> None:
    for student, lesson in handed_in.items():
        in_lesson(book, student, lesson)
    assert book.doubtful() == doubtful


ATTEMPTS = st.lists(
    st.tuples(st.sampled_from(["Given_101", "Given_205", "Given_300"]), st.integers(0, 9)),
    min_size=1,
    max_size=8,
)


@given(ATTEMPTS)
def test_a_person_of_several_names_keeps_every_attempt(handed: list[tuple[str, int]]) -> None:
    with Gradebook("sqlite://") as book:
        for name, number in handed:
            hand_in(book, name, f"{name} {number}", number, number, **listed("Given", 0, "m1"))
        (record,) = records(book)
    assert record.student == handed[0][0]
    assert {mark.attempts for mark in record.marks.values()} == {len(set(handed))}
