"""Landlock: limit for good what this process may open. The calls of the kernel's header, through ctypes."""

from __future__ import annotations

import ctypes
import functools
import os
import struct
from collections.abc import Iterable
from typing import Any

# The numbers of these system calls are the same on every architecture.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_FLAG = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = ((1, 13), (2, 14), (3, 15), (5, 16), (9, 17))
"""Pairs of an ABI and its number of rights to files. ABI 9 adds connecting to Unix sockets by name."""
_PORT_RIGHTS = ((4, 2), (10, 4))
"""The same for rights to ports. ABI 10 adds UDP to TCP; ABI 7 and 8 add no right."""
_SCOPES = ((6, 2),)
"""The same for scopes: abstract Unix sockets and signals to processes outside."""


@functools.cache
def libc() -> Any:
    """Return the C library; its calls keep the interpreter's lock."""
    return ctypes.PyDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """Return `result`; raises `OSError` if the call failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _call(number: int, *arguments: object, what: str) -> int:
    result = libc().syscall(
        ctypes.c_long(number), *(ctypes.c_long(a) if type(a) is int else a for a in arguments)
    )
    return checked(result, what)


def abi() -> int:
    """Return the ABI version of the kernel's Landlock, or 0 if it has none."""
    try:
        return _call(_CREATE, None, 0, _VERSION_FLAG, what="landlock_create_ruleset")
    except OSError:
        return 0


def handled(version: int) -> bytes:
    """Return the ruleset's attributes, which take away every right that ABI `version` knows."""
    masks = [_mask(known, version) for known in (_FILE_RIGHTS, _PORT_RIGHTS, _SCOPES)]
    known = [mask for mask in masks if mask]  # an older kernel's structure has fewer fields
    return struct.pack(f"={len(known)}Q", *known)


def _mask(known: Iterable[tuple[int, int]], version: int) -> int:
    return (1 << max((count for since, count in known if since <= version), default=0)) - 1


def ruleset(readable: Iterable[str]) -> int:
    """Return a descriptor of rules that allow reading the files at or under `readable`, and nothing else."""
    attributes = handled(abi())
    rules = _call(_CREATE, attributes, len(attributes), 0, what="landlock_create_ruleset")
    for path in readable:
        _allow(rules, path)
    return rules


def _allow(rules: int, path: str) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | (_READ_DIR if os.path.isdir(path) else 0)  # noqa: PTH112  # no Path import here
        rule = struct.pack("=Qi", rights, descriptor)
        _call(_ADD, rules, 1, rule, 0, what="landlock_add_rule")
    finally:
        os.close(descriptor)


def enforce(rules: int) -> None:
    """Apply the rules to this process; no_new_privs must be set."""
    _call(_RESTRICT, rules, 0, what="landlock_restrict_self")
