"""An edit of what decides grades a class anew; an edit of what shows does not, nor does a last bit."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.small import small_course

from grader.cases.tolerances import Tolerances
from grader.course.task import Task
from grader.grading.fingerprint import DECIDES, page_code, task_digest, verdict_code
from grader.resources import PACKAGE

SHOWS = ("results", "errors", "resources", "text", "report", "executors", "submissions")
"""Loaded where a submission is graded, without a say in the verdict."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("copy") / "grader"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def codes_after_an_edit(package: Path, name: str) -> tuple[str, str]:
    """Return both fingerprints of our code as they are where a comment more stands in one file."""
    path = package / name
    text = path.read_text()
    path.write_text(text + "# more\n")
    verdict_code.cache_clear()
    page_code.cache_clear()
    try:
        return verdict_code(package), page_code(package)
    finally:
        path.write_text(text)


@pytest.mark.parametrize(
    ("name", "other_verdicts", "other_pages"),
    [
        ("checks/values.py", True, True),
        ("explain/patterns.py", True, True),
        ("numerics/ridders.py", True, True),
        ("submissions/locate.py", True, True),
        ("worker/wire.py", True, True),
        ("report/pages.py", False, True),
        ("report/plot/curves.py", False, True),
        ("text/wording.py", False, True),
        ("gradebook/policy_points.py", False, True),
        ("cli/instructor.py", False, False),
        ("classroom/actions.py", False, False),
        ("exports/canvas.py", False, False),
        ("executors/local.py", False, False),
        ("student/notebook.py", False, False),
        ("submissions/archive.py", False, False),
    ],
)
def test_only_an_edit_of_what_decides_grades_a_class_anew(
    package: Path, name: str, other_verdicts: bool, other_pages: bool
) -> None:
    before = codes_after_an_edit(package, "py.typed")
    after = codes_after_an_edit(package, name)
    assert (after[0] != before[0], after[1] != before[1]) == (other_verdicts, other_pages)


def test_whatever_grading_loads_decides_or_is_known_to_show() -> None:
    code = (
        "import sys, grader.grading.pipeline, grader.grading.pytest_plugin;"
        " print(*(name for name in sys.modules if name.startswith('grader.')))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    loaded = [name.split(".")[1] for name in done.stdout.split()]
    assert {name for name in loaded if name not in DECIDES} <= set(SHOWS)
    assert all((PACKAGE / name).exists() for name in DECIDES)


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    (only,) = small_course(tmp_path_factory.mktemp("course")).tasks(slugs=["twice"])
    return only


def in_other_last_bits(task: Task) -> Task:
    """Return the task as another processor computes it."""
    cases = tuple(
        replace(
            case, args=tuple(np.nextafter(a, np.inf) if isinstance(a, np.ndarray) else a for a in case.args)
        )
        for case in task.cases
    )
    expected = {
        name: replace(
            one, value=np.nextafter(one.value, np.inf), allowed=Tolerances({(): one.allowed.at() * 1.001})
        )
        for name, one in task.expected.items()
    }
    return replace(task, cases=cases, expected=expected)


def test_another_processors_last_bits_grade_nobody_anew(task: Task) -> None:
    assert task_digest(in_other_last_bits(task), "1") == task_digest(task, "1")


def test_numbers_of_a_bundle_count_for_nothing_else_stands_for_them(task: Task) -> None:
    recorded = replace(task, source="")
    assert task_digest(in_other_last_bits(recorded), "1") != task_digest(recorded, "1")


def test_source_cases_and_version_count(task: Task) -> None:
    others = [
        replace(task, source=task.source + "# more\n"),
        replace(task, cases=task.cases[1:]),
        replace(task, checks=task.checks[:1]),
        replace(task, givens=b"more = 1\n"),
        replace(task, limits={"cpu_s": 9}),
        replace(task, hints=("Another?", "How?")),
    ]
    digests = [task_digest(one, "1") for one in (task, *others)] + [task_digest(task, "2")]
    assert len(set(digests)) == len(digests)
