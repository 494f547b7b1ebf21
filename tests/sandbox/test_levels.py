"""Levels: had where they work, refused with reason and remedy where not, never weakened silently."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from support.walls import BEST, LACKING

from grader.errors import SandboxError
from grader.sandbox import Limits, Sandbox, levels, seccomp
from grader.sandbox.layers import Layers

needs_c = pytest.mark.skipif(bool(LACKING["C"]), reason=LACKING["C"])


@pytest.mark.skipif(not BEST, reason="; ".join(LACKING.values()))
def test_the_level_that_a_run_has_is_told_before_it_starts() -> None:
    assert levels.chosen("") == BEST
    assert levels.chosen("limits") == "limits"


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="Z")
    assert str(caught.value) == "There is no sandbox level Z; there are A, B, C, limits, none."


def test_without_bubblewrap_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="A")
    assert str(caught.value) == (
        "Sandbox level A is not available: bubblewrap is not installed; `apt install bubblewrap` fixes it."
    )


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (ImportError("x"), "pyseccomp is not installed; `pip install 'grader-kit[grade]'` fixes it"),
        (RuntimeError("x"), "libseccomp is not installed; `apt install libseccomp2` fixes it"),
    ],
)
def test_without_libseccomp_the_remedy_is_named(
    fault: Exception, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyseccomp.py").write_text(f"raise {fault!r}")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pyseccomp", raising=False)
    levels._seccomp_lack.cache_clear()
    found = levels._reason("C")
    levels._seccomp_lack.cache_clear()
    assert found == f"{reason}."


def test_a_kernel_without_landlock_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.worker.landlock.abi", lambda: 0)
    assert levels._reason("C") == (
        "this kernel has no Landlock; it needs Linux 5.13 or later, with landlock among `lsm=`."
    )


def test_an_interpreter_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert levels._unreadable([tmp_path, tmp_path / "gone"]) == (
        f"this user cannot read {tmp_path / 'gone'}, which the worker needs; an interpreter outside of"
        " private folders, such as /usr/bin/python3, fixes it"
    )


@pytest.mark.parametrize(
    ("knob", "value", "remedy"),
    [
        (
            "kernel/apparmor_restrict_unprivileged_userns",
            "1",
            "kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        ("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "user.max_user_namespaces=10000"),
    ],
)
def test_the_setting_that_forbids_namespaces_is_named(
    knob: str, value: str, remedy: str, tmp_path: Path
) -> None:
    file = tmp_path / "proc/sys" / knob
    file.parent.mkdir(parents=True)
    file.write_text(f"{value}\n")
    message = levels._cause("It ended.", tmp_path)
    assert (message.startswith("It ended. Likely cause: "), f"`sudo sysctl -w {remedy}`" in message) == (
        True,
        True,
    )
    file.write_text("another\n")
    assert levels._cause("It ended.", tmp_path) == "It ended."


@needs_c
def test_a_bubblewrap_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace.' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="B")
    assert str(caught.value).startswith(
        "Sandbox level B is not available: The worker ended at its start:"
        " bwrap: No permissions to create new namespace."
    )


def test_a_worker_that_ends_without_a_word_is_told_by_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    for level in ("limits", "none"):
        with pytest.raises(SandboxError):
            Sandbox(level=level)._source.fork(Limits())


def test_an_interpreter_that_is_gone_is_a_sandbox_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "_lack", lambda _: "")
    monkeypatch.setattr(sys, "executable", os.devnull)
    for level in ("limits", "none"):
        with pytest.raises(SandboxError, match="The worker cannot be started: "):
            Sandbox(level=level)._source.fork(Limits())


@needs_c
def test_a_wall_that_cannot_be_had_refuses_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    # A filter of one broken instruction: the kernel refuses it in the child, after numpy is loaded.
    monkeypatch.setattr(seccomp, "program", lambda: b"\xff" * 8)
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="C")
    assert str(caught.value) == (
        "Sandbox level C is not available: A worker cannot be shut in:"
        " [Errno 22] PR_SET_SECCOMP: Invalid argument."
    )


@needs_c
def test_namespaces_that_cannot_be_had_refuse_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seccomp, "clone", lambda: 10**6)
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="A", layers=Layers(namespaces=True))
    assert str(caught.value) == (
        "Sandbox level A is not available: A worker cannot be forked:"
        " [Errno 38] clone: Function not implemented."
    )
