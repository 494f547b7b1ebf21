"""What the tests of repairs share: exercises of the course, a sandbox, and functions handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from grader.course.course import find
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.repair import donors
from grader.repair.code import Code, read
from grader.repair.places import changes
from grader.repair.repair import Proven
from grader.repair.search import search
from grader.sandbox import Sandbox
from grader.submissions.source import Found, parse

ROOT = Path(__file__).parents[2]
Searched = Callable[..., Proven | None]


@cache
def task_of(slug: str, seed: int = 1) -> Task:
    """Return an exercise of the course."""
    return prepare(find(ROOT).authored(slugs=[slug])[0], seed=seed)


def found(slug: str, text: str) -> Found:
    """Return a function as it is handed in."""
    file = parse(f"{slug}.py", f"import numpy as np\n\n\n{dedent(text).strip()}\n".encode())
    return Found(file, slug, {file.path: file})


def code(slug: str, text: str) -> Code:
    """Return code that may be changed."""
    made = read(found(slug, text))
    assert made is not None
    return made


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.fixture
def searched(sandbox: Sandbox) -> Searched:
    """Search a repair of a function of the course; with donors unless it is done alone."""

    def run(slug: str, text: str, *, alone: bool = False) -> Proven | None:
        task = task_of(slug)
        given = None if alone else donors.of(task.source, slug)
        return search(task, found(slug, text), sandbox, donors=given, fresh=task_of(slug, 1001))

    return run


def results(text: str, slug: str = "f") -> set[tuple[str, str]]:
    """Return the kinds of changes of a function with the last line that each leads to."""
    its = code(slug, text)
    found = set[tuple[str, str]]()
    for number, change in changes(its):
        with change.made():
            found.add((change.kind, its.writers[number].text([change.holder]).split("\n")[-1].strip()))
    return found
