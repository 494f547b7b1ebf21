"""Whatever an answer is made of, it is judged, shown and explained in bounded work, and told in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.effort import effort, peak_bytes
from support.judging import cases, task

from grader import call, checks
from grader.cases.case import Answer
from grader.checks import Check
from grader.checks.compare import describe, unlike
from grader.course.task import Task
from grader.explain.diagnosis import pattern
from grader.explain.evidence import Evidence
from grader.grading.verdicts import judge, observations
from grader.results import CheckResult
from grader.submissions.source import Found, parse
from grader.text.values import call_text, literal_text, value_text, value_texts
from grader.worker.wire import NODES, TEXT_CHARS, Opaque

MB = 2**20


def nested(depth: int, width: int) -> Any:
    value: Any = 1.5
    for _ in range(depth):
        value = [value] * width
    return value


HUGE: dict[str, Any] = {
    "26 dimensions": np.zeros((2,) * 26, "u1"),
    "32 dimensions": np.zeros((2,) * 24 + (1,) * 8, "u1"),
    "8 dimensions": np.ones((7,) * 8, "f4"),
    "one long row": np.arange(4.0 * MB),
    "one long column": np.ones((MB, 1, 1)),
    "nothing, many times": np.empty((2**31 - 1, 0)),
    "many times nothing": np.empty((0, 2**31 - 1)),
    "long doubles": np.full((MB,), np.longdouble(1) / 3),
    "nan with a payload": np.full((MB,), np.array([0x7FF8DEADBEEF0001], "u8").view("f8")[0]),
    "complex": np.full((MB,), 1j / 3),
    "booleans": np.ones((2,) * 20, bool),
    "wide and deep": nested(11, 2),
    "many arrays": [np.ones(999) for _ in range(NODES - 10)],
    "long texts": ["\U0010ffff" * TEXT_CHARS] * 4,
    "a long text": "\x00" * TEXT_CHARS,
    "many keys": {f"{n}{'k' * 60}": n for n in range(NODES // 2)},
    "long keys": {f"{n}{'k' * TEXT_CHARS}": {"k" * TEXT_CHARS: n} for n in range(4)},
    "a long key over many values": {"k" * TEXT_CHARS: {f"{n}": {"v": n} for n in range(3000)}},
    "an object": Opaque("x" * 200),
    "a tuple of much": (np.ones((2,) * 20), {"a": [np.ones((2,) * 20)]}, ["t" * TEXT_CHARS] * 3),
}
"""Also what no worker can send: no function counts on another's bounds."""


@pytest.mark.parametrize("name", HUGE)
def test_a_value_is_one_short_line_after_few_steps(name: str) -> None:
    text = effort(lambda: value_text(HUGE[name]), most=4_000).value
    assert 0 < len(text) <= 96
    assert peak_bytes(lambda: value_text(HUGE[name])) < MB


@pytest.mark.parametrize("name", HUGE)
def test_two_values_are_two_short_lines_after_few_steps(name: str) -> None:
    for other in (HUGE[name], 1.0, None):
        one, two = effort(lambda other=other: value_texts(HUGE[name], other), most=100_000).value
        assert 0 < len(one) <= 96 >= len(two) > 0


@pytest.mark.parametrize("name", HUGE)
def test_a_value_as_python_is_a_line_or_told_in_words(name: str) -> None:
    text = effort(lambda: literal_text(HUGE[name]), most=40_000).value
    assert 0 < len(text) <= 20_000


@pytest.mark.parametrize("name", [name for name, value in HUGE.items() if isinstance(value, np.ndarray)])
def test_a_call_with_a_huge_array_is_written_after_few_steps(name: str) -> None:
    text = effort(lambda: call_text("f", (HUGE[name],), {}), most=4_000).value
    assert len(text) <= 400


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.parametrize("expected", [np.ones((2, 3)), 1.0, (1.0, {"a": 2}), {"a": 1}, "text", None, [1, 2]],
                         ids=["array", "float", "tuple", "dictionary", "text", "none", "list"])  # fmt: skip
def test_what_is_unlike_is_told_in_a_short_sentence(name: str, expected: Any) -> None:
    found = effort(lambda: unlike(HUGE[name], expected), most=100_000).value
    assert found is None or len(found.message) <= 1_500
    assert len(describe(HUGE[name])) <= 250


def with_params(z: Any, params: Any) -> Any:
    return 2.0 * z


def double(z: Any) -> Any:
    return 2.0 * z


PARAMS = {"W": np.array([1.0]), "steps": [1, 2], "rate": 0.5}
EVERY: tuple[Check, ...] = (
    checks.preserves_shape(),
    checks.matches_reference(),
    checks.returns_floats(),
    checks.does_not_mutate(),
    checks.returns_new_array(),
    checks.finite(),
    checks.within(0.0, 1.0),
    checks.sums_to_one(),
    checks.no_warnings(),
    checks.raises("ValueError"),
)


def results(one: Task, given: dict[str, Answer], *, most: int) -> list[CheckResult]:
    """Return every verdict with its evidence, as a student's page is made of."""
    source = Found(parse("f.py", b"def f(z): return z\n"), "f")
    its = observations(one, given)

    def act() -> list[CheckResult]:
        evidence = Evidence(one, its, source, lambda asked: [next(iter(given.values()))] * len(asked))
        verdicts = [judge(one, bound, its, source) for bound in one.checks]
        pattern(one, given)
        return [
            evidence.added(bound, result) if result.status == "failed" else result
            for bound, result in zip(one.checks, verdicts, strict=True)
        ]

    return effort(act, most=most).value  # type: ignore[no-any-return]  # what act returns


@pytest.mark.parametrize("name", HUGE)
def test_every_check_of_a_huge_answer_says_so_after_few_steps(name: str) -> None:
    one = task(double, *EVERY, inputs=cases(some=np.array([[1.0, 2.0]]), other=np.array([[3.0, 4.0]])))
    value = HUGE[name]
    given = {case.name: Answer("returned", value, case.args, value) for case in one.cases}
    found = results(one, given, most=1_000_000)
    assert {r.status for r in found} <= {"failed", "skipped", "passed"}
    assert not any(r.points for r in found if not r.advice and r.name != "no_warnings")
    assert max(len(r.message) + len(r.got) + len(r.expected) + len(r.smallest) for r in found) <= 2_000


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.parametrize("where", ["argument", "inside"])
def test_a_huge_argument_after_the_call_is_a_change_and_told_as_one(name: str, where: str) -> None:
    one = task(with_params, checks.does_not_mutate(), inputs=cases(some=call(np.array([1.0]), PARAMS)))
    case = one.cases[0]
    after = HUGE[name] if where == "argument" else {**PARAMS, "W": HUGE[name], "more": HUGE[name]}
    value = np.array([2.0])
    given = {case.name: Answer("returned", value, (case.args[0], after), value)}
    (result,) = results(one, given, most=1_000_000)
    assert result.status == "failed"
    assert result.message.startswith("Your function changed its input: params")
    assert len(result.message) <= 400


@pytest.mark.parametrize("now", [Opaque("Matrix"), None, 1.0, "text", np.float64(1.0), np.array([1, 2])])
def test_an_array_that_is_no_longer_one_is_a_change(now: Any) -> None:
    one = task(with_params, checks.does_not_mutate(), inputs=cases(some=call(np.array([1.0]), PARAMS)))
    value = np.array([2.0])
    given = {"some": Answer("returned", value, (np.array([1.0]), {**PARAMS, "W": now}), value)}
    (result,) = results(one, given, most=100_000)
    assert (result.status, result.points) == ("failed", 0)


def test_large_answers_in_every_case_take_no_more_memory_than_themselves() -> None:
    one = task(double, *EVERY, inputs=cases(**{f"c{n}": np.array([[1.0, n]]) for n in range(20)}))
    value = np.ones((MB,), "u1")
    given = {case.name: Answer("returned", value, case.args, value) for case in one.cases}
    assert peak_bytes(lambda: results(one, given, most=3_000_000)) < 24 * MB


def test_text_in_place_of_text_is_told_in_one_line() -> None:
    one = task(lambda z: "right", checks.matches_reference(), inputs=cases(some=np.array([1.0])))
    given = {"some": Answer("returned", "\U0010ffff" * TEXT_CHARS)}
    (result,) = results(one, given, most=10_000)
    assert (result.status, len(result.message) <= 250) == ("failed", True)


def test_an_answer_like_the_expected_one_has_room_however_it_is_written() -> None:
    one = task(with_params, checks.finite(), inputs=cases(some=call(np.ones((300, 400)), PARAMS)))
    assert one.size_limits["some"] >= 3 * np.ones((300, 400), np.clongdouble).nbytes
