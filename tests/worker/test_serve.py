"""The child's side, run in process: coverage of a fork that is killed is not available."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from msgspec.structs import asdict
from support.served import asked

from grader.worker import claim, wire

pytestmark = pytest.mark.usefixtures("world_as_before")


def test_value_arguments_and_prints_come_back() -> None:
    loaded, answer = asked(
        "print('up')\ndef f(z):\n    print('in')\n    return 2 * z", (np.array([1.0, 2.0]),)
    )
    assert loaded == asdict(claim.Claim("loaded", stdout="up\n"))
    assert answer["value"].tolist() == [2.0, 4.0]
    assert (answer["changed"], answer["again"]) == ({}, ())
    assert (answer["stdout"], answer["warnings"]) == ("in\n", [])


def test_a_view_of_the_argument_shows_when_the_argument_is_overwritten() -> None:
    _, answer = asked("def f(z):\n    return z[::1]", (np.array([1, 2]),))
    assert answer["value"].tolist() == [1, 2]
    assert answer["again"][0].tolist() == [-2, -3]


def test_a_changed_argument_comes_back_changed() -> None:
    _, answer = asked("def f(z):\n    z[0] = 9\n    return 1", (np.array([1.0]),))
    assert answer["changed"][0].tolist() == [9.0]


def test_of_the_arguments_only_what_may_have_changed_comes_back() -> None:
    source = "def f(a, b, c, d):\n    a[:] = 7\n    c.append(3)\n    raise KeyError"
    _, answer = asked(source, (np.zeros(1), np.zeros(1), [1], 2.0))
    assert {n: np.asarray(v).tolist() for n, v in answer["changed"].items()} == {0: [7.0], 2: [1, 3]}


def test_a_keyword_argument_comes_back_by_its_name_and_is_looked_through_too() -> None:
    source = "def f(z, mask):\n    mask[0] = True\n    return mask[:1]"
    _, answer = asked(source, (1.0,), kwargs={"mask": np.array([False, False])})
    assert answer["changed"]["mask"].tolist() == [True, False]
    assert (answer["value"].tolist(), answer["again"][0].tolist()) == ([True], [False])


def test_an_argument_that_was_made_read_only_is_no_fault() -> None:
    _, answer = asked("def f(z):\n    z.flags.writeable = False\n    return z + 1", (np.zeros(1),))
    assert (answer["outcome"], answer["value"].tolist()) == ("returned", [1.0])


def test_an_exception_names_its_classes_and_the_students_line() -> None:
    _, answer = asked("def g():\n    raise KeyError('k')\ndef f(z):\n    g()", (1,))
    assert answer["names"] == ["KeyError", "LookupError", "Exception", "BaseException"]
    assert (answer["message"], answer["line"]) == ("'k'", 2)
    assert answer["traceback"] == "s.py, line 4, in f\ns.py, line 2, in g"


def test_an_exception_whose_text_raises_still_has_a_verdict() -> None:
    source = "class E(Exception):\n    def __str__(self):\n        raise SystemExit\ndef f(z):\n    raise E"
    _, answer = asked(source, (1,))
    assert answer["message"] == "(a message that cannot be shown)"


def test_exit_in_a_call_is_told_as_exit() -> None:
    _, answer = asked("import sys\ndef f(z):\n    sys.exit(3)", (1,))
    assert (answer["outcome"], answer["detail"]) == ("exited", "exit code 3")


def test_a_file_that_raises_on_import_gives_no_answers() -> None:
    (loaded,) = asked("print('x')\n1 / 0", (1,), (2,))
    assert (loaded["outcome"], loaded["names"][0], loaded["line"], loaded["stdout"]) == (
        "raised", "ZeroDivisionError", 2, "x\n",
    )  # fmt: skip


def test_a_function_that_vanished_is_a_name_error() -> None:
    (loaded,) = asked("def f(z): pass\ndel f", (1,))
    assert loaded["message"] == "name 'f' is not defined after s.py ran"


def test_warnings_name_category_and_line() -> None:
    source = "import numpy as np, warnings\ndef f(z):\n    np.exp(z)\n    return 1"
    _, answer = asked(source, (np.array([1000.0]),))
    assert answer["warnings"] == ["RuntimeWarning on line 3: overflow encountered in exp"]


def test_a_warning_from_elsewhere_names_no_line() -> None:
    source = (
        "import warnings\ndef f(z):\n    warnings.warn_explicit('w', UserWarning, 'x.py', 3)\n    return 1"
    )
    assert asked(source, (0,))[1]["warnings"] == ["UserWarning: w"]


def test_global_generators_start_anew_for_every_case() -> None:
    source = "import random, numpy as np\ndef f(z):\n    return [random.random(), float(np.random.rand())]"
    _, one, other = asked(source, (0,), (0,))
    assert one["value"] == other["value"]


def test_givens_generators_and_nested_arguments_are_made_in_the_child() -> None:
    source = (
        "def f(g, rng, many, table):\n"
        "    return [g(2), float(rng.random()), many[0].flags.writeable, table['a']]"
    )
    case = (wire.Given("twice"), wire.Rng(3), [np.ones(1)], {"a": (1, 2)})
    _, answer = asked(source, case, givens=b"def twice(x):\n    return 2 * x\n")
    assert answer["value"] == [4, float(np.random.default_rng(3).random()), True, (1, 2)]


@pytest.mark.parametrize(
    ("layout", "flags"), [("C", [True, False]), ("F", [False, True]), ("strided", [False, False])]
)
def test_arrays_come_in_the_layout_that_was_asked_for(layout: str, flags: list[bool]) -> None:
    source = "def f(z):\n    return [z.flags.c_contiguous, z.flags.f_contiguous, float(z.sum())]"
    _, answer = asked(source, (np.arange(6.0).reshape(2, 3),), layout=layout)
    assert answer["value"] == [*flags, 15.0]


def test_a_number_has_no_stride() -> None:
    _, answer = asked("def f(z):\n    return z.shape", (np.array(1.0),), layout="strided")
    assert answer["value"] == ()


def test_keywords_arrive_as_keywords() -> None:
    _, answer = asked("def f(z, *, a=1):\n    return a", (0,), kwargs={"a": 5})
    assert answer["value"] == 5


def test_endless_output_is_cut() -> None:
    _, answer = asked("def f(z):\n    print('x' * 10**6)\n    print('y')\n    return 1", (0,))
    assert (len(answer["stdout"]), answer["value"]) == (64 * 1024, 1)


def test_lone_surrogates_do_no_harm() -> None:
    source = "import warnings\ndef f(z):\n    print('\\ud800')\n    {}\n    return '\\ud800'"
    _, warned = asked(source.format("warnings.warn('\\ud800')"), (0,))
    _, raised = asked(source.format("raise KeyError('\\ud800')"), (0,))
    assert (warned["stdout"], warned["value"]) == ("?\n", "?")
    assert warned["warnings"] == ["UserWarning on line 4: ?"]
    assert (raised["stdout"], raised["names"][0], raised["message"]) == ("?\n", "KeyError", "'\\ud800'")


def test_a_line_that_no_file_has_is_not_told() -> None:
    (loaded,) = asked("raise SyntaxError('x', ('f', 2**70, 0, ''))", (0,))
    assert (loaded["names"][0], loaded["line"]) == ("SyntaxError", 1)


def test_input_finds_no_keyboard() -> None:
    _, answer = asked("def f(z):\n    return input()", (0,))
    assert answer["names"][0] == "EOFError"


def test_many_warnings_of_a_loop_are_told_once() -> None:
    source = "import warnings\ndef f(z):\n    for _ in range(50):\n        warnings.warn('w')\n    return 1"
    with warnings.catch_warnings():
        assert asked(source, (0,))[1]["warnings"] == ["UserWarning on line 4: w"]
