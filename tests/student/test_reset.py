"""A stub comes back as it was handed out, and nothing of what stood there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.small import small_course

from grader.course.index import Entry
from grader.student.reset import is_untouched, place, restore

STUB = "def relu(z):\n    raise NotImplementedError\n"
ENTRY = Entry("relu", "01_small", "Relu", 3, stub=STUB)


def test_every_version_is_kept_and_none_is_read_as_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "relu.py"
    for text in ("1", "2", "3"):
        path.write_text(text)
        restore(path, ENTRY)
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {
        "relu.py": STUB,
        "relu.py.bak": "1",
        "relu.py.bak2": "2",
        "relu.py.bak3": "3",
    }


def test_a_stub_that_was_deleted_with_its_folder_comes_back(tmp_path: Path) -> None:
    course = small_course(tmp_path)
    path = place(course, ENTRY)
    assert path == tmp_path / "exercises" / "01_small" / "relu.py"
    assert restore(path, ENTRY) is None
    assert path.read_bytes() == STUB.encode()


@pytest.mark.parametrize(
    ("text", "untouched"),
    [(STUB, True), (STUB.replace("\n", "\r\n"), True), (STUB + "# mine\n", False), (None, False)],
    ids=["as it was", "line ends of Windows", "written in", "deleted"],
)
def test_only_what_a_student_wrote_is_a_change(tmp_path: Path, text: str | None, untouched: bool) -> None:
    if text is not None:
        (tmp_path / "relu.py").write_text(text, newline="")
    assert is_untouched(tmp_path / "relu.py", ENTRY) is untouched
