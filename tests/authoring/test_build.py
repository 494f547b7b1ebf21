"""Students get imports, signature, docstring and one `raise`, and no line of the solution; all fresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from grader.authoring import build
from grader.course.authored_source import stub
from grader.course.discovery import Authored, discover, load
from grader.errors import AuthorError
from grader.sandbox import Sandbox
from grader.submissions.source import parse

TRICKY = r'''#!/usr/bin/env python
# A comment above.
r"""Weigh: a weighted sum, $\sum_i w_i z_i$.

The first line alone is the title.
"""
from __future__ import annotations

import math
import os.path as p
from collections.abc import Callable, Mapping as M
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray
from numpy.typing import NDArray as Arr
from grader import Exercise, arrays, checks

SECRET = 3


def _logged(f: Callable) -> Callable:
    return f


def weigh(Z):
    return "an earlier one"


@_logged
def weigh(
    Z: NDArray[np.floating],  # the "values"
    w: Arr[np.floating] | None = None,
    *,
    options: M[str, float] = {},
    tau: float = math.tau,
) -> npt.NDArray[np.floating]:
    # Units: none.
    r"""Return $\sum_i w_i z_i$ of `Z`.

    >>> weigh(np.array([1.0]))
    array([3.])
    """
    # The trick.
    return SECRET * np.asarray(Z)


exercise = Exercise(weigh, inputs=arrays(), checks=(checks.preserves_shape(),))
'''
STUB = r'''r"""Weigh: a weighted sum, $\sum_i w_i z_i$.

The first line alone is the title.
"""
# Easy, about 10 minutes.

import math
from collections.abc import Mapping as M

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray
from numpy.typing import NDArray as Arr


def weigh(
    Z: NDArray[np.floating],  # the "values"
    w: Arr[np.floating] | None = None,
    *,
    options: M[str, float] = {},
    tau: float = math.tau,
) -> npt.NDArray[np.floating]:
    # Units: none.
    r"""Return $\sum_i w_i z_i$ of `Z`.

    >>> weigh(np.array([1.0]))
    array([3.])
    """
    raise NotImplementedError("weigh")
'''
PLAIN = '''"""Twice: double a number."""
import numpy as np
from grader import Exercise, arrays, call, checks

def twice(Z):
    """Return 2 * Z."""
    return 2 * Z

exercise = Exercise(
    twice,
    inputs=arrays("n").also(large=np.ones(81), half=np.array([0.5])),
    checks=(checks.preserves_shape(), checks.matches_reference(), checks.finite().hidden()),
)

@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z):
    """Z * Z is the square."""
    return Z * Z
'''
HALF = PLAIN.replace("twice", "half").replace("2 * Z", "Z / 2")


def authored(folder: Path, text: str, name: str = "01_small/twice.py") -> Authored:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_a_stub_keeps_title_imports_signature_and_docstring_alone(tmp_path: Path) -> None:
    text = stub(authored(tmp_path, TRICKY, "01_small/weigh.py"))
    assert text == STUB
    assert parse("weigh.py", text.encode()).definitions["weigh"].is_stub


def test_a_stub_needs_no_import(tmp_path: Path) -> None:
    text = PLAIN.replace("import numpy as np\n", "import numpy\n").replace("np.", "numpy.")
    assert stub(authored(tmp_path, text)) == (
        '"""Twice: double a number."""\n# Easy, about 10 minutes.\n\n\n'
        'def twice(Z):\n    """Return 2 * Z."""\n'
        '    raise NotImplementedError("twice")\n'
    )


ALIAS = PLAIN.replace("def twice(Z):", "def double(Z):").replace(
    "exercise =", "twice = double\ntwice.__name__ = 'twice'\nexercise ="
)
REFUSED = {
    "twice is not defined by a `def` or `class` at the left margin": ALIAS,
    "twice has no docstring; it is the stub's whole text": PLAIN.replace('    """Return 2 * Z."""\n', ""),
    "the docstring of twice does not have its lines to itself": PLAIN.replace(
        '"""Return 2 * Z."""\n    ', '"""Return 2 * Z."""; '
    ),
    "its stub fails by itself: NameError: name 'BASE' is not defined": PLAIN.replace(
        "def twice(Z):", "BASE = 2\n\ndef twice(Z, base=BASE):"
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_function_that_gives_no_stub_is_refused(tmp_path: Path, reason: str) -> None:
    one = authored(tmp_path, REFUSED[reason])
    with pytest.raises(AuthorError) as caught:
        stub(one)
    assert str(caught.value) == f"{one.path}: {reason}"


def test_a_docstring_beside_its_def_is_refused(tmp_path: Path) -> None:
    body = 'def twice(Z):\n    """Return 2 * Z."""\n    return 2 * Z'
    one = authored(tmp_path, PLAIN.replace(body, 'def twice(Z): "Return 2 * Z."'))
    with pytest.raises(AuthorError, match=r": the docstring of twice does not have its lines to itself$"):
        stub(one)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    reference = tmp_path_factory.mktemp("reference")
    authored(reference, PLAIN)
    authored(reference, HALF, "02_more/half.py")
    (reference / "02_more" / "givens.py").write_text("def identity(x):\n    return x\n")
    with Sandbox() as sandbox:
        yield build.files(discover(reference), sandbox)


def test_every_lesson_has_stubs_answers_and_its_givens(made: dict[str, bytes]) -> None:
    assert sorted(made) == [
        "../docs/catalogue.md",
        "01_small/answers.json",
        "01_small/twice.py",
        "02_more/answers.json",
        "02_more/givens.py",
        "02_more/half.py",
        "index.json",
    ]
    assert made["02_more/givens.py"] == b"def identity(x):\n    return x\n"


def test_no_generated_file_holds_hidden_checks_cases_or_code(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        assert all(word not in data for word in (b"hidden", b"finite", b"return 2", b"Z * Z\n")), name


def test_each_recorded_case_is_one_line(made: dict[str, bytes]) -> None:
    data = made["01_small/answers.json"]
    cases = msgspec.json.decode(data)["exercises"]["twice"]["cases"]
    names = ["half", "different sizes", "equal sizes", "one row", "a transposed view"]
    assert [c["name"] for c in cases] == [*names, "every second element"]
    assert data.count(b"\n") == len(cases) + 1


def test_what_was_written_is_fresh(made: dict[str, bytes], tmp_path: Path) -> None:
    tree = tmp_path / "exercises"
    assert build.compare(tree, made) == sorted(made)
    assert build.write(tree, made) == sorted(made)
    assert build.compare(tree, made) == []
    written = {p.resolve() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {(tree / name).resolve() for name in made}


@pytest.fixture
def tree(made: dict[str, bytes], tmp_path: Path) -> Path:
    build.write(tmp_path / "exercises", made)
    return tmp_path / "exercises"


def test_stale_missing_and_orphaned_files_are_named_and_mended(made: dict[str, bytes], tree: Path) -> None:
    (tree / "01_small" / "README.md").write_text("written by hand")
    (tree / "01_small" / "twice.py").write_text("stale")
    (tree / "02_more" / "half.py").unlink()
    index = msgspec.json.decode((tree / "index.json").read_bytes())
    before = [
        {**index["exercises"][0], "slug": "gone", "lesson": lesson} for lesson in ("01_small", "03_gone")
    ]
    (tree / "index.json").write_bytes(msgspec.json.encode({**index, "exercises": before}))
    for orphan in ("01_small/gone.py", "03_gone/answers.json", "01_small/own.py"):
        (tree / orphan).parent.mkdir(exist_ok=True)
        (tree / orphan).write_text("orphaned")
    named = ["01_small/gone.py", "01_small/twice.py", "02_more/half.py", "03_gone/answers.json", "index.json"]
    assert build.compare(tree, made) == named
    assert build.write(tree, made) == named
    assert build.compare(tree, made) == []
    assert not (tree / "01_small" / "gone.py").exists()
    assert (tree / "01_small" / "own.py").read_text() == "orphaned"
    assert (tree / "01_small" / "README.md").read_text() == "written by hand"


ANSWERS = "01_small/answers.json"
HEX = b"0x1.0000000000000p+0"


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        (HEX, np.nextafter(1.0, 2.0).hex().encode(), False),
        (HEX, (1 + 1e-6).hex().encode(), True),
        (HEX, b"nan", True),
        (HEX, b"0x1.0p+9999", True),
        (b'"squared"', b'"cubed"', True),
        (b'"name":"half"', b'"name":"Half"', True),
        (b'"shape":[1]', b'"shape":[1,1]', True),
        (b'"returned"', b'"raised"', True),
        (b'"schema":1', b'"schema":2', True),
        (b'{"schema"', b' {"schema"', False),
        (b'{"schema"', b'"schema"', True),
        (b'"half"', b'"\xff"', True),
        (b'{"schema":1', b'{"schema":' + b"[" * 100_000, True),
    ],
    ids=lambda v: v[:20].decode("latin-1") if isinstance(v, bytes) else str(v),
)
def test_recorded_numbers_are_compared_by_tolerance_and_all_else_exactly(
    made: dict[str, bytes], tree: Path, old: bytes, new: bytes, *, stale: bool
) -> None:
    assert old in made[ANSWERS]
    (tree / ANSWERS).write_bytes(made[ANSWERS].replace(old, new, 1))
    assert build.compare(tree, made) == ([ANSWERS] if stale else [])


def test_the_index_is_compared_by_bytes(made: dict[str, bytes], tree: Path) -> None:
    (tree / "index.json").write_bytes(made["index.json"].replace(b"\n", b"\r\n"))
    assert build.compare(tree, made) == ["index.json"]
