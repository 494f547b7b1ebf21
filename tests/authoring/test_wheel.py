"""What is shipped: the wheel and the sdist hold templates and exercises, and no line of the reference."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from support.courses import Done, clean, right, student
from support.leaks import leaks, tree

from grader.authoring.wheel import wheel as own_wheel
from grader.errors import UsageError

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).resolve().parents[2]
LIST = """\
01_small  ██████████  1 of 1 done, 5 of 5 points
  ✓ twice    5/5    easy  Twice: say in a few words what it is for
"""


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
    assert next(d for n, d in wheel.items() if n.endswith("/licenses/LICENSE")).startswith(b"MIT License")
    assert b"grader = grader.cli:main" in next(d for n, d in wheel.items() if n.endswith("entry_points.txt"))


def test_the_sdist_holds_no_reference_and_no_tests(sdist: dict[str, bytes]) -> None:
    tops = {name.partition("/")[0] for name in sdist}
    assert tops - {".gitignore"} == {
        *("LICENSE", "PKG-INFO", "README.md", "exercises", "grader", "pyproject.toml", "templates")
    }


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_statement_of_a_solution_or_mistake_is_shipped(kind: str, request: pytest.FixtureRequest) -> None:
    assert leaks(request.getfixturevalue(kind)) == set()


def test_the_search_finds_the_reference_where_it_is() -> None:
    reference = tree(ROOT / "reference")
    public = {name for name in reference if name.endswith("/givens.py")}
    assert set(reference) - leaks(reference) == {"course.toml", *public}


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_of_a_bundle_is_the_published_one_without_exercises(wheel: dict[str, bytes]) -> None:
    name, data = own_wheel()
    (published,) = {n.partition("/")[0] for n in wheel if ".dist-info/" in n}
    assert name == f"{published.removesuffix('.dist-info')}-py3-none-any.whl"
    # When this grader was installed here, its description may have been another one.
    drop = (f"{published}/RECORD", f"{published}/METADATA", f"{published}/WHEEL")
    wanted = {n: d for n, d in wheel.items() if not n.startswith("grader/_data/exercises/")}
    made = contents(data)
    assert set(made) == set(wanted)
    assert {n: d for n, d in made.items() if n not in drop} == {
        n: d for n, d in wanted.items() if n not in drop
    }
    assert made[f"{published}/METADATA"].startswith(b"Metadata-Version: ")


def test_the_wheel_of_a_bundle_says_what_is_in_it(tmp_path: Path) -> None:
    made = contents(own_wheel()[1])
    (record,) = (n for n in made if n.endswith("/RECORD"))
    rows = [line.split(",") for line in made[record].decode().splitlines()]
    assert [(n, d, int(size or 0)) for n, d, size in rows if n != record] == [
        (n, f"sha256={urlsafe_b64encode(sha256(d).digest()).decode().rstrip('=')}", len(d))
        for n, d in made.items()
        if n != record
    ]


def test_a_grader_that_came_in_a_bundle_makes_the_same_wheel(tmp_path: Path) -> None:
    _, data = own_wheel()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "site")
    (tmp_path / "site" / "grader" / "_data" / "templates" / ".stray").write_text("an editor's")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from grader.authoring.wheel import wheel; "
        "sys.stdout.buffer.write(wheel()[1])"
    )
    command = [sys.executable, "-P", "-c", script, str(tmp_path / "site")]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout == data


def test_a_grader_that_is_not_installed_has_no_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    sentence = "grader-kit runs without being installed; name a wheel by --wheel."
    with pytest.raises(UsageError, match=f"^{re.escape(sentence)}$"):
        own_wheel()


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


@pytest.fixture(scope="module")
def students_python(built: Path) -> Path:
    """Return the interpreter of a new environment that has the wheel without an extra."""
    (path,), folder = built.glob("*.whl"), built / "environment"
    uv("venv", "--python", sys.executable, str(folder))
    uv("pip", "install", "--python", str(folder), str(path))
    return folder / "bin" / "python"


def uv(*words: str) -> bytes:
    command = [sys.executable, "-m", "uv", "--no-config", "--quiet", *words]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_a_student_installs_no_package_of_instructors(students_python: Path) -> None:
    listed = uv("pip", "list", "--python", str(students_python), "--format", "json")
    names = {package["name"] for package in json.loads(listed)}
    assert {"grader-kit", "numpy", "pytest"} <= names
    assert names.isdisjoint({"distributed", "mpmath", "pydantic", "pyseccomp", "sqlalchemy"})
    assert len(names) <= 26


def test_students_and_their_ci_need_no_extra(students_python: Path, tmp_path: Path) -> None:
    exercises = student(tmp_path) / "exercises"
    for place in ("01_small/twice.py", "02_small/again.py"):
        (exercises / place).write_bytes(right((exercises / place).stem))

    def said(*words: str) -> Done:
        command = [str(students_python), "-P", "-m", "grader", *words]
        done = subprocess.run(command, cwd=tmp_path, env=clean({}), capture_output=True, text=True)
        return Done(done.returncode, done.stdout, done.stderr)

    assert said("check", "twice", "--quiet", "--html", "page.html") == Done(0, "5 of 5 points\n", "")
    assert said("hint", "twice") == Done(0, "Hint 1 of 2: Where should the student look?\n", "")
    assert said("list", "--lesson", "01") == Done(0, LIST, "")
    assert (said("ci").code, (tmp_path / "junit.xml").exists()) == (0, True)
    sentence = "grader: The gradebook needs SQLAlchemy: pip install 'grader-kit[grade]'.\n"
    for words in (
        ("grade", "exercises", "--out", "out"),
        ("report", "out"),
        ("show", "out", "me"),
        ("adjust", "out", "me", "twice", "4", "--reason", "r"),
        ("extend", "out", "me", "small", "auto", "--reason", "r"),
        ("export", "out", "--format", "csv", "--to", "-"),
    ):
        assert said(*words) == Done(2, "", sentence)
