"""Notebooks: code cells become one source, and no cell takes the functions of another with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cases.case import Case
from grader.cases.signature import Parameters
from grader.results import Fault
from grader.sandbox import Sandbox
from grader.submissions import Submission, read
from grader.submissions.locate import locate
from grader.submissions.notebook import Converted, convert
from grader.submissions.source import parse


def book(*cells: str | list[str], language: str = "python", nbformat: int = 4, **more: object) -> bytes:
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    made.insert(0, {"cell_type": "markdown", "source": "def relu(: # no code", "metadata": {}})
    data = {"cells": made, "nbformat": nbformat, "metadata": {"language_info": {"name": language}}, **more}
    return json.dumps(data).encode()


def one(*cells: str | list[str]) -> Converted:
    return convert(book(*cells))


def source(text: str) -> str:
    return f"# Code cell 1\n{text}\n"


def test_code_cells_follow_each_other_with_their_numbers() -> None:
    assert one("a = 1", ["b = (\n", "2)\r\n"], "") == Converted(
        "# Code cell 1\na = 1\n# Code cell 2\nb = (\n2)\n\n# Code cell 3\n\n"
    )


MAGICS = {
    "%matplotlib inline\nx = 1": ("pass\nx = 1", 1),
    "x = 1\n!pip install --quiet 'numpy": ("x = 1\npass", 1),
    "x?\ny = 1": ("pass\ny = 1", 1),
    "?np.exp\nnp.exp??": ("pass\npass", 2),
    "files = !ls\nt = %timeit -o f()": ("pass\npass", 2),
    "if True:\n    !pip install x\n    y = 1": ("if True:\n    pass\n    y = 1", 1),
    "def f():\n    %time g()": ("def f():\n    pass", 1),
    "!pip install \\\n    numpy\nx = 1": ("pass\n\nx = 1", 2),
    "%%time\n%load_ext a\nx = 1": ("\npass\nx = 1", 2),
    "\n%%time\n%%capture out\nx = 1": ("\n\n\nx = 1", 2),
    "%%timeit\n%%html\n<p>": ("\n\n", 3),
    "%%bash\nls | wc (": ("\n", 2),
    "%%writefile relu.py\nx =": ("\n", 2),
    "%%\nx": ("\n", 2),
    "x = (7\n     % 2)": ("x = (7\n     % 2)", 0),
    'x = """\n%time\n!ls\n"""\n%time': ('x = """\n%time\n!ls\n"""\npass', 1),
    "x = '\\d'": ("x = '\\d'", 0),
}


@pytest.mark.parametrize("cell", MAGICS)
def test_notebook_commands_leave_an_equal_number_of_lines(cell: str) -> None:
    text, count = MAGICS[cell]
    assert one(cell) == Converted(source(text), dropped=count)
    assert text.count("\n") == cell.count("\n")


def test_very_many_commands_are_dropped_at_once() -> None:
    assert one("!ls\n" * 200) == Converted(source("pass\n" * 200), dropped=200)


def test_a_cell_that_python_cannot_read_stands_alone() -> None:
    assert one("a = 1", "def relu(z:", "b = 2") == Converted(
        "# Code cell 1\na = 1\n# Code cell 3\nb = 2\n", broken={2: "def relu(z:"}
    )


@pytest.mark.parametrize("cell", ["x = 1\0", "(" * 5000, "x = '\ud800"])
def test_a_cell_that_breaks_the_parser_stands_alone(cell: str) -> None:
    found = convert(book(cell, "a = 1").replace(b"\\ud800", b"?"))
    assert (found.source, list(found.broken)) == ("# Code cell 2\na = 1\n", [1])


DAMAGED = "is not a notebook that can be read: it is damaged or not of format 4"
FAULTS = {
    "cut": (book("a = 1")[:-3], DAMAGED),
    "no_json": (b"\xff\xfe", DAMAGED),
    "no_notebook": (b"[]", DAMAGED),
    "no_cells": (b'{"nbformat": 4}', DAMAGED),
    "deep": (b"[" * 100_000, DAMAGED),
    "wrong_types": (book(cells=[{"cell_type": "code", "source": 3}]), DAMAGED),
    "surrogate": (book("'\ud800'"), DAMAGED),
    "large": (book("_" * 300_000, "_" * 300_000), "holds more than 512 KB of code"),
    "old": (book(nbformat=3), "is a notebook of an old format: open it in Jupyter and save it again"),
    "other_language": (book(language="R"), "is a notebook in another language than Python"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_python_notebook_is_a_sentence(tmp_path: Path, name: str) -> None:
    data, fault = FAULTS[name]
    (tmp_path / "hw.ipynb").write_bytes(data)
    sentence = f"hw.ipynb {fault}."
    expected = Submission("hw", {}, (sentence,), {"hw.ipynb": sentence}, name="hw")
    assert read(tmp_path / "hw.ipynb") == expected


def test_a_byte_order_mark_and_missing_metadata_are_no_faults() -> None:
    assert (
        convert(b'\xef\xbb\xbf{"cells": [], "nbformat": 4, "metadata": {"language_info": 3}}') == Converted()
    )


def test_pictures_of_a_large_notebook_are_not_kept(tmp_path: Path) -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 3_000_000}}
    cells = [{"cell_type": "code", "source": "a = 1", "outputs": [picture]}]
    (tmp_path / "hw.ipynb").write_bytes(book(cells=cells))
    expected = Submission("hw", {"hw.ipynb": b"# Code cell 1\na = 1\n"}, name="hw")
    assert read(tmp_path / "hw.ipynb") == expected


CELLS = (
    "from __future__ import annotations\nimport matplotlib.pyplot as plt\n%matplotlib inline",
    "open('data.csv')\ndef first(z: Later) -> 1 / 0: return z + offset",
    "plt.plot([1]); plt.show(); print('hello')\nassert False\ninput()\nexit()\nget_ipython().run()",
    "def broken(z:\n",
    "raise ValueError('stop')\n",
    "offset = 1\nasync def g(): pass\nawait g()\nreturn\n",
    "def last(z): return first(z) * 2",
)
PRINTED = """Line 6 of the notebook raised FileNotFoundError; the rest ran on.
hello
Line 10 of the notebook raised AssertionError; the rest ran on.
Line 11 of the notebook raised EOFError; the rest ran on.
Line 12 of the notebook raised SystemExit; the rest ran on.
Line 13 of the notebook raised NameError; the rest ran on.
Line 15 of the notebook raised ValueError; the rest ran on.
Line 20 of the notebook raised SyntaxError; the rest ran on.
Line 21 of the notebook raised SyntaxError; the rest ran on.
"""


def test_functions_are_found_wherever_they_stand_and_whatever_the_cells_raise(tmp_path: Path) -> None:
    (tmp_path / "hw.ipynb").write_bytes(book(*CELLS))
    found = read(tmp_path / "hw.ipynb")
    assert found.notes == (
        "hw.ipynb: notebook commands (such as %matplotlib and !pip) were left out.",
        "hw.ipynb: code cell 4 cannot be read as Python; the other cells were used.",
    )
    with Sandbox() as sandbox, sandbox.open(found.files) as session:
        batch = session.ask("hw.ipynb", "last", [Case("one", (2.0,))])
    assert (batch.load, [a.value for a in batch.answers], batch.stdout) == (None, [6.0], PRINTED)


def test_a_function_in_a_broken_cell_is_a_syntax_error_and_no_other_is(tmp_path: Path) -> None:
    (tmp_path / "hw.ipynb").write_bytes(book(*CELLS))
    files = {path: parse(path, data) for path, data in read(tmp_path / "hw.ipynb").files.items()}
    wanted = Parameters(("z",), 1)
    found = [locate(files, name, (), wanted) for name in ("first", "broken")]
    assert getattr(found[0], "name", None) == "first"
    message = (
        "hw.ipynb/code cell 4, line 1: '(' was never closed. "
        "Python cannot read the file until this is mended."
    )
    expected = Fault(type="SyntaxError", message=message, line=1, excerpt=[(1, "def broken(z:")])
    assert (getattr(found[1], "status", None), getattr(found[1], "fault", None)) == ("syntax_error", expected)


@given(st.binary() | st.lists(st.text()).map(lambda cells: book(*cells)))
def test_whatever_a_notebook_holds_it_is_converted_or_refused(data: bytes) -> None:
    found = convert(data)
    assert bool(found.fault) <= (not found.source and not found.broken)


@given(
    st.lists(st.sampled_from(["%time f()", "!ls", "x?", "x = 1", "if x:", "    y = 2", "'''", "% 3)", "(4"]))
)
def test_lines_keep_their_numbers(lines: list[str]) -> None:
    found = one("\n".join(lines))
    text = found.broken.get(1, found.source.removeprefix("# Code cell 1\n").removesuffix("\n"))
    kept = text.split("\n")
    assert len(kept) == max(1, len(lines))
    assert all(new in (old, "pass") for new, old in zip(kept, lines, strict=False))
