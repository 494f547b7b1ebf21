"""Names that stay the same in every process; where all system parts are installed, no skips."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

from grader.checks import Check

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
