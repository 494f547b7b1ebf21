"""Two arrays side by side show where they differ, in a window that fits."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.grading.array_diff import difference, shapes
from grader.results import Cell, Difference, Far, Shapes
from grader.text.numbers import number

M = number(-1)[0]


def off(got, expected):
    return ~((got == expected) | ((got != got) & (expected != expected)))


def compared(got, expected, **more):
    return difference(got, expected, off(got, expected), "1e-12", **more)


def cell(yours, expected=None):
    return Cell(yours=yours, expected=expected or yours, differs=expected is not None)


def test_a_small_matrix_is_shown_whole():
    got, expected = np.array([[1.0, np.nan], [0.3, 4.0]]), np.array([[1.0, 2.0], [0.30000001, 4.0]])
    assert compared(got, expected) == Difference(
        shape=[2, 2],
        count=2,
        total=4,
        worst=[0, 1],
        largest="",
        tolerance="1e-12",
        rows=[0, 1],
        columns=[0, 1],
        cells=[[cell("1"), cell("nan", "2")], [cell("0.3", "0.30000001"), cell("4")]],
    )


def test_a_vector_has_index_input_and_difference_in_rows():
    got, expected = np.array([1, 2, 3]), np.array([1, 2, 5])
    assert compared(got, expected, inputs=np.array([0.1, 0.2, 0.3])) == Difference(
        shape=[3],
        count=1,
        total=3,
        worst=[2],
        largest="2",
        tolerance="1e-12",
        rows=[0, 1, 2],
        columns=[],
        cells=[[cell("1")], [cell("2")], [cell("3", "5")]],
        inputs=["0.1", "0.2", "0.3"],
        gaps=["", "", "2"],
    )


def test_a_number_is_one_cell():
    found = compared(np.array(True), np.array(False))
    assert (found.shape, found.rows, found.columns, found.worst) == ([], [0], [], [])
    assert found.cells == [[cell("True", "False")]]
    assert found.largest == "1"


def test_a_large_matrix_becomes_window_top_and_map():
    expected = np.zeros((100, 64))
    got = expected.copy()
    got[50, 20], got[0, 0], got[99, 63], got[50, 21] = 3, 1, np.inf, -2
    found = compared(got, expected)
    assert found.rows == list(range(88, 100))
    assert found.columns == list(range(56, 64))
    assert found.worst == [99, 63]
    assert found.top == [
        Far(index="99, 63", yours="inf", expected="0", difference="not finite"),
        Far(index="50, 20", yours="3", expected="0", difference="3"),
        Far(index="50, 21", yours=f"{M}2", expected="0", difference="2"),
        Far(index="0, 0", yours="1", expected="0", difference="1"),
    ]
    assert [len(row) for row in found.map] == [32] * 32
    assert found.map[0] == "x" + "." * 31
    assert found.map[31] == "." * 31 + "x"
    assert found.map[16] == "." * 10 + "x" + "." * 21


def test_of_three_axes_the_first_slice_that_differs_is_named():
    expected = np.zeros((3, 2, 2))
    got = expected.copy()
    got[1, 0, 1], got[2, 1, 1] = 1, 5
    found = compared(got, expected)
    assert (found.plane, found.worst, found.rows, found.columns) == ("[1, :, :]", [2, 1, 1], [0, 1], [0, 1])
    assert found.cells == [[cell("0"), cell("1", "0")], [cell("0"), cell("0")]]
    assert found.map == ["..", "..", ".x", "..", "..", ".x"]


def test_large_integers_that_one_float_cannot_tell_apart_differ():
    found = compared(np.array([2**60, 5]), np.array([2**60 + 1, 5]))
    assert found.cells[0] == [cell(str(2**60), str(2**60 + 1))]
    assert found.worst == [0]


def test_an_empty_array_differs_nowhere():
    found = compared(np.zeros((0, 3)), np.zeros((0, 3)))
    assert (found.total, found.count, found.worst, found.cells) == (0, 0, [], [])


kinds = st.sampled_from([np.float64, np.float32, np.int64, np.uint64, np.bool_, np.complex128])


@st.composite
def compare(draw):
    shape = draw(hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=20))
    kind = draw(kinds)
    fill = st.nothing() if np.prod(shape) < 30 else None
    got, expected = (draw(hnp.arrays(kind, shape, fill=fill)) for _ in range(2))
    return got, expected, draw(hnp.arrays(bool, shape, fill=fill)) & off(got, expected)


@settings(deadline=None)
@given(compare())
def test_any_two_arrays_can_be_shown(case):
    got, expected, wrong = case
    found = difference(got, expected, wrong, "")
    assert (found.count, found.total, found.shape) == (wrong.sum(), got.size, list(got.shape))
    assert len(found.rows) <= 12
    assert len(found.columns) <= 8
    assert len(found.cells) == len(found.rows)
    assert all(len(row) == (len(found.columns) or 1) for row in found.cells)
    assert len(found.map) <= 32
    assert all(len(row) <= 32 for row in found.map)
    assert bool(found.top) == bool(found.map and found.count)
    if found.count:
        assert wrong[tuple(found.worst)]
        assert any(c.differs for row in found.cells for c in row)
        if got.ndim in (1, 2):
            assert all(i in shown for i, shown in zip(found.worst, (found.rows, found.columns), strict=False))
    assert ("x" in "".join(found.map)) == bool(found.map and found.count)
    assert all(len({c.yours, c.expected}) == 2 for row in found.cells for c in row if c.differs)


def test_shapes_and_types_stand_side_by_side():
    assert shapes(np.zeros(3, np.float32), np.zeros((3, 1))) == Shapes(
        yours=[3], expected=[3, 1], yours_dtype="float32", expected_dtype="float64"
    )
