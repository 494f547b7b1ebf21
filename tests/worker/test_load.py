"""A submission's files import each other from memory; plots are inert; a notebook runs on."""

from __future__ import annotations

import sys

import pytest
from support.served import asked

pytestmark = pytest.mark.usefixtures("world_as_before")


def test_a_file_that_does_not_compile_names_the_line() -> None:
    (loaded,) = asked("x = 1\ndef f(:\n", (1,))
    assert (loaded["names"][0], loaded["line"]) == ("SyntaxError", 2)


def test_helpers_beside_the_file_and_packages_import_from_memory() -> None:
    source = (
        "import helper\nfrom pkg.inner import two\nimport bare.deep\n"
        "def f(z):\n    return helper.one + two + bare.deep.three"
    )
    files = {
        "a/helper.py": b"one = 1",
        "a/pkg/__init__.py": b"",
        "a/pkg/inner.py": b"two = 2",
        "a/bare/deep.py": b"three = 3",
    }
    _, answer = asked(source, (0,), file="a/s.py", files=files)
    assert answer["value"] == 6


def test_plotting_at_top_level_is_harmless() -> None:
    source = (
        "import matplotlib.pyplot as plt\nfrom matplotlib import cm\nfig, ax = plt.subplots()\n"
        "ax[0].plot([1]); plt.show()\nplt.rcParams['x']\n"
        "hidden = hasattr(plt, '__wrapped__') or hasattr(ax, '__wrapped__')\ndef f(z): return hidden"
    )
    _, answer = asked(source, (0,))
    assert answer["value"] is False


@pytest.mark.parametrize("later", ["@missing\ndef f(z): return 2", "class f(missing): pass"])
def test_in_a_notebook_a_definition_that_raises_leaves_no_earlier_one_of_its_name(later: str) -> None:
    (loaded,) = asked(f"def f(z): return 1\n{later}", (2.0,), file="hw.ipynb")
    assert loaded["message"] == "name 'f' is not defined after hw.ipynb ran"


def test_in_a_notebook_an_import_from_the_future_holds_for_later_cells() -> None:
    source = "from __future__ import annotations\n1 / 0\ndef f(z: Missing): return f.__annotations__"
    _, answer = asked(source, (0,), file="hw.ipynb")
    assert answer["value"] == {"z": "Missing"}


def test_a_file_of_the_student_stands_before_an_installed_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "statistics", raising=False)
    _, answer = asked(
        "import statistics\ndef f(z): return statistics.mine", (0,), files={"statistics.py": b"mine = 5"}
    )
    assert answer["value"] == 5
