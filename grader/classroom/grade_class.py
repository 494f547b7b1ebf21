"""Grade a class: keep fresh results, grade the rest into the gradebook, and write the pages."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from grader.classroom import grade_job
from grader.classroom.grade_job import Order
from grader.classroom.publish import publish
from grader.classroom.repairs import Effort, Searcher, Sought
from grader.course.authored_source import stub
from grader.course.course import Course
from grader.course.index import INDEX
from grader.course.task import Task
from grader.errors import AuthorError, GradebookError
from grader.executors import Done, Executor, Job, Local
from grader.executors.jobs import encode
from grader.gradebook import Change, Gradebook, Moved, address
from grader.gradebook.outdated import Outdated, Present, outdated
from grader.gradebook.packed import Packed, joined, pack
from grader.gradebook.sources import handed, keep_sources, unkept
from grader.grading.pipeline import undecided_result
from grader.report.class_summary import ClassSummary
from grader.results import Result
from grader.sandbox import Limits
from grader.sandbox.levels import chosen, fit_for
from grader.submissions import Submission, SubmissionInfo
from grader.text.numbers import plural
from grader.text.wording import listed

_TOGETHER: Final = 500
"""Number of submissions with fresh results that are entered in one transaction."""


class Handed(Protocol):
    """A class of submissions: listed as a whole, read one after the other."""

    @property
    def infos(self) -> Sequence[SubmissionInfo]:
        """All submissions without their files."""

    def read(self, infos: Sequence[SubmissionInfo]) -> Iterator[Submission]:
        """Yield the submissions of these infos in their order, with the files as they are now."""


@dataclass(frozen=True)
class Options:
    """The options of a run."""

    lesson: str = ""
    level: str = ""
    """Level of the sandbox; if empty, the strongest that works here."""
    limits: Limits | None = None
    """What a submission may use; submissions are graded again if it changes."""
    force: bool = False
    """Whether to grade again what has not changed."""
    jobs: int = 0
    """Processes on this machine; 0 for one per core."""
    executor: Executor | None = None
    """The executor to use instead of this machine's processes."""
    whole: bool = True
    """Whether these are all students; if not, no other student's earlier attempts are graded anew."""
    repairs: Effort = "some"
    """For how much of the failing code without a known cause a repair is sought."""
    gradebook: str = ""
    """Address of a database instead of the one in the class's folder."""


@dataclass(frozen=True)
class GradedClass:
    """The outcome of a run."""

    seen: ClassSummary
    """Summary of all students in the gradebook."""
    graded: int
    changes: tuple[Change, ...]
    level: str
    """Level of the sandbox."""
    doubtful: list[list[str]]
    """Groups of students who may be one person, which only a roster can tell."""
    sought: Sought
    told: tuple[str, ...] = ()
    """What else has happened, in sentences."""


def grade_class(
    handed: Handed,
    course: Course,
    out: Path,
    options: Options | None = None,
    *,
    done: Callable[[], object] = lambda: None,
    regraded: Moved = lambda done, total: None,
    searched: Moved = lambda done, total: None,
    moved: Moved = lambda done, total: None,
) -> GradedClass:
    """Grade what is new or has changed; each result is stored before the next one is taken.

    Args:
        done: called for each submission that is finished.
        regraded: called for each earlier attempt that is graded anew, with the number done and of all.
        searched: called while repairs are sought, with the number of searches done and of all.
        moved: called while pages are written, with the number of students done and of all.
    """
    asked = options or Options()
    stated = course.policy
    how = replace(asked, level=chosen(asked.level))
    fit_for(how.level, len(handed.infos))
    with exclusive(out), Gradebook(address(out, how.gradebook)) as book:
        told = carried_over(book, course)
        has_hidden = course.reference.is_dir() and course.secret_seed
        book.require_seed(course.seed if has_hidden else None)
        book.set_policy(stated)
        run = _Run(handed, course, book, how)
        book.set_texts({task.slug: task.text for task in run.tasks})
        book.set_order(_by_lesson(run.tasks))
        changes = [change for found in run.grade() for change in _after(found, done)]
        changes += [change for found in run.regrade(regraded) for change in found]
        book.set_suites(run.suites)
        sought = run.search(searched)
        seen = publish(book, out, jobs=how.jobs, moved=moved)
        doubtful = book.doubtful()
    told += _about_earlier(run)
    return GradedClass(seen, len(run.wanted), tuple(changes), how.level, doubtful, sought, tuple(told))


def carried_over(book: Gradebook, course: Course) -> list[str]:
    """Give the gradebook the present names of renumbered lessons; return a sentence for each."""
    return [
        f"The gradebook's lesson {old} is {new} now." for old, new in book.renumber(course.lessons).items()
    ]


def _by_lesson(tasks: Sequence[Task]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in tasks:
        found.setdefault(task.lesson, []).append(task.slug)
    return found


def _about_earlier(run: _Run) -> list[str]:
    """Return sentences on the attempts before the present submissions."""
    found = []
    if run.earlier:
        them = "was" if run.earlier == 1 else "were"
        found.append(f"{plural(run.earlier, 'earlier attempt')} {them} graded anew by the present checks.")
    if run.unkept:
        found.append(
            f"Attempts of {listed(run.unkept, 'student')} were handed in before sources were kept: they keep "
            "the verdicts of earlier checks."
        )
    return found


def _after(changes: list[Change], done: Callable[[], object]) -> list[Change]:
    done()
    return changes


class _Run:
    """The exercises to grade of each submission, and their grading."""

    def __init__(self, handed: Handed, course: Course, book: Gradebook, how: Options) -> None:
        self.tasks = course.tasks(lesson=how.lesson)
        self.setup, self.suites = grade_job.setup(
            course,
            self.tasks,
            lesson=how.lesson,
            seed=course.secret_seed,
            level=how.level,
            limits=how.limits or Limits(),
        )
        self.handed, self.course, self.book, self.how = handed, course, book, how
        self.stubs = joined(_stubs(course, self.tasks))
        settled = {} if how.force else book.settled(self.suites, how.level)
        self.every = frozenset(self.suites)
        missing = ((s, self.every - settled.get((s.student, s.digest), frozenset())) for s in handed.infos)
        self.wanted = {info.student: slugs for info, slugs in missing if slugs}
        self.earlier = 0
        """Earlier attempts that were graded anew."""
        self.unkept: list[str] = []
        """Students of whom an attempt with old results may count, but has no source."""
        self._done: dict[tuple[str, str], frozenset[str]] = {}
        """By student and digest, the exercises that were graded."""

    def grade(self) -> Iterator[list[Change]]:
        """Yield the changes that each submission makes."""
        settled = [info for info in self.handed.infos if info.student not in self.wanted]
        for start in range(0, len(settled), _TOGETHER):
            batch = settled[start : start + _TOGETHER]
            self.book.present(batch)
            self._keep(unkept(self.book, batch))
            yield from ([] for _ in batch)
        out: dict[int, tuple[SubmissionInfo, frozenset[str], Packed]] = {}
        for finished in self._executor().run(self.setup, self._jobs(out)):
            info, slugs, source = out.pop(finished.key)
            result = self._result(info, slugs, finished)
            self._done[info.student, info.digest] = slugs
            yield self.book.record(info, result, self.suites, source)

    def regrade(self, moved: Moved) -> Iterator[list[Change]]:
        """Yield the changes of the earlier attempts that may count and have results of another suite."""
        students = () if self.how.whole else [info.student for info in self.handed.infos]
        while found := self._outdated(students):
            out: dict[int, tuple[Outdated, SubmissionInfo]] = {}
            for number, finished in enumerate(self._executor().run(self.setup, self._again(found, out)), 1):
                old, info = out.pop(finished.key)
                self.earlier += 1
                yield self.book.regraded(old.attempt, self._result(info, old.slugs, finished), self.suites)
                moved(number, len(found))

    def _outdated(self, students: Sequence[str]) -> list[Outdated]:
        lessons = {task.slug: task.lesson for task in self.tasks}
        now = Present(self.suites, lessons, self.how.level, self._done, self.how.force)
        found = outdated(self.book, now, students=students)
        self.unkept = found.unkept
        return found.outdated

    def _again(
        self, found: Sequence[Outdated], out: dict[int, tuple[Outdated, SubmissionInfo]]
    ) -> Iterator[Job]:
        """Yield the jobs of earlier attempts; one whose source is damaged keeps its results, and says so."""
        for number, old in enumerate(found):
            before = self._done.get((old.student, old.digest), frozenset())
            self._done[old.student, old.digest] = before | old.slugs
            if kept := dict(handed(self.book, [old.digest])).get(old.digest):
                submission = kept.submission(old.student)
                out[number] = old, submission.info
                yield Job(number, encode(Order(submission=submission, slugs=old.slugs)))

    def _keep(self, infos: Sequence[SubmissionInfo]) -> None:
        """Keep the sources of submissions that were graded before sources were kept."""
        keep_sources(self.book, (pack(one, self.stubs) for one in self.handed.read(infos)))

    def search(self, moved: Moved) -> Sought:
        """Seek repairs of failing code without a known cause."""
        searcher = Searcher(
            book=self.book,
            course=self.course,
            tasks=self.tasks,
            suites=self.suites,
            read=self.handed.read,
            executor=self._executor(),
            level=self.how.level,
            limits=self.how.limits or Limits(),
        )
        return searcher.run(self.handed.infos, sum(map(len, self.wanted.values())), self.how.repairs, moved)

    def _jobs(self, out: dict[int, tuple[SubmissionInfo, frozenset[str], Packed]]) -> Iterator[Job]:
        infos = [info for info in self.handed.infos if info.student in self.wanted]
        for number, (before, submission) in enumerate(zip(infos, self.handed.read(infos), strict=True)):
            info = submission.info
            # A submission whose files have changed since it was listed has no fresh results.
            slugs = self.wanted[info.student] if info.digest == before.digest else self.every
            out[number] = info, slugs, pack(submission, self.stubs)
            yield Job(number, encode(Order(submission=submission, slugs=slugs)))

    def _executor(self) -> Executor:
        return self.how.executor or Local(self.how.jobs)

    def _result(self, info: SubmissionInfo, slugs: frozenset[str], done: Done) -> Result:
        if not done.fault:
            return grade_job.result(done.payload)
        tasks = [task for task in self.tasks if task.slug in slugs]
        return undecided_result(info, tasks, level=self.how.level, reason=done.fault)


def _stubs(course: Course, tasks: Sequence[Task]) -> list[str]:
    """Return the stubs of these exercises, as far as there are any."""
    slugs = {task.slug for task in tasks}
    if (course.exercises / INDEX).is_file():
        return [entry.stub for entry in course.entries() if entry.slug in slugs]
    found = []
    for one in course.authored(slugs=sorted(slugs)):
        with suppress(AuthorError):  # grading does without them
            found.append(stub(one))
    return found


@contextmanager
def exclusive(out: Path) -> Iterator[None]:
    """Lock a class's folder against other graders; the lock ends with this process at the latest."""
    out.mkdir(parents=True, exist_ok=True)
    lock = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise GradebookError(f"Another grader is at work in {out}; wait until it has ended.") from error
    finally:
        os.close(lock)
