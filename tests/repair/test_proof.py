"""A repair is graded like a submission, in new processes, on public and hidden cases."""

from __future__ import annotations

import pytest

from grader.repair.proof import is_proven
from grader.sandbox import Sandbox

from .conftest import task_of

RIGHT = b"import numpy as np\n\n\ndef relu(Z):\n    return np.maximum(0, Z)\n"


@pytest.mark.parametrize("seed", [1, 77])
def test_a_right_file_is_proven(seed: int, sandbox: Sandbox) -> None:
    assert is_proven({"relu.py": RIGHT}, task_of("relu", seed), ["matches_reference"], sandbox, full=True)


def test_a_file_that_is_right_for_public_cases_alone_is_not(sandbox: Sandbox) -> None:
    task = task_of("relu")
    wrong = RIGHT.replace(b"np.maximum(0, Z)", b"np.where(Z == np.round(Z, 2), np.maximum(0, Z), 0)")
    assert not is_proven({"relu.py": wrong}, task, ["matches_reference"], sandbox, full=False)


def test_what_is_not_claimed_may_fail(sandbox: Sandbox) -> None:
    slow = RIGHT.replace(b"np.maximum(0, Z)", b"np.maximum(0, Z).tolist()")
    task = task_of("relu")
    assert is_proven({"relu.py": slow}, task, [], sandbox, full=False)
    assert not is_proven({"relu.py": slow}, task, [], sandbox, full=True)
