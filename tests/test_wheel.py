"""What is shipped: the wheel and the sdist hold templates and exercises, and no line of the reference."""

from __future__ import annotations

import ast
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from grader.exercise import discover

ROOT = Path(__file__).resolve().parents[1]
LONG = 20
"""Shorter lines, such as `return 1 * Z`, stand by chance in any program."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> dict[str, bytes]:
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(built: Path) -> dict[str, bytes]:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        members = [m for m in archive.getmembers() if m.isfile()]
        return {m.name.partition("/")[2]: archive.extractfile(m).read() for m in members}  # type: ignore[union-attr]


def tree(folder: Path) -> dict[str, bytes]:
    files = [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def statements(function: ast.FunctionDef, source: str) -> Iterator[str]:
    """Yield the lines of a function's body, as written and in normal form; without its docstring."""
    for node in function.body[ast.get_docstring(function) is not None :]:
        for text in (ast.unparse(node), ast.get_source_segment(source, node) or ""):
            yield from (line.strip() for line in text.splitlines())


def hidden() -> set[str]:
    """Return each long line of a solution or mistake that no text for students says."""
    found: set[str] = set()
    told: list[str] = []
    for one in discover(ROOT / "reference"):
        exercise = one.exercise
        names = {exercise.slug, *(mistake.name for mistake in exercise.mistakes)}
        functions = [
            n for n in ast.parse(one.source).body if isinstance(n, ast.FunctionDef) and n.name in names
        ]
        found |= {line for function in functions for line in statements(function, one.source)}
        told += [exercise.solution.__doc__ or "", *exercise.hints, *(m.message for m in exercise.mistakes)]
    # Silencing warnings is nobody's secret: the grader does it too.
    long = (line for line in found if len(line) > LONG and not line.startswith("with np.errstate"))
    return {line for line in long if not any(line in text for text in told)}


def leaks(files: Mapping[str, bytes]) -> set[str]:
    """Return the names of the files that hold a hidden line."""
    lines = [line.encode() for line in hidden()]
    return {name for name, data in files.items() if any(line in data for line in lines)}


def test_the_wheel_holds_the_package_and_its_data_alone(wheel: dict[str, bytes]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert tops == {"grader", f"{next(t for t in tops if t.endswith('.dist-info'))}"}
    package = {f"grader/{name}": data for name, data in tree(ROOT / "grader").items()}
    data = {
        f"grader/_data/{folder}/{name}": content
        for folder in ("templates", "exercises")
        for name, content in tree(ROOT / folder).items()
    }
    shipped = {name: content for name, content in wheel.items() if ".dist-info/" not in name}
    assert shipped == package | data


def test_the_wheel_has_what_pages_and_students_need(wheel: dict[str, bytes]) -> None:
    wanted = ("templates/student.html.j2", "templates/style.css", "exercises/index.json")
    assert [name for name in wanted if not wheel.get(f"grader/_data/{name}")] == []
    assert b"grader = grader.cli:main" in next(d for n, d in wheel.items() if n.endswith("entry_points.txt"))


def test_the_sdist_holds_no_reference_and_no_tests(sdist: dict[str, bytes]) -> None:
    tops = {name.partition("/")[0] for name in sdist}
    assert tops - {".gitignore"} == {
        *("PKG-INFO", "README.md", "exercises", "grader", "pyproject.toml", "templates")
    }


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_statement_of_a_solution_or_mistake_is_shipped(kind: str, request: pytest.FixtureRequest) -> None:
    assert leaks(request.getfixturevalue(kind)) == set()


def test_the_search_finds_the_reference_where_it_is() -> None:
    reference = tree(ROOT / "reference")
    public = {name for name in reference if name.endswith("/givens.py")}
    assert set(reference) - leaks(reference) == {"course.toml", *public}


def test_the_wheel_runs_where_it_is_installed(built: Path, tmp_path: Path) -> None:
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "site")
    (tmp_path / "relu.py").write_text("import numpy as np\ndef relu(Z):\n    return np.maximum(0, Z)\n")
    script = "import sys; sys.path.insert(0, sys.argv.pop(1)); from grader.cli import main; main()"
    command = [
        sys.executable,
        "-P",
        "-c",
        script,
        str(tmp_path / "site"),
        "check",
        "relu",
        "--html",
        "page.html",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "8 of 8 points" in done.stdout
    assert (tmp_path / "page.html").stat().st_size > 1000
