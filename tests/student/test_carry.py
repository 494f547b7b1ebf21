"""A student who unpacks a renumbered course into the old folder keeps all work, and is told where it went."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import course, right, run, student

from grader.course.course import Course
from grader.student.carry import carry_over

OLD, NEW = "05_others", "02_others"
TOLD = f"The lesson {OLD} is {NEW} now; your work on again was moved."


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle whose second lesson has had another number before."""
    student(tmp_path)
    index = tmp_path / "exercises" / "index.json"
    index.write_text(index.read_text().replace("02_small", NEW))
    (tmp_path / "exercises" / "02_small").rename(tmp_path / "exercises" / NEW)
    (tmp_path / "exercises" / OLD).mkdir()
    return tmp_path


def file(bundle: Path, lesson: str, name: str = "again.py") -> Path:
    return bundle / "exercises" / lesson / name


def carried(bundle: Path) -> list[str]:
    return carry_over(Course(bundle))


def test_work_is_moved_over_a_stub_and_said_once(bundle: Path) -> None:
    file(bundle, OLD).write_bytes(right("again"))
    assert [carried(bundle), carried(bundle)] == [[TOLD], []]
    assert (file(bundle, NEW).read_bytes(), file(bundle, OLD).exists()) == (right("again"), False)


def test_work_is_moved_where_the_stub_is_missing(bundle: Path) -> None:
    file(bundle, OLD).write_bytes(right("again"))
    file(bundle, NEW).unlink()
    assert carried(bundle) == [TOLD]
    assert file(bundle, NEW).read_bytes() == right("again")


def test_a_file_that_python_cannot_read_is_work(bundle: Path) -> None:
    file(bundle, OLD).write_bytes(b"def again(Z:\n")
    assert carried(bundle) == [TOLD]


@pytest.mark.parametrize("text", [b"def again(Z):\n    raise NotImplementedError\n", b"other = 1\n", None])
def test_a_file_without_work_stays(bundle: Path, text: bytes | None) -> None:
    stub = file(bundle, NEW).read_bytes()
    if text:
        file(bundle, OLD).write_bytes(text)
    assert carried(bundle) == []
    assert (file(bundle, NEW).read_bytes(), file(bundle, OLD).exists()) == (stub, text is not None)


def test_newer_work_is_never_replaced(bundle: Path) -> None:
    file(bundle, OLD).write_bytes(right("again"))
    file(bundle, NEW).write_bytes(right("again") + b"# newer\n")
    assert carried(bundle) == []
    assert (file(bundle, OLD).read_bytes(), file(bundle, NEW).read_bytes()) == (
        right("again"),
        right("again") + b"# newer\n",
    )


def test_a_folder_that_cannot_be_changed_is_said(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file(bundle, OLD).write_bytes(right("again"))

    def refuses(path: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuses)
    told = f"Your work in {OLD} belongs to {NEW} now, but cannot be moved: Permission denied."
    assert carried(bundle) == [told]
    assert file(bundle, OLD).read_bytes() == right("again")


def test_an_authors_course_is_left_alone(tmp_path: Path) -> None:
    course(tmp_path)
    folder = tmp_path / "exercises" / "07_small"
    folder.mkdir()
    (folder / "again.py").write_bytes(right("again"))
    assert carry_over(Course(tmp_path)) == []
    assert (folder / "again.py").exists()


def test_a_check_finds_the_work_and_says_that_it_was_moved(bundle: Path) -> None:
    file(bundle, OLD).write_bytes(right("again"))
    done = run("check", "again", "--quiet", cwd=bundle)
    assert (done.code, done.err) == (0, TOLD + "\n")
    assert run("check", "again", "--quiet", cwd=bundle).err == ""
