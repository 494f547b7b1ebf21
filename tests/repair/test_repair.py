"""A repair is told by the lines of the student's file."""

from __future__ import annotations

import pytest

from grader.repair.repair import Proven, Step
from grader.results import ChangedLine, Place

from .conftest import code

TEXT = '''
    def f(Z):
        """Text
        of two lines."""

        # a comment
        a = Z.sum(
            axis=0,
        )
        return a
'''


def test_lines_have_the_numbers_of_the_file_and_one_style() -> None:
    its = code("f", TEXT)
    new = its.texts[0].replace("axis=0", "axis=1")
    repair = Proven(its, (new,), (Step("axis", "sum", 0, new),), ("matches_reference",), is_full=True)
    assert repair.lines == (ChangedLine(9, "    a = Z.sum(axis=0)", "    a = Z.sum(axis=1)"),)
    assert repair.where == (Place(9, "Look at the axis of this sum."),)
    assert repair.function == "f"
    assert repair.patched.decode() == f"import numpy as np\n\n\n{new}\n"


def test_a_line_that_comes_has_no_old_text_and_one_that_goes_no_new_one() -> None:
    its = code("f", "def f(Z):\n    b = 1\n    return Z")
    longer, shorter = "def f(Z):\n    a = 2\n    b = 1\n    return Z", "def f(Z):\n    return Z"
    more = Proven(its, (longer,), (Step("guard", "", 0, longer, is_donor=True),))
    less = Proven(its, (shorter,), (Step("statement left out", "=", 0, shorter),))
    assert more.lines == (ChangedLine(5, "", "    a = 2"),)
    assert less.lines == (ChangedLine(5, "    b = 1", ""),)
    assert (more.uses_donor, less.uses_donor) == (True, False)


TWO = """
    def scale(Z):
        return Z / Z.sum()


    def f(Z):
        # the largest
        m = Z.max(axis=0)

        return scale(np.exp(Z + m))
"""


@pytest.mark.parametrize("order", [1, -1])
def test_each_change_has_its_own_line_and_the_upper_one_comes_first(order: int) -> None:
    its = code("f", TWO)
    helper = its.texts[0].replace(".sum()", ".sum(axis=1)")
    once = its.texts[1].replace("Z + m", "Z - m")
    twice = once.replace("axis=0", "axis=1")
    other = its.texts[1].replace("axis=0", "axis=1")
    sign, axis = Step("operator", "+", 1, once), Step("axis", "max", 1, twice)
    if order < 0:
        sign, axis = Step("operator", "+", 1, twice), Step("axis", "max", 1, other)
    steps = (Step("axis", "sum", 0, helper), *(sign, axis)[::order])
    repair = Proven(its, (helper, twice), steps)
    assert repair.where == (
        Place(5, "Look at the axis of this sum."),
        Place(10, "Look at the axis of this max."),
        Place(12, "Look at the operator +."),
    )
    assert (repair.function, repair.kinds) == ("scale", ("axis", "axis", "operator"))


def test_a_change_below_a_line_that_came_has_the_number_of_its_own_line() -> None:
    its = code("f", "def f(Z):\n    m = Z.max()\n    return Z + m")
    longer = "def f(Z):\n    Z = np.asarray(Z)\n    m = Z.max()\n    return Z + m"
    new = longer.replace("+", "-")
    steps = (Step("as an array first", "Z", 0, longer), Step("operator", "+", 0, new))
    assert [place.line for place in Proven(its, (new,), steps).where] == [5, 6]


def test_a_change_of_a_line_that_came_is_where_that_line_comes() -> None:
    its = code("f", "def f(Z):\n    return Z")
    longer = "def f(Z):\n    Z = np.array(Z)\n    return Z"
    new = longer.replace("(Z)\n    return", "(Z, float)\n    return")
    steps = (Step("as an array first", "Z", 0, longer), Step("dtype", "array", 0, new))
    assert [place.line for place in Proven(its, (new,), steps).where] == [5, 5]
