"""Names of files and students lead nowhere, act nowhere, and stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.file_names import Naming, hides, inside, kind, same, stem, student, tool

NAMES = st.text(st.characters(codec=None), min_size=1, max_size=40)


@given(NAMES | st.lists(st.sampled_from(["..", ".", "a", "C:", "\\", "/", "\0"])).map("/".join))
def test_no_name_leads_anywhere(name: str) -> None:
    parts, refused = inside(name, Naming())
    assert not {"..", ".", ""} & set(parts)
    assert not any(char in part for part in parts for char in "/\0\n\x1b\u202e")
    assert refused or parts or not name.replace("\\", "/").strip("/.")
    "/".join(parts).encode()


@given(st.lists(NAMES, unique=True))
def test_names_that_differ_stay_different(names: list[str]) -> None:
    naming = Naming()
    assert len({naming([name]) for name in names}) == len(names)


@given(NAMES)
def test_a_students_name_is_one_printable_line(name: str) -> None:
    shown = student(name)
    assert shown == student(shown)
    assert (len(shown.splitlines()), shown.encode().decode()) == (1, shown)
    assert same(shown) == same(same(shown))


def test_a_file_is_what_its_suffix_says_however_it_is_written() -> None:
    names = (
        "RELU.PY",
        "hw.ipynb",
        "hw.tar.gz",
        "hw.tgz",
        "hw.ZIP",
        "hw.7z",
        "relu.py.gz",
        "hw.tar.xz",
        "essay.docx",
    )
    assert [kind(name) for name in names] == [
        *("source", "notebook", "archive", "archive", "archive", "foreign", "foreign", "foreign", "other"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("hw.tar.gz", "hw"), ("Hw.TAR.XZ", "Hw"), ("hw.v2.zip", "hw.v2"), ("hw", "hw"), (".zip", ".zip")],
)
def test_a_student_is_called_by_the_name_of_the_archive_without_its_suffix(name: str, expected: str) -> None:
    assert stem(name) == expected


def test_only_a_python_file_hides_a_library() -> None:
    assert [hides(name) for name in ("numpy.py", "random.py", "numpy", "numpy.txt", "relu.py")] == [
        *("numpy", "random", "", "", ""),
    ]


def test_what_tools_made_is_named_wherever_it_lies() -> None:
    paths = [
        ("hw", "__pycache__", "x.py"),
        ("venv", "bin", "a.py"),
        ("hw", "relu.pyc"),
        ("hw", "relu.py"),
        (),
    ]
    assert [tool(path) for path in paths] == ["__pycache__", "venv", "*.pyc", "", ""]
