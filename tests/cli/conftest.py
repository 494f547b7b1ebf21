"""A small course as students have it, and a folder of a student's own beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import right, student, wrong


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return student(tmp_path)


@pytest.fixture
def files(bundle: Path) -> Path:
    """A folder of a student's own beside the bundle: twice.py is wrong, net.py holds a right again."""
    folder = bundle / "mine"
    folder.mkdir()
    (folder / "twice.py").write_bytes(wrong("twice"))
    (folder / "net.py").write_bytes(right("again"))
    return folder
