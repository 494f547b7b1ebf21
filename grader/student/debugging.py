"""Write a small program with the failing call, to run and to step through."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.results import CheckResult, ExerciseResult
from grader.student.progress import folder
from grader.text.files import write
from grader.text.script_text import called, inputs_used, step_lines
from grader.text.values import code_text, value_text
from grader.text.wording import fault_sentence
from grader.worker.wire import Given

if TYPE_CHECKING:
    from grader.cases.case import Case
    from grader.course.course import Course
    from grader.course.task import Task


@dataclass(frozen=True)
class DebugFile:
    """The written program, and how to use it."""

    path: Path
    line: int
    """The line with the call."""

    @property
    def run(self) -> str:
        """The command that runs it."""
        return f"{python()} {_shown(self.path)}"

    @property
    def step(self) -> str:
        """The command that stops in Python's debugger just before the call."""
        return f'{python()} -m pdb -c "until {self.line}" {_shown(self.path)}'


def python() -> str:
    """Return the command of this Python, which has NumPy: `python` means another one if no venv is active."""
    found = shutil.which("python")
    is_ours = found is not None and Path(found).absolute() == Path(sys.executable).absolute()
    return "python" if is_ours else _shown(Path(sys.executable))


def _shown(path: Path) -> str:
    try:
        text = os.path.relpath(path)
    except ValueError:  # another drive
        text = str(path)
    text = str(path) if text.startswith(f"..{os.sep}..") else text
    return f'"{text}"' if " " in text else text


def write_debug_file(course: Course, exercise: ExerciseResult, places: Iterable[Path]) -> DebugFile:
    """Write the first failing call of an exercise; raises `UsageError` if there is none to write.

    Args:
        places: files and folders of the student's among which the exercise's file is.
    """
    check = _failing(exercise)
    (task,) = course.tasks(slugs=[exercise.slug], public_only=True)
    case = next((one for one in task.cases if one.name == check.case), None)
    if case is None:
        raise UsageError(f"The failing call of {exercise.slug} is not among the course's public cases.")
    source = _source(exercise, places)
    name = _function(task, source)
    path = folder(course) / f"debug_{exercise.slug}.py"
    givens = course.exercises / exercise.lesson
    lines = list(_program(task, case, check, source, name, givens))
    at = lines.index(_MARK)
    lines[at : at + 1] = []
    made = DebugFile(path, at + 1)
    text = "\n".join(lines).replace(_RUN, made.run).replace(_STEP, made.step)
    try:
        path.parent.mkdir(exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        write(path, f"{text}\n".encode())
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    return made


_MARK = "<the call>"
_RUN, _STEP = "<run>", "<step>"


def _failing(exercise: ExerciseResult) -> CheckResult:
    failed = [check for check in exercise.checks if check.status == "failed" and not check.advice]
    for check in failed:
        if check.case and not check.case_hidden:
            return check
    if exercise.status == "passed":
        raise UsageError(f"{exercise.slug} passes: there is no failing call to debug.")
    why = fault_sentence(exercise) or "No failing call is known."
    raise UsageError(f"There is no call of {exercise.slug} to debug yet. {why}")


def _source(exercise: ExerciseResult, places: Iterable[Path]) -> Path:
    """Return the file with the student's function."""
    for place in places:
        path = place / exercise.file if place.is_dir() else place
        if path.suffix == ".py" and path.is_file() and path.as_posix().endswith(exercise.file):
            return path.resolve()
    raise UsageError(f"{exercise.slug} is not in a .py file of this folder, so there is no file to debug.")


def _function(task: Task, source: Path) -> str:
    """Return the name of the function in the student's file, which may be an earlier one."""
    from grader.submissions.source import parse

    found = parse(source.name, source.read_bytes()).definitions
    return next((name for name in task.wanted if name in found), task.wanted[0])


def _program(
    task: Task, case: Case, check: CheckResult, source: Path, name: str, givens: Path
) -> Iterator[str]:
    sentence = " ".join(check.sentence.split()).replace("\\", "\\\\").replace('"""', "'''")
    yield f'"""A call of {name} that fails: {check.title}.'
    yield ""
    if sentence:
        yield from (sentence, "")
    yield f"Run it:          {_RUN}"
    yield f"Step through it: {_STEP}"
    yield "Python's debugger stops before the call. Then s goes into it, n runs the next line, p NAME prints"
    yield "a value, c goes on, q quits."
    yield '"""'
    yield from ("", "import sys", "", "import numpy as np", "")
    yield f"sys.path.insert(0, {str(source.parent)!r})  # where your file is"
    needed = sorted(set(_given([*case.args, *case.kwargs.values()])))
    if needed:
        yield f"sys.path.append({str(givens)!r})  # where the course's helpers are"
        yield f"from givens import {', '.join(needed)}"
    own = called(case.script, case.at) if case.script else [name]
    yield from _imported(source, own)
    yield ""
    names = list(_parameter_names(task, case, taken={*own, *needed}))
    used = inputs_used(case.script, case.at) if case.script else names
    for parameter, value in zip(names, case.args, strict=True):
        if parameter in used:
            yield from f"{parameter} = {_laid_out(_expression(value, task), value, case)}".splitlines()
    yield ""
    yield _MARK
    if case.script:
        *before, last = step_lines(case.script, case.at)
        yield from (*before, f"result = {last}")
    else:
        keywords = [f"{key}={_expression(value, task)}" for key, value in case.kwargs.items()]
        yield f"result = {name}({', '.join([*names, *keywords])})"
    yield ""
    yield 'print("you returned:", repr(result))'
    yield from _expected(task, case).splitlines()


def _given(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Given):
            yield value.name
        elif isinstance(value, (list, tuple)):
            yield from _given(value)
        elif isinstance(value, dict):
            yield from _given(value.values())


def _imported(source: Path, names: Sequence[str]) -> Iterator[str]:
    if source.stem.isidentifier() and source.stem not in sys.stdlib_module_names:
        yield f"from {source.stem} import {', '.join(names)}"
        return
    yield "from importlib.util import module_from_spec, spec_from_file_location"
    yield f'spec = spec_from_file_location("submission", {str(source)!r})'
    yield from ("module = module_from_spec(spec)", "spec.loader.exec_module(module)")
    yield from (f"{name} = module.{name}" for name in names)


def _parameter_names(task: Task, case: Case, *, taken: set[str]) -> Sequence[str]:
    known = task.parameters.names
    found = []
    for place, _ in enumerate(case.args):
        name = known[place] if place < len(known) else f"argument_{place + 1}"
        found.append(f"{name}_" if name in taken else name)
    return found


def _expression(value: object, task: Task) -> str:
    text = code_text(value)
    if text is None:
        raise UsageError(
            f"The failing call of {task.slug} has arguments that are too large to be written out."
        )
    return text


def _laid_out(text: str, value: object, case: Case) -> str:
    """Return the expression of an array in the memory layout in which it was given."""
    if case.layout == "C" or not getattr(value, "ndim", 0):
        return text
    if case.layout == "F":
        return f"np.asfortranarray({text})"
    return f"np.repeat({text}, 2, axis=-1)[..., ::2]"


def _expected(task: Task, case: Case) -> str:
    expected = task.expected.get(case.name)
    if expected is None or expected.value is None:
        return ""
    text = code_text(expected.value)
    if text is None:
        return f'print("expected:    ", {value_text(expected.value)!r})'
    return f'expected = {text}\nprint("expected:    ", repr(expected))'
