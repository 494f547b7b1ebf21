"""The verdict, the next actions and the order of evidence follow from the result alone."""

import pytest
from msgspec.structs import replace
from support import samples

from grader.report.student_view import Action, page
from grader.results import AMBIGUOUS, Fault


def verdict(*exercises):
    return page(samples.result("student-01", list(exercises)), title="").verdict


FOUND_TWICE = replace(
    samples.absent("a", "missing"), error=Fault(type=AMBIGUOUS, message="Keep one of them.")
)


def one(status="passed", checks=1):
    return samples.exercise(
        "f", "", [samples.check(f"c{i}", "C", status) for i in range(checks)], status=status
    )


@pytest.mark.parametrize(
    ("exercises", "text"),
    [
        ((), "This result has no exercises."),
        ((samples.relu(),), "All 3 checks pass. Nothing is left to fix."),
        ((one(),), "The check passes. Nothing is left to fix."),
        ((samples.absent("a", "missing"),), "No exercise of this course was found in the submission."),
        ((FOUND_TWICE,), "0 of 2 checks pass. `a` needs another look."),
        (
            (samples.relu(), samples.softmax(), samples.absent("a", "missing")),
            "6 of 9 checks pass. `relu` is done; `softmax` needs another look; `a` has not been started.",
        ),
        (
            (samples.softmax(), *[replace(samples.relu(), slug=f"r{i}") for i in range(4)]),
            "15 of 16 checks pass. 4 exercises are done; `softmax` needs another look.",
        ),
    ],
)
def test_the_verdict_is_one_sentence_about_everything(exercises, text):
    assert verdict(*exercises) == text


def test_three_actions_the_most_valuable_first_and_untouched_ones_last():
    exercises = [
        samples.absent("a", "missing"),
        samples.softmax(),
        samples.tanh(),
        samples.absent("b", "undecided"),
    ]
    assert page(samples.result("x", exercises), title="").actions == [
        Action(
            slug="softmax",
            text="`np.exp` overflows above 709: subtract each row's maximum first.",
            anchor="e2c4",
            target="Stays finite for large scores",
            points=3.0,
        ),
        Action(
            slug="tanh",
            text="ValueError on line 3: shapes (2, 3) and (2,) cannot be combined.",
            anchor="e3",
            target="tanh",
            points=2.0,
        ),
        Action(
            slug="a",
            text="No file of this submission defines a. Check the file's name and the function's name.",
            anchor="e1",
            target="a",
            points=2.0,
        ),
    ]


def test_an_action_falls_back_to_the_checks_title():
    actions = page(samples.result("x", [one("failed")]), title="").actions
    assert actions[0].text == "C: this does not hold yet."
    skipped = page(samples.result("x", [replace(one("skipped"), status="failed")]), title="").actions
    assert skipped[0].text == "Some checks do not pass yet."


def test_checks_that_say_no_more_than_the_fault_wait():
    view = page(samples.result("x", [samples.tanh()]), title="").exercises[0]
    assert [v.check.name for v in view.waiting] == ["odd", "within"]
    assert view.shown == []


def test_checks_of_an_absent_exercise_were_not_run():
    view = page(samples.result("x", [samples.absent("a", "missing")]), title="").exercises[0]
    assert {v.status.word for v in view.checks} == {"Not run"}


@pytest.mark.parametrize(
    ("exercise", "tally"),
    [
        (samples.sigmoid_derivative(), "1 of 4 checks pass, 1 not run"),
        (one(), "1 of 1 check passes"),
        (one(checks=0), "no checks"),
    ],
)
def test_the_tally_counts_what_counts(exercise, tally):
    assert page(samples.result("x", [exercise]), title="").exercises[0].tally == tally


@pytest.mark.parametrize(
    ("result", "title", "heading"),
    [
        (samples.usual(), "Course", "Activations"),
        (samples.everything(), "Course", "Course"),
        (samples.everything(), "", "All exercises"),
    ],
)
def test_the_heading_is_the_lesson_or_the_course(result, title, heading):
    assert page(result, title=title).heading == heading


def test_points_that_were_taken_for_other_reasons_are_nothing_to_fix():
    late = replace(samples.relu(), points=1.0, remarks=["Handed in 1 day late: 50 % of 2 points taken."])
    both = replace(samples.softmax(), points=0.5)
    found = page(samples.result("x", [late, both]), title="").actions
    assert [(action.slug, action.points) for action in found] == [("softmax", 3.0)]
