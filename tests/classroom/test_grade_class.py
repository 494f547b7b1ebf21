"""A class through the real processes into the gradebook: what is settled stays, what is stale is done."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from support.canonical import canonical
from support.courses import grader
from support.handed import Here, InMemory
from support.small import author, handed_in, on_disk, small_course
from support.walls import BEST
from support.warm import shared_workers as shared_workers

from grader.classroom.grade_class import GradedClass, Options, grade_class
from grader.classroom.repairs import Sought
from grader.course.course import Course
from grader.errors import AuthorError, ExecutorError, GradebookError, SandboxError, UsageError
from grader.gradebook import Change, Gradebook
from grader.report.class_summary import ClassSummary
from grader.results import from_json
from grader.sandbox import Limits

pytestmark = pytest.mark.usefixtures("shared_workers")

CLASS = [handed_in("student-01"), handed_in("student-02", twice="5"), handed_in("student-10", thrice="Z")]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return small_course(tmp_path / "course")


def run(course: Course, out: Path, submissions: list = CLASS, **options: object) -> GradedClass:
    chosen = {"jobs": 1, "executor": Here()} | options
    return grade_class(InMemory(submissions), course, out, Options(**chosen))  # type: ignore[arg-type]  # fields by name


def told(out: Path) -> bytes:
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        return canonical(book)


def levels(out: Path) -> set[str]:
    return {from_json(path.read_bytes()).sandbox for path in (out / "results").iterdir()}


def test_everything_in_the_folder_comes_from_one_run(course: Course, tmp_path: Path) -> None:
    outcome = run(course, tmp_path / "out")
    assert (outcome.graded, outcome.changes) == (3, ())
    assert [(r.student, r.points) for r in outcome.seen.rows] == [
        ("student-01", 8),
        ("student-02", 5),
        ("student-10", 5),
    ]
    rows = (tmp_path / "out" / "grades.csv").read_text().splitlines()
    assert rows == [
        "student,name,id,thrice,twice,total,open,max_points,status",
        "student-01,,,4,4,8,0,8,graded",
        "student-02,,,4,1,5,0,8,graded",
        "student-10,,,1,4,5,0,8,graded",
    ]
    result = from_json((tmp_path / "out" / "results" / "student-02.json").read_bytes())
    assert (result.digest, [e.status for e in result.exercises]) == (CLASS[1].digest, ["passed", "failed"])
    assert "student-02" in (tmp_path / "out" / "reports" / "student-02.html").read_text()
    assert not (tmp_path / "out" / "changes.csv").exists()


def test_every_exercise_has_a_page_that_leads_to_the_class_and_to_students(
    course: Course, tmp_path: Path
) -> None:
    run(course, tmp_path)
    assert sorted(p.name for p in (tmp_path / "exercises").iterdir()) == ["thrice.html", "twice.html"]
    page = (tmp_path / "exercises" / "twice.html").read_text()
    assert "<pre>Return 2 * Z.</pre>" in page
    for link in set(re.findall(r'href="(\.\./[^"]+)"', page)):
        assert (tmp_path / "exercises" / link).resolve().is_file()
    assert {"../index.html", "../instructor/student-02.html"} <= set(re.findall(r'href="([^"]+)"', page))
    index = (tmp_path / "index.html").read_text()
    assert 'href="exercises/twice.html"' in index
    assert 'href="grades.csv"' in index


def test_pages_and_tables_have_the_order_of_the_course(course: Course, tmp_path: Path) -> None:
    path = course.reference / "01_small" / "thrice.py"
    path.write_text(path.read_text().replace("    hints=", '    after=("twice",),\n    hints='))
    outcome = run(course, tmp_path / "out", CLASS[:1])
    assert [e.slug for e in outcome.seen.exercises] == ["twice", "thrice"]
    head = (tmp_path / "out" / "grades.csv").read_text().splitlines()[0]
    assert head == "student,name,id,twice,thrice,total,open,max_points,status"


@pytest.mark.parametrize("name", ["w?a", "a #1%20 ü", "mode=ro&x"])
def test_a_folder_of_any_name_holds_its_own_gradebook(course: Course, tmp_path: Path, name: str) -> None:
    run(course, tmp_path / name, CLASS[:1])
    assert (tmp_path / name / "gradebook.db").is_file()
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("course", name)] == []


def test_any_number_of_processes_tells_the_same(course: Course, tmp_path: Path) -> None:
    run(course, tmp_path / "none")
    for jobs in (1, 3):
        run(course, tmp_path / f"{jobs}", jobs=jobs, executor=None)
        assert told(tmp_path / f"{jobs}") == told(tmp_path / "none")


def test_what_is_unchanged_is_not_graded_again(course: Course, tmp_path: Path) -> None:
    run(course, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.glob("reports/*.html")}
    assert len(before) == 3
    outcome = run(course, tmp_path)
    assert (outcome.graded, outcome.changes) == (0, ())
    assert {p: p.stat().st_mtime_ns for p in tmp_path.glob("reports/*.html")} == before


def test_a_new_version_of_a_submission_is_another_attempt(course: Course, tmp_path: Path) -> None:
    run(course, tmp_path)
    outcome = run(course, tmp_path, [CLASS[0], handed_in("student-02", twice="4"), CLASS[2]])
    assert (outcome.graded, len(outcome.seen.rows)) == (1, 3)
    result = from_json((tmp_path / "results" / "student-02.json").read_bytes())
    assert [e.remarks for e in result.exercises] == [["Attempt 2 of 2 counts."]] * 2


def test_a_changed_exercise_is_graded_again_alone_and_tells_who_changed(
    course: Course, tmp_path: Path
) -> None:
    run(course, tmp_path / "out")
    author(course.root, "twice", 5)
    outcome = run(course, tmp_path / "out", jobs=2, executor=None)
    assert outcome.graded == 3
    why = "the exercise or the grader has changed; matches_reference "
    changes = [
        Change("student-01", "twice", "passed 4/4", "failed 1/4", why + "passed → failed"),
        Change("student-02", "twice", "failed 1/4", "passed 4/4", why + "failed → passed"),
        Change("student-10", "twice", "passed 4/4", "failed 1/4", why + "passed → failed"),
    ]
    assert sorted(outcome.changes, key=lambda c: c.student) == changes
    with (tmp_path / "out" / "changes.csv").open(newline="") as stream:
        rows = [row[1:] for row in csv.reader(stream)]
    assert rows[0] == ["student", "exercise", "before", "after", "why"]
    assert sorted(rows[1:]) == [[c.student, c.slug, c.before, c.after, c.reason] for c in changes]
    with Gradebook(f"sqlite:///{tmp_path / 'out' / 'gradebook.db'}") as book:
        assert {entry.subject for entry in book.history(event="regraded")} == {"twice"}


def test_force_grades_again_what_has_not_changed(course: Course, tmp_path: Path) -> None:
    run(course, tmp_path)
    outcome = run(course, tmp_path, [CLASS[0]], force=True)
    assert (outcome.graded, outcome.changes, len(outcome.seen.rows)) == (1, (), 3)


def test_lessons_graded_one_after_the_other_are_one_class(course: Course, tmp_path: Path) -> None:
    author(course.root, "fourfold", 4, lesson="02_more")
    run(course, tmp_path, lesson="01_small")
    outcome = run(course, tmp_path, lesson="02_more")
    assert [e.slug for e in outcome.seen.exercises] == ["thrice", "twice", "fourfold"]
    assert [None in row.marks for row in outcome.seen.rows] == [False] * 3


def test_two_graders_in_one_folder_are_refused(course: Course, tmp_path: Path) -> None:
    with pytest.raises(GradebookError, match=r"^Another grader is at work in .*; wait until it has ended\.$"):
        grade_class(InMemory(CLASS), course, tmp_path, Options(jobs=1), done=lambda: run(course, tmp_path))


def test_another_seed_is_another_suite_and_is_refused_where_the_first_was_secret(
    course: Course, tmp_path: Path
) -> None:
    for seed, graded in (("", 3), ("5", 3), ("5", 0)):
        assert run(replace(course, secret_seed=seed), tmp_path).graded == graded
    with pytest.raises(UsageError, match=r"^This class was graded with another secret seed: "):
        run(replace(course, secret_seed="2"), tmp_path)


def test_other_limits_are_another_suite_and_all_are_graded_again(course: Course, tmp_path: Path) -> None:
    for setting, graded in (("cpu_s=3", 3), ("cpu_s=3", 0), ("cpu_s=4", 3)):
        assert run(course, tmp_path, limits=Limits().overruled([setting])).graded == graded


def test_limits_of_a_run_reach_the_processes(course: Course, tmp_path: Path) -> None:
    endless = [handed_in("student-01", twice="[1 for _ in iter(int, 1)]")]
    run(course, tmp_path, endless, limits=Limits().overruled(["cpu_s=0.25", "restarts=0"]), executor=None)
    result = from_json((tmp_path / "results" / "student-01.json").read_bytes())
    fault = result.exercises[1].error
    assert fault
    assert (result.exercises[1].status, "0.25 s" in fault.message) == ("timed_out", True)


def test_no_level_is_the_strongest_and_named_it_changes_nothing(course: Course, tmp_path: Path) -> None:
    first = run(course, tmp_path)
    again = run(course, tmp_path, level=BEST)
    assert (first.graded, again.graded, levels(tmp_path)) == (3, 0, {BEST})
    assert (first.level, again.level) == (BEST, BEST)


def test_another_level_is_graded_again(course: Course, tmp_path: Path) -> None:
    run(course, tmp_path)
    outcome = run(course, tmp_path, level="limits")
    assert (outcome.graded, outcome.level, levels(tmp_path)) == (3, "limits", {"limits"})


def test_a_class_of_nobody_has_an_empty_page(course: Course, tmp_path: Path) -> None:
    assert run(course, tmp_path, []) == GradedClass(ClassSummary(), 0, (), BEST, [], Sought())
    assert (tmp_path / "grades.csv").read_text() == "student,name,id,total,open,max_points,status\n"
    assert "No results yet" in (tmp_path / "index.html").read_text()


def test_a_policy_that_does_not_fit_stops_before_anything_is_graded(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course", "atempts = 'best'\n")
    with pytest.raises(
        UsageError, match=r"^reference/course\.toml: there is no key atempts; did you mean attempts\?"
    ):
        run(course, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_sandbox_level_that_is_not_there_is_said_once(course: Course, tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match=r"^There is no sandbox level moon"):
        run(course, tmp_path / "out", level="moon")
    assert not (tmp_path / "out").exists()


def test_exercises_that_change_while_grading_stop_the_run(course: Course, tmp_path: Path) -> None:
    with pytest.raises(ExecutorError, match=r"^The exercises are not those that grading began with"):
        grade_class(
            InMemory(CLASS),
            course,
            tmp_path / "out",
            Options(executor=_ChangingFirst(course)),  # type: ignore[arg-type]  # a generator will do
        )


class _ChangingFirst:
    """The local processes, started after an author has saved a file."""

    def __init__(self, course: Course) -> None:
        self.course = course

    def run(self, setup: object, jobs: object) -> object:
        from grader.executors import Local

        author(self.course.root, "twice", 7)
        return Local(1).run(setup, jobs)  # type: ignore[arg-type]  # passed on as it came


def test_an_exercise_that_cannot_be_used_stops_before_anything_is_graded(
    course: Course, tmp_path: Path
) -> None:
    (course.root / "reference" / "01_small" / "twice.py").write_text("nothing")
    with pytest.raises(AuthorError):
        run(course, tmp_path / "out")


def test_a_roster_that_comes_later_makes_late_who_was_late_and_nobody_else(tmp_path: Path) -> None:
    late = "late.percent_per_day = 50\nlessons.01_small.deadline = 2026-03-01T00:00:00Z\n"
    course = small_course(tmp_path / "course", late)
    handed = on_disk(tmp_path / "in", CLASS)
    where = ("--out", tmp_path / "out", "--jobs", 1, "--course", course.root)
    grades = tmp_path / "out" / "grades.csv"
    grader("grade", handed, *where)
    before = grades.read_text().splitlines()
    (tmp_path / "roster.csv").write_text(
        "name,id,submitted\nstudent-01,1,2026-03-01T12:00+01:00\nstudent-02,2,2026-02-28T23:59Z\nstudent-10,3,\n"
    )
    again = grader("grade", handed, *where, "--roster", tmp_path / "roster.csv")
    assert again.out.splitlines()[0] == (
        f"3 submissions graded, 3 of them unchanged since the last run, sandbox level {BEST}."
    )
    head = "student,name,id,thrice,twice,total,open,max_points,status"
    rows = "student-0{0},student-0{0},{1},{2},0,8,graded"
    last = "student-10,student-10,{},1,4,5,0,8,graded"
    assert before == [head, rows.format(1, "", "4,4,8"), rows.format(2, "", "4,1,5"), last.format("")]
    assert grades.read_text().splitlines() == [
        head,
        rows.format(1, "1", "2,2,4"),
        rows.format(2, "2", "4,1,5"),
        last.format("3"),
    ]

    table = tmp_path / "table.csv"
    for more in (("--only", "student-01", "--force"), ()):
        grader("grade", handed, *where, *more)
        grader("export", tmp_path / "out", "--format", "csv", "--to", table)
        told = [row.split(",")[:3] for row in table.read_text().splitlines()[1:]]
        assert told == [
            [f"student-{n}", f"student-{n}", id] for n, id in (("01", "1"), ("02", "2"), ("10", "3"))
        ]
