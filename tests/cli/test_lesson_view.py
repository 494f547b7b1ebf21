"""A lesson's text at the terminal: formulas are text, code is left alone, and every line fits."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from grader import resources
from grader.cli import console
from grader.cli.lesson_view import show_lesson, without_latex


def test_formulas_become_text_and_code_stays() -> None:
    text = "The slope $\\frac{1}{n}$ costs \\$5.\n\n$$f(z) =\n2 \\cdot z$$\n\n```python\n>>> '$a$'\n```\n"
    assert without_latex(text) == (
        "The slope `1/n` costs \\$5.\n\n\n    f(z) = 2 ⋅ z\n\n\n```python\n>>> '$a$'\n```\n"
    )


def test_every_lesson_fits_the_terminal_and_acts_by_nothing() -> None:
    folder = resources.exercises()
    assert folder
    lessons = sorted(folder.glob("*/README.md"))
    assert lessons
    for path in lessons:
        with console.captured(79) as shown:
            show_lesson(f"{path.read_text(encoding='utf-8')}\n\x1b[2J")
        plain = [Text.from_ansi(line).plain for line in shown.lines]
        assert [line for line in plain if cell_len(line) > 79 or "$$" in line or "\\frac" in line] == []
        assert "\x1b[2J" not in "".join(shown.lines)
