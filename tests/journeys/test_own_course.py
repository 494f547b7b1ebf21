"""A course of one's own: every command works on it and on nothing else, from wherever it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.courses import Done, run

from grader.authoring import scaffold
from grader.errors import UsageError
from grader.results import from_json

SLUG = "center_columns"
RIGHT = f"def {SLUG}(X):\n    return X - X.mean(axis=0)\n"
WRONG = f"def {SLUG}(X):\n    return X - X.mean()\n"
CAUSE = "One mean of all numbers was subtracted. Each column has its own: say axis=0."
LIST = """\
01_first  ░░░░░░░░░░  0 of 1 done, 0 of 5 points
  ○ center_columns    0/5    easy  Center: move every column of a matrix so that its mean is 0
"""
BEGUN = (
    *(".gitignore", "README.md", "exercises/01_first/README.md"),
    *("reference/01_first/center_columns.py", "reference/course.toml"),
)
BUILT = (
    *("exercises/01_first/answers.json", "exercises/01_first/center_columns.py"),
    *("docs/catalogue.md", "exercises/index.json"),
)
TWO = {"student-01": (RIGHT, 5), "student-02": (WRONG, 2)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own") / "course"
    said = f"A course of one exercise is in {root}. Next: cd {root} && grader verify\n"
    assert run("init", root, cwd=root.parent) == Done(0, said, "")
    return root


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder far from any course, with submissions of two students."""
    for student, (text, _) in TWO.items():
        (tmp_path / "handed-in" / student).mkdir(parents=True)
        (tmp_path / "handed-in" / student / f"{SLUG}.py").write_text(text)
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_new_course_is_whole_and_fresh(made: Path, here: Path) -> None:
    assert {name for name in files(made) if "__pycache__" not in name} == {*BEGUN, *BUILT}
    fresh = Done(0, "All 4 generated files are up to date.\n", "")
    assert run("build", "--check", "--course", made, cwd=here) == fresh


def test_a_new_course_proves_itself_and_notices_every_mutant(made: Path, here: Path) -> None:
    done = run("verify", "--mutants", "--course", made, cwd=here)
    assert (done.code, done.out.splitlines()[-2:]) == (
        0,
        ["1 of 1 exercises proven; 3 of 3 mistakes caught.", "4 of 4 mutants killed; 0 marked as no change."],
    )


def test_a_student_works_in_it(made: Path, here: Path) -> None:
    mine = here / "mine"
    mine.mkdir()
    assert run("list", "--course", made, cwd=mine) == Done(0, LIST, "")
    hint = run("hint", SLUG, "--course", made, cwd=mine)
    assert hint == Done(
        0, "Hint 1 of 2: How many means does a matrix of 4 rows and 3 columns have here?\n", ""
    )
    for text, code, points in ((WRONG, 1, 2), (RIGHT, 0, 5)):
        (mine / f"{SLUG}.py").write_text(text)
        done = run("check", "--quiet", "--json", "result.json", "--course", made, cwd=mine)
        result = from_json((mine / "result.json").read_bytes())
        assert (done.code, result.points, [e.slug for e in result.exercises]) == (code, points, [SLUG])
        cause = result.exercises[0].diagnosis
        assert (cause.message if cause else "") == (CAUSE if code else "")
    stub = made / "exercises" / "01_first" / f"{SLUG}.py"
    text = stub.read_text()
    stub.write_text(RIGHT)
    assert run("reset", SLUG, "--yes", "--course", made, cwd=mine).code == 0
    assert stub.read_text() == text
    done = run("watch", "--course", made, cwd=mine)
    assert (done.code, done.out) == (0, "All exercises pass. `grader watch SLUG` goes back to one.\n")
    (made / ".grader" / "progress.json").unlink()
    Path(f"{stub}.bak").unlink()


def test_an_instructor_grades_with_it(made: Path, here: Path) -> None:
    assert run("grade", "handed-in", "--out", "out", "--jobs", "1", "--course", made, cwd=here).code == 0
    table = [
        "student,name,id,center_columns,total,open,max_points,status",
        "student-01,student-01,,5,5,0,5,graded",
        "student-02,student-02,,2,2,0,5,graded",
    ]
    assert (here / "out" / "grades.csv").read_text().splitlines() == table
    assert run("report", "out", "--jobs", "1", "--course", made, cwd=here).out.startswith(
        "2 reports written.\n"
    )
    assert "My course" in (here / "out" / "index.html").read_text()
    shown = run("show", "out", "student-02", cwd=here)
    assert f"Likely cause: {CAUSE}" in shown.out
    assert run("adjust", "out", "student-02", SLUG, "4", "--reason", "Nearly.", cwd=here).out == (
        "student-02 now has 4 of 5 points.\n"
    )
    until = ("2999-01-01T12:00:00Z", "--reason", "Ill.")
    assert run("extend", "out", "student-02", "01_first", *until, cwd=here).code == 0
    assert run("export", "out", "--format", "csv", "--to", "out.csv", cwd=here).code == 0
    piped = run("export", "out", "--format", "csv", "--to", "-", cwd=here)
    assert piped == (0, (here / "out.csv").read_bytes().decode(), "")
    assert SLUG in (here / "out.csv").read_text()


def test_a_push_is_checked_by_it(made: Path, here: Path) -> None:
    for student, (_, points) in TWO.items():
        done = run("ci", f"handed-in/{student}", "--course", made, cwd=here)
        result = from_json((here / "results.json").read_bytes())
        assert (done.code, result.points, result.max_points) == (points < 5, points, 5)


def test_what_is_released_is_a_course_of_its_own(made: Path, here: Path) -> None:
    assert run("release", "out", "--course", made, cwd=here).code == 0
    assert [name for name in files(here / "out") if name.startswith("exercises")] == [
        "exercises/01_first/README.md",
        "exercises/01_first/answers.json",
        "exercises/01_first/center_columns.py",
        "exercises/index.json",
    ]
    assert (here / "out" / "README.md").read_text().startswith("# My course\n")
    assert run("list", cwd=here / "out") == Done(0, LIST, "")


def test_it_grows_by_the_commands_of_its_readme(here: Path) -> None:
    assert run("init", "course", cwd=here).code == 0
    root = here / "course"
    assert run("new", "01_first/scale_columns", cwd=root).code == 0
    assert run("build", cwd=root).out == "4 of 5 generated files written.\n"
    assert run("verify", cwd=root).code == 0
    index = json.loads((root / "exercises" / "index.json").read_bytes())
    assert [one["slug"] for one in index["exercises"]] == [SLUG, "scale_columns"]


@pytest.mark.parametrize("name", ["handed-in", "a-file"])
def test_a_course_is_never_begun_where_something_stands(here: Path, name: str) -> None:
    (here / "a-file").touch()
    before = files(here)
    said = f"grader: {name} is already there and not empty; name a new folder.\n"
    assert run("init", name, cwd=here) == Done(2, "", said)
    assert files(here) == before


def test_an_empty_folder_will_do(here: Path) -> None:
    (here / "empty").mkdir()
    scaffold.begin(here / "empty")
    with pytest.raises(UsageError):
        scaffold.begin(here / "empty")
    assert files(here / "empty") == sorted(BEGUN)
