"""A script as Python code that a student can paste."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Mapping, Sequence

from grader.text.values import Code
from grader.worker.script import Argument, Earlier, Input, Script, Step, named


def script_text(script: Script, at: int, args: Sequence[object]) -> str:
    """Return Python code of the steps of a script up to one of them, and of the arguments that they use."""
    steps = script.steps[: at + 1]
    code = Code()
    used = {name for step in steps for name in _inputs(step)}
    lines = [
        f"{name} = {code.literal(value)}"
        for name, value in zip(script.names, args, strict=False)
        if name in used
    ]
    names: dict[str, str] = {}
    functions = [step.names[0] for step in steps if step.verb in ("new", "run")]
    for number, step in enumerate(steps):
        text = _step_text(step, names, code)
        is_used = any(step.label in named(later) for later in steps[number + 1 :])
        if is_used:
            names[step.label] = _variable(
                step.label, number, taken=(*script.names, *functions, *names.values())
            )
            lines.append(f"{names[step.label]} = {text}")
        if number == at and (step.item is not None or not is_used):
            text = names.get(step.label, text)
            lines.append(text if step.item is None else f"{text}[{step.item!r}]")
        elif not is_used and step.verb not in ("get", "left"):
            lines.append(text)
    return "\n".join([*lines, *code.notes])


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
