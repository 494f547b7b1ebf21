"""A function's outer names are those that Python would look up in its file."""

from __future__ import annotations

from grader.scopes import outer_names

TEXT = """\
import numpy as np

def first(x, scale=factor):
    global count
    count = own = helper(x)
    return [np.sum(v) + y for v in own for y in own]

@decorated
def second():
    def inner(y):
        return y + deep
    return inner

if True:
    class Third(Base):
        size = width
"""


def test_own_variables_and_parameters_are_left_out() -> None:
    assert outer_names(TEXT) == {
        ("first", 3): frozenset({"count", "helper", "np"}),
        ("second", 9): frozenset({"deep"}),
        ("Third", 15): frozenset({"width"}),
    }


def test_what_python_cannot_read_has_no_names() -> None:
    assert outer_names("def f(:") == outer_names("x = '\0'") == outer_names("nonlocal x") == {}
