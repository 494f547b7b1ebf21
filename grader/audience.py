"""What a student may see of a result: no input, output or text that came out of a hidden case."""

from __future__ import annotations

import builtins
import re

from msgspec.structs import replace

from grader.results import CheckResult, ExerciseResult, Fault, Result

_EXCEPTION = re.compile(r"(?P<name>[A-Za-z_]\w*)(?P<line> on line \d+)?[:.]")
_WRITTEN = re.compile(
    r"(?<=You returned ).*(?=; expected)|(?<= has ).*(?= in addition)|(?<=You raised )\w+", re.S
)
"""Words that the student's code can choose, and so fill with a hidden input."""
_VALUE = re.compile(
    r"""
    '.*' | ".*" | \[.*?\] | \(.*?\)
    | (?<!line\ )[-\N{MINUS SIGN}]?\b\d+(\.\d+)*(e[-\N{MINUS SIGN}]?\d+)?(,\ \d+)*\b
    | \b(nan|inf)\b
    """,
    re.S | re.X,
)
"""Texts, places, arguments, shapes and numbers, but for those of lines."""
_COUNT = re.compile(r"\d+ of \d+ values? (differs?|is|are)( (nan|inf|and|or))*")
"""What is kept of a sentence that begins with a count."""


def for_student(result: Result) -> Result:
    """Return `result` without the values, calls, pictures and exception texts of hidden cases."""
    return replace(result, exercises=[_exercise(e) for e in result.exercises])


def _exercise(exercise: ExerciseResult) -> ExerciseResult:
    error = exercise.error
    return replace(
        exercise,
        error=_fault(error) if error is not None and error.case_hidden else error,
        checks=[_check(check) if check.case_hidden else check for check in exercise.checks],
    )


def _check(check: CheckResult) -> CheckResult:
    return replace(
        check,
        message=_sentence(check.message),
        case="",
        call="",
        expected="",
        got="",
        difference=None,
        shapes=None,
        picture=None,
        smallest="",
    )


def _fault(fault: Fault) -> Fault:
    line = f" on line {fault.line}" if fault.line else ""
    return replace(
        fault, type=_known(fault.type), message=f"{_known(fault.type)}{line}, in a hidden case.", traceback=""
    )


def _sentence(message: str) -> str:
    """Return the part of a sentence that no student can have filled with an input."""
    if found := _EXCEPTION.match(message):
        return f"{_known(found['name'])}{found['line'] or ''}."
    head, colon, _ = message.partition(": ")
    if count := _COUNT.match(head):
        return f"{count[0]}."
    return _VALUE.sub("…", _WRITTEN.sub("…", f"{head}." if colon else message))


def _known(name: str) -> str:
    """Return the name of an exception if it is Python's own: a class can be named after an input."""
    return name if isinstance(getattr(builtins, name, None), type) else "An exception"
