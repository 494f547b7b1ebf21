"""How a function is written is read from its source, with the helpers of its file, once it runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.judging import cases, told
from support.judging import task as small

from grader import checks
from grader.checks import Check

INPUTS = cases(one=np.array([1.0, 2.0]))
PASSED = ("passed", "")


def f(z: Any) -> Any:
    return z + 1


def judged(check: Check, source: str, given: Any = f) -> tuple[str, str]:
    return told(small(f, check, inputs=INPUTS), given, source=source)


@pytest.mark.parametrize(
    "source",
    [
        "def f(z):\n    for i in z: pass\n",
        "def f(z):\n    while z: pass\n",
        "def f(z):\n    return [i for i in z]\n",
        "def f(z):\n    return {i for i in z}\n",
        "def f(z):\n    return {i: i for i in z}\n",
        "def f(z):\n    return sum(i for i in z)\n",
        "def f(z): return g(z)\ndef g(z): return [i for i in f(z)]\n",
        "async def f(z):\n    async for i in z: pass\n",
    ],
)
def test_every_kind_of_loop_is_found(source: str) -> None:
    message = "There is a loop on line 2; NumPy can work on the whole array at once."
    assert judged(checks.forbids_loops(), source) == ("failed", message)


@pytest.mark.parametrize(
    "source",
    ["def f(z): return z + 1\n", "def f(z): return z + 1\ndef unused(z): return [i for i in z]\n", ""],
)
def test_no_loop_passes(source: str) -> None:
    assert judged(checks.forbids_loops(), source) == PASSED


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import numpy as np\ndef f(z): return np.linalg.inv(z)\n", "numpy.linalg.inv"),
        ("import numpy\ndef f(z): return numpy.linalg.inv(z)\n", "numpy.linalg.inv"),
        ("from numpy import linalg as la\ndef f(z): return la.inv(z)\n", "numpy.linalg.inv"),
        ("from numpy.linalg import inv\ndef f(z): return inv(z)\n", "numpy.linalg.inv"),
        ("from numpy.linalg import inv\ndef f(z): g = inv; return g(z)\n", "numpy.linalg.inv"),
        ("from numpy.linalg import *\ndef f(z): return inv(z)\n", "numpy.linalg.inv"),
        ("\ndef f(z): return sorted(z)\n", "sorted"),
    ],
)
def test_a_forbidden_function_is_found_under_any_name(source: str, name: str) -> None:
    message = f"{name} is used on line 2; write it yourself."
    assert judged(checks.forbids_calls("numpy.linalg.inv", "sorted"), source) == ("failed", message)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\ndef f(z): return np.exp(z).sum()\n",
        "def f(z): return g().inv(z)\ndef g(): pass\n",
        "",
    ],
)
def test_other_functions_pass(source: str) -> None:
    assert judged(checks.forbids_calls("numpy.linalg.inv", "inv"), source) == PASSED


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("\ndef f(z): return z.mean()\n", "z.mean"),
        ("\ndef f(values): return values.mean()\n", "values.mean"),
        ("import numpy as np\ndef f(z): return np.asarray(z).mean()\n", "np.asarray(z).mean"),
        (f"\ndef f(z): return ({' + '.join('z' * 30)}).mean()\n", "….mean"),
    ],
)
def test_a_forbidden_method_is_found_on_any_value(source: str, written: str) -> None:
    message = f"{written} is used on line 2; write it yourself."
    assert judged(checks.forbids_calls("z.mean"), source) == ("failed", message)


def test_a_function_of_a_module_is_no_method() -> None:
    source = "import numpy as np\nimport scipy.stats\ndef f(z): return np.mean(z) + scipy.stats.tmean(z)\n"
    assert judged(checks.forbids_calls("z.mean"), source) == PASSED


@pytest.mark.parametrize(
    "source",
    [
        "def f(z):\n    one = z\n    return one\nif __name__ == '__main__':\n    one = sorted([1])\n",
        "def f(result):\n    return result\nresult = [i for i in sorted([1])]\n",
        "def f(z):\n    def g(result): return result\n    return g(z)\nresult = sorted([i for i in 'a'])\n",
    ],
)
def test_a_variable_of_its_own_is_not_what_the_file_calls_so(source: str) -> None:
    assert judged(checks.forbids_calls("sorted"), source) == PASSED
    assert judged(checks.forbids_loops(), source) == PASSED


@pytest.mark.parametrize(
    "source",
    [
        "order = lambda z:\\\n sorted(z)\ndef f(z):\n    g = lambda order: order\n    return g(order(z))\n",
        "order = lambda z:\\\n sorted(z)\ndef f(z, order=order):\n    return order(z)\n",
        "def order(f):\n    return sorted\n@order\ndef f(z, order=1):\n    return order\n",
    ],
)
def test_a_name_of_the_file_counts_where_another_scope_has_one_of_its_own(source: str) -> None:
    message = "sorted is used on line 2; write it yourself."
    assert judged(checks.forbids_calls("sorted"), source) == ("failed", message)


@pytest.mark.parametrize(
    "check", [checks.forbids_loops(), checks.forbids_calls("sum")], ids=lambda c: c.kind.name
)
def test_source_counts_only_once_the_function_works(check: Check) -> None:
    message = "Your function returned None. A return statement may be missing."
    assert judged(check, "def f(z): pass\n", lambda z: None) == ("failed", message)


def test_one_working_call_is_enough() -> None:
    inputs = cases(one=np.array([1.0]), two=np.array([2.0]))
    one = small(f, checks.forbids_loops(), inputs=inputs)
    assert told(one, lambda z: z if z[0] > 1 else None, source="def f(z): return z\n") == PASSED


def test_the_title_lists_what_is_forbidden() -> None:
    assert checks.forbids_calls("numpy.dot", "sum", "max").title == "Works without numpy.dot, sum and max"
