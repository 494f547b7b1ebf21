"""What a watch does however it is shown: where it goes, which file it means, what the editor is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.courses import right, run

from grader.cli.watch_lines import LineWatch
from grader.course.course import find


def watching(bundle: Path, slug: str, *, editor: str = "") -> LineWatch:
    here = find(bundle)
    return LineWatch(here, here.entry(slug), editor=editor)


def test_next_is_what_is_not_solved_and_previous_the_one_before(bundle: Path) -> None:
    first, second = watching(bundle, "twice"), watching(bundle, "again")
    assert [found and found.slug for found in (first.following(), second.following())] == ["again", "twice"]
    assert [found and found.slug for found in (first.previous(), second.previous())] == [None, "twice"]
    assert first.solved() == 0
    (bundle / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    run("check", "twice", cwd=bundle)
    assert second.following() is None
    assert first.solved() == 1


def test_the_lesson_text_is_there_or_not(bundle: Path) -> None:
    text = bundle / "exercises" / "01_small" / "README.md"
    assert watching(bundle, "twice").lesson_text is None
    text.write_text("# Small\n")
    assert watching(bundle, "twice").lesson_text == text


def test_the_editor_opens_the_file_which_is_restored_if_it_is_gone(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bundle)
    path = bundle / "exercises" / "01_small" / "twice.py"
    stub = path.read_bytes()
    path.unlink()
    said = watching(bundle, "twice", editor=f"{sys.executable} -m compileall -q").edit()
    assert said.endswith(" has exercises/01_small/twice.py.")
    assert path.read_bytes() == stub
    assert watching(bundle, "twice", editor="none").edit() == (
        "none cannot be started: No such file or directory."
    )
