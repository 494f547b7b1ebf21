"""A screen at a terminal replaces what was there only while it lasts."""

from __future__ import annotations

import os
import sys

import pytest

from grader.cli import screen
from grader.cli.screen import Size

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals in Python's library", allow_module_level=True)


def test_without_a_terminal_there_is_no_screen_and_the_usual_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not screen.is_possible()

    def fails(_: int) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr("os.get_terminal_size", fails)
    assert screen.size() == Size(80, 24)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((0, 0)))
    assert screen.size() == Size(80, 24)


def test_each_line_is_cleared_and_rows_below_the_last_are_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screen, "size", lambda: Size(10, 2))

    def interrupted() -> None:
        with screen.full_screen() as shown:
            shown.show(["a", "b", "c"])
            shown.show(["d"])
            with shown.left():
                print("editor")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    enter, leave = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
    assert capsys.readouterr().out == (
        f"{enter}\x1b[H\x1b[2Ka\n\x1b[2Kb\x1b[?25l\x1b[H\x1b[2Kd\x1b[J\x1b[?25l{leave}editor\n{enter}{leave}"
    )
