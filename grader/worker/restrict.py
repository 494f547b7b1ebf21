"""Put up the walls around a forked child; the child cannot undo any of them."""

from __future__ import annotations

import ctypes
import os
import signal
import struct

import msgspec

from grader.worker import landlock
from grader.worker.landlock import checked, libc

_NEW_NAMESPACES = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
"""Flags for mounts, cgroup, host name, System V IPC, users, process ids and network; see clone(2)."""
_READ_ONLY_MOUNT = 1 | 2 | 4 | 8
"""Read-only, no set-uid, no devices, no execution; see mount(2)."""
_PDEATHSIG, _SECCOMP, _NO_NEW_PRIVS = 1, 22, 38
_FILTER_MODE = 2
_CAPABILITY_VERSION_3 = 0x20080522


class Walls(msgspec.Struct, frozen=True):
    """The walls around every child of one warm process."""

    clone: int = 0
    """Number of the clone call, which gives each child its own namespaces; 0 for a plain fork."""
    readable: tuple[str, ...] | None = None
    """Paths that Landlock lets a child read; None for no Landlock."""
    seccomp: bytes = b""
    """The compiled filter; empty for no filter."""
    capabilities: bool = False
    """Whether capabilities are dropped."""
    rlimits: bool = True


class Rlimits(msgspec.Struct, frozen=True):
    """The resource limits of a child."""

    cpu_s: int
    memory_mb: int
    file_bytes: int
    open_files: int
    processes: int


def fork(walls: Walls) -> int:
    """Fork, into new namespaces if the walls include them."""
    if not walls.clone:
        return os.fork()
    # This raw call makes the child the first process of its namespaces; unshare(2) would need a second fork.
    flags = _NEW_NAMESPACES | signal.SIGCHLD
    return checked(libc().syscall(*map(ctypes.c_long, (walls.clone, flags, 0, 0, 0, 0))), "clone")


def rules(walls: Walls) -> int:
    """Return the descriptor of Landlock's rules, created once for all children; -1 for no rules."""
    return -1 if walls.readable is None else landlock.ruleset(walls.readable)


def restrict(walls: Walls, rlimits: Rlimits, *, rules: int, base_bytes: int) -> None:
    """Put the walls around this process; raises `OSError` with the name of a wall that fails.

    The order matters: seccomp comes last, because it forbids the calls that put up the others.
    """
    # The child ends with the warm process, even if that is killed.
    checked(libc().prctl(_PDEATHSIG, signal.SIGKILL), "PR_SET_PDEATHSIG")
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    if walls.clone:
        _hide(b"/proc")  # it still shows the processes outside of the new namespace
    if walls.rlimits:
        limit(rlimits, base_bytes)
    if walls.capabilities:
        _drop_capabilities()
    checked(libc().prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS")
    if rules >= 0:
        landlock.enforce(rules)
        os.close(rules)
    if walls.seccomp:
        _filter(walls.seccomp)


def limit(limits: Rlimits, base_bytes: int) -> None:
    """Set the resource limits; the interpreter's own `base_bytes` of address space do not count."""
    import resource  # exists on POSIX only, as is this function's use

    memory = base_bytes + limits.memory_mb * 2**20
    for name, soft, hard in (
        # SIGXCPU at the soft limit, SIGKILL one second later.
        (resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes, limits.processes),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(name, (soft, hard))


def _hide(folder: bytes) -> None:
    """Mount an empty read-only folder over `folder`."""
    checked(libc().mount(b"tmpfs", folder, b"tmpfs", _READ_ONLY_MOUNT, None), f"mount on {folder.decode()}")


def _drop_capabilities() -> None:
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    checked(libc().capset(header, bytes(24)), "capset")


def _filter(program: bytes) -> None:
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: count of 8-byte instructions, pointer.
    fprog = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    checked(libc().prctl(_SECCOMP, _FILTER_MODE, fprog, 0, 0), "PR_SET_SECCOMP")
