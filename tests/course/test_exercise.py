"""An authored file is loaded as one exercise, or refused in one sentence that names it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from grader import Exercise, arrays, checks, steps
from grader.cases.signature import Parameters
from grader.course.discovery import discover, load
from grader.course.exercise import Mistake
from grader.errors import AuthorError

TEXT = '''"""Twice: double a number.

More of it.
"""
from grader import Exercise, arrays, checks, steps

def twice(Z):
    """Return 2 * Z."""
    return 2 * Z

exercise = Exercise(twice, inputs=arrays(), checks=(checks.preserves_shape(),))
'''


def written(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_authored_file_has_lesson_title_and_source(tmp_path: Path) -> None:
    path = written(tmp_path, "01_small/twice.py")
    found = load(path)
    assert (found.lesson, found.title, found.exercise.slug) == ("01_small", "Twice: double a number", "twice")
    assert (found.path, found.source) == (path, TEXT)


def test_a_file_that_is_saved_twice_within_one_second_is_loaded_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for factor in "25":
        path = written(tmp_path, "01_small/twice.py", TEXT.replace("return 2", f"return {factor}"))
        os.utime(path, (1e9, 1e9))
        assert load(path).exercise.solution(3) == 3 * int(factor)
    assert [p.name for p in path.parent.iterdir()] == ["twice.py"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 / 0", "cannot be loaded: ZeroDivisionError: division by zero"),
        ("def twice(", "cannot be loaded: SyntaxError: '(' was never closed (twice.py, line 1)"),
        (TEXT.replace("exercise = ", "other = "), "does not define `exercise = Exercise(…)`"),
        (TEXT.replace("twice", "double"), "holds double; expected a function called twice"),
        (f"'  '{TEXT[TEXT.index('from') - 1 :]}", "has no docstring; its first line is the exercise's title"),
        (TEXT[TEXT.index("from") :], "has no docstring; its first line is the exercise's title"),
    ],
    ids=["raises", "syntax", "no exercise", "other name", "empty docstring", "no docstring"],
)
def test_a_file_that_is_no_exercise_is_refused_with_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = written(tmp_path, "01_small/twice.py", text)
    with pytest.raises(AuthorError) as caught:
        load(path)
    assert str(caught.value) == f"{path} {reason}"


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ('difficulty="tricky"', "difficulty is 'tricky'; expected one of easy, medium, hard"),
        ("minutes=0", "minutes is 0; expected a whole number above 0"),
        ('minutes="ten"', "minutes is 'ten'; expected a whole number above 0"),
    ],
)
def test_difficulty_and_minutes_are_of_their_kind(tmp_path: Path, declared: str, reason: str) -> None:
    text = TEXT.replace("inputs=arrays()", f"inputs=arrays(), {declared}")
    with pytest.raises(AuthorError) as caught:
        load(written(tmp_path, "01_small/twice.py", text))
    assert reason in str(caught.value)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "01_small/twice.py")
    path.write_bytes(b"# coding: latin-1\n# \xe9\n" + TEXT.encode())
    with pytest.raises(AuthorError, match=r"twice\.py cannot be loaded: UnicodeDecodeError: "):
        load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match=r"twice\.py cannot be loaded: FileNotFoundError: "):
        load(tmp_path / "twice.py")


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    for name in ("02_b/twice.py", "01_a/thrice.py", "01_a/once.py"):
        written(tmp_path, name, TEXT.replace("twice", Path(name).stem))
    for name in ("01_a/givens.py", "02_b/__init__.py", "top.py", "01_a/deep/er.py"):
        written(tmp_path, name, "no exercise")
    return tmp_path


@pytest.mark.parametrize(
    ("lesson", "slugs", "found"),
    [
        ("", (), ["01_a/once", "01_a/thrice", "02_b/twice"]),
        ("01", (), ["01_a/once", "01_a/thrice"]),
        ("", ("twice", "once"), ["01_a/once", "02_b/twice"]),
        ("02", ("once",), []),
    ],
)
def test_exercises_come_in_the_order_of_their_lessons(
    reference: Path, lesson: str, slugs: tuple[str, ...], found: list[str]
) -> None:
    chosen = discover(reference, lesson=lesson, slugs=slugs)
    assert [f"{one.lesson}/{one.exercise.slug}" for one in chosen] == found


CIRCLE = "exercises build on each other in a circle: {}"


def building(reference: Path, **after: str) -> None:
    """Write a course of one lesson and a half, in which the named exercises build on others."""
    for slug in ("bravo", "alpha", "delta", "charlie"):
        text = TEXT.replace("twice", slug).replace(
            "shape(),)", f"shape(),), after={after.get(slug, '').split()}"
        )
        written(reference, f"{'02_b' if slug == 'delta' else '01_a'}/{slug}.py", text)


def order(reference: Path, *slugs: str) -> list[str]:
    return [one.exercise.slug for one in discover(reference, slugs=slugs)]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({}, "alpha bravo charlie delta"),
        ({"alpha": "bravo"}, "bravo alpha charlie delta"),
        ({"alpha": "charlie"}, "bravo charlie alpha delta"),
        ({"alpha": "charlie", "bravo": "alpha"}, "charlie alpha bravo delta"),
        ({"delta": "alpha bravo"}, "alpha bravo charlie delta"),
    ],
)
def test_what_an_exercise_builds_on_comes_before_it_and_lessons_keep_their_order(
    tmp_path: Path, after: dict[str, str], found: str
) -> None:
    building(tmp_path, **after)
    assert order(tmp_path) == found.split()


def test_what_was_not_asked_for_does_not_count(tmp_path: Path) -> None:
    building(tmp_path, alpha="charlie", bravo="alpha", charlie="bravo")
    assert order(tmp_path, "alpha", "bravo") == ["alpha", "bravo"]


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ({"alpha": "alpha"}, CIRCLE.format("alpha after alpha")),
        (
            {"alpha": "bravo", "bravo": "charlie", "charlie": "bravo"},
            CIRCLE.format("bravo after charlie after bravo"),
        ),
    ],
)
def test_exercises_that_wait_for_each_other_are_refused(
    tmp_path: Path, after: dict[str, str], reason: str
) -> None:
    building(tmp_path, **after)
    with pytest.raises(AuthorError) as caught:
        discover(tmp_path)
    assert str(caught.value) == reason


def test_an_exercise_that_builds_on_none_is_refused(tmp_path: Path) -> None:
    building(tmp_path, bravo="alpha echo")
    for slugs in ((), ("bravo",)):
        with pytest.raises(AuthorError) as caught:
            discover(tmp_path, slugs=slugs)
        assert str(caught.value) == f"{tmp_path}/01_a/bravo.py builds on echo, which is no exercise"


def test_an_exercise_that_builds_on_a_later_lesson_is_refused(tmp_path: Path) -> None:
    building(tmp_path, bravo="delta")
    for slugs in ((), ("bravo",)):
        with pytest.raises(AuthorError) as caught:
            discover(tmp_path, slugs=slugs)
        assert str(caught.value) == f"{tmp_path}/01_a/bravo.py builds on delta, which 02_b teaches later"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[`charlie`](charlie.py), [a](alpha.py) and once more [charlie](charlie.py)", "charlie alpha bravo"),
        ("[b](bravo.py)", "bravo alpha charlie"),
        ("[none](echo.py) [another](../02_b/delta.py) [c](charlie.md) charlie.py", "alpha bravo charlie"),
        ("", "alpha bravo charlie"),
        (None, "alpha bravo charlie"),
    ],
)
def test_exercises_stand_as_the_lessons_text_links_to_them(
    tmp_path: Path, text: str | None, found: str
) -> None:
    building(tmp_path / "reference")
    if text is not None:
        written(tmp_path, "exercises/01_a/README.md", text)
    assert order(tmp_path / "reference") == [*found.split(), "delta"]


def test_an_exercise_stands_behind_what_it_builds_on_whatever_the_text_says(tmp_path: Path) -> None:
    building(tmp_path / "reference", charlie="bravo")
    written(tmp_path, "exercises/01_a/README.md", "[c](charlie.py) [a](alpha.py) [b](bravo.py)")
    assert order(tmp_path / "reference") == ["alpha", "bravo", "charlie", "delta"]


def test_a_lessons_text_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    building(tmp_path / "reference")
    written(tmp_path, "exercises/01_a/README.md").write_bytes(b"\xff")
    with pytest.raises(AuthorError, match=r"01_a/README\.md cannot be read: 'utf-8' codec can't decode"):
        discover(tmp_path / "reference")


def test_two_exercises_of_one_name_are_refused(reference: Path) -> None:
    other = written(reference, "03_c/once.py", TEXT.replace("twice", "once"))
    with pytest.raises(AuthorError) as caught:
        discover(reference)
    assert str(caught.value) == f"two exercises are called once: {reference}/01_a/once.py and {other}"


def scaled(Z: object, axis: int, alpha: float = 0.1, *, keep: bool = False) -> object:
    return Z, axis, alpha, keep


def test_parameters_with_a_default_are_passed_by_keyword() -> None:
    exercise = Exercise(scaled, inputs=arrays(), checks=())
    assert exercise.parameters == Parameters(("Z", "axis", "alpha", "keep"), 2, ("alpha", "keep"))


def test_mistakes_name_the_check_that_catches_them_by_kind_or_by_id() -> None:
    exercise = Exercise(scaled, inputs=arrays(), checks=())

    @exercise.mistake(caught_by=checks.within)
    def one(Z: object) -> object:
        """Two lines
        become one.
        """
        return Z

    @exercise.mistake(caught_by="within_a_label")
    def other(Z: object) -> object:
        return Z

    assert exercise.mistakes == [Mistake(one, "within"), Mistake(other, "within_a_label")]
    assert [(m.name, m.message) for m in exercise.mistakes] == [
        ("one", "Two lines become one."),
        ("other", ""),
    ]


def _double(Z: float) -> float:
    """Return 2 * Z."""
    return 2 * Z


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"hints": "Think."}, "hints is the text 'Think.'; expected several, such as hints=(…,)"),
        ({"tags": "loss"}, "tags is the text 'loss'; expected several, such as tags=(…,)"),
        ({"after": "softmax"}, "after is the text 'softmax'; expected several, such as after=(…,)"),
        ({"checks": (checks.finite,)}, "checks.finite is no check; expected a call such as checks.finite()"),
        ({"checks": ("finite",)}, "'finite' is no check; expected a call such as checks.finite()"),
        (
            {"steps": "iterations"},
            "steps is the text 'iterations'; expected steps such as steps.run(…), "
            "and the parameter with the number of steps as step_count",
        ),
        (
            {"solution": (_double, _double)},
            "the solution has 2 functions; expected steps=… that call them",
        ),
    ],
)
def test_a_declaration_that_cannot_be_says_what_was_expected(options: dict[str, Any], why: str) -> None:
    with pytest.raises(AuthorError) as caught:
        Exercise(**{"solution": _double, "inputs": arrays("n"), "checks": (checks.finite(),), **options})
    assert str(caught.value) == why


@pytest.mark.parametrize("points", ["3", -3, float("nan"), True, None])
def test_points_are_numbers_from_0(points: Any) -> None:
    with pytest.raises(AuthorError) as caught:
        checks.finite().worth(points)
    assert str(caught.value) == f"checks.finite: worth({points!r}); expected a number of points from 0"


def test_mistakes_have_names_of_their_own_and_say_what_they_replace() -> None:
    exercise = Exercise(_double, arrays("n"), (checks.finite(),))
    exercise.mistake(caught_by="finite")(_double)
    with pytest.raises(AuthorError, match="two mistakes are called _double; give each its own name"):
        exercise.mistake(caught_by="finite")(_double)
    with pytest.raises(AuthorError, match="stands instead of other; expected one of _double"):
        exercise.mistake(caught_by="finite", instead="other")(_double)
    both = Exercise((_double, print), arrays("n"), (checks.finite(),), steps=(steps.run("_double", "x"),))
    with pytest.raises(AuthorError, match="the mistake _double needs instead=…, one of _double, print"):
        both.mistake(caught_by="finite")(_double)
