"""A worker of one submission that speaks on its standard streams: no fork, nothing that POSIX alone has."""

from __future__ import annotations

import os
import sys

from grader.worker.pipe import READY, reader, writer
from grader.worker.serve import serve, warm_up


def main() -> None:
    """Take the standard streams away from whoever prints, then serve on them."""
    questions, answers = streams()
    warm_up()
    send = writer(answers)
    send(READY)
    serve(reader(questions), send)


def _binary(*descriptors: int) -> None:
    import msvcrt  # Windows alone has it, and alone translates line ends

    for descriptor in descriptors:
        msvcrt.setmode(descriptor, os.O_BINARY)  # type: ignore[attr-defined]  # Windows alone


def streams() -> tuple[int, int]:
    """Return where questions come from and answers go to; what stood there is the null device now."""
    questions, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        _binary(questions, answers)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return questions, answers
