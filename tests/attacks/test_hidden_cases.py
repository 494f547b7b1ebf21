"""Whatever a submission does with hidden inputs, nothing that a student may see tells of them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
import pytest
from support.small import small_course

from grader.course.task import Task
from grader.exports.gradescope import gradescope
from grader.grading.pipeline import grade
from grader.report.pages import student_page
from grader.report.redact import for_student
from grader.results import Result
from grader.sandbox import Limits, Sandbox
from grader.submissions import Submission

MARK = "4711"
"""What a submission says only where it has seen a hidden input; its public inputs are known to everybody."""
SPY = """
import sys, warnings
import numpy as np

PUBLIC = {public!r}
seen = []

def look(Z):
    if Z.tobytes().hex() not in PUBLIC:
        seen.append({mark})
    return bool(seen)

{code}
"""
SHOUTS = {
    "an exception's text": "raise ValueError(seen)",
    "an exception's type": "raise type('E{mark}', (ValueError,), {})()",
    "a built-in name": "raise type('print', (ValueError,), {})({mark})",
    "a line that is not there": (
        "exec(compile('\\n' * ({mark} - 1) + 'raise ValueError', __file__, 'exec'), {})"
    ),
    "a print": "print({mark}); sys.stdout.flush(); return {factor} * Z",
    "standard error": "print({mark}, file=sys.stderr); return {factor} * Z",
    "a warning": "warnings.warn('{mark}'); return {factor} * Z",
    "a value": "return np.full(Z.shape, float({mark}))",
    "a text": "return '{mark}'",
    "a shape": "return np.zeros({mark})",
    "a type": "return type('E{mark}', (), {})()",
    "a key": "return {'{mark}': 1}",
    "an argument": "Z[...] = {mark}; return {factor} * Z",
    "the end": "sys.exit('{mark}')",
    "an exit code": "__import__('os')._exit({mark} % 256)",
}
FUNCTION = """
def {slug}(Z):
    if look(Z):
        {shout}
    return {factor} * Z
"""


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> list[Task]:
    return small_course(tmp_path_factory.mktemp("course")).tasks()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(cpu_s=5, wall_factor=20)) as one:
        yield one


def spying(tasks: list[Task], shout: str) -> Submission:
    """Return one file with both functions: what one has seen, the other can tell."""
    cases = [case for task in tasks for case in task.cases if case.name not in task.secret]
    public = {case.args[0].tobytes().hex() for case in cases if isinstance(case.args[0], np.ndarray)}
    functions = []
    for slug, factor in (("twice", 2), ("thrice", 3)):
        said = shout.replace("{mark}", MARK).replace("{factor}", str(factor))
        functions.append(FUNCTION.format(slug=slug, factor=factor, shout=said))
    source = SPY.format(public=public, mark=MARK, code="".join(functions))
    return Submission("student-01", {"both.py": source.encode()})


def graded(tasks: list[Task], sandbox: Sandbox, submission: Submission) -> Result:
    found: list[Result] = []
    grade([submission], tasks, sandbox=sandbox, suite="", sink=found.append)
    return found[0]


@pytest.mark.parametrize("channel", SHOUTS)
def test_a_hidden_input_reaches_no_student(tasks: list[Task], sandbox: Sandbox, channel: str) -> None:
    result = graded(tasks, sandbox, spying(tasks, SHOUTS[channel]))
    # The page shows the code and digests nowhere: every 4711 is the submission's.
    blank = msgspec.structs.replace(result, digest="", suite="")
    assert MARK.encode() not in msgspec.json.encode(for_student(blank))
    assert MARK not in student_page(blank, title="")
    assert MARK.encode() not in msgspec.json.encode(gradescope(blank))


def test_no_public_case_meets_a_process_that_has_seen_a_hidden_one(
    tasks: list[Task], sandbox: Sandbox
) -> None:
    """A value that is wrong once a hidden input was seen: every public case is right all the same."""
    result = graded(tasks, sandbox, spying(tasks, SHOUTS["a value"]))
    failed = [c for e in result.exercises for c in e.checks if c.status == "failed"]
    assert len(failed) == len(tasks)
    assert all(check.case_hidden for check in failed)


def test_an_instructor_reads_what_was_said(tasks: list[Task], sandbox: Sandbox) -> None:
    result = graded(tasks, sandbox, spying(tasks, SHOUTS["an exception's text"]))
    error = result.exercises[0].error
    assert error is not None
    assert (error.message, error.line, error.excerpt) == ("Your function raised ValueError.", None, [])
    assert error.details.endswith(f": [{MARK}].")
    assert MARK in student_page(result, title="", audience="instructor")
