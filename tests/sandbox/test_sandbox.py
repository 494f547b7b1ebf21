"""A sandbox has the level that was named or the strongest there is; none is weakened silently."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from support.walls import BEST, LACKING

from grader.cases.case import Case
from grader.errors import SandboxError
from grader.sandbox import Sandbox, for_own_code
from grader.sandbox.layers import LEVELS, STRONG

LAZY = b"""
import numpy as np
def f(z):
    import decimal, numpy.polynomial, scipy.special
    return float(scipy.special.expit(0.0) + np.linalg.det(np.eye(2)) + numpy.polynomial.Polynomial([1])(0))
"""


@pytest.mark.parametrize("level", LEVELS)
def test_libraries_that_are_imported_late_work_behind_the_walls(level: str) -> None:
    if LACKING[level]:
        pytest.skip(LACKING[level])
    pytest.importorskip("scipy")
    with Sandbox(level=level) as sandbox, sandbox.open({"s.py": LAZY}) as session:
        batch = session.ask("s.py", "f", [Case("one", (np.ones(1),))], limits={"cpu_s": 20})
    assert (batch.load, batch.answers[0].value) == (None, 2.5)


def test_the_strongest_that_works_is_chosen() -> None:
    if not BEST:
        pytest.skip("; ".join(LACKING.values()))
    with Sandbox() as sandbox:
        assert sandbox.level == BEST
    with for_own_code() as sandbox:
        assert sandbox.level == BEST


def test_no_weaker_level_is_chosen_where_none_of_the_strong_ones_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxError) as caught:
        Sandbox()
    reason = "it needs Linux, and this is darwin; `--sandbox none` runs your own code."
    assert str(caught.value) == (
        " ".join(f"Sandbox level {level} is not available: {reason}" for level in STRONG)
        + " Nothing weaker is chosen by itself: a class of strangers needs Linux; `--sandbox limits` runs"
        " their code without isolation, and `--sandbox none` grades one submission, your own."
    )
    with for_own_code() as sandbox:
        assert sandbox.level == "none"
