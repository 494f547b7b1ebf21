"""Kind and Check: a judge with the sentence students read, and its use in an exercise."""

from __future__ import annotations

import inspect
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
    """What a kind may make its own cases from."""

    inputs: Inputs
    solution: Callable[..., Any]


Judge = Callable[Concatenate[CheckContext, P], Iterable[Finding]]
Needs = Callable[..., Iterator[Case]]
Slopes = Callable[..., tuple[Problem, ...]]

KINDS: dict[str, Kind[...]] = {}
"""Every kind of check by name: how a student's index finds its judges again."""


@dataclass(frozen=True)
class Check:
    """One kind of check with its options, worth and place in an exercise."""

    kind: Kind[...]
    options: Mapping[str, Any] = field(default_factory=dict)
    points: float = 1
    is_hidden: bool = False
    is_advice: bool = False
    cases: str = ""
    """Pattern of the case names it reads instead of the usual ones."""
    label: str = ""

    def worth(self, points: float) -> Check:
        """Return this check with `points` instead of 1."""
        return replace(self, points=points)

    def hidden(self) -> Check:
        """Return this check kept out of the student bundle."""
        return replace(self, is_hidden=True)

    def advice(self) -> Check:
        """Return this check shown without points."""
        return replace(self, is_advice=True, points=0)

    def on(self, cases: str) -> Check:
        """Return this check on the cases of that name alone; `*` and `[!a]` mean what they do for files."""
        return replace(self, cases=cases)

    def named(self, label: str) -> Check:
        """Return this check with its own sentence, which also tells two of one kind apart."""
        return replace(self, label=label)

    @property
    def title(self) -> str:
        """The sentence students read."""
        words = {name: _words(value) for name, value in self.options.items()}
        return self.label or self.kind.sentence.format_map(words)

    @property
    def slug(self) -> str:
        """The label as part of an id."""
        return re.sub(r"[^a-z0-9]+", "_", self.label.lower()).strip("_")

    def public_options(self) -> dict[str, Any]:
        """Return the options that a bundle may carry: functions of the reference stay behind."""
        return {name: value for name, value in self.options.items() if not callable(value)}

    def context(
        self,
        observations: Sequence[Observation],
        facts: Facts,
        *,
        source: Found | None = None,
        elsewhere: Elsewhere = Elsewhere(),  # noqa: B008  # frozen and empty
    ) -> CheckContext:
        """Return what this check reads, with the answers parted as its kind wants them."""
        return CheckContext(observations, self.kind.judges, facts, source, elsewhere)

    def judge(self, context: CheckContext) -> list[Finding]:
        """Return every case in which the check does not hold, those last that it could not judge."""
        # An answer may hold anything: nan, inf and overflow are what checks look for, not ours to warn of.
        with np.errstate(all="ignore"):
            found = self.kind.judge(context, *_positional(self.kind, self.options))
            return [*found, *context.partition.faults]

    def needs(self, origin: Origin) -> list[Case]:
        """Return the cases that this check adds to its exercise."""
        made = self.kind.needs
        return list(made(origin, *_positional(self.kind, self.options))) if made else []

    def facts(self, case: Case) -> tuple[Measured, ...]:
        """Return what the trusted side measures for `case` besides the answer; nothing for most kinds."""
        return tuple(problem.measured() for problem in self.slopes(case))

    def slopes(self, case: Case) -> tuple[Problem, ...]:
        """Return the functions whose slopes are measured, in that order."""
        made = self.kind.slopes
        return made(case, *_positional(self.kind, self.options)) if made else ()


def _positional(kind: Kind[...], options: Mapping[str, Any]) -> list[Any]:
    """Return the options in the judge's order; a `*values` option stands for several arguments."""
    flat: list[Any] = []
    for parameter in _parameters(kind.judge):
        value = options.get(parameter.name)
        flat.extend(value or ()) if parameter.kind is parameter.VAR_POSITIONAL else flat.append(value)
    return flat


@cache
def _parameters(judge: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    """Return the options that a judge takes; kept, since reading a signature is slow."""
    return tuple(inspect.signature(judge).parameters.values())[1:]


def _words(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        texts = [_words(v) for v in value]
        return "".join(texts) if len(texts) < 2 else f"{', '.join(texts[:-1])} and {texts[-1]}"
    return number(value) if isinstance(value, float) else str(value)


@dataclass(frozen=True, eq=False)
class Kind(Generic[P]):
    """A named check: called with options, it gives a `Check`."""

    name: str
    sentence: str
    judge: Judge[P]
    needs: Needs | None = None
    slopes: Slopes | None = None
    judges: Judges = "values"
    compares: bool = False
    """Whether it compares values with those of the solution: such a check reports calls without a result."""
    reads: Reads = "base"
    """Which cases the judge sees: the exercise's, those it needs, both, or those of all checks."""
    is_advice: bool = False
    in_source: bool = False
    """Whether it judges how the function is written, which no answer shows."""
    shrinks: bool = True
    """Whether a case that fails may be replaced by a smaller one: not where it depends on other cases."""

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
    """Make a judge a named check; the first line of its docstring is what students read.

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
        """Return the kind, known by the judge's name from now on."""
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
