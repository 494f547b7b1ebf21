"""Show a result in the terminal: likely cause, the first failed check with evidence, the others by name."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from grader.cli import console
from grader.report.redact import held_back
from grader.results import JUDGED, UNREAD, UNTOUCHED, CheckResult, ExerciseResult, Repair, RepairStage, Result
from grader.text.numbers import plural, points_text
from grader.text.stages import reached, tally
from grader.text.wording import check_status, exercise_status, fault_sentence, scored

_UNCALLED = (*UNTOUCHED, *UNREAD)
_GIST = ("passed", *JUDGED)
"""Statuses for which the checks say more than the exercise's own sentence."""
_COLUMN = 14
_PRINTED = 20
"""Most lines shown of what a call printed."""
_ROOM = 60
"""Least width of the terminal, in columns, at which a value is printed beside its name."""


def show(
    result: Result,
    *,
    everything: bool = False,
    named: bool = True,
    following: str = "",
    targets: Sequence[str] = (),
) -> None:
    """Print every exercise, the notes and the score.

    Args:
        everything: whether to show passed checks, and the evidence of each failure.
        named: whether the user named the exercises; otherwise, those not started are counted, not listed.
        following: the exercise to solve next, shown with that count.
        targets: the command's arguments, for a suggested command; by default each exercise's name.
    """
    listed = [e for e in result.exercises if named or everything or not e.is_untouched]
    for exercise in listed:
        _exercise(exercise, everything, shlex.join(targets) or exercise.slug)
    for note in result.notes:
        console.line(note, style="yellow")
    rest = len(result.exercises) - len(listed)
    if rest:
        upcoming = f"; the next is {following}" if following else ""
        verb = "is" if rest == 1 else "are"
        console.line(f"{plural(rest, 'exercise')} {verb} not started yet{upcoming}.", style="dim")
    console.out.print()
    score(result)


def brief(exercise: ExerciseResult) -> None:
    """Print the likely cause and one example of what fails, in a few lines; the head is not printed."""
    _stages(exercise, indent=0, most=2)
    for remark in exercise.remarks:
        console.line(remark, style="yellow", most=2)
    if exercise.diagnosis:
        console.line(f"Likely cause: {exercise.diagnosis.message}", style="magenta", hang=2, most=3)
    sentence = fault_sentence(exercise)
    if sentence and exercise.status not in _GIST:
        console.line(sentence, most=3)
        _excerpt(exercise, indent=0)
    if exercise.status in _UNCALLED:
        return
    failed = [check for check in exercise.checks if check.status == "failed" and not check.advice]
    for check in failed[:1]:
        console.line(f"{console.mark('failed')} {check.title}", style=console.style("failed"), hang=2, most=2)
        _evidence(check, {sentence}, indent=2, most=3)
    undecided = [check for check in exercise.checks if check.status == "undecided"]
    for check in undecided[:1]:
        console.line(f"{console.mark('error')} {check.title}: {check.sentence}", hang=2, most=2)
    if len(failed) > 1:
        checks = plural(len(failed) - 1, "other check")
        verb = "fails" if len(failed) == 2 else "fail"
        console.line(f"{checks} {verb} too; m shows all.", style="dim")


def head(exercise: ExerciseResult) -> str:
    """Return the mark, the word of the status and the points of an exercise."""
    status = exercise_status(exercise)
    points = f"{points_text(exercise.points)}/{points_text(exercise.max_points)}"
    return f"{console.mark(status.shape)} {exercise.slug}  {status.word}  {points}"


def score(result: Result) -> None:
    """Print only the points."""
    console.line(scored(result), style="bold")


def _exercise(exercise: ExerciseResult, everything: bool, target: str) -> None:
    tone = console.style(exercise_status(exercise).shape)
    console.line(head(exercise), style=f"bold {tone}", hang=2)
    _stages(exercise, indent=4)
    for remark in exercise.remarks:
        console.line(remark, style="yellow", indent=4)
    if exercise.diagnosis:
        console.line(f"Likely cause: {exercise.diagnosis.message}", style="magenta", indent=4, hang=2)
    repair(exercise, indent=4)
    sentence = fault_sentence(exercise)
    if sentence and exercise.status not in _GIST:
        console.line(sentence, indent=4)
        _excerpt(exercise)
    if exercise.status in _UNCALLED:
        return
    more = _checks(exercise.checks, everything, told={sentence})
    if more:
        console.line(f"Each with its evidence: grader check {target} --all", style="dim", indent=4)
    if exercise.status not in ("passed", "undecided") and exercise.hints:
        console.line(f"Stuck? Run: grader hint {exercise.slug}", style="dim", indent=4)


def repair(
    exercise: ExerciseResult, *, until: RepairStage = "change", indent: int = 0, named: bool = False
) -> None:
    """Print where a small change makes checks pass, and as much of the change as is told until this stage.

    Args:
        named: whether to name the exercise, where that of others may follow.
    """
    found = held_back(exercise.repair, until)
    if not found:
        return
    other = f" of {found.file}" if found.file not in ("", exercise.file) else ""
    line = f"{exercise.slug}, line" if named else "Line"
    for place in found.where:
        console.line(f"{line} {place.line}{other}: {place.sentence}", style="magenta", indent=indent, hang=2)
    for sentence in found.what:
        console.line(sentence, indent=indent + 2)
    if found.change:
        passes = "every check passes" if found.is_full else "more checks pass"
        console.line(f"With this change {passes}:", indent=indent + 2)
    changed(found, indent=indent + 4)


def changed(found: Repair, *, indent: int) -> None:
    """Print the lines that a small change takes away and brings."""
    for line in found.change:
        for mark, text, style in (("-", line.old, "red"), ("+", line.new, "green")):
            if text:
                console.line(f"{mark} {text}", style=style, indent=indent, hang=4)


def _stages(exercise: ExerciseResult, *, indent: int, most: int = 0) -> None:
    """Print how far an attempt is that does not pass yet."""
    stages = [] if exercise.status in ("passed", "undecided") else reached(exercise)
    if stages:
        marks = [f"{console.mark('passed' if one.is_reached else 'failed')} {one.label}" for one in stages]
        console.line("  ".join(marks), label=f"{tally(stages)}:  ", style="cyan", indent=indent, most=most)


def _excerpt(exercise: ExerciseResult, *, indent: int = 4) -> None:
    fault = exercise.error
    for number, text in fault.excerpt if fault else ():
        here = fault is not None and number == fault.line
        row = f"{'>' if here else ' '} {number:>4}  {text}"
        console.line(row, style="red" if here else "dim", indent=indent, hang=8)


def _checks(checks: Iterable[CheckResult], everything: bool, *, told: set[str]) -> int:
    """Print the checks, with evidence for the first failed one, or for each if `everything` is true.

    Returns the number of failed checks without evidence.
    """
    explained, more = False, 0
    for check in checks:
        if check.status == "passed" and not everything:
            continue
        status = check_status(check)
        points = "" if check.advice else f"  {points_text(check.points)}/{points_text(check.max_points)}"
        text = f"{console.mark(status.shape)} {check.title}{points}"
        console.line(text, style=console.style(status.shape), indent=4, hang=2)
        if check.status == "undecided" or (everything and check.status == "skipped"):
            console.line(check.sentence, indent=8)
        elif check.status == "failed" and (everything or not explained):
            _evidence(check, told)
            explained = explained or not check.advice
        else:
            more += check.status == "failed" and not check.advice
    return more


def _evidence(check: CheckResult, told: set[str], *, indent: int = 8, most: int = 0) -> None:
    if check.sentence and check.sentence not in told:
        console.line(check.sentence, indent=indent, most=most)
    _pair("called with", check.call, "cyan", indent=indent, most=most)
    _pair("it printed", check.printed.rstrip("\n"), "yellow", indent=indent, most=most or _PRINTED)
    _pair("you returned", check.got, "", indent=indent, most=most)
    _pair("expected", check.expected, "", indent=indent, most=most)
    _pair("smallest input that fails", check.smallest, "cyan", indent=indent, most=most)


def _pair(name: str, text: str, style: str, *, indent: int, most: int) -> None:
    """Print a name and a value beside it, or below it if the line is too short."""
    if not text:
        return
    if ("\n" in text and not most) or len(name) >= _COLUMN or 0 < console.columns() < _ROOM:
        console.line(f"{name}:", style="dim", indent=indent)
        console.line(text, style=style, indent=indent + 2, hang=2, most=most)
    else:
        console.line(text, label=f"{name + ':':{_COLUMN}}", style=style, indent=indent, most=most)
