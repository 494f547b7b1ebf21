"""Checks in a notebook: the magic, the function and what they show, in a real kernel and without one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.courses import clean, right, student
from support.notebooks import EXECUTE, cell, shown

import grader
from grader.errors import UsageError
from grader.student.notebook import Checked, check, load_ipython_extension

nbformat = pytest.importorskip("nbformat", reason="needs the extra dev: nbclient with nbformat")

WRONG = "def twice(Z):\n    return Z ** FACTOR\n"
CELLS = (
    "%load_ext grader",
    "import grader\nFACTOR = 2",
    f"%%check twice\n{WRONG}",
    "%check twice",
    "%%check twice\ndef twice(Z):\n    raise KeyError('no')\n",
    "%%check twice\n1 / 0",
    "%check nope",
    "%check again",
    "def again(Z):\n    return 2 * Z\ngrader.check(again)",
)


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(student(tmp_path))
    return tmp_path


def test_a_notebook_checks_its_cells(bundle: Path) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    nbformat.write(book, bundle / "book.ipynb")
    env = clean({"IPYTHONDIR": str(bundle / "ipython"), "JUPYTER_PLATFORM_DIRS": "1"})
    command = [sys.executable, "-c", EXECUTE, "book.ipynb"]
    done = subprocess.run(command, cwd=bundle, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outputs = [cell.outputs for cell in nbformat.read(bundle / "book.ipynb", as_version=4).cells]
    assert [[shown(one) for one in each] for each in outputs] == [
        [],
        [],
        ["twice: Partial, 2 of 5 points"],
        ["twice: Partial, 2 of 5 points"],
        ["twice: Error, 0 of 5 points"],
        ["ZeroDivisionError: division by zero"],
        ["grader: There is no exercise called nope in exercises/.\n"],
        ["grader: No cell that was run defines again.\n"],
        ["again: Passed, 5 of 5 points"],
    ]
    pages = [
        one["data"]["text/html"] for each in outputs for one in each if "text/html" in one.get("data", {})
    ]
    assert [page.startswith('<div class="grader-kit" lang="en">') for page in pages] == [True] * 4
    assert "Twice a number is 2 * Z; Z ** 2 is its square." in pages[0]
    assert "KeyError on line 3: &#39;no&#39;" in pages[2]
    ids = [found for page in pages for found in re.findall(r' id="(n\d+e1)"', page)]
    assert len(set(ids)) == 4
    assert not (bundle / ".grader").exists()


def test_the_public_names_are_those_of_the_notebook() -> None:
    assert (grader.check, grader.load_ipython_extension) == (check, load_ipython_extension)


def test_a_result_is_shown_by_the_parts_of_the_report(bundle: Path) -> None:
    made = check(cell(WRONG, {"__name__": "__main__", "FACTOR": 2})["twice"])
    html = made._repr_html_()
    assert repr(made) == "twice: Partial, 2 of 5 points"
    assert "<h2 id=" in html
    assert re.search(r'<h3> *<svg class="i advice".*?</svg> Likely cause</h3>', html)
    assert "<script" not in html
    assert made._repr_html_() != html  # each has anchors of its own


def test_styles_stay_in_the_result(bundle: Path) -> None:
    html = check(cell(right("twice").decode())["twice"])._repr_html_()
    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    scoped, _, rest = style.rpartition("symbol[id^=i-] :is(")
    assert scoped.startswith("@scope (.grader-kit){:scope{")
    assert scoped.strip().endswith("}")
    assert not re.search(r"(:root|body|html) *\{", style)
    assert all("symbol[id^=i-]" in rule for rule in rest.split("}")[1:-1])


def test_another_name_is_told_which_exercise_it_is(bundle: Path) -> None:
    double = cell(right("double").decode())["double"]
    assert repr(check(double, exercise="twice")) == "twice: Passed, 5 of 5 points"
    with pytest.raises(UsageError) as told:
        check(double)
    assert str(told.value) == "There is no exercise called double in exercises/."


@pytest.mark.parametrize(("thing", "kind"), [(len, "builtin_function_or_method"), ("twice", "str")])
def test_what_is_no_function_is_told_apart(bundle: Path, thing: Any, kind: str) -> None:
    with pytest.raises(UsageError) as told:
        check(thing)
    assert str(told.value) == f"grader.check takes a function such as softmax; this is a {kind}."


class Shell:
    """What the magic asks of IPython."""

    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {"__name__": "__main__"}
        self.magics: dict[str, Any] = {}

    def register_magic_function(self, function: Any, kind: str, name: str) -> None:
        self.magics[name] = function
        assert kind == "line_cell"

    def run_cell(self, text: str) -> SimpleNamespace:
        try:
            cell(text, self.user_ns)
        except ZeroDivisionError:
            return SimpleNamespace(success=False)
        return SimpleNamespace(success=True)


def test_the_magic_runs_the_cell_then_checks(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell()
    load_ipython_extension(shell)
    magic = shell.magics["check"]
    assert magic("twice", "1 / 0\n") is None
    assert magic("twice") is None
    assert isinstance(magic("twice", right("twice").decode()), Checked)
    assert repr(magic(" twice ")) == "twice: Passed, 5 of 5 points"
    assert magic("nope") is None
    assert capsys.readouterr().out.splitlines() == [
        "grader: No cell that was run defines twice.",
        "grader: There is no exercise called nope in exercises/.",
    ]


def test_outside_a_course_the_installed_exercises_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relu = cell("import numpy as np\ndef relu(Z):\n    return np.maximum(0, Z)\n")["relu"]
    assert repr(check(relu)) == "relu: Passed, 8 of 8 points"
    assert list(tmp_path.iterdir()) == []


def test_a_small_change_is_told_in_the_cell(bundle: Path) -> None:
    def twice(Z: Any) -> Any:
        return 2 + Z

    page = check(twice)._repr_html_()
    assert re.findall(r"Look at the operator \+|<del>.*?</del>|<ins>.*?</ins>", page) == [
        "Look at the operator +",
        '<del><span class="v">goes:</span><span aria-hidden="true">− </span>    return 2 + Z</del>',
        '<ins><span class="v">comes:</span><span aria-hidden="true">+ </span>    return 2 * Z</ins>',
    ]
