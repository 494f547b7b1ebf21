"""Levels: had where they work, refused with reason and remedy where not, never weakened silently."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from support.walls import BEST, LACKING

from grader.cases.case import Case
from grader.errors import SandboxError, UsageError
from grader.sandbox import Limits, Sandbox, for_own_code, fork_server, levels, paths, seccomp
from grader.sandbox.layers import LEVELS, STRONG, WHAT, Layers

needs_c = pytest.mark.skipif(bool(LACKING["C"]), reason=LACKING["C"])
LAZY = b"""
import numpy as np
def f(z):
    import decimal, numpy.polynomial, scipy.special
    return float(scipy.special.expit(0.0) + np.linalg.det(np.eye(2)) + numpy.polynomial.Polynomial([1])(0))
"""


@pytest.mark.parametrize("level", LEVELS)
def test_libraries_that_are_imported_late_work_behind_the_walls(level: str) -> None:
    if LACKING[level]:
        pytest.skip(LACKING[level])
    pytest.importorskip("scipy")
    with Sandbox(level=level) as sandbox, sandbox.open({"s.py": LAZY}) as session:
        batch = session.ask("s.py", "f", [Case("one", (np.ones(1),))], limits={"cpu_s": 20})
    assert (batch.load, batch.answers[0].value) == (None, 2.5)


def test_the_strongest_that_works_is_chosen() -> None:
    if not BEST:
        pytest.skip("; ".join(LACKING.values()))
    with Sandbox() as sandbox:
        assert sandbox.level == BEST
    with for_own_code() as sandbox:
        assert sandbox.level == BEST
    assert levels.chosen("") == BEST
    assert levels.chosen("limits") == "limits"


def test_every_level_is_described() -> None:
    assert list(WHAT) == list(LEVELS)


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="Z")
    assert str(caught.value) == "There is no sandbox level Z; there are A, B, C, limits, none."


def test_no_weaker_level_is_chosen_where_none_of_the_strong_ones_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxError) as caught:
        Sandbox()
    reason = "it needs Linux, and this is darwin; `--sandbox none` runs your own code."
    assert str(caught.value) == (
        " ".join(f"Sandbox level {level} cannot be had: {reason}" for level in STRONG)
        + " Nothing weaker is chosen by itself: a class of strangers needs Linux; `--sandbox limits` runs"
        " their code without isolation, and `--sandbox none` grades one submission, your own."
    )
    with for_own_code() as sandbox:
        assert sandbox.level == "none"


def test_without_bubblewrap_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="A")
    assert str(caught.value) == (
        "Sandbox level A cannot be had: bubblewrap is not installed; `apt install bubblewrap` mends it."
    )


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (ImportError("x"), "pyseccomp is not installed; `pip install pyseccomp` mends it"),
        (RuntimeError("x"), "libseccomp is not installed; `apt install libseccomp2` mends it"),
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
        " private folders, such as /usr/bin/python3, mends it"
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
        "Sandbox level B cannot be had: The worker ended at its start:"
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


def test_a_warm_process_that_ended_is_a_sandbox_error() -> None:
    source = fork_server.Warm(Layers())
    source._process.kill()
    source._process.wait()
    with pytest.raises(SandboxError, match=r"^The warm worker process has ended: "):
        source.fork(Limits())
    source.close()


@needs_c
def test_a_wall_that_cannot_be_had_refuses_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    # A filter of one broken instruction: the kernel refuses it in the child, after numpy is loaded.
    monkeypatch.setattr(seccomp, "program", lambda: b"\xff" * 8)
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="C")
    assert str(caught.value) == (
        "Sandbox level C cannot be had: A worker cannot be shut in:"
        " [Errno 22] PR_SET_SECCOMP: Invalid argument."
    )


@needs_c
def test_namespaces_that_cannot_be_had_refuse_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seccomp, "clone", lambda: 10**6)
    with pytest.raises(SandboxError) as caught:
        Sandbox(level="A", layers=Layers(namespaces=True))
    assert str(caught.value) == (
        "Sandbox level A cannot be had: A worker cannot be forked:"
        " [Errno 38] clone: Function not implemented."
    )


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


def test_a_setting_overrules_an_exercise_and_an_exercise_the_table() -> None:
    run = Limits().overruled(["cpu_s=5", "open_files=9"])
    assert (run.cpu_s, run.open_files, run.wall_s, run.digest) == (5.0, 9, 25.0, "cpu_s=5 open_files=9")
    asked = run.asked({"cpu_s": 20, "memory_mb": 99})
    assert (asked.cpu_s, asked.memory_mb, Limits().digest) == (5.0, 99, "")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("cpu_s", "“cpu_s” sets no limit; expected a form such as cpu_s=5."),
        ("cpu_s=fast", "“cpu_s=fast” sets no limit; expected a form such as cpu_s=5."),
        ("cpu_s=-1", "The limit cpu_s cannot be -1."),
        ("cpu_s=nan", "The limit cpu_s cannot be nan."),
        (
            "speed=1",
            "There is no limit speed; there are cpu_s, wall_factor, asleep_s, total_asleep_s, total_cpu_s,"
            " memory_mb, output_kb, answer_mb, file_bytes, open_files, processes, restarts,"
            " timeouts.",
        ),
    ],
)
def test_a_setting_that_means_nothing_is_refused(setting: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Limits().overruled([setting])
    assert str(caught.value) == message


def test_an_exercise_gets_the_limits_it_asks_for() -> None:
    source = b"def f(z):\n    print('x' * 5000)\n    return 1"
    with Sandbox(level="limits") as sandbox, sandbox.open({"s.py": source}) as session:
        lengths = [
            len(session.ask("s.py", "f", [Case("one", (1,))], limits=limits).answers[0].stdout)
            for limits in (None, {"output_kb": 1}, None)
        ]
    assert lengths == [5001, 1024, 5001]


@needs_c
def test_a_call_that_libseccomp_does_not_know_is_left_out_of_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = seccomp.program()
    monkeypatch.setattr(seccomp, "ALLOWED", (*seccomp.ALLOWED, "no_such_call"))
    seccomp.program.cache_clear()
    assert seccomp.program() == known
    seccomp.program.cache_clear()
