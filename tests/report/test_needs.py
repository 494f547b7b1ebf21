"""Only what needs a person is named, with the students whom it is about."""

from __future__ import annotations

from msgspec.structs import replace
from support import samples

from grader.report.class_summary import ClassCounter
from grader.report.needs import Need
from grader.report.pages import class_page
from grader.results import Result


def needs(*results: Result, listed: tuple[str, ...] = ()) -> dict[str, list[str]]:
    return {need.title: need.students for need in all_needs(*results, listed=listed)}


def all_needs(*results: Result, listed: tuple[str, ...] = ()) -> list[Need]:
    counter = ClassCounter()
    for result in results:
        counter.add(result, is_listed=result.student in listed)
    return counter.summary().needs


def one(student: str, status: str = "passed") -> Result:
    exercise = samples.relu() if status == "passed" else samples.absent("relu", status)
    return samples.result(student, [exercise])


def wrong(student: str, *slugs: str) -> Result:
    exercises = [replace(samples.relu("failed"), slug=slug, diagnosis=None) for slug in slugs]
    return samples.result(student, [samples.tanh(), samples.passing(samples.softmax()), *exercises])


def test_where_nothing_needs_anybody_nothing_is_shown() -> None:
    assert needs(one("a"), one("b")) == {}
    counter = ClassCounter()
    counter.add(one("a"))
    assert "Needs you" not in class_page(counter.summary(), title="x")


def test_each_student_is_named_where_a_person_is_needed() -> None:
    undecided = samples.everything("d")
    assert needs(one("a"), one("b", "unreadable"), one("c", "missing"), undecided) == {
        "The grader itself failed": ["d"],
        "A file cannot be read": ["b"],
        "No points": ["c"],
        "A wrong answer with no known cause": ["d"],
    }


def test_strangers_to_a_roster_are_named_if_there_is_one() -> None:
    assert needs(one("a"), one("b"), listed=("a",)) == {"Not in the roster": ["b"]}


def test_wrong_answers_are_told_by_exercise_unless_a_cause_or_a_small_change_is_known() -> None:
    mended = replace(samples.repaired(samples.relu("failed")), slug="relu")
    known = samples.result("c", [samples.passing(samples.softmax()), mended])
    (need,) = all_needs(wrong("a", "relu"), wrong("b", "relu", "leaky_relu"), known)
    assert (need.students, need.exercises) == (["a", "b"], [("relu", 2), ("leaky_relu", 1)])


def test_the_panel_leads_to_students_and_exercises_and_escapes_names() -> None:
    counter = ClassCounter()
    for number in range(12):
        counter.add(wrong(f"<b>{number}", "relu"))
    page = class_page(counter.summary(), title="x")
    panel = page.partition('id="needs"')[2].partition("</section>")[0]
    assert panel.count('href="instructor/') == 8
    assert "and 4 more" in panel
    assert 'href="exercises/relu.html#answers"' in panel
    assert "&lt;b&gt;0</a>" in panel
