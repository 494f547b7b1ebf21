"""Make a pytest item of each check, and grade all submissions in one warm session."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from pytest_jsonreport.plugin import JSONReport

from grader.course.task import Bound, Task
from grader.errors import GraderError
from grader.grading.submission_run import SubmissionRun
from grader.results import CheckResult

SUITE = Path(__file__).resolve().parent / "suite"
Record = dict[str, Any]
Judged = Callable[[SubmissionRun, Task, Record], None]
Done = Callable[[SubmissionRun], None]
_OFF = (
    "assertion", "cacheprovider", "capture", "doctest", "faulthandler", "junitxml", "logging", "nose",
    "pastebin", "setuponly", "setupplan", "skipping", "stepwise", "subtests", "terminal", "threadexception",
    "tmpdir", "unittest", "unraisableexception", "warnings",
)  # fmt: skip


@dataclass
class Current:
    """The submission that is being graded, shared by all items."""

    run: SubmissionRun | None = None


@dataclass(frozen=True)
class CheckItem:
    """One check of one task; it judges the current submission and keeps the verdict for the record."""

    current: Current
    task: Task
    bound: Bound
    kept: list[CheckResult] = field(default_factory=list)

    def judge(self) -> CheckResult:
        """Return the verdict on the submission that is being graded."""
        assert self.current.run is not None
        self.kept[:] = [self.current.run.judge(self.task, self.bound)]
        return self.kept[0]


class Report(JSONReport):  # type: ignore[misc]  # pytest-json-report has no types
    """pytest-json-report with a record that is emptied after each exercise of each submission.

    The original stores outcomes by node id and never removes one. As all submissions share their node ids, an
    early failure would also fail the later submissions.
    """

    # The original's hooks capture what a test prints and logs, which is not needed here.
    pytest_runtest_setup = pytest_runtest_call = pytest_runtest_teardown = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the call, and set-up or tear-down only if it failed."""
        if report.when == "call" or not report.passed:
            super().pytest_runtest_logreport(report)

    @staticmethod
    def _validate_metadata(item: pytest.Item) -> None:
        """Accept any metadata. The original requires JSON, but the record never leaves this process."""

    def take(self) -> Record:
        """Return the record of the current exercise and empty it."""
        tests = self._json_tests
        self._json_tests: OrderedDict[str, Any] = OrderedDict()
        return {"tests": list(tests.values())}


class Plugin:
    """Parametrizes the one test, then runs its items for each submission, one exercise after the other."""

    def __init__(
        self, tasks: Sequence[Task], runs: Iterable[SubmissionRun], judged: Judged, done: Done
    ) -> None:
        self.current = Current()
        self.tasks = tasks
        self.places = [CheckItem(self.current, task, bound) for task in tasks for bound in task.checks]
        self.runs, self.judged, self.done = runs, judged, done
        self.report = Report()
        self.error: BaseException | None = None

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Define options that other plugins read and that the disabled terminal plugin would define."""
        parser.addoption("--tb", dest="tbstyle", default="native")
        parser.addoption("--verbosity", dest="verbose", type=int, default=0)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register our report in place of the original."""
        config.pluginmanager.register(self.report, "grader_record")

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Parametrize the only test; the ids are `softmax-sums_to_one` and so on."""
        ids = [f"{place.task.slug}-{place.bound.id}" for place in self.places]
        metafunc.parametrize("place", self.places, ids=ids)

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str]:
        """Name outcomes like pytest's terminal plugin, which is disabled."""
        if report.passed and report.when != "call":
            return "", "", ""
        return report.outcome, "", ""

    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> pytest.TestReport | None:
        """Report passes, and failures by their sentence; leave all other exceptions to pytest.

        Pytest would examine the traceback of every failure, which takes a tenth of the time of a verdict.
        """
        raised = call.excinfo
        if call.when == "collect" or not (raised is None or isinstance(raised.value, pytest.fail.Exception)):
            return None
        outcome: Literal["passed", "failed"] = "passed" if raised is None else "failed"
        said = None if raised is None else str(raised.value)
        return pytest.TestReport(
            item.nodeid, item.location, {}, outcome, said, call.when,
            start=call.start, stop=call.stop, duration=call.duration,
        )  # fmt: skip

    def pytest_json_runtest_stage(self, report: pytest.TestReport) -> Record:
        """Record the duration, the outcome and, if the item crashed, the message."""
        crash = getattr(report.longrepr, "reprcrash", None)
        kept: Record = {"duration": report.duration, "outcome": report.outcome}
        return kept if crash is None else {**kept, "crash": {"message": crash.message}}

    def pytest_json_runtest_metadata(self, item: pytest.Item, call: Any) -> dict[str, Any]:
        """Add the verdict to the record."""
        place: CheckItem = item.callspec.params["place"]  # type: ignore[attr-defined]  # all our items have it
        kept = place.kept[0] if call.when == "call" and place.kept else None
        return {"check": place.bound.id, "verdict": kept} if call.when == "call" else {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all items once for each submission instead of once."""
        try:
            self.grade_all(session.items)
        except BaseException as error:  # pytest would print it and end; `run` raises it instead
            self.error = error
        return True

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep an interrupt during collection, which pytest would turn into an exit code."""
        self.error = excinfo.value

    def grade_all(self, items: list[pytest.Item]) -> None:
        """Grade every run; `items` has the items of all checks."""
        its: dict[str, list[tuple[CheckItem, pytest.Item]]] = {task.slug: [] for task in self.tasks}
        for item in items:
            place: CheckItem = item.callspec.params["place"]  # type: ignore[attr-defined]  # see above
            its[place.task.slug].append((place, item))
        for run in self.runs:
            self.current.run = run
            for task in self.tasks:
                if task.slug not in run.slugs:
                    continue
                for place, item in its[task.slug]:
                    place.kept.clear()
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=_another(item, items))
                self.judged(run, task, self.report.take())
            self.done(run)


def _another(item: pytest.Item, items: list[pytest.Item]) -> pytest.Item | None:
    """Return an item other than `item`, as pytest's `nextitem`.

    Pytest then keeps the module set up, but tears down the item itself, which is set up again for the next
    submission.
    """
    return next((other for other in (items[0], items[-1]) if other is not item), None)


def run(tasks: Sequence[Task], runs: Iterable[SubmissionRun], judged: Judged, done: Done) -> None:
    """Grade every run in one warm pytest session.

    No foreign `pytest.ini`, `conftest.py` or plugin is loaded. Raises `GraderError` if pytest fails.

    Args:
        judged: called with the record of each exercise as soon as all of its checks are judged.
        done: called with each run after its last exercise.
    """
    plugin = Plugin(tasks, runs, judged, done)
    if not plugin.places:  # in a bundle, all checks may be hidden: pytest would have no item to run
        plugin.grade_all([])
        return
    options = [
        f"--rootdir={SUITE}",
        "-c",
        str(SUITE / "pytest.ini"),
        "--noconftest",
        "--import-mode=importlib",
    ]
    options += ["-p", "pytest_jsonreport.plugin", "--json-report-file=none"]
    options += ["--json-report-omit", "collectors", "log", "streams", "warnings", "keywords"]
    options += [f"-pno:{name}" for name in _OFF]
    with _own_environment():
        code = pytest.main([str(SUITE / "test_exercise.py"), *options], plugins=[plugin])
    if plugin.error is not None:
        raise plugin.error
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise GraderError(f"pytest ended with {pytest.ExitCode(code).name}; the run is not complete")


@contextmanager
def _own_environment() -> Iterator[None]:
    """Hide environment variables such as PYTEST_ADDOPTS, which would change our session."""
    hidden = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    for name in hidden:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(hidden)
