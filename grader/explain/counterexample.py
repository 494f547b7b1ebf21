"""A failing case made small and instructive while it still fails: fewer elements first, then rounder numbers.

The search is fixed: three rounds of proposals, the best first, of which the first that still fails is kept.
Where dimensions have names, two rows of three tell more than one number: a wrong or lost axis shows there. An
expected answer of zeros alone is kept only where nothing else fails. A round is asked in small batches, which
end with the first failure, and none is asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Answer, Ask, Case
from grader.cases.inputs import Argument
from grader.cases.nested import leaves
from grader.checks.compare import differ, unlike
from grader.checks.context import Expected, Facts, Finding, Observation
from grader.course.task import Bound, Task
from grader.errors import AuthorError
from grader.worker.wire import Given, Rng

Array = NDArray[Any]
Key = tuple[tuple[str, tuple[int, ...], bytes], ...]
BATCH = 6
"""Proposals in one request to the worker, which costs as much time as two calls."""
_ELEMENTS = 6
"""Elements of each array that are set to 0 or 1 one by one."""


def smallest(task: Task, bound: Bound, observed: Observation, ask: Ask) -> Finding | None:
    """Return the finding of the check in the smallest case that still fails, or None if none is smaller.

    Args:
        observed: a failing case of the task, with its answer; its values lie in the declared ranges.
        ask: calls the student's function. It may answer only the first of the cases that it is given.
    """
    case, answer = observed.case, observed.answer
    known = _finding(bound, observed, bound.facts) if _can_shrink(task, bound, case) else None
    if known is None:
        return None
    best: Finding | None = None
    asked = {_key(case)}
    for propose in (_fewer(task.arguments, case, _worst_index(known)), _rounder, _plainer):
        proposed = _simpler(propose(task.arguments, case), case, asked)
        for found, its_answer in _failing(task, bound, proposed, ask, known.kind):
            assert found.case is not None
            best, case, answer = found, found.case, its_answer
    return _measured(task, bound, case, answer) if best and bound.check.kind.slopes else best


def _can_shrink(task: Task, bound: Bound, case: Case) -> bool:
    fits = task.solve is not None and bound.check.kind.shrinks and len(case.args) == len(task.arguments)
    plain = not any(isinstance(leaf, (Given, Rng)) for _, leaf in leaves(dict(case.kwargs)))
    return fits and plain and all(map(_is_as_declared, task.arguments, case.args))


def _is_as_declared(argument: Argument, value: object) -> bool:
    if not isinstance(value, np.ndarray) or not value.size:
        return False
    return argument.shape is None or len(argument.shape) == value.ndim


def _measured(task: Task, bound: Bound, case: Case, answer: Answer) -> Finding | None:
    """Return the finding of a check of slopes, with the slopes measured for this case.

    A task brings measured slopes for its own cases only, and this case is new.
    """
    expected = _expected(task, case)
    assert expected is not None  # `_same_failure` has compared an answer with it
    observed = Observation(case, answer, expected, task.parameters.names)
    return _finding(bound, observed, {case.name: bound.check.facts(case)})


def _expected(task: Task, case: Case) -> Expected | None:
    assert task.solve is not None
    try:
        return task.solve(case)
    except AuthorError:
        return None  # the solution itself raises for these inputs


def _finding(bound: Bound, observed: Observation, facts: Facts) -> Finding | None:
    return next(iter(bound.check.judge(bound.check.context([observed], facts))), None)


def _failing(
    task: Task, bound: Bound, proposed: Iterator[Case], ask: Ask, kind: str
) -> Iterator[tuple[Finding, Answer]]:
    """Yield the finding in the first proposal that fails in the same way, with its answer.

    One whose expected answer is zeros alone waits for the others: it would not show what was computed.
    """
    dull: tuple[Finding, Answer] | None = None
    while batch := list(islice(proposed, BATCH)):
        for case, answer in zip(batch, ask(batch), strict=False):
            found = _same_failure(task, bound, case, answer, kind)
            if found is not None and not _is_zero(_expected(task, case)):
                yield found, answer
                return
            if found is not None and dull is None:
                dull = found, answer
    if dull:
        yield dull


def _is_zero(expected: Expected | None) -> bool:
    numbers = [np.asarray(leaf) for _, leaf in leaves(expected.value if expected else None)]
    return bool(numbers) and all(n.dtype.kind in "biufc" and not n.any() for n in numbers)


def _same_failure(task: Task, bound: Bound, case: Case, answer: Answer, kind: str) -> Finding | None:
    """Return the finding of the check if it is of this `kind`, such as a wrong value, else None.

    A check of slopes would have to measure them for each proposal, which is slow. The search compares values
    with the solution's derivative instead; `_measured` proves the result at the end.
    """
    expected = _expected(task, case)
    if expected is None:
        return None
    if bound.check.kind.slopes and kind == "value":
        return Finding(case, "") if _value_is_wrong(answer, expected) else None
    found = _finding(bound, Observation(case, answer, expected, task.parameters.names), {})
    fits = found is not None and found.case is not None and found.kind == kind
    return found if fits and not _solution_fails(task, bound, case, expected) else None


def _solution_fails(task: Task, bound: Bound, case: Case, expected: Expected) -> bool:
    """Return whether the check rejects the solution's own answer; such an input would show nothing."""
    right = Answer("returned", expected.value, args_after=case.args, value_after=expected.value)
    return _finding(bound, Observation(case, right, expected, task.parameters.names), {}) is not None


def _value_is_wrong(answer: Answer, expected: Expected) -> bool:
    if answer.outcome != "returned" or unlike(answer.value, expected.value):
        return False
    return differ(answer.value, expected.value, expected.allowed) is not None


def _worst_index(known: Finding) -> tuple[int, ...]:
    if known.wrong is None or not known.wrong.any():
        return ()
    return tuple(int(i) for i in np.unravel_index(np.argmax(known.wrong), known.wrong.shape))


Proposals = Callable[[Sequence[Argument], Case], Iterator[Case]]


def _fewer(arguments: Sequence[Argument], case: Case, start: tuple[int, ...]) -> Proposals:
    """Return a function that proposes fewer elements; `start` is an index at which the answer is wrong."""
    any_shape = any(a.shape is None for a in arguments)
    made = _flat_parts(case, start) if any_shape else _named_parts(arguments, case, start)
    return lambda _, __: (replace(case, args=args, layout="C") for args in made)


def _flat_parts(case: Case, start: tuple[int, ...]) -> Iterator[tuple[Array, ...]]:
    """Yield parts of arrays of one common shape: one element, two elements, then the same with all axes.

    For arrays of shape (3, 4), the parts have the shapes (1,), (2,), (1, 1), (1, 2) and (2, 1).
    """
    first: Any = case.args[0]
    ndim = first.ndim
    at = int(np.ravel_multi_index(start, first.shape)) if len(start) == ndim and ndim else 0
    ones = (1,) * ndim
    for shape in dict.fromkeys([(1,), (2,), ones, (*ones[1:], 2), (2, *ones[1:])]):
        count = int(np.prod(shape))
        if count <= first.size:
            picked = np.arange(at, at + count)  # may pass the end; `wrap` then continues at the beginning
            yield tuple(np.take(np.ravel(a), picked, mode="wrap").reshape(shape) for a in _arrays(case))


def _named_parts(
    arguments: Sequence[Argument], case: Case, start: tuple[int, ...]
) -> Iterator[tuple[Array, ...]]:
    """Yield parts in which every dimension of one name has one size, the most instructive first."""
    sizes = {
        name: size
        for argument, array in zip(arguments, _arrays(case), strict=True)
        for name, size in zip(argument.shape or (), array.shape, strict=True)
        if not name.isdigit()
    }
    choices = [sorted({min(n, size) for n in (1, 2, 3)}) for size in sizes.values()]
    for chosen in sorted(product(*choices), key=_dullness):
        size = dict(zip(sizes, chosen, strict=True))
        # The first rows are the simplest part, but the failure may need the row in which the answer is wrong.
        for row in dict.fromkeys((0, start[0] if start else 0)):
            yield tuple(
                array[_cut(argument.shape or (), size, sizes, row)]
                for argument, array in zip(arguments, _arrays(case), strict=True)
            )


def _dullness(sizes: tuple[int, ...]) -> tuple[int, int, int, tuple[int, ...]]:
    """Order sizes: dimensions of one element last, equal neighbours before them, then small before large."""
    ones = sum(size == 1 for size in sizes)
    equal = sum(one == other for one, other in pairwise(sizes))
    return ones, equal, int(np.prod(sizes)), sizes


def _cut(names: tuple[str, ...], size: dict[str, int], sizes: dict[str, int], row: int) -> tuple[slice, ...]:
    # Only the first named dimension starts at `row`, and in all arguments: the rows of X and y stay together.
    first = next(iter(sizes), "")
    starts = [min(row, sizes[n] - size[n]) if n == first else 0 for n in names if not n.isdigit()]
    places = iter(starts)
    return tuple(slice(None) if n.isdigit() else slice(s := next(places), s + size[n]) for n in names)


def _arrays(case: Case) -> tuple[Any, ...]:
    return case.args


def _rounder(arguments: Sequence[Argument], case: Case) -> Iterator[Case]:
    """Yield the case with rounder numbers, in all arguments first, then in one at a time."""
    if _length(case) == _elements(case):
        return  # each number has one character already
    makers: tuple[Callable[[Array], Array], ...] = (
        _varied,
        np.zeros_like,
        np.ones_like,
        lambda a: -np.ones_like(a),
        np.round,
        lambda a: np.round(a, 1),
    )
    # Truth values cannot become rounder.
    positions = [p for p, argument in enumerate(arguments) if argument.kind != "bool"]
    for make in makers:
        for chosen in [tuple(positions), *((p,) for p in positions if len(positions) > 1)]:
            yield _changed(arguments, case, {p: make(np.asarray(case.args[p])) for p in chosen})


def _varied(array: Array) -> Array:
    """Return numbers of one digit and both signs, no two neighbours alike: -1, 0, 1, 2, 3, -1 …, or 0."""
    return (np.arange(array.size) % 5 - (array.size > 1)).reshape(array.shape)


def _plainer(arguments: Sequence[Argument], case: Case) -> Iterator[Case]:
    """Yield the case with one element set to 0 or 1."""
    if _length(case) == _elements(case):
        return
    for position, array in enumerate(_arrays(case)):
        for index in list(np.ndindex(array.shape))[:_ELEMENTS]:
            for value in (0, 1):
                if array[index] not in (0, 1):
                    changed = np.array(array)
                    changed[index] = value
                    yield _changed(arguments, case, {position: changed})


def _changed(arguments: Sequence[Argument], case: Case, new: dict[int, Array]) -> Case:
    """Return the case with new values, clipped to the declared range.

    The range also includes the finite values that the argument had before: an author's fixed case may lie
    outside of the declared range.
    """
    args = list(_arrays(case))
    for position, values in new.items():
        old, argument = args[position], arguments[position]
        finite = old[np.isfinite(old)].astype(float)
        low, high = finite.min(initial=argument.low), finite.max(initial=argument.high)
        args[position] = np.clip(values, low, high).astype(old.dtype)
    return replace(case, args=tuple(args))


def _simpler(cases: Iterable[Case], known: Case, asked: set[Key]) -> Iterator[Case]:
    """Yield the cases that are simpler than `known` and not in `asked`, and add them to `asked`."""
    size, length = _elements(known), _length(known)
    for case in cases:
        elements = _elements(case)
        if elements < size or (elements == size and _length(case) < length):
            key = _key(case)
            if key not in asked:
                asked.add(key)
                yield case


def _elements(case: Case) -> int:
    return sum(array.size for array in _arrays(case))


def _length(case: Case) -> int:
    """Return the number of characters of all numbers: 0.25 is longer than 0, and so less simple."""
    return sum(len(f"{v:g}") for array in _arrays(case) for v in array.ravel().tolist())


def _key(case: Case) -> Key:
    return tuple((a.dtype.str, a.shape, a.tobytes()) for a in map(np.asarray, _arrays(case)))
