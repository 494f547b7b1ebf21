"""The code beside its verdicts: the lines of each exercise, marked, within a budget."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support import samples

from grader.report.code_view import (
    DAMAGED,
    LISTING_BYTES,
    PAGE_BYTES,
    UNKEPT,
    Code,
    Listing,
    Row,
    listings,
    wanted,
)
from grader.results import Diagnosis, ExerciseResult, Fault, Result

RELU = b"import numpy as np\n\n\ndef relu(Z):\n    return Z\n"
BOTH = b"""def relu(Z):
    return Z


# The slope.
@wraps
def tanh(Z):
    return (
        Z
)

tanh_of_0 = tanh(0)
"""


def failing(slug: str, file: str, **more: object) -> ExerciseResult:
    check = samples.check("loops", "No loops", "failed", message="There is a loop on line 2.")
    return replace(samples.exercise(slug, slug, [check]), file=file, **more)


def of(*exercises: ExerciseResult) -> Result:
    return samples.result("student-01", list(exercises))


def one(exercise: ExerciseResult, files: dict[str, bytes]) -> list[Listing]:
    return listings(of(exercise), Code({"d": files}, {exercise.slug: "d"}))[0][exercise.slug]


def marked(listing: Listing) -> dict[int, str]:
    return {row.number: row.why for row in listing.rows if row.why}


def test_a_file_of_one_exercise_is_shown_whole_with_its_marks() -> None:
    assert one(failing("relu", "relu.py"), {"relu.py": RELU, "secret.py": b"1"}) == [
        Listing(
            "relu.py",
            [
                Row(1, "import numpy as np"),
                Row(2, "", "No loops"),
                Row(3, ""),
                Row(4, "def relu(Z):"),
                Row(5, "    return Z"),
            ],
        )
    ]


def test_of_a_file_of_several_each_has_its_function_and_the_page_the_file() -> None:
    result = of(failing("relu", "all.py"), failing("tanh", "all.py"))
    beside, (whole,) = listings(result, Code({"d": {"all.py": BOTH}}, {"relu": "d", "tanh": "d"}))
    assert {slug: [one.place for one in mine] for slug, mine in beside.items()} == {
        "relu": ["lines 1 to 2"],
        "tanh": ["lines 6 to 10"],
    }
    assert whole.place == "lines 1 to 12"
    assert marked(whole) == {2: "relu: No loops; tanh: No loops"}


def test_errors_repairs_and_likely_causes_mark_their_lines() -> None:
    cause = Diagnosis(mistake="x", message="It ends here.", evidence="It stands on line 1.")
    fault = Fault(type="ValueError", message="ValueError on line 3 of helpers.py.", file="helpers.py", line=3)
    exercise = replace(samples.repaired(failing("relu", "relu.py"), file="relu.py", line=5), error=fault)
    mine, other = one(replace(exercise, diagnosis=cause), {"relu.py": RELU, "helpers.py": b"a\n" * 30})
    assert marked(mine) == {1: "likely cause", 2: "No loops", 5: "a small change here helps"}
    assert (marked(other), other.place) == ({3: "ValueError"}, "lines 1 to 11")


def test_what_is_not_kept_or_damaged_says_so() -> None:
    result = of(failing("relu", "a.py"), failing("tanh", "b.py"), failing("sigmoid", ""))
    beside, whole = listings(result, Code({}, {"relu": "", "tanh": "d", "sigmoid": ""}))
    assert ({slug: mine[0].said for slug, mine in beside.items()}, whole) == (
        {"relu": UNKEPT, "tanh": DAMAGED},
        [],
    )


def test_what_is_longer_than_the_budget_is_cut_with_a_sentence() -> None:
    (mine,) = one(failing("relu", "relu.py"), {"relu.py": b"def relu(x):\n" + b"    x\n" * 9999})
    assert sum(len(row.text) + 1 for row in mine.rows) <= LISTING_BYTES
    assert mine.said == f"{10_000 - len(mine.rows)} more lines of relu.py left out here."
    (wide,) = one(failing("relu", "relu.py"), {"relu.py": b"x" * 5000})
    assert [len(row.text) for row in wide.rows] == [302]


def test_all_listings_of_a_page_share_a_budget() -> None:
    many = [failing(f"f{n}", f"{n}.py") for n in range(20)]
    files = {f"{n}.py": b"x = 1\n" * 3000 for n in range(20)}
    beside, _ = listings(of(*many), Code({"d": files}, {f"f{n}": "d" for n in range(20)}))
    assert (
        sum(len(row.text) + 1 for mine in beside.values() for each in mine for row in each.rows) <= PAGE_BYTES
    )
    assert all(each.said for mine in beside.values() for each in mine)


@given(st.binary(max_size=300), st.sampled_from(["relu", "missing", "tanh"]), st.integers(-5, 10**7))
def test_any_bytes_are_lines_with_their_numbers(data: bytes, slug: str, line: int) -> None:
    fault = Fault(type="E", message="m", line=line)
    result = of(failing(slug, "a.py", error=fault), failing("other", "a.py"))
    beside, whole = listings(result, Code({"d": {"a.py": BOTH + data}}, {slug: "d", "other": "d"}))
    for each in (*beside[slug], *whole):
        numbers = [row.number for row in each.rows]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@pytest.mark.parametrize("file", ["", "relu.py"])
def test_only_files_to_which_verdicts_point_are_wanted(file: str) -> None:
    assert wanted(failing("relu", file)) == ({file} if file else set())
