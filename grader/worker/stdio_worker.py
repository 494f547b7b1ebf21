"""A worker for one submission on its standard streams, for any system: it needs no fork and no POSIX."""

from __future__ import annotations

import os
import sys

from grader.worker.pipe import READY, reader, writer
from grader.worker.serve import serve, warm_up


def main() -> None:
    """Move the standard streams to descriptors that prints do not reach, then serve on them."""
    questions, answers = streams()
    warm_up()
    send = writer(answers)
    send(READY)
    serve(reader(questions), send)


def _binary(*descriptors: int) -> None:
    import msvcrt  # exists on Windows only, which alone translates line ends

    for descriptor in descriptors:
        msvcrt.setmode(descriptor, os.O_BINARY)  # type: ignore[attr-defined]  # on Windows only


def streams() -> tuple[int, int]:
    """Return descriptors for questions and answers; 0, 1 and 2 become the null device."""
    questions, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        _binary(questions, answers)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return questions, answers
