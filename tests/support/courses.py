"""A small course of two exercises as `grader new` writes them, and the command run in it."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from grader.authoring import scaffold
from grader.authoring.build import files, write
from grader.cli import main
from grader.course.discovery import discover
from grader.sandbox import Sandbox

SLUGS = ("twice", "again")
RIGHT = "def {slug}(Z):\n    return 2 * Z\n"
WRONG = "def {slug}(Z):\n    return Z**2\n"
SQUARED = "Twice a number is 2 * Z; Z ** 2 is its square."
CI = ("GRADER_", "GITHUB_", "COLUMNS", "FORCE_COLOR", "NO_COLOR")


class Done(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def right(slug: str) -> bytes:
    return RIGHT.format(slug=slug).encode()


def wrong(slug: str) -> bytes:
    return WRONG.format(slug=slug).encode()


def author(folder: Path) -> Path:
    """Write `reference/` into `folder`: twice in lesson 01, again in lesson 02, 5 points each."""
    reference = folder / "reference"
    for number, slug in enumerate(SLUGS, 1):
        scaffold.create(reference, f"0{number}_small/{slug}")
    (reference / "course.toml").write_text('title = "Small numbers"\nseed = 7\n')
    return folder


@cache
def built() -> dict[str, bytes]:
    """Return the generated files of the course."""
    with TemporaryDirectory() as folder, Sandbox() as sandbox:
        return files(discover(author(Path(folder)) / "reference"), sandbox)


def student(folder: Path) -> Path:
    """Write `exercises/`, as students get it, into `folder`."""
    write(folder / "exercises", built())
    return folder


def course(folder: Path) -> Path:
    """Write both: what the author has, up to date."""
    return student(author(folder))


def clean(changes: Mapping[str, str]) -> dict[str, str]:
    """Return this environment without what steers the command, and with `changes`."""
    return {k: v for k, v in os.environ.items() if not k.startswith(CI)} | dict(changes)


def run(*argv: str | Path, cwd: Path, encoding: str = "utf-8", **env: str) -> Done:
    """Run the command in this process, as a shell would in `cwd`, on a console of that encoding."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        patch.setattr("os.environ", clean(env))
        patch.setattr("sys.argv", ["grader", *map(str, argv)])
        with pytest.raises(SystemExit) as ended:
            main()
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode(encoding))  # type: ignore[attr-defined]  # it is a BytesIO
    return Done(int(ended.value.code or 0), *texts)


def damage(folder: Path) -> None:
    """Give `twice` a check that cannot be run: the grader's own fault."""
    path = folder / "exercises" / "index.json"
    index = json.loads(path.read_text())
    index["exercises"][0]["checks"][0].update(kind="sums_to_one", options={"axis": "x"})
    path.write_text(json.dumps(index))


def grader(*arguments: object) -> Done:
    """Run the command in this process and in its folder."""
    return run(*map(str, arguments), cwd=Path.cwd())
