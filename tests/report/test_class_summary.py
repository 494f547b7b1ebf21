"""A class is summed up right, whatever its size and order."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support import samples

from grader.report.class_summary import FIRST, ClassCounter, ClassSummary, Mark, Row, packed, summary
from grader.report.exercise_summary import Cause, CheckTally
from grader.report.pages import class_page
from grader.text.wording import PARTIAL, PASSED, STATUSES


def scored(student, points, most=4.0):
    return replace(samples.result(student, []), points=points, max_points=most)


def test_no_results_give_an_empty_summary():
    assert summary([]) == ClassSummary()


def test_students_stand_in_natural_order():
    names = ["student-10", "student-2", "b", "7", "student-1"]
    rows = summary([scored(name, 0) for name in names]).rows
    assert [row.student for row in rows] == ["7", "b", "student-1", "student-2", "student-10"]


def test_key_facts_count_students():
    found = summary([scored("a", 4.0), scored("b", 4.0), scored("c", 1.0), scored("d", 2.0)])
    assert (found.median, found.full, found.below_half, found.max_points) == (3.0, 2, 1, 4.0)
    assert found.quartiles == (1.75, 4.0)
    assert sum(bar.count for bar in found.bars) == 4


def test_causes_come_most_frequent_first_with_a_prompt():
    found = summary(samples.group(10))
    assert found.causes == [
        Cause(
            slug="softmax",
            mistake="no_shift",
            message="`np.exp` overflows above 709: subtract each row's maximum first.",
            prompt="How does softmax(x + c) compare with softmax(x)?",
            students=[f"student-{i:02}" for i in (2, 3, 5, 6, 8, 9)],
        ),
        Cause(
            slug="sigmoid_derivative",
            mistake="unsquared",
            message="The denominator is squared: (1 + exp(-z))².",
            prompt="Where is the slope largest?",
            students=[f"student-{i:02}" for i in (2, 4, 8, 10)],
        ),
    ]
    assert found.unexplained == 1
    assert found.causes[0].name == "softmax no_shift"


def test_checks_are_tallied_by_outcome_and_advice_is_left_out():
    exercises = {e.slug: e for e in summary(samples.group(22)).exercises}
    assert replace(exercises["softmax"].checks[-1], elsewhere=None) == CheckTally(
        title="Stays finite for large scores", passed=7, failed=12, error=3, lowest=True
    )
    assert len(exercises["softmax"].checks) == 4
    assert exercises["relu"].checks[0] == CheckTally(title="Returns 0 for negative inputs", passed=20, idle=2)
    assert exercises["sigmoid_derivative"].checks[-1].idle == 11


def test_one_row_a_student_with_marks_and_causes():
    assert summary(samples.group(2)).rows[1] == Row(
        student="student-02",
        points=9.0,
        marks=[Mark(PARTIAL, 5.0), Mark(PARTIAL, 1.0), Mark(PASSED, 3.0)],
        causes=[0, 1],
    )


def test_an_exercise_a_student_does_not_have_is_no_mark():
    one, two = samples.result("a", [samples.relu()]), samples.result("b", [samples.softmax()])
    rows = summary([one, two]).rows
    assert rows[0].marks == [Mark(PASSED, 3.0), None]
    marks, short = packed(rows)
    assert marks == [None, [STATUSES.index(PASSED), 3], [STATUSES.index(PARTIAL), 5]]
    assert short == [["a", 3, "BA", []], ["b", 5, "AC", [0]]]


@given(st.lists(st.lists(st.none() | st.builds(Mark, st.sampled_from(STATUSES), st.integers(0, 400)))))
def test_a_row_has_one_character_a_mark(marks):
    rows = [Row(student=str(n), points=0, marks=m, causes=[]) for n, m in enumerate(marks)]
    table, short = packed(rows)
    found = [[table[ord(c) - FIRST] for c in row[2]] for row in short]
    assert found == [[m and [STATUSES.index(m.status), m.points] for m in row.marks] for row in rows]


def test_the_graders_own_faults_are_named():
    assert summary([samples.everything("student-1"), samples.usual("student-2")]).undecided == ["student-1"]


def test_students_whose_code_stopped_are_counted():
    assert summary([samples.result("a", [samples.tanh()]), samples.usual("b")]).stopped == 1


def test_what_points_depend_on_is_told_in_rows_and_data():
    counter = ClassCounter()
    counter.add(scored("a", 1.0), flags=("late", "adjusted"))
    counter.add(scored("b", 1.0))
    seen = counter.summary()
    assert [row.flags for row in seen.rows] == [("late", "adjusted"), ()]
    assert packed(seen.rows)[1] == [["a", 1, "", [], 5], ["b", 1, "", []]]
    assert class_page(seen, title="x").count('<span class="tag">') == 2


def test_a_row_names_causes_that_a_small_change_shows():
    mended = samples.repaired(samples.softmax())
    (row,) = summary([samples.result("a", [mended])]).rows
    assert row.causes == [0]
