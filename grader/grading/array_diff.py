"""Compare two arrays: where they differ, and the part around the worst element."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.results import Cell, Difference, Far, Shapes
from grader.text.numbers import number, pair

Array = NDArray[Any]
Mask = NDArray[np.bool_]

ROWS: Final = 12
COLUMNS: Final = 8
TOP: Final = 5
BLOCKS: Final = 32


def difference(
    got: Array, expected: Array, wrong: Mask, tolerance: str, inputs: Array | None = None
) -> Difference:
    """Return the differences between two arrays of one shape, cut to a window around the worst element.

    The worst element has the largest |got - expected|; nan and inf come before every number.

    Args:
        wrong: which elements differ, in the arrays' shape.
        tolerance: the allowed difference of two matching values, as text; empty if it is unknown.
        inputs: the input in the arrays' shape, for functions that act on each element.
    """
    order, gaps = _worst(got, expected, wrong)
    window = _Window(got, expected, wrong, inputs)
    left_out = window.size < got.size
    return Difference(
        shape=list(got.shape),
        count=int(np.count_nonzero(wrong)),
        total=got.size,
        worst=list(_index(order[0], got.shape)) if len(order) else [],
        largest=_gap(gaps[0]) if len(gaps) and np.isfinite(gaps[0]) else "",
        tolerance=tolerance,
        plane=window.plane,
        rows=list(window.rows),
        columns=list(window.columns),
        cells=list(window.cells()),
        inputs=window.inputs(),
        gaps=window.gaps(),
        top=[_far(got, expected, at, gap) for at, gap in zip(order, gaps, strict=True)] if left_out else [],
        map=_blocks(wrong) if left_out else [],
    )


def shapes(got: Array, expected: Array) -> Shapes:
    """Return the shapes and dtypes of two arrays that cannot be compared element by element."""
    return Shapes(
        yours=list(got.shape),
        expected=list(expected.shape),
        yours_dtype=got.dtype.name,
        expected_dtype=expected.dtype.name,
    )


class _Window:
    """The part of two arrays that is shown; of more than two dimensions, the first slice that differs."""

    def __init__(self, got: Array, expected: Array, wrong: Mask, inputs: Array | None) -> None:
        lead = _index(int(np.argmax(wrong)), got.shape)[:-2] if got.size else ()
        self.plane = f"[{', '.join([*map(str, lead), ':', ':'])}]" if lead else ""
        self.got, self.expected, self.wrong = got[lead], expected[lead], wrong[lead]
        self.input = inputs[lead] if inputs is not None and inputs.shape == got.shape else None
        self.rows, self.columns = self._spans()
        self.size = len(self.rows) * (len(self.columns) if self.got.ndim == 2 else 1)

    def _spans(self) -> tuple[range, range]:
        if not self.got.size or not self.got.ndim:
            return range(self.got.size), range(0)
        order, _ = _worst(self.got, self.expected, self.wrong)
        worst = _index(order[0] if order else 0, self.got.shape)
        spans = [_span(*at) for at in zip(self.got.shape, worst, (ROWS, COLUMNS), strict=False)]
        return spans[0], (spans[1] if len(spans) > 1 else range(0))

    def cells(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            yield [self._cell(at) for at in self._places(row)]

    def inputs(self) -> list[str]:
        """Return the input of each row; empty unless the arrays have one dimension."""
        if self.input is None or self.got.ndim != 1:
            return []
        return [number(self.input[row]) for row in self.rows]

    def gaps(self) -> list[str]:
        """Return the difference in each row as text; empty unless the arrays have one dimension."""
        if self.got.ndim != 1:
            return []
        values = _distance(self.got, self.expected)
        return [_gap(values[row]) if self.wrong[row] else "" for row in self.rows]

    def _places(self, row: int) -> list[tuple[int, ...]]:
        if self.got.ndim == 2:
            return [(row, column) for column in self.columns]
        return [(row,) if self.got.ndim else ()]

    def _cell(self, at: tuple[int, ...]) -> Cell:
        yours, expected, differs = self.got[at], self.expected[at], bool(self.wrong[at])
        texts = pair(yours, expected) if differs else (number(yours), number(expected))
        return Cell(yours=texts[0], expected=texts[1], differs=differs)


def _distance(got: Array, expected: Array) -> Array:
    """Return |got - expected| as long doubles: as float64, 2**53 and 2**53 + 1 would be equal."""
    wide = np.clongdouble if "c" in (got.dtype.kind, expected.dtype.kind) else np.longdouble
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(got.astype(wide) - expected.astype(wide)))


def _worst(got: Array, expected: Array, wrong: Mask) -> tuple[list[int], Array]:
    """Return the flat indices of at most five largest differences, and these differences."""
    flat = np.flatnonzero(wrong)
    gaps = _distance(got.reshape(-1)[flat], expected.reshape(-1)[flat])
    order = np.argsort(np.where(np.isfinite(gaps), -gaps, -np.inf), kind="stable")[:TOP]
    return [int(i) for i in flat[order]], gaps[order]


def _far(got: Array, expected: Array, at: int, gap: Any) -> Far:
    yours, wanted = pair(got.reshape(-1)[at], expected.reshape(-1)[at])
    index = ", ".join(map(str, _index(at, got.shape)))
    return Far(index=index, yours=yours, expected=wanted, difference=_gap(gap))


def _gap(gap: Any) -> str:
    return number(gap) if math.isfinite(gap) else "not finite"


def _index(flat: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(flat, shape)) if shape else ()


def _span(size: int, centre: int, limit: int) -> range:
    start = max(0, min(centre - limit // 2, size - limit))
    return range(start, min(size, start + limit))


def _blocks(wrong: Mask) -> list[str]:
    """Return a map of at most 32 x 32 blocks with `x` where an element differs; leading axes are stacked."""
    sheet = wrong.reshape(-1, wrong.shape[-1])
    for axis in (0, 1):
        edges = np.linspace(0, sheet.shape[axis], min(sheet.shape[axis], BLOCKS), endpoint=False)
        sheet = np.logical_or.reduceat(sheet, edges.astype(int), axis=axis)
    return ["".join("x" if block else "." for block in row) for row in sheet]
