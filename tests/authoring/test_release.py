"""A student's bundle: whole, the same each time, and without a line or a case that is hidden."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import numpy as np
import pytest
from support.courses import Done, author, course, right, run, student
from support.leaks import hidden, leaks, tree
from support.wheels import wheel_in

from grader.authoring.release import files
from grader.cases.value_json import to_json
from grader.course.course import find

ROOT = Path(__file__).resolve().parents[2]
LESSON = ("README.md", "answers.json", "givens.py")
PARTS = [
    *(".github/workflows/check.yml", ".gitignore", ".gitlab-ci.yml", "README.md"),
    *("exercises/01_small/answers.json", "exercises/01_small/twice.py"),
    *("exercises/02_small/again.py", "exercises/02_small/answers.json"),
    *("exercises/index.json", "requirements.txt"),
]
WHOLE = ["grader_kit-0.1.0-py3-none-any.whl", *PARTS]
NEXT = "Give it to your students. They follow its README: two commands, then `grader watch`.\n"
DEADLINES = 'title = "Small numbers"\nseed = 7\n[lessons.01_small]\ndeadline = {}\n'


@pytest.fixture(scope="module")
def released() -> dict[str, bytes]:
    """Return the bundle of the whole course."""
    return files(find(ROOT))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_in(tmp_path_factory.mktemp("dist"))


def unpacked(data: dict[str, bytes]) -> dict[str, bytes]:
    """Return the texts of a bundle, those inside its index as they are written in Python."""
    index = msgspec.json.decode(data["exercises/index.json"])
    return data | {f"index/{one['slug']}": one["stub"].encode() for one in index["exercises"]}


def test_a_bundle_has_every_exercise_and_what_it_takes_to_use_it(released: dict[str, bytes]) -> None:
    entries = find(ROOT).entries()
    lessons = {entry.lesson for entry in entries}
    stubs = {f"exercises/{entry.path}": entry.stub.encode() for entry in entries}
    texts = {
        f"exercises/{path.parent.name}/{path.name}": path.read_bytes()
        for path in (ROOT / "exercises").glob("*/*")
        if path.name in LESSON and path.parent.name in lessons
    }
    assert {
        k: v for k, v in released.items() if k.count("/") == 2 and k.startswith("exercises/")
    } == stubs | texts
    assert sorted(set(released) - set(stubs) - set(texts)) == [
        *(".github/workflows/check.yml", ".gitignore", ".gitlab-ci.yml", "README.md"),
        *("exercises/index.json", "requirements.txt"),
    ]


def test_no_statement_of_a_solution_or_mistake_is_in_a_bundle(released: dict[str, bytes]) -> None:
    assert len(hidden()) > 100
    assert leaks(unpacked(released)) == set()


def test_no_hidden_case_is_in_a_bundle(released: dict[str, bytes]) -> None:
    everything = b"".join(released.values())
    kept: set[bytes] = set()
    secret: set[bytes] = set()
    for case in (case for task in find(ROOT).tasks() for case in task.cases):
        arrays = [value for value in case.args if isinstance(value, np.ndarray)]
        # Fewer different numbers, such as an identity matrix, are no secret.
        written = {msgspec.json.encode(to_json(a)) for a in arrays if len(np.unique(a)) > 3 and a.size <= 64}
        (secret if case.hidden else kept).update(written)
    assert min(len(kept), len(secret)) > 50
    assert [one for one in secret - kept if one in everything] == []
    assert sum(one in everything for one in kept) > len(kept) / 2  # the search finds what is there


def test_no_wheel_of_a_bundle_leaks(wheel: Path, tmp_path: Path) -> None:
    made = files(find(ROOT), lesson="01", wheel=(wheel.name, wheel.read_bytes()))
    assert made["requirements.txt"] == f"./{wheel.name}\n".encode()
    (tmp_path / wheel.name).write_bytes(made[wheel.name])
    with zipfile.ZipFile(tmp_path / wheel.name) as archive:
        assert leaks({name: archive.read(name) for name in archive.namelist()}) == set()


def test_a_bundle_is_a_course_that_checks_itself(tmp_path: Path) -> None:
    target = tmp_path / "unpacked"
    assert run("release", target, cwd=course(tmp_path / "author")) == Done(
        0, f"{target}: 11 files.\n{NEXT}", ""
    )
    assert sorted(tree(target)) == sorted(WHOLE)
    assert (target / "requirements.txt").read_text() == f"./{WHOLE[0]}\n"
    (target / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    assert run("check", "twice", "-q", cwd=target) == Done(0, "5 of 5 points\n", "")
    assert run("ci", "--lesson", "01", cwd=target).code == 0


def test_a_zip_holds_one_folder_and_is_the_same_each_time(tmp_path: Path) -> None:
    here = course(tmp_path)
    assert run("release", "one.zip", cwd=here).code == 0
    (here / "other").mkdir()
    assert run("release", "other/one.zip", cwd=here).code == 0
    assert (here / "one.zip").read_bytes() == (here / "other" / "one.zip").read_bytes()
    with zipfile.ZipFile(here / "one.zip") as archive:
        assert sorted(archive.namelist()) == sorted(f"one/{name}" for name in WHOLE)


def test_what_lies_among_the_exercises_stays_there(tmp_path: Path) -> None:
    here = course(tmp_path)
    lesson = here / "exercises" / "01_small"
    (lesson / "twice.py").write_bytes(right("twice"))  # an instructor tries it
    (lesson / "twice.py.bak").write_text("mine")
    (lesson / "README.md").write_text("# Small numbers\n")
    assert run("release", "out", cwd=here).code == 0
    assert sorted(tree(here / "out")) == sorted([*WHOLE, "exercises/01_small/README.md"])
    assert b"NotImplementedError" in (here / "out" / "exercises" / "01_small" / "twice.py").read_bytes()


def test_one_lesson_stands_alone(tmp_path: Path) -> None:
    here = course(tmp_path)
    path = here / "exercises" / "index.json"
    index = msgspec.json.decode(path.read_bytes())
    index["exercises"][1]["after"] = ["twice"]
    path.write_bytes(msgspec.json.encode(index))
    made = files(find(here), lesson="02")
    assert sorted(made) == sorted(name for name in PARTS if "01_small" not in name)
    (kept,) = msgspec.json.decode(made["exercises/index.json"])["exercises"]
    assert (kept["slug"], kept["after"]) == ("again", [])
    readme = made["README.md"].decode()
    assert "| [02_small](exercises/02_small/README.md) | 1 | 5 |" in readme
    assert "grader hint again" in readme


def test_solutions_are_added_when_nothing_forbids_it(tmp_path: Path) -> None:
    here = author(tmp_path)
    (here / "reference" / "course.toml").write_text(DEADLINES.format("2020-01-01T12:00:00+01:00"))
    assert run("build", cwd=here).code == 0
    said = run("release", "out", "--solutions", cwd=here)
    assert said == Done(0, f"out: 13 files, solutions included.\n{NEXT}", "")
    source = (here / "out" / "solutions" / "01_small" / "twice.py").read_text()
    names: dict[str, object] = {}
    exec(source, names)
    assert names["twice"](21) == 42  # type: ignore[operator]  # a function, as it was authored
    assert "exercise" not in names


@pytest.mark.parametrize("moment", ["2999-01-01T12:00:00+01:00", '"2999-01-01T12:00:00+01:00"'])
def test_solutions_wait_for_the_deadline(tmp_path: Path, moment: str) -> None:
    here = course(tmp_path)
    (here / "reference" / "course.toml").write_text(DEADLINES.format(moment))
    sentence = "The deadline of 01_small is 2999-01-01 12:00; solutions are given out after it."
    assert run("release", "out", "--solutions", cwd=here) == Done(2, "", f"grader: {sentence}\n")
    assert not (here / "out").exists()
    assert run("release", "out", "--solutions", "--lesson", "02", cwd=here).code == 0


def test_a_deadline_that_is_no_time_is_an_authors_slip(tmp_path: Path) -> None:
    here = course(tmp_path)
    (here / "reference" / "course.toml").write_text(DEADLINES.format('"soon"'))
    sentence = (
        'reference/course.toml: lessons.01_small.deadline is "soon"; '
        "expected a time with its zone, such as 2026-03-01T23:59:00+01:00."
    )
    assert run("release", "out", "--solutions", cwd=here) == Done(2, "", f"grader: {sentence}\n")


def test_a_bundle_can_be_made_of_a_bundle(tmp_path: Path) -> None:
    assert run("release", "out", cwd=student(tmp_path)).code == 0
    assert sorted(tree(tmp_path / "out")) == sorted(WHOLE)
