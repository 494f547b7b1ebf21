"""Where a function is looked for, and what is said where there is none; submitted files never run."""

from __future__ import annotations

import pytest

from grader.cases.signature import Parameters
from grader.results import Fault
from grader.submissions.locate import NotFound, locate
from grader.submissions.source import Found, parse

ONE = Parameters(("Z",), 1)


OTHER = "def relu(Z):\n    return Z + 0\n"
WRITTEN = "def relu(Z):\n    return Z\n"


STUB = 'def relu(Z):\n    """Cut off."""\n    raise NotImplementedError("relu")\n'


MISSING = NotFound(
    "missing",
    Fault(
        type="Missing",
        message="No file defines relu. Write `def relu(…)` at the left margin, spelt exactly so.",
    ),
)


def untouched(path: str) -> NotFound:
    message = "relu has no code yet. Put your code in place of `raise NotImplementedError` or `pass`."
    return NotFound("not_attempted", Fault(type="NotImplementedError", message=message), path)


def ambiguous(files: str) -> NotFound:
    message = f"relu is defined in more than one file: {files}. Keep one of them."
    return NotFound("missing", Fault(type="Ambiguous", message=message))


def located(wanted: Parameters = ONE, *, aliases: tuple[str, ...] = (), **files: str) -> Found | NotFound:
    """Look for `relu` in files given by their stems; `__` stands for a folder."""
    paths = {f"{stem.replace('__', '/')}.py": text.encode() for stem, text in files.items()}
    return locate({path: parse(path, data) for path, data in paths.items()}, "relu", aliases, wanted)


def place(found: Found | NotFound) -> tuple[str, str, int]:
    """Return file, name and line of what was found."""
    assert isinstance(found, Found)
    return found.file.path, found.name, found.file.definitions[found.name].line


def test_the_file_of_that_name_comes_first() -> None:
    assert place(located(all=WRITTEN, relu=WRITTEN)) == ("relu.py", "relu", 1)


def test_the_file_of_that_name_may_stand_in_a_folder() -> None:
    assert place(located(all=WRITTEN, week__relu=WRITTEN)) == ("week/relu.py", "relu", 1)


def test_any_other_file_will_do() -> None:
    assert place(located(neural_network=f"x = 1\n{WRITTEN}", other="y = 2")) == (
        "neural_network.py",
        "relu",
        2,
    )


def test_a_stub_in_its_own_file_gives_way_to_code_elsewhere() -> None:
    assert place(located(relu=STUB, all=WRITTEN)) == ("all.py", "relu", 1)


def test_an_alias_is_found_where_the_name_is_not() -> None:
    found = located(all="def rectify(Z):\n    return Z\n", aliases=("cut", "rectify"))
    assert place(found) == ("all.py", "rectify", 1)


def test_the_name_comes_before_its_aliases() -> None:
    found = located(all=f"def rectify(Z):\n    return Z\n{WRITTEN}", aliases=("rectify",))
    assert place(found) == ("all.py", "relu", 3)


def test_a_written_alias_comes_before_the_stub() -> None:
    found = located(all=f"{STUB}def rectify(Z):\n    return Z\n", aliases=("rectify",))
    assert place(found) == ("all.py", "rectify", 4)


def test_the_last_definition_wins() -> None:
    assert place(located(all=WRITTEN + STUB + WRITTEN)) == ("all.py", "relu", 6)
    assert located(all=WRITTEN + STUB) == untouched("all.py")


def test_two_files_that_define_it_are_an_error_and_no_guess() -> None:
    assert located(b=WRITTEN, a=OTHER) == ambiguous("a.py and b.py")
    assert located(x__relu=WRITTEN, y__relu=OTHER, all=WRITTEN) == ambiguous("x/relu.py and y/relu.py")


@pytest.mark.parametrize(
    "copy",
    [
        WRITTEN,
        WRITTEN.replace("\n", "  \r\n\r\n"),
        f"import numpy as np\n\n{WRITTEN}\nprint(relu(1))\n",
        f"{STUB}{WRITTEN}",
    ],
)
def test_two_files_that_define_it_alike_are_one(copy: str) -> None:
    assert place(located(a=WRITTEN, b=copy)) == ("a.py", "relu", 1)
    assert place(located(all=STUB, a=WRITTEN, b=copy)) == ("a.py", "relu", 1)


@pytest.mark.parametrize("other", [OTHER, f"@cache\n{WRITTEN}", "relu = abs\n", "class relu:\n    x = 1\n"])
def test_two_files_that_define_it_otherwise_are_two(other: str) -> None:
    assert located(a=WRITTEN, b=other) == ambiguous("a.py and b.py")


def test_an_untouched_stub_is_not_attempted() -> None:
    assert located(relu=STUB) == untouched("relu.py")
    assert located(all=STUB, other="x = 1") == untouched("all.py")


def test_nothing_at_all_is_missing() -> None:
    assert located() == MISSING
    assert located(all="def Relu(Z):\n    return Z\n") == MISSING


@pytest.mark.parametrize(
    "text",
    [
        "class Net:\n    def relu(self, Z):\n        return Z\n",
        "def f():\n    def relu(Z):\n        return Z\n",
        "for i in range(3):\n    relu = i\n",
        "relu: object\n",
        "net.relu: object = 1\n",
        "relu[0], x.relu = 1, 2\n",
        "from elsewhere import relu\n",
    ],
    ids=["method", "inner", "loop", "annotation", "attribute", "elements", "import"],
)
def test_only_a_name_bound_at_the_left_margin_counts(text: str) -> None:
    assert located(all=text) == MISSING


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("if True:\n    def relu(Z):\n        return Z\n", 2),
        ("if 0:\n    pass\nelse:\n    def relu(Z):\n        return Z\n", 4),
        ("try:\n    pass\nfinally:\n    relu = abs\n", 4),
        ("with open('x') as f:\n    relu = abs\n", 2),
        ("relu: object = abs\n", 1),
        ("a = relu = abs\n", 1),
        ("async def relu(Z):\n    return Z\n", 1),
        ("class relu:\n    pass\n", 1),
    ],
    ids=["if", "else", "finally", "with", "annotated", "chained", "async", "class"],
)
def test_every_way_to_bind_the_name_on_import_counts(text: str, line: int) -> None:
    assert place(located(all=text)) == ("all.py", "relu", line)


def test_a_name_bound_to_a_value_is_no_stub() -> None:
    assert place(located(all="relu = NotImplementedError")) == ("all.py", "relu", 1)


MISFITS = {
    "def relu():\n    return 1": "relu takes 0 arguments",
    "def relu(a, b):\n    return a": "relu needs 2 arguments",
    "def relu(a, /, b):\n    return a": "relu needs 2 arguments",
    "def relu(Z, *, axis):\n    return Z": "relu needs the keyword axis",
}


@pytest.mark.parametrize("text", MISFITS)
def test_a_signature_that_cannot_be_called_is_told_with_its_line(text: str) -> None:
    fault = Fault(
        type="TypeError",
        message=f"{MISFITS[text]}; expected relu(Z).",
        line=2,
        excerpt=list(enumerate(["", *text.split("\n")], start=1)),
    )
    assert located(all=f"\n{text}\n") == NotFound("wrong_signature", fault, "all.py")


@pytest.mark.parametrize(
    "signature",
    ["x", "x, y=1", "*args", "x, *rest", "*args, **kwargs", "x, /", "x, *, axis=0", "x=None"],
)
def test_a_signature_that_can_be_called_fits(signature: str) -> None:
    assert place(located(all=f"def relu({signature}):\n    return 1\n")) == ("all.py", "relu", 1)


@pytest.mark.parametrize(
    ("signature", "problem"),
    [
        ("Z", "has no parameter called alpha"),
        ("Z, beta=1", "has no parameter called alpha"),
        ("alpha, /", "has no parameter called alpha"),
        ("Z, alpha=1", ""),
        ("Z, *, alpha=1", ""),
        ("Z, **options", ""),
    ],
)
def test_a_keyword_that_is_passed_must_have_its_name(signature: str, problem: str) -> None:
    found = located(Parameters(("Z", "alpha"), 1, ("alpha",)), all=f"def relu({signature}):\n    return 1\n")
    message = found.fault.message if isinstance(found, NotFound) else ""
    assert message == (f"relu {problem}; expected relu(Z, alpha)." if problem else "")


def test_a_single_argument_is_counted_in_the_singular() -> None:
    found = located(Parameters(("a", "b"), 2), all=WRITTEN)
    assert isinstance(found, NotFound)
    assert found.fault.message == "relu takes 1 argument; expected relu(a, b)."


def test_behind_a_decorator_only_a_call_can_tell() -> None:
    text = "import functools\n@functools.cache\ndef relu():\n    return 1\n"
    assert place(located(all=text)) == ("all.py", "relu", 3)


def test_a_lambda_has_no_def_and_is_taken_as_it_is() -> None:
    found = located(all="relu = lambda: 1\n")
    assert place(found) == ("all.py", "relu", 1)


SYNTAX = "all.py, line 2: '(' was never closed. Python cannot read the file until this is mended."


def test_a_file_that_python_cannot_read_is_told_where_nothing_else_is_found() -> None:
    fault = Fault(
        type="SyntaxError",
        message=SYNTAX,
        line=2,
        excerpt=[(1, "x = 1"), (2, "def relu(Z:"), (3, "    pass")],
    )
    files = {"all": "x = 1\ndef relu(Z:\n    pass\n"}
    assert located(**files) == NotFound("syntax_error", fault, "all.py")
    assert place(located(**files, other=WRITTEN)) == ("other.py", "relu", 1)
    assert located(**files, other=STUB) == untouched("other.py")


def test_its_own_file_broken_is_told_whatever_else_is_there() -> None:
    found = located(relu="def relu(Z:\n", other=WRITTEN)
    assert isinstance(found, NotFound)
    assert (found.status, found.file) == ("syntax_error", "relu.py")
