"""Where in a folder or archive a class begins."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.archives import info, tarred, zipped
from support.handed import CODE, everything, plain, put, submissions

from grader.errors import UsageError
from grader.submissions import Submission, collect
from grader.submissions.layout import Layout, opened


def test_one_file_is_a_class_of_one(tmp_path: Path) -> None:
    put(tmp_path, "student-01.py")
    assert everything(tmp_path / "student-01.py") == ((plain("student-01", {"student-01.py": CODE}),), ())


@pytest.mark.parametrize("suffix", ["zip", "tar.gz"])
@pytest.mark.parametrize("top", ["", "class/"])
def test_a_whole_class_in_one_archive_equals_the_folder(tmp_path: Path, suffix: str, top: str) -> None:
    inner = zipped([("hw/relu.py", CODE)])
    members = [
        (f"{top}student-01/a/relu.py", CODE),
        (f"{top}student-01/../../evil.py", CODE),
        (f"{top}student-02.zip", inner),
        (f"{top}student-03.py", CODE),
        (f"{top}student-04/essay.txt", b""),
        ("__MACOSX/student-05/relu.py", CODE),
    ]
    data = zipped(members) if suffix == "zip" else tarred((info(name), data) for name, data in members)
    (tmp_path / f"class.{suffix}").write_bytes(data)
    evil = "evil.py was left out: its name leads out of its folder."
    assert submissions(tmp_path / f"class.{suffix}") == (
        Submission("student-01", {"a/relu.py": CODE}, (evil,), {"evil.py": evil}, name="student-01"),
        Submission("student-02", {"relu.py": CODE}, name="student-02"),
        Submission("student-03", {"student-03.py": CODE}, name="student-03"),
        Submission(
            "student-04",
            {},
            ("No Python file and no notebook was handed in, only essay.txt.",),
            name="student-04",
        ),
    )


@contextmanager
def class_of(tmp_path: Path, *names: str) -> Iterator[Layout]:
    """Open a folder `class` that holds such files."""
    with opened(put(tmp_path / "class", *names)) as layout:
        yield layout


def test_a_single_subfolder_is_a_student(tmp_path: Path) -> None:
    with class_of(tmp_path, "student-01/relu.py") as layout:
        assert (layout.folder, [top.name for top in layout.tops]) == ("class", ["student-01"])


def test_a_single_subfolder_of_moodles_folders_is_the_download(tmp_path: Path) -> None:
    names = [f"hw1/Student One_10{n}_assignsubmission_file_/relu.py" for n in range(2)]
    with class_of(tmp_path, *names) as layout:
        assert (layout.folder, [top.name for top in layout.tops]) == ("hw1", [n.split("/")[1] for n in names])


def test_members_that_belong_at_no_top_are_strays(tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(
        zipped([("../x.py", CODE), ("student-01/relu.py", CODE), ("student-02.py", CODE)])
    )
    with opened(tmp_path / "class.zip") as layout:
        assert [top.name for top in layout.tops] == ["student-02.py", "student-01"]
        assert [(str(stray), stray.refused) for stray in layout.strays] == [
            ("../x.py", "its name leads out of its folder")
        ]


CLONES = [f"hw1-student-0{n}/{name}" for n in range(1, 7) for name in ("relu.py", ".git/HEAD")]


@pytest.mark.parametrize("mark", [".git", ".classroom50.yaml"])
@pytest.mark.parametrize("holder", ["hw1-submissions", "hw1-11-30-2026-10-15"])
def test_a_folder_of_six_clones_is_a_class_and_not_a_student(tmp_path: Path, holder: str, mark: str) -> None:
    names = [
        f"{holder}/{name}".replace(".git/HEAD", f"{mark}/x" if mark == ".git" else mark) for name in CLONES
    ]
    with class_of(tmp_path, *names) as layout:
        assert (layout.folder, len(layout.tops)) == (holder, 6)
    found = submissions(tmp_path / "class")
    logins = [f"student-0{n}" for n in range(1, 7)]
    is_known = holder.endswith("-submissions")
    assert [one.student for one in found] == [name if is_known else f"hw1-{name}" for name in logins]


def test_a_folder_of_six_clones_in_an_archives_folder_is_a_class(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for name in CLONES:
            archive.writestr(f"downloads/hw1-submissions/{name}", "x = 1\n")
    assert [one.student for one in submissions(tmp_path / "class.zip")] == [
        f"student-0{n}" for n in range(1, 7)
    ]


def test_a_class_among_students_is_named(tmp_path: Path) -> None:
    root = put(tmp_path / "class", "student-01/relu.py", *(f"hw1-submissions/{name}" for name in CLONES))
    with pytest.raises(UsageError) as caught:
        collect(root)
    assert str(caught.value) == (
        f"{root / 'hw1-submissions'} holds 6 clones of a classroom: it is a class, not a student; "
        "grade it alone, or move it away."
    )


@pytest.mark.parametrize(
    "names",
    [
        ["student-01/.git/HEAD", "student-01/relu.py"],
        ["student-01/hw1-mine/.git/HEAD", "student-01/hw1-mine/relu.py"],
        ["student-01/mine/.git/HEAD", "student-01/theirs/.git/HEAD", "student-01/relu.py"],
    ],
)
def test_a_students_own_repositories_are_no_class(tmp_path: Path, names: list[str]) -> None:
    with class_of(tmp_path, *names, "student-02.py") as layout:
        assert [top.name for top in layout.tops] == ["student-01", "student-02.py"]
