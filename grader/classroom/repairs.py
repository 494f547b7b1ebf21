"""Seek small changes for a class's failing code: equal code once, and first what most students have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from grader.classroom import repair_job
from grader.classroom.repair_job import Equal, located
from grader.course.course import Course
from grader.course.task import Task
from grader.executors import Executor, Job
from grader.executors.jobs import encode
from grader.gradebook import Gradebook
from grader.repair.code import read
from grader.sandbox import Limits
from grader.submissions import Submission, SubmissionInfo

Effort = Literal["some", "all", "off"]
_PRICE: Final = 3000
"""Graded exercises for each search, so that all together take about a tenth of the grading's time."""
_ALWAYS: Final = 2
"""Searches of a run that grades anything, however few exercises."""
_TOGETHER: Final = 50
"""Most students with equal code in one job."""
_Key = tuple[str, str]
"""An exercise and the digest of its code."""
_Group = tuple[str, Sequence[SubmissionInfo]]
"""An exercise and students with equal code."""


@dataclass(frozen=True)
class Sought:
    """What the searches of a run came to, counted by student and function."""

    sought: int = 0
    found: int = 0
    left: int = 0
    """Failing functions without a known cause for which nothing was sought."""


@dataclass(frozen=True)
class Searcher:
    """Seeks repairs for the submissions of a class and keeps them in the gradebook."""

    book: Gradebook
    course: Course
    tasks: Sequence[Task]
    suites: Mapping[str, str]
    read: Callable[[Sequence[SubmissionInfo]], Iterator[Submission]]
    """Reads the files of submissions, in their order."""
    executor: Executor
    level: str
    limits: Limits

    def run(
        self,
        infos: Sequence[SubmissionInfo],
        graded: int,
        effort: Effort,
        moved: Callable[[int, int], object] = lambda done, total: None,
    ) -> Sought:
        """Seek repairs of failing functions without a known cause.

        Args:
            graded: the number of exercises that the run has graded. All that were ever graded bound the
                number of searches, so that a run that was stopped is continued by the next one.
            moved: called with the number of searches done and of all.
        """
        if effort == "off" or not self.course.reference.is_dir():
            return Sought()
        price, most = 0, None
        if effort == "some":
            credit = self.book.search_credit(least=_ALWAYS * _PRICE if graded else 0)
            price, most = _PRICE, max(credit // _PRICE, 0)
            if not (most or graded):
                return Sought()
        equal = self._equal(infos)
        order = sorted(equal, key=lambda key: (-len(equal[key]), key))
        groups = [group for slug, code in order for group in _together(slug, equal[slug, code])]
        chosen = groups[:most]
        found = sum(self._searched(chosen, price, moved))
        sought = sum(len(group) for _, group in chosen)
        return Sought(sought, found, sum(map(len, equal.values())) - sought)

    def _equal(self, infos: Sequence[SubmissionInfo]) -> dict[_Key, list[SubmissionInfo]]:
        """Return who has the same code, by exercise and code; a function that is not searched is left out."""
        waiting = self.book.unsearched(infos, self.suites)
        wanted = [info for info in infos if info.student in waiting]
        tasks = {task.slug: task for task in self.tasks}
        found: dict[_Key, list[SubmissionInfo]] = defaultdict(list)
        for info, submission in zip(wanted, self.read(wanted), strict=True):
            for slug in waiting[info.student] if submission.info.digest == info.digest else ():
                source = located(submission, tasks[slug])
                code = read(source) if source else None
                if code is None:
                    self.book.searched(slug, [(info, None)])
                else:
                    found[slug, code.digest].append(info)
        return found

    def _searched(
        self, groups: Sequence[_Group], price: int, moved: Callable[[int, int], object]
    ) -> Iterator[int]:
        """Search and keep what is found; yield the number of repairs of each job."""
        setup = repair_job.setup(
            self.course, seed=self.course.secret_seed, level=self.level, limits=self.limits
        )
        if groups:
            moved(0, len(groups))
        for number, done in enumerate(self.executor.run(setup, self._jobs(groups)), 1):
            slug, infos = groups[done.key]
            # A search that ended two processes finds nothing; the verdicts are there already.
            repairs = repair_job.repairs_found(done.payload) if not done.fault else [None] * len(infos)
            self.book.searched(slug, zip(infos, repairs, strict=True), price=price)
            moved(number, len(groups))
            yield sum(repair is not None for repair in repairs)

    def _jobs(self, groups: Sequence[_Group]) -> Iterator[Job]:
        for number, (slug, infos) in enumerate(groups):
            yield Job(number, encode(Equal(slug=slug, submissions=list(self.read(infos)))))


def _together(slug: str, infos: Sequence[SubmissionInfo]) -> Iterator[_Group]:
    for at in range(0, len(infos), _TOGETHER):
        yield slug, infos[at : at + _TOGETHER]
