"""An exercise is counted right, whoever comes first, and equal wrong answers meet."""

from msgspec.structs import replace
from support import samples

from grader.report.class_summary import summary
from grader.report.exercise_summary import Cause, CheckTally, ExerciseCounter, ExerciseTally, Group, answer
from grader.report.histogram import Bar
from grader.results import Fault


def tally(*exercises):
    counter = ExerciseCounter(exercises[0])
    for number, exercise in enumerate(exercises, 1):
        counter.add(f"student-{number:02}", exercise)
    return counter.tally()


def one(status="failed", *, got="2", line=4, seconds=0.0, **more):
    """An exercise of one check, whose single case came back as `got`."""
    fault = Fault(type="TypeError", message=f"TypeError on line {line}.", line=line)
    check = samples.check(
        *("right", "Right", "passed" if status == "passed" else "failed"),
        **{"case": "a case", "expected": "1", "got": got, "duration_s": seconds},
    )
    error = {"error": fault} if status == "raised" else {}
    return samples.exercise("twice", "Twice", [check], status=status, **error, **more)


def test_an_exercise_is_counted_whole():
    cause = samples.softmax().diagnosis
    assert tally(
        one("passed", seconds=0.0012),
        one(diagnosis=cause, hints=["Where?", "How?"], seconds=0.00123),
        one("raised", seconds=0.5),
        one("missing"),
        one(got="3", seconds=0.002),
    ) == ExerciseTally(
        slug="twice",
        title="Twice",
        lesson="03_activations",
        formula="",
        max_points=1,
        mean=0.2,
        median=0,
        done=1,
        untouched=1,
        stopped=1,
        unexplained=1,
        total=5,
        checks=[CheckTally(title="Right", passed=1, failed=2, error=1, idle=1, median_s=0.0012)],
        causes=[
            Cause(
                slug="twice",
                mistake="no_shift",
                message=cause.message,
                prompt="Where?",
                students=["student-02"],
            )
        ],
        groups=[
            Group(students=["student-02"], mistake="no_shift"),
            Group(students=["student-03"]),
            Group(students=["student-05"]),
        ],
        bars=[Bar(label="0", low=0, high=1, count=4), Bar(label="1", low=1, high=2, count=1)],
    )


def test_equal_wrong_answers_are_one_group_and_the_largest_comes_first():
    found = tally(one(got="3"), one(got="2"), one(got="2", seconds=1.0), one(got="4"), one(got="2"))
    assert found.groups == [
        Group(students=["student-02", "student-03", "student-05"]),
        Group(students=["student-01"]),
        Group(students=["student-04"]),
    ]


def test_the_line_of_an_exception_makes_no_other_answer():
    assert answer(one("raised", line=4)) == answer(one("raised", line=17))
    assert answer(one("raised")) != answer(one("failed"))
    syntax = [Fault(type="SyntaxError", message=f"a.py, line {n}: '(' was never closed.") for n in (3, 9)]
    assert len({answer(replace(one("syntax_error"), error=fault)) for fault in syntax}) == 1


def test_another_case_or_value_makes_another_answer():
    base = one()
    check = base.checks[0]
    others = [replace(check, case="another"), replace(check, got="3"), replace(check, name="other")]
    assert len({answer(replace(base, checks=[c])) for c in (check, *others)}) == 4
    advice = samples.check("style", "Style", "failed", advice=True, message="No loops.")
    assert answer(replace(base, checks=[check, advice])) == answer(base)


def test_ten_causes_and_ten_groups_have_an_example_and_nobody_twice():
    found = tally(*(one(got=str(number)) for number in range(12)), one("passed"))
    assert (len(found.unknown), found.examples) == (12, [f"student-{n:02}" for n in range(1, 11)])
    seen = summary(samples.group(30)).exercises[0]
    assert seen.examples == ["student-02", "student-07"]


def test_students_whose_slip_is_of_one_kind_and_place_are_one_group():
    repaired = [samples.repaired(one(got=str(n)), line=n) for n in (2, 3)]
    found = tally(*repaired, samples.repaired(one(got="5"), kind="axis: max"), one(got="7"))
    first = Cause(
        slug="twice",
        mistake="axis: sum",
        message="`twice`: Look at the axis of this sum.",
        prompt="",
        students=["student-01", "student-02"],
        repair=repaired[0].repair,
    )
    assert (found.causes[0], [cause.students for cause in found.causes[1:]]) == (first, [["student-03"]])
    assert (found.unexplained, [group.students for group in found.unknown]) == (1, [["student-04"]])
