"""How the terminal is spoken to: colours that respect NO_COLOR, student text as text."""

from __future__ import annotations

import re
from textwrap import indent as indented

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from grader.markup import visible
from grader.results import CheckResult, ExerciseResult, Result
from grader.wording import check_status, exercise_status, fault_sentence

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False)
_STYLE = {
    "passed": "green", "failed": "red", "error": "red", "time": "red", "partial": "yellow", "notrun": "dim",
    "advice": "magenta",
}  # fmt: skip
_MARK = {
    "passed": "✓",
    "failed": "✗",
    "error": "!",
    "time": "⏱",
    "partial": "◐",
    "notrun": "○",
    "advice": "i",
}

# GitHub obeys lines that begin with `::`, blanks before it or not, and `##[` anywhere; Azure `##vso[`.
_COMMAND = re.compile(r"(^[^\S\n]*)(?=::)|(#)(?=#(?:vso)?\[)", re.MULTILINE)


def mark(shape: str) -> str:
    """Return a status mark that the console's encoding has."""
    return _MARK[shape] if "utf" in (out.encoding or "").lower() else {"passed": "ok"}.get(shape, shape)


def style(shape: str) -> str:
    """Return the colour of a status; its word always stands beside it."""
    return _STYLE[shape]


def progress() -> Progress:
    """Return a progress bar on standard error; nothing where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal, transient=True)


def line(text: str, *, style: str = "", indent: int = 0) -> None:
    """Print text that may come from a student: no markup, nothing a terminal or CI runner obeys."""
    out.print(Text(indented(inert(text), " " * indent), style=style))


def inert(text: str) -> str:
    """Return `text` with whatever a terminal or a runner that reads its log would obey spelled out."""
    return _COMMAND.sub(r"\1\2\\", visible(text))


def show(result: Result, *, everything: bool = True) -> None:
    """Print a result: every exercise with its checks, then the score."""
    for exercise in result.exercises:
        _exercise(exercise, everything)
    for note in result.notes:
        line(note, style="yellow")
    out.print()
    line(f"{result.points:g} of {result.max_points:g} points", style="bold")


def _exercise(exercise: ExerciseResult, everything: bool) -> None:
    status = exercise_status(exercise)
    head = f"{mark(status.shape)} {exercise.slug}  {status.word}  {exercise.points:g}/{exercise.max_points:g}"
    line(head, style=f"bold {style(status.shape)}")
    for remark in exercise.remarks:
        line(remark, style="yellow", indent=4)
    sentence = fault_sentence(exercise)
    if sentence and exercise.status not in ("failed", "passed", "wrong_type"):
        line(sentence, indent=4)
    if exercise.diagnosis:
        line(f"Likely cause: {exercise.diagnosis.message}", style="magenta", indent=4)
    if exercise.status in ("missing", "not_attempted", "syntax_error", "wrong_signature"):
        return
    for check in exercise.checks:
        if everything or check.status != "passed":
            _check(check)
    if exercise.hints:
        line(f"Stuck? Run: grader hint {exercise.slug}", style="dim", indent=4)


def _check(check: CheckResult) -> None:
    status = check_status(check)
    points = "" if check.advice else f"  {check.points:g}/{check.max_points:g}"
    line(f"{mark(status.shape)} {check.title}{points}", style=style(status.shape), indent=4)
    if check.message and check.status in ("failed", "broken"):
        line(check.message, indent=8)
    if check.status == "failed" and check.call:
        for text in check.call.splitlines():
            line(text, style="cyan", indent=8)
