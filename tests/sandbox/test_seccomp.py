"""The calls that a submission may make: none by which it reaches another process, file or machine."""

from __future__ import annotations

import pytest
from support.walls import LACKING

from grader.sandbox import seccomp

needs_c = pytest.mark.skipif(bool(LACKING["C"]), reason=LACKING["C"])


@needs_c
def test_a_call_that_libseccomp_does_not_know_is_left_out_of_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = seccomp.program()
    monkeypatch.setattr(seccomp, "ALLOWED", (*seccomp.ALLOWED, "no_such_call"))
    seccomp.program.cache_clear()
    assert seccomp.program() == known
    seccomp.program.cache_clear()


REACHING = (
    *(
        "clone",
        "fork",
        "vfork",
        "execve",
        "execveat",
        "kill",
        "tkill",
        "tgkill",
        "ptrace",
        "process_vm_readv",
    ),
    *("socket", "connect", "bind", "sendto", "sendmsg", "recvmsg", "pidfd_open", "pidfd_getfd"),
    *("unlink", "rename", "mkdir", "chmod", "chown", "link", "symlink", "truncate", "ftruncate", "mknod"),
    *("mount", "umount2", "pivot_root", "chroot", "setns", "unshare", "setrlimit", "prctl", "seccomp"),
    *("bpf", "perf_event_open", "keyctl", "init_module", "shmget", "mq_open", "fcntl", "ioctl", "prlimit64"),
)


def test_no_call_that_reaches_out_is_allowed_whatever_its_arguments() -> None:
    assert set(REACHING).isdisjoint(seccomp.ALLOWED)


def test_a_call_is_either_allowed_or_absent() -> None:
    assert set(seccomp.ALLOWED).isdisjoint(seccomp._ABSENT)


@needs_c
def test_the_filter_is_whole_instructions_and_the_same_each_time() -> None:
    first = seccomp.program()
    seccomp.program.cache_clear()
    assert (len(first) % 8, seccomp.program() == first) == (0, True)
