"""Every status has a shape and a word; names and dates read well."""

from typing import get_args

import pytest
from support import samples

from grader.results import CheckStatus, ExerciseStatus
from grader.text.wording import (
    ADVICE,
    PARTIAL,
    check_status,
    exercise_status,
    fault_sentence,
    hint_label,
    lesson_name,
    listed,
    moment,
)


@pytest.mark.parametrize("status", get_args(ExerciseStatus))
def test_every_exercise_status_has_a_word_and_every_fault_a_sentence(status):
    exercise = samples.absent("relu", status)
    assert exercise_status(exercise).word
    sentence = fault_sentence(exercise)
    assert bool(sentence) == (status not in ("passed", "failed"))
    assert "{" not in sentence


@pytest.mark.parametrize("status", get_args(CheckStatus))
def test_every_check_status_has_a_word(status):
    assert check_status(samples.check("c", "C", status)).word


def test_failed_advice_is_no_failure():
    assert check_status(samples.check("c", "C", "failed", advice=True)) == ADVICE


def test_some_points_are_partial():
    assert exercise_status(samples.softmax()) == PARTIAL


def test_the_fault_itself_comes_before_a_general_sentence():
    assert fault_sentence(samples.tanh()).startswith("ValueError on line 3")


@pytest.mark.parametrize(
    ("lesson", "name"), [("21_linear_algebra", "Linear algebra"), ("losses", "Losses"), ("", ""), ("01_", "")]
)
def test_lessons_are_named_by_their_folders(lesson, name):
    assert lesson_name(lesson) == name


@pytest.mark.parametrize(
    ("iso", "text"), [("2026-03-04T06:07:08+00:00", "4 March 2026, 06:07 UTC"), ("soon", "soon"), ("", "")]
)
def test_moments_are_dates_of_people(iso, text):
    assert moment(iso) == text


def test_hints_lead_from_where_to_detail():
    assert [hint_label(i, 4) for i in range(1, 5)] == [
        "Hint 1 of 4: where to look",
        "Hint 2 of 4: the idea",
        "Hint 3 of 4: a detail",
        "Hint 4 of 4: a detail",
    ]
    assert hint_label(1, 1) == "Hint: where to look"


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a"] * 4, "4 exercises")]
)
def test_lists_are_short(names, text):
    assert listed(names, "exercise") == text
