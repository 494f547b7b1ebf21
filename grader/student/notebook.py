"""Checks inside a notebook: `%load_ext grader`, `%%check softmax`, `grader.check(softmax)`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from types import FunctionType
from typing import Any

from grader.course import course
from grader.errors import GraderError, UsageError
from grader.report.student_view import Page, page
from grader.results import Result
from grader.student.check import check_here
from grader.student.notebook_source import module, namespace
from grader.student.repairing import repaired
from grader.submissions import Submission
from grader.text.numbers import plural, points_text
from grader.text.wording import exercise_status

_number = count(1)
"""Numbers the outputs of a notebook, so that their anchors are unique."""


class Checked:
    """A result that a notebook shows as HTML, and a console as text."""

    def __init__(self, result: Result) -> None:
        self.result = result

    @property
    def view(self) -> Page:
        """The result as a report shows it."""
        return page(self.result, title="", prefix=f"n{next(_number)}")

    def _repr_html_(self) -> str:
        from grader.report.templates import environment

        return environment().get_template("notebook.html.j2").render(page=self.view, audience="student")

    def __repr__(self) -> str:
        return "\n".join(
            f"{e.slug}: {exercise_status(e).word}, {points_text(e.points)} of {plural(e.max_points, 'point')}"
            for e in self.result.exercises
        )


def check(function: FunctionType | type, *, exercise: str = "") -> Checked:
    """Check a function or class of a notebook or session.

    Args:
        exercise: the exercise's name, if the function has another one.
    """
    if not isinstance(function, (FunctionType, type)):
        raise UsageError(
            f"grader.check takes a function such as softmax; this is a {type(function).__name__}."
        )
    here = course.find()
    known = {name: entry.slug for entry in reversed(here.entries()) for name in entry.names}
    slug = exercise or known.get(function.__name__, function.__name__)
    entry = here.entry(slug)
    text = module(function, *_beside(function, entry.subjects))
    if function.__name__ not in entry.names:
        text += f"\n\n{entry.names[0]} = {function.__name__}\n"
    submission = Submission("me", {f"{slug}.py": text.encode()})
    return Checked(repaired(check_here(here, submission, slugs=[slug]), here, submission))


def _beside(function: FunctionType | type, names: Sequence[str]) -> list[FunctionType | type]:
    """Return the other functions and classes of an exercise that has several."""
    known = namespace(function)
    found = [known.get(name) for name in names if name != function.__name__]
    return [one for one in found if isinstance(one, (FunctionType, type))]


def load_ipython_extension(shell: Any) -> None:
    """Register the magic `%%check SLUG` in a notebook: run the cell, then check the function of that name."""

    def magic(line: str, cell: str | None = None) -> Checked | None:
        # A comment replaces the line of the magic, so that line numbers agree with the notebook.
        if cell is not None and not shell.run_cell(f"# checked\n{cell}").success:
            return None  # the notebook shows the error
        try:
            return _checked(shell.user_ns, line.strip())
        except GraderError as error:
            print(f"grader: {error}")
            return None

    shell.register_magic_function(magic, "line_cell", "check")


def _checked(names: dict[str, Any], slug: str) -> Checked:
    entry = course.find().entry(slug)
    found = [names[name] for name in entry.names if isinstance(names.get(name), (FunctionType, type))]
    if not found:
        raise UsageError(f"No cell that was run defines {slug}.")
    return check(found[0], exercise=slug)
