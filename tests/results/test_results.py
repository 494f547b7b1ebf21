"""Results survive JSON whole, and the schema that stands in the repository is the one they keep to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator as Schema
from jsonschema import ValidationError
from support import samples

from grader.errors import UsageError
from grader.results import CheckResult, Curves, Difference, Result, from_json, json_schema, to_json

SCHEMA = Path(__file__).parents[2] / "docs" / "results.schema.json"
REAL = [samples.usual(), samples.everything(), samples.lesson(), *samples.group(3)]

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),  # JSON has no others
    str: st.text(max_size=6),
}


def of(hint: Any) -> st.SearchStrategy[Any]:
    """Return any value of an annotation that a result has."""
    inner = get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) is Literal:
        return st.sampled_from(inner)
    if get_origin(hint) is list:
        return st.lists(of(inner[0]), max_size=2)
    if get_origin(hint) is dict:
        return st.dictionaries(*map(of, inner), max_size=2)
    if get_origin(hint) is tuple:
        return st.tuples(*map(of, inner))
    if inner:
        return st.one_of(*map(of, inner))
    return st.builds(hint, **{name: of(part) for name, part in get_type_hints(hint).items()})


@pytest.fixture(scope="module")
def schema() -> Schema:
    return Schema(json.loads(SCHEMA.read_bytes()))


@settings(deadline=None, max_examples=40)
@given(of(Result))
def test_a_result_comes_back_from_json_and_keeps_to_the_schema(schema: Schema, result: Result) -> None:
    data = to_json(result)
    assert from_json(data) == result
    assert to_json(from_json(data)) == data
    schema.validate(json.loads(data))


@pytest.mark.parametrize("result", REAL, ids=lambda r: r.student)
def test_real_results_come_back_and_keep_to_the_schema(schema: Schema, result: Result) -> None:
    assert from_json(to_json(result)) == result
    schema.validate(json.loads(to_json(result)))


def test_the_json_is_indented_and_ends_its_last_line() -> None:
    lines = to_json(samples.usual()).decode().split("\n")
    assert lines[:3] == ["{", ' "schema": 2,', ' "student": "student-02",']
    assert lines[-2:] == ["}", ""]


def test_the_schema_in_the_repository_is_up_to_date() -> None:
    """Renew it from the repository's folder by

    python -c 'import json; from grader.results import json_schema as s; print(json.dumps(s(), indent=2))' \
        > docs/results.schema.json
    """
    assert SCHEMA.read_text(encoding="utf-8") == json.dumps(json_schema(), indent=2) + "\n"


def test_the_schema_is_a_schema() -> None:
    Schema.check_schema(json_schema())
    assert json_schema()["title"] == "grader-kit result, schema 2"


def spoiled(*path: str | int, value: Any) -> bytes:
    """Return a real result as JSON with one value in it replaced."""
    data = json.loads(to_json(samples.usual()))
    part = data
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return json.dumps(data).encode()


WRONG = {
    "Invalid enum value 1 - at `$.schema`": spoiled("schema", value=1),
    "Expected `float`, got `str` - at `$.points`": spoiled("points", value="many"),
    "Invalid enum value 'fine' - at `$.exercises[0].status`": spoiled("exercises", 0, "status", value="fine"),
    "Expected `str`, got `null` - at `$.exercises[0].file`": spoiled("exercises", 0, "file", value=None),
    "Invalid enum value 'missing' - at `$.exercises[0].checks[0].status`": spoiled(
        "exercises", 0, "checks", 0, "status", value="missing"
    ),
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_wrong_result_is_refused_by_schema_and_reader_alike(schema: Schema, reason: str) -> None:
    with pytest.raises(ValidationError):
        schema.validate(json.loads(WRONG[reason]))
    with pytest.raises(UsageError) as caught:
        from_json(WRONG[reason], source="student-02.json")
    assert str(caught.value) == f"student-02.json is not a result of schema 2: {reason}"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"student": "\xff"}', b"[" * 100_000], ids=lambda d: repr(d[:20])
)
def test_bytes_that_are_no_result_are_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"^result is not a result of schema 2: "):
        from_json(data)


def test_later_fields_are_left_alone() -> None:
    assert from_json(spoiled("later", value=[1])) == samples.usual()


@pytest.mark.parametrize("kind", [Result, CheckResult, Difference, Curves])
def test_results_cannot_be_changed(kind: type[msgspec.Struct]) -> None:
    assert kind.__struct_config__.frozen
