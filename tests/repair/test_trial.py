"""Many candidates answer in one worker, and none spoils the others."""

from __future__ import annotations

from grader.repair.judging import public
from grader.repair.trial import WORKERS, Trial
from grader.sandbox import Sandbox

from .conftest import code, task_of

RELU = "def relu(Z):\n    return np.maximum(0, Z)"


def trial(sandbox: Sandbox, text: str = RELU) -> Trial:
    its = code("relu", text)
    return Trial(sandbox, public(task_of("relu")), its, {its.path: its.data})


def test_a_candidate_that_is_no_python_or_raises_costs_itself_alone(sandbox: Sandbox) -> None:
    made = trial(sandbox)
    case = made.task.cases[0]
    texts = [["def relu(Z): return ("], ["def relu(Z):\n    return 1 / 0"], ["def relu(Z):\n    return 7"]]
    answers = made.ask(texts, [(number, case) for number in range(3)])
    assert [a.outcome for a in answers] == ["raised", "raised", "returned"]
    assert answers[2].value == 7
    assert len(answers[2].args_after) == len(case.args)


def test_hanging_candidates_cost_a_bounded_number_of_workers(sandbox: Sandbox) -> None:
    made = trial(sandbox)
    texts = [["def relu(Z):\n    while True:\n        pass"]] * 20 + [[RELU + " + 1"]]
    answers = made.ask(texts, [(number, made.task.cases[0]) for number in range(21)])
    outcomes = [a.outcome for a in answers]
    assert outcomes.count("timed_out") <= 2 * WORKERS
    assert outcomes[-1] == "not_run"
    assert made.workers == 0
    assert made.ask(texts[-1:], [(0, made.task.cases[0])])[0].outcome == "not_run"


TWO_BRANCHES = "def relu(Z):\n    if np.ndim(Z) > 1:\n        return Z\n    return np.maximum(0, Z)"


def test_a_condition_that_becomes_constant_closes_a_branch(sandbox: Sandbox) -> None:
    made = trial(sandbox, TWO_BRANCHES)
    assert made.closes_a_branch([TWO_BRANCHES.replace("> 1", ">= 0")])
    assert not made.closes_a_branch([TWO_BRANCHES.replace("> 1", "> 2")])
    assert not made.closes_a_branch([RELU])
