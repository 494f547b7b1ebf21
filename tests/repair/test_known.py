"""Authors learn which known mistakes the search repairs by itself."""

from __future__ import annotations

from grader.repair.known import repaired, standing_alone
from grader.sandbox import Sandbox

from .conftest import task_of


def test_most_mistakes_of_softmax_are_repaired_without_their_own_pair(sandbox: Sandbox) -> None:
    found = repaired(task_of("softmax"), sandbox, fresh=task_of("softmax", 1001))
    assert len(found) == 14
    assert sum(one is not None and one.is_full for one in found.values()) >= 11
    axis = found["sums_of_columns"]
    assert axis is not None
    assert axis.lines[0].new == "    return exp / exp.sum(axis=1, keepdims=True)"


def test_a_mistake_that_calls_the_solution_keeps_it_under_another_name() -> None:
    task = task_of("batch_norm_backward")
    text = standing_alone(task.source, task.slug, "gamma_forgotten")
    assert "return right_batch_norm_backward(" in text
    assert "def variance_taken_for_constant" not in text
    assert "exercise" not in text
