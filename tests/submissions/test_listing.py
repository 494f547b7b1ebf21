"""What a class lists is told by the name it was given, and holds nothing until it is read."""

from __future__ import annotations

import pytest

from grader.submissions.listing import Entry, Top


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (Entry(("week", "relu.py")), "week/relu.py"),
        (Entry(("caf~2.py",), label="café.py"), "café.py"),
        (Entry((), refused="its name is absolute", label="/etc/evil.py"), "/etc/evil.py"),
    ],
)
def test_a_note_calls_an_entry_as_the_student_does(entry: Entry, name: str) -> None:
    assert str(entry) == name


def test_a_folder_has_no_content_of_its_own() -> None:
    assert Entry(("week",), is_folder=True).read(100) == b""


def test_entries_are_listed_when_they_are_asked_for_and_anew_each_time() -> None:
    asked = []

    def entries():  # type: ignore[no-untyped-def]  # yields entries
        asked.append("again")
        yield Entry(("relu.py",))

    top = Top("student-01", "student-01", entries, is_folder=True)
    assert asked == []
    assert [[str(entry) for entry in top.entries()] for _ in range(2)] == [["relu.py"]] * 2
    assert asked == ["again"] * 2
