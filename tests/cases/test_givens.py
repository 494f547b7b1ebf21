"""Givens and generators: named in a case, resolved on the trusted side, never shared with the caller."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader import generator, given
from grader.authoring.verify import Proof, verify
from grader.cases import givens
from grader.cases.case import Case
from grader.course.discovery import load
from grader.course.preparation import prepare
from grader.errors import AuthorError
from grader.grading.pipeline import grade
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import Submission

GIVENS = b"def twice(x):\n    return 2 * x\n"
AUTHORED = '''"""Apply: call a function."""
import numpy as np

from grader import Exercise, call, checks, drawn, generator, given


def apply(f, x, rng, by=1.0):
    """Return f(x) times `by`, plus one random number."""
    return by * f(x) + rng.random()


def _draw(rng):
    return call(given("twice"), rng.uniform(size=2), generator(int(rng.integers(9))), by=2.0)


exercise = Exercise(
    apply,
    inputs=drawn(_draw),
    checks=(checks.does_not_mutate(), checks.matches_reference()),
    hints=("Where?", "How?"),
    condition=lambda f, x, rng, by: f(x),
)


@exercise.mistake(caught_by=checks.matches_reference)
def not_called(f, x, rng, by=1.0):
    """x came back without f."""
    return x + rng.random()


@exercise.mistake(caught_by=checks.matches_reference)
def fixed(f, x, rng, by=1.0):
    """by was not used."""
    return f(x) + rng.random()


@exercise.mistake(caught_by=checks.matches_reference)
def not_random(f, x, rng, by=1.0):
    """The random number is missing."""
    return by * f(x)
'''


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    folder = tmp_path / "01_small"
    folder.mkdir()
    (folder / "givens.py").write_bytes(GIVENS)
    (folder / "apply.py").write_text(AUTHORED)
    return folder


def test_functions_and_generators_stand_where_their_names_were() -> None:
    names = givens.load(GIVENS, Path("givens.py"))
    case = Case("c", (given("twice"), [given("twice")], (1, "a")), {"rng": generator(3), "p": {"f": 2}})
    got = givens.resolved(case, names)
    assert got.args == (names["twice"], [names["twice"]], (1, "a"))
    assert got.kwargs["rng"].random() == np.random.default_rng(3).random()  # type: ignore[attr-defined]
    assert got.kwargs["p"] == {"f": 2}


def test_a_solution_that_changes_its_arguments_cannot_change_the_case() -> None:
    case = Case("c", (np.zeros(2), {"W": np.zeros(2)}))
    got = givens.resolved(case, {})
    got.args[0][0] = got.args[1]["W"][0] = 9  # type: ignore[index]
    assert case.args[0].tolist() == case.args[1]["W"].tolist() == [0.0, 0.0]  # type: ignore[attr-defined,index]


def test_a_name_that_givens_lack_is_told_to_the_author() -> None:
    with pytest.raises(AuthorError) as caught:
        givens.resolved(Case("c", (given("thrice"),)), {})
    assert str(caught.value) == "a case names the given thrice, which givens.py does not define"


def test_givens_that_do_not_run_are_told_to_the_author() -> None:
    with pytest.raises(AuthorError) as caught:
        givens.load(b"1 / 0", Path("givens.py"))
    assert str(caught.value) == "givens.py cannot be loaded: ZeroDivisionError: division by zero"


def test_givens_of_several_lessons_are_joined_once_each() -> None:
    other = b"def thrice(x):\n    return 3 * x\n"
    assert givens.joined([b"", GIVENS, other, GIVENS]) == GIVENS + b"\n\n" + other


def test_two_lessons_with_a_given_of_one_name_are_refused() -> None:
    with pytest.raises(AuthorError) as caught:
        givens.joined([GIVENS, b"def twice(y): return y + y"])
    assert str(caught.value) == "two lessons have a given called twice; rename one of them"


def test_an_exercise_with_givens_keywords_and_generators_proves_itself(lesson: Path) -> None:
    with Sandbox() as sandbox:
        (proof,) = verify([load(lesson / "apply.py")], seed=3, sandbox=sandbox)
    assert proof == Proof(lesson="01_small", slug="apply", points=2, checks=2, mistakes=3, caught=3)


def test_givens_of_a_later_lesson_reach_the_worker(lesson: Path) -> None:
    task = prepare(load(lesson / "apply.py"), seed=1)
    earlier = replace(task, slug="earlier", subjects=(), lesson="00_first", givens=b"")
    source = b"def apply(f, x, rng, by=1.0):\n    return by * f(x) + rng.random()\n"
    results: list[Result] = []
    with Sandbox() as sandbox:
        submission = Submission("student-01", {"apply.py": source})
        grade([submission], [earlier, task], sandbox=sandbox, suite="", sink=results.append)
    assert [(e.slug, e.points) for e in results[0].exercises] == [("earlier", 0), ("apply", 2)]


BOTH = '''"""Both: two numbers."""
from grader import Exercise, arrays, checks


def both(Z):
    """Return the number of rows and its negative."""
    return {"plus": float(len(Z)), "minus": -float(len(Z))}


exercise = Exercise(both, inputs=arrays("3"), checks=(checks.matches_reference(),))
'''


def test_a_wrong_part_of_a_dictionary_is_named_in_the_message(tmp_path: Path) -> None:
    path = tmp_path / "01_small" / "both.py"
    path.parent.mkdir()
    path.write_text(BOTH)
    source = b"def both(Z):\n    return {'minus': 3.0, 'plus': 3.0}\n"
    results: list[Result] = []
    with Sandbox() as sandbox:
        submission = Submission("student-01", {"both.py": source})
        grade([submission], [prepare(load(path), seed=1)], sandbox=sandbox, suite="", sink=results.append)
    message = results[0].exercises[0].checks[0].message
    assert message == 'You returned 3 under "minus"; expected \N{MINUS SIGN}3.'
