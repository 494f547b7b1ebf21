"""All of an authored file is in its task; an exercise that contradicts itself is its author's error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.judging import authored, cases, task
from support.tolerances import tolerances

from grader import arrays, call, checks
from grader.cases.signature import Parameters
from grader.checks import Check
from grader.checks.context import Expected
from grader.course.discovery import load
from grader.course.preparation import prepare
from grader.course.task import Bound, Known
from grader.errors import AuthorError

AUTHORED = '''"""Scale: multiply by a factor."""
import numpy as np

from grader import Exercise, arrays, checks


def scale(Z, factor=2.0):
    """Return factor * Z."""
    return factor * Z


exercise = Exercise(
    scale,
    inputs=arrays("n").also(ones=np.ones(2)),
    checks=(checks.matches_reference().worth(3), checks.forbids_loops(), checks.finite().hidden()),
    hints=("Where?", "How?"),
    tags=("elementwise",),
    aliases=("multiply",),
    formula="f z",
)


@exercise.mistake(caught_by=checks.matches_reference)
def halved(Z, factor=2.0):
    """The factor
    divides."""
    return Z / factor


@exercise.mistake(caught_by=checks.forbids_loops)
def looped(Z, factor=2.0):
    """A loop is slow."""
    return np.array([factor * z for z in Z])
'''
U = 2.0**-53
SOME = cases(some=np.array([1.0, -4.0]))


def double(z: Any) -> Any:
    return 2 * z


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "01_small" / "scale.py"
    file.parent.mkdir()
    file.write_text(AUTHORED)
    return file


def test_everything_in_an_authored_file_is_in_its_task(path: Path) -> None:
    path.with_name("givens.py").write_text("def given(): pass\n")
    one = prepare(load(path), seed=5)
    assert (one.slug, one.title, one.lesson) == ("scale", "Scale: multiply by a factor", "01_small")
    assert one.parameters == Parameters(("Z", "factor"), 1, ("factor",))
    assert (one.hints, one.tags, one.aliases, one.formula) == (
        ("Where?", "How?"),
        ("elementwise",),
        ("multiply",),
        "f z",
    )
    assert (one.givens, one.source, one.max_points) == (b"def given(): pass\n", AUTHORED, 5)
    assert [bound.id for bound in one.checks] == ["matches_reference", "forbids_loops", "finite"]
    assert one.mistakes == (
        Known("halved", "The factor divides.", "matches_reference"),
        Known("looped", "A loop is slow.", "forbids_loops", in_source=True),
    )


def test_a_student_gets_no_hidden_check_and_no_hidden_case(path: Path) -> None:
    full, public = prepare(load(path), seed=5), prepare(load(path), seed=5, public_only=True)
    assert [case.name for case in full.cases if case.hidden] == [f"hidden {n}" for n in (1, 2, 3, 4)]
    assert [case.name for case in full.cases if not case.hidden] == [case.name for case in public.cases]
    assert [bound.id for bound in public.checks] == ["matches_reference", "forbids_loops"]
    assert (public.givens, public.max_points) == (b"", 4)


def test_the_expected_values_are_the_solutions_within_the_rule_of_rounding() -> None:
    one = task(double, checks.finite(), inputs=SOME)
    expected = one.expected["some"]
    assert np.asarray(expected.value).tolist() == [2.0, -8.0]
    assert expected.allowed.at().tolist() == [32 * U, 128 * U]


def allowed(solution: Any, inputs: Any, **more: Any) -> Any:
    (only,) = task(solution, checks.finite(), inputs=inputs, **more).expected.values()
    listed = [None if part is None else part.tolist() for part in only.allowed.in_order()]
    return listed if isinstance(only.value, (tuple, dict)) else listed[0]


@pytest.mark.parametrize(
    ("solution", "more", "limit"),
    [
        (double, {"scale": 4.0}, [64 * U, 128 * U]),
        (double, {"slack": 0.5}, [0.5 + 32 * U, 0.5 + 128 * U]),
        (double, {"condition": np.abs}, [36 * U, 144 * U]),
        (double, {"condition": lambda z: z / 0}, [0.0, 0.0]),
        (lambda z: z > 0, {}, None),
        (lambda z: "text", {}, None),
        (lambda z: None, {}, None),
        (lambda z: (z, 1, [2.0]), {}, [[16 * U, 64 * U], None, 32 * U]),
        (lambda z: {"a": 0.5, "b": z.astype(int)}, {}, [16 * U, None]),
        (lambda z: (), {}, []),
    ],
)
def test_each_part_has_its_own_allowance(solution: Any, more: dict[str, Any], limit: Any) -> None:
    assert allowed(solution, SOME, **more) == limit


def test_float32_input_is_allowed_more() -> None:
    assert allowed(double, cases(some=np.array([1.0], np.float32))) == [32 * 2.0**-24]


def test_hidden_cases_are_allowed_twice_as_much() -> None:
    one = prepare(authored(double, checks.finite(), inputs=arrays("n", low=0.1, high=0.5)), seed=5)
    exact = [case for case in one.cases if case.name != "integers"]
    limits = {
        case.hidden: set(one.expected[case.name].allowed.at().tolist()) for case in exact if case.args[0].size
    }
    assert limits == {False: {16 * U}, True: {32 * U}}


def test_the_solution_cannot_change_a_case() -> None:
    def in_place(z: Any) -> Any:
        z *= 2
        return z

    one = task(in_place, checks.finite(), inputs=cases(some=np.array([1.0])))
    assert (one.cases[0].args[0].tolist(), one.expected["some"].value.tolist()) == ([1.0], [2.0])


def test_keywords_reach_the_solution() -> None:
    one = task(lambda z, k=1: k * z, checks.finite(), inputs=cases(some=call(3, k=4)))
    assert one.expected == {"some": Expected(12, tolerances(12, None))}


BASE = ("different sizes", "equal sizes", "one row", "a transposed view", "every second element")
RAMP = "evenly spaced inputs"
AGAIN = "different sizes, once more"


@pytest.mark.parametrize(
    ("check", "read"),
    [
        (checks.finite(), BASE),
        (checks.increasing(), (RAMP,)),
        (checks.deterministic(), (*BASE, AGAIN)),
        (checks.no_warnings(), (*BASE, "five", RAMP, AGAIN)),
        (checks.finite().on("five"), ("five",)),
        (checks.finite().on("*si[zn]e*"), ("different sizes", "equal sizes", AGAIN)),
        (checks.finite().on("no such case"), ()),
    ],
    ids=["base", "own", "both", "all", "one by name", "by pattern", "none"],
)
def test_a_check_reads_its_cases(check: Check, read: tuple[str, ...]) -> None:
    inputs = arrays("n").only(five=np.ones(5))
    others = [c for c in (checks.increasing(), checks.deterministic()) if c != check]
    one = task(double, check.named("this"), *others, inputs=inputs)
    assert one.checks[0] == Bound(check.kind.name, check.named("this"), read)


def test_slopes_are_measured_without_any_answer_once_and_when_they_are_asked_for() -> None:
    asked: list[Any] = []

    def counted(x: Any) -> Any:
        asked.append(x)
        return np.sin(x)

    one = task(np.cos, checks.derivative_matches(counted), inputs=SOME)
    names, before = list(one.checks[0].facts), len(asked)
    ((measured,),) = one.checks[0].facts.values()
    assert np.abs(measured.slope.value - np.cos([1.0, -4.0])).max() < 1e-12
    after = len(asked)
    assert (names, len(one.checks[0].facts), before < after) == (["some"], 1, True)
    assert (one.checks[0].facts["some"] == (measured,), len(asked)) == (True, after)


def test_a_function_to_differentiate_that_fails_is_the_authors_error_and_no_missing_slope() -> None:
    def sometimes(x: Any) -> Any:
        if is_lost:
            raise KeyError("W")
        return np.sin(x)

    is_lost = False
    check = checks.derivative_matches(sometimes)
    one = task(np.cos, check, inputs=SOME)
    is_lost = True
    with pytest.raises(AuthorError) as caught:
        one.checks[0].facts.get("some", ())
    reason = "the function whose slope is measured fails on the case “some”: KeyError: 'W'"
    assert str(caught.value).endswith(reason)
    assert "another" not in one.checks[0].facts
    with pytest.raises(AuthorError) as caught:
        task(np.cos, check, inputs=SOME)
    assert str(caught.value).endswith(f"the cases of “{check.title}” cannot be made: KeyError: 'W'")


def test_two_checks_may_ask_for_the_very_same_case() -> None:
    twice = (checks.increasing().named("a"), checks.increasing().named("b"))
    one = task(double, *twice, inputs=arrays("n"))
    assert [(bound.id, bound.cases) for bound in one.checks] == [
        ("increasing_a", (RAMP,)),
        ("increasing_b", (RAMP,)),
    ]


def test_a_mistake_may_be_caught_by_the_id_of_a_check() -> None:
    made = authored(double, checks.finite().named("A"), checks.finite().named("B"), inputs=SOME)
    made.exercise.mistake(caught_by="finite_b")(_zero)
    assert prepare(made, seed=5, public_only=True).mistakes == (Known("_zero", "All is 0.", "finite_b"),)


def _zero(z: Any) -> Any:
    """All is 0."""
    return 0 * z


def refuse(z: Any) -> Any:
    if z is None:
        raise ValueError("nothing to double")
    return 2 * z


def test_a_tolerance_that_fails_is_the_authors_error() -> None:
    made = authored(double, checks.finite(), inputs=SOME, condition=np.linalg.inv)
    with pytest.raises(
        AuthorError, match="the tolerance that is declared fails on the case “some”: LinAlgError"
    ):
        prepare(made, seed=5)


def test_a_case_that_shall_raise_has_no_expected_value() -> None:
    inputs = SOME.only(nothing=call(None))
    one = task(refuse, checks.finite(), checks.raises("ValueError").on("nothing"), inputs=inputs)
    assert one.expected["nothing"] == Expected()


@pytest.mark.parametrize(
    ("declared", "inputs", "message"),
    [
        (
            (checks.finite(),),
            SOME.also(nothing=call(None)),
            "the solution fails on the case “nothing”: ValueError: nothing to double",
        ),
        (
            (checks.finite(), checks.finite()),
            SOME,
            "two checks are called finite; tell them apart by .named(…)",
        ),
        (
            (checks.within(0, 9).named("In range"), checks.within(0, 8).named("in range!")),
            SOME,
            "two checks are called within_in_range; tell them apart by .named(…)",
        ),
        ((checks.finite(),), SOME.only(some=np.zeros(1)), "two different cases are called “some”"),
    ],
)
def test_an_exercise_that_contradicts_itself_is_the_authors_error(
    declared: Any, inputs: Any, message: str
) -> None:
    made = authored(refuse, *declared, inputs=inputs)
    with pytest.raises(AuthorError) as caught:
        prepare(replace(made, path=Path("reference/01_small/refuse.py")), seed=5, public_only=True)
    assert str(caught.value) == f"reference/01_small/refuse.py: {message}"


def test_a_case_that_hidden_checks_alone_ask_for_is_in_no_public_task(tmp_path: Path) -> None:
    path = tmp_path / "01_small" / "twice.py"
    path.parent.mkdir()
    path.write_text(
        '"""Twice: double it."""\nimport numpy as np\nfrom grader import Exercise, arrays, checks\n\n\n'
        'def twice(Z):\n    """Return 2 * Z."""\n    return 2.0 * Z\n\n\n'
        "inputs = arrays().only(secret=np.array([4711.0]), shown=np.ones(1))\n"
        "exercise = Exercise(twice, inputs=inputs, checks=(\n"
        "    checks.matches_reference(),\n"
        '    checks.matches_reference().on("secret").named("There").hidden(),\n'
        '    checks.preserves_shape().on("shown"), checks.no_warnings(),\n'
        "    checks.idempotent().hidden(),\n))\n"
    )
    public = prepare(load(path), seed=3, public_only=True)
    full = prepare(load(path), seed=3)
    assert "secret" not in {case.name for case in public.cases}
    assert "shown" in {case.name for case in public.cases}
    own = {name for b in full.checks if b.check.kind.name == "idempotent" for name in b.cases}
    assert {"secret", *own} <= full.secret
    assert "shown" not in full.secret
    assert {name for b in full.checks if not b.check.is_hidden for name in b.cases} & {
        "secret",
        *own,
    } == set()
