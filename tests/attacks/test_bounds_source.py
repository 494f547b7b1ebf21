"""Source is read within bounds that are counted; large files as students write them are graded as any."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from support.effort import effort, peak_bytes
from support.judging import answers, cases, task

from grader import checks
from grader.cases.signature import Parameters
from grader.grading.verdicts import judge, observations
from grader.results import CheckResult
from grader.submissions import read
from grader.submissions.gather import FILES
from grader.submissions.locate import locate
from grader.submissions.notebook import convert
from grader.submissions.source import Found, parse_all

MEAN = checks.forbids_calls("numpy.mean")
KB = 1024


def faults(files: Mapping[str, bytes], *, most: int) -> set[str]:
    """Return the sentences on files that are not read, without the names of the files."""
    parsed = effort(lambda: parse_all(files, wanted=["f"]), most=most).value
    return {p.fault.message.removeprefix(f"{p.path} ") if p.fault else "" for p in parsed.values()}


def joined(count: int, make: Callable[[int], str]) -> bytes:
    return "".join(map(make, range(count))).encode()


FIFTY = "; ".join(f"b{n} = 1" for n in range(50))
TOO_MANY = "was not read: all files together hold more than 500,000 words and signs."


@pytest.mark.parametrize(
    ("files", "sentences"),
    [
        ({f"m{n}.py": b"a," * (512 * KB) for n in range(8)}, {"is larger than 512 KB."}),
        ({"m.py": b"a," * (80 * KB)}, {"holds more than 150,000 words and signs."}),
        ({f"m{n}.py": b"a," * 40_000 for n in range(100)}, {"", TOO_MANY}),
        ({f"m{n}.py": b"\n" * 100_000 for n in range(80)}, {"", TOO_MANY}),
        ({"m.py": b"-" * 2000 + b"1"}, {"nests 2,003 levels deep; at most 400 are read."}),
        ({"m.py": b"x = " + b"(" * 100_000}, {"m.py, line 1: too many nested parentheses."}),
        ({"m.py": b"x = f'" + b"{1}" * 40_000 + b"'"}, {"holds an f-string with too many fields."}),
        ({"m.py": b"x = f'''" + b"{" * 100_000 + b"'''"}, {"holds an f-string with too many fields."}),
        ({"m.py": b"x = " + b"f'{1}' " * 20_000}, {""}),
        (
            {"m.py": b"# coding: punycode\n#-" + b"a" * (400 * KB)},
            {"is written in punycode; save it as UTF-8."},
        ),
        (
            {"m.py": b"#\r# coding=utf_7\rx = f+ACI-" + b"{1}" * 40_000 + b"+ACI-"},
            {"is written in utf-7; save it as UTF-8."},
        ),
        (
            {"m.py": "# coding: shift_jis\nx = '表', f'".encode("shift_jis") + b"{1}" * 40_000 + b"'"},
            {"holds an f-string with too many fields."},
        ),
        ({"m.py": "# coding: latin-1\nx = 'é'\n".encode("latin-1")}, {""}),
    ],
)
def test_files_that_would_take_long_are_left_out_with_a_sentence(
    files: Mapping[str, bytes], sentences: set[str]
) -> None:
    # 500,000 words are counted once for the submission and once for the file; a tree has fewer nodes.
    found = faults(files, most=8_000_000)
    cut = ". Python cannot read the file until this is mended"
    assert {one.replace(cut, "") for one in found} == sentences


@pytest.mark.parametrize(
    "source",
    [
        joined(4_000, lambda n: f" a{n}=1\n") + joined(4_000, lambda n: "except E: pass\n"),
        joined(2_000, lambda n: f" a{n}=1\n") + joined(2_000, lambda n: f"except E: a{n}=2\n"),
    ],
    ids=["names_times_handlers", "names_times_handlers_that_bind"],
)
def test_a_try_of_many_names_with_many_handlers_takes_as_many_steps(source: bytes) -> None:
    files = {"m.py": b"try:\n" + source + b"def f(z): return z\n"}
    assert faults(files, most=2_000_000) == {""}
    assert peak_bytes(lambda: parse_all(files, wanted=["f"])) < 70 * KB * KB


@pytest.mark.parametrize(
    "source",
    [
        joined(9_000, lambda n: f"if z: a{n} = {n}\nelse: a{n} = 1\n"),
        b"if z: pass\n" + joined(300, lambda n: f"elif z: a = {n}\n"),
        joined(15_000, lambda n: "a = b = c = 1\n"),
        joined(80, lambda n: " " * n + "while z:\n") + joined(300, lambda n: f"{' ' * 80}a{n} = 1\n"),
        joined(80, lambda n: f"{' ' * n}try: {FIFTY}\n{' ' * n}except E:\n")
        + b" " * 80 + b"pass\n",
        joined(9_000, lambda n: f"match z:\n case {n}: a = 1\n"),
        joined(9_000, lambda n: f"def g{n}():\n global h\n h = {n}\n"),
    ],
    ids=["ifs", "elifs", "assignments", "nested_loops", "nested_tries", "matches", "globals"],
)  # fmt: skip
def test_what_a_name_may_stand_for_is_found_in_bounded_steps(source: bytes) -> None:
    assert faults({"m.py": source + b"def f(z): return z\n"}, most=12_000_000) == {""}


def judged(files: Mapping[str, bytes], check: checks.Check, *, most: int) -> CheckResult:
    """Return the verdict of a source check on `f`."""

    def f(z: np.ndarray) -> np.ndarray:
        return z + 1

    one = task(f, check, inputs=cases(one=np.array([1.0])))

    def act() -> CheckResult:
        found = locate(parse_all(files, wanted=["f"]), "f", (), Parameters(("z",), 1))
        assert isinstance(found, Found)
        return judge(one, one.checks[0], observations(one, answers(one, f)), found)

    return effort(act, most=most).value  # type: ignore[no-any-return]  # what act returns


STARS = {
    f"m{n}.py": joined(18, lambda m, n=n: f"from m{m} import *\n" if m != n else "")  # type: ignore[misc]
    for n in range(18)
}
NAMES = "def f(z):\n return (" + ",".join(f"b{n}" for n in range(50_000)) + ")\n"


def test_names_in_files_that_import_all_of_each_other_are_followed_for_so_long() -> None:
    own = joined(18, lambda n: f"from m{n} import *\n") + NAMES.encode()
    result = judged({**STARS, "f.py": own}, MEAN, most=20_000_000)
    message = "its names are looked up in too many places. Write it more simply."
    assert (result.status, result.message) == ("failed", f"This check cannot follow the code of f: {message}")


@pytest.mark.soak
def test_a_hundred_and_twenty_thousand_nodes_are_more_than_a_check_reads() -> None:
    own = b"from m0 import *\ndef f(z):\n return [" + b"0," * 74_000 + b"*[" + b"z," * 100 + b"]]\n"
    helper = b"def g():\n return [" + b"0," * 60_000 + b"]\n"
    files = {"f.py": own.replace(b" return [", b" return [g,"), "m0.py": helper}
    result = judged(files, checks.forbids_loops(), most=20_000_000)
    message = "it names more code than this check reads. Write it more simply."
    assert (result.status, result.message) == ("failed", f"This check cannot follow the code of f: {message}")


def test_long_names_of_many_meanings_are_not_copied_for_each_use() -> None:
    names = " or ".join(f"np.{letter * 8000}" for letter in "abcdefghijklmnopqrst")
    own = f"import numpy as np\nm = {names}\ndef f(z):\n return (" + "m.x," * 3_000 + ")\n"
    result = judged({"f.py": own.encode()}, MEAN, most=4_000_000)
    assert result.status == "passed"


def notebook(*cells: str, png: int = 0) -> bytes:
    """Return a notebook, each of whose first `png` cells shows a picture of 2 MB."""
    picture = base64.b64encode(bytes(range(256)) * (8 * KB)).decode()
    outputs = [[{"output_type": "display_data", "data": {"image/png": picture}}] if n < png else []
               for n in range(len(cells))]  # fmt: skip
    made = [{"cell_type": "code", "source": source, "outputs": its, "metadata": {}}
            for source, its in zip(cells, outputs, strict=True)]  # fmt: skip
    return json.dumps({"cells": made, "nbformat": 4, "metadata": {}}).encode()


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ((")",) * 250_001, "holds more than 5,000 code cells"),
        ((")",) * 5_000, "holds more than 50 code cells that cannot be read as Python"),
        (("%a\n" * 60_000,), ""),
        (("a\n" * 200_000,), ""),
        (("x" * 600_000,), "holds more than 512 KB of code"),
    ],
    ids=["too_many_cells", "too_many_broken", "only_commands", "too_many_words", "too_large"],
)
def test_a_notebook_becomes_few_files_in_bounded_steps(
    cells: tuple[str, ...], fault: str, tmp_path: Path
) -> None:
    data = notebook(*cells)
    assert effort(lambda: convert(data).fault, most=4_000_000).value == fault
    (tmp_path / "s.ipynb").write_bytes(data)
    assert len(read(tmp_path / "s.ipynb").files) <= FILES


def test_the_files_of_all_notebooks_together_stay_within_their_limit(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"n{number}.ipynb").write_bytes(notebook(*[")"] * 50))
    submission = read(tmp_path)
    assert len(submission.files) == FILES


RIGHT = "import numpy as np\ndef f(z):\n    return z + 1\n"
HELPERS = "".join(
    f"def helper{n}(z):\n    # A step on the way.\n    return np.sqrt(z) * {n}.5\n\n" for n in range(750)
)
ROWS = "".join(f"    {n * 0.317:.3f}, {-n * 1.7e-5:.4e},\n" for n in range(10_000))
HONEST: dict[str, str] = {
    "three_thousand_lines": RIGHT + HELPERS,
    "a_table_of_twenty_thousand_numbers": (
        f"TABLE = [\n{ROWS}]\n{RIGHT}def g(z):\n    return np.interp(z, TABLE[::2], TABLE[1::2])\n"
    ),
    "a_table_that_the_function_uses": (
        f"TABLE = [{', '.join(map(str, range(20_000)))}]\ndef f(z):\n    return z + TABLE[1]\n"
    ),
    "many_small_f_strings": RIGHT + "".join(f"print(f'{{{n}}} of {{{n}!r:>9}}')\n" for n in range(2_000)),
}


@pytest.mark.parametrize("name", HONEST)
@pytest.mark.parametrize("check", [checks.forbids_loops(), MEAN], ids=["loops", "calls"])
def test_a_large_honest_file_is_judged_as_any(name: str, check: checks.Check) -> None:
    result = judged({"f.py": HONEST[name].encode()}, check, most=8_000_000)
    assert (result.status, result.message) == ("passed", "")


def test_a_notebook_of_two_hundred_cells_with_pictures_is_judged_as_any(tmp_path: Path) -> None:
    cells = [f"# Step {n}\nx{n} = {n}\nprint(x{n})" for n in range(199)]
    (tmp_path / "s.ipynb").write_bytes(notebook(*cells, RIGHT, png=5))
    submission = read(tmp_path / "s.ipynb")
    assert (list(submission.files), submission.notes, submission.unreadable) == (["s.ipynb"], (), {})
    assert judged(submission.files, MEAN, most=8_000_000).status == "passed"
