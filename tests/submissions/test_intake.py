"""Folders and single files become submissions; what is no student's work is left out and said so."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.handed import CODE, everything, plain, put, submissions

from grader.errors import UsageError
from grader.submissions import collect, read
from grader.submissions.gather import FILE_BYTES, FILES

LAYOUTS = "one subfolder, archive, notebook or .py a student"


def test_folders_and_files_become_one_submission_each(tmp_path: Path) -> None:
    put(tmp_path, "student-02/a/relu.py", "student-02/util.py", "student-01.py", ".DS_Store", "_key/relu.py")
    put(tmp_path, "marks.xlsx")
    (tmp_path / "student-03").mkdir()
    assert everything(tmp_path) == (
        (
            plain("student-01", {"student-01.py": CODE}),
            plain("student-02", {"a/relu.py": CODE, "util.py": CODE}),
            plain("student-03", {}, "No Python file and no notebook was handed in."),
        ),
        (
            f"_key was left out: it is not {LAYOUTS}.",
            f"marks.xlsx was left out: it is not {LAYOUTS}.",
        ),
    )


def test_what_tools_made_is_left_out(tmp_path: Path) -> None:
    names = ("relu.py", "relu.pyc", "__pycache__/x.py", ".git/hooks/x.py", "__MACOSX/relu.py", "conftest.py")
    put(tmp_path / "student-01", *names, "tests/conftest.py", ".ipynb_checkpoints/relu.py", "readme.txt")
    assert submissions(tmp_path) == (
        plain(
            "student-01",
            {"relu.py": CODE},
            "__pycache__ was left out: it is not written by hand.",
            "conftest.py was left out: graders never run a submission's test set-up.",
            "*.pyc was left out: it is not written by hand.",
        ),
    )


def test_a_file_named_like_a_library_is_kept_with_a_warning(tmp_path: Path) -> None:
    put(tmp_path, "numpy.py", "random.py")
    assert read(tmp_path, student="me") == plain(
        "me",
        {"numpy.py": CODE, "random.py": CODE},
        "numpy.py hides NumPy from code that runs beside it; here NumPy itself is imported. Rename the file.",
        "random.py is named like a library: `import random` may find it instead. Rename the file.",
    )


def test_a_sparse_file_of_one_gigabyte_is_not_read(tmp_path: Path) -> None:
    with (put(tmp_path, "ok.py") / "relu.py").open("wb") as stream:
        stream.truncate(1024**3)
    sentence = "relu.py was left out: it is larger than 1024 KB."
    assert read(tmp_path, student="me") == plain(
        "me", {"ok.py": CODE}, sentence, unreadable={"relu.py": sentence}
    )


def test_ten_thousand_tiny_files_cost_no_more_than_the_budget(tmp_path: Path) -> None:
    put(tmp_path, "relu.py")
    (tmp_path / "many").mkdir()
    for number in range(10_000):
        (tmp_path / "many" / f"{number:05}.py").touch()
    found = read(tmp_path, student="me")
    kept = {f"many/{number:05}.py": b"" for number in range(FILES - 1)}
    sentence = "Some files were left out: the submission is over the limit of files or of bytes."
    assert found == plain("me", {"relu.py": CODE, **kept}, sentence)


def test_many_large_files_stay_within_the_bytes_of_a_submission(tmp_path: Path) -> None:
    put(tmp_path, *(f"{n:02}.py" for n in range(12)), data=b"#" * FILE_BYTES)
    found = read(tmp_path, student="me")
    assert list(found.files) == [f"{n:02}.py" for n in range(8)]
    assert found.notes == (
        "Some files were left out: the submission is over the limit of files or of bytes.",
    )


def test_students_that_one_file_system_takes_for_one_stay_two(tmp_path: Path) -> None:
    put(tmp_path, "Student-01/a.py", "student-01/b.py", "student-02/c.py", "student-02.py")
    put(tmp_path, "caf\u00e9/d.py", "cafe\u0301/e.py")
    found = submissions(tmp_path)
    assert [(s.student, list(s.files)) for s in found] == [
        ("Student-01", ["a.py"]),
        ("caf\u00e9", ["e.py"]),
        ("caf\u00e9~2", ["d.py"]),
        ("student-01~2", ["b.py"]),
        ("student-02", ["c.py"]),
        ("student-02.py", ["student-02.py"]),
    ]
    assert found[3].notes == (
        "Another student is called almost student-01: this one is listed as student-01~2.",
    )


def test_classroom_clones_are_called_by_the_login(tmp_path: Path) -> None:
    root = tmp_path / "hw1-submissions"
    put(
        root, "hw1-student-01/relu.py", "hw1-student-01/.git/config", "hw1-student-02/relu.py", "else/relu.py"
    )
    assert submissions(root) == (
        plain("else", {"relu.py": CODE}),
        plain(
            "student-01",
            {"relu.py": CODE},
            "The time of its last commit is not known: git says: fatal: not a git repository: '.git'.",
            system="github",
        ),
        plain("student-02", {"relu.py": CODE}, system="github"),
    )


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none", None, f"{{}} does not exist; expected a folder or an archive with {LAYOUTS}."),
        ("essay.docx", b"", f"{{}} is no folder and no zip or tar; expected {LAYOUTS}."),
        ("empty.zip", b"PK\5\6" + bytes(18), f"{{}} holds no submission; expected {LAYOUTS}."),
        (
            "broken.zip",
            b"PK",
            "{} cannot be read as an archive: it is damaged, cut short or no such archive.",
        ),
    ],
)
def test_nothing_to_grade_is_one_sentence(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError) as caught:
        collect(tmp_path / name)
    assert str(caught.value) == message.format(tmp_path / name)


def test_after_the_file_that_breaks_the_budget_nothing_more_is_kept(tmp_path: Path) -> None:
    put(tmp_path, *(f"{n:02}.py" for n in range(9)), data=b"#" * 1_000_000)
    put(tmp_path, "99.py")
    sentence = "08.py was left out: the submission is over the limit of bytes."
    over = "Some files were left out: the submission is over the limit of files or of bytes."
    kept = {f"{n:02}.py": b"#" * 1_000_000 for n in range(8)}
    assert read(tmp_path, student="me") == plain("me", kept, sentence, over, unreadable={"08.py": sentence})
