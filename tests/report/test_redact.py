"""Nothing that came out of a hidden case reaches a student, by whatever channel it is sent."""

import msgspec
import pytest
from msgspec.structs import replace
from support import samples

from grader.report.redact import for_student, held_back
from grader.results import ChangedLine, CheckResult, Fault, Place, Repair

SECRET = "0.4711"


def leaking():
    """Return a hidden failure whose every field tells the secret, except those a student may read."""
    full = samples.sigmoid_derivative().checks[1]
    return CheckResult(
        name="c",
        title="Is even",
        status="failed",
        points=0,
        max_points=2,
        message="It differs.",
        details=SECRET,
        case=SECRET,
        case_hidden=True,
        call=SECRET,
        printed=SECRET,
        expected=SECRET,
        got=SECRET,
        difference=full.difference,
        shapes=None,
        picture=full.picture,
        smallest=SECRET,
        duration_s=4711.0,
    )


def seen_of(check, **more):
    exercise = replace(samples.exercise("f", "F", [check]), **more)
    return for_student(samples.result("student-01", [exercise])).exercises[0]


def test_of_a_hidden_failure_a_student_reads_the_fixed_sentence_alone():
    assert seen_of(leaking()).checks == [
        CheckResult(
            name="c",
            title="Is even",
            status="failed",
            points=0,
            max_points=2,
            message="It differs.",
            case_hidden=True,
        )
    ]


def test_of_a_check_that_holds_in_hidden_cases_too_no_student_reads_how_long_they_took():
    passed = CheckResult(
        name="c", title="Is even", status="passed", points=2, max_points=2, duration_s=4711.0
    )
    assert seen_of(passed).checks == [replace(passed, duration_s=0.0)]


def test_of_a_hidden_fault_a_student_reads_the_fixed_sentence_alone():
    fault = Fault(
        type="ValueError",
        message="Your function raised ValueError.",
        details=SECRET,
        line=4711,
        traceback=SECRET,
        excerpt=[(4711, SECRET)],
        case_hidden=True,
    )
    assert seen_of(leaking(), error=fault).error == Fault(
        type="ValueError", message="Your function raised ValueError.", case_hidden=True
    )


def test_how_long_a_submission_took_is_not_told():
    assert for_student(samples.usual()).duration_s == 0


def test_public_cases_are_untouched():
    result = samples.result("student-01", [samples.tanh(), samples.leaky_relu()])
    assert for_student(result) == replace(result, duration_s=0.0)


def test_no_byte_of_a_secret_is_left():
    assert b"4711" not in msgspec.json.encode(seen_of(leaking()))


REPAIR = Repair(
    file="f.py",
    function="f",
    line=3,
    kind="axis: sum",
    excerpt=[(3, "    return Z.sum(axis=0)")],
    where=[Place(3, "Look at the axis of this sum.")],
    what=["axis=0 combines the rows."],
    change=[ChangedLine(3, "    return Z.sum(axis=0)", "    return Z.sum(axis=1)")],
    is_full=True,
    code="def f(Z):\n    return Z.sum(axis=0)",
)
WHERE = replace(REPAIR, kind="", what=[], change=[], told="where", code="")
WHAT = replace(WHERE, what=REPAIR.what, told="what")
CHANGE = replace(WHAT, change=REPAIR.change, told="change")


@pytest.mark.parametrize(
    ("told", "seen"), [("off", None), ("where", WHERE), ("what", WHAT), ("change", CHANGE)]
)
def test_a_repair_is_told_until_its_stage_and_never_what_is_for_instructors(told, seen):
    assert seen_of(leaking(), repair=replace(REPAIR, told=told)).repair == seen


def test_a_change_with_code_of_the_solution_is_never_told():
    assert seen_of(leaking(), repair=replace(REPAIR, uses_solution=True)).repair == replace(CHANGE, change=[])


@pytest.mark.parametrize(
    ("until", "seen"), [("off", None), ("where", WHERE), ("what", WHAT), ("change", WHAT)]
)
def test_nothing_lifts_the_stage_of_a_repair(until, seen):
    assert held_back(replace(REPAIR, told="what"), until) == seen
