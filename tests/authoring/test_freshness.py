"""A recording stays fresh on every processor, and is stale once a number or a word really differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.authoring.freshness import is_fresh
from grader.cases.value_json import to_json

RECORDED = {
    slug: {"schema": 1, "exercises": {slug: exercise}}
    for path in sorted(Path("exercises").glob("*/answers.json"))
    for slug, exercise in msgspec.json.decode(path.read_bytes())["exercises"].items()
}
EPS = float(np.finfo(float).eps)
SEEDS = st.integers(0, 2**32 - 1)
Place = tuple[list[Any] | dict[str, Any], Any]
"""Where a float stands as text, and its index there."""


def floats(data: Any) -> Iterator[Place]:
    """Yield the places of the finite float64 numbers of recorded values."""
    if isinstance(data, dict) and data.get("dtype") in ("float64", "float"):
        inside = data if "number" in data else data.get("array", data.get("scalar"))
        names = ["number"] if "number" in data else range(len(inside))
        yield from ((inside, name) for name in names if np.isfinite(float.fromhex(inside[name])))
    elif isinstance(data, (dict, list)):
        for part in data.values() if isinstance(data, dict) else data:
            yield from floats(part)


def number(place: Place) -> float:
    inside, name = place
    return float.fromhex(inside[name])


def moved(place: Place, value: float) -> None:
    inside, name = place
    inside[name] = value.hex()


def exercises(data: Any) -> Iterator[dict[str, Any]]:
    yield from data["exercises"].values()


def judged(data: Any) -> Iterator[tuple[Place, float]]:
    """Yield expected numbers with the tolerance of each."""
    for one in exercises(data):
        for case in [*one["cases"], *([one["curve"]] if one["curve"] else [])]:
            pairs = list(floats(case["expected"])), list(floats(case["allowed"]))
            if len(pairs[0]) == len(pairs[1]):  # else some have none, such as infinities and integers
                yield from ((place, number(allowed)) for place, allowed in zip(*pairs, strict=True))


def slopes(data: Any) -> Iterator[tuple[Place, float]]:
    """Yield trusted slopes with the estimated error of each."""
    for one in exercises(data):
        for check in one["checks"].values():
            for fact in (f for facts in check["facts"].values() for f in facts):
                for i, trusted in enumerate(fact["trusted"]["array"]):
                    if trusted:
                        yield (fact["value"]["array"], i), float.fromhex(fact["error"]["array"][i])


def inputs(data: Any) -> Iterator[Place]:
    for one in exercises(data):
        for case in one["cases"]:
            yield from floats([case["args"], case["kwargs"]])


def is_fresh_after(change: Callable[[Any], object], slug: str) -> bool:
    """Return whether an exercise's recording is fresh after a change, seen from both sides."""
    here = msgspec.json.encode(RECORDED[slug])
    data = msgspec.json.decode(here)
    change(data)
    there = msgspec.json.encode(data)
    verdicts = {is_fresh(there, here), is_fresh(here, there)}
    assert len(verdicts) == 1
    return verdicts.pop()


WITH_ANSWERS = sorted(slug for slug, data in RECORDED.items() if list(judged(data)))
WITH_INPUTS = sorted(slug for slug, data in RECORDED.items() if list(inputs(data)))
WITH_SLOPES = sorted(slug for slug, data in RECORDED.items() if list(slopes(data)))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(RECORDED)), SEEDS)
def test_another_processors_last_bits_are_fresh(slug: str, seed: int) -> None:
    draw = Random(seed)

    def another_processor(data: Any) -> None:
        for place in inputs(data):
            near = number(place) * (1 + draw.randint(-4, 4) * EPS)
            # No processor's last bits make the largest number infinite.
            moved(place, near if np.isfinite(near) else number(place))
        for place, allowed in judged(data):
            moved(place, number(place) + draw.uniform(-0.9, 0.9) * allowed)
        for place, error in slopes(data):
            moved(place, number(place) + draw.uniform(-4, 4) * error)
        for one in exercises(data):
            for place in floats(one["mistakes"]):
                moved(place, draw.choice([0.0, -1e300, np.nan, np.inf]))

    assert is_fresh_after(another_processor, slug)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(WITH_ANSWERS), SEEDS)
def test_one_expected_number_beyond_its_tolerance_is_stale(slug: str, seed: int) -> None:
    draw = Random(seed)

    def another_answer(data: Any) -> None:
        place, allowed = draw.choice(list(judged(data)))
        value, side = number(place), draw.choice([-1, 1])
        beyond = value + side * (1.01 * allowed + 4 * EPS * abs(value))
        # Four roundoffs of the least number above 0 are 0.
        moved(place, beyond if beyond != value else float(np.nextafter(value, side * np.inf)))

    assert not is_fresh_after(another_answer, slug)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(WITH_INPUTS), SEEDS)
def test_one_other_input_is_stale(slug: str, seed: int) -> None:
    draw = Random(seed)

    def another_input(data: Any) -> None:
        case = draw.choice([c for one in exercises(data) for c in one["cases"] if list(floats(c["args"]))])
        places = list(floats(case["args"]))
        size = max(abs(number(place)) for place in places) or 1.0
        place = draw.choice(places)
        moved(place, number(place) + 1e-12 * size)

    assert not is_fresh_after(another_input, slug)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(WITH_SLOPES), SEEDS)
def test_one_slope_beyond_its_error_is_stale(slug: str, seed: int) -> None:
    draw = Random(seed)

    def another_slope(data: Any) -> None:
        (inside, i), error = draw.choice(list(slopes(data)))
        largest = max(abs(float.fromhex(v)) for v in inside)
        moved((inside, i), number((inside, i)) + 8 * error + 1e-5 * max(largest, 1.0))

    assert not is_fresh_after(another_slope, slug)


def small(**changes: Any) -> bytes:
    """Return a recording of one exercise with one case, one check and one mistake."""
    fact = {
        "path": [0, "dW"],
        "name": "W",
        "value": to_json(np.array([1.0, np.nan])),
        "error": to_json(np.array([1e-9, np.inf])),
        "trusted": to_json(np.array([True, False])),
        "spread": to_json(np.array([0.0, 0.0])),
    }
    case = {
        "name": "nan",
        "args": {"tuple": [to_json(np.array([1.0, np.nan])), 3]},
        "kwargs": to_json({"axis": 0}),
        "layout": "C",
        "expected": to_json((np.array([2.0, np.nan, -np.inf, 0.0]), np.array([3]), True)),
        "allowed": {"list": [to_json(np.array([1e-9, 0.0, 0.0, 0.0])), None, None]},
    }
    wrong = {"nan": {"fate": "returned", "after": {"list": []}, "value": to_json((np.array([0.5]), 7, True))}}
    exercise = {
        "source": "0x1.0000000000000p+0",
        "cases": [{**case, **changes.get("case", {})}],
        "checks": {"nan": {"cases": ["nan"], "facts": {"nan": [{**fact, **changes.get("fact", {})}]}}},
        "record": None,
        "curve": None,
        "mistakes": {"dtype": {"nan": {**wrong["nan"], **changes.get("mistake", {})}}},
        **changes.get("exercise", {}),
    }
    return msgspec.json.encode({"schema": 1, "exercises": {"mistakes": exercise}} | changes.get("file", {}))


def expected(*parts: Any) -> dict[str, Any]:
    return {"case": {"expected": to_json(parts)}}


FRESH = {
    "a last bit beside nan": expected(np.array([2 + 4 * EPS, np.nan, -np.inf, 0.0]), np.array([3]), True),
    "a zero of the other sign": expected(np.array([2.0, np.nan, -np.inf, -0.0]), np.array([3]), True),
    "a slope that only one machine trusts": {
        "fact": {"value": to_json(np.array([1.0, 5.0])), "trusted": to_json(np.array([True, True]))}
    },
    "another error estimate": {"fact": {"error": to_json(np.array([1e-8, 1e-8]))}},
    "other numbers of a mistake": {"mistake": {"value": to_json((np.array([np.inf]), 8, False))}},
    "a tolerance off by rounding": {
        "case": {"allowed": {"list": [to_json(np.array([1.0001e-9, 0, 0, 0])), None, None]}}
    },
}
STALE = {
    "nan for a number": expected(np.array([np.nan, np.nan, -np.inf, 0.0]), np.array([3]), True),
    "a number for nan": expected(np.array([2.0, 2.0, -np.inf, 0.0]), np.array([3]), True),
    "the other infinity": expected(np.array([2.0, np.nan, np.inf, 0.0]), np.array([3]), True),
    "an integer off by one": expected(np.array([2.0, np.nan, -np.inf, 0.0]), np.array([4]), True),
    "another boolean": expected(np.array([2.0, np.nan, -np.inf, 0.0]), np.array([3]), False),
    "one for True": expected(np.array([2.0, np.nan, -np.inf, 0.0]), np.array([3]), 1),
    "a float for an integer": expected(np.array([2.0, np.nan, -np.inf, 0.0]), np.array([3.0]), True),
    "another dtype": expected(np.array([2.0, np.nan, -np.inf, 0.0], "f4"), np.array([3]), True),
    "another shape": expected(np.array([[2.0, np.nan, -np.inf, 0.0]]), np.array([3]), True),
    "a list for a tuple": {
        "case": {"expected": to_json([np.array([2.0, np.nan, -np.inf, 0.0]), np.array([3]), True])}
    },
    "another tolerance": {"case": {"allowed": {"list": [to_json(np.array([1.1e-9, 0, 0, 0])), None, None]}}},
    "no tolerance": {"case": {"allowed": None}},
    "another case": {"case": {"name": "NaN"}},
    "another layout": {"case": {"layout": "F"}},
    "another argument": {"case": {"args": {"tuple": [to_json(np.array([1.0, 1.0])), 3]}}},
    "another integer argument": {"case": {"args": {"tuple": [to_json(np.array([1.0, np.nan])), 4]}}},
    "another keyword": {"case": {"kwargs": to_json({"axes": 0})}},
    "another slope": {"fact": {"value": to_json(np.array([1.001, np.nan]))}},
    "a kink": {"fact": {"spread": to_json(np.array([0.5, 0.0]))}},
    "a slope of another part": {"fact": {"path": [1, "dW"]}},
    "a slope of another shape": {"fact": {"trusted": to_json(np.array([[True, False]]))}},
    "a mistake that returns another form": {"mistake": {"value": to_json((np.array([0.5, 1.0]), 7, True))}},
    "a mistake that returns another type": {"mistake": {"value": to_json((np.array([0.5]), 7.0, True))}},
    "a mistake that raises": {"mistake": {"fate": "raised"}},
    "another source": {"exercise": {"source": "0x1.0000000000001p+0"}},
    "a case more": {"exercise": {"cases": []}},
    "a curve": {"exercise": {"curve": {}}},
    "an entry more": {"exercise": {"more": 1}},
    "another schema": {"file": {"schema": 2}},
    "an exercise less": {"file": {"exercises": {}}},
    "no exercises": {"file": {"exercises": None}},
}


@pytest.mark.parametrize("name", FRESH)
def test_what_differs_in_rounding_alone_is_fresh(name: str) -> None:
    assert is_fresh(small(**FRESH[name]), small())
    assert is_fresh(small(), small(**FRESH[name]))


@pytest.mark.parametrize("name", STALE)
def test_what_differs_in_meaning_is_stale(name: str) -> None:
    assert not is_fresh(small(**STALE[name]), small())
    assert not is_fresh(small(), small(**STALE[name]))


DAMAGED = {
    "half a file": small()[:-9],
    "no text": b"\xff\xfe",
    "no object": b"[1]",
    "a number that is none": small().replace(b"0x1.0000000000000p+1", b"0x1.0p+9999", 1),
    "too deep": small().replace(b'"schema":1', b'"schema":' + b"[" * 100_000, 1),
    "a shape that does not fit": small().replace(b'"shape":[4]', b'"shape":[-4]', 1),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_stale(name: str) -> None:
    assert DAMAGED[name] != small()
    assert not is_fresh(DAMAGED[name], small())


def test_spaces_are_not_looked_at() -> None:
    assert is_fresh(msgspec.json.format(small(), indent=2), small())
