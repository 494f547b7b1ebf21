"""What the grader does with source and with answers: only data may come of it, in bounded work.

An exception here would be a check that is undecided because of what a student handed in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.effort import effort
from support.judging import cases, task
from support.plain_values import values

from grader import call, checks
from grader.cases.case import Answer, Batch, Case, Raised
from grader.checks import KINDS
from grader.course.course import find
from grader.course.task import Task
from grader.explain.mistakes import Mistakes
from grader.grading.pipeline import _exercise
from grader.grading.submission_run import SubmissionRun
from grader.grading.verdicts import judge, observations
from grader.report.exercise_summary import answer as grouped
from grader.report.pages import student_page
from grader.report.redact import for_student
from grader.results import CheckResult, Result, from_json, to_json
from grader.submissions import Submission, notebook
from grader.submissions.locate import locate
from grader.submissions.source import Found, parse_all
from grader.worker import wire
from grader.worker.wire import Given, Opaque, Rng

ROOT = Path(__file__).resolve().parents[1]
_CALLS, _CALLS_A_BYTE = 400_000, 2_000
"""What reading source may take, and what each of its bytes may add."""
_CALLS_OF_AN_EXERCISE = 6_000_000
_FATES = ("returned", "raised", "crashed", "exited", "timed_out", "not_run")


@cache
def tasks() -> tuple[Task, ...]:
    """Return the exercises of the course and one of the other checks; none has known mistakes to run."""
    found = tuple(replace(task, mistakes=()) for task in (*find(ROOT).tasks(), _of_other_checks()))
    assert {b.check.kind.name for task in found for b in task.checks} == set(KINDS)
    return found


def _of_other_checks() -> Task:
    def shuffled(x: Any, rng: Any) -> Any:
        return x[np.random.default_rng(rng.seed).permutation(len(x))] if isinstance(rng, Rng) else x[::-1]

    every = (
        checks.permutes(),
        checks.drawn_evenly(6),
        checks.normal_with(2.5, 1.0),
        checks.returns_new_array(),
        checks.items_match(0).hidden(),
    )
    inputs = cases(six=call(np.arange(6.0), Rng(1)), rows=call(np.ones((3, 2)), Rng(2)))
    return task(shuffled, *every, inputs=inputs)


@cache
def sources() -> tuple[bytes, ...]:
    """Return files as authors and students write them."""
    paths = [*(ROOT / "reference").glob("*/*.py"), *(ROOT / "tests" / "data").rglob("*.py")]
    return tuple(path.read_bytes() for path in sorted(paths))


class _Replies:
    """A session that answers with what it was given, as a worker's bytes are read."""

    def __init__(self, made: Callable[[Case], Answer]) -> None:
        self._made = made

    def ask(
        self, file: str, function: str, cases: Sequence[Case], *, size_limits: Sequence[int], **_: object
    ) -> Batch:
        sent = zip(cases, size_limits, strict=True)
        return Batch(tuple(_sent(self._made(case), most) for case, most in sent))


def _sent(answer: Answer, most: int) -> Answer:
    """Return an answer as it arrives."""
    value, args, kwargs, again = (
        _arrived(part, most)
        for part in (answer.value, answer.args_after, dict(answer.kwargs_after), answer.value_after)
    )
    # What is too large as a whole never replaces the list of arguments.
    args = args if isinstance(args, tuple) else tuple(Opaque(wire.TOO_LARGE) for _ in answer.args_after)
    kwargs = kwargs if isinstance(kwargs, dict) else {}
    return replace(answer, value=value, args_after=args, kwargs_after=kwargs, value_after=again)


def _arrived(value: object, most: int) -> Any:
    header, buffers = wire.encode(value, most=most)
    return wire.decode(header, b"".join(buffers))


numbers = st.sampled_from(
    [0, 1, -1, 2**63 - 1, -(2**63), 0.0, -0.0, 1e308, 5e-324, float("nan"), float("inf")]
)
arrays = hnp.arrays(
    dtype=st.sampled_from(sorted(wire.DTYPES)).map(np.dtype),
    shape=hnp.array_shapes(min_dims=0, max_dims=8, min_side=0, max_side=4),
    elements=None,
    fill=None,
)
odd = (
    numbers
    | arrays
    | st.builds(Opaque, st.text(max_size=20) | st.just("array of dtype object"))
    | st.builds(Given, st.text(max_size=5))
    | st.builds(Rng, st.integers(0, 9))
    | st.text(min_size=300, max_size=400)
    | st.dictionaries(st.none() | st.booleans() | numbers | st.text(max_size=3), numbers, max_size=3)
)
anything = values | odd | st.lists(odd, max_size=4) | st.lists(odd, max_size=4).map(tuple)
_CHANGES: dict[str, Callable[[Any], Any]] = {
    "same": lambda a: a,
    "negated": lambda a: np.negative(a, dtype=complex if a.dtype.kind == "c" else float),
    "nan": lambda a: np.full(a.shape, np.nan),
    "infinite": lambda a: np.full(a.shape, -np.inf),
    "largest": lambda a: np.full(a.shape, np.finfo(float).max),
    "smallest": lambda a: np.full(a.shape, 5e-324),
    "whole": lambda a: np.full(a.shape, 2**63 - 1),
    "unsigned": lambda a: np.full(a.shape, 2**64 - 1, "u8"),
    "long": lambda a: np.full(a.shape, np.finfo(np.longdouble).max),
    "half": lambda a: np.full(a.shape, 60000, "f2"),
    "true": lambda a: np.ones(a.shape, bool),
    "complex": lambda a: np.full(a.shape, 1 + 1e308j),
    "one axis more": lambda a: a[None],
    "flat": np.ravel,
    "turned": np.transpose,
    "empty": lambda a: a[:0] if a.ndim else np.empty(0),
    "a number": lambda a: a.ravel()[0].item() if a.size else 0,
    "a scalar": lambda a: a.ravel()[0] if a.size else np.float32(0),
    "a list": lambda a: a.tolist(),
    "deep": lambda a: np.broadcast_to(a, (1,) * (9 - a.ndim) + a.shape),
    "large": lambda a: np.broadcast_to(a, (10**6, *a.shape)),
}
changes = st.sampled_from(sorted(_CHANGES))


def _changed(value: Any, change: str, place: int) -> Any:
    """Return a value of which one part is another, counted round."""
    if isinstance(value, (tuple, list)) and value:
        at = place % len(value)
        return type(value)(_changed(v, change, place // 7) if n == at else v for n, v in enumerate(value))
    if isinstance(value, dict) and value:
        key = list(value)[place % len(value)]
        return {**value, key: _changed(value[key], change, place // 7)}
    if not isinstance(value, (np.ndarray, np.generic, int, float, complex)):
        return value
    with np.errstate(all="ignore"):
        return _CHANGES[change](np.asarray(value))


def answered(
    number: int, plans: list[tuple[str, str, int]], own: list[object], texts: list[str], share: int
) -> None:
    """Judge, explain and show an exercise whose calls gave any answers at all.

    Args:
        number: of the task.
        plans: for each case in turn how the call ended, what became of the expected answer, and where.
        own: values that have nothing to do with the expected ones.
        texts: what the function said, in exceptions, prints and warnings.
        share: which cases are answered by `own`.
    """
    task = tasks()[number % len(tasks())]
    places = {case.name: n for n, case in enumerate(task.cases)}

    def made(case: Case) -> Answer:
        n = places.get(case.name, 0)
        outcome, change, place = plans[n % len(plans)]
        if outcome != "returned":
            raised = (
                Raised(tuple(texts[:2]) or ("E",), texts[-1], n, texts[0]) if outcome == "raised" else None
            )
            return Answer(outcome, raised=raised, detail=texts[0], args_after=case.args)  # type: ignore[arg-type]  # one of the outcomes
        right = task.expected[case.name].value if case.name in task.expected else case.args
        value = own[n % len(own)] if n % 5 < share else _changed(right, change, place)
        args = _changed(case.args, change, place) if place % 3 == 0 else case.args
        again = own[0] if place % 4 == 1 else value
        return Answer("returned", value, args, again, case.kwargs, warnings=tuple(texts), stdout=texts[0])

    result = effort(lambda: _graded(task, made), most=_CALLS_OF_AN_EXERCISE).value
    assert result.exercises[0].status != "undecided"
    assert len(to_json(result)) <= 400_000
    assert from_json(to_json(result)) == result


def _graded(task: Task, made: Callable[[Case], Answer]) -> Result:
    names = ", ".join(f"{name}=None" for name in task.parameters.names)
    source = f"def {task.slug}({names}):\n    return None\n".encode()
    replies: Any = _Replies(made)
    submission = Submission("student-01", {f"{task.slug}.py": source})
    attempt = SubmissionRun(submission, replies, replies, [task.slug])
    verdicts: dict[str, CheckResult] = {b.id: attempt.judge(task, b) for b in task.checks}
    nobody: Any = None  # no mistake is known, so no sandbox is asked
    exercise = _exercise(task, attempt, verdicts, Mistakes(nobody))
    assert attempt.notes == [], attempt.notes
    result = Result(
        student="student-01", digest="", suite="", sandbox="none", points=exercise.points,
        max_points=exercise.max_points, started="", duration_s=0.0, exercises=[exercise],
    )  # fmt: skip
    grouped(exercise)
    for audience in ("student", "instructor"):
        student_page(result, audience=audience)  # type: ignore[arg-type]  # both are audiences
    assert for_student(result).points == result.points
    return result


_WORDS = (
    "def ", "f", "z", "(", ")", ":", "\n", "    ", "\t", "return ", "class ", "import ", "from ", "*", ".",
    "np", "numpy", "mean", "lambda ", "if ", "else", "elif ", "for ", "in ", "while ", "try", "except ",
    "finally", "with ", "as ", "match ", "case ", "global ", "nonlocal ", "del ", "=", ":=", "==", "[", "]",
    "{", "}", ",", "async ", "await ", "yield ", "@", "f'", "'", "\"\"\"", "\\", "#", "1", "1j", "0x", "_",
    "\x00", "\x0c", "\r", "\xe9", "\ufeff", "\ud800", "# -*- coding: utf-7 -*-",
    "raise NotImplementedError", "__name__", "'__main__'", "True", "None", "if False:\n", "pass", ";",
    "type ", "TYPE_CHECKING", "except* ", "->", "%time ", "!ls", "%%bash",
)  # fmt: skip
tokens = st.lists(st.sampled_from(_WORDS), max_size=60).map("".join)
texts = (tokens | st.text(max_size=60)).map(lambda text: text.encode("utf-8", "surrogatepass"))
cuts = st.tuples(st.integers(0, 2**16), st.integers(0, 200), texts)
SLUG = "f"


def mutated(number: int, edits: list[tuple[int, int, bytes]], times: int) -> bytes:
    """Return a true file in which pieces are replaced, some of them by themselves many times."""
    data = sources()[number % len(sources())]
    for place, length, text in edits:
        start = place % (len(data) + 1)
        data = data[:start] + text * times + data[start + length :]
    return data


def read(files: Mapping[str, bytes], name: str) -> None:
    """Read files, look for functions in them and make the source checks on all that are found."""
    size = sum(map(len, files.values()))
    effort(lambda: _read(files, name), most=_CALLS + _CALLS_A_BYTE * size)


def _read(files: Mapping[str, bytes], name: str) -> None:
    parsed = parse_all(files)
    found = [one for file in parsed.values() for one in file.definitions]
    for slug in [name, *sorted(found)[:3]]:
        task = next(t for t in tasks() if any(b.check.kind.in_source for b in t.checks))
        where = locate(parsed, slug, (), task.parameters)
        if isinstance(where, Found):
            _source_checks(task, where)


def _source_checks(task: Task, found: Found) -> None:
    right = {c.name: Answer("returned", task.expected[c.name].value, c.args) for c in task.cases}
    for every in tasks():
        for bound in every.checks:
            if bound.check.kind.in_source and every.slug == task.slug:
                judge(every, bound, observations(every, right), found)


def written(made: list[bytes], true: list[tuple[int, list[tuple[int, int, bytes]], int]]) -> None:
    """Source that was made up, beside true source that was changed."""
    parts = [*made, *(mutated(*one) for one in true)]
    read({f"m{number}.py" if number else f"{SLUG}.py": data for number, data in enumerate(parts)}, SLUG)


def importing(stars: list[tuple[int, int]], names: list[str]) -> None:
    """Files that import from each other."""
    files: dict[str, bytes] = {}
    for number, (one, other) in enumerate(stars):
        lines = [f"from m{one % 6} import *", f"from .m{other % 6} import {names[number % len(names)]}"]
        lines += [
            f"import m{other % 6} as {name}\ndef g{n}(z): return {name}.a(z)" for n, name in enumerate(names)
        ]
        files[f"m{number}.py"] = "\n".join(
            [*lines, f"def f(z): return {'(z) + '.join(names)}(z)", ""]
        ).encode()
    read(files, SLUG)


def noted(data: bytes, sources: list[bytes]) -> None:
    """A notebook, nearly or wholly."""
    texts = [text.decode("utf-8", "replace") for text in sources]
    whole = json.dumps({"cells": [{"cell_type": "code", "source": t} for t in texts], "nbformat": 4}).encode()
    for one in (data, whole, whole[: len(data) * 3] + data + whole[len(data) * 3 :]):
        made = effort(lambda one=one: notebook.convert(one), most=_CALLS + _CALLS_A_BYTE * len(one)).value
        if not made.fault:
            read(dict(notebook.cells("s.ipynb", made)), SLUG)


_plans = st.lists(
    st.tuples(st.sampled_from(("returned",) * 12 + _FATES), changes, st.integers(0, 50)),
    min_size=1,
    max_size=6,
)
_says = st.lists(st.text(max_size=300), min_size=1, max_size=3)
_words = st.sampled_from(["a", "f", "g0", "np", "m0", "m1", "sum", "numpy"])
_changed_files = st.tuples(st.integers(0, 500), st.lists(cuts, max_size=4), st.integers(1, 40))
_own = st.lists(anything, min_size=1, max_size=3)
TARGETS: tuple[tuple[Callable[..., None], tuple[st.SearchStrategy[Any], ...]], ...] = (
    (answered, (st.integers(0, 200), _plans, _own, _says, st.integers(0, 5))),
    (written, (st.lists(texts, min_size=1, max_size=2), st.lists(_changed_files, max_size=2))),
    (answered, (st.integers(0, 200), _plans, _own, _says, st.just(0))),
    (
        importing,
        (
            st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6),
            st.lists(_words, min_size=1, max_size=4),
        ),
    ),
    (noted, (texts | st.binary(max_size=80), st.lists(texts, max_size=3))),
)
