"""A repair is told by the lines of the student's file."""

from __future__ import annotations

from grader.repair.repair import Proven, Step
from grader.results import ChangedLine

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
    repair = Proven(its, (new,), (Step("axis", "sum", 0),), ("matches_reference",), is_full=True)
    assert repair.lines == (ChangedLine(9, "    a = Z.sum(axis=0)", "    a = Z.sum(axis=1)"),)
    assert repair.where == ("Look at the axis of this sum.",)
    assert repair.function == "f"
    assert repair.patched.decode() == f"import numpy as np\n\n\n{new}\n"


def test_a_line_that_comes_has_no_old_text_and_one_that_goes_no_new_one() -> None:
    its = code("f", "def f(Z):\n    b = 1\n    return Z")
    more = Proven(its, ("def f(Z):\n    a = 2\n    b = 1\n    return Z",), (Step("guard", "", 0, True),))
    less = Proven(its, ("def f(Z):\n    return Z",), (Step("statement left out", "=", 0),))
    assert more.lines == (ChangedLine(5, "", "    a = 2"),)
    assert less.lines == (ChangedLine(5, "    b = 1", ""),)
    assert (more.uses_donor, less.uses_donor) == (True, False)
