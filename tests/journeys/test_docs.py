"""What the documents say can be done: commands run, links lead somewhere, nothing is left untold."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from grader.authoring.build import files, write
from grader.checks import KINDS
from grader.cli import app, author, ci, gradebook, instructor, student
from grader.course.course import find
from grader.sandbox import for_own_code

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
ELSEWHERE = ("docker", "helm", "kubectl")
"""What a document shows for machines that have it."""
CHECKED = ["grader", "build", "--check"]
"""What `make test` itself runs, over the whole course."""
LESSON = "reference/03_activations"
"""The lesson of all examples: with the whole course, each command takes seconds longer."""
COPIED = (LESSON, *(f"tests/data/class/student-{number:02}" for number in (1, 2, 7)))
"""Of the sample class a few students, among them those that documents name: `make demo` grades them all."""
TEXTS = {path: path.read_text(encoding="utf-8") for path in DOCS}


def commands(text: str) -> list[list[str]]:
    """Return the commands of the fenced `sh` blocks of a document, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = (shlex.split(line, comments=True) for b in blocks for line in b.replace("\\\n", "").splitlines())
    return [words for words in lines if words]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the commands work on: the course with one lesson, and a small class."""
    folder = tmp_path_factory.mktemp("made")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name)
    settings = tomllib.loads((ROOT / "reference" / "course.toml").read_text(encoding="utf-8"))
    title = f'title = "{settings["title"]}"\nseed = {settings["seed"]}\n'
    (folder / "reference" / "course.toml").write_text(title, encoding="utf-8")
    here = find(folder)
    with for_own_code() as sandbox:
        write(here.exercises, files(here.authored(), sandbox))
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """Return a copy for one document."""
    return shutil.copytree(made, tmp_path / "copy")


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_the_commands_of_a_document_run_one_after_the_other(path: Path, copy: Path) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for words in commands(TEXTS[path]):
        if words[0] in ("make", *ELSEWHERE) or words == CHECKED:
            continue  # for make see the next test
        done = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, check=False)
        # 1 is an answer too: `grader check` on a stub.
        assert done.returncode in (0, 1), f"{shlex.join(words)}: {done.stderr}"
        assert "Traceback" not in done.stderr


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    every = [words for text in TEXTS.values() for words in commands(text)]
    named = {target for program, target, *_ in every if program == "make"}
    assert {"demo", "test"} <= named <= targets


def test_every_command_and_every_check_is_told_of() -> None:
    everything = "\n".join(TEXTS.values())
    assert all((author, ci, gradebook, instructor, student))  # importing them registers their commands
    names = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has them
    assert [name for name in names if f"grader {name}" not in everything] == []
    assert [name for name in KINDS if f"`{name}`" not in everything] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_no_link_is_dead(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", TEXTS[path])
    local = [t for t in targets if "://" not in t]
    assert [t for t in local if not (path.parent / t).exists()] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[<>=!~\[; ]", one)[0] for each in lists for one in each} - {project["name"]}
    told = TEXTS[ROOT / "docs" / "dependencies.md"]
    assert sorted(n for n in names if not re.search(rf"^\|.*\b{re.escape(n)}\b", told, re.MULTILINE)) == []
