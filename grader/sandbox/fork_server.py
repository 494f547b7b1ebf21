"""The warm process as the parent sees it: started once, in bubblewrap if the level has it."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.errors import SandboxError
from grader.sandbox import paths, seccomp
from grader.sandbox.child import Child
from grader.sandbox.layers import Layers
from grader.sandbox.limits import Limits
from grader.sandbox.protocol import START_S, Peer, ready
from grader.worker.restrict import Rlimits, Walls
from grader.worker.warm import FORK, MESSAGE_BYTES, PID, WAIT


class Warm:
    """Owns the warm process, which ends with the thread that made it; do not share it between threads."""

    def __init__(self, layers: Layers) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_S)
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        try:
            self._process = self._start(layers, theirs)
        except OSError as error:
            self._control.close()
            self._stderr.close()
            raise SandboxError(f"The worker cannot be started: {error}.") from error
        finally:
            theirs.close()
        self._send_walls(_walls(layers))

    def _start(self, layers: Layers, theirs: socket.socket) -> subprocess.Popen[bytes]:
        call = f"main({theirs.fileno()})"
        command = [str(paths.interpreter()), *paths.boot("grader.worker.warm", call)]
        return subprocess.Popen(
            [*bubblewrap(), *command] if layers.bubblewrap else command,
            pass_fds=[theirs.fileno()],
            env=paths.environment("PATH") if layers.bubblewrap else paths.environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
        )

    def _send_walls(self, walls: Walls) -> None:
        """Send the walls and wait until the process has imported numpy."""
        try:
            self._control.sendall(msgspec.msgpack.encode(walls))
            started = self._control.recv(1)
        except OSError:
            started = b""
        if not started:
            reason = self._error_text()
            self.close()
            raise SandboxError(f"The worker ended at its start: {reason}.")

    def _error_text(self) -> str:
        self._process.kill()
        self._process.wait()
        self._stderr.seek(0)
        lines = self._stderr.read(1 << 20).decode(errors="replace").strip().splitlines()
        return lines[-1].rstrip(".") if lines else f"exit code {self._process.returncode}"

    def prepare(self) -> None:
        """Do nothing: the warm process forks at once."""

    def close(self) -> None:
        """End the warm process and all its children."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        self._stderr.close()

    def fork(self, limits: Limits) -> Peer:
        """Return a new child behind its walls."""
        ours, theirs = socket.socketpair()
        try:
            # The warm process receives the other end of the connection and leaves it to the child.
            request = FORK + msgspec.msgpack.encode(_rlimits(limits))
            socket.send_fds(self._control, [request], [theirs.fileno()])
            answer, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE_BYTES, 1)
            (pid,) = PID.unpack(answer[: PID.size])
        except (OSError, struct.error) as error:
            ours.close()
            raise SandboxError(f"The warm worker process has ended: {error}.") from error
        finally:
            theirs.close()
        if not descriptors:
            ours.close()
            raise SandboxError(f"A worker cannot be forked: {answer[PID.size :].decode()}.")
        return ready(Child(ours, descriptors[0], reap=lambda: self._reap(pid)), limits)

    def _reap(self, pid: int) -> int:
        """Return the wait status of a child that has ended or is about to."""
        self._control.sendall(WAIT + PID.pack(pid))
        status: int = PID.unpack(self._control.recv(PID.size))[0]
        return status


def _rlimits(limits: Limits) -> Rlimits:
    return Rlimits(
        cpu_s=limits.total_cpu_s,
        memory_mb=limits.memory_mb,
        file_bytes=limits.file_bytes,
        open_files=limits.open_files,
        processes=limits.processes,
    )


def _walls(layers: Layers) -> Walls:
    return Walls(
        clone=seccomp.clone() if layers.namespaces else 0,
        readable=tuple(map(str, paths.readable())) if layers.landlock else None,
        seccomp=seccomp.program() if layers.seccomp else b"",
        capabilities=layers.capabilities,
        rlimits=layers.rlimits,
    )


def bubblewrap() -> list[str]:
    """Return the bubblewrap command: all namespaces new, no capability, no file but those that are bound."""
    return [
        *("bwrap", "--unshare-user", "--unshare-all", "--die-with-parent", "--new-session"),
        *("--cap-drop", "ALL", "--clearenv", *_environment()),
        # Before the binds, because an interpreter may lie under /tmp and must not be covered.
        *("--proc", "/proc", "--tmpfs", "/tmp"),
        *_files(),
        *("--remount-ro", "/tmp", "--remount-ro", "/", "--chdir", "/", "--"),
    ]


def _environment() -> list[str]:
    return [word for pair in paths.environment().items() for word in ("--setenv", *pair)]


def _files() -> list[str]:
    """Return the options for all files.

    The order matters: whole folders first, then empty folders over their hidden parts, then the packages that
    the worker needs from within those parts.
    """
    wholes, hidden = paths.wholes()
    words = _binds(wholes) + [word for path in hidden for word in ("--tmpfs", str(path))]
    for name in ("/lib", "/lib64"):
        if os.path.islink(name):  # noqa: PTH114  # the link itself, not what it means
            words += ["--symlink", os.readlink(name), name]  # noqa: PTH115  # the link's own text
    # Executables name their loader by a path such as /lib64/ld-linux-x86-64.so.2, which must exist.
    for loader in paths.loaders():
        place = loader.parent.resolve() / loader.name
        if not any(place.is_relative_to(path) for path in wholes):
            words += ["--ro-bind", str(loader.resolve()), str(place)]
    words += _binds([*paths.packages(), *paths.own()])
    return words + [word for path in hidden for word in ("--remount-ro", str(path))]


def _binds(paths: Iterable[Path]) -> list[str]:
    return [word for path in paths for word in ("--ro-bind", str(path), str(path))]
