"""A kind of check becomes a check with options, a sentence and a place, or says why it cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.judging import cases, task, told

from grader import checks
from grader.checks import KINDS, Check, Kind
from grader.checks.kind import Origin, check
from grader.errors import AuthorError

ORIGIN = Origin(cases(one=np.array([1.0])), np.exp)


def test_every_public_check_is_a_kind_known_by_its_name() -> None:
    public = [getattr(checks, name) for name in checks.__all__]
    assert {one.name: one for one in public if isinstance(one, Kind)} == KINDS


def test_every_kind_has_a_sentence_without_a_full_stop() -> None:
    assert [kind.name for kind in KINDS.values() if not kind.sentence or kind.sentence.endswith(".")] == []


def test_a_kind_is_named_and_titled_after_its_judge() -> None:
    def is_even(seen: object, by: int) -> list[object]:
        """Counts in steps of {by}.

        More for authors.
        """
        return []

    kind = check(reads="all", advice=True)(is_even)
    assert KINDS.pop("is_even") is kind
    assert kind == kind
    assert (kind.name, kind.sentence) == ("is_even", "Counts in steps of {by}")
    assert kind(2) == Check(kind, {"by": 2}, points=0, is_advice=True)


@pytest.mark.parametrize(
    ("kind", "args", "options"),
    [
        (checks.within, (0, 1), {"low": 0, "high": 1}),
        (checks.sums_to, (2.0,), {"total": 2.0, "axis": -1}),
        (checks.stable_at, (1e3, -1e3), {"values": (1e3, -1e3)}),
        (checks.stable_at, (), {"values": ()}),
        (checks.finite, (), {}),
    ],
)
def test_options_are_kept_by_name_with_their_defaults(
    kind: Kind[...], args: tuple[object, ...], options: dict[str, object]
) -> None:
    assert kind(*args) == Check(kind, options)


@pytest.mark.parametrize(
    ("kind", "args", "message"),
    [
        (checks.within, (0,), "checks.within: missing a required argument: 'high'"),
        (checks.finite, (1,), "checks.finite: too many positional arguments"),
    ],
)
def test_options_that_do_not_fit_are_the_authors_error(
    kind: Kind[...], args: tuple[object, ...], message: str
) -> None:
    with pytest.raises(AuthorError) as caught:
        kind(*args)
    assert str(caught.value) == message


def test_each_method_changes_one_thing_and_leaves_the_check_alone() -> None:
    plain = checks.finite()
    assert plain.worth(3) == Check(checks.finite, points=3)
    assert plain.hidden() == Check(checks.finite, is_hidden=True)
    assert plain.worth(3).advice() == Check(checks.finite, points=0, is_advice=True)
    assert plain.on("big*") == Check(checks.finite, cases="big*")
    assert plain.named("No nan") == Check(checks.finite, label="No nan")
    assert plain == Check(checks.finite)


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (checks.within(0, 1), "Every value is between 0 and 1"),
        (checks.within(-1.5, 1e-9), "Every value is between −1.5 and 1e−9"),
        (checks.stable_at(1e3), "Right for inputs as large as 1000"),
        (checks.stable_at(1e3, -1e3, 5.0), "Right for inputs as large as 1000, −1000 and 5"),
        (checks.raises("ValueError"), "Raises ValueError for input that makes no sense"),
        (checks.within(0, 1).named("A probability"), "A probability"),
    ],
)
def test_the_title_is_the_sentence_with_its_numbers(made: Check, title: str) -> None:
    assert made.title == title


def test_the_label_becomes_part_of_an_id() -> None:
    assert checks.finite().named("Row 1: “no nan”, no inf!").slug == "row_1_no_nan_no_inf"
    assert checks.finite().slug == ""


def test_functions_of_the_reference_stay_out_of_a_bundle() -> None:
    assert checks.derivative_matches(np.tanh).public_options() == {"kinks": ()}
    assert checks.sums_to(1.0).public_options() == {"total": 1.0, "axis": -1}


def test_most_kinds_add_no_cases_and_no_facts() -> None:
    (case,) = ORIGIN.inputs.public()
    assert (checks.finite().needs(ORIGIN), checks.finite().facts(case)) == ([], ())


def test_a_check_that_lost_its_function_in_a_bundle_judges_by_the_recorded_facts() -> None:
    one = task(np.cos, checks.derivative_matches(np.sin), inputs=cases(one=np.array([1.0])))
    bare = replace(one, checks=(replace(one.checks[0], check=Check(checks.derivative_matches)),))
    assert (told(bare, np.cos), told(bare, np.sin)[0]) == (("passed", ""), "failed")
