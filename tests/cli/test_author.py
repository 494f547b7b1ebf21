"""Authors scaffold, build and verify: what is written, what is found, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.courses import Done, author, built, course, run, student

PROVEN = """\
┏━━━━━━━━━━┳━━━━━━━━┳━━━━━━━━┳━━━━━━━━━━━━━━━━━┳━━━━━━━━━┓
┃ exercise ┃ points ┃ checks ┃ mistakes caught ┃ verdict ┃
┡━━━━━━━━━━╇━━━━━━━━╇━━━━━━━━╇━━━━━━━━━━━━━━━━━╇━━━━━━━━━┩
│ 01_small │        │        │                 │         │
│   twice  │ 5      │ 3      │ 3 of 3          │ proven  │
├──────────┼────────┼────────┼─────────────────┼─────────┤
│ 02_small │        │        │                 │         │
│   again  │ 5      │ 3      │ 3 of 3          │ proven  │
└──────────┴────────┴────────┴─────────────────┴─────────┘
2 of 2 exercises proven; 6 of 6 mistakes caught.
"""
PROOF = {
    **{"lesson": "01_small", "slug": "twice", "points": 5.0, "checks": 3, "mistakes": 3, "caught": 3},
    **{"mutants": 0, "killed": 0, "equivalent": 0, "repaired": {}},
}


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_build_writes_every_generated_file_once(tmp_path: Path) -> None:
    author(tmp_path)
    assert run("build", cwd=tmp_path) == Done(0, "6 of 6 generated files written.\n", "")
    made = tree(tmp_path / "exercises")
    page = (tmp_path / "docs" / "catalogue.md").read_bytes()
    assert made | {"../docs/catalogue.md": page} == built()
    assert run("build", cwd=tmp_path) == Done(0, "0 of 6 generated files written.\n", "")


def test_build_check_names_what_is_stale_and_writes_nothing(tmp_path: Path) -> None:
    course(tmp_path)
    assert run("build", "--check", cwd=tmp_path) == Done(0, "All 6 generated files are up to date.\n", "")
    (tmp_path / "exercises" / "01_small" / "twice.py").write_text("old")
    (tmp_path / "exercises" / "01_small" / "own.py").write_text("not of the course")
    before = tree(tmp_path)
    said = "stale: exercises/01_small/twice.py\nRun `grader build`.\n"
    assert run("build", "--check", cwd=tmp_path) == Done(1, said, "")
    assert tree(tmp_path) == before


def test_verify_prints_a_table_of_what_is_proven(tmp_path: Path) -> None:
    assert run("verify", cwd=author(tmp_path)) == Done(0, PROVEN, "")


def test_exercises_of_a_lesson_stand_below_its_name(tmp_path: Path) -> None:
    run("new", "01_small/thrice", cwd=author(tmp_path))
    rows = run("verify", "twice", "thrice", cwd=tmp_path).out.splitlines()[3:6]
    assert [row.split()[1] for row in rows] == ["01_small", "thrice", "twice"]


def test_verify_tells_each_finding_and_exits_with_1(tmp_path: Path) -> None:
    author(tmp_path)
    path = tmp_path / "reference" / "01_small" / "twice.py"
    path.write_text(path.read_text().replace("return Z**2", "return 2 * Z"))
    done = run("verify", "twice", cwd=tmp_path)
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines()[4:] == [
        "│   twice  │ 5      │ 3      │ 2 of 3          │ 2 findings │",
        "└──────────┴────────┴────────┴─────────────────┴────────────┘",
        "01_small/twice: The mistake squared is not caught by matches_reference; it fails no check.",
        "01_small/twice: The mistake squared gives the solution's answers in every case.",
        "0 of 1 exercises proven; 2 of 3 mistakes caught.",
    ]


def test_verify_writes_its_proofs_as_json(tmp_path: Path) -> None:
    assert run("verify", "twice", "--json", "proof.json", cwd=author(tmp_path)).code == 0
    assert json.loads((tmp_path / "proof.json").read_bytes()) == [PROOF | {"findings": []}]


def test_new_writes_an_exercise_and_says_how_to_go_on(tmp_path: Path) -> None:
    author(tmp_path)
    path = tmp_path / "reference" / "03_more" / "thrice.py"
    said = f"Written: {path}. Fill it in, then run: grader verify thrice && grader build\n"
    assert run("new", "03_more/thrice", cwd=tmp_path) == Done(0, said, "")
    assert path.is_file()


def test_a_name_that_cannot_be_exits_with_2(tmp_path: Path) -> None:
    said = "grader: nope is no lesson; expected a name such as 03_activations.\n"
    assert run("new", "nope", cwd=author(tmp_path)) == Done(2, "", said)


@pytest.mark.parametrize("argv", [["build"], ["build", "--check"], ["verify"], ["new", "03_more/thrice"]])
def test_a_students_course_has_nothing_to_author(tmp_path: Path, argv: list[str]) -> None:
    student(tmp_path)
    before = tree(tmp_path)
    said = f"grader: {tmp_path} has no reference/ to author exercises in; name a course by --course.\n"
    assert run(*argv, cwd=tmp_path) == Done(2, "", said)
    assert tree(tmp_path) == before


def test_an_authored_file_that_breaks_is_one_line(tmp_path: Path) -> None:
    author(tmp_path)
    path = tmp_path / "reference" / "01_small" / "twice.py"
    path.write_text("raise ValueError('one\\ntwo')")
    said = f"grader: {path} cannot be loaded: ValueError: one two\n"
    assert run("build", cwd=tmp_path) == Done(2, "", said)


def test_an_unknown_slug_exits_with_2(tmp_path: Path) -> None:
    said = "grader: There is no exercise called nope in reference/.\n"
    assert run("verify", "nope", cwd=author(tmp_path)) == Done(2, "", said)


def test_exercises_that_cannot_be_written_exit_with_2(tmp_path: Path) -> None:
    author(tmp_path)
    (tmp_path / "exercises").write_text("a file")
    done = run("build", cwd=tmp_path)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"grader: {tmp_path / 'exercises'}")
