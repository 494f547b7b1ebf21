"""A task at a glance: what to do, what goes in and out, and the example of the stub."""

from __future__ import annotations

from grader import resources
from grader.course.index import Entry, read
from grader.student.task_text import TaskText, task_text

STUB = '''"""A title."""
def f(a, b):
    """Return the sum.

    Both may be
    empty.

    Args:
        a: numbers, shape (n,),
            n may be 0.
        b: numbers.

    Returns:
        Their sum, a new array
        of floats.

    >>> a = 1
    >>> f(a, 2)
    3
    """
    raise NotImplementedError
'''


def entry(stub: str) -> Entry:
    return Entry(slug="f", lesson="01_small", title="F", points=1, stub=stub)


def test_paragraphs_are_joined_and_examples_keep_their_form() -> None:
    assert task_text(entry(STUB)) == TaskText(
        gist="Return the sum. Both may be empty.",
        details=("a: numbers, shape (n,), n may be 0.", "b: numbers.", "Their sum, a new array of floats."),
        examples=("a = 1", "f(a, 2)\n3"),
    )


def test_a_stub_without_a_text_has_none() -> None:
    assert [task_text(entry(stub)) for stub in ("", "def f(:", "x = 1", "def f(): pass")] == [TaskText()] * 4


def test_every_exercise_of_the_course_has_a_gist_and_an_example() -> None:
    folder = resources.exercises()
    assert folder
    texts = {one.slug: task_text(one) for one in read(folder)}
    assert [slug for slug, text in texts.items() if not (text.gist and text.examples)] == []
