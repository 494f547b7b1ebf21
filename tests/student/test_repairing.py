"""At home a small change of the own code is found by the public cases; what could do harm is never run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from grader.course.course import Course, find
from grader.results import Place, Repair
from grader.sandbox import Sandbox
from grader.student.check import check_in, for_me
from grader.student.repairing import is_harmless, with_repairs
from grader.submissions import Submission

ROOT = Path(__file__).parents[2]
COSINES = """
import numpy as np
def positional_encoding(n, d):
    angle = np.arange(n)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    out = np.zeros((n, d))
    out[:, 0::2] = np.cos(angle)
    out[:, 1::2] = np.cos(angle)[:, : d // 2]
    return out
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course as a student has it, without the reference."""
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "exercises").symlink_to(ROOT / "exercises", target_is_directory=True)
    return find(folder)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with for_me() as one:
        yield one


def found(bundle: Course, sandbox: Sandbox, code: str, *, goes_on: bool = True) -> Repair | None:
    submission = Submission("me", {"positional_encoding.py": code.encode()})
    result = check_in(sandbox, bundle, submission, slugs=["positional_encoding"])
    assert result.exercises[0].is_unexplained
    more = with_repairs(result, bundle, submission, sandbox, goes_on=lambda: goes_on)
    (exercise,) = more.exercises
    assert replace(exercise, repair=None, is_searched=False) == result.exercises[0]
    return exercise.repair


def test_a_slip_that_nobody_foresaw_is_found_and_told(bundle: Course, sandbox: Sandbox) -> None:
    repair = found(bundle, sandbox, COSINES)
    assert repair is not None
    assert (repair.line, repair.where, repair.is_full) == (
        6,
        [Place(6, "Look at the function cos: is it the one you want here?")],
        True,
    )
    assert [(line.old.strip(), line.new.strip()) for line in repair.change] == [
        ("out[:, 0::2] = np.cos(angle)", "out[:, 0::2] = np.sin(angle)")
    ]


def test_a_search_that_is_not_wanted_any_more_ends(bundle: Course, sandbox: Sandbox) -> None:
    assert found(bundle, sandbox, COSINES, goes_on=False) is None


def test_code_that_could_write_a_file_is_not_changed_and_run(bundle: Course, sandbox: Sandbox) -> None:
    assert found(bundle, sandbox, f"import os\n{COSINES}") is None


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np, math\nfrom collections import Counter\nx = np.exp(math.pi)",
        "from numpy.linalg import inv\nfrom __future__ import annotations",
        "def f(x):\n    return x.copy()",
    ],
)
def test_what_only_computes_is_harmless(code: str) -> None:
    assert is_harmless(code.encode())


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "import numpy, shutil",
        "from pathlib import Path",
        "from . import helper",
        "from numpy import save",
        "open('x', 'w')",
        "eval('1')",
        "np.save('x', 1)",
        "x.tofile('x')",
        "().__class__",
        "__builtins__",
        "getattr(np, 's' + 'ave')",
        "def f(:",
        "x = '\0'",
        "(" * 500,
    ],
)
def test_what_may_touch_a_file_or_cannot_be_read_is_not(code: str) -> None:
    assert not is_harmless(code.encode())
