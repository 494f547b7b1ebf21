"""Draw an exercise's cases: public ones, the same for all students, and hidden ones from a secret seed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from grader.cases import promises
from grader.cases.case import Case, Layout
from grader.errors import AuthorError
from grader.worker.wire import DIMENSIONS

PUBLIC_SEED = 20_11_2011
_ANY_SHAPE: tuple[tuple[int, ...], ...] = ((5,), (3, 4), (1, 4), (4, 1), (2, 3, 2), ())
_SIZES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("different sizes", (4, 3, 2, 5, 2, 3, 2, 1)),
    ("equal sizes", (3, 3, 3, 3, 2, 2, 2, 2)),
    ("one row", (1, 5, 2, 4, 1, 2, 1, 2)),
)
HIDDEN_CASES = 4
_KINDS: tuple[tuple[str, str, Literal["int", "float32"]], ...] = (
    ("integers", "integers", "int"),
    ("float32 numbers", "float32", "float32"),
)
"""Names of the probes of a dtype, what promises them, and how they are drawn."""


@dataclass(frozen=True)
class Call:
    """Positional and keyword arguments of one call."""

    args: tuple[object, ...]
    kwargs: dict[str, object]


def call(*args: object, **kwargs: object) -> Call:
    """Return the arguments of one named case; arrays, numbers, text, lists, tuples, `Given`, `Rng`."""
    return Call(args, kwargs)


@dataclass(frozen=True)
class Argument:
    """How one argument is drawn."""

    shape: tuple[str, ...] | None
    """Names of its dimensions, which arguments may share; None for any shape."""
    low: float
    high: float
    kind: Literal["float", "float32", "int", "bool"] = "float"

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], *, decimals: int | None) -> object:
        """Return an array of `shape`, rounded to `decimals` if given: students read public cases."""
        if self.kind == "int":
            return rng.integers(int(self.low), int(self.high), size=shape, endpoint=True)
        if self.kind == "bool":
            return rng.integers(0, 2, size=shape).astype(bool)
        values = rng.uniform(self.low, self.high, size=shape)
        values = np.asarray(values if decimals is None else np.round(values, decimals))
        return values.astype(np.float32) if self.kind == "float32" else values


Draw = Callable[["np.random.Generator"], Call]  # quoted, as NumPy loads its generators at the first use


@dataclass(frozen=True)
class Inputs:
    """The cases of an exercise, drawn and written ones."""

    arguments: tuple[Argument, ...] = ()
    draw: Draw | None = None
    named: tuple[Case, ...] = ()
    extra: tuple[Case, ...] = ()
    keywords: tuple[tuple[str, object], ...] = ()
    probes: tuple[frozenset[str], ...] = ()
    """Which of `promises.PROBES` are drawn besides, for each argument."""
    names: tuple[str, ...] = ()
    """The names of the arguments, if `together` gave them."""

    def also(self, **cases: object) -> Inputs:
        """Add named public cases, judged by every check: one array, or `call(…)` for more arguments."""
        return replace(self, named=(*self.named, *_named(cases)))

    def only(self, **cases: object) -> Inputs:
        """Add named public cases, judged only by the checks that ask for them with `.on("name")`."""
        return replace(self, extra=(*self.extra, *_named(cases)))

    def promised(self, text: promises.Text) -> Inputs:
        """Return these inputs with the probes that the stub's text promises that each argument bears."""
        return replace(self, probes=tuple(promises.probes(text)))

    def public(self) -> Iterator[Case]:
        """Yield the public cases, which are the same for all students."""
        yield from self.named
        for name, drawn, layout in self._drawn():
            # A generator for each name, so that adding one case does not change the others.
            rng = np.random.default_rng((PUBLIC_SEED, zlib.crc32(name.encode())))
            yield self._case(name, drawn(rng, 2), layout=layout)

    def secret(self, seed: int, *, count: int = HIDDEN_CASES) -> Iterator[Case]:
        """Yield `count` cases that only the holder of `seed` can draw."""
        for number in range(count):
            rng = np.random.default_rng((seed, number))
            yield replace(self._case(f"hidden {number + 1}", self._random(rng)), hidden=True)

    def _drawn(self) -> Iterator[tuple[str, Callable[[np.random.Generator, int | None], Call], Layout]]:
        if self.draw is not None:
            draw = self.draw
            for number in range(3):
                yield f"example {number + 1}", lambda rng, _: draw(rng), "C"
            return
        if not self.arguments:
            return
        for name, shapes in self._shapes():
            yield name, _drawing(self.arguments, shapes), "C"
        name, shapes = next(self._shapes())
        yield from self._probes(shapes)
        yield "a transposed view", _drawing(self.arguments, shapes), "F"
        yield "every second element", _drawing(self.arguments, shapes), "strided"

    def _probes(
        self, shapes: list[tuple[int, ...]]
    ) -> Iterator[tuple[str, Callable[[np.random.Generator, int | None], Call], Layout]]:
        for name, probe, kind in _KINDS:
            drawn = self._of_kind(kind, probe)
            if drawn != self.arguments:
                yield name, _drawing(drawn, shapes), "C"
        one = self._of_kind("int", "integers", most=1)
        if one != self._of_kind("int", "integers"):
            yield "integers beside decimals", _drawing(one, shapes), "C"
        # A dimension that may be empty is often shared: one argument tells it for all.
        if any("empty" in probes for probes in self.probes):
            yield "nothing at all", _drawing(self.arguments, self._emptied(shapes)), "C"

    def _of_kind(
        self, kind: Literal["int", "float32"], probe: str, *, most: int | None = None
    ) -> tuple[Argument, ...]:
        """Return the arguments, the first `most` of another kind whose text promises it; the others stay."""
        bearing = [n for n, its in enumerate(self.probes) if probe in its][:most]
        return tuple(
            replace(a, kind=kind) if a.kind == "float" and n in bearing else a
            for n, a in enumerate(self.arguments)
        )

    def _emptied(self, shapes: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Return the shapes with 0 for the first named dimension, wherever it occurs."""
        first = next(iter(_symbols(self.arguments)), None)
        if first is None:
            return [(0,)] * len(shapes)
        return [
            tuple(0 if d == first else n for d, n in zip(a.shape or (), shape, strict=True))
            for a, shape in zip(self.arguments, shapes, strict=True)
        ]

    def _shapes(self) -> Iterator[tuple[str, list[tuple[int, ...]]]]:
        if any(a.shape is None for a in self.arguments):
            for shape in _ANY_SHAPE:
                yield _shape_name(shape), [shape] * len(self.arguments)
            return
        symbols = _symbols(self.arguments)
        for name, sizes in _SIZES:
            size = dict(zip(symbols, sizes, strict=False))
            yield name, [tuple(_size(d, size) for d in a.shape or ()) for a in self.arguments]

    def _random(self, rng: np.random.Generator) -> Call:
        if self.draw is not None:
            return self.draw(rng)
        if any(a.shape is None for a in self.arguments):
            shape = tuple(int(n) for n in rng.integers(1, 6, size=rng.integers(1, 4)))
            return _drawing(self.arguments, [shape] * len(self.arguments))(rng, None)
        size = {s: int(rng.integers(2, 7)) for s in _symbols(self.arguments)}
        shapes = [tuple(_size(d, size) for d in a.shape or ()) for a in self.arguments]
        return _drawing(self.arguments, shapes)(rng, None)

    def _case(self, name: str, made: Call, *, layout: Layout = "C") -> Case:
        return Case(name, made.args, {**dict(self.keywords), **made.kwargs}, layout=layout)


def arrays(
    shape: str = "",
    *,
    ndim: int | None = None,
    low: float = -3.0,
    high: float = 3.0,
    kind: Literal["float", "int", "bool"] = "float",
) -> Inputs:
    """Return inputs of one array, drawn uniformly from [low, high].

    Integers, float32 numbers and empty arrays are drawn as well if the stub's text has words such as
    "integers too", "float32" and "may be empty"; see `grader.cases.promises`.

    Args:
        shape: names of the dimensions, such as `"n k"`; a number is a fixed size.
        ndim: number of dimensions, instead of `shape`; without both, arrays of any shape, 0-D included.
    """
    dimensions = tuple(shape.split()) if shape else None
    if ndim is not None:
        dimensions = tuple("nkmdabcp"[:ndim])
    if (ndim or 0) > DIMENSIONS or (ndim or 0) < 0 or len(dimensions or ()) > DIMENSIONS:
        asked = f"ndim={ndim}" if ndim is not None else repr(shape)
        raise AuthorError(f"arrays({asked}): expected at most {DIMENSIONS} dimensions")
    return Inputs((Argument(dimensions, low, high, kind),))


def together(*inputs: Inputs, **named: Inputs) -> Inputs:
    """Return inputs of several arguments; dimensions of the same name have the same size.

    Args:
        named: arguments with the names that the steps of a script use.
    """
    if inputs and named:
        raise AuthorError("together() got inputs with and without names; expected names for all or none")
    each = (*inputs, *named.values())
    return Inputs(tuple(argument for one in each for argument in one.arguments), names=tuple(named))


def drawn(draw: Draw) -> Inputs:
    """Return inputs that `draw(rng)` makes by `call(…)`, for arguments that depend on each other."""
    return Inputs(draw=draw)


def _named(cases: dict[str, object]) -> Iterator[Case]:
    for name, value in cases.items():
        made = value if isinstance(value, Call) else Call((value,), {})
        yield Case(name.replace("_", " "), made.args, made.kwargs)


def _drawing(
    arguments: tuple[Argument, ...], shapes: list[tuple[int, ...]]
) -> Callable[[np.random.Generator, int | None], Call]:
    def draw(rng: np.random.Generator, decimals: int | None) -> Call:
        pairs = zip(arguments, shapes, strict=True)
        return Call(tuple(a.draw(rng, shape, decimals=decimals) for a, shape in pairs), {})

    return draw


def _symbols(arguments: tuple[Argument, ...]) -> list[str]:
    names = (d for a in arguments for d in a.shape or () if not d.isdigit())
    return list(dict.fromkeys(names))


def _size(dimension: str, size: dict[str, int]) -> int:
    return int(dimension) if dimension.isdigit() else size[dimension]


def _shape_name(shape: tuple[int, ...]) -> str:
    plain = {1: "a vector", 2: "a matrix", 3: "a 3-D array"}
    return {(): "a single number", (1, 4): "one row", (4, 1): "one column"}.get(shape) or plain[len(shape)]
