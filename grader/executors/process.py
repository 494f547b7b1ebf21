"""A grading process that works for a coordinator until its connection ends."""

from __future__ import annotations

import pkgutil
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from grader.errors import GraderError
from grader.executors import jobs
from grader.interrupts import sigterm_raises


def main(descriptor: int) -> None:
    """Receive a set-up and do its work; send the reason if that is not possible."""
    # A SIGTERM may come at any time, also while the process reports a fault.
    with suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # not ignored in any case: the coordinator sends it
        with sigterm_raises():
            _work(Connection(descriptor))


def _work(link: Connection) -> None:
    try:
        setup = jobs.setup(link.recv_bytes())
        work: jobs.Work = pkgutil.resolve_name(setup.work)
        work(link, setup.options)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the coordinator has all results, or is gone
    except GraderError as error:
        _tell(link, str(error))
    except OSError as error:
        _tell(link, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:  # a bug of the grader, which the coordinator reports
        _tell(link, f"{type(error).__name__}: {error}")


def _tell(link: Connection, reason: str) -> None:
    """Send why this process ends, if the coordinator still runs: another process may have ended the run."""
    with suppress(OSError):
        link.send_bytes(jobs.FAULT + reason.encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
