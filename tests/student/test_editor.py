"""The editor is the one named, that of this terminal, that of the settings, or a usual one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.student.editor import Editor, editor


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with some editors that write down what they open."""
    for name in ("code", "zed", "emacsclient", "nvim", "nano", "pycharm"):
        path = tmp_path / name
        path.write_text(f'#!/bin/sh\necho "{name} $@" >> {tmp_path}/opened\n')
        path.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("named", "env", "command", "takes_terminal"),
    [
        ("code -r", {"EDITOR": "vim"}, ["code", "-r"], False),
        ("vim", {}, ["vim"], True),
        ("some-script", {}, ["some-script"], False),
        ("", {"TERM_PROGRAM": "vscode", "EDITOR": "vim"}, ["{}/code"], False),
        ("", {"TERM_PROGRAM": "zed"}, ["{}/zed"], False),
        ("", {"TERMINAL_EMULATOR": "JetBrains-JediTerm"}, ["{}/pycharm"], False),
        ("", {"INSIDE_EMACS": "29.1,comint"}, ["emacsclient", "--no-wait"], False),
        ("", {"NVIM": "/run/nvim.1"}, ["nvim", "--server", "/run/nvim.1", "--remote-tab"], False),
        ("", {"VISUAL": "emacs -nw", "EDITOR": "vi"}, ["emacs", "-nw"], True),
        ("", {"VISUAL": " ", "EDITOR": "unknown-editor"}, ["unknown-editor"], True),
        ("", {"EDITOR": "subl --wait"}, ["subl", "--wait"], False),
    ],
)
def test_the_editor_that_fits_best_is_used(
    programs: Path, named: str, env: dict[str, str], command: list[str], takes_terminal: bool
) -> None:
    found = editor(named, env={"PATH": str(programs), **env})
    assert found == Editor(tuple(part.format(programs) for part in command), takes_terminal)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have an editor")
def test_a_usual_editor_is_the_last_resort(programs: Path, tmp_path: Path) -> None:
    assert editor(env={"PATH": str(programs)}) == Editor(("code",), takes_terminal=False)
    (programs / "code").unlink()
    assert editor(env={"PATH": str(programs)}) == Editor(("nano",), takes_terminal=True)
    with pytest.raises(UsageError, match="No editor was found; name one: grader watch --edit-cmd"):
        editor(env={"PATH": str(tmp_path / "nothing")})


def test_a_variable_without_its_program_is_passed_over(tmp_path: Path) -> None:
    env = {"PATH": str(tmp_path), "TERM_PROGRAM": "vscode", "INSIDE_EMACS": "1", "EDITOR": "vi"}
    assert editor(env=env) == Editor(("vi",), takes_terminal=True)


def test_a_command_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be read: No closing quotation"):
        editor("code 'x")
    with pytest.raises(UsageError, match="is empty"):
        editor(" ")


def test_an_editor_gets_the_terminal_only_if_it_takes_it(programs: Path) -> None:
    lent = []

    @contextmanager
    def lend() -> Iterator[None]:
        lent.append("lent")
        yield
        lent.append("back")

    Editor((str(programs / "nano"),), takes_terminal=True).open(Path("relu.py"), terminal=lend())
    assert lent == ["lent", "back"]
    assert (programs / "opened").read_text() == "nano relu.py\n"
    Editor((sys.executable, "-c", "0"), takes_terminal=False).open(Path("relu.py"), terminal=lend())
    assert lent == ["lent", "back"]


def test_an_editor_that_cannot_be_started_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be started: No such file or directory"):
        Editor((str(tmp_path / "none"),), takes_terminal=True).open(Path("relu.py"))
