"""Nothing that came out of a hidden case reaches a student, by whatever channel it is sent."""

import pytest
import samples
from msgspec.structs import replace

from grader import results
from grader.audience import for_student
from grader.results import Fault

SECRET = "0.4711"


def leaking(**more):
    value = {"call": SECRET, "got": SECRET, "expected": SECRET, "smallest": SECRET, "case": SECRET} | more
    check = samples.check("c", "Is even", "failed", case_hidden=True, **value)
    return samples.result("student-01", [samples.exercise("f", "F", [check])])


def test_values_calls_and_pictures_of_hidden_cases_are_gone():
    full = samples.sigmoid_derivative().checks[1]
    seen = for_student(
        leaking(difference=full.difference, picture=full.picture, shapes=None, message="1 differs.")
    )
    check = seen.exercises[0].checks[0]
    assert check == samples.check("c", "Is even", "failed", case_hidden=True, message="1 differs.")


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("9 of 12 values differ.", "9 of 12 values differ."),
        (f"ValueError on line 3: {SECRET}.", "ValueError on line 3."),
        (f"ValueError: {SECRET}", "ValueError."),
        (f"_{SECRET[2:]} on line 3: x.", "An exception on line 3."),
        (f"Your function changed its input: z[0] was {SECRET}.", "Your function changed its input."),
        (f"You returned '{SECRET}'; expected 'a'.", "You returned …; expected …."),
        (f'Your dictionary has "{SECRET}" in addition.', "Your dictionary has … in addition."),
        (
            f"You returned an object of type a{SECRET}; expected a float.",
            "You returned an object …; expected a float.",
        ),
    ],
)
def test_sentences_keep_only_what_a_student_cannot_have_written(message, shown):
    assert for_student(leaking(message=message)).exercises[0].checks[0].message == shown


@pytest.mark.parametrize(("name", "shown"), [("ValueError", "ValueError"), (f"E{SECRET}", "An exception")])
def test_of_a_hidden_fault_type_and_line_remain(name, shown):
    fault = Fault(type=name, message=SECRET, line=3, traceback=SECRET, case_hidden=True)
    seen = for_student(samples.result("a", [replace(samples.tanh(), error=fault)]))
    assert seen.exercises[0].error == Fault(
        type=shown, message=f"{shown} on line 3, in a hidden case.", line=3, case_hidden=True
    )


def test_public_cases_are_untouched():
    result = samples.result("student-01", [samples.tanh(), samples.leaky_relu()])
    assert for_student(result) == result


def test_no_byte_of_a_secret_is_left():
    message = f"ValueError on line 3: {SECRET}"
    assert SECRET.encode() not in results.to_json(for_student(leaking(message=message)))
