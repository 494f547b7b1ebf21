"""Write the steps of an exercise: construct, call, read, and use what earlier steps returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from msgspec.structs import replace as changed

from grader.cases.case import Case
from grader.errors import AuthorError
from grader.worker.script import Argument, Earlier, Input, Plain, Script, Step, shown

STEPS: Final = 60
"""Most steps of one script."""
Given = str | Earlier | Plain
"""An argument of a step: the name of an input, what a step returned, or a plain value."""


class _Text(str):
    """Text that is an argument by itself and not the name of an input."""

    __slots__ = ()


def constant(value: str) -> str:
    """Return a text that is an argument by itself and not the name of an input.

    >>> run("reduce", "x", how=constant("mean")).kwargs["how"]
    'mean'
    """
    return _Text(value)


def result(step: str, item: int | str | None = None) -> Earlier:
    """Return what the step of that name returned, or one part of it, as an argument of a later step."""
    return Earlier(step, item)


def new(name: str, *args: Given, label: str = "", **kwargs: Given) -> Step:
    """Construct an object of a class; later steps name it by `on`, the label, by default in lower case.

    >>> new("Linear", "W", "b").label
    'linear'
    """
    return _step("new", (name,), args, kwargs, label=label or name.lower(), is_shown=False)


def run(
    name: str,
    *args: Given,
    label: str = "",
    item: int | str | None = None,
    shows: bool = True,
    **kwargs: Given,
) -> Step:
    """Call a function.

    Args:
        args: names of inputs, `result(…)`, or plain values.
        label: the name of the step, by default that of the function.
        item: the part of the result that is the answer; the rest, such as a cache, never leaves the worker.
        shows: whether the result is an answer that checks read.
    """
    return _step("run", (name,), args, kwargs, label=label or name, item=item, is_shown=shows)


def do(
    name: str,
    *args: Given,
    on: str = "",
    label: str = "",
    item: int | str | None = None,
    shows: bool = True,
    **kwargs: Given,
) -> Step:
    """Call a method of an object, by default of the one that was constructed last.

    Args:
        on: the label of the step that returned the object, or the name of a class for its own methods.
    """
    return _step("do", (name,), args, kwargs, label=label or name, on=on, item=item, is_shown=shows)


def get(*names: str, on: str = "", label: str = "") -> Step:
    """Read attributes of an object; several are answered as a dictionary."""
    return _step("get", names, (), {}, label=label or ", ".join(names), on=on)


def left(name: str, *, label: str = "") -> Step:
    """Look at an argument as the calls before have left it."""
    return _step("left", (name,), (), {}, label=label or name)


def _step(
    verb: str,
    names: Sequence[str],
    args: Sequence[Given],
    kwargs: dict[str, Given],
    **options: object,
) -> Step:
    return Step(
        verb=verb,  # type: ignore[arg-type]  # one of them
        names=tuple(names),
        args=tuple(map(_argument, args)),
        kwargs={key: _argument(value) for key, value in kwargs.items()},
        **options,  # type: ignore[arg-type]  # fields by name
    )


def _argument(value: Given) -> Argument:
    if isinstance(value, _Text):
        return str(value)
    if isinstance(value, str):
        return Input(value)
    if value is None or isinstance(value, (Earlier, bool, int, float)):
        return value
    raise AuthorError(
        f"an argument of a step is of type {type(value).__name__}; expected the name of an input, "
        "result(…), a number, True, False or None"
    )


def script(steps: Sequence[Step], names: Sequence[str]) -> Script:
    """Return the script of an exercise; raises `AuthorError` with the step that cannot be.

    Args:
        names: of the inputs in their order; if empty, the cases give them by name.
    """
    if len(steps) > STEPS:
        raise AuthorError(f"there are {len(steps)} steps; at most {STEPS} are run")
    own = tuple(names) or tuple(dict.fromkeys(name for step in steps for name in _inputs(step)))
    made: list[Step] = []
    for step in steps:
        bound = _on_the_last(step, made)
        if any(one.label == bound.label for one in made):
            raise AuthorError(f"two steps are called {bound.label}; tell them apart by label=…")
        _require(bound, made, own)
        made.append(bound)
    found = Script(own, tuple(made))
    if not any(shown(found)):
        raise AuthorError("no step has an answer; expected a run(…), do(…), get(…) or left(…)")
    return found


def _inputs(step: Step) -> list[str]:
    values = [*step.args, *step.kwargs.values()]
    return [value.name for value in values if isinstance(value, Input)] + (
        [step.names[0]] if step.verb == "left" else []
    )


def _on_the_last(step: Step, before: Sequence[Step]) -> Step:
    """Return a step on an object; without a name, it is the one that was constructed last."""
    if step.on or step.verb not in ("do", "get"):
        return step
    objects = [one.label for one in before if one.verb == "new"]
    if not objects:
        raise AuthorError(f"the step {step.label} needs an object; construct one by new(…) first")
    return changed(step, on=objects[-1])


def _require(step: Step, before: Sequence[Step], names: Sequence[str]) -> None:
    labels = [one.label for one in before]
    for name in _inputs(step):
        if name not in names:
            known = ", ".join(names)
            raise AuthorError(f"the step {step.label} uses the input {name}; expected one of {known}")
    for value in (*step.args, *step.kwargs.values()):
        if isinstance(value, Earlier) and value.step not in labels:
            raise AuthorError(
                f"the step {step.label} uses the result of {value.step}; expected a step before it"
            )
    if step.verb == "get" and not step.names:
        raise AuthorError("get() names no attribute")


def stepped(case: Case, made: Script, *, by_name: bool = False) -> list[Case]:
    """Return a case for each step with an answer; all of them run the same script with the same arguments.

    Args:
        by_name: whether the arguments must have names, because the inputs declare no order of theirs.
    """
    if by_name and case.args:
        raise AuthorError(
            f"the case “{case.name}” has arguments without names; expected call("
            f"{', '.join(f'{name}=…' for name in made.names)}), as the steps use them by name"
        )
    args, rest = case.args, made.names[len(case.args) :]
    if set(rest) != set(case.kwargs):
        has = ", ".join([*made.names[: len(args)], *case.kwargs]) or "no arguments"
        raise AuthorError(f"the case “{case.name}” has {has}; expected {', '.join(made.names) or 'none'}")
    args = (*args, *(case.kwargs[name] for name in rest))
    if len(args) > len(made.names):
        raise AuthorError(
            f"the case “{case.name}” has {len(args)} arguments; expected {', '.join(made.names)}"
        )
    whole = replace(case, args=args, kwargs={}, script=made, of=case.name)
    return [replace(whole, name=f"{case.name}: {step.label}", at=at) for at, step in shown(made)]
