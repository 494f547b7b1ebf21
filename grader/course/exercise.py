"""The declaration of an exercise in its authored file: solution, inputs, checks, known mistakes, hints."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from grader.cases import promises, steps
from grader.cases.inputs import Inputs
from grader.cases.signature import Parameters
from grader.checks import Check, Kind
from grader.errors import AuthorError, UsageError
from grader.sandbox.limits import Limits
from grader.worker.script import Script, Step

Function = Callable[..., Any]
Difficulty = Literal["easy", "medium", "hard"]


@dataclass(frozen=True)
class Mistake:
    """A wrong solution that shows a misconception."""

    function: Function
    caught_by: str
    """Name of the kind of check, or id of the check, that must fail for it."""
    instead: str = ""
    """The function of the solution in whose place it stands, where there are several."""

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    @property
    def message(self) -> str:
        """The sentence that students read: the function's docstring."""
        return " ".join((self.function.__doc__ or "").split())


@dataclass
class Exercise:
    """The declaration of an exercise.

    Args:
        solution: the reference solution, a function or class, or several that a script's steps call; the name
            of the first is the slug, unless `name` is another. Its docstring is the stub's.
        inputs: the cases, see `grader.arrays`.
        checks: the checks, in the order in which students read them.
        hints: at least two hints: first where to look, then the idea, then the details.
        tags: topics.
        difficulty: for a learner who has read the lesson: "easy", "medium" or "hard".
        minutes: how long such a learner may need.
        aliases: other names that learners give the function.
        after: slugs of the exercises that it builds on.
        formula: its definition in LaTeX.
        scale: natural scale of the output, for the tolerance (1 for probabilities); a number, or a function
            of the arguments.
        condition: a function of the arguments that returns by how much each output element amplifies the
            inputs' rounding.
        slack: further absolute error that the task's text allows; a number, or a function of the arguments
            (an epsilon inside a log gives eps * (y / p + (1 - y) / (1 - p))).
        oracle: called with `m`, which has mpmath's functions on arrays, and the exact arguments (integers
            stay integers, a given is its name); returns the exact answer. `verify` proves the solution with
            it.
        record: position, from 0, of a returned list with one number per step, such as losses; a failure is
            then shown with both lists as curves.
        steps: the calls of a script, see `grader.steps`; without them, the solution is called once.
        name: the slug and the file's name, if it is not that of the solution.
        step_count: the parameter with the number of steps; a failure is then shown by the path after
            0, 1, 2 … steps.
        walk: for a function that makes one step. Called with the step's number, from 1, and the result of the
            previous step (None at first), it returns the next call; a failure is then shown by the path.
        equivalents: mutants that no check can notice, by their changed line, with the reason; see `mutants`.
        limits: limits other than the table's, such as `{"cpu_s": 10}`; `grader sandbox` shows the table.
    """

    solution: Function | Sequence[Function]
    inputs: Inputs
    checks: Sequence[Check]
    hints: Sequence[str] = ()
    tags: Sequence[str] = ()
    difficulty: Difficulty = "easy"
    minutes: int = 10
    aliases: Sequence[str] = ()
    after: Sequence[str] = ()
    formula: str = ""
    scale: float | Function = 1.0
    condition: Function | None = None
    slack: float | Function = 0.0
    oracle: Function | None = None
    record: int | None = None
    steps: Sequence[Step] = ()
    name: str = ""
    step_count: str = ""
    walk: Function | None = None
    equivalents: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.difficulty not in get_args(Difficulty):
            raise AuthorError(
                f"difficulty is {self.difficulty!r}; expected one of {', '.join(get_args(Difficulty))}"
            )
        for name in ("hints", "tags", "aliases", "after"):
            if isinstance(getattr(self, name), str):
                raise AuthorError(
                    f"{name} is the text {getattr(self, name)!r}; expected several, such as {name}=(…,)"
                )
        for check in self.checks:
            if not isinstance(check, Check):
                what = f"checks.{check.name}" if isinstance(check, Kind) else repr(check)
                raise AuthorError(f"{what} is no check; expected a call such as checks.finite()")
        if not (isinstance(self.minutes, int) and self.minutes > 0):
            raise AuthorError(f"minutes is {self.minutes!r}; expected a whole number above 0")
        if isinstance(self.steps, str):
            raise AuthorError(
                f"steps is the text {self.steps!r}; expected steps such as steps.run(…), "
                "and the parameter with the number of steps as step_count"
            )
        if len(self.solutions) > 1 and not self.steps:
            raise AuthorError(
                f"the solution has {len(self.solutions)} functions; expected steps=… that call them"
            )
        if self.steps:
            assert self.script is not None  # made now, so that its errors name this file
        try:
            Limits().asked(self.limits)
        except UsageError as error:
            raise AuthorError(str(error)) from error

    def mistake(self, *, caught_by: Kind[...] | str, instead: str = "") -> Callable[[Function], Function]:
        """Register a wrong solution; its docstring is the sentence that students read.

        Args:
            caught_by: the check that must fail for it.
            instead: the function in whose place it stands; needed where the solution has several.
        """

        def register(function: Function) -> Function:
            name = caught_by if isinstance(caught_by, str) else caught_by.name
            if instead and instead not in self.subjects:
                raise AuthorError(
                    f"the mistake {function.__name__} stands instead of {instead}; "
                    f"expected one of {', '.join(self.subjects)}"
                )
            if len(self.subjects) > 1 and not instead:
                raise AuthorError(
                    f"the mistake {function.__name__} needs instead=…, one of {', '.join(self.subjects)}"
                )
            if function.__name__ in (mistake.name for mistake in self.mistakes):
                raise AuthorError(f"two mistakes are called {function.__name__}; give each its own name")
            self.mistakes.append(Mistake(function, name, instead))
            return function

        return register

    @property
    def solutions(self) -> tuple[Function, ...]:
        """The functions and classes that students write."""
        return tuple(self.solution) if isinstance(self.solution, Sequence) else (self.solution,)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(one.__name__ for one in self.solutions)

    @property
    def slug(self) -> str:
        """The exercise's name, which is also the file's."""
        return self.name or self.subjects[0]

    @cached_property
    def script(self) -> Script | None:
        """The script that runs for each case; None for an exercise that calls one function once."""
        return steps.script(self.steps, self.inputs.names) if self.steps else None

    @property
    def points(self) -> float:
        """Sum of the checks' points."""
        return sum(check.points for check in self.checks)

    @property
    def text(self) -> str:
        """The stub's whole text: the solution's docstring, and that arguments stay unchanged if need be."""
        if self.script:
            return "\n\n".join(filter(None, map(_whole_text, self.solutions)))
        text = inspect.getdoc(self.solutions[0]) or ""
        return promises.with_unchanged(text, self.parameters.names).rstrip() if self.keeps_arguments else text

    @property
    def keeps_arguments(self) -> bool:
        """Whether a check looks at what the call leaves of its arguments."""
        return any(check.kind.name == "does_not_mutate" for check in self.checks)

    @property
    def promises(self) -> promises.Text:
        """What the text promises of each argument."""
        return promises.Text(self.text, self.parameters.names)

    @property
    def parameters(self) -> Parameters:
        """The parameters of the function, or the names of a script's arguments."""
        if self.script:
            return Parameters(self.script.names, len(self.script.names))
        all_of_them = inspect.signature(self.solutions[0]).parameters.values()
        optional = tuple(p.name for p in all_of_them if p.default is not p.empty)
        required = sum(p.default is p.empty for p in all_of_them)
        return Parameters(tuple(p.name for p in all_of_them), required, optional)


def _whole_text(solution: Function) -> str:
    """Return the docstring of a function, or of a class with those of its own methods."""
    texts = [inspect.getdoc(solution) or ""]
    if isinstance(solution, type):
        own = (part for part in vars(solution).values() if callable(part) or isinstance(part, property))
        texts += [inspect.cleandoc(part.__doc__ or "") for part in own if not isinstance(part, type)]
    return "\n\n".join(filter(None, texts))
