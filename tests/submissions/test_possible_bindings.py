"""What a name may stand for, once branches, loops and handlers have come together."""

from __future__ import annotations

import ast

from grader.submissions.possible_bindings import (
    Binding,
    Names,
    PossibleBindings,
    caught,
    either,
    follow,
    maybe,
)
from grader.submissions.scopes import scopes

ONE, TWO, THREE = (Binding(ast.Pass(), imported=name) for name in ("one", "two", "three"))


def sure(*bindings: Binding) -> PossibleBindings:
    return PossibleBindings(bindings, is_bound=True)


def test_what_surely_happens_later_replaces_and_what_may_happen_is_added() -> None:
    names: Names = {"f": sure(ONE)}
    follow(names, maybe({"f": sure(TWO), "g": sure(TWO)}))
    assert names == {"f": sure(ONE, TWO), "g": PossibleBindings((TWO,))}
    follow(names, {"f": sure(THREE)})
    assert names["f"] == sure(THREE)


def test_behind_two_branches_a_name_is_sure_only_if_both_bind_it() -> None:
    found = either([{"f": sure(ONE), "g": sure(ONE)}, {"f": sure(TWO)}])
    assert found == {"f": sure(ONE, TWO), "g": PossibleBindings((ONE,))}


def test_behind_a_try_stands_what_went_through_or_what_a_handler_made_of_where_it_stopped() -> None:
    through, stopped = {"f": sure(ONE)}, {"f": PossibleBindings((ONE,))}
    assert caught(through, stopped, []) == through
    assert caught(through, stopped, [{"f": sure(TWO)}]) == {"f": sure(ONE, TWO)}
    assert caught({"f": sure(THREE)}, stopped, [{}, {"f": sure(TWO)}]) == {
        "f": PossibleBindings((THREE, TWO, ONE))
    }


def test_a_name_that_is_bound_in_very_many_branches_is_unclear() -> None:
    held = scopes(b"".join(b"if x: f = %d\n" % n for n in range(51))).bindings("f")
    assert (len(held.bindings), held.is_bound, held.unclear) == (50, False, True)
