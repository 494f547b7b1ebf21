"""A failing case becomes the smallest that still fails; what cannot be made smaller stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from support.in_process import answers_of, task_of

from grader import Exercise, arrays, call, checks, drawn, together
from grader.cases.case import Answer, Case
from grader.course.task import Task
from grader.explain.counterexample import smallest
from grader.grading.verdicts import observations


def shrunk(task: Task, function: Callable[..., object], name: str, *, position: int = 0):
    """Return the finding in the smallest case and how many calls it took."""
    calls = 0

    def ask(cases: Sequence[Case]) -> Sequence[Answer]:
        nonlocal calls
        calls += len(cases)
        asked = {c.name + str(i): c for i, c in enumerate(cases)}
        renamed = [Case(n, c.args, c.kwargs) for n, c in asked.items()]
        return list(answers_of(_WithCases(renamed), function).values())  # type: ignore[arg-type]  # cases are all it reads

    bound = task.checks[position]
    return smallest(task, bound, observations(task, answers_of(task, function))[name], ask), calls


CALLS = 30
"""More than any of these takes."""


class _WithCases:
    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases


def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def scores(X, W):
    return X @ W


ABSOLUTE = task_of(Exercise(np.abs, arrays(low=-5, high=5), (checks.matches_reference(),)))
SOFTMAX = task_of(Exercise(softmax, arrays("n k"), (checks.matches_reference(), checks.stable_at(1e3, -1e3))))
SCORES = task_of(Exercise(scores, together(arrays("n k"), arrays("k m")), (checks.matches_reference(),)))


def test_an_array_becomes_one_round_number() -> None:
    found, calls = shrunk(ABSOLUTE, lambda Z: np.asarray(Z), "a matrix")
    assert found is not None
    assert found.case.args[0].tolist() == [-1.0]
    assert (found.got.tolist(), found.expected.tolist()) == ([-1.0], [1.0])
    assert calls <= CALLS


def test_two_rows_of_three_are_shown_where_dimensions_have_names() -> None:
    def whole(Z):
        e = np.exp(Z - Z.max())
        return e / e.sum()

    found, calls = shrunk(SOFTMAX, whole, "different sizes")
    assert found is not None
    assert found.case.args[0].tolist() == [[0.0, 0.0, 1.0], [2.0, 3.0, -1.0]]
    assert calls <= CALLS


def test_a_huge_value_stays_huge_where_it_is_needed() -> None:
    def naive(Z):
        e = np.exp(Z)
        return e / e.sum(axis=1, keepdims=True)

    found, _ = shrunk(SOFTMAX, naive, "about 1000", position=1)
    assert found is not None
    assert found.case.args[0].tolist() == [[0.0, 1002.0]]


def test_dimensions_of_one_name_shrink_together() -> None:
    found, calls = shrunk(SCORES, lambda X, W: X @ W + 1, "different sizes")
    assert found is not None
    assert [a.tolist() for a in found.case.args] == [
        [[0.0, 0.0, 1.0], [2.0, 3.0, -1.0]],
        [[-1.0, 0.0], [1.0, 2.0], [3.0, -1.0]],
    ]
    assert calls <= CALLS


def test_numbers_become_round_where_every_dimension_is_fixed() -> None:
    task = task_of(Exercise(np.abs, arrays("2 2", low=-5, high=5), (checks.matches_reference(),)))
    found, calls = shrunk(task, lambda Z: np.asarray(Z), "different sizes")
    assert found is not None
    assert found.case.args[0].shape == (2, 2)
    assert found.case.args[0].tolist() == [[-1.0, 0.0], [1.0, 2.0]]
    assert calls <= CALLS


def test_a_failure_of_another_kind_does_not_count() -> None:
    def wrong_or_broken(Z):
        if np.size(Z) < 3:
            raise ValueError("too small")
        return 2 * np.abs(Z)

    found, _ = shrunk(ABSOLUTE, wrong_or_broken, "a vector")
    assert found is None or found.kind == "value"
    assert found is None or np.size(found.case.args[0]) >= 3


@pytest.mark.parametrize(
    "inputs", [drawn(lambda rng: call(rng.uniform(size=3))), arrays("n").also(far=call([1.0]))]
)
def test_inputs_that_are_not_drawn_alone_are_left_as_they_are(inputs) -> None:
    task = task_of(Exercise(lambda_free, inputs, (checks.matches_reference(),)))
    name = next(c.name for c in task.cases)
    assert shrunk(task, lambda x: 3 * np.asarray(x), name) == (None, 0)


def lambda_free(x):
    return 2 * np.asarray(x)


def test_a_right_answer_has_no_smallest_failure() -> None:
    assert shrunk(ABSOLUTE, np.abs, "a matrix") == (None, 0)


def test_the_smallest_input_already_is_left_alone() -> None:
    task = task_of(Exercise(np.cos, arrays().also(zero=np.array([0.0])), (checks.matches_reference(),)))
    assert shrunk(task, np.sin, "zero") == (None, 0)


def test_no_case_is_asked_twice() -> None:
    asked: list[str] = []

    def ask(cases: Sequence[Case]) -> Sequence[Answer]:
        asked.extend(repr([np.asarray(a).tolist() for a in c.args]) for c in cases)
        return list(
            answers_of(_WithCases([Case(str(i), c.args) for i, c in enumerate(cases)]), flipped).values()
        )  # type: ignore[arg-type]  # cases are all it reads

    def flipped(Z):
        return np.where(np.abs(Z) < 2, np.abs(Z), -1.0)

    observed = observations(ABSOLUTE, answers_of(ABSOLUTE, flipped))["a matrix"]
    assert smallest(ABSOLUTE, ABSOLUTE.checks[0], observed, ask)
    assert sorted(set(asked)) == sorted(asked)


def test_no_call_left_is_no_smaller_input() -> None:
    observed = observations(ABSOLUTE, answers_of(ABSOLUTE, np.negative))["a matrix"]
    assert smallest(ABSOLUTE, ABSOLUTE.checks[0], observed, lambda cases: ()) is None


def test_a_wrong_gradient_is_shown_where_measured_slopes_prove_it() -> None:
    one = task_of(Exercise(np.cos, arrays(low=-3, high=3), (checks.derivative_matches(np.sin),)))
    found, _ = shrunk(one, lambda Z: -np.cos(Z), "a matrix")
    assert found is not None
    assert (found.got.tolist(), found.expected.tolist()) == ([-1.0], [1.0])


def test_truth_values_are_left_as_they_are_and_numbers_beside_them_become_round() -> None:
    def masked(X, mask):
        return np.where(mask, X, 0.0)

    inputs = together(arrays("n", low=-5, high=5), arrays("n", kind="bool"))
    task = task_of(Exercise(masked, inputs, (checks.matches_reference(),)))
    found, _ = shrunk(task, lambda X, mask: masked(X, mask) + 1, "different sizes")
    assert found is not None
    assert found.case.args[0].tolist() == [1.0, 0.0]
    assert found.case.args[1].dtype == bool


def test_an_input_at_which_the_right_answer_fails_too_shows_nothing() -> None:
    task = task_of(Exercise(np.exp, arrays(low=-5, high=0), (checks.increasing(),)))
    (name,) = task.checks[0].cases
    found, _ = shrunk(task, np.sin, name)
    assert found is not None
    assert (np.diff(found.case.args[0]) >= 0).all()


def test_an_input_for_which_no_tolerance_can_be_told_is_not_proposed() -> None:
    def twice(A):
        return 2 * A

    inputs = arrays("2 2", low=0, high=5).also(some=np.array([[2.5, 1.25], [0.75, 3.5]]))
    task = task_of(Exercise(twice, inputs, (checks.matches_reference(),), condition=np.linalg.inv))
    found, _ = shrunk(task, np.negative, "some")
    assert found is not None
    assert np.linalg.det(found.case.args[0]) != 0
