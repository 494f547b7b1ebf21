"""The warm process starts in bubblewrap that binds nothing to write, and its end is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.sandbox import Limits, fork_server, paths
from grader.sandbox.layers import Layers


def test_a_warm_process_that_ended_is_a_sandbox_error() -> None:
    source = fork_server.Warm(Layers())
    source._process.kill()
    source._process.wait()
    with pytest.raises(SandboxError, match=r"^The warm worker process has ended: "):
        source.fork(Limits())
    source.close()


@pytest.fixture(scope="module")
def command() -> list[str]:
    return fork_server.bubblewrap()


def test_bubblewrap_unshares_everything_and_leaves_no_right_and_no_environment(command: list[str]) -> None:
    alone = {"--unshare-user", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"}
    assert (command[0], command[-1], alone - set(command)) == ("bwrap", "--", set())
    assert command[command.index("--cap-drop") + 1] == "ALL"
    assert command.index("--clearenv") < command.index("--setenv")


def test_nothing_that_bubblewrap_binds_can_be_written(command: list[str]) -> None:
    binds = {word for word in command if "bind" in word}
    empty = {command[place + 1] for place, word in enumerate(command) if word == "--tmpfs"}
    closed = {command[place + 1] for place, word in enumerate(command) if word == "--remount-ro"}
    assert (binds, empty - closed, "/" in closed) == ({"--ro-bind"}, set(), True)


def test_of_the_grader_bubblewrap_binds_the_worker_alone(command: list[str]) -> None:
    bound = [Path(command[place + 1]) for place, word in enumerate(command) if word == "--ro-bind"]
    inside = [path for path in bound if path.is_relative_to(paths.ROOT)]
    assert inside == [paths.ROOT / "worker", paths.ROOT / "errors.py"]
