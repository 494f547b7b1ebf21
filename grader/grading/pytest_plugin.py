"""Tasks become pytest items; one warm session grades every submission, one record each."""

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
    """What is being graded now; every item looks here."""

    run: SubmissionRun | None = None


@dataclass(frozen=True)
class CheckItem:
    """One check's item: it judges the submission being graded, and keeps the verdict for the record."""

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

    The original keys by node id and never forgets an outcome: an early failure would stick to later ones.
    """

    # What a test prints and logs is not kept, so there is nothing to watch at each stage.
    pytest_runtest_setup = pytest_runtest_call = pytest_runtest_teardown = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the call, and another stage if it went wrong."""
        if report.when == "call" or not report.passed:
            super().pytest_runtest_logreport(report)

    @staticmethod
    def _validate_metadata(item: pytest.Item) -> None:
        """Take the metadata as it is: the record stays in this process, and ours is a frozen verdict."""

    def take(self) -> Record:
        """Return the record of the exercise that was just judged, and forget it."""
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
        """Define what the terminal plugin, which is off, would define and others read."""
        parser.addoption("--tb", dest="tbstyle", default="native")
        parser.addoption("--verbosity", dest="verbose", type=int, default=0)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register our record keeper in place of the original."""
        config.pluginmanager.register(self.report, "grader_record")

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Give the one test its items, `softmax-sums_to_one` and so on."""
        ids = [f"{place.task.slug}-{place.bound.id}" for place in self.places]
        metafunc.parametrize("place", self.places, ids=ids)

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str]:
        """Name outcomes as pytest's terminal plugin would; that one is off."""
        if report.passed and report.when != "call":
            return "", "", ""
        return report.outcome, "", ""

    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> pytest.TestReport | None:
        """Report what passed, and verdicts of ours by their sentence; what else ended an item is pytest's.

        Pytest would look through the traceback of every verdict: a tenth of what it costs.
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
        """Record of a stage what is read: how long it took, and what it crashed with."""
        crash = getattr(report.longrepr, "reprcrash", None)
        kept: Record = {"duration": report.duration, "outcome": report.outcome}
        return kept if crash is None else {**kept, "crash": {"message": crash.message}}

    def pytest_json_runtest_metadata(self, item: pytest.Item, call: Any) -> dict[str, Any]:
        """Put the verdict into the record."""
        place: CheckItem = item.callspec.params["place"]  # type: ignore[attr-defined]  # items of ours have one
        kept = place.kept[0] if call.when == "call" and place.kept else None
        return {"check": place.bound.id, "verdict": kept} if call.when == "call" else {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all items once for each submission; pytest itself stays as it is."""
        try:
            self.grade_all(session.items)
        except BaseException as error:  # pytest would print it and end; it is `run`'s to raise
            self.error = error
        return True

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what pytest would end on with an exit code, while it collects the items."""
        self.error = excinfo.value

    def grade_all(self, items: list[pytest.Item]) -> None:
        """Grade every run; `items` are those of all checks."""
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
    """Return an item that keeps the module set up; followed by itself, one would not be set up again."""
    return next((other for other in (items[0], items[-1]) if other is not item), None)


def run(tasks: Sequence[Task], runs: Iterable[SubmissionRun], judged: Judged, done: Done) -> None:
    """Grade every run in one warm pytest session.

    No `pytest.ini`, `conftest.py` or plugin from elsewhere is loaded. Raises `GraderError` if pytest fails.

    Args:
        judged: gets the record of each exercise as soon as all of its checks were judged.
        done: gets each run after its last exercise.
    """
    plugin = Plugin(tasks, runs, judged, done)
    if not plugin.places:  # all checks are hidden: pytest has no item to run
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
    """Hide the variables by which somebody else's pytest settings would load here."""
    hidden = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    for name in hidden:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(hidden)
