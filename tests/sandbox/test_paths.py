"""A worker may read the interpreter and numpy, and neither the grader nor what else is installed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox import paths


def test_installed_packages_and_the_grader_are_never_readable(tmp_path: Path) -> None:
    for name in ("json/__init__.py", "site-packages/secret.py", "os.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    hidden = [tmp_path / "site-packages", paths.ROOT]
    assert list(paths._without(tmp_path, hidden)) == [tmp_path / "json", tmp_path / "os.py"]
    above = list(paths._without(paths.ROOT.parent, hidden))
    assert paths.ROOT not in above
    assert paths.ROOT.parent not in above
    assert paths.ROOT.parent / "pyproject.toml" in above
    assert not any(
        paths.ROOT.is_relative_to(path) or path.is_relative_to(paths.ROOT) for path in paths.readable()
    )


def test_mapped_libraries_are_read_from_the_table() -> None:
    lines = ["7f00-7f01 r-xp 0000 08:01 1   /usr/lib/libc.so.6", "7f02-7f03 rw-p 0000 00:00 0   [heap]"]
    assert list(paths._mapped(lines)) == [Path("/usr/lib/libc.so.6")]


def test_of_the_environment_a_worker_has_what_is_named_and_what_its_libraries_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in list(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    monkeypatch.setenv("API_TOKEN", "secret")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/python/lib::lib:/opt/blas")
    assert paths.environment("PATH", "TEMP") == {
        "PATH": "/usr/bin",
        "OPENBLAS_CORETYPE": "Haswell",
        "LD_LIBRARY_PATH": "/opt/python/lib:/opt/blas",
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def test_the_few_folders_that_are_bound_hold_all_that_may_be_read() -> None:
    wholes, hidden = paths.wholes()
    parts = [part for part in paths.readable() if part not in paths.packages()]
    assert [part for part in parts if not any(part.is_relative_to(whole) for whole in wholes)] == []
    assert [part for part in parts if any(part.is_relative_to(path) for path in hidden)] == []
