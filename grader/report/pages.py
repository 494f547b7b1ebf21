"""Render results as self-contained HTML pages that load nothing from the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from grader.report.class_summary import FLAGS, ClassSummary, packed
from grader.report.code_view import Code, listings
from grader.report.exercise_summary import EXAMPLES, ExerciseTally
from grader.report.file_names import file_name
from grader.report.glance import glance
from grader.report.redact import for_student
from grader.report.student_view import exercise_view, page
from grader.report.templates import address, environment
from grader.results import ExerciseResult, Result
from grader.text.escape import visible
from grader.text.wording import STATUSES, lesson_name, moment

_STATIC: Final = 200
"""Largest number of students for which the class page shows all rows without a script."""
_FIRST: Final = 100
_CAUSES: Final = 2
"""Most likely causes that a student's row names; class.js uses it as well."""

Audience = Literal["student", "instructor"]


def student_page(
    result: Result, *, audience: Audience = "student", title: str = "", code: Code | None = None
) -> str:
    """Return one student's report.

    Args:
        audience: an instructor also sees the inputs and outputs of hidden cases.
        title: the course's name, shown above the heading.
        code: what the student handed in, for an instructor's page beside the others of a class.
    """
    seen = for_student(result) if audience == "student" else result
    beside, whole = listings(result, code) if code and audience == "instructor" else ({}, [])
    return (
        environment()
        .get_template("student.html.j2")
        .render(
            page=page(seen, title=title),
            audience=audience,
            is_listed=code is not None and audience == "instructor",
            beside=beside,
            whole=whole,
        )
    )


def class_page(seen: ClassSummary, *, title: str) -> str:
    """Return the class page; it links only to files beside it."""
    large = len(seen.rows) > _STATIC
    return (
        environment()
        .get_template("class.html.j2")
        .render(
            seen=seen,
            title=title,
            when=moment(seen.latest),
            glance=glance(seen),
            named=_CAUSES,
            rows=seen.rows[:_FIRST] if large else seen.rows,
            data=_data(seen) if large else None,
            statuses=[s for s in STATUSES if any(m and m.status == s for r in seen.rows for m in r.marks)],
        )
    )


def exercise_page(
    tally: ExerciseTally, examples: Mapping[str, ExerciseResult], *, title: str, text: str = ""
) -> str:
    """Return the page of one exercise; it links to the class page and to reports.

    Args:
        examples: the results of the students in `tally.examples`, shown with details for instructors.
        text: the task's text.
    """
    views = {
        student: exercise_view(exercise, f"x{number}")
        for number, (student, exercise) in enumerate(examples.items(), 1)
    }
    return (
        environment()
        .get_template("overview.html.j2")
        .render(
            e=tally,
            title=title,
            lesson=lesson_name(tally.lesson),
            text=text,
            checks=sorted(tally.checks, key=lambda check: check.passed / check.total),
            most=EXAMPLES,
            views=views,
        )
    )


def _data(seen: ClassSummary) -> dict[str, object]:
    marks, rows = packed(seen.rows)
    return {
        "rows": [_shown(row) for row in rows],
        "marks": marks,
        "statuses": STATUSES,
        "flags": FLAGS,
        "causes": [visible(cause.name) for cause in seen.causes],
    }


def _shown(row: list[object]) -> list[object]:
    """Return a packed row with the student's name as shown, and the link if the name does not imply it."""
    student = str(row[0])
    if file_name(student) == student:
        return [visible(student), *row[1:]]
    return [visible(student), *row[1:4], *(row[4:] or [0]), address(student)]
