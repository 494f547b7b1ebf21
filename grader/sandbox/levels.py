"""Start the workers of a level, or say why this machine cannot have it."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from pathlib import Path

from grader.errors import SandboxError, UsageError
from grader.sandbox.layers import LEVELS, STRONG, Layers
from grader.sandbox.limits import Limits
from grader.sandbox.protocol import Source


def start(level: str, layers: Layers | None = None) -> Source:
    """Return the source of workers at `level`; raises `SandboxError` with the reason if it does not work.

    Args:
        layers: walls instead of the level's own, for tests that take one away.
    """
    _known(level)
    if level == "none":
        from grader.sandbox.subprocess_worker import Plain  # not needed for any other level

        source: Source = Plain()
        return source
    chosen = layers or LEVELS[level]
    reason = _lack(chosen)
    if reason:
        raise SandboxError(f"Sandbox level {level} is not available: {reason}.")
    from grader.sandbox.fork_server import Warm  # works on Linux only

    try:
        source = Warm(chosen)
    except SandboxError as error:
        raise SandboxError(f"Sandbox level {level} is not available: {_cause(str(error))}") from error
    return _proven(level, source)


def _known(level: str) -> None:
    if level not in LEVELS:
        raise SandboxError(f"There is no sandbox level {level}; there are {', '.join(LEVELS)}.")


def _proven(level: str, source: Source) -> Source:
    """Return the source after one of its workers has put up its walls.

    Installed parts do not suffice: bubblewrap, for example, fails where AppArmor forbids user namespaces.
    """
    try:
        source.fork(Limits()).kill()
    except SandboxError as error:
        source.close()
        raise SandboxError(f"Sandbox level {level} is not available: {_cause(str(error))}") from error
    return source


def strongest() -> tuple[str, Source]:
    """Return the strongest level that works, and its source; raises `SandboxError` with every reason."""
    reasons = []
    for level in STRONG:
        try:
            return level, start(level)
        except SandboxError as error:
            reasons.append(str(error))
    advice = (
        "Nothing weaker is chosen by itself: a class of strangers needs Linux; `--sandbox limits` runs their"
        " code without isolation, and `--sandbox none` grades one submission, your own."
    )
    raise SandboxError(" ".join((*reasons, advice)))


def chosen(level: str) -> str:
    """Return `level`, or the strongest level that works if `level` is empty.

    Raises `SandboxError` if `level` does not exist, or if no level works.
    """
    if level:
        _known(level)
        return level
    found, source = strongest()
    source.close()
    return found


def fit_for(level: str, submissions: int) -> None:
    """Raise `UsageError` if `level` must not grade so many submissions.

    Without walls, a submission can leave a process that waits for the next one, or write into the gradebook.
    """
    if level == "none" and submissions > 1:
        raise UsageError(
            f"Sandbox level none grades one submission, your own, and here are {submissions}; grade a class"
            " on Linux, in a container or a virtual machine where it must be."
        )


def survey() -> dict[str, str]:
    """Return for each level the reason why it does not work on this machine, empty if it works."""
    return {level: _reason(level) for level in LEVELS}


def _reason(level: str) -> str:
    try:
        start(level).close()
    except SandboxError as error:
        return str(error).removeprefix(f"Sandbox level {level} is not available: ")
    return ""


def _lack(layers: Layers) -> str:
    """Return what these layers lack and its remedy, or an empty text if no lack is known beforehand."""
    if not sys.platform.startswith("linux"):
        return f"it needs Linux, and this is {sys.platform}; `--sandbox none` runs your own code"
    if layers.bubblewrap and not shutil.which("bwrap"):
        return "bubblewrap is not installed; `apt install bubblewrap` fixes it"
    if layers.seccomp or layers.namespaces:
        reason = _seccomp_lack()
        if reason:
            return reason
    from grader.sandbox import paths  # works on Linux only
    from grader.worker import landlock

    if layers.landlock and not landlock.abi():
        return "this kernel has no Landlock; it needs Linux 5.13 or later, with landlock among `lsm=`"
    return _unreadable([*paths.readable(), *paths.own()])


@functools.cache
def _seccomp_lack() -> str:
    try:
        import pyseccomp  # exists on Linux only, and needs libseccomp
    except ImportError:
        return "pyseccomp is not installed; `pip install 'grader-kit[grade]'` fixes it"
    except RuntimeError:
        return "libseccomp is not installed; `apt install libseccomp2` fixes it"
    assert pyseccomp.ALLOW
    return ""


def _unreadable(paths: list[Path]) -> str:
    for path in paths:
        if not os.access(path, os.R_OK):
            return (
                f"this user cannot read {path}, which the worker needs; an interpreter outside of private"
                " folders, such as /usr/bin/python3, fixes it"
            )
    return ""


_KNOBS = (
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor keeps unprivileged users from making namespaces (Ubuntu 23.10 and later);"
        " `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` fixes it",
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "unprivileged users may not make namespaces;"
        " `sudo sysctl -w kernel.unprivileged_userns_clone=1` fixes it",
    ),
    (
        "/proc/sys/user/max_user_namespaces",
        "0",
        "user namespaces are turned off; `sudo sysctl -w user.max_user_namespaces=10000` fixes it",
    ),
)


def _cause(message: str, root: Path = Path("/")) -> str:
    """Return the message of a worker that did not start, with the kernel setting that explains it, if any."""
    # bubblewrap itself only says "No permissions to create new namespace".
    for name, value, remedy in _KNOBS:
        knob = root / name.removeprefix("/")
        if knob.is_file() and knob.read_text().strip() == value:
            return f"{message} Likely cause: {remedy}."
    return message
