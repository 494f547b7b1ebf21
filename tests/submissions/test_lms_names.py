"""Moodle's and Canvas's downloads, and class lists: no student is lost, swapped or guessed."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.handed import everything, submissions

from grader.errors import UsageError
from grader.submissions import Roll, Submission, SubmissionInfo, call_roll, collect, read_roster
from grader.submissions.file_names import same, student
from grader.submissions.lms_names import Owner, number, owners
from grader.submissions.roster import Row

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
    roll = call_roll(found, rows(tmp_path, "name,id,moodle\nFull Name,1001,\nOther Name,1002,124\n"))
    assert [s.id for s in roll.infos] == ["", "", "1002"]
    assert roll.unknown == ("Default group-Full Name_125", "Group A-Full Name_123")


def test_a_number_stays_behind_a_name_that_is_cut(tmp_path: Path) -> None:
    files = {f"{'Ann ' * 40}{who}_{n}_assignsubmission_file_/x.py": CODE for who, n in (("B", 7), ("C", 8))}
    found = collect(laid_out(tmp_path, "zip", files)).infos
    assert [s.student for s in found] == [f"{'Ann ' * 30}…_7", f"{'Ann ' * 30}…_8"]
    assert [number(s.student, system=s.system) for s in found] == ["7", "8"]


@pytest.mark.parametrize(
    ("student", "system", "expected"),
    [
        ("Ann_B_12", "moodle", "12"),
        ("ann_12~2", "canvas", "12"),
        ("ann_12", "github", ""),
        ("ann_12", "", ""),
        ("ann", "moodle", ""),
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


ROSTER = """\ufeffName,ID,Login,Section
Student One,1001,one,A
"Student, Two",1002,two,A
Same Name,1003,three,B
Same Name,1004,four,B

Student Five,=1005,five,B
"""


def rows(tmp_path: Path, text: str = ROSTER) -> tuple[Row, ...]:
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    return read_roster(tmp_path / "roster.csv")


def named(student: str, *, name: str = "", id: str = "", system: str = "") -> SubmissionInfo:
    return SubmissionInfo(student, "", name=name or student, id=id, system=system)


def test_a_roster_tells_ids_and_lists_whom_it_cannot_tell(tmp_path: Path) -> None:
    infos = [
        named("student one"),
        named("1002"),
        named("Same Name"),
        named("A"),
        named("five"),
        named("Student Five"),
    ]
    found = call_roll(infos, rows(tmp_path))
    assert [(s.student, s.id) for s in found.infos] == [
        ("student one", "1001"),
        ("1002", "1002"),
        ("Same Name", ""),
        ("A", ""),
        ("five", ""),
        ("Student Five", ""),
    ]
    assert (found.unknown, found.duplicate, found.missing) == (
        ("Same Name", "A"),
        ("five", "Student Five"),
        (),
    )
    assert call_roll(infos[:1], rows(tmp_path)).missing == (
        "Student, Two (1002)",
        "Same Name (1003)",
        "Same Name (1004)",
        "Student Five (=1005)",
    )


def test_the_numbers_of_one_system_are_no_ids_of_another(tmp_path: Path) -> None:
    people = rows(tmp_path, "name;id;moodle\nOne;7;1\nTwo;8;2\nSame;9;\nSame;10;\n")
    infos = (
        named("One_8", name="One", id="8", system="moodle"),
        named("Else_7", name="Else", id="7", system="moodle"),
        named("Zwei_2", name="Zwei", id="2", system="moodle"),
        named("Same_10", name="Same", id="10", system="moodle"),
        named("same_9", name="same", id="9", system="canvas"),
    )
    assert call_roll(infos, people) == Roll(
        tuple(
            SubmissionInfo(s.student, "", name=s.name, id=id, is_called=True, system=s.system)
            for s, id in zip(infos, ("", "", "8", "10", "9"), strict=True)
        ),
        unknown=("One_8", "Else_7"),
        duplicate=(),
        missing=("One (7)",),
    )


def test_the_systems_own_column_tells_equal_names_apart(tmp_path: Path) -> None:
    people = rows(tmp_path, "name,id,moodle\nAnna,771,1001\nAnna,772,1002\n")
    infos = [named(f"Anna_{n}", name="Anna", id=n, system="moodle") for n in ("1001", "1002", "1003")]
    found = call_roll(infos, people)
    assert [s.id for s in found.infos] == ["771", "772", ""]
    assert (found.unknown, found.duplicate, found.missing) == (("Anna_1003",), (), ())


def test_numbers_of_another_assignment_leave_names_to_tell(tmp_path: Path) -> None:
    people = rows(tmp_path, "name,id,moodle\nAnna,771,1001\nBob,772,1002\n")
    infos = [named("Anna_8", name="Anna", id="8", system="moodle")]
    assert [s.id for s in call_roll(infos, people).infos] == ["771"]


@pytest.mark.parametrize(
    ("system", "text", "ids"),
    [
        ("moodle", "name,id,moodle\nAnna,1002,1001\nAnna,1001,1002\n", ["1002", "1001"]),
        ("moodle", "name,id,moodle\nAnna,1002,1001\nAnna,5,\n", ["1002", "5"]),
        ("moodle", "name,id,moodle\nAnna,5,1001\nAnna,6,1001\n", ["", ""]),
        ("canvas", "name,id,canvas\nAnna,1002,1001\nAnna,1001,1002\n", ["1002", "1001"]),
        ("canvas", "name,id,canvas\nBob,1002,\nAnna,5,1001\n", ["5", ""]),
    ],
)
def test_an_id_that_is_anothers_number_gives_nobody_the_others_row(
    tmp_path: Path, system: str, text: str, ids: list[str]
) -> None:
    infos = [named(f"Anna_{n}", name="Anna", id=n, system=system) for n in ("1001", "1002")]
    assert [s.id for s in call_roll(infos, rows(tmp_path, text)).infos] == ids


def test_a_login_tells_whose_a_classroom_clone_is(tmp_path: Path) -> None:
    found = call_roll([named("two", system="github")], rows(tmp_path))
    assert (found.infos[0].id, found.unknown) == ("1002", ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "{} has no columns called name and id; expected a first line such as name,id."),
        ("name\nOne\n", "{} has no columns called name and id; expected a first line such as name,id."),
        ("name,id\nOne,1\nTwo,1\n", "{} gives the id 1 twice."),
        ("name,id\nOne\n", "{} gives no id to One."),
        (
            "name,id,submitted\nOne,1,\n\nTwo,2,yesterday\n",
            "{}, row 4: submitted is 'yesterday'; expected a time such as 2026-03-01T23:59+01:00.",
        ),
        (
            "name,id,submitted\nOne,1,2026-03-01T23:59\n",
            "{}, row 2: submitted is '2026-03-01T23:59', without a time zone; "
            "expected such as 2026-03-01T23:59+01:00.",
        ),
    ],
)
def test_a_roster_that_cannot_be_used_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, text)
    assert str(caught.value) == message.format(tmp_path / "roster.csv")


def test_a_roster_tells_when_its_students_handed_in(tmp_path: Path) -> None:
    text = "name,id,Submitted\nOne,1,2026-03-01T23:59+01:00\nTwo,2,\nSame,3,2026-03-01T12:00Z\nSame,4,\n"
    infos = [replace(named(name), submitted="2026-01-01T00:00:00+00:00") for name in ("One", "Two", "Same")]
    found = call_roll(infos, rows(tmp_path, text)).infos
    assert [(s.id, s.submitted) for s in found] == [
        ("1", "2026-03-01T23:59:00+01:00"),
        ("2", "2026-01-01T00:00:00+00:00"),
        ("", "2026-01-01T00:00:00+00:00"),
    ]


def test_a_roster_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b"name,id\n\xff,1\n")
    with pytest.raises(UsageError, match="is not a CSV in UTF-8"):
        read_roster(tmp_path / "roster.csv")
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")


@given(st.permutations(range(5)), st.lists(st.integers(0, 4), unique=True))
def test_every_student_is_told_or_listed(order: list[int], handed_in: list[int]) -> None:
    people = [Row(f"Student {n}", f"{n}", {"name": f"Student {n}", "id": f"{n}"}) for n in order]
    found = call_roll([named(f"Student {n}") for n in handed_in], people)
    assert [s.id for s in found.infos] == [str(n) for n in handed_in]
    assert (found.unknown, found.duplicate) == ((), ())
    assert found.missing == tuple(f"Student {n} ({n})" for n in order if n not in handed_in)
