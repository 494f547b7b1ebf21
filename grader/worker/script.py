"""A script: calls that follow each other, which may use what earlier ones returned or left behind.

Both sides use this module: the worker runs a script with the student's code, the trusted side with the
solution.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

Verb = Literal["new", "run", "do", "get", "left"]
Plain = None | bool | int | float | str


class Input(msgspec.Struct, frozen=True, tag="input"):
    """An argument of the case, by its name."""

    name: str


class Earlier(msgspec.Struct, frozen=True, tag="result"):
    """What an earlier step returned, or one part of it."""

    step: str
    item: int | str | None = None


Argument = Input | Earlier | Plain


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One call, or one look at what calls have left."""

    label: str
    verb: Verb
    names: tuple[str, ...]
    """The class, function, method or argument; the attributes of `get`."""
    args: tuple[Argument, ...] = ()
    kwargs: dict[str, Argument] = {}
    on: str = ""
    """The step that returned the object of a method or attribute, or a class of the file."""
    item: int | str | None = None
    """The part of the result that is the answer; the rest stays in the worker."""
    is_shown: bool = True
    """Whether its result is an answer."""


class Script(msgspec.Struct, frozen=True):
    """The steps of an exercise, and the names of a case's arguments."""

    names: tuple[str, ...]
    steps: tuple[Step, ...]

    def needs(self, at: int) -> set[str]:
        """Return the steps on whose results a step depends.

        A method depends on all earlier calls of methods of its object, as each may have changed it.
        """
        step = self.steps[at]
        return named(step) | {one.label for one in self.steps[:at] if step.on and one.on == step.on}


def named(step: Step) -> set[str]:
    """Return the steps whose results a step names."""
    found = {one.step for one in (*step.args, *step.kwargs.values()) if isinstance(one, Earlier)}
    return found | ({step.on} if step.on else set())


class WaitsError(Exception):
    """A step that needs one that failed."""


class ScriptRun:
    """The steps of one script in their order, with one set of arguments.

    Args:
        namespace: the names of the file whose code runs.
        given: the arguments by name.
    """

    def __init__(self, script: Script, namespace: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        self._script, self._namespace, self._given = script, namespace, given
        self._results: dict[str, Any] = {}
        self._failed: dict[str, BaseException | None] = {}
        """Why a step failed; None once that was told."""
        self._next = 0

    def until(self, at: int) -> Any:
        """Run the steps up to `at` and return the answer of that one.

        Raises what the student's code raises in it, or in an earlier step that it needs and that is not
        shown; `WaitsError` if a step that it needs has failed otherwise.
        """
        for number in range(self._next, at):
            try:
                self._made(number)
            except BaseException as error:  # a student's code may raise anything
                is_told = isinstance(error, WaitsError) or self._script.steps[number].is_shown
                self._failed[self._script.steps[number].label] = None if is_told else error
        self._next = at + 1
        try:
            return self._made(at)
        except BaseException:  # whatever it is, the steps that need this one must know
            self._failed[self._script.steps[at].label] = None
            raise

    def _made(self, number: int) -> Any:
        step = self._script.steps[number]
        for label in sorted(self._script.needs(number) & self._failed.keys()):
            error, self._failed[label] = self._failed[label], None
            raise error or WaitsError
        found = self._results[step.label] = self._called(step)
        return found if step.item is None else found[step.item]

    def _called(self, step: Step) -> Any:
        if step.verb == "left":
            return self._given[step.names[0]]
        if step.verb == "get":
            found = {name: getattr(self._object(step.on), name) for name in step.names}
            return found if len(step.names) > 1 else found[step.names[0]]
        name = step.names[0]
        function = getattr(self._object(step.on), name) if step.verb == "do" else self._named(name)
        args = [self._value(one) for one in step.args]
        return function(*args, **{key: self._value(one) for key, one in step.kwargs.items()})

    def _object(self, on: str) -> Any:
        return self._results[on] if on in self._results else self._named(on)

    def _named(self, name: str) -> Any:
        if name not in self._namespace:
            raise NameError(f"name '{name}' is not defined")
        return self._namespace[name]

    def _value(self, argument: Argument) -> Any:
        if isinstance(argument, Input):
            return self._given[argument.name]
        if isinstance(argument, Earlier):
            found = self._results[argument.step]
            return found if argument.item is None else found[argument.item]
        return argument


def shown(script: Script) -> Iterator[tuple[int, Step]]:
    """Yield the steps whose results are answers, with their places."""
    yield from ((at, step) for at, step in enumerate(script.steps) if step.is_shown)
