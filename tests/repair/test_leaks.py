"""No text of the solution, of a mistake or of a hidden case reaches a student by way of a repair."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec
import pytest
from support import samples

from grader.course.course import find
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.repair import donors
from grader.repair.lessons import WHAT
from grader.repair.proof import OTHER_SEED
from grader.repair.search import search
from grader.repair.telling import told
from grader.report.redact import for_student
from grader.results import Repair
from grader.sandbox import Sandbox
from grader.submissions.source import Found, parse

from .measure import ROOT, Wrong, beginners

_LEAST = 8
"""Characters of an expression that says something."""


def expressions(source: str) -> set[str]:
    """Return the source of each expression that says something."""
    found = (ast.unparse(n) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.expr))
    return {text for text in found if len(text) >= _LEAST}


def seen(repair: Repair) -> Repair:
    """Return what a student sees at the last stage."""
    exercise = msgspec.structs.replace(samples.relu(), repair=repair)
    found = for_student(samples.result("student-01", [exercise])).exercises[0].repair
    assert found is not None
    return found


def leaks(wrong: Wrong, task: Task, fresh: Task, sandbox: Sandbox) -> Iterator[str]:
    """Yield what a student would read of the authored file."""
    file = parse(f"{wrong.slug}.py", wrong.source.encode())
    source = Found(file, wrong.slug, {file.path: file})
    proven = search(task, source, sandbox, donors=donors.of(task.source, task.slug, ""), fresh=fresh)
    if proven is None:
        return
    repair = seen(told(proven))
    yield from (f"{wrong.slug}: {text}" for text in repair.what if text not in WHAT.values())
    if proven.uses_donor and repair.change:
        yield f"{wrong.slug}: the change"
    # Without donors, what comes is made of the student's own code, even where the solution has the same.
    text = msgspec.json.encode(msgspec.structs.replace(repair, change=[])).decode()
    foreign = expressions(task.source) - expressions(wrong.source)
    yield from (f"{wrong.slug}: {one}" for one in foreign if one in text and one not in wrong.source)


@pytest.mark.parametrize(
    "one_in", [pytest.param(47), pytest.param(1, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
def test_a_student_reads_nothing_of_the_authored_file(one_in: int, sandbox: Sandbox) -> None:
    course = find(ROOT)
    authored = {one.exercise.slug: one for one in course.authored()}
    found = []
    for wrong in list(beginners(course))[::one_in]:
        one = authored[wrong.slug]
        task, fresh = (prepare(one, seed=seed) for seed in (course.seed, course.seed + OTHER_SEED))
        found += leaks(wrong, task, fresh, sandbox)
    assert found == []


def test_every_place_that_is_named_is_one_of_the_student(sandbox: Sandbox) -> None:
    """A sentence quotes the code that goes, not the code that comes."""
    slug = "softmax"
    text = "import numpy as np\n\n\ndef softmax(Z):\n    e = np.exp(Z)\n    return e / np.sum(e)\n"
    one = next(one for one in find(ROOT).authored(slugs=[slug]))
    task = prepare(one, seed=3)
    file = parse(f"{slug}.py", text.encode())
    given = donors.of(task.source, slug, "")
    proven = search(task, Found(file, slug, {file.path: file}), sandbox, donors=given)
    assert proven is not None
    assert all(step.thing in text for step in proven.steps)
