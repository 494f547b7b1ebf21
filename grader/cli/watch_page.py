"""The main screen of `grader watch`: the task above, the verdict below, the keys at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from grader.cli import console, result_view
from grader.cli.screen import Size
from grader.course.index import Entry
from grader.results import ExerciseResult
from grader.student.task_text import TaskText
from grader.text.formulas import formula_text
from grader.text.wording import exercise_status

Printer = Callable[[], None]
"""Prints some lines to the console."""

_LINES: Final = 3
"""Lines of the task on a screen of 24 rows; a higher one has room for more."""
_ROWS: Final = 24
_LEAST: Final = 20
"""Least width in columns for which lines are laid out."""


@dataclass(frozen=True)
class Page:
    """What the main screen shows."""

    entry: Entry
    text: TaskText
    place: str
    """Where the exercise is in its lesson."""
    file: str
    lesson_text: str
    """Path of the lesson's text; empty if there is none."""
    state: str
    """What goes on, such as `checking…`."""
    result: ExerciseResult | None
    """The result to show; None before the first one."""
    is_checking: bool
    done: int
    total: int
    passed: Sequence[str] = ()
    """What has just passed."""
    notes: Sequence[Printer] = ()
    """What keys asked for: hints and answers."""


def drawn(page: Page, size: Size) -> list[str]:
    """Return the lines of the screen, at most as many as it has rows."""
    width = max(size.columns - 1, _LEAST)
    top = _captured(width, lambda: _task(page, width, size.rows))
    bottom = _captured(width, lambda: _foot(page, width))
    notes = _captured(width, lambda: [note() for note in page.notes])
    room = max(size.rows - len(top) - len(bottom), _LINES)
    kept = notes[-max(room - _LINES, 1) :]
    middle = _verdict(page, width, room - len(kept)) + kept
    above = top[: max(size.rows - len(bottom) - len(middle), 1)]
    gap = [""] * (size.rows - len(above) - len(middle) - len(bottom))
    return [console.cut(line, size.columns) for line in [*above, *middle, *gap, *bottom][: size.rows]]


def _captured(width: int, prints: Callable[[], object]) -> list[str]:
    with console.captured(width) as found:
        prints()
    return found.lines


def _task(page: Page, width: int, rows: int) -> None:
    entry, text = page.entry, page.text
    spare = max(rows - _ROWS, 0) // 2
    console.line(f"{entry.slug}  {entry.title}", style="bold", hang=2, most=1)
    console.line(page.place, style="dim", most=1)
    _rule(width)
    told = "\n".join([text.gist, *text.details]) or entry.title
    console.line(told, most=_LINES + spare)
    if entry.formula:
        console.line(formula_text(entry.formula), label="formula:  ", style="cyan", most=2)
    _examples(text.examples, width, 2 + spare // 2)
    console.line(page.file, label="file:     ", most=1)
    if page.lesson_text:
        console.line(page.lesson_text, label="text:     ", most=1)
    _rule(width)


def _examples(examples: Sequence[str], width: int, most: int) -> None:
    """Print the last example; as one line with its result if that is short enough."""
    if not examples:
        return
    code, _, shown = examples[-1].partition("\n")
    setup = [line for one in examples[:-1] if "\n" not in one for line in one.splitlines()]
    result = " ".join(shown.split())
    row = f"{code}  →  {result}" if result else code
    lines = [*setup, row] if len(row) <= width - 10 else [*setup, code, result]
    kept = lines if len(lines) <= most else [console.ELLIPSIS, *lines[-most + 1 :]]
    for place, line in enumerate(kept):
        label = f"{'' if place else 'example:':10}"
        console.line(line, label=label, style="cyan", most=2 if most > 2 else 1)


def _verdict(page: Page, width: int, room: int) -> list[str]:
    """Return the verdict in at most `room` lines."""
    lines = _captured(width, lambda: _head(page))
    if page.result is not None:
        result = page.result
        lines += _captured(width, lambda: _said(result))
    if len(lines) <= room:
        return lines
    cut = _captured(width, lambda: console.line(f"{console.ELLIPSIS} m shows the rest.", style="dim"))
    return [*lines[: max(room - 1, 1)], *cut]


def _said(result: ExerciseResult) -> None:
    result_view.brief(result)
    if result.is_untouched:
        console.line("e opens the file in your editor; every save is checked.", style="dim")


def _head(page: Page) -> None:
    if page.passed:
        names = ", ".join(page.passed)
        verb = "passes" if len(page.passed) == 1 else "pass"
        text = f"{console.mark('passed')} {names} {verb}. Next: {page.entry.slug}."
        console.line(text, style="bold green", hang=2, most=2)
    if page.is_checking or page.result is None:
        console.line(page.state, style="bold yellow")
        return
    tone = console.style(exercise_status(page.result).shape)
    console.line(result_view.head(page.result), style=f"bold {tone}", hang=2, most=1)


def _foot(page: Page, width: int) -> None:
    _rule(width)
    bar = console.bar(page.done / page.total, 20)
    console.line(f"{bar} {page.done} of {page.total} done. {page.state}", style="dim", most=1)
    own, other = (_keys_text(row) for row in keys(page.result))
    together = f"{own}  {other}"
    for row in [together] if len(together) <= width else [own, other]:
        console.line(row, style="dim", most=1)


def _keys_text(row: dict[str, str]) -> str:
    return "  ".join(f"{key} {word}" for key, word in row.items())


def keys(result: ExerciseResult | None) -> tuple[dict[str, str], dict[str, str]]:
    """Return the keys for the exercise with this result, and those that lead elsewhere."""
    fails = result is not None and result.status != "passed" and not result.is_untouched
    own = {"e": "edit", "h": "hint", **({"d": "debug", "m": "more"} if fails else {}), "t": "text"}
    other = {"n": "next", "p": "previous", "l": "list", "a": "all", "o": "report", "q": "quit"}
    return own, other


def _rule(width: int) -> None:
    console.line("─" * width, style="dim")
