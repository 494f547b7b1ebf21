"""What a new author stumbles over costs one file and one sentence, and nobody's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import author, run


@pytest.fixture
def course(tmp_path: Path) -> Path:
    author(tmp_path)
    assert run("build", cwd=tmp_path).code == 0
    return tmp_path


def twice(course: Path) -> Path:
    return course / "reference" / "01_small" / "twice.py"


def test_a_file_that_cannot_be_loaded_leaves_the_others_proven(course: Path) -> None:
    twice(course).write_text("def twice(:\n")
    done = run("verify", cwd=course)
    lines = done.out.splitlines()
    assert done.code == 1
    assert lines[-1] == "1 of 2 exercises proven; 3 of 3 mistakes caught."
    assert any(
        "01_small/twice" in line and "cannot be loaded: SyntaxError" in " ".join(lines) for line in lines
    )


def test_an_unknown_exercise_is_still_unknown_beside_one_that_cannot_be_loaded(course: Path) -> None:
    twice(course).write_text("def twice(:\n")
    assert run("verify", "twice", cwd=course).code == 1
    unknown = run("verify", "thrice", cwd=course)
    assert (unknown.code, "thrice" in unknown.err) == (2, True)


def test_a_check_of_ones_own_in_an_exercises_file_stays_with_the_grader(course: Path) -> None:
    path = twice(course)
    head, _, rest = path.read_text().partition("exercise = Exercise(")
    own = (
        "from grader.checks import CheckContext, Finding, check\n\n\n"
        "@check()\n"
        "def is_even(context: CheckContext):\n"
        '    """Is even."""\n'
        "    return ()\n\n\n"
    )
    path.write_text(
        f"{head}{own}exercise = Exercise({rest}".replace("checks=(", "checks=(\n        is_even(),")
    )
    done = run("verify", "twice", cwd=course)
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 of 1 exercises proven; 3 of 3 mistakes caught.")


def test_a_case_that_no_check_reads_is_told(course: Path) -> None:
    path = twice(course)
    text = path.read_text()
    assert "inputs=arrays(" in text
    start = text.index("inputs=arrays(")
    end = text.index(")", start) + 1
    path.write_text(f"{text[:end]}.only(far_away=np.array([9.0])){text[end:]}")
    done = run("verify", "twice", cwd=course)
    assert done.code == 1
    assert "no check reads the case “far away”; add one with .on('far away')" in " ".join(done.out.split())


def test_building_removes_what_it_built_and_nothing_else(course: Path) -> None:
    own = course / "exercises" / "02_small" / "notes.py"
    own.write_text("x = 1\n")
    (course / "reference" / "02_small" / "again.py").unlink()
    assert run("build", cwd=course).code == 0
    left = sorted(p.relative_to(course / "exercises").as_posix() for p in (course / "exercises").rglob("*.*"))
    assert left == ["01_small/answers.json", "01_small/twice.py", "02_small/notes.py", "index.json"]
    assert run("build", "--check", cwd=course).code == 0


def test_a_mistake_in_a_list_that_is_changed_is_told_from_the_solution(tmp_path: Path) -> None:
    (tmp_path / "reference" / "01_small").mkdir(parents=True)
    (tmp_path / "reference" / "course.toml").write_text('title = "Lists"\n')
    (tmp_path / "reference" / "01_small" / "total.py").write_text(LISTS)
    done = run("verify", cwd=tmp_path)
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 of 1 exercises proven; 3 of 3 mistakes caught.")


LISTS = '''"""Total: add up a list."""

from grader import Exercise, call, checks, drawn


def total(values: list[float]) -> float:
    """Return the sum of the values, 0 for none."""
    return float(sum(values))


exercise = Exercise(
    total,
    inputs=drawn(lambda rng: call([float(v) for v in rng.integers(1, 9, size=3)])),
    checks=(checks.matches_reference().worth(2), checks.does_not_mutate()),
    hints=("Add.", "Add all."),
)


@exercise.mistake(caught_by=checks.does_not_mutate)
def sorts(values):
    """The list is emptied on the way."""
    found = float(sum(values))
    values.clear()
    return found


@exercise.mistake(caught_by=checks.matches_reference)
def first(values):
    """Only the first value counts."""
    return values[0]


@exercise.mistake(caught_by=checks.matches_reference)
def product(values):
    """The values are multiplied."""
    found = 1.0
    for value in values:
        found *= value
    return found
'''
