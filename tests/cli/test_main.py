"""The command as a process: help, wrong use in one line, narrow and old consoles, shadowed modules."""

from __future__ import annotations

import importlib
import io
import os
import pty
import re
import runpy
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from support.courses import Done, clean, course, run, student, wrong

import grader
from grader import cli
from grader.cli import app
from grader.cli import main as start

COMMANDS = (
    *(
        "adjust",
        "build",
        "check",
        "ci",
        "export",
        "extend",
        "grade",
        "hint",
        "init",
        "list",
        "new",
        "release",
        "report",
    ),
    *("reset", "sandbox", "show", "suggest", "verify", "watch"),
)


def process(*argv: str, cwd: Path, flags: tuple[str, ...] = ("-P",), **env: str) -> Done:
    """Run `python -m grader` as a process of its own; its output is read as UTF-8."""
    command = [sys.executable, *flags, "-m", "grader", *argv]
    done = subprocess.run(command, cwd=cwd, env=clean(env), capture_output=True, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def at_terminal(*argv: str, cwd: Path, **env: str) -> str:
    """Run `python -m grader` at a terminal and return all that it wrote."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-P", "-m", "grader", *argv]
    child = subprocess.Popen(
        command, cwd=cwd, env=clean({"TERM": "xterm", **env}), stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while part := _read(ours):
        said += part
    child.wait()
    os.close(ours)
    return said.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux ends a terminal whose other side is closed by EIO
        return b""


def test_the_module_that_a_command_loads_is_the_one_that_has_it() -> None:
    found: dict[str, list[str]] = {}
    for module in cli._COMMANDS:
        importlib.import_module(f"grader.cli.{module}")
    for one in app.registered_commands:
        assert one.callback
        module = one.callback.__module__.removeprefix("grader.cli.")
        found.setdefault(module, []).append(one.name or one.callback.__name__)
    assert {module: set(names) for module, names in found.items()} == {
        module: set(names) for module, names in cli._COMMANDS.items()
    }
    assert sorted(name for names in cli._COMMANDS.values() for name in names) == sorted(COMMANDS)


def test_the_commands_are_those_that_are_tested_here() -> None:
    run("--help", cwd=Path())  # which registers them
    assert sorted(typer.main.get_command(app).commands) == sorted(COMMANDS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str, tmp_path: Path) -> None:
    done = run(command, "--help", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert re.search(rf"Examples?: grader {command}\b", done.out)


def test_without_a_command_the_help_is_shown(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert done.code == 2
    assert [name for name in COMMANDS if f" {name} " not in done.out + done.err] == []


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["nope"], "No such command 'nope'."),
        (["check", "--nope"], "No such option: --nope"),
        (["hint"], "Missing argument 'slug'."),
        (["new"], "Missing argument 'name'."),
        (["grade", "."], "Missing option '--out'."),
        (["hint", "twice", "--number", "x"], "Invalid value for '--number'"),
        (["list", "twice"], "Got unexpected extra argument"),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_is_wrong(
    tmp_path: Path, argv: list[str], sentence: str
) -> None:
    done = run(*argv, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("flags", [(), ("-P",)])
def test_modules_of_the_folder_it_is_started_in_never_load(tmp_path: Path, flags: tuple[str, ...]) -> None:
    for name in ("numpy", "typer", "msgspec", "pytest", "rich"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('loaded')")
    done = process("list", cwd=student(tmp_path), flags=flags)
    assert (done.code, done.err, done.out.count("\n")) == (0, "", 4)


@pytest.mark.parametrize(
    ("safe", "first", "home", "kept"),
    [
        (True, "", False, True),
        (False, "", False, False),
        (False, "elsewhere", False, True),
        (False, "", True, True),
    ],
)
def test_only_the_current_folder_leaves_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, safe: bool, first: str, home: bool, kept: bool
) -> None:
    package = Path(grader.__file__).parent
    path = [first and str(tmp_path / first), *sys.path]
    monkeypatch.chdir(package.parent if home else tmp_path)
    monkeypatch.setattr(sys, "path", list(path))
    flags = {name: getattr(sys.flags, name) for name in dir(sys.flags)}
    monkeypatch.setattr(sys, "flags", SimpleNamespace(**flags | {"safe_path": safe}))
    runpy.run_path(str(package / "__main__.py"), run_name="imported")
    assert sys.path == (path if kept else path[1:])


def test_the_module_is_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["grader", "check", "nope"])
    monkeypatch.setattr(sys, "path", list(sys.path))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(Path(grader.__file__).parent / "__main__.py"), run_name="__main__")
    assert ended.value.code == 2
    assert tuple(capsys.readouterr()) == ("", "grader: There is no exercise called nope in exercises/.\n")


@pytest.mark.parametrize(("argv", "code"), [("verify", 0), ("--help", 0), ("nope", 2)])
def test_a_narrow_terminal_does_no_harm(tmp_path: Path, argv: str, code: int) -> None:
    done = process(argv, cwd=course(tmp_path), COLUMNS="1")
    assert done.code == code
    assert "Traceback" not in done.err


def test_a_progress_bar_is_drawn_at_a_terminal_alone(tmp_path: Path) -> None:
    said = at_terminal("verify", "twice", cwd=course(tmp_path))
    assert "━" in said.partition("exercise")[0]
    assert "1 of 1 exercises proven" in said
    assert run("verify", "twice", cwd=tmp_path).err == ""


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_respect_no_color(tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    (student(tmp_path) / "twice.py").write_bytes(wrong("twice"))
    said = at_terminal("check", "twice.py", cwd=tmp_path, **env)
    assert "Likely cause: Twice a number is 2 * Z" in said
    assert bool(re.search(r"\x1b\[(\d+;)*3\d(;\d+)*m", said)) == coloured


def test_a_reader_that_leaves_early_sees_no_traceback(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-P", "-m", "grader", "list"]
    done = subprocess.run(
        command, cwd=student(tmp_path), env=clean({}), stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert "Traceback" not in done.stderr.decode()


def test_an_error_of_the_system_without_a_file_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(sys, "argv", ["grader", "--version"])  # which loads no command
    monkeypatch.setattr("grader.cli.app", fails)
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "grader: no more processes\n"


def test_a_stream_of_another_kind_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["grader", "hint", "twice", "--course", str(student(tmp_path))])
    out = io.StringIO()
    with redirect_stdout(out), pytest.raises(SystemExit) as ended:
        start()
    assert not ended.value.code
    assert out.getvalue().startswith("Hint 1 of 2: ")


def test_the_version_is_told_with_what_it_runs_on(tmp_path: Path) -> None:
    done = process("--version", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(
        r"grader-kit 0\.1\.0 \(Python 3\.\d+\.\d+\S*, numpy [\d.]+\S*, pytest [\d.]+\)\n", done.out
    )
