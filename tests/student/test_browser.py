"""A page is opened in a browser with a window, and in no other."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from grader.student.browser import show

if sys.platform in ("win32", "darwin"):
    pytest.skip("these systems always have a browser, which a test must not open", allow_module_level=True)


def test_without_a_display_nothing_is_opened(tmp_path: Path) -> None:
    assert not show(tmp_path / "report.html", env={})


def test_the_browser_that_is_set_opens_the_address(tmp_path: Path) -> None:
    program, page = tmp_path / "browse", tmp_path / "my report.html"
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/part && mv {tmp_path}/part {tmp_path}/opened\n')
    program.chmod(0o755)
    assert show(page, env={"BROWSER": f"{program} %s"})
    end = time.monotonic() + 60
    while not (tmp_path / "opened").exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert (tmp_path / "opened").read_text() == f"{page.as_uri()}\n"


def test_a_browser_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert not show(tmp_path / "report.html", env={"BROWSER": str(tmp_path / "none")})
