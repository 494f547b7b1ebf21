"""A script as Python code that a student can paste."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Mapping, Sequence

from grader.text.values import Code
from grader.worker.script import Argument, Earlier, Input, Script, Step, named


def script_text(script: Script, at: int, args: Sequence[object]) -> str:
    """Return Python code of the steps of a script up to one of them, and of the arguments that they use."""
    code = Code()
    used = inputs_used(script, at)
    lines = [
        f"{name} = {code.literal(value)}"
        for name, value in zip(script.names, args, strict=False)
        if name in used
    ]
    return "\n".join([*lines, *step_lines(script, at, code), *code.notes])


def inputs_used(script: Script, at: int) -> set[str]:
    """Return the names of the arguments that the steps up to one of them use."""
    return {name for step in script.steps[: at + 1] for name in _inputs(step)}


def called(script: Script, at: int) -> list[str]:
    """Return the functions and classes that the steps up to one of them name."""
    steps = script.steps[: at + 1]
    return list(dict.fromkeys(step.names[0] for step in steps if step.verb in ("new", "run")))


def step_lines(script: Script, at: int, code: Code | None = None) -> list[str]:
    """Return a line for each step up to one of them; the last is an expression with its answer."""
    steps, code = script.steps[: at + 1], code or Code()
    lines: list[str] = []
    names: dict[str, str] = {}
    taken = (*script.names, *called(script, at))
    for number, step in enumerate(steps):
        text = _step_text(step, names, code)
        is_used = any(step.label in named(later) for later in steps[number + 1 :])
        if is_used:
            names[step.label] = _variable(step.label, number, taken=(*taken, *names.values()))
            lines.append(f"{names[step.label]} = {text}")
        if number == at:
            lines.append(text if step.item is None else f"{text}[{step.item!r}]")
        elif not is_used and step.verb not in ("get", "left"):
            lines.append(text)
    return lines


def _inputs(step: Step) -> list[str]:
    named = [one.name for one in (*step.args, *step.kwargs.values()) if isinstance(one, Input)]
    return [*named, step.names[0]] if step.verb == "left" else named


def _variable(label: str, number: int, *, taken: Collection[str]) -> str:
    name = label if label.isidentifier() and not keyword.iskeyword(label) else f"step_{number + 1}"
    return f"{name}_" if name in taken else name


def _step_text(step: Step, names: Mapping[str, str], code: Code) -> str:
    if step.verb == "left":
        return step.names[0]
    owner = names.get(step.on, step.on)
    if step.verb == "get":
        return ", ".join(f"{owner}.{name}" for name in step.names)

    def written(one: Argument) -> str:
        if isinstance(one, Input):
            return one.name
        if isinstance(one, Earlier):
            name = names.get(one.step, one.step)
            return name if one.item is None else f"{name}[{one.item!r}]"
        return code.literal(one)

    parts = [*map(written, step.args), *(f"{key}={written(one)}" for key, one in step.kwargs.items())]
    called = f"{owner}.{step.names[0]}" if step.verb == "do" else step.names[0]
    return f"{called}({', '.join(parts)})"
