"""A class is graded with one secret seed; the gradebook knows it again and does not tell it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.courses import Done, course, right, run, student
from support.walls import BEST

from grader.gradebook.seed import fits, sealed

GRADE = ("grade", "handed-in", "--out", "out")
WHY = "or choose another --out. With other hidden cases, equal code would get other points."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "student-01.py").write_bytes(right("twice"))
    return course(tmp_path)


def setting(root: Path, name: str) -> list[tuple[str]]:
    with closing(sqlite3.connect(root / "out" / "gradebook.db")) as link, link:
        return list(link.execute("select value from settings where name = ?", [name]))


@pytest.mark.parametrize(
    ("seed", "which"), [({}, "a"), ({"GRADER_SEED": ""}, "a"), ({"GRADER_SEED": "41"}, "another")]
)
def test_a_class_is_not_graded_with_another_seed_and_keeps_its_results(
    root: Path, seed: dict[str, str], which: str
) -> None:
    assert run(*GRADE, cwd=root, GRADER_SEED="4711").code == 0
    before = (root / "out" / "grades.csv").read_bytes()
    refusal = f"grader: This class was graded with {which} secret seed: set GRADER_SEED to it, {WHY}\n"
    for force in ((), ("--force",)):
        done = run(*GRADE, *force, cwd=root, **seed)
        assert (done.code, done.out, done.err.splitlines(keepends=True)[-1]) == (2, "", refusal)
    assert (root / "out" / "grades.csv").read_bytes() == before
    again = run(*GRADE, cwd=root, GRADER_SEED="04711")
    assert again.out.startswith("1 submission graded, 1 of them unchanged")


def test_a_class_without_a_secret_seed_may_get_one_and_a_bundle_needs_none(root: Path) -> None:
    assert run(*GRADE, cwd=root).code == 0
    assert setting(root, "seed") == []
    assert run(*GRADE, cwd=root, GRADER_SEED="1").code == 0
    assert len(setting(root, "seed")) == 1


def test_a_students_bundle_has_no_hidden_cases_and_keeps_no_seed(tmp_path: Path) -> None:
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "student-01.py").write_bytes(right("twice"))
    said = f"1 submission graded, sandbox level {BEST}.\nClass page: out/index.html\n"
    for seed in ("1", "2"):
        done = run(*GRADE, "--force", cwd=student(tmp_path), GRADER_SEED=seed)
        assert done == Done(0, said, "")
    assert setting(tmp_path, "seed") == []


def test_the_gradebook_does_not_tell_the_seed_and_hashes_of_it_differ(root: Path) -> None:
    seed = 40967123
    assert run(*GRADE, cwd=root, GRADER_SEED=str(seed)).code == 0
    data = b"".join(path.read_bytes() for path in (root / "out").glob("gradebook.db*"))
    assert str(seed).encode() not in data
    ((seal,),) = setting(root, "seed")
    assert (fits(seed, seal), fits(seed + 1, seal)) == (True, False)
    assert len({sealed(seed), sealed(seed), seal}) == 3


def test_a_damaged_hash_of_the_seed_is_one_sentence(root: Path) -> None:
    assert run(*GRADE, cwd=root, GRADER_SEED="5").code == 0
    with closing(sqlite3.connect(root / "out" / "gradebook.db")) as link, link:
        link.execute("update settings set value = ? where name = 'seed'", [json.dumps(1)])
    done = run(*GRADE, cwd=root, GRADER_SEED="5")
    assert (done.code, done.err.startswith("grader: The gradebook holds a damaged value: ")) == (2, True)
