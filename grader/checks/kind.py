"""Kind and Check: a judge with the sentence that students read, and its use in an exercise."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import cache
from typing import Any, Concatenate, Generic, Literal, ParamSpec

import numpy as np

from grader.cases.case import Case
from grader.cases.inputs import Inputs
from grader.checks.context import CheckContext, Elsewhere, Facts, Finding, Judges, Observation
from grader.checks.slopes import Problem
from grader.errors import AuthorError
from grader.numerics.differences import Measured
from grader.submissions.source import Found
from grader.text.numbers import number

P = ParamSpec("P")
Reads = Literal["base", "own", "both", "all"]


@dataclass(frozen=True)
class Origin:
    """The inputs and the solution from which a kind makes cases of its own."""

    inputs: Inputs
    solution: Callable[..., Any]


Judge = Callable[Concatenate[CheckContext, P], Iterable[Finding]]
Needs = Callable[..., Iterator[Case]]
Slopes = Callable[..., tuple[Problem, ...]]

KINDS: dict[str, Kind[...]] = {}
"""Every kind of check by name; a student's index stores the names."""


@dataclass(frozen=True)
class Check:
    """One kind of check with its options, points and place in an exercise."""

    kind: Kind[...]
    options: Mapping[str, Any] = field(default_factory=dict)
    points: float = 1
    is_hidden: bool = False
    is_advice: bool = False
    is_decisive: bool = False
    """Whether nothing else earns points where this check certainly fails; the exercise's text says so."""
    cases: str = ""
    """Pattern of the names of the cases to read instead of the usual ones."""
    label: str = ""
    step: str = ""
    """The step of a script whose answers are read; empty for all steps."""

    def worth(self, points: float) -> Check:
        """Return this check with `points` instead of 1."""
        if isinstance(points, bool) or not isinstance(points, (int, float)) or not 0 <= points < math.inf:
            raise AuthorError(
                f"checks.{self.kind.name}: worth({points!r}); expected a number of points from 0"
            )
        return replace(self, points=points)

    def hidden(self) -> Check:
        """Return this check as a hidden one, which the student bundle leaves out."""
        return replace(self, is_hidden=True)

    def advice(self) -> Check:
        """Return this check shown without points."""
        return replace(self, is_advice=True, points=0)

    def on(self, cases: str) -> Check:
        """Return this check for the cases of that name only; `*` and `[!a]` work as for file names."""
        return replace(self, cases=cases)

    def named(self, label: str) -> Check:
        """Return this check with its own sentence, which also distinguishes two checks of one kind."""
        return replace(self, label=label)

    def at(self, step: str) -> Check:
        """Return this check for the answers of one step of a script only."""
        return replace(self, step=step)

    @property
    def title(self) -> str:
        """The sentence that students read."""
        words = {name: _words(value) for name, value in self.options.items()}
        where = f"{self.step}: " if self.step else ""
        return self.label or f"{where}{self.kind.sentence.format_map(words)}"

    @property
    def slug(self) -> str:
        """The step and the label as part of an id."""
        return re.sub(r"[^a-z0-9]+", "_", f"{self.step} {self.label}".lower()).strip("_")

    def public_options(self) -> dict[str, Any]:
        """Return the options for a bundle, without the functions of the reference."""
        return {name: value for name, value in self.options.items() if not callable(value)}

    def context(
        self,
        observations: Sequence[Observation],
        facts: Facts,
        *,
        source: Found | None = None,
        elsewhere: Elsewhere = Elsewhere(),  # noqa: B008  # frozen and empty
    ) -> CheckContext:
        """Return what this check reads; the answers are divided into those that it judges and the others."""
        return CheckContext(observations, self.kind.judges, facts, source, elsewhere)

    def judge(self, context: CheckContext) -> list[Finding]:
        """Return the cases in which the check does not hold, then those that it cannot judge."""
        # Answers may contain nan, inf and huge numbers; NumPy would warn of them in our terminal.
        with np.errstate(all="ignore"):
            found = self.kind.judge(context, *_positional(self.kind, self.options))
            return [*found, *context.partition.faults]

    def needs(self, origin: Origin) -> list[Case]:
        """Return the cases that this check adds to its exercise."""
        made = self.kind.needs
        return list(made(origin, *_positional(self.kind, self.options))) if made else []

    def facts(self, case: Case) -> tuple[Measured, ...]:
        """Return the slopes that the trusted side measures for `case`; empty for most kinds."""
        return tuple(problem.measured() for problem in self.slopes(case))

    def slopes(self, case: Case) -> tuple[Problem, ...]:
        """Return the functions whose slopes are measured, in the order of `facts`."""
        made = self.kind.slopes
        return made(case, *_positional(self.kind, self.options)) if made else ()


def _positional(kind: Kind[...], options: Mapping[str, Any]) -> list[Any]:
    """Return the options in the order of the judge's parameters; `*values` becomes several arguments."""
    flat: list[Any] = []
    for parameter in _parameters(kind.judge):
        value = options.get(parameter.name)
        flat.extend(value or ()) if parameter.kind is parameter.VAR_POSITIONAL else flat.append(value)
    return flat


@cache
def _parameters(judge: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    """Return the options that a judge takes; cached, because `inspect.signature` is slow."""
    return tuple(inspect.signature(judge).parameters.values())[1:]


def _words(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        texts = [_words(v) for v in value]
        return "".join(texts) if len(texts) < 2 else f"{', '.join(texts[:-1])} and {texts[-1]}"
    return number(value) if isinstance(value, float) else str(value)


@dataclass(frozen=True, eq=False)
class Kind(Generic[P]):
    """A named check; calling it with options returns a `Check`."""

    name: str
    sentence: str
    judge: Judge[P]
    needs: Needs | None = None
    slopes: Slopes | None = None
    judges: Judges = "values"
    compares: bool = False
    """Whether it compares values with those of the solution: such a check reports calls without a result."""
    reads: Reads = "base"
    """The cases to read: the exercise's, those that the check needs, both, or those of all checks."""
    is_advice: bool = False
    in_source: bool = False
    """Whether the check judges the source, which no answer shows."""
    shrinks: bool = True
    """Whether a smaller case may replace a failing one; False if a case depends on other cases."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Check:
        """Return this check with options; raises `AuthorError` if they do not fit."""
        signature = inspect.signature(self.judge)
        try:
            bound = signature.bind(None, *args, **kwargs)
        except TypeError as error:
            raise AuthorError(f"checks.{self.name}: {error}") from error
        bound.apply_defaults()
        options = dict(list(bound.arguments.items())[1:])
        made = Check(self, options)
        return made.advice() if self.is_advice else made


@dataclass(frozen=True)
class check:  # noqa: N801  # it is used as a decorator
    """Make a judge a named check; the first line of its docstring is the sentence that students read.

    Args:
        needs: yields the cases that a check of this kind adds, called with an `Origin` and the options.
        slopes: functions whose slopes the trusted side measures, called with a case and the options.
        judges: which answers it can judge; the others are told apart from it.
        compares: whether it compares values with those of the solution; where several checks read a case,
            such a one reports that a call gave no result.
    """

    _: KW_ONLY
    needs: Needs | None = None
    slopes: Slopes | None = None
    judges: Judges = "values"
    compares: bool = False
    reads: Reads = "base"
    advice: bool = False
    in_source: bool = False
    shrinks: bool = True

    def __call__(self, judge: Judge[P]) -> Kind[P]:
        """Return the kind and register it under the judge's name."""
        name = judge.__name__
        sentence = (judge.__doc__ or "").strip().splitlines()[0].rstrip(".")
        kind = Kind(
            name,
            sentence,
            judge,
            needs=self.needs,
            slopes=self.slopes,
            judges="code" if self.in_source else self.judges,
            compares=self.compares,
            reads=self.reads,
            is_advice=self.advice,
            in_source=self.in_source,
            shrinks=self.shrinks,
        )
        KINDS[name] = kind
        return kind
