"""One warm process for all sandboxes of a test module: to start one takes a quarter of a second each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.sandbox import levels, sandbox
from grader.sandbox.limits import Limits
from grader.sandbox.protocol import Peer, Source


class _Kept:
    """A source of workers that the next sandbox uses too."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def fork(self, limits: Limits) -> Peer:
        return self.source.fork(limits)

    def prepare(self) -> None:
        self.source.prepare()

    def close(self) -> None:
        """Do nothing: it is closed after the module."""


@pytest.fixture(scope="module")
def shared_workers() -> Iterator[None]:
    """Let sandboxes of one level in this process share their warm process."""
    kept: dict[str, _Kept] = {}
    start = levels.start

    def reuse(level: str, layers: None = None) -> Source:
        if level not in kept:
            kept[level] = _Kept(start(level))
        return kept[level]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(levels, "start", reuse)
        patch.setattr(sandbox, "start", reuse)
        yield
    for one in kept.values():
        one.source.close()
