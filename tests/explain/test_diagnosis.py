"""Failed answers are led back to a likely cause; a right answer never is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.in_process import answers_of, task_of

from grader import Exercise, arrays, call, checks, together
from grader.explain.diagnosis import _from_the_code, pattern
from grader.submissions.source import Found, parse


def mean_log(X):
    return np.log(X).mean(axis=0)


def scores(X, W):
    return X @ W


def running(x):
    return np.cumsum(x)


MEAN = task_of(Exercise(mean_log, arrays("n k", low=0.5, high=5), (checks.matches_reference(),)))
SCORES = task_of(Exercise(scores, together(arrays("n k"), arrays("k m")), (checks.matches_reference(),)))
RUNNING = task_of(Exercise(running, arrays("n", low=1, high=2), (checks.matches_reference(),)))

SLIPS = [
    (MEAN, lambda X: -mean_log(X), "sign"),
    (MEAN, lambda X: np.log10(X).mean(axis=0), "log10"),
    (MEAN, lambda X: np.log2(X).mean(axis=0), "log2"),
    (MEAN, lambda X: np.log(X).sum(axis=0), "times the number of rows"),
    (MEAN, lambda X: mean_log(X) / len(X), "divided by the number of rows"),
    (MEAN, lambda X: mean_log(X) / X.shape[1], "divided by the number of columns"),
    (MEAN, lambda X: 0.5 * mean_log(X), "half"),
    (MEAN, lambda X: 2 * mean_log(X), "double"),
    (MEAN, lambda X: mean_log(X) / 255, "1/255"),
    (MEAN, lambda X: 255 * mean_log(X), "255"),
    (MEAN, lambda X: np.round(mean_log(X), 4), "rounded to 4"),
    (MEAN, lambda X: np.log(X).mean(axis=0, keepdims=True), "row"),
    (MEAN, lambda X: mean_log(X)[:, None], "column"),
    (MEAN, lambda X: 1 - mean_log(X), "complement"),
    (MEAN, lambda X: mean_log(X) + 1, "one more"),
    (MEAN, lambda X: mean_log(X) - 1, "one less"),
    (MEAN, lambda X: mean_log(X) ** 2, "square"),
    (MEAN, lambda X: np.exp(mean_log(X)), "exponential"),
    (MEAN, lambda X: 1 / mean_log(X), "reciprocal"),
    (MEAN, lambda X: np.abs(mean_log(X)) * 1.0, None),
    (MEAN, lambda X: np.log(X.astype(np.float32)).mean(axis=0), "float32"),
    (MEAN, lambda X: mean_log(X)[::-1], "rows reversed"),
    (SCORES, lambda X, W: scores(X, W).astype(int), "whole numbers"),
    (SCORES, lambda X, W: (X @ W).T, "transposed"),
    (SCORES, lambda X, W: (X @ W).ravel(), "flattened"),
    (SCORES, lambda X, W: (X @ W)[:, ::-1], "columns reversed"),
    (SCORES, lambda X, W: np.abs(X @ W), "absolute"),
    (RUNNING, lambda x: np.roll(np.cumsum(x), 1), "moved 1 along 0"),
    (RUNNING, lambda x: np.cumsum(x)[:-1], "last missing"),
    (RUNNING, lambda x: np.cumsum(x)[1:], "first missing"),
    (RUNNING, lambda x: np.log(np.cumsum(x)), "logarithm"),
    (RUNNING, lambda x: np.sqrt(np.cumsum(x)), "square root"),
]


@pytest.mark.parametrize(("task", "slip", "name"), SLIPS, ids=[str(n) for _, _, n in SLIPS])
def test_a_slip_is_named(task, slip, name) -> None:
    found = pattern(task, answers_of(task, slip))
    if name is None:
        assert found is None or found.mistake == "pattern absolute"
        return
    assert found is not None
    assert found.mistake == f"pattern {name}"


def test_the_sentence_is_hedged_and_tells_its_evidence() -> None:
    found = pattern(MEAN, answers_of(MEAN, lambda X: -mean_log(X)))
    assert found is not None
    assert found.message == "A minus sign may be missing, or one too many."
    shown = len(MEAN.cases) - len(MEAN.secret)
    assert found.evidence == f"In all {shown} cases your values are −1 times the expected ones."


@pytest.mark.parametrize("slip", [np.negative, np.reciprocal, np.log, lambda e: e.astype(np.float32)])
def test_hidden_cases_alone_name_no_pattern(slip: Callable[[Any], Any]) -> None:
    """Else a function that is nan for what is public could tell hidden inputs by the pattern it follows."""
    slipped = answers_of(MEAN, lambda X: slip(mean_log(X)))
    nothing = answers_of(MEAN, lambda X: mean_log(X) * np.nan)
    assert pattern(MEAN, {**nothing, **{name: slipped[name] for name in MEAN.secret}}) is None


def test_for_how_many_hidden_inputs_a_function_is_nan_is_not_told() -> None:
    slipped = answers_of(MEAN, lambda X: -mean_log(X))
    nothing = answers_of(MEAN, lambda X: mean_log(X) * np.nan)
    first, *_ = MEAN.secret
    assert pattern(MEAN, {**slipped, first: nothing[first]}) == pattern(MEAN, slipped)


def test_a_function_along_the_wrong_axis_is_seen_through_the_solution() -> None:
    def shares(X):
        return X / X.sum(axis=1, keepdims=True)

    task = task_of(Exercise(shares, arrays("n k", low=1, high=2), (checks.matches_reference(),)))
    found = pattern(task, answers_of(task, lambda X: X / X.sum(axis=0, keepdims=True)))
    assert found is not None
    assert found.mistake == "pattern other axis"


def test_an_answer_of_several_parts_has_no_other_axis() -> None:
    def both(X):
        return X.sum(axis=0), float(X.sum())

    task = task_of(Exercise(both, arrays("n k", low=1, high=2), (checks.matches_reference(),)))
    assert (
        pattern(task, answers_of(task, lambda X: (X.sum(axis=0) + 0.37 * np.arange(X.shape[1]), 0.5))) is None
    )


def test_one_of_several_answers_is_named_with_its_place() -> None:
    def both(X):
        return X.sum(axis=0), X.mean(axis=0)

    task = task_of(Exercise(both, arrays("n k"), (checks.matches_reference(),)))
    found = pattern(task, answers_of(task, lambda X: (X.sum(axis=0), -X.mean(axis=0))))
    assert found is not None
    assert found.evidence.endswith("your values are −1 times the expected ones in item 1.")


def test_answers_whose_length_varies_from_case_to_case_have_no_false_place() -> None:
    def halves(x):
        return [float(v) / 2 for v in x]

    task = task_of(Exercise(halves, arrays("n"), (checks.matches_reference(),)))
    found = pattern(task, answers_of(task, lambda x: [float(v) for v in x]))
    assert found is not None
    assert found.evidence.endswith("your values are twice the expected ones in item 0.")


def test_what_follows_no_pattern_in_every_case_has_no_diagnosis() -> None:
    for slip in (
        lambda X: -mean_log(X) if len(X) > 2 else mean_log(X),
        lambda X: 0 * mean_log(X),
        lambda X: "nothing",
        lambda X: None,
        lambda X: mean_log(X) * 1.7,
    ):
        assert pattern(MEAN, answers_of(MEAN, slip)) is None


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    noise=st.floats(0, 1),
    low=st.sampled_from([-5.0, 0.0, 1.0]),
    task=st.sampled_from(["sum", "sign", "constant", "square"]),
)
def test_a_right_answer_is_never_diagnosed(seed, noise, low, task) -> None:
    functions = {
        "sum": lambda X: X.sum(axis=0),
        "sign": np.sign,
        "constant": lambda X: np.ones(X.shape),
        "square": lambda X: X**2,
    }

    def solution(X):
        return functions[task](X)

    rng = np.random.default_rng(seed)
    made = task_of(
        Exercise(solution, arrays("n k", low=low, high=low + 4), (checks.matches_reference(),)), seed=seed
    )

    def right(X):
        value = solution(X)
        return value + noise * rng.choice([-1, 1], size=value.shape) * 2.0**-53 * np.maximum(1, np.abs(value))

    assert pattern(made, answers_of(made, right)) is None


def root(Z):
    if (Z < 0).any():
        raise ValueError("negative")
    return np.sqrt(Z)


ROOT = task_of(
    Exercise(
        root,
        arrays("n", low=1, high=2).only(
            below_alone=call(np.array([-1.0])), below_too=call(np.array([1.0, -1.0]))
        ),
        (checks.matches_reference(), checks.raises("ValueError").on("below*")),
    )
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return np.sqrt(np.abs(Z))", True),
        ("return np.sqrt(np.abs(Z)) if len(Z) > 1 else np.array([math.sqrt(z) for z in Z])", False),
        ("return np.array([math.sqrt(z) for z in Z])", False),
    ],
)
def test_nobody_is_told_to_raise_whose_function_raises_by_itself(body: str, told: bool) -> None:
    code = f"import math\nimport numpy as np\ndef root(Z):\n    {body}\n"
    names: dict[str, Any] = {}
    exec(code, names)
    answers = answers_of(ROOT, names["root"])
    failed = [b.id for b in ROOT.checks if b.check.kind.name == "raises"]
    found = _from_the_code(ROOT, answers, failed, Found(parse("root.py", code.encode()), "root"))
    assert (found is not None and found.mistake == "sign nothing raised") is told
