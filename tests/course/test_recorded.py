"""A student's machine judges as the course does, by recorded answers; a damaged file is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from support import judging

from grader import call, checks
from grader.authoring import build
from grader.course import recorded as bundle
from grader.course.discovery import Authored, load
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.errors import UsageError
from grader.grading.pipeline import grade
from grader.results import ExerciseResult, Result
from grader.sandbox import Sandbox
from grader.submissions import Submission

TWICE = '''"""Twice: double a number, or multiply it."""
import numpy as np
from grader import Exercise, arrays, call, checks

def twice(Z, factor=2.0, start=None):
    """Return factor * Z."""
    if np.ndim(Z) == 5:
        raise ValueError("five")
    return factor * np.asarray(Z)

exercise = Exercise(
    twice,
    inputs=arrays(ndim=2).also(
        thrice=call(np.array([0.1, np.inf, np.nan]), factor=3.0), large=np.ones(81)
    ).only(five=call(np.ones((1, 1, 1, 1, 1)))),
    checks=(
        checks.preserves_shape(),
        checks.within(-np.inf, np.float64(99)).on("*s"),
        checks.matches_reference().worth(3),
        checks.derivative_matches(lambda z: np.asarray(z) ** 2).on("equal*"),
        checks.stable_at(1e3, -1e3).hidden(),
        checks.raises("ValueError").on("five"),
        checks.forbids_calls("numpy.add", "numpy.multiply").named("Uses the operators"),
        checks.no_warnings(),
    ),
    hints=("Where?", "How?"),
    tags=("elementwise",),
    aliases=("double",),
    after=("once",),
    formula="2z",
)

@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z, factor=2.0, start=None):
    """Z * Z is the square."""
    if np.ndim(Z) == 5:
        raise ValueError("five")
    return np.asarray(Z) * Z

@exercise.mistake(caught_by=checks.raises)
def lenient(Z, factor=2.0, start=None):
    """Five dimensions are too many."""
    return factor * np.asarray(Z)

@exercise.mistake(caught_by=checks.forbids_calls)
def added(Z, factor=2.0, start=None):
    """Write it with operators."""
    return twice(np.add(Z, 0.0), factor)
'''
GIVEN = '''"""Mapped: apply a function."""
import numpy as np
from grader import Exercise, call, checks, drawn

def mapped(f, rng):
    """Return f of nothing much."""
    return {"W": np.zeros(2), "text": "ok", "n": 1}

def cases(rng):
    return call(np.ones((2, 2)), [1, 2])

exercise = Exercise(mapped, inputs=drawn(cases), checks=(checks.matches_reference(),))
'''
SUBMISSIONS = {
    "right": "import numpy as np\ndef twice(Z, factor=2.0, start=None):\n"
    "    if np.ndim(Z) == 5: raise ValueError\n    return factor * np.asarray(Z)\n",
    "square": "def double(Z, factor=2.0, start=None):\n"
    "    if Z.ndim == 5: raise ValueError\n    return Z * Z\n",
    "adds": "import numpy as np\ndef twice(Z, factor=2.0, start=None):\n    return np.add(Z, Z)\n",
    "list": "def twice(Z, factor=2.0, start=None):\n    return Z.tolist()\n",
    "no keyword": "def twice(Z):\n    return 2 * Z\n",
    "syntax": "def twice(Z:\n",
    "stub": "def twice(Z, factor=2.0, start=None):\n    raise NotImplementedError('twice')\n",
}


def authored(folder: Path, slug: str, text: str) -> Authored:
    path = folder / f"{slug}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[Authored]:
    reference = tmp_path_factory.mktemp("reference")
    one = authored(reference / "01_small", "twice", TWICE)
    other = authored(reference / "02_more", "mapped", GIVEN)
    (reference / "02_more" / "givens.py").write_text("def identity(x):\n    return x\n")
    return [one, other]


@pytest.fixture(scope="module")
def tree(both: list[Authored], sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exercises")
    build.write(folder, build.files(both, sandbox))
    return folder


def graded(sandbox: Sandbox, task: Task, source: str) -> ExerciseResult:
    found: list[Result] = []
    files = {"twice.py": source.encode()}
    grade([Submission("student-01", files)], [task], sandbox=sandbox, suite="", sink=found.append)
    exercise = found[0].exercises[0]
    checks = [msgspec.structs.replace(c, duration_s=0.0) for c in exercise.checks]
    return msgspec.structs.replace(exercise, checks=checks)


def public(task: Task) -> Task:
    """Return the part of a task that a bundle carries."""
    cases = {case.name for case in bundle.public_cases(task)}
    checks = tuple(replace(b, cases=tuple(n for n in b.cases if n in cases)) for b in task.checks)
    kept = tuple(c for c in task.cases if c.name in cases)
    return replace(task, cases=kept, checks=checks, solve=None)


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_recorded_answers_judge_as_the_reference_does(
    sandbox: Sandbox, both: list[Authored], tree: Path, name: str
) -> None:
    (task,) = bundle.read(tree, slugs=["twice"])
    expected = graded(sandbox, public(prepare(both[0], seed=3, public_only=True)), SUBMISSIONS[name])
    assert graded(sandbox, task, SUBMISSIONS[name]) == expected


def test_a_known_mistake_is_told_without_its_code(sandbox: Sandbox, tree: Path) -> None:
    (task,) = bundle.read(tree, slugs=["twice"])
    assert task.source == ""
    found = graded(sandbox, task, SUBMISSIONS["square"]).diagnosis
    assert found is not None
    assert (found.mistake, found.message) == ("squared", "Z * Z is the square.")


def test_nothing_hidden_large_or_uncallable_is_carried(tree: Path) -> None:
    (task,) = bundle.read(tree, slugs=["twice"])
    assert [b.id for b in task.checks] == [
        *("preserves_shape", "within", "matches_reference", "derivative_matches", "raises"),
        *("forbids_calls", "no_warnings"),
    ]
    assert [m.name for m in task.mistakes] == ["squared", "lenient"]
    assert [case.name for case in task.cases] == [
        *("thrice", "different sizes", "equal sizes", "one row", "a transposed view"),
        *("every second element", "five"),
    ]
    assert [b.check.options for b in task.checks if b.check.options] == [
        {"low": -np.inf, "high": 99.0},
        {"kinks": ()},
        {"error": "ValueError"},
        {"names": ("numpy.add", "numpy.multiply")},
    ]


def test_a_long_answer_is_not_carried_though_its_arguments_are_short() -> None:
    inputs = judging.cases(short=call(bundle.ANSWER_ELEMENTS), long=call(bundle.ANSWER_ELEMENTS + 1))
    one = judging.task(lambda size: np.zeros(size), checks.matches_shape(), inputs=inputs)
    assert [case.name for case in bundle.public_cases(one)] == ["short"]


def test_all_that_students_may_know_comes_back(both: list[Authored], tree: Path) -> None:
    (task,) = bundle.read(tree, slugs=["twice"])
    whole = prepare(both[0], seed=3, public_only=True)
    names = ("slug", "title", "lesson", "parameters", "aliases", "hints", "tags", "formula", "max_points")
    for name in names:
        assert getattr(task, name) == getattr(whole, name)
    assert [(b.check.title, b.check.points, b.check.is_advice) for b in task.checks] == [
        (b.check.title, b.check.points, b.check.is_advice) for b in whole.checks
    ]


def test_lessons_and_slugs_narrow_what_is_read(tree: Path) -> None:
    assert [t.slug for t in bundle.read(tree)] == ["twice", "mapped"]
    assert [t.slug for t in bundle.read(tree, lesson="02")] == ["mapped"]
    assert bundle.read(tree, lesson="01", slugs=["mapped"]) == []


def test_givens_come_with_their_lesson(tree: Path) -> None:
    assert [t.givens for t in bundle.read(tree)] == [b"", b"def identity(x):\n    return x\n"]


def test_slopes_come_back_to_the_bit(both: list[Authored], tree: Path) -> None:
    facts = [
        next(b.facts for b in task.checks if b.id == "derivative_matches")
        for task in (bundle.read(tree, slugs=["twice"])[0], prepare(both[0], seed=3, public_only=True))
    ]
    assert list(facts[0]) == list(facts[1]) == ["equal sizes"]
    for name in ("value", "error", "trusted"):
        one, other = (getattr(f["equal sizes"][0].slope, name) for f in facts)
        assert (one.dtype, one.tobytes()) == (other.dtype, other.tobytes())


INDEX, ANSWERS = "index.json", "01_small/answers.json"


def changed(change: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    def damaged(data: bytes) -> bytes:
        decoded = msgspec.json.decode(data)
        change(decoded)
        return msgspec.json.encode(decoded)

    return damaged


def _only(data: Any) -> Any:
    return data["exercises"]["twice"]


DAMAGED: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "cut": (INDEX, lambda _: b"{", " cannot be read: Input data was truncated. Unpack the course again."),
    "deep": (
        INDEX,
        lambda _: b"[" * 100_000,
        " cannot be read: maximum recursion depth exceeded while deserializing an object. "
        "Unpack the course again.",
    ),
    "list": (INDEX, lambda _: b"[]", " is not of schema 1. Unpack the course again."),
    "later": (
        ANSWERS,
        changed(lambda d: d.update(schema=2)),
        " is not of schema 1. Unpack the course again.",
    ),
    "empty": (INDEX, lambda _: b'{"schema":1}', " lacks 'exercises'. Unpack the course again."),
    "another build": (
        ANSWERS,
        changed(lambda d: d["exercises"].pop("twice")),
        " lacks 'twice'. Unpack the course again.",
    ),
    "no cases": (
        ANSWERS,
        changed(lambda d: _only(d).pop("cases")),
        " lacks 'cases'. Unpack the course again.",
    ),
    "a number": (
        ANSWERS,
        changed(lambda d: _only(d).update(cases=3)),
        " cannot be read: 'int' object is not iterable. Unpack the course again.",
    ),
    "a value": (
        ANSWERS,
        changed(lambda d: _only(d)["cases"][0].update(expected=1.5)),
        ": A recorded value cannot be read: a form that is not known.",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_named_with_what_is_wrong(tree: Path, tmp_path: Path, name: str) -> None:
    file, damage, reason = DAMAGED[name]
    shutil.copytree(tree, tmp_path, dirs_exist_ok=True)
    (tmp_path / file).write_bytes(damage((tmp_path / file).read_bytes()))
    with pytest.raises(UsageError) as caught:
        bundle.read(tmp_path)
    assert str(caught.value) == f"{tmp_path / file}{reason}"


@pytest.mark.parametrize("file", [INDEX, ANSWERS])
def test_a_missing_file_is_named(tree: Path, tmp_path: Path, file: str) -> None:
    shutil.copytree(tree, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    path.unlink()
    with pytest.raises(UsageError) as caught:
        bundle.read(tmp_path)
    reason = f"[Errno 2] No such file or directory: '{path}'"
    assert str(caught.value) == f"{path} cannot be read: {reason}. Unpack the course again."


def test_a_check_of_a_later_version_asks_for_an_update(tree: Path, tmp_path: Path) -> None:
    shutil.copytree(tree, tmp_path, dirs_exist_ok=True)
    index = changed(lambda d: d["exercises"][0]["checks"][0].update(kind="flies"))
    (tmp_path / INDEX).write_bytes(index((tree / INDEX).read_bytes()))
    with pytest.raises(UsageError) as caught:
        bundle.read(tmp_path)
    reason = "This version of grader does not know the check flies; update it."
    assert str(caught.value) == f"{tmp_path / ANSWERS}: {reason}"
