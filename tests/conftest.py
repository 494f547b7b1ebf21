"""Tests start from a known state; names are the same in every process; where all is installed, no skips."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Generator, Iterator

import hypothesis
import pytest
from support.grading_processes import processes

from grader.checks import Check

# No test depends on the machine being fast.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

_STEERING = (
    *("PYTHON", "LC_", "LANG", "TZ", "TERM", "COLUMNS", "LINES"),
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "TTY_", "GITHUB_"),
)
"""How variables begin by which Python, a terminal or CI changes what a program does or says."""


def _start_as_if_from_a_plain_shell() -> None:
    """Set what a process inherits: a shell's background ignores SIGINT, and so would all that tests start."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.umask(0o022)
    for name in [name for name in os.environ if name.startswith(_STEERING)]:
        del os.environ[name]
    os.environ |= {"LANG": "C.UTF-8", "TZ": "UTC"}
    time.tzset()


_start_as_if_from_a_plain_shell()  # before any test module is imported

_DEAR = (
    "test_cluster",
    "test_dask_run",
    "test_dask_worker",
    "test_kill",
    "test_first_hour",
    "test_tutorial",
    "test_docs",
    "test_signals",
    "test_grade_class",
    "test_gradebook",
    "test_pages_in_a_browser",
)
"""Modules of few tests that take long: what comes last should be short, for one processor waits there."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: item.path.stem not in _DEAR)


_UNMEASURED = ("attacks", "fairness", "journeys")
"""Folders of tests whose lines others count already; counting takes half as long again."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count no lines of what is not measured, neither of what is prepared for it."""
    is_measured = item.path.parent.name not in _UNMEASURED and not item.get_closest_marker("unmeasured")
    if is_measured:
        return (yield)
    # The marker `no_cover` starts coverage anew after each test, which wraps `os._exit` once more each time.
    counts = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(counts)


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    """Fail a test that leaves a grading process or a setting, which would fail another test, now and then."""
    before = _settings()
    yield
    assert (processes(), _settings()) == ([], before)


def _settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(("GRADER_", "PYTHONSAFE"))}


NO_SKIPS = os.environ.get("GRADER_NO_SKIPS", "") not in ("", "0")


def _counted(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIPS and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"Nothing may be skipped here. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail the tests that were skipped."""
    report = yield
    _counted(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail the modules that were skipped."""
    report = yield
    _counted(report)
    return report


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a check by its kind: its own text holds addresses, which differ between processes."""
    return val.kind.name if isinstance(val, Check) else None
