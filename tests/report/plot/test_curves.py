"""Two curves become a picture within its frame, with round ticks and sentences that are true."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import samples

from grader.report.plot.curves import picture
from grader.report.plot.drawing import WIDTH
from grader.results import Curves

LINE = [i / 10 for i in range(11)]


def drawn(yours, expected, x=None):
    x = list(LINE if x is None else x)
    return picture(Curves(title="t", x=x, yours=list(yours), expected=list(expected)))


def test_a_curve_breaks_where_it_is_not_finite():
    made = drawn([None if v in (0.3, 0.9) else v for v in LINE], [1.0] * 11)
    assert made.caption == "A line breaks where a value is not finite."
    assert dict(made.panels[0].paths)["yours"].count("M") == 3
    assert made.panels[0].gap.count("z") == 2


def test_nan_and_infinite_numbers_count_as_gaps():
    made = drawn([float("nan"), float("inf"), 1.0], LINE[:3], LINE[:3])
    assert made.caption == "A line breaks where a value is not finite."


def test_very_different_ranges_get_a_panel_each():
    made = drawn([1e6 * v for v in LINE], LINE)
    assert [[kind for kind, _ in panel.paths] for panel in made.panels] == [["yours"], ["expected"]]
    assert len(drawn([19 * v for v in LINE], LINE).panels) == 1


def test_a_curve_that_is_nowhere_finite_leaves_the_expected_one():
    made = drawn([None] * 11, LINE)
    assert [kind for kind, _ in made.panels[0].paths] == ["expected"]


@pytest.mark.parametrize(
    "curves", [([], [], []), ([1.0], [1.0], [1.0]), ([None] * 2, [None] * 2, [0.0, 1.0])]
)
def test_nothing_to_draw_is_no_picture(curves):
    assert drawn(*curves) is None


def test_long_curves_are_thinned_and_small():
    x = [i / 1000 for i in range(1001)]
    made = drawn([v**2 for v in x], x, x)
    text = dict(made.panels[0].paths)["yours"]
    assert text.count(" ") + text.count("-") <= 2 * 121
    assert len(text) < 1000


numbers = st.none() | st.floats()


@given(st.lists(st.tuples(st.floats(), numbers, numbers), max_size=20))
def test_any_curves_are_drawn_inside_the_frame(points):
    x, yours, expected = ([p[i] for p in points] for i in range(3))
    made = picture(Curves(title="t", x=x, yours=yours, expected=expected))
    if made is None:
        return
    for panel in made.panels:
        for _, text in panel.paths:
            for start in re.findall(r"M(-?[\d.]+)[ ]?(-?[\d.]+)", text):
                assert 0 <= float(start[0]) <= WIDTH
                assert panel.top - 0.1 <= float(start[1]) <= panel.bottom + 0.1
        for label in panel.labels:
            assert panel.top <= label.y <= panel.bottom + 20
    assert len(made.observations) <= 3


@pytest.mark.parametrize("kind", ["function", "steps"])
@pytest.mark.parametrize("tiny", [5e-324, 1e-323, 1e-310])
def test_numbers_too_close_for_ticks_between_them_are_drawn_as_one(kind, tiny):
    made = picture(Curves(title="t", kind=kind, x=[0.0, 1.0], yours=[0.0, -tiny], expected=[0.0, 0.0]))
    assert [tick.text for tick in made.panels[0].ticks] == ["−1", "−0.5", "0", "0.5", "1"]


def test_labels_stand_where_the_curves_are_apart():
    made = drawn([1.0] * 11, [0.0] * 11)
    yours, expected = made.panels[0].labels
    assert (yours.kind, expected.kind) == ("yours", "expected")
    assert yours.y < expected.y


def test_the_sample_is_symmetric():
    check = samples.sigmoid_derivative().checks[1]
    assert [tick.text for tick in picture(check.picture).panels[0].ticks] == [
        "0",
        "0.2",
        "0.4",
        "0.6",
        "0.8",
        "1",
    ]


def test_steps_have_whole_numbers_on_their_axis():
    made = picture(
        Curves(title="t", kind="steps", x=[1.0, 2.0, 3.0], yours=[3.0, 4.0, 5.0], expected=[3.0, 2.0, 1.0])
    )
    assert [tick.text for tick in made.ticks] == ["1", "2", "3"]
    assert made.caption == "Across: the number of steps."


def test_errors_are_drawn_in_powers_of_ten():
    x = [10.0**-n for n in range(12, 0, -1)]
    made = picture(Curves(title="t", kind="errors", x=x, yours=[0.25] * 12, expected=[h**2 for h in x]))
    assert [tick.text for tick in made.ticks] == ["10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²"]
    assert (len(made.panels), made.panels[0].gap) == (1, "")
    heights = [tick.at for tick in made.panels[0].ticks]
    assert heights == sorted(heights, reverse=True)
    assert 3 <= len(heights) <= 7
