"""Feedback zips: each report has the name by which Moodle or Canvas finds its student."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from support import samples
from support.classbook import class_of, export

from grader.errors import UsageError
from grader.exports.request import Request
from grader.gradebook import Gradebook, records
from grader.report.pages import student_page
from grader.submissions import collect


def contents(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def moodle_reads(name: str) -> tuple[str, str, str]:
    """Return participant, plugin and file as Moodle's import splits a name: by `_`, in five."""
    _, participant, kind, plugin, rest = name.split("_", 4)
    return participant, kind + plugin, rest


def test_moodle_finds_every_participant_by_number() -> None:
    records = class_of()
    found = export("moodle-feedback", Request(records, "Lesson 2"))
    pages = contents(found.data)
    assert [moodle_reads(name) for name in pages] == [
        (f"10{n}", "assignsubmissionfile", "report.html") for n in range(1, 6)
    ]
    assert list(pages.values()) == [student_page(r.result, title="Lesson 2") for r in records[:5]]
    assert found.left_out == ["student-06 has no participant number of Moodle; give --download."]


def test_the_same_class_gives_the_same_bytes() -> None:
    request = Request(class_of(), "Lesson 2")
    assert export("moodle-feedback", request).data == export("moodle-feedback", request).data


def test_moodle_takes_the_names_of_its_download(tmp_path: Path) -> None:
    download = tmp_path / "download"
    for name in ("Same Name_105_assignsubmission_file_", "-2+3|cmd_8_assignsubmission_file_", "readme"):
        (download / name).mkdir(parents=True)
    found = export("moodle-feedback", Request(class_of(), "Lesson 2", download=download))
    pages = contents(found.data)
    assert list(pages) == [
        "Same Name_105_assignsubmission_file_report.html",
        "-2+3|cmd_8_assignsubmission_file_report.html",
    ]
    assert "student-05_105" in pages["Same Name_105_assignsubmission_file_report.html"]
    assert [sentence.partition(" ")[0] for sentence in found.left_out] == [
        "student-01_101",
        "student-02_102",
        "student-03_103",
        "student-04_104",
    ]


@pytest.mark.parametrize("where", ["zip", "wrapped zip", "folder", "wrapped folder"])
def test_whoever_is_graded_from_a_download_gets_feedback_by_it(tmp_path: Path, where: str) -> None:
    """Underscores in names, a group's name, a folder around it all: intake takes them, and so does this."""
    students = ("Given_Two Family_1006", "Group_A-Gíven Groß_1007", "Given_1008")
    top = "submissions/" if where.startswith("wrapped") else ""
    paths = [f"{top}{student}_assignsubmission_file_/a.py" for student in students]
    download = tmp_path / "download"
    if where.endswith("zip"):
        download = tmp_path / "download.zip"
        with zipfile.ZipFile(download, "w") as archive:
            for path in paths:
                archive.writestr(path, "")
    else:
        for path in paths:
            (download / path).parent.mkdir(parents=True)
            (download / path).touch()
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        for info in collect(download).infos:
            book.record(info, samples.result(info.student, [samples.relu()]), {"relu": "a"})
        class_ = list(records(book))
    found = export("moodle-feedback", Request(class_, "Lesson 2", download=download))
    pages = contents(found.data)
    assert {moodle_reads(name)[0]: [s for s in students if s in page] for name, page in pages.items()} == {
        "1006": ["Given_Two Family_1006"],
        "1007": ["Group_A-Gíven Groß_1007"],
        "1008": ["Given_1008"],
    }
    assert found.left_out == []


@pytest.mark.parametrize("format_", ["moodle-feedback", "canvas-feedback"])
def test_a_download_of_nobody_is_refused(tmp_path: Path, format_: str) -> None:
    download = tmp_path / "download"
    (download / "Given_9_assignsubmission_file_").mkdir(parents=True)
    (download / "given_9_77_relu.py").touch()
    with pytest.raises(UsageError) as caught:
        export(format_, Request(class_of(), "Lesson 2", download=download))
    tool = format_.partition("-")[0].capitalize()
    assert str(caught.value) == (
        f"{download} has nobody of this class; expected {tool}'s download of submissions."
    )


def test_a_class_that_moodle_does_not_know_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        export("moodle-feedback", Request(class_of()[5:], "Lesson 2"))
    assert str(caught.value) == "Nobody in this class has one participant number of Moodle; give --download."


def test_canvas_takes_the_last_attempts_names_and_none_for_a_text(tmp_path: Path) -> None:
    download = tmp_path / "submissions"
    download.mkdir()
    for name in ("liliu_103_9001_a.py", "liliu_103_9005_a-1.py", "zounal_102_text.html"):
        (download / name).touch()
    records = class_of("canvas")[1:3]
    found = export("canvas-feedback", Request(records, "Lesson 2", download=download))
    assert list(contents(found.data)) == ["liliu_103_9005_report.html"]
    assert found.left_out == ["student-02_102 has no file in submissions whose name Canvas would know."]


def test_canvas_finds_user_and_attachment_in_every_name(tmp_path: Path) -> None:
    download = tmp_path / "submissions.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for name in (
            "samesam_LATE_104_9001_tanh.py",
            "samesam_104_9002_relu-1.py",
            "samesam_105_9003_tanh.py",
            "zounal_102_9004_my_file.py",
            "notes.txt",
        ):
            archive.writestr(name, "")
    records = class_of("canvas")
    found = export("canvas-feedback", Request(records, "Lesson 2", download=download))
    pages = contents(found.data)
    ids = [[part for part in name.split("_") if re.fullmatch(r"\d+", part)] for name in pages]
    assert ids == [["102", "9004"], ["104", "9002"], ["105", "9003"]]
    assert [name for name in pages if "student-05_105" in pages[name]] == ["samesam_105_9003_report.html"]


def test_canvas_without_its_download_is_refused() -> None:
    with pytest.raises(UsageError, match=r"^canvas-feedback needs --download: "):
        export("canvas-feedback", Request(class_of(), "Lesson 2"))


def test_a_download_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(UsageError, match=r"x\.zip cannot be read as an archive: it is damaged"):
        export("canvas-feedback", Request(class_of(), "Lesson 2", download=path))
