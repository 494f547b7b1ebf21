"""Folders and single files become submissions; what is no student's work is left out and said so."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from support.handed import everything, submissions

from grader.errors import UsageError
from grader.submissions import Submission, collect, folder, read
from grader.submissions.gather import FILE_BYTES, FILES
from grader.submissions.listing import RefusedError

CODE = b"def relu(z):\n    return z\n"
LAYOUTS = "one subfolder, archive, notebook or .py a student"


def put(root: Path, *names: str, data: bytes = CODE) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def plain(name: str, files: dict[str, bytes], *notes: str, **more: object) -> Submission:
    return Submission(name, files, notes, name=name, **more)  # type: ignore[arg-type]  # names of fields


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


def test_links_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside", "secret.py") / "secret.py"
    root = put(tmp_path / "class", "student-01/relu.py")
    (root / "student-01/link.py").symlink_to(secret)
    (root / "student-01/folder").symlink_to(secret.parent)
    (root / "student-02").symlink_to(secret.parent)
    (root / "student-03.py").symlink_to(secret)
    os.mkfifo(root / "student-01/pipe.py")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(root / "student-01/socket.py"))
        found = submissions(root)
    not_regular = "was left out: it is not a regular file."
    assert found == (
        plain(
            "student-01",
            {"relu.py": CODE},
            "folder was left out: it is a link.",
            "link.py was left out: it is a link.",
            f"pipe.py {not_regular}",
            f"socket.py {not_regular}",
            unreadable={
                "link.py": "link.py was left out: it is a link.",
                "pipe.py": f"pipe.py {not_regular}",
                "socket.py": f"socket.py {not_regular}",
            },
        ),
        plain(
            "student-02",
            {},
            "student-02 was left out: it is a link.",
            "No Python file and no notebook was handed in.",
        ),
        plain(
            "student-03",
            {},
            "student-03.py was left out: it is a link.",
            unreadable={"student-03.py": "student-03.py was left out: it is a link."},
        ),
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


def test_names_that_are_no_text_become_text(tmp_path: Path) -> None:
    (tmp_path / "student-01").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "student-01") + b"/caf\xe9\n.py")).write_bytes(CODE)
    assert submissions(tmp_path) == (plain("student-01", {r"caf\udce9\n.py": CODE}),)


def test_a_tree_too_deep_to_walk_is_cut(tmp_path: Path) -> None:
    put(tmp_path, "relu.py", "/".join(["d"] * 60) + "/deep.py")
    found = read(tmp_path, student="me")
    assert found == plain("me", {"relu.py": CODE}, f"{'/'.join(['d'] * 41)} was left out: it lies too deep.")


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


def test_one_file_is_a_class_of_one(tmp_path: Path) -> None:
    put(tmp_path, "student-01.py")
    assert everything(tmp_path / "student-01.py") == ((plain("student-01", {"student-01.py": CODE}),), ())


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


def test_a_digest_changes_with_names_contents_and_what_is_unreadable() -> None:
    every = [
        Submission("a", {}),
        Submission("a", {"x": b"1"}),
        Submission("a", {"x": b"2"}),
        Submission("a", {"y": b"1"}),
        Submission("a", {}, unreadable={"x": "1"}),
        Submission("a", {}, unreadable={"x": "2"}),
    ]
    assert len({one.digest for one in every}) == len(every)
    assert Submission("a", {"x": b"1"}).digest == Submission("b", {"x": b"1"}, ("note",), late=True).digest


def test_after_the_file_that_breaks_the_budget_nothing_more_is_kept(tmp_path: Path) -> None:
    put(tmp_path, *(f"{n:02}.py" for n in range(9)), data=b"#" * 1_000_000)
    put(tmp_path, "99.py")
    sentence = "08.py was left out: the submission is over the limit of bytes."
    over = "Some files were left out: the submission is over the limit of files or of bytes."
    kept = {f"{n:02}.py": b"#" * 1_000_000 for n in range(8)}
    assert read(tmp_path, student="me") == plain("me", kept, sentence, over, unreadable={"08.py": sentence})


def test_a_folder_of_too_many_files_is_looked_at_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MEMBERS", 2)
    put(tmp_path, "a.py", "b.py", "c.py", "d.py")
    expected = plain(
        "me", {"a.py": CODE, "b.py": CODE}, "… was left out: only the first 2 files were looked at."
    )
    assert read(tmp_path, student="me") == expected


def test_what_turned_into_another_thing_since_it_was_listed_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "link.py").symlink_to("/etc/passwd")
    reasons = []
    for name in ("pipe.py", "link.py", "gone.py", "null\0.py"):
        with pytest.raises(RefusedError) as caught:
            folder.content(tmp_path / name, 10)
        reasons.append(str(caught.value))
    assert reasons == [
        "it is not a regular file",
        "it cannot be opened (Too many levels of symbolic links)",
        "it cannot be opened (No such file or directory)",
        "it cannot be opened (no such name can be)",
    ]
