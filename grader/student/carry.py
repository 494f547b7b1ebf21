"""Move a student's work out of folders of lessons that have got another number."""

from __future__ import annotations

from pathlib import Path

from grader.course.course import Course
from grader.course.index import Entry
from grader.course.renumbered import renumbered
from grader.student.reset import is_untouched
from grader.text.wording import listed


def carry_over(course: Course) -> list[str]:
    """Move what was written in folders of earlier names to the present ones; return a sentence for each.

    A file is moved only over an untouched stub or where there is none, and stubs without work stay. Nothing
    is moved in a course with a reference, or if the exercises are the installed ones.
    """
    if course.is_installed or course.reference.is_dir():
        return []
    entries = course.entries()
    lessons = {entry.lesson for entry in entries}
    folders = [path.name for path in course.exercises.iterdir() if path.is_dir()]
    moves = renumbered(sorted(folders), lessons)
    told = (_carried(course.exercises, old, new, entries) for old, new in moves.items())
    return [sentence for sentence in told if sentence]


def _carried(exercises: Path, old: str, new: str, entries: list[Entry]) -> str:
    moved = []
    for entry in (one for one in entries if one.lesson == new):
        source, target = exercises / old / f"{entry.slug}.py", exercises / entry.path
        try:
            is_free = not target.exists() or is_untouched(target, entry)
            if is_free and source.is_file() and _has_work(source, entry):
                source.replace(target)
                moved.append(entry.slug)
        except OSError as error:
            return f"Your work in {old} belongs to {new} now, but cannot be moved: {error.strerror}."
    return (
        f"The lesson {old} is {new} now; your work on {listed(moved, 'exercise')} was moved." if moved else ""
    )


def _has_work(path: Path, entry: Entry) -> bool:
    from grader.submissions.source import parse  # loaded only where something may have to be moved

    found = parse(path.name, path.read_bytes())
    defined = [found.definitions[name] for name in entry.names if name in found.definitions]
    return bool(found.fault) or any(not one.is_stub for one in defined)
