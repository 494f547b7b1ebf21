"""The course beyond what `grader verify` proves: mistakes show in public, bundles work, texts are right."""

from __future__ import annotations

import ast
import doctest
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.cases.case import Answer
from grader.course import course
from grader.course.authored_source import runnable, standing_in, stub
from grader.course.discovery import Authored
from grader.course.task import Task
from grader.explain.mistakes import Mistakes
from grader.grading.pipeline import grade
from grader.grading.verdicts import judge, observations
from grader.report import templates
from grader.results import Result
from grader.sandbox import Sandbox
from grader.student.check import check_here
from grader.submissions import Submission, read
from grader.submissions.locate import locate
from grader.submissions.source import Found, parse_all

ROOT = Path(__file__).parents[2]
HERE = course.find(ROOT)
AUTHORED = HERE.authored()
SLUGS = [one.exercise.slug for one in AUTHORED]
LESSONS = sorted({one.lesson for one in AUTHORED})


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> course.Course:
    """What a student has: the generated tree alone."""
    root = tmp_path_factory.mktemp("student")
    shutil.copytree(ROOT / "exercises", root / "exercises")
    return course.find(root)


@pytest.mark.parametrize("one", AUTHORED, ids=SLUGS)
def test_every_mistake_fails_a_public_check(sandbox: Sandbox, bundle: course.Course, one: Authored) -> None:
    (task,) = bundle.tasks(slugs=[one.exercise.slug], public_only=True)
    covering = {name for b in task.checks if b.cases for name in (b.id, b.check.kind.name)}
    names = [mistake.name for mistake in one.exercise.mistakes if mistake.caught_by in covering]
    sources = {n: standing_in(replace(task, source=one.source), n) for n in names}
    recorded = Mistakes(sandbox).answers(task)
    passed = [n for n in names if n in recorded and not _fails(task, sources[n], recorded[n])]
    seen_in_source = [Submission(n, {f"{task.slug}.py": sources[n]}) for n in names if n not in recorded]
    results: list[Result] = []
    if seen_in_source:
        grade(seen_in_source, [task], sandbox=sandbox, suite="", sink=results.append)
    passed += [r.student for r in results if all(c.status != "failed" for c in r.exercises[0].checks)]
    assert passed == []


def _fails(task: Task, source: bytes, answers: Mapping[str, Answer]) -> bool:
    """Return whether a check finds fault with recorded answers: no code runs."""
    found = locate(parse_all({f"{task.slug}.py": source}), task.slug, task.aliases, task.parameters)
    assert isinstance(found, Found)
    seen = observations(task, answers)
    return any(judge(task, bound, seen, found).status == "failed" for bound in task.checks)


def test_a_right_module_has_full_points_on_a_students_machine(bundle: course.Course) -> None:
    assert not bundle.reference.is_dir()
    module = read(ROOT / "tests" / "data" / "neural_network.py", student="me")
    lessons = ("foundations", "activations", "losses", "optimization")
    first = [a.exercise.slug for a in AUTHORED if a.lesson.partition("_")[2] in lessons]
    found = {e.slug: e for e in check_here(bundle, module).exercises if e.slug in first}
    assert {slug: e.status for slug, e in found.items() if e.status != "passed"} == {}
    assert [(e.slug, e.points) for e in found.values()] == [(slug, found[slug].max_points) for slug in first]


def test_every_right_solution_has_full_points_on_a_students_machine(bundle: course.Course) -> None:
    files = {f"{one.exercise.slug}.py": runnable(one.source) for one in AUTHORED}
    result = check_here(bundle, Submission("me", files))
    assert {e.slug: e.status for e in result.exercises if e.status != "passed"} == {}
    assert (result.points, len(result.exercises)) == (result.max_points, len(AUTHORED))


def test_the_stubs_as_handed_out_are_not_attempted(bundle: course.Course) -> None:
    result = check_here(bundle, read(bundle.exercises, student="me"))
    assert {e.status for e in result.exercises} == {"not_attempted"}
    assert result.points == 0


@pytest.mark.parametrize("one", AUTHORED, ids=SLUGS)
def test_examples_of_the_docstring_hold(one: Authored) -> None:
    solution = one.exercise.solution
    examples = doctest.DocTestParser().get_doctest(
        solution.__doc__ or "", {"np": np, solution.__name__: solution}, solution.__name__, None, None
    )
    assert examples.examples
    assert said(examples) == ""


def said(examples: doctest.DocTest) -> str:
    """Return what differs from what the examples show, empty if nothing does."""
    lines: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(examples, out=lines.append)
    return "".join(lines)


@pytest.mark.parametrize("one", AUTHORED, ids=SLUGS)
def test_a_stub_has_the_signature_of_the_solution_and_no_line_of_it(one: Authored) -> None:
    text = stub(one)
    authored, handed_out = (_function(source, one.exercise.slug) for source in (one.source, text))
    assert ast.unparse(authored.args) == ast.unparse(handed_out.args)
    assert ast.get_docstring(handed_out) == one.exercise.text
    assert [ast.unparse(s) for s in handed_out.body[1:]] == [
        f"raise NotImplementedError('{one.exercise.slug}')"
    ]
    lines = {line.strip() for line in text.splitlines()}
    solution = [ast.unparse(statement) for statement in authored.body[1:]]
    assert [line for part in solution for line in part.splitlines() if line.strip() in lines] == []


def _function(source: str, name: str) -> ast.FunctionDef:
    found = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and n.name == name]
    return found[-1]


def test_a_stub_brings_the_function_that_its_signature_names() -> None:
    (one,) = [a for a in AUTHORED if a.exercise.slug == "gradient_descent"]
    namespace: dict[str, object] = {}
    exec(stub(one), namespace)
    identity = namespace["identity"]
    assert callable(identity)
    assert identity(3) == 3


@pytest.mark.parametrize("one", AUTHORED, ids=SLUGS)
def test_formulas_are_set_as_mathematics(one: Authored) -> None:
    assert str(templates.formula(one.exercise.formula)).startswith("<math")


def test_an_exercise_builds_on_exercises_that_exist() -> None:
    unknown = {(one.exercise.slug, s) for one in AUTHORED for s in one.exercise.after if s not in SLUGS}
    assert unknown == set()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lessons_text_names_every_exercise_with_its_file_behind_what_it_builds_on(lesson: str) -> None:
    text = (ROOT / "exercises" / lesson / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\d+\. \[`(\w+)`\]\((\w+)\.py\)", text, flags=re.MULTILINE)
    assert sorted(named) == sorted((a.exercise.slug,) * 2 for a in AUTHORED if a.lesson == lesson)
    assert 60 <= len(text.splitlines()) <= 120
    after = {a.exercise.slug: a.exercise.after for a in AUTHORED}
    met = [slug for slug, _ in named]
    assert [(s, b) for s in met for b in after[s] if b in met[met.index(s) :]] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_numbers_of_a_lessons_text_are_right(lesson: str) -> None:
    names: Mapping[str, object] = {a.exercise.slug: a.exercise.solution for a in AUTHORED}
    path = ROOT / "exercises" / lesson / "README.md"
    blocks = re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    examples = doctest.DocTestParser().get_doctest(
        "\n".join(blocks), {"np": np, **names}, path.name, None, None
    )
    assert len(examples.examples) >= 3
    assert said(examples) == ""


def test_mistakes_of_a_bundle_are_recorded_for_every_public_case(
    sandbox: Sandbox, bundle: course.Course
) -> None:
    task: Task = bundle.tasks(slugs=["numerical_gradient"], public_only=True)[0]
    recorded = Mistakes(sandbox).answers(task)
    assert {name: set(answers) for name, answers in recorded.items()} == {
        mistake.name: {case.name for case in task.cases} for mistake in task.mistakes
    }
