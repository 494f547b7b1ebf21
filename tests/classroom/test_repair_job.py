"""Equal code is searched once; where the rest of a file or a helper differs, the repair is proven anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.small import small_course

from grader.classroom.repair_job import repairs
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.results import ChangedLine
from grader.sandbox import Sandbox
from grader.submissions import Submission

CODE = "from helper import one\n\n\ndef twice(Z):\n    return 2 * one(Z) + Z.sum()\n"
CHANGE = [ChangedLine(5, "    return 2 * one(Z) + Z.sum()", "    return 2 * one(Z)")]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    (one,) = small_course(tmp_path_factory.mktemp("course")).authored(slugs=["twice"])
    return prepare(one, seed=1)


def handed(*lines: str, code: str = CODE) -> Submission:
    """Return a submission whose helper gives the value of these lines."""
    helper = "\n    ".join(["def one(Z):", *lines])
    return Submission("student-01", {"twice.py": code.encode(), "helper.py": f"{helper}\n".encode()})


def test_a_helper_decides_whether_equal_code_has_the_repair(task: Task, sandbox: Sandbox) -> None:
    submissions = [handed("return Z"), handed("W = Z", "return W"), handed("return Z + 1")]
    found = repairs(submissions, task, task, sandbox)
    assert [one.change if one else None for one in found] == [CHANGE, CHANGE, None]


def test_code_that_only_looks_equal_by_its_digest_has_no_repair(task: Task, sandbox: Sandbox) -> None:
    other = handed("return Z", code=CODE.replace("sum", "max"))
    found = repairs([handed("return Z"), other], task, task, sandbox)
    assert [one is not None for one in found] == [True, False]


@pytest.mark.parametrize("code", ["def twice(:", "x = 1", "def twice(Z):\n    raise NotImplementedError"])
def test_what_cannot_be_called_is_not_searched(task: Task, sandbox: Sandbox, code: str) -> None:
    assert repairs([handed("return Z", code=code)] * 2, task, task, sandbox) == [None, None]
