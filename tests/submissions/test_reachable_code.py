"""The code that runs is the code that is read: both sides, in families of ways to write it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from support.judging import answers, cases
from support.judging import task as small

from grader import checks
from grader.cases.signature import Parameters
from grader.checks import Check
from grader.grading.verdicts import judge, observations
from grader.submissions.locate import locate
from grader.submissions.source import Found, parse

MEAN = checks.forbids_calls("numpy.mean", "sorted", "numpy.linalg.inv", "statistics.mean")
METHOD = checks.forbids_calls("z.mean")
RANDOM = checks.forbids_calls("numpy.random.normal", "scipy.stats.norm.pdf")
LOOPS = checks.forbids_loops()


def said(check: Check, source: str, more: Mapping[str, str] | None = None, *, path: str = "f.py") -> str:
    """Return what a check says of `f`, empty if it passes."""

    def f(z: Any) -> Any:
        return z + 1

    one = small(f, check, inputs=cases(one=np.array([1.0])))
    texts = {path: source, **(more or {})}
    files = {name: parse(name, text.encode(), wanted=["f"]) for name, text in texts.items()}
    found = locate({path: files[path]}, "f", (), Parameters(("z",), 1))
    assert isinstance(found, Found)
    found = Found(found.file, found.name, files)
    result = judge(one, one.checks[0], observations(one, answers(one, f)), found)
    assert (result.status == "passed") is (not result.message)
    return result.message


OURS = "def f(z): return sum(z) / len(z)\n"
NUMPY = "import numpy as np\n"
MAIN = "if __name__ == '__main__':\n"
AROUND: dict[str, tuple[str, dict[str, str]]] = {
    "dead_definition_later": (f"{NUMPY}def f(z): return np.mean(z)\nif False:\n    {OURS}", {}),
    "dead_definition_in_else": (f"{NUMPY}def f(z): return np.mean(z)\nif 1: pass\nelse:\n    {OURS}", {}),
    "opaque_branch": (f"{NUMPY}def f(z): return np.mean(z)\nif len('a') > 1:\n    {OURS}", {}),
    "main_block_that_runs": (
        f"{NUMPY}def f(z): return np.mean(z)\n__name__ = 0\nif __name__ == '__main__':\n    {OURS}",
        {},
    ),
    "import_after": (f"{OURS}from numpy import mean as f\n", {}),
    "star_import_after": ("def f(z): return mean(z)\ndef mean(z): return 0\nfrom numpy import *\n", {}),
    "assignment_after": (f"{NUMPY}{OURS}f = np.mean\n", {}),
    "walrus_after": (f"{NUMPY}{OURS}(f := np.mean)\n", {}),
    "walrus_in_comprehension": (f"{NUMPY}{OURS}[(f := g) for g in [np.mean]]\n", {}),
    "walrus_in_default": (f"{NUMPY}{OURS}def g(x=(f := np.mean)): pass\n", {}),
    "for_after": (f"{NUMPY}{OURS}for f in [np.mean]: pass\n", {}),
    "with_after": (f"{NUMPY}{OURS}with nullcontext(np.mean) as f: pass\n", {}),
    "match_after": (f"{NUMPY}{OURS}match [np.mean]:\n    case [f]: pass\n", {}),
    "global_after": (f"{NUMPY}{OURS}def g():\n    global f\n    f = np.mean\ng()\n", {}),
    "handler_after": (f"{NUMPY}{OURS}try: 1 / 0\nexcept ZeroDivisionError: f = np.mean\n", {}),
    "tuple_alias": (f"{NUMPY}(g, h) = (np.mean, 1)\ndef f(z): return g(z)\n", {}),
    "nested_tuple_alias": (f"{NUMPY}[h, (g, *i)] = [1, (np.mean, 1)]\ndef f(z): return g(z)\n", {}),
    "chained_alias": (f"{NUMPY}g = h = np.mean\ndef f(z): return h(z)\n", {}),
    "augmented_alias": (f"{NUMPY}g = []\ng += [np.mean]\ndef f(z): return g[0](z)\n", {}),
    "alias_in_table": (f"{NUMPY}g = {{}}\ng['m'] = np.mean\ndef f(z): return g['m'](z)\n", {}),
    "alias_on_attribute": (f"{NUMPY}class A: pass\nA.m = np.mean\ndef f(z): return A.m(z)\n", {}),
    "alias_of_module": (f"{NUMPY}m = np\ndef f(z): return m.mean(z)\n", {}),
    "alias_of_alias": (f"{NUMPY}m = np\nn = m if 1 else 0\ndef f(z): return n.mean(z)\n", {}),
    "local_alias_of_module": (f"{NUMPY}def f(z):\n    m = np\n    return m.mean(z)\n", {}),
    "local_alias_of_part": (f"{NUMPY}def f(z):\n    m = np.linalg\n    return m.inv(z)\n", {}),
    "local_import": ("def f(z):\n    import numpy as m\n    return m.mean(z)\n", {}),
    "local_import_from": ("def f(z):\n    from numpy import mean as m\n    return m(z)\n", {}),
    "decorator": (f"{NUMPY}def g(h): return np.mean\n@g\n{OURS}", {}),
    "default": (f"{NUMPY}def f(z, g=np.mean): return g(z)\n", {}),
    "lambda": (f"{NUMPY}f = lambda z: np.mean(z)\n", {}),
    "class_body": (f"{NUMPY}class A:\n    m = np.mean\ndef f(z): return A.m(z)\n", {}),
    "first_iterable_of_a_comprehension": (
        f"{NUMPY}def g(z): return np.mean(z)\ndef f(z): return [g for g in [g(z)]]\n",
        {},
    ),
    "with_that_stops": (
        f"{NUMPY}def f(z): return np.mean(z)\nwith suppress(ArithmeticError):\n    1 / 0\n    {OURS}",
        {},
    ),
    "copy_in_a_private_module": (f"{NUMPY}def f(z): return np._core.fromnumeric.mean(z)\n", {}),
    "builtin": ("import builtins\ndef f(z): return builtins.sorted(z)\n", {}),
    "helper_module": ("import helpers\ndef f(z): return helpers.m(z)\n", {"helpers.py": "@"}),
    "helper_module_alias": ("import helpers as h\ndef f(z): return h.m(z)\n", {"helpers.py": "@"}),
    "helper_function": ("from helpers import m\ndef f(z): return m(z)\n", {"helpers.py": "@"}),
    "helper_function_alias": ("from helpers import m as g\ndef f(z): return g(z)\n", {"helpers.py": "@"}),
    "helper_star": ("from helpers import *\ndef f(z): return m(z)\n", {"helpers.py": "@"}),
    "helper_rebinds": (f"{OURS}from helpers import m as f\n", {"helpers.py": "@"}),
    "helper_star_rebinds": (
        f"{OURS}from helpers import *\n",
        {"helpers.py": f"{NUMPY}def f(z): return np.mean(z)\n"},
    ),
    "helper_local_import": ("def f(z):\n    from helpers import m\n    return m(z)\n", {"helpers.py": "@"}),
    "match_keyword": (f"{NUMPY}def f(z):\n    match np:\n        case object(mean=m): return m(z)\n", {}),
    "match_keyword_inside": (
        "import numpy\ndef f(z):\n    match numpy:\n        case object(linalg=object(inv=m)): return m(z)\n",
        {},
    ),
    "match_keyword_before": (f"{NUMPY}match np:\n    case object(mean=m): pass\ndef f(z): return m(z)\n", {}),
    "helper_that_answers_to_any_name": (
        "import helpers\ndef f(z): return helpers.anything(z)\n",
        {"helpers.py": f"{NUMPY}def __getattr__(name): return np.mean\n"},
    ),
    "helper_package": ("from tools import m\ndef f(z): return m(z)\n", {"tools/__init__.py": "@"}),
    "helper_in_package": ("from tools.inner import m\ndef f(z): return m(z)\n", {"tools/inner.py": "@"}),
    "helper_in_package_by_dots": (
        "import tools.inner\ndef f(z): return tools.inner.m(z)\n",
        {"tools/inner.py": "@"},
    ),
    "helper_relative": (
        "from tools import m\ndef f(z): return m(z)\n",
        {"tools/__init__.py": "from .inner import m\n", "tools/inner.py": "@"},
    ),
    "helper_relative_module": (
        "from tools import m\ndef f(z): return m(z)\n",
        {"tools/__init__.py": "from . import inner\nm = inner.m\n", "tools/inner.py": "@"},
    ),
    "helper_of_helper": (
        "from one import m\ndef f(z): return m(z)\n",
        {"one.py": "from two import *\n", "two.py": "@"},
    ),
    "helper_passes_numpy_on": (
        "from helpers import np as x\ndef f(z): return x.mean(z)\n",
        {"helpers.py": NUMPY},
    ),
    "helpers_import_each_other": (
        "from one import *\ndef f(z): return m(z)\n",
        {"one.py": "from two import *\nfrom f import *\n", "two.py": "from one import *\n" + "@"},
    ),
    "helper_named_like_a_library": (
        "from statistics import m\ndef f(z): return m(z)\n",
        {"statistics.py": "@"},
    ),
}
HELPER = f"{NUMPY}def m(z): return np.mean(z)\n"


@pytest.mark.parametrize("name", AROUND)
def test_no_way_around_a_forbidden_function(name: str) -> None:
    source, files = AROUND[name]
    message = said(MEAN, source, {path: text.replace("@", HELPER) for path, text in files.items()})
    assert "is used on line" in message


AFTER_A_STOP = {
    "import_that_raises": "from numpy import no_such_name as f\n",
    "assignment_that_raises": "f = missing\n",
    "branch_that_raises": f"if True:\n    1 / 0\n    {OURS}",
    "try_that_raises": f"try:\n    1 / 0\n    {OURS}finally: pass\n",
}


@pytest.mark.parametrize("name", AFTER_A_STOP)
def test_in_a_notebook_what_a_statement_would_have_bound_hides_no_earlier_definition(name: str) -> None:
    source = f"{NUMPY}def f(z): return np.mean(z)\n{AFTER_A_STOP[name]}"
    assert "numpy.mean is used on line 2" in said(MEAN, source, path="f.ipynb")
    assert said(MEAN, source) == ""  # a module ends with the statement that raises


def test_in_a_notebook_a_later_definition_replaces_an_earlier_one() -> None:
    assert said(MEAN, f"{NUMPY}def f(z): return np.mean(z)\n{OURS}", path="f.ipynb") == ""


if sys.version_info >= (3, 12):  # before, the statement `type` is a syntax error

    @pytest.mark.parametrize(
        "source",
        [
            f"{NUMPY}type g = np.mean\ndef f(z): return g.__value__(z)\n",
            f"{NUMPY}type g[T] = np\ndef f(z): return g.__value__.mean(z)\n",
            f"{NUMPY}def g[T: np.mean](): pass\ndef f(z): return g.__type_params__[0].__bound__(z)\n",
            f"{NUMPY}def f[T: np.mean](z: T): return f.__type_params__[0].__bound__(z)\n",
        ],
    )
    def test_an_alias_or_parameter_of_types_hides_no_function(source: str) -> None:
        assert "is used on line" in said(MEAN, source)


HONEST: dict[str, tuple[str, dict[str, str]]] = {
    "plain": (OURS, {}),
    "conditional_import": (f"try:\n    {NUMPY}except ImportError:\n    np = None\n{OURS}", {}),
    "conditional_decorator": (
        f"try:\n    from numba import njit\nexcept ImportError:\n    def njit(g): return g\n@njit\n{OURS}",
        {},
    ),
    "main_block": (f"{NUMPY}{OURS}{MAIN}    f = np.mean\n    print(f(1), sorted([1]))\n", {}),
    "main_block_names_a_helper": (
        f"{NUMPY}def g(z): return sum(z)\ndef f(z): return g(z)\n{MAIN}    g = np.mean\n",
        {},
    ),
    "type_checking": (
        f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from numpy import mean as f\n{OURS}",
        {},
    ),
    "type_checking_later": (
        f"import typing\n{OURS}if typing.TYPE_CHECKING:\n    from numpy import mean as f\n",
        {},
    ),
    "compared_below": (f"{NUMPY}{OURS}right = np.mean([1])\nassert f([1]) == right\n", {}),
    "compared_in_a_test": (f"{NUMPY}{OURS}def test(): assert f([1]) == np.mean([1])\n", {}),
    "old_version_above": (f"{NUMPY}def f(z): return np.mean(z)\n{OURS}", {}),
    "old_version_deleted": (f"{NUMPY}f = np.mean\ndel f\n{OURS}", {}),
    "two_clean_branches": (f"if x:\n    {OURS}else:\n    {OURS}", {}),
    "helper": ("def g(z): return sum(z)\ndef f(z): return g(z) / len(z)\n", {}),
    "helper_called_mean": ("def mean(z): return sum(z)\ndef f(z): return mean(z)\n", {}),
    "helper_after_a_star": ("from numpy import *\ndef mean(z): return 0\ndef f(z): return mean(z)\n", {}),
    "own_sorted": ("def sorted(z): return z\ndef f(z): return sorted(z)\n", {}),
    "parameter_called_sorted": ("def f(z, sorted=True): return z if sorted else 0\n", {}),
    "variable_called_sorted": ("def f(z):\n    sorted = z\n    return sorted\n", {}),
    "comprehension_variable": ("def f(z): return [sorted for sorted in z]\n", {}),
    "attribute_called_mean": ("class A:\n    def mean(self): return 0\ndef f(z): return A().mean()\n", {}),
    "method_of_self": (
        "class A:\n    def mean(self): return 0\n    def run(self): return self.mean()\n"
        "def f(z): return A().run()\n",
        {},
    ),
    "method_of_array": ("def f(z): return z.mean()\n", {}),
    "other_module": ("import scipy.ndimage\ndef f(z): return scipy.ndimage.mean(z)\n", {}),
    "other_functions": (f"{NUMPY}def f(z): return np.add.reduce(z) + np.nan_to_num(z) + np.ma.sum(z)\n", {}),
    "decorator": (f"import functools\n@functools.lru_cache(maxsize=None)\n{OURS}", {}),
    "own_decorator": (
        f"def log(g):\n    def inner(*a): return g(*a)\n    return inner\n@log\n{OURS}",
        {},
    ),
    "nested": ("def f(z):\n    def mean(v): return sum(v)\n    return mean(z)\n", {}),
    "recursion": ("def f(z): return z[0] + f(z[1:]) if z else 0\n", {}),
    "other_part_of_a_tuple": (f"{NUMPY}(g, h) = (np.mean, sum)\ndef f(z): return h(z)\n", {}),
    "swapped_tuple": ("a, b = 1, 2\na, b = b, a\ndef f(z): return a\n", {}),
    "other_helper_of_a_file": ("from helpers import n\ndef f(z): return n(z)\n", {"helpers.py": "@"}),
    "unused_import": (f"from helpers import *\nimport helpers as h\n{OURS}", {"helpers.py": "@"}),
    "star_of_a_file_then_own": (
        "from helpers import *\ndef m(z): return 0\ndef f(z): return m(z)\n",
        {"helpers.py": "@"},
    ),
    "broken_helper": (f"import helpers\n{OURS}", {"helpers.py": "def ("}),
    "file_called_numpy": (f"{NUMPY}def f(z): return np.sum(z)\n", {"numpy.py": "@"}),
    "relative_to_nothing": (f"from ... import x\nfrom .... import *\n{OURS}", {}),
    "deep_helper": (
        "".join(f"def g{n}(z): return g{n + 1}(z)\n" for n in range(100))
        + "def g100(z): return z\ndef f(z): return g0(z)\n",
        {},
    ),
    "very_many_variables": (
        "def f(z):\n" + "".join(f"    v = z[{n}]\n" for n in range(200)) + "    return v.x\n",
        {},
    ),
}
HONEST_HELPER = f"{HELPER}def n(z): return sum(z)\n"


@pytest.mark.parametrize("name", HONEST)
def test_honest_code_passes(name: str) -> None:
    source, files = HONEST[name]
    assert said(MEAN, source, {path: text.replace("@", HONEST_HELPER) for path, text in files.items()}) == ""


@pytest.mark.parametrize(
    ("check", "source", "message"),
    [
        (METHOD, f"{NUMPY}def f(z): return np.ndarray.mean(z)\n", "numpy.ndarray.mean is used on line 2"),
        (METHOD, f"{NUMPY}def f(z):\n m = z if 1 else np\n return m.mean()\n", "m.mean is used on line 4"),
        (METHOD, f"{NUMPY}def f(z):\n if 1: np = z\n return np.mean()\n", "np.mean is used on line 4"),
        (METHOD, "def f(z):\n return (z\n  ).mean()\n", "….mean is used on line 2"),
        (METHOD, "def f(z): return f'{z.mean()}'\n", "mean is used on line 1"),
        (RANDOM, f"{NUMPY}def f(z): return np.random.mtrand.normal(z)\n", "numpy.random.mtrand.normal is"),
        (
            RANDOM,
            "from scipy import stats\ndef f(z): return stats._x.norm.pdf(z)\n",
            "scipy.stats._x.norm.pdf",
        ),
        (LOOPS, "from a import *\ndef f(z): return g(z)\n", "There is a loop on line 1 of a.py; NumPy"),
    ],
)
def test_a_finding_says_what_stands_where(check: Check, source: str, message: str) -> None:
    assert message in said(check, source, {"a.py": "def g(z): return [i for i in z]\n"})


@pytest.mark.parametrize(
    "source",
    [
        f"{NUMPY}def f(z): return np.linalg.vector_norm(z)\n",
        "from numpy.linalg import vector_norm\ndef f(z): return vector_norm(z)\n",
        "from numpy import linalg as la\ndef f(z): return la.matrix_power(z, -1)\n",
        "from numpy.linalg import *\ndef f(z): return vector_norm(z)\n",
        f"{NUMPY}def f(z): return np.polynomial.polyutils.la.lstsq(z, z)\n",
    ],
)
def test_a_module_stands_for_all_that_is_in_it(source: str) -> None:
    assert "is used on line" in said(checks.forbids_calls("numpy.linalg"), source)
    assert said(checks.forbids_calls("numpy.lin", "linalg", "scipy.linalg"), source) == ""


@pytest.mark.parametrize(
    ("source", "is_used"),
    [
        (f"{NUMPY}def f(z): raise np.linalg.LinAlgError\n", False),
        ("from numpy.linalg import LinAlgError as E\ndef f(z): raise E\n", False),
        (f"{NUMPY}def f(z): return np.linalg.inv(z).LinAlgError\n", True),
        (f"{NUMPY}def f(z): return np.linalg.LinAlgError, np.linalg\n", True),
    ],
)
def test_the_exception_of_a_module_is_no_function_of_it(source: str, is_used: bool) -> None:
    assert bool(said(checks.forbids_calls("numpy.linalg"), source)) is is_used


def test_other_functions_of_a_distribution_are_not_meant() -> None:
    assert said(RANDOM, "from scipy import stats\ndef f(z): return stats.gamma.pdf(z)\n") == ""


def test_a_function_with_several_definitions_is_told_to_keep_one() -> None:
    source = f"{NUMPY}if len('a') > 1:\n    {OURS}else:\n    def f(z): return np.mean(z)\n"
    assert said(MEAN, source) == (
        "numpy.mean is used on line 5; write it yourself. "
        "f is defined on lines 3 and 5; keep one definition so that this check can read it."
    )


def test_modules_are_looked_for_in_the_folder_of_the_file() -> None:
    source = "from helpers import m\ndef f(z): return m(z)\n"
    files = {"week/helpers.py": HELPER, "helpers.py": "def m(z): return 0\n"}
    assert "on line 2 of week/helpers.py" in said(MEAN, source, files, path="week/f.py")
    assert said(MEAN, source, files) == ""


CANNOT = "This check cannot follow the code of f: "
BOUNDS = {
    "places": ("".join(f"if x{n}: f = {n}\n" for n in range(60)), {}, "f is bound in too many places"),
    "stars": (
        "".join(f"from a{n} import *\n" for n in range(30)) + "def f(z): return g(z)\n",
        {},
        "f.py imports every name of too many modules",
    ),
    "nodes": (
        "import a\nimport b\ndef f(z): return a.x, b.x\n",
        {f"{n}.py": f"x = [{'a.a,' * 36_000}]\n" for n in "ab"},
        "it names more code than this check reads",
    ),
    "files": (
        "import a\nimport b\nimport c\ndef f(z): return a.x, b.x, c.x\n",
        {f"{n}.py": f"x = '{'_' * 400_000}'\n" for n in "abc"},
        "it names more files than this check reads",
    ),
    "hops": (
        "from a0 import g\ndef f(z): return g(z)\n",
        {f"a{n}.py": f"from a{n + 1} import g\n" for n in range(400)},
        "a name is passed on too often before it is used",
    ),
    "aliases": (
        "".join(f"a{n} = a{n + 1}\n" for n in range(400)) + "def f(z): return a0.mean(z)\n",
        {},
        "a name is passed on too often before it is used",
    ),
    "meanings": (
        "".join(f"a{n} = b{n}\n" for n in range(60)) + "def f(z):\n"
        + "".join(f"    v = a{n}\n" for n in range(60)) + "    return v.mean\n",
        {},
        "a name may stand for too many things",
    ),
    "scopes": (
        "def f(z):\n" + "    x = 1\n" * 1000 + f"    return [{'lambda: x.a,' * 1000}]\n",
        {},
        "its names are looked up in too many places",
    ),
    "dots": (
        f"{NUMPY}def f(z): return np{'.ma.core.np' * 4}.mean(z)\n",
        {},
        "a name has more than 12 dots",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDS)
def test_code_that_goes_on_too_far_fails_this_check_with_a_reason(name: str) -> None:
    source, files, reason = BOUNDS[name]
    expected = f"{CANNOT}{reason}. Write it more simply." if reason else ""
    assert said(MEAN, source, files) == expected
