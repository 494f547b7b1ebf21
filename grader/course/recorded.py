"""Write and read the recorded answers with which a student's machine grades instead of the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader.cases.case import Answer, Case, Raised
from grader.cases.nested import leaves
from grader.cases.signature import Parameters
from grader.cases.tolerances import Tolerances
from grader.cases.value_json import from_json, to_json
from grader.checks import KINDS, Check
from grader.checks.context import Expected
from grader.course.index import INDEX, is_called, load, reading
from grader.course.task import Bound, Curve, Known, Task
from grader.errors import UsageError
from grader.numerics.differences import Measured, Slope
from grader.worker.script import Script

ANSWERS = "answers.json"
ELEMENTS = 80
"""Most elements of a recorded case's arguments."""
ANSWER_ELEMENTS = 512
"""Most elements of a recorded answer: a sample of ten thousand draws would make the bundle large."""
Answers = Mapping[str, Answer]
_SLOPE = tuple(field.name for field in fields(Slope))


def public_cases(task: Task) -> list[Case]:
    """Return the cases of a bundle: public ones with few elements in arguments and answer."""
    return [case for case in task.cases if not case.hidden and _is_small(task, case)]


def _is_small(task: Task, case: Case) -> bool:
    given = (case.args, dict(case.kwargs))
    return _elements(given) <= ELEMENTS and _elements(task.expected[case.name].value) <= ANSWER_ELEMENTS


def _elements(value: object) -> int:
    return sum(leaf.size for _, leaf in leaves(value) if isinstance(leaf, np.ndarray))


def entry(
    task: Task,
    *,
    after: Sequence[str] = (),
    stub: str = "",
    difficulty: str = "",
    minutes: int = 0,
    repairs: str = "change",
    change_after: str = "",
    in_side_track: bool = False,
) -> dict[str, Any]:
    """Return an exercise's entry in the index, which students may read."""
    return {
        "slug": task.slug,
        "lesson": task.lesson,
        **({"side_track": True} if in_side_track else {}),
        **({"repairs": repairs} if repairs != "change" else {}),
        **({"change_after": change_after} if change_after else {}),
        "title": task.title,
        "points": task.max_points,
        "difficulty": difficulty,
        "minutes": minutes,
        "tags": list(task.tags),
        "after": list(after),
        "aliases": list(task.aliases),
        "formula": task.formula,
        "parameters": asdict(task.parameters),
        "hints": list(task.hints),
        **({"limits": dict(task.limits)} if task.limits else {}),
        **({"script": msgspec.to_builtins(task.script), "subjects": task.subjects} if task.script else {}),
        "checks": [_check_entry(bound) for bound in task.checks if not bound.check.is_hidden],
        "mistakes": [{"name": m.name, "message": m.message} for m in task.mistakes if not m.in_source],
        "stub": stub,
    }


def _check_entry(bound: Bound) -> dict[str, Any]:
    check = bound.check
    return {
        "id": bound.id,
        "kind": check.kind.name,
        "title": check.title,
        "points": check.points,
        "advice": check.is_advice,
        "decisive": check.is_decisive,
        "options": {k: _option(v) for k, v in check.public_options().items()},
    }


def _option(value: Any) -> Any:
    """Return an option as readable JSON; only values that JSON lacks are written like answers."""
    if isinstance(value, tuple):
        return [_option(v) for v in value]
    if isinstance(value, np.generic):
        return _option(value.item())
    is_bare = not isinstance(value, dict) and not (isinstance(value, float) and not np.isfinite(value))
    return value if is_bare else to_json(value)


def _option_of(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_option_of(v) for v in data)
    return from_json(data) if isinstance(data, dict) else data


def recording(task: Task, mistakes: Mapping[str, Answers]) -> dict[str, Any]:
    """Return the recorded cases of an exercise: inputs, expected answers, tolerances, mistakes' answers."""
    cases = public_cases(task)
    names = {case.name for case in cases}
    return {
        "cases": [_entry(case, task.expected[case.name]) for case in cases],
        "checks": {
            bound.id: {
                "cases": [n for n in bound.cases if n in names],
                "facts": {n: list(map(_fact, f)) for n, f in bound.facts.items() if n in names},
            }
            for bound in task.checks
            if not bound.check.is_hidden
        },
        "record": task.record,
        "curve": _entry(task.curve.case, task.curve.expected) if task.curve else None,
        "mistakes": {
            name: {n: _answer_entry(a) for n, a in answers.items() if n in names}
            for name, answers in mistakes.items()
        },
    }


def _entry(case: Case, expected: Expected) -> dict[str, Any]:
    return {
        "name": case.name,
        "args": to_json(case.args),
        "kwargs": to_json(dict(case.kwargs)),
        "layout": case.layout,
        **({"at": case.at, "of": case.of} if case.script else {}),
        "expected": to_json(expected.value),
        "allowed": to_json(_allowed(expected)),
    }


def _allowed(expected: Expected) -> object:
    """Return the tolerances to record: a list for a value of several parts, else the only one."""
    each = expected.allowed.in_order()
    return each if isinstance(expected.value, (tuple, list, dict)) else next(iter(each), None)


def _fact(one: Measured) -> dict[str, Any]:
    parts = {n: to_json(np.asarray(getattr(one.slope, n))) for n in _SLOPE}
    return {"path": list(one.path), "name": one.name, **parts}


def _answer_entry(answer: Answer) -> dict[str, Any]:
    made: dict[str, Any] = {"fate": answer.outcome, "after": to_json(list(answer.args_after))}
    if answer.kwargs_after:
        made["named"] = to_json(dict(answer.kwargs_after))
    if answer.outcome == "returned":
        made["value"] = to_json(answer.value)
    if answer.raised:
        # Not its message: each version of NumPy has other words, and a file would be stale under another.
        made["names"] = list(answer.raised.names)
    return made


def read(folder: Path, *, lesson: str = "", slugs: Sequence[str] = ()) -> list[Task]:
    """Return the tasks of a student tree; raises `UsageError` with the path of a damaged file."""
    index = load(folder / INDEX)
    with reading(folder / INDEX):
        entries = [
            one
            for one in index["exercises"]
            if (not slugs or one["slug"] in slugs) and is_called(one["lesson"], lesson)
        ]
        lessons = dict.fromkeys(one["lesson"] for one in entries)
    return [task for name in lessons for task in _lesson(folder / name, entries)]


def _lesson(folder: Path, entries: Sequence[dict[str, Any]]) -> list[Task]:
    answers = load(folder / ANSWERS)
    with reading(folder / ANSWERS):
        recorded = answers["exercises"]
        return [_task(e, recorded[e["slug"]], folder) for e in entries if e["lesson"] == folder.name]


def _task(one: dict[str, Any], recorded: dict[str, Any], folder: Path) -> Task:
    givens = folder / "givens.py"
    parameters = one["parameters"]
    script = msgspec.convert(one["script"], Script) if "script" in one else None
    return Task(
        slug=one["slug"],
        title=one["title"],
        lesson=one["lesson"],
        parameters=Parameters(
            tuple(parameters["names"]), parameters["required"], tuple(parameters["keywords"])
        ),
        cases=_together([_case(c, script) for c in recorded["cases"]]),
        expected={c["name"]: _expected(c) for c in recorded["cases"]},
        record=recorded["record"],
        curve=Curve(_case(recorded["curve"]), _expected(recorded["curve"])) if recorded["curve"] else None,
        checks=tuple(_bound(c, recorded["checks"][c["id"]]) for c in one["checks"]),
        mistakes=tuple(
            Known(m["name"], m["message"], answers=_answers(recorded["mistakes"][m["name"]]))
            for m in one["mistakes"]
        ),
        aliases=tuple(one["aliases"]),
        hints=tuple(one["hints"]),
        tags=tuple(one["tags"]),
        formula=one["formula"],
        givens=givens.read_bytes() if givens.is_file() else b"",
        limits=one.get("limits", {}),
        script=script,
        subjects=tuple(one.get("subjects", ())),
    )


def _case(data: dict[str, Any], script: Script | None = None) -> Case:
    args: Any = from_json(data["args"])
    kwargs: Any = from_json(data["kwargs"])
    at, of = (data["at"], data["of"]) if script else (0, "")
    return Case(data["name"], args, kwargs, layout=data["layout"], script=script, at=at, of=of)


def _together(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases; those of one run share their arguments, so that a worker runs the script once."""
    args = {case.of: case.args for case in reversed(cases) if case.script}
    return tuple(replace(case, args=args[case.of]) if case.script else case for case in cases)


def _expected(data: dict[str, Any]) -> Expected:
    value: Any = from_json(data["expected"])
    allowed: Any = from_json(data["allowed"])
    return Expected(value, Tolerances.of(value, allowed if isinstance(allowed, list) else [allowed]))


def _bound(data: dict[str, Any], recorded: dict[str, Any]) -> Bound:
    if data["kind"] not in KINDS:
        raise UsageError(f"This version of grader does not know the check {data['kind']}; update it.")
    options = {k: _option_of(v) for k, v in data["options"].items()}
    check = Check(
        KINDS[data["kind"]],
        options,
        data["points"],
        is_advice=data["advice"],
        is_decisive=data["decisive"],
        label=data["title"],
    )
    facts = {n: tuple(map(_measured, fact)) for n, fact in recorded["facts"].items()}
    return Bound(data["id"], check, tuple(recorded["cases"]), facts)


def _measured(data: dict[str, Any]) -> Measured:
    slope: Any = [from_json(data[name]) for name in _SLOPE]
    return Measured(Slope(*slope), tuple(data["path"]), data["name"])


def _answers(data: dict[str, Any]) -> Answers:
    return {name: _answer(one) for name, one in data.items()}


def _answer(data: dict[str, Any]) -> Answer:
    after: Any = from_json(data["after"])
    named: Any = from_json(data["named"]) if "named" in data else {}
    value = from_json(data.get("value"))
    raised = Raised(tuple(data["names"]), "") if "names" in data else None
    return Answer(data["fate"], value=value, args_after=tuple(after), kwargs_after=named, raised=raised)
