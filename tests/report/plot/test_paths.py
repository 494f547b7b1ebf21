"""Two paths become a picture within its frame, with dots, a start and sentences that are true."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from grader.report.plot.curves import picture
from grader.report.plot.drawing import WIDTH, Picture
from grader.results import Curves


def drawn(yours: list[tuple[float, float | None]], expected: list[tuple[float, float | None]]):
    (x, y), (x_expected, y_expected) = ([[p[i] for p in line] for i in (0, 1)] for line in (yours, expected))
    return picture(Curves(title="t", kind="path", x=x, yours=y, x_expected=x_expected, expected=y_expected))


def test_each_step_has_a_dot_and_the_start_a_ring() -> None:
    made = drawn([(0, 0), (1, 2), (3, 3)], [(0, 0), (1, 1), (2, 0)])
    (panel,) = made.panels
    assert [(kind, text.count("M")) for kind, text in panel.dots] == [("expected", 2), ("yours", 2)]
    assert panel.start is not None
    assert made.caption == "The ring is the start, each dot a step."


def test_a_path_ends_where_it_is_not_finite_and_none_is_no_picture() -> None:
    made = drawn([(0, 0), (1, None), (3, 3)], [(0, 0), (1, 1), (2, 0)])
    assert dict(made.panels[0].dots)["yours"] == ""
    assert drawn([(0, None)], [(0, 0), (1, 1)]) is None


def test_a_path_too_short_for_ticks_is_drawn() -> None:
    made = drawn([(0, 0), (5e-324, 5e-324)], [(0, 0), (0, 5e-324)])
    assert [tick.text for tick in made.ticks] == ["−1", "−0.5", "0", "0.5", "1"]


numbers = st.floats()


@given(st.lists(st.tuples(numbers, st.none() | numbers)), st.lists(st.tuples(numbers, st.none() | numbers)))
def test_any_paths_are_drawn_inside_the_frame(yours, expected) -> None:
    made: Picture | None = drawn(yours, expected)
    for panel in made.panels if made else ():
        for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)h0", "".join(text for _, text in panel.dots)):
            assert 0 <= float(x) <= WIDTH
            assert panel.top - 0.1 <= float(y) <= panel.bottom + 0.1
        for label in panel.labels:
            assert panel.top <= label.y <= panel.bottom
