"""Dask schedulers and workers as processes of their own, as a cluster has them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import dask.config
from distributed import Client, LocalCluster
from support.small import plain_environment

from grader.executors import dask_worker

DASK = Path(sys.executable).with_name("dask")
_ENVIRONMENT = {
    "DASK_DISTRIBUTED__SCHEDULER__HTTP__ROUTES": "[]",
    "DASK_DISTRIBUTED__WORKER__HTTP__ROUTES": "[]",
    "DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON": "{}",
}


class Remote:
    """A scheduler at `url`, and the workers that were added."""

    def __init__(self, folder: Path, stack: ExitStack, options: Sequence[object]) -> None:
        self.folder, self._stack, self._options = folder, stack, options
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler, self.url = self._start("scheduler", r"Scheduler at: +(\S+)", "--port", 0)

    def add_worker(self, *kind: object, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker and return once it is there; without a nanny unless it is said: its end is final."""
        options = kind or ("--no-nanny",)
        words = (self.url, "--nthreads", 1, "--local-directory", self.folder, *options)
        worker, _ = self._start("worker", r"Registered to: +(\S+)", *words, **environment)
        self.workers.append(worker)
        return worker

    def _start(
        self, kind: str, sign: str, *options: object, **environment: str
    ) -> tuple[subprocess.Popen[bytes], str]:
        """Start a process and return what its log says after `sign`."""
        quiet = ["--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        words = [kind, "--host", "127.0.0.1", *quiet, *self._options, *options]
        log = self.folder / f"{kind}-{len(self.workers)}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [DASK, *map(str, words)],
                cwd=self.folder,
                env=plain_environment() | _ENVIRONMENT | environment,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )
        self._stack.callback(_end, process)
        while not (found := re.search(sign, log.read_text())):
            assert process.poll() is None, log.read_text()
            time.sleep(0.02)  # until it has said so
        return process, found[1]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def remote(folder: Path, *, workers: int, options: Sequence[object] = ()) -> Iterator[Remote]:
    """Start a scheduler and some workers, all with these options; at the end they are gone."""
    with ExitStack() as stack:
        cluster = Remote(folder, stack, options)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster


@contextmanager
def in_this_process(*, workers: int = 1) -> Iterator[Client]:
    """Start a scheduler and workers in threads of this process, for tests of what one of them does."""
    routes = {f"distributed.{kind}.http.routes": [] for kind in ("scheduler", "worker")}
    try:
        with (
            dask.config.set(routes),
            LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
    finally:
        # Only now does no thread start another grading process; one may still be at work.
        with dask_worker._process.lock:
            dask_worker._process.clear()
