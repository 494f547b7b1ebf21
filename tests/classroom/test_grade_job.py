"""A process that grades does what it is asked for, by the exercises that grading began with and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.grading_processes import EVERY, job
from support.handed import Here
from support.small import author, small_course
from support.walls import BEST
from support.warm import shared_workers as shared_workers

from grader.classroom import grade_job
from grader.classroom.grade_job import suite_of, suites
from grader.course.course import Course
from grader.errors import ExecutorError
from grader.executors import Setup
from grader.sandbox import Limits

pytestmark = pytest.mark.usefixtures("shared_workers")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return small_course(tmp_path / "course")


def setup_of(course: Course, limits: Limits | None = None, *, lesson: str = "") -> Setup:
    tasks = course.tasks(lesson=lesson)
    chosen = limits or Limits()
    return grade_job.setup(course, tasks, lesson=lesson, seed="", level=BEST, limits=chosen)[0]


def test_a_lesson_alone_is_prepared(course: Course) -> None:
    author(course.root, "fourfold", 4, lesson="02_more")
    (done,) = Here().run(setup_of(course, lesson="02"), [job(0, slugs=frozenset(["fourfold"]))])
    found = grade_job.result(done.payload)
    assert [(e.slug, e.status, e.max_points) for e in found.exercises] == [("fourfold", "missing", 4)]


def test_exercises_that_have_changed_meanwhile_are_not_graded(course: Course) -> None:
    setup = setup_of(course)
    author(course.root, "twice", 7)
    with pytest.raises(ExecutorError, match=r"^The exercises are not those that grading began with: "):
        list(Here().run(setup, [job(0)]))


def test_a_process_may_be_silent_for_longer_than_its_slowest_call(course: Course) -> None:
    limits = Limits().overruled(["cpu_s=100"])
    more_s = setup_of(course, limits).silence_s - setup_of(course).silence_s
    assert more_s == 10 * (limits.wall_s - Limits().wall_s) > 0


def test_the_digest_of_all_exercises_changes_with_any_of_them(course: Course) -> None:
    before = suite_of(course, course.tasks(), Limits())
    assert suite_of(course, course.tasks(), Limits()) == before
    author(course.root, "twice", 7)
    assert suite_of(course, course.tasks(), Limits()) != before


def test_only_the_wanted_exercises_are_graded(course: Course) -> None:
    wanted = [frozenset(("twice",)), EVERY, frozenset(("thrice",))]
    jobs = [job(n, slugs=slugs) for n, slugs in enumerate(wanted)]
    found = [grade_job.result(done.payload) for done in Here().run(setup_of(course), jobs)]
    assert [[e.slug for e in r.exercises] for r in found] == [["twice"], ["thrice", "twice"], ["thrice"]]
    assert [r.points for r in found] == [4, 8, 4]


def test_seed_and_limits_of_a_run_count(tmp_path: Path) -> None:
    course = small_course(tmp_path)
    tasks = course.tasks()

    def digest(seed: str, limits: Limits) -> str:
        return suites(replace(course, secret_seed=seed), tasks, limits)["twice"]

    found = {digest("5", Limits()), digest("6", Limits()), digest("5", Limits().overruled(["cpu_s=9"]))}
    assert len(found) == 3
    assert digest("5", Limits()) in found
