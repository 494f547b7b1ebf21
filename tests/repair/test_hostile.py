"""Code written to make the search slow, huge or wrong gets no repair, and soon."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.judging import QUICK

from grader.repair import trial
from grader.repair.candidates import Candidate, Candidates
from grader.repair.code import context, read

from .conftest import found

MANY = ", ".join(["1.5"] * 10_000)
HUGE = {
    "10,000 constants": f"def relu(Z):\n    return np.maximum(0, Z) + 0 * sum([{MANY}]) + 1",
    "deep nesting": f"def relu(Z):\n    return {'-(' * 90}Z{')' * 90}",
    "a long chain": f"def relu(Z):\n    return Z{' + 1' * 90}",
    "a huge file": "def relu(Z):\n    return Z\n" + "# a comment\n" * 20_000,
    "many functions": "\n".join(f"def f{n}(Z):\n    return f{n + 1}(Z) + {n}\n" for n in range(400))
    + "def f400(Z):\n    return Z\n\n\ndef relu(Z):\n    return f0(Z)",
}


@pytest.mark.parametrize("name", HUGE)
def test_code_of_unusual_size_is_not_searched_or_within_its_bounds(name: str) -> None:
    made = read(found("relu", HUGE[name]))
    assert made is None or len(made.units) <= 12


BEYOND_FLOATS = {"decimal": "9" * 400, "hexadecimal": "0x" + "f" * 5000, "negative": "-0x" + "f" * 5000}


@pytest.mark.parametrize("number", BEYOND_FLOATS.values(), ids=BEYOND_FLOATS)
def test_integers_that_python_cannot_write_or_divide_are_not_searched(number: str) -> None:
    # Half of the first is no float, and Python refuses to write the second in decimal digits.
    assert read(found("relu", f"def relu(Z):\n    return Z * ({number} > 0)")) is None
    assert read(found("relu", f"limit = {number}\n\n\ndef relu(Z):\n    return Z * (limit > 0)")) is None


def test_such_an_integer_elsewhere_in_the_file_makes_its_context_unknown() -> None:
    source = found("relu", f"limits = (1, 0x{'f' * 5000})\n\n\ndef relu(Z):\n    return Z")
    assert read(source) is not None
    assert context(source) is None


@QUICK
@given(
    st.one_of(
        st.integers(-(2**1000) + 1, 2**1000 - 1),
        st.floats(allow_nan=False),
        st.complex_numbers(allow_nan=False),
        st.text(st.characters(), max_size=5),
        st.binary(max_size=5),
        st.sampled_from([None, ..., True]),
    )
)
def test_code_with_any_constant_can_be_changed_and_changed_again(constant: object) -> None:
    number = ast.unparse(ast.Constant(constant))
    its = read(found("relu", f"def relu(Z):\n    return np.full(3, {number}) + Z[{number}] * {number}"))
    assert its is not None
    made = Candidates(its, seen={its.texts})
    once = made.made(Candidate(its.texts), 1000)
    twice = [two for one in once[::20] for two in made.made(one, 100)]
    assert len(once) > 20
    assert len(twice) > 20


def test_a_function_that_counts_its_calls_is_not_told_as_repaired(searched) -> None:
    # In the worker of the candidates the counter is high; in a new process it starts at 0.
    repair = searched(
        "relu",
        """
        calls = []


        def relu(Z):
            calls.append(1)
            return np.maximum(0, Z) if len(calls) > 60 else np.maximum(1, Z)
        """,
    )
    assert repair is None or repair.lines[0].old.strip().startswith("return")
    assert (
        repair is None
        or "len(calls) > 60" not in repair.lines[0].new
        or "maximum(0, Z)" in repair.lines[0].new
    )


def test_candidates_that_hang_end_the_search(searched, monkeypatch) -> None:
    monkeypatch.setattr(trial, "_LIMITS", {**trial._LIMITS, "cpu_s": 0.1})
    # Every candidate that keeps the loop hangs, as 0 is left out of the cases that are asked first.
    repair = searched(
        "mean",
        """
        started = []


        def mean(x):
            started.append(1)
            while len(started) > 9:
                pass
            return 0.5 * sum(x) / len(x)
        """,
        alone=True,
    )
    assert repair is None or repair.is_full


def test_a_function_that_ends_its_process_is_not_searched(searched) -> None:
    assert (
        searched(
            "relu",
            """
            import os


            def relu(Z):
                os._exit(3)
            """,
        )
        is None
    )
