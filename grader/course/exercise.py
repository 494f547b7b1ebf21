"""One authored file is one exercise: solution, inputs, checks, known mistakes, hints."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.cases import promises
from grader.cases.inputs import Inputs
from grader.cases.signature import Parameters
from grader.checks import Check, Kind
from grader.errors import AuthorError, UsageError
from grader.sandbox.limits import Limits

Function = Callable[..., Any]


@dataclass(frozen=True)
class Mistake:
    """A wrong solution that shows a misconception."""

    function: Function
    caught_by: str
    """Name of the kind of check, or id of the check, that must fail on it."""

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    @property
    def message(self) -> str:
        """The sentence students read: the function's docstring."""
        return " ".join((self.function.__doc__ or "").split())


@dataclass
class Exercise:
    """What an author declares.

    Args:
        solution: the reference solution; its name is the slug, its docstring the stub's.
        inputs: the cases, see `grader.arrays`.
        checks: what is judged, in the order students read.
        hints: at least two, from where over idea to detail.
        tags: topics.
        aliases: other names learners give the function.
        after: slugs of the exercises it builds on.
        formula: its definition in LaTeX.
        scale: natural size of the output, for the tolerance (1 for probabilities); a number, or called
            like `condition`.
        condition: called with the arguments, how much each output element amplifies rounding of the inputs.
        slack: absolute error that the task's text allows on top: a number, or called like `condition`
            (an epsilon inside a log gives eps * (y / p + (1 - y) / (1 - p))).
        oracle: called with `m`, which has mpmath's functions on arrays, and the exact arguments (integers
            stay integers, a given is its name); returns the exact answer. `verify` proves the solution by it.
        record: which returned value, from 0, is a list with one number a step, such as losses; a failure is
            then shown with both lists as curves.
        steps: the parameter that counts steps; a failure is then shown by the path, after 0, 1, 2 … of them.
        walk: called with the number of a step, from 1, and what the step before returned, None at first,
            returns the next call; a failure of a function that makes one step is then shown by its path.
        equivalents: mutants that no check can notice, by their changed line, with the reason; see `mutants`.
        limits: others than the table's, such as `{"cpu_s": 10}`; `grader sandbox` shows the table.
    """

    solution: Function
    inputs: Inputs
    checks: Sequence[Check]
    hints: Sequence[str] = ()
    tags: Sequence[str] = ()
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
        try:
            Limits().asked(self.limits)
        except UsageError as error:
            raise AuthorError(str(error)) from error

    def mistake(self, *, caught_by: Kind[...] | str) -> Callable[[Function], Function]:
        """Register a wrong solution; its docstring tells the student what went wrong."""

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
        """Sum of the checks' worth."""
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
        """How the function is called."""
        all_of_them = inspect.signature(self.solution).parameters.values()
        optional = tuple(p.name for p in all_of_them if p.default is not p.empty)
        required = sum(p.default is p.empty for p in all_of_them)
        return Parameters(tuple(p.name for p in all_of_them), required, optional)
