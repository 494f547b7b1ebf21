"""A proven repair in words: the place, the kind of slip, and the change by its lines."""

from __future__ import annotations

from grader.repair.repair import Proven, Step
from grader.repair.telling import told
from grader.results import ChangedLine, Place, Repair

from .conftest import code

TEXT = """
def total(Z):
    return Z.sum(axis=0)

def f(Z):
    # the rows
    return total(Z)
"""


def test_all_is_told_of_a_helper_that_changes() -> None:
    its = code("f", TEXT)
    new = its.texts[0].replace("axis=0", "axis=1")
    proven = Proven(its, (new, its.texts[1]), (Step("axis", "sum", 0, new),), ("values",), True)
    assert told(proven, "what") == Repair(
        file="f.py",
        function="total",
        line=5,
        kind="in total, axis: sum",
        excerpt=[
            (3, ""),
            (4, "def total(Z):"),
            (5, "    return Z.sum(axis=0)"),
            (6, ""),
            (7, "def f(Z):"),
        ],
        where=[Place(5, "Look at the axis of this sum.")],
        what=["axis=0 combines the rows and leaves a number for each column; axis=1 combines the columns."],
        change=[ChangedLine(5, "    return Z.sum(axis=0)", "    return Z.sum(axis=1)")],
        is_full=True,
        told="what",
        code="def total(Z):\n    return Z.sum(axis=0)\n\ndef f(Z):\n    return total(Z)",
    )


def test_a_change_with_code_of_the_solution_says_so() -> None:
    its = code("f", TEXT)
    new = its.texts[1].replace("total(Z)", "total(Z) + 1")
    repair = told(Proven(its, (its.texts[0], new), (Step("expression", "", 1, new, is_donor=True),)))
    assert (repair.uses_solution, repair.kind, repair.told, repair.is_full) == (
        True,
        "expression",
        "change",
        False,
    )
