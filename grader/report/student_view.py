"""Arrange a student's result for the page: verdict, next actions, evidence, passed checks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from grader.report.plot.curves import picture
from grader.report.plot.drawing import Picture
from grader.results import EARNED, CheckResult, ExerciseResult, Result
from grader.text.numbers import plural, points_text
from grader.text.stages import Reached, reached, tally
from grader.text.wording import (
    NOT_RUN,
    Status,
    check_status,
    exercise_status,
    fault_sentence,
    hint_label,
    lesson_name,
    listed,
    moment,
    repair_sentences,
)

_ACTIONS: Final = 3


@dataclass(frozen=True)
class CheckView:
    """One check with its status, anchor and plot."""

    anchor: str
    status: Status
    check: CheckResult
    picture: Picture | None

    @property
    def worth(self) -> str:
        """The check's points in words."""
        check = self.check
        if check.advice:
            return "no points"
        if check.status == "undecided":
            return f"{plural(check.max_points, 'point')} open"
        part = "" if check.points == check.max_points else f"{points_text(check.points)} / "
        return part + plural(check.max_points, "point")


@dataclass(frozen=True)
class ExerciseView:
    """One exercise: checks with evidence, checks that would repeat it, and passed checks."""

    anchor: str
    status: Status
    exercise: ExerciseResult
    fault: str
    tally: str
    checks: list[CheckView]
    shown: list[CheckView]
    waiting: list[CheckView]
    passed: list[CheckView]
    hints: list[tuple[str, str]]

    @property
    def stages(self) -> list[Reached]:
        """How far an attempt is that does not pass yet."""
        return [] if self.exercise.status in ("passed", "undecided") else reached(self.exercise)

    @property
    def stage_tally(self) -> str:
        """The number of stages that are reached, in words."""
        return tally(self.stages)

    @property
    def telling(self) -> CheckView | None:
        """The failed check with the best evidence: one with values side by side, else any."""
        failed = [v for v in self.shown if v.check.status == "failed" and not v.check.advice]
        return max(failed, key=lambda v: (v.check.difference is not None, bool(v.check.got)), default=None)


@dataclass(frozen=True)
class Action:
    """A next action, with its place on the page and the points that it may earn."""

    slug: str
    text: str
    anchor: str
    target: str
    points: float


@dataclass(frozen=True)
class Page:
    """A whole report."""

    result: Result
    title: str
    heading: str
    when: str
    verdict: str
    actions: list[Action]
    lessons: list[tuple[str, list[ExerciseView]]]

    @property
    def exercises(self) -> list[ExerciseView]:
        """All exercises in the order of the result."""
        return [view for _, views in self.lessons for view in views]


def page(result: Result, *, title: str, prefix: str = "") -> Page:
    """Return the view of `result`; `title` is the course's name or empty, `prefix` begins all anchors."""
    views = [exercise_view(exercise, f"{prefix}e{i}") for i, exercise in enumerate(result.exercises, 1)]
    lessons = [(lesson_name(k), list(g)) for k, g in groupby(views, key=lambda v: v.exercise.lesson)]
    return Page(
        result=result,
        title=title,
        heading=lessons[0][0] if len(lessons) == 1 and lessons[0][0] else title or "All exercises",
        when=moment(result.started),
        verdict=_verdict(views),
        actions=_actions(views),
        lessons=lessons,
    )


def exercise_view(exercise: ExerciseResult, anchor: str) -> ExerciseView:
    """Return the view of one exercise; `anchor` begins the anchors of its checks."""
    fault = fault_sentence(exercise)
    checks = [_check(check, exercise, f"{anchor}c{i}") for i, check in enumerate(exercise.checks, 1)]
    shown, waiting = _parted([view for view in checks if view.check.status not in EARNED], fault)
    return ExerciseView(
        anchor=anchor,
        status=exercise_status(exercise),
        exercise=exercise,
        fault=fault,
        tally=_tally(exercise),
        checks=checks,
        shown=shown,
        waiting=waiting,
        passed=[view for view in checks if view.check.status in EARNED],
        hints=[(hint_label(i, len(exercise.hints)), text) for i, text in enumerate(exercise.hints, 1)],
    )


def _check(check: CheckResult, exercise: ExerciseResult, anchor: str) -> CheckView:
    drawing = picture(check.picture) if check.picture is not None else None
    idle = exercise.is_untouched and check.status not in EARNED
    return CheckView(anchor, NOT_RUN if idle else check_status(check), check, drawing)


def _parted(off: list[CheckView], fault: str) -> tuple[list[CheckView], list[CheckView]]:
    """Return the checks to show with evidence, and those that would only repeat what is shown."""
    shown: list[CheckView] = []
    waiting: list[CheckView] = []
    told = {(fault, "")} if fault else set()
    for view in off:
        check = view.check
        said = check.sentence or fault, check.call
        more = check.got, check.expected, check.difference, check.shapes, check.picture, check.smallest
        old = check.status == "skipped" or (said in told and not any(more))
        (waiting if old else shown).append(view)
        told.add(said)
    return shown, waiting


def _tally(exercise: ExerciseResult) -> str:
    counted = [check for check in exercise.checks if not check.advice]
    if not counted:
        return "no checks"
    passed = sum(check.status in EARNED for check in counted)
    idle = sum(check.status == "skipped" for check in counted)
    verb = "passes" if passed == 1 and len(counted) == 1 else "pass"
    text = f"{passed} of {plural(len(counted), 'check')} {verb}"
    return f"{text}, {idle} not run" if idle else text


def _verdict(views: list[ExerciseView]) -> str:
    if not views:
        return "This result has no exercises."
    untouched = [v.exercise.slug for v in views if v.exercise.is_untouched]
    done = [v.exercise.slug for v in views if v.status.shape == "passed"]
    if len(untouched) == len(views):
        return "No exercise of this course was found in the submission."
    checks = [c.check for v in views for c in v.checks if not c.check.advice]
    passed = sum(check.status in EARNED for check in checks)
    if len(done) == len(views):
        return f"{_every(len(checks), 'check')}. Nothing is left to fix."
    rest = [v.exercise.slug for v in views if v.exercise.slug not in (*untouched, *done)]
    parts = [(done, "is done", "are done"), (rest, "needs another look", "need another look")]
    parts.append((untouched, "has not been started", "have not been started"))
    clauses = [f"{_names(s)} {one if len(s) == 1 else many}" for s, one, many in parts if s]
    return f"{passed} of {plural(len(checks), 'check')} pass. {_sentence('; '.join(clauses))}"


def _every(count: int, noun: str) -> str:
    return f"The {noun} passes" if count == 1 else f"All {plural(count, noun)} pass"


def _names(slugs: list[str]) -> str:
    return listed([f"`{slug}`" for slug in slugs], "exercise")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _actions(views: list[ExerciseView]) -> list[Action]:
    lost = [v for v in views if _worth(v.exercise) > 0]
    lost.sort(key=lambda v: (v.exercise.is_untouched, -_worth(v.exercise)))
    return [_action(view) for view in lost[:_ACTIONS]]


def _action(view: ExerciseView) -> Action:
    exercise = view.exercise
    first = next((c for c in view.shown if not c.check.advice and c.check.status == "failed"), None)
    told = [exercise.diagnosis.message] if exercise.diagnosis else [view.fault, *repair_sentences(exercise)]
    if first:
        told.append(first.check.sentence or f"{first.check.title}: this does not hold yet.")
    target = first if first and not view.fault else None
    return Action(
        slug=exercise.slug,
        text=next(filter(None, told), "Some checks do not pass yet."),
        anchor=target.anchor if target else view.anchor,
        target=target.check.title if target else exercise.slug,
        points=_worth(exercise),
    )


def _worth(exercise: ExerciseResult) -> float:
    """Return the points that fixing an exercise may earn, without deductions such as for lateness."""
    by_checks = sum(c.max_points - c.points - c.open_points for c in exercise.checks if not c.advice)
    return min(by_checks, exercise.max_points - exercise.points - exercise.open_points)
