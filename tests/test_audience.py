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
        leaking(difference=full.difference, picture=full.picture, shapes=None, message="It differs.")
    )
    check = seen.exercises[0].checks[0]
    assert check == samples.check("c", "Is even", "failed", case_hidden=True, message="It differs.")


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
            f"You returned an object of type a {SECRET} b\nc; expected a float.",
            "You returned …; expected a float.",
        ),
        (f"You returned value {SECRET}; expected a NumPy array.", "You returned …; expected a NumPy array."),
        (f"You returned {SECRET} in item 1; expected 0.7778.", "You returned …; expected …."),
        (f"You raised E{SECRET[2:]} on line 3: {SECRET}; expected ValueError.", "You raised … on line 3."),
        (
            f"You raised E{SECRET[2:]} on line 3; expected ValueError.",
            "You raised … on line 3; expected ValueError.",
        ),
        (
            f"2 of 3 values differ in item 1; the largest difference is {SECRET}, at row 4711, column 2.",
            "2 of 3 values differ.",
        ),
        (
            "2 of 3 values are nan and inf; expected finite numbers.",
            "2 of 3 values are nan and inf.",
        ),
        (
            f"A value is −{SECRET}; expected all of them between 0 and 1e−10.",
            "A value is …; expected all of them between … and ….",
        ),
        ("Your output has shape (4711,); expected (1, 4711).", "Your output has shape …; expected …."),
        (f"f({SECRET}) + f(−{SECRET}) is nan; expected 1.", "f… + f… is …; expected …."),
        (
            f"The value at row 4711, column 2 is {SECRET}; expected equal ones.",
            "The value at row …, column … is …; expected equal ones.",
        ),
        ("The value at index 4711, 2 is inf.", "The value at index … is …."),
        (
            f'Your dictionary under "W" lacks "b" and has "x", "{SECRET}" and "y" in addition.',
            "Your dictionary under … and has … in addition.",
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
