"""Names of students' files are readable, unique and valid on every system."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from grader.report.file_names import file_name

LETTERS = st.text("aAäÄa\u0308éÉßſsSıiIİKk\u212aσςΣ\u1100\u1161가 -%=")


def alike(name: str) -> str:
    """Return a file's name as systems compare them that know no case and compose letters."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", file_name(name)).casefold())


@given(st.text() | LETTERS, st.text() | LETTERS)
def test_two_names_have_two_files_that_every_system_can_hold(one: str, other: str) -> None:
    assert (file_name(one) == file_name(other)) == (one == other)
    assert len(file_name(one * 50).encode()) <= 201
    if one != other:
        assert alike(one) != alike(other)
    assert not set('/\\:*?"<>|\n\0') & set(file_name(one))


NAMES = st.text("aAbB .-_=~1é") | st.sampled_from(
    ["con", "Prn", "NUL ", "aux.x", "Com1", "lpt9 .x", "console"]
)


@given(st.lists(NAMES, unique=True, min_size=2))
def test_names_come_through_a_windows_share(names: list[str]) -> None:
    made = [file_name(name) for name in names]
    devices = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
    assert len({name.casefold() for name in made}) == len(names)
    assert not devices & {name.casefold().partition(".")[0].rstrip(" ") for name in made}
    assert not [name for name in made if name.endswith((".", " "))]


def test_usual_names_are_those_of_their_files() -> None:
    usual = ["student-01", "one_123", "One Family_1001", "First-Second Two", "Group A-Full Name_123"]
    assert [file_name(name) for name in usual] == usual
    assert [file_name(name) for name in ("One", "ONE", "ONE Family_1", "CON", "con.x", "a.")] == [
        *("One=1", "ONE=7", "ONE Family_1=6", "CON=7", "%63on.x", "a%2E"),
    ]


def test_letters_of_every_alphabet_stay() -> None:
    names = ["Émile Müller_12", "Иван Петров", "山田太郎", "Đặng Ánh", "हिन्दी", "é"]
    assert [file_name(name) for name in names] == names


def test_what_a_system_may_take_for_other_letters_is_written_in_codes() -> None:
    names = ["e\u0301", "ß", "ı", "\u212a", "ſ", "a\u034f", "\u3164", "a\ufe0f"]
    assert all(file_name(name).isascii() for name in names)
