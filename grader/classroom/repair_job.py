"""Search repairs in a process of its own: one search for equal code, then a proof for each student."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from multiprocessing.connection import Connection

import msgspec

from grader.classroom.grade_job import Pulse
from grader.course.course import Course, on_this_machine
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.executors import jobs
from grader.repair import donors
from grader.repair.code import context, read
from grader.repair.proof import OTHER_SEED, is_proven
from grader.repair.repair import Proven
from grader.repair.search import is_searched, search
from grader.repair.telling import told
from grader.results import Repair
from grader.sandbox import Limits, Sandbox
from grader.submissions import Submission
from grader.submissions.source import Found, parse_all


class RepairSetup(msgspec.Struct, frozen=True, kw_only=True):
    """The set-up of a searching process."""

    course: str
    seed: str
    level: str
    limits: Limits


class Equal(msgspec.Struct, frozen=True, kw_only=True):
    """Submissions with equal code of one exercise."""

    slug: str
    submissions: list[Submission]


repairs_found = msgspec.msgpack.Decoder(list[Repair | None]).decode
_equal = msgspec.msgpack.Decoder(Equal).decode
_setup = msgspec.msgpack.Decoder(RepairSetup).decode


def setup(course: Course, *, seed: str, level: str, limits: Limits) -> jobs.Setup:
    """Return the set-up of a searching process."""
    options = RepairSetup(course=str(course.root), seed=seed, level=level, limits=limits)
    return jobs.Setup(work=f"{__name__}:searches", options=jobs.encode(options))


def searches(link: Connection, options: bytes) -> None:
    """Search each job's code, and send a repair, or None, for each of its submissions."""
    asked = _setup(options)
    here = on_this_machine(asked.course, seed=asked.seed)

    @cache
    def tasks(slug: str) -> tuple[Task, Task]:
        (one,) = here.authored(slugs=[slug])
        return prepare(one, seed=here.seed), prepare(one, seed=here.seed + OTHER_SEED)

    with Sandbox(level=asked.level, limits=asked.limits, alive=Pulse(link).beat) as sandbox:
        link.send_bytes(jobs.READY)
        for payload in jobs.payloads(link):
            equal = _equal(payload)
            found = repairs(equal.submissions, *tasks(equal.slug), sandbox)
            link.send_bytes(jobs.DONE + jobs.encode(found))


def repairs(submissions: list[Submission], task: Task, fresh: Task, sandbox: Sandbox) -> list[Repair | None]:
    """Return a repair, or None, for each submission; all have equal code, and the first is searched.

    Args:
        fresh: the same exercise with other hidden cases, for the proof.
    """
    first, *others = submissions
    source = located(first, task)
    if source is None:
        return [None] * len(submissions)
    given = donors.of(task.source, task.slug, "")
    proven = search(task, source, sandbox, donors=given, fresh=fresh)
    if proven is None:
        return [None] * len(submissions)
    return [told(proven), *(_for_another(proven, one, first, task, sandbox) for one in others)]


def located(submission: Submission, task: Task) -> Found | None:
    """Return the function of an exercise in a submission; None if it cannot be called or searched."""
    if not is_searched(task):
        return None
    source = task.located(parse_all(submission.files, wanted=task.wanted))
    return source if isinstance(source, Found) else None


def _for_another(
    proven: Proven, submission: Submission, first: Submission, task: Task, sandbox: Sandbox
) -> Repair | None:
    """Return the repair of another student's equal code, with the numbers of its lines.

    What else its file does, or a file that it imports, may differ; then it is proven anew.
    """
    source, known = located(submission, task), located(first, task)
    code = read(source) if source else None
    if source is None or code is None or code.texts != proven.code.texts:
        return None
    its = replace(proven, code=code)
    here = context(source)
    if here is not None and known is not None and here == context(known):
        return told(its)
    files = {path: one.data for path, one in source.files.items()} | {code.path: its.patched}
    is_right = is_proven(files, task, proven.gained, sandbox, full=proven.is_full)
    return told(its) if is_right else None
