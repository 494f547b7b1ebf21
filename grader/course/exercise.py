"""The declaration of an exercise in its authored file: solution, inputs, checks, known mistakes, hints."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from grader.cases import promises
from grader.cases.inputs import Inputs
from grader.cases.signature import Parameters
from grader.checks import Check, Kind
from grader.errors import AuthorError, UsageError
from grader.sandbox.limits import Limits

Function = Callable[..., Any]
Difficulty = Literal["easy", "medium", "hard"]


@dataclass(frozen=True)
class Mistake:
    """A wrong solution that shows a misconception."""

    function: Function
    caught_by: str
    """Name of the kind of check, or id of the check, that must fail for it."""

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
        solution: the reference solution; its name is the slug, its docstring the stub's.
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
        steps: the parameter with the number of steps; a failure is then shown by the path after 0, 1, 2 …
            steps.
        walk: for a function that makes one step. Called with the step's number, from 1, and the result of the
            previous step (None at first), it returns the next call; a failure is then shown by the path.
        equivalents: mutants that no check can notice, by their changed line, with the reason; see `mutants`.
        limits: limits other than the table's, such as `{"cpu_s": 10}`; `grader sandbox` shows the table.
    """

    solution: Function
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
    steps: str = ""
    walk: Function | None = None
    equivalents: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.difficulty not in get_args(Difficulty):
            raise AuthorError(
                f"difficulty is {self.difficulty!r}; expected one of {', '.join(get_args(Difficulty))}"
            )
        if not (isinstance(self.minutes, int) and self.minutes > 0):
            raise AuthorError(f"minutes is {self.minutes!r}; expected a whole number above 0")
        try:
            Limits().asked(self.limits)
        except UsageError as error:
            raise AuthorError(str(error)) from error

    def mistake(self, *, caught_by: Kind[...] | str) -> Callable[[Function], Function]:
        """Register a wrong solution; its docstring is the sentence that students read."""

        def register(function: Function) -> Function:
            name = caught_by if isinstance(caught_by, str) else caught_by.name
            self.mistakes.append(Mistake(function, name))
            return function

        return register

    @property
    def slug(self) -> str:
        """The function's name, which is also the file's."""
        return self.solution.__name__

    @property
    def points(self) -> float:
        """Sum of the checks' points."""
        return sum(check.points for check in self.checks)

    @property
    def text(self) -> str:
        """The stub's whole text: the solution's docstring, and that arguments stay unchanged if need be."""
        text = inspect.getdoc(self.solution) or ""
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
        """The parameters of the function."""
        all_of_them = inspect.signature(self.solution).parameters.values()
        optional = tuple(p.name for p in all_of_them if p.default is not p.empty)
        required = sum(p.default is p.empty for p in all_of_them)
        return Parameters(tuple(p.name for p in all_of_them), required, optional)
