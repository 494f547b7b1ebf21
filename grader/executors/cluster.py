"""A Dask cluster: one at an address, or one that is started on this machine for the run."""

from __future__ import annotations

import logging
import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, islice
from multiprocessing import active_children, resource_tracker
from typing import Final

import dask.config
import psutil
from distributed import Client, LocalCluster, Security, Status

from grader.errors import ExecutorError, UsageError
from grader.executors.dask_run import DaskRun
from grader.executors.jobs import Done, Job, Setup
from grader.interrupts import Interrupts

_CONFIG: Final = {
    # Grading processes have the environment that they would have without a cluster.
    "distributed.nanny.pre-spawn-environ": {},
    # Dask always starts an HTTP server; without routes, it serves nothing.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # A task is as large as a submission. Dask's warning is meant for graphs that are large by mistake.
    "distributed.admin.large-graph-warning-threshold": "1GB",
}

_NAP_S: Final = 0.05
"""Seconds between two checks for a Ctrl-C or SIGTERM while a cluster starts."""


class Cluster:
    """The cluster at an address; `local:N` starts one of N worker processes. Raises `UsageError` for others.

    Args:
        say: called with a sentence when the user has to wait.
    """

    def __init__(self, url: str, *, say: Callable[[str], object] = lambda sentence: None) -> None:
        if not re.fullmatch(r"local:[1-9][0-9]{0,3}|(tcp|tls)://[^\s/]+:[0-9]+", url):
            forms = "local:4, tcp://host:8786 or tls://host:8786"
            raise UsageError(f"--cluster is {url!r}; expected a form such as {forms}.")
        self.url, self._say = url, say

    def run(self, setup: Setup, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield the result of each job; only a job that ended two processes is given up."""
        waiting = iter(jobs)
        for first in islice(waiting, 1):  # without a job, no cluster is started
            with ExitStack() as stack:
                interrupts = Interrupts()
                if _is_local(self.url):
                    stack.enter_context(interrupts)
                client = stack.enter_context(_connected(self.url, interrupts.heed))
                if not _is_local(self.url):  # only now: Ctrl-C ends the wait for a remote cluster at once
                    stack.enter_context(interrupts)
                jobs = chain([first], waiting)
                yield from DaskRun(client, setup, jobs, say=self._say, heed=interrupts.heed).work()


def _is_local(url: str) -> bool:
    return url.startswith("local:")


@contextmanager
def _connected(url: str, heed: Callable[[], object] = lambda: None) -> Iterator[Client]:
    with ExitStack() as stack:
        stack.enter_context(_silence())
        stack.enter_context(dask.config.set(_CONFIG))
        if url.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
            raise UsageError(f"{url} needs certificates; Dask's own settings name them, see docs/cluster.md.")
        try:
            where = stack.enter_context(_started(int(url[6:]), heed)) if _is_local(url) else url
            client = stack.enter_context(Client(where, set_as_default=False))
        except (OSError, RuntimeError, TypeError, ValueError, ImportError) as error:
            reason = " ".join(str(error).split()).rstrip(".")
            raise ExecutorError(f"The cluster {url} is not available: {reason}.") from error
        yield client


@contextmanager
def _started(workers: int, heed: Callable[[], object]) -> Iterator[LocalCluster]:
    """Start a cluster on this machine; a temporary certificate keeps other users out."""
    with _safe_path():
        with ThreadPoolExecutor(1, initializer=_block_ctrl_c) as aside:
            cluster = _wait_for(aside.submit(_build, workers), heed)
        with cluster:
            try:
                yield cluster
            except BaseException:  # Ctrl-C and SIGTERM included
                _kill_workers(cluster)
                raise


def _build(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        security=Security.temporary(),
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
        memory_limit=0,  # the sandbox limits the memory of submissions
        silence_logs=logging.CRITICAL,
    )


def _wait_for(building: Future[LocalCluster], heed: Callable[[], object]) -> LocalCluster:
    """Return the cluster; if the run ends before that, end its workers."""
    try:
        while not wait([building], _NAP_S).done:
            heed()
    except BaseException:  # Ctrl-C and SIGTERM included
        # A thread cannot be stopped. Without its workers, the start of the cluster fails, which ends the
        # thread.
        while not wait([building], _NAP_S).done:
            for worker in active_children():
                worker.kill()
        if not building.exception():
            building.result().close()
        raise
    return building.result()


def _kill_workers(cluster: LocalCluster) -> None:
    """Kill the workers at once; Dask would wait until their jobs are done."""
    for nanny in cluster.workers.values():
        nanny.status = Status.closing_gracefully  # it then starts no new worker
        pid = nanny.pid
        if not pid:
            continue
        with suppress(psutil.NoSuchProcess):
            worker = psutil.Process(pid)
            worker.suspend()  # a suspended worker starts no further process
            for grading in worker.children():
                grading.terminate()
            worker.kill()


def _block_ctrl_c() -> None:
    """Block Ctrl-C in this thread and in all that it starts, because the main thread acts on it.

    multiprocessing's resource tracker unblocks SIGINT in the thread that starts it, so it is started first.
    """
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextmanager
def _safe_path() -> Iterator[None]:
    """Keep workers from importing from the current folder, where a student's socket.py may lie."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTHONSAFEPATH"]
        if before is not None:
            os.environ["PYTHONSAFEPATH"] = before


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Dask's log off the terminal: a lost worker is replaced, and the user need not know."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client", "tornado")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
