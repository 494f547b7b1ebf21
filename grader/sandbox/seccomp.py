"""The list of system calls that a submission may make, compiled once on the trusted side."""

from __future__ import annotations

import errno
import functools
import tempfile

_READING = ("read", "pread64", "readv", "lseek", "open", "openat", "access", "faccessat", "faccessat2",
            "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "stat", "lstat", "fstat",
            "newfstatat", "statx")  # fmt: skip
_ANSWERING = ("write", "writev", "close", "dup", "poll", "ppoll", "select", "pselect6")
_MEMORY = ("mmap", "mprotect", "munmap", "mremap", "madvise", "brk")
_SIGNALS = ("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall")
_RUNNING = ("futex", "sched_yield", "sched_getaffinity", "getcpu", "getrandom", "exit", "exit_group")
_WHO = ("getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid",
        "getpgrp", "getpgid", "getsid", "uname", "sysinfo", "getrusage", "getrlimit")  # fmt: skip
_TIME = ("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times")
ALLOWED = (*_READING, *_ANSWERING, *_MEMORY, *_SIGNALS, *_RUNNING, *_WHO, *_TIME)
_ABSENT = ("clone3", "openat2", "io_uring_setup", "memfd_create")
"""Calls that fail with ENOSYS, as on an older kernel, so that libraries fall back on older calls or give up.

The C library, for example, tries clone3 first and then clone.
"""
_FCNTL = (0, 1, 2, 3, 4, 1030)
"""Duplicate a descriptor, read and set its two kinds of flags; no locks, leases, owners or seals."""
_IOCTL = (0x5401, 0x5413, 0x5451)
"""TCGETS (is it a terminal?), TIOCGWINSZ (its size) and FIOCLEX (close on exec); no command to a device."""


_UNKNOWN = -1
"""libseccomp's number of a call whose name it does not know."""


@functools.cache
def clone() -> int:
    """Return the number of the clone call on this machine."""
    import pyseccomp  # exists on Linux only, and needs libseccomp

    number: int = pyseccomp.resolve_syscall(pyseccomp.system_arch(), "clone")
    return number


@functools.cache
def program() -> bytes:
    """Return the filter as BPF.

    A call that is not listed fails with EPERM. A call by the entry of another architecture (32 bits, x32),
    where the numbers have other meanings, ends the process.
    """
    import pyseccomp as kernel  # exists on Linux only, and needs libseccomp

    filter_ = kernel.SyscallFilter(kernel.ERRNO(errno.EPERM))
    filter_.set_attr(kernel.Attr.ACT_BADARCH, kernel.KILL_PROCESS)
    rules = [(kernel.ALLOW, name) for name in ALLOWED]
    rules += [(kernel.ERRNO(errno.ENOSYS), name) for name in _ABSENT]
    for action, name in rules:
        # An older libseccomp does not know the newest calls. Without a rule, they fail with EPERM.
        if kernel.resolve_syscall(kernel.Arch.NATIVE, name) != _UNKNOWN:
            filter_.add_rule(action, name)
    for name, commands in (("fcntl", _FCNTL), ("ioctl", _IOCTL)):
        for command in commands:
            filter_.add_rule(kernel.ALLOW, name, kernel.Arg(1, kernel.EQ, command))
    # prlimit64(0, resource, NULL, old): the process may read its own limits, and set none.
    own, no_new = kernel.Arg(0, kernel.EQ, 0), kernel.Arg(2, kernel.EQ, 0)
    filter_.add_rule(kernel.ALLOW, "prlimit64", own, no_new)
    with tempfile.TemporaryFile() as file:
        filter_.export_bpf(file)
        file.seek(0)
        return file.read()
