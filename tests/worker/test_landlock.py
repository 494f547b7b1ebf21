"""Landlock takes away every right that the kernel knows, and says why if it cannot."""

from __future__ import annotations

import ctypes
import struct
from types import SimpleNamespace

import pytest

from grader.worker import landlock


def test_a_call_that_fails_is_an_error_with_its_reason() -> None:
    ctypes.set_errno(1)
    with pytest.raises(PermissionError, match="what: Operation not permitted"):
        landlock.checked(-1, "what")


def test_a_kernel_without_landlock_has_version_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "libc", lambda: SimpleNamespace(syscall=lambda *_: -1))
    assert landlock.abi() == 0


@pytest.mark.parametrize(
    ("version", "rights"),
    [
        (1, (0x1FFF,)),
        (2, (0x3FFF,)),
        (3, (0x7FFF,)),
        (4, (0x7FFF, 3)),
        (5, (0xFFFF, 3)),
        (6, (0xFFFF, 3, 3)),
        (8, (0xFFFF, 3, 3)),
        (9, (0x1FFFF, 3, 3)),
        (10, (0x1FFFF, 15, 3)),
        (99, (0x1FFFF, 15, 3)),
    ],
)
def test_every_right_that_a_version_knows_is_taken_away(version: int, rights: tuple[int, ...]) -> None:
    assert landlock.handled(version) == struct.pack(f"={len(rights)}Q", *rights)


@pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock")
def test_a_path_that_is_not_there_cannot_be_allowed() -> None:
    with pytest.raises(FileNotFoundError):
        landlock.ruleset(["/nowhere"])
