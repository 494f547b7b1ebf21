"""A class list gives an id to whom it knows for certain; nobody is swapped or guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.submissions import Roll, SubmissionInfo, call_roll, read_roster
from grader.submissions.roster import Row

ROSTER = """\ufeffName,ID,Login,Section
Student One,1001,one,A
"Student, Two",1002,two,A
Same Name,1003,three,B
Same Name,1004,four,B

Student Five,=1005,five,B
"""


def rows(tmp_path: Path, text: str = ROSTER) -> tuple[Row, ...]:
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    return read_roster(tmp_path / "roster.csv")


def named(student: str, *, name: str = "", id: str = "", system: str = "") -> SubmissionInfo:
    return SubmissionInfo(student, "", name=name or student, id=id, system=system)


def test_a_roster_tells_ids_and_lists_whom_it_cannot_tell(tmp_path: Path) -> None:
    infos = [
        named("student one"),
        named("1002"),
        named("Same Name"),
        named("A"),
        named("five"),
        named("Student Five"),
    ]
    found = call_roll(infos, rows(tmp_path))
    assert [(s.student, s.id) for s in found.infos] == [
        ("student one", "1001"),
        ("1002", "1002"),
        ("Same Name", ""),
        ("A", ""),
        ("five", ""),
        ("Student Five", ""),
    ]
    assert (found.unknown, found.duplicate, found.missing) == (
        ("Same Name", "A"),
        ("five", "Student Five"),
        (),
    )
    assert call_roll(infos[:1], rows(tmp_path)).missing == (
        "Student, Two (1002)",
        "Same Name (1003)",
        "Same Name (1004)",
        "Student Five (=1005)",
    )


def test_the_numbers_of_one_system_are_no_ids_of_another(tmp_path: Path) -> None:
    people = rows(tmp_path, "name;id;moodle\nOne;7;1\nTwo;8;2\nSame;9;\nSame;10;\n")
    infos = (
        named("One_8", name="One", id="8", system="moodle"),
        named("Else_7", name="Else", id="7", system="moodle"),
        named("Zwei_2", name="Zwei", id="2", system="moodle"),
        named("Same_10", name="Same", id="10", system="moodle"),
        named("same_9", name="same", id="9", system="canvas"),
    )
    assert call_roll(infos, people) == Roll(
        tuple(
            SubmissionInfo(s.student, "", name=s.name, id=id, is_called=True, system=s.system)
            for s, id in zip(infos, ("", "", "8", "10", "9"), strict=True)
        ),
        unknown=("One_8", "Else_7"),
        duplicate=(),
        missing=("One (7)",),
    )


def test_the_systems_own_column_tells_equal_names_apart(tmp_path: Path) -> None:
    people = rows(tmp_path, "name,id,moodle\nSame,771,1001\nSame,772,1002\n")
    infos = [named(f"Same_{n}", name="Same", id=n, system="moodle") for n in ("1001", "1002", "1003")]
    found = call_roll(infos, people)
    assert [s.id for s in found.infos] == ["771", "772", ""]
    assert (found.unknown, found.duplicate, found.missing) == (("Same_1003",), (), ())


def test_numbers_of_another_assignment_leave_names_to_tell(tmp_path: Path) -> None:
    people = rows(tmp_path, "name,id,moodle\nSame,771,1001\nOther,772,1002\n")
    infos = [named("Same_8", name="Same", id="8", system="moodle")]
    assert [s.id for s in call_roll(infos, people).infos] == ["771"]


@pytest.mark.parametrize(
    ("system", "text", "ids"),
    [
        ("moodle", "name,id,moodle\nSame,1002,1001\nSame,1001,1002\n", ["1002", "1001"]),
        ("moodle", "name,id,moodle\nSame,1002,1001\nSame,5,\n", ["1002", "5"]),
        ("moodle", "name,id,moodle\nSame,5,1001\nSame,6,1001\n", ["", ""]),
        ("canvas", "name,id,canvas\nSame,1002,1001\nSame,1001,1002\n", ["1002", "1001"]),
        ("canvas", "name,id,canvas\nOther,1002,\nSame,5,1001\n", ["5", ""]),
    ],
)
def test_an_id_that_is_anothers_number_gives_nobody_the_others_row(
    tmp_path: Path, system: str, text: str, ids: list[str]
) -> None:
    infos = [named(f"Same_{n}", name="Same", id=n, system=system) for n in ("1001", "1002")]
    assert [s.id for s in call_roll(infos, rows(tmp_path, text)).infos] == ids


def test_a_login_tells_whose_a_classroom_clone_is(tmp_path: Path) -> None:
    found = call_roll([named("two", system="github")], rows(tmp_path))
    assert (found.infos[0].id, found.unknown) == ("1002", ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "{} has no columns called name and id; expected a first line such as name,id."),
        ("name\nOne\n", "{} has no columns called name and id; expected a first line such as name,id."),
        ("name,id\nOne,1\nTwo,1\n", "{} gives the id 1 twice."),
        ("name,id\nOne\n", "{} gives no id to One."),
        (
            "name,id,submitted\nOne,1,\n\nTwo,2,yesterday\n",
            "{}, row 4: submitted is 'yesterday'; expected a time such as 2026-03-01T23:59+01:00.",
        ),
        (
            "name,id,submitted\nOne,1,2026-03-01T23:59\n",
            "{}, row 2: submitted is '2026-03-01T23:59', without a time zone; "
            "expected such as 2026-03-01T23:59+01:00.",
        ),
    ],
)
def test_a_roster_that_cannot_be_used_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, text)
    assert str(caught.value) == message.format(tmp_path / "roster.csv")


def test_a_roster_tells_when_its_students_handed_in(tmp_path: Path) -> None:
    text = "name,id,Submitted\nOne,1,2026-03-01T23:59+01:00\nTwo,2,\nSame,3,2026-03-01T12:00Z\nSame,4,\n"
    infos = [replace(named(name), submitted="2026-01-01T00:00:00+00:00") for name in ("One", "Two", "Same")]
    found = call_roll(infos, rows(tmp_path, text)).infos
    assert [(s.id, s.submitted) for s in found] == [
        ("1", "2026-03-01T23:59:00+01:00"),
        ("2", "2026-01-01T00:00:00+00:00"),
        ("", "2026-01-01T00:00:00+00:00"),
    ]


def test_a_roster_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b"name,id\n\xff,1\n")
    with pytest.raises(UsageError, match="is not a CSV in UTF-8"):
        read_roster(tmp_path / "roster.csv")
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")


@given(st.permutations(range(5)), st.lists(st.integers(0, 4), unique=True))
def test_every_student_is_told_or_listed(order: list[int], handed_in: list[int]) -> None:
    people = [Row(f"Student {n}", f"{n}", {"name": f"Student {n}", "id": f"{n}"}) for n in order]
    found = call_roll([named(f"Student {n}") for n in handed_in], people)
    assert [s.id for s in found.infos] == [str(n) for n in handed_in]
    assert (found.unknown, found.duplicate) == ((), ())
    assert found.missing == tuple(f"Student {n} ({n})" for n in order if n not in handed_in)
