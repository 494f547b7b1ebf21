"""Moodle's and Canvas's downloads: no student is lost or swapped."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.handed import everything, submissions

from grader.submissions import Submission, call_roll, collect, read_roster
from grader.submissions.file_names import same, student
from grader.submissions.lms_names import Owner, number, owners

CODE = b"def relu(z):\n    return z\n"
LATE = "It was handed in late."


def laid_out(tmp_path: Path, form: str, files: dict[str, bytes]) -> Path:
    """Return a download as a zip, a zip with one top folder, a folder, or a folder within a folder."""
    top = "download/" if form in ("wrapped zip", "wrapped folder") else ""
    if form.endswith("zip"):
        with zipfile.ZipFile(tmp_path / "class.zip", "w") as one:
            for name, data in files.items():
                one.writestr(top + name, data)
        return tmp_path / "class.zip"
    for name, data in files.items():
        path = tmp_path / "class" / top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "class"


FORMS = ("zip", "wrapped zip", "folder", "wrapped folder")


def archive(name: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as one:
        one.writestr(name, CODE)
    return whole.getvalue()


def moodle(name: str, id: str, files: dict[str, bytes], *notes: str) -> Submission:
    return Submission(f"{name}_{id}", files, notes, name=name, id=id, system="moodle")


def canvas(name: str, id: str, files: dict[str, bytes], *notes: str, late: bool = False) -> Submission:
    return Submission(f"{name}_{id}", files, notes, name=name, id=id, system="canvas", late=late)


@pytest.mark.parametrize("form", FORMS)
def test_a_moodle_download_keeps_every_student(tmp_path: Path, form: str) -> None:
    files = {
        "Student, Öne_101_assignsubmission_file_/relu.py": CODE,
        "Student, Öne_101_assignsubmission_file_/a/util.py": CODE,
        "Student, Öne_101_assignsubmission_onlinetext_/onlinetext.html": b"<p>",
        "Student, Öne_102_assignsubmission_file_/relu.py": b"# the other of that name",
        "=cmd|' C calc'!A0_103_assignsubmission_file_hw.zip": archive("hw/relu.py"),
        "Student_Two_2_104_assignsubmission_file_relu_final.py": CODE,
        "学生_105_assignsubmission_file/relu.py": CODE,
        "Student Six_106_assignsubmission_onlinetext_onlinetext.html": b"<p>",
        "grades.csv": b"",
    }
    assert everything(laid_out(tmp_path, form, files)) == (
        (
            moodle("=cmd|' C calc'!A0", "103", {"relu.py": CODE}),
            moodle(
                "Student Six",
                "106",
                {},
                "No Python file and no notebook was handed in, only onlinetext.html.",
            ),
            moodle("Student, Öne", "101", {"a/util.py": CODE, "relu.py": CODE}),
            moodle("Student, Öne", "102", {"relu.py": b"# the other of that name"}),
            moodle("Student_Two_2", "104", {"relu_final.py": CODE}),
            moodle("学生", "105", {"relu.py": CODE}),
        ),
        ("grades.csv was left out: it is not one subfolder, archive, notebook or .py a student.",),
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_canvas_download_keeps_every_student_and_the_late_mark(tmp_path: Path, form: str) -> None:
    files = {
        "onestudent_201_9001_relu.py": CODE,
        "onestudent_201_9002_util_v_2.py": CODE,
        "onestudent_202_9003_hw.zip": archive("hw/relu.py"),
        "threestudent_LATE_203_9004_relu-2.py": CODE,
        "fourstudent_204_9005_essay.docx": b"",
        "fivestudent_205_text.html": b"",
        "sixstudent_206_9006_relu.py": b"# first",
        "sixstudent_LATE_206_9007_relu-1.py": b"# later",
    }
    nothing = "No Python file and no notebook was handed in, only"
    replaced = "sixstudent_206_9006_relu.py was left out: a later attempt replaced it."
    assert everything(laid_out(tmp_path, form, files)) == (
        (
            canvas("fivestudent", "205", {}, f"{nothing} text.html."),
            canvas("fourstudent", "204", {}, f"{nothing} essay.docx."),
            canvas("onestudent", "201", {"relu.py": CODE, "util_v_2.py": CODE}),
            canvas("onestudent", "202", {"relu.py": CODE}),
            canvas("sixstudent", "206", {"relu.py": b"# later"}, replaced, LATE, late=True),
            canvas("threestudent", "203", {"relu.py": CODE}, LATE, late=True),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("1_relu.py",), {"1_relu.py": "relu.py"}),
        (("1_relu-3.py",), {"1_relu-3.py": "relu.py"}),
        (("1_relu.py", "2_relu-1.py", "3_relu-2.py"), {"3_relu-2.py": "relu.py"}),
        # Nothing tells these apart from two files of one attempt.
        (("1_part-1.py", "2_part-2.py"), {"1_part-1.py": "part-1.py", "2_part-2.py": "part-2.py"}),
        (("2_relu.py", "1_relu-1.py"), {"2_relu.py": "relu.py", "1_relu-1.py": "relu-1.py"}),
        (("10_relu.py", "9_relu.py"), {"10_relu.py": "relu.py"}),
    ],
)
def test_a_resubmission_takes_the_place_of_what_it_replaces(
    names: tuple[str, ...], expected: dict[str, str]
) -> None:
    found = owners({f"student_7_{name}": False for name in names}, folder="class")
    kept = {top: owner.file for top, owner in found.items() if not owner.replaced}
    assert kept == {f"student_7_{top}": file for top, file in expected.items()}
    assert len(found) == len(names)


def test_numbers_in_one_name_make_no_canvas_download() -> None:
    tops = {"student_1_2_relu.py": False, "student-02.py": False, "student-03": True}
    assert owners(tops, folder="class") == {
        "student_1_2_relu.py": Owner("student_1_2_relu", "student_1_2_relu", file="student_1_2_relu.py"),
        "student-02.py": Owner("student-02", "student-02", file="student-02.py"),
        "student-03": Owner("student-03", "student-03"),
    }


def test_a_folder_called_like_a_moodle_student_stays_another_student(tmp_path: Path) -> None:
    files = {"a_1_assignsubmission_file_/relu.py": CODE, "a_1/relu.py": b"# other", "a_1.py": b"# third"}
    found = submissions(laid_out(tmp_path, "folder", files))
    assert [(s.student, list(s.files.values())) for s in found] == [
        ("a_1", [CODE]),
        ("a_1.py", [b"# third"]),
        ("a_1~2", [b"# other"]),
    ]


PEOPLE = st.text(
    st.characters(exclude_characters="/\\\0", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20
)


@given(st.lists(st.tuples(PEOPLE, st.integers(0, 9999)), unique_by=lambda p: p[1], min_size=1))
def test_moodle_names_lead_to_name_and_id_whatever_the_name(people: list[tuple[str, int]]) -> None:
    tops = {f"{name}_{id}_assignsubmission_file_": True for name, id in people}
    found = owners(tops, folder="class")
    assert [(o.name, o.id) for o in found.values()] == [(name, str(id)) for name, id in people]


TRICKS = st.sampled_from(
    ["Group A-", "Team_7-", "=1+1", "+", "@x", ", ", "_5_", "-", "é", "e\u0301", "学", "\u202e", "."]
)
CALLED = (
    st.lists(TRICKS | PEOPLE, min_size=1, max_size=4)
    .map("".join)
    .filter(lambda name: name[0] not in "._" and name[1:2] != ":")
)


@pytest.mark.parametrize("flat", [False, True], ids=["folders", "files"])
@settings(deadline=None)
@given(people=st.lists(st.tuples(CALLED, st.integers(0, 99999)), unique_by=lambda p: p[1], min_size=1))
def test_a_zip_of_moodle_loses_and_swaps_nobody(flat: bool, people: list[tuple[str, int]]) -> None:
    between = "_assignsubmission_file_" if flat else "_assignsubmission_file_/"
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "class.zip"
        with zipfile.ZipFile(path, "w") as one:
            for name, id in people:
                # A student's own file may look like the mark of another one's folder.
                one.writestr(f"{name}_{id}{between}x_{id + 1}_assignsubmission_file_y.py", f"# {id}")
        found = submissions(path)
    files = "x_{}_assignsubmission_file_y.py"
    assert sorted((s.id, s.name, dict(s.files)) for s in found) == sorted(
        (str(id), student(name), {files.format(id + 1): f"# {id}".encode()}) for name, id in people
    )
    assert len({same(s.student) for s in found}) == len(people)


def test_a_group_of_moodle_stays_a_part_of_the_name(tmp_path: Path) -> None:
    files = {
        "Group A-Full Name_123_assignsubmission_file_/relu.py": b"# of the group",
        "Group A-Other Name_124_assignsubmission_file_/relu.py": b"# of the group",
        "Default group-Full Name_125_assignsubmission_file_relu.py": CODE,
    }
    found = collect(laid_out(tmp_path, "zip", files)).infos
    assert [(s.name, s.id) for s in found] == [
        ("Default group-Full Name", "125"),
        ("Group A-Full Name", "123"),
        ("Group A-Other Name", "124"),
    ]
    # A name that only ends like one of the list is not guessed; the participant's number is certain.
    (tmp_path / "roster.csv").write_text("name,id,moodle\nFull Name,1001,\nOther Name,1002,124\n")
    roll = call_roll(found, read_roster(tmp_path / "roster.csv"))
    assert [s.id for s in roll.infos] == ["", "", "1002"]
    assert roll.unknown == ("Default group-Full Name_125", "Group A-Full Name_123")


def test_a_number_stays_behind_a_name_that_is_cut(tmp_path: Path) -> None:
    files = {f"{'Name ' * 32}{who}_{n}_assignsubmission_file_/x.py": CODE for who, n in (("B", 7), ("C", 8))}
    found = collect(laid_out(tmp_path, "zip", files)).infos
    assert [s.student for s in found] == [f"{'Name ' * 24}…_7", f"{'Name ' * 24}…_8"]
    assert [number(s.student, system=s.system) for s in found] == ["7", "8"]


@pytest.mark.parametrize(
    ("student", "system", "expected"),
    [
        ("Given_B_12", "moodle", "12"),
        ("given_12~2", "canvas", "12"),
        ("given_12", "github", ""),
        ("given_12", "", ""),
        ("given", "moodle", ""),
    ],
)
def test_a_students_name_holds_the_number_of_the_download(student: str, system: str, expected: str) -> None:
    assert number(student, system=system) == expected


def test_members_that_are_nobodys_are_told_once(tmp_path: Path) -> None:
    files = {
        "/etc/evil.py": CODE,
        "../x.py": CODE,
        "student-01/relu.py": CODE,
        "_key/a.py": CODE,
        "_key/b.py": CODE,
    }
    (one,), notes = everything(laid_out(tmp_path, "zip", files))
    assert one == Submission("student-01", {"relu.py": CODE}, name="student-01")
    assert sorted(notes) == [
        "../x.py was left out: its name leads out of its folder.",
        "/etc/evil.py was left out: its name is absolute.",
        "_key was left out: it is not one subfolder, archive, notebook or .py a student.",
    ]
