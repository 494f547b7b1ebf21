"""Between listing and grading a class stays on disk: memory is flat, what changes is graded as it is then."""

from __future__ import annotations

import io
import json
import os
import random
import stat
import tarfile
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.handed import submissions
from support.small import RIGHT, small_course
from support.walls import BEST

from grader.classroom.grade_class import Options, grade_class
from grader.errors import UsageError
from grader.gradebook import Gradebook, records
from grader.submissions import Intake, Submission, collect, read

CODE = b"def relu(z):\n    return z\n"
CHANGED = "It changed while the class was graded: what was there when its turn came was graded."
EMPTY = "No Python file and no notebook was handed in."


def put(root: Path, name: str, data: bytes = CODE) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(data)


def zipped(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as one:
        for name, data in files.items():
            one.writestr(name, data)
    return whole.getvalue()


def tarred(files: dict[str, bytes], mode: str) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode=mode) as one:  # type: ignore[call-overload]  # mode is a str
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            one.addfile(info, io.BytesIO(data))
    return whole.getvalue()


@pytest.mark.parametrize("form", ["folder", "zip", "tar", "tar.gz"])
def test_no_more_than_one_submission_is_in_memory(tmp_path: Path, form: str) -> None:
    noise = random.Random(1)
    files = {
        f"student-{n:03}/hw.zip": zipped({"relu.py": CODE, "noise.py": noise.randbytes(100_000)})
        for n in range(100)
    }
    path = tmp_path / f"class.{form}"
    if form == "folder":
        for name, data in files.items():
            put(path, name, data)
    else:
        path.write_bytes(zipped(files) if form == "zip" else tarred(files, "w:gz" if "gz" in form else "w"))
    del files
    tracemalloc.start()
    try:
        found = collect(path)
        held = [tracemalloc.get_traced_memory()[0]]
        for one in found.read(found.infos):
            assert list(one.files) == ["noise.py", "relu.py"]
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert len(held) == 101
    assert max(held) < 1_000_000  # all of them are 10 MB


def test_what_changes_after_it_was_listed_is_read_as_it_is_then(tmp_path: Path) -> None:
    for name in ("student-01/relu.py", "student-02/relu.py", "student-03/relu.py"):
        put(tmp_path, name)
    found = collect(tmp_path)
    put(tmp_path, "student-01/relu.py", b"# other")
    (tmp_path / "student-02/relu.py").unlink()
    (tmp_path / "student-02").rmdir()
    assert list(found.read(found.infos)) == [
        Submission("student-01", {"relu.py": b"# other"}, (CHANGED,), name="student-01"),
        Submission("student-02", {}, (EMPTY, CHANGED), name="student-02"),
        Submission("student-03", {"relu.py": CODE}, name="student-03"),
    ]


def test_a_folder_that_comes_in_between_takes_nobodys_name(tmp_path: Path) -> None:
    put(tmp_path, "caf\u00e9/relu.py", b"# composed")
    found = collect(tmp_path)
    put(tmp_path, "cafe\u0301/relu.py", b"# decomposed, and first in the folder")
    assert [one.files for one in found.read(found.infos)] == [{"relu.py": b"# composed"}]


def test_a_file_of_two_that_one_student_handed_in_is_read_again_with_the_other(tmp_path: Path) -> None:
    files = {"one_LATE_1_11_a.py": b"# a", "two_2_12_a.py": b"# b", "one_LATE_1_13_b.py": b"# c"}
    (tmp_path / "class.zip").write_bytes(zipped(files))
    first, second = submissions(tmp_path / "class.zip")
    assert (first.files, first.late) == ({"a.py": b"# a", "b.py": b"# c"}, True)
    assert (second.files, second.late) == ({"a.py": b"# b"}, False)


def test_an_archive_that_is_gone_by_then_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    path.write_bytes(zipped({"student-01.py": CODE}))
    found = collect(path)
    path.unlink()
    with pytest.raises(UsageError) as caught:
        list(found.read(found.infos))
    assert str(caught.value) == f"{path} cannot be read: No such file or directory."


def test_the_gradebook_has_the_digest_of_what_was_graded(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    right, wrong = (RIGHT.format("twice", factor).encode() for factor in (2, 5))
    for student in ("student-01", "student-02"):
        put(tmp_path / "in", f"{student}/twice.py", wrong)
    grade_class(collect(tmp_path / "in"), course, tmp_path / "out", Options(jobs=1))
    # Of what is listed nothing is settled but one exercise: what is there by then is graded whole.
    thrice = RIGHT.format("thrice", 3).encode()
    put(tmp_path / "in", "student-01/thrice.py", thrice)
    listed = collect(tmp_path / "in")
    put(tmp_path / "in", "student-01/twice.py", right)
    outcome = grade_class(listed, course, tmp_path / "out", Options(jobs=1))
    with Gradebook(f"sqlite:///{tmp_path / 'out' / 'gradebook.db'}") as book:
        first, second = (record.result for record in records(book))
    now = Submission("student-01", {"twice.py": right, "thrice.py": thrice})
    assert (outcome.graded, outcome.level) == (1, BEST)
    assert (first.digest, first.points, first.notes) == (now.digest, 8, [CHANGED])
    assert (second.digest, second.notes) == (Submission("", {"twice.py": wrong}).digest, [])


@pytest.fixture
def closed() -> Iterator[Path]:
    """Return a folder in which permissions hold: for root they hold only as somebody else."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        mine = os.geteuid()
        yield root
        os.seteuid(mine)
        for path in [root, *root.iterdir(), *root.glob("*/*")]:
            path.chmod(stat.S_IRWXU)


def as_nobody(path: Path) -> Intake:
    if os.geteuid() == 0:
        os.seteuid(65534)
    return collect(path)


def test_what_may_not_be_read_is_told_and_stops_nobody(closed: Path) -> None:
    for name in ("student-01/relu.py", "student-02/relu.py", "student-02/sub/util.py", "student-03/relu.py"):
        put(closed, name)
    put(closed, "student-04.zip", zipped({"relu.py": CODE}))
    for name in ("student-01", "student-02/sub", "student-03/relu.py", "student-04.zip"):
        (closed / name).chmod(0)
    assert [(info.student, info.notes) for info in as_nobody(closed).infos] == [
        (
            "student-01",
            ("student-01 was left out: the folder cannot be read (Permission denied).", EMPTY),
        ),
        ("student-02", ("sub was left out: the folder cannot be read (Permission denied).",)),
        ("student-03", ("relu.py was left out: it cannot be opened (Permission denied).",)),
        ("student-04", ("student-04.zip: it cannot be opened (Permission denied).", EMPTY)),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_and_a_notebook_in_utf16_are_read(tmp_path: Path, encoding: str) -> None:
    code = "def relu(z):\n    return z  # größer\n"
    (tmp_path / "relu.py").write_bytes(code.encode(encoding))
    cell = {"cell_type": "code", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    (tmp_path / "hw.ipynb").write_bytes(json.dumps(book).encode(encoding))
    found = read(tmp_path)
    assert found.files["relu.py"] == code.encode()
    assert (code.encode() in found.files["hw.ipynb"], found.unreadable) == (True, {})
