"""Submitted source, parsed but never run: where a function stands and how it is written."""

from __future__ import annotations

import ast
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from grader.bindings import Definition, at_the_end
from grader.parsing import SOURCE_BYTES, TOKENS_OF_ALL, ExcessError, tokens, tree
from grader.results import AMBIGUOUS, ExerciseStatus, Fault

_PARAMETERS = 255
"""Names of parameters that are kept."""
_CUT = 200


@dataclass(frozen=True, slots=True)
class Signature:
    """What a `def` accepts."""

    least: int
    most: int | None
    keyword: str = ""
    """The first that has no default."""
    named: frozenset[str] | None = frozenset()
    """What may be passed by name; None if anything may."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition at the left margin, without its tree."""

    line: int
    is_stub: bool = False
    signature: Signature | None = None
    """None where only a call can tell: for a class, a value, and behind a decorator."""


@dataclass(frozen=True)
class Parsed:
    """One Python file of a submission: its definitions, or why it has none; its tree is not kept."""

    path: str
    definitions: Mapping[str, Defined]
    fault: Fault | None = None
    data: bytes = b""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def text(self) -> str:
        """The source as it is shown."""
        return self.data.decode("utf-8", "replace")


@dataclass(frozen=True)
class Found:
    """The function that is graded."""

    file: Parsed
    name: str
    beside: Mapping[str, Parsed] = field(default_factory=dict)
    """The files of the submission, by path."""

    @property
    def files(self) -> Mapping[str, Parsed]:
        """Every file that the function may take something from."""
        return {self.file.path: self.file, **self.beside}


@dataclass(frozen=True)
class NotFound:
    """Why there is no function to grade."""

    status: ExerciseStatus
    fault: Fault
    file: str = ""


@dataclass(frozen=True)
class Parameters:
    """What a call of the exercise passes."""

    names: tuple[str, ...]
    required: int
    keywords: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"({', '.join(self.names)})"


def parse(path: str, data: bytes, *, wanted: Collection[str] | None = None) -> Parsed:
    """Return the top-level definitions of one file; whatever cannot be read is a fault with a sentence.

    Args:
        wanted: the names that matter; all if it is not given.
    """
    try:
        _, found = at_the_end(tree(data))
    except ExcessError as error:
        return Parsed(path, {}, Fault(type="SyntaxError", message=f"{path} {error}."), data)
    except SyntaxError as error:
        return Parsed(path, {}, _syntax_fault(path, error, data), data)
    names = found if wanted is None else found.keys() & wanted
    return Parsed(path, {name: _defined(found[name]) for name in names}, data=data)


def parse_all(files: Mapping[str, bytes], *, wanted: Collection[str] | None = None) -> dict[str, Parsed]:
    """Return the files of a submission; the smallest are read first, as far as its budget goes."""
    parsed, left = {}, TOKENS_OF_ALL
    for path, data in sorted(files.items(), key=lambda item: (len(item[1]), item[0])):
        is_too_large = len(data) > SOURCE_BYTES  # `parse` does not read it: it takes nothing of the budget
        if not is_too_large and left >= 0:
            left -= tokens(data, most=left)
        if is_too_large or left >= 0:
            parsed[path] = parse(path, data, wanted=wanted)
        else:
            message = (
                f"{path} was not read: all files together hold more than {TOKENS_OF_ALL:,} words and signs."
            )
            parsed[path] = Parsed(path, {}, Fault(type="SyntaxError", message=message), data)
    return {path: parsed[path] for path in files}


def _syntax_fault(path: str, error: SyntaxError, data: bytes) -> Fault:
    reason = error.msg if len(error.msg) <= _CUT else f"{error.msg[:_CUT]}…"
    if not error.lineno:
        return Fault(type=type(error).__name__, message=f"{path} cannot be read as Python: {reason}.")
    message = f"{path}, line {error.lineno}: {reason}. Python cannot read the file until this is mended."
    return Fault(
        type=type(error).__name__,
        message=message,
        line=error.lineno,
        excerpt=excerpt(data.decode("utf-8", "replace"), error.lineno),
    )


def excerpt(text: str, line: int, *, around: int = 2) -> list[tuple[int, str]]:
    """Return the numbered lines of `text` around `line`, each at most 160 characters."""
    # As Python counts: str.splitlines would also break at form feeds and the like.
    lines = [line.rstrip("\n") for line in io.StringIO(text, newline=None)]
    first, last = max(1, line - around), min(len(lines), line + around)
    return [(number, lines[number - 1][:160]) for number in range(first, last + 1)]


def _defined(node: Definition) -> Defined:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return Defined(node.lineno)
    return Defined(node.lineno, is_stub(node), None if node.decorator_list else _signature(node.args))


def _signature(args: ast.arguments) -> Signature:
    positional = [*args.posonlyargs, *args.args]
    needs_keyword = [a.arg for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is None]
    named = frozenset(a.arg for a in [*args.args, *args.kwonlyargs][:_PARAMETERS])
    return Signature(
        least=len(positional) - len(args.defaults),
        most=None if args.vararg else len(positional),
        keyword=needs_keyword[0][:_CUT] if needs_keyword else "",
        named=None if args.kwarg else named,
    )


def is_stub(node: Definition) -> bool:
    """Return whether a function is as it was handed out: a docstring, then `raise NotImplementedError`."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    body = [s for s in node.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    if not body or (len(body) == 1 and isinstance(body[0], ast.Pass)):
        return True
    error = body[0].exc if len(body) == 1 and isinstance(body[0], ast.Raise) else None
    name = error.func if isinstance(error, ast.Call) else error
    return isinstance(name, ast.Name) and name.id == "NotImplementedError"


def locate(
    files: Mapping[str, Parsed], slug: str, aliases: Sequence[str], wanted: Parameters
) -> Found | NotFound:
    """Return the function to grade, looked up in `<slug>.py` or `.ipynb` first, then in any file."""
    names = (slug, *aliases)
    # What the course hands out in givens.py is not the student's work.
    files = {path: f for path, f in files.items() if f.name != "givens.py"}
    own = [f for f in files.values() if f.name in (f"{slug}.py", f"{slug}.ipynb")]
    for group in (own, list(files.values())):
        candidates = [Found(f, name, files) for f in group for name in names if name in f.definitions]
        written = [c for c in candidates if not c.file.definitions[c.name].is_stub]
        if len({c.file.path for c in written}) > 1:
            return _ambiguous(slug, [c.file.path for c in written])
        if written:
            return _fitting(written[0], wanted)
        broken = next((f for f in group if f.fault), None) if group is own or not candidates else None
        if broken and broken.fault:
            return NotFound("syntax_error", broken.fault, broken.path)
    stub = next((f.path for f in files.values() if any(n in f.definitions for n in names)), "")
    return _not_attempted(slug, stub) if stub else _missing(slug)


def _missing(slug: str) -> NotFound:
    message = f"No file defines {slug}. Write `def {slug}(…)` at the left margin, spelt exactly so."
    return NotFound("missing", Fault(type="Missing", message=message))


def _not_attempted(slug: str, path: str) -> NotFound:
    message = (
        f"{slug} is still the stub that was handed out. Replace `raise NotImplementedError` by your code."
    )
    return NotFound("not_attempted", Fault(type="NotImplementedError", message=message), path)


def _ambiguous(slug: str, paths: Sequence[str]) -> NotFound:
    listed = " and ".join(sorted(set(paths)))
    message = f"{slug} is defined in more than one file: {listed}. Keep one of them."
    return NotFound("missing", Fault(type=AMBIGUOUS, message=message))


def _fitting(found: Found, wanted: Parameters) -> Found | NotFound:
    defined = found.file.definitions[found.name]
    # A decorator may change what a function accepts: then only a call can tell.
    problem = _misfit(defined.signature, wanted) if defined.signature else ""
    if not problem:
        return found
    message = f"{found.name} {problem}; expected {found.name}{wanted}."
    shown = excerpt(found.file.text, defined.line)
    fault = Fault(type="TypeError", message=message, line=defined.line, excerpt=shown)
    return NotFound("wrong_signature", fault, found.file.path)


def _misfit(takes: Signature, wanted: Parameters) -> str:
    if takes.least > wanted.required:
        return f"needs {_count(takes.least)}"
    if takes.most is not None and takes.most < wanted.required:
        return f"takes {_count(takes.most)}"
    if takes.keyword:
        return f"needs the keyword {takes.keyword}"
    lacking = [k for k in wanted.keywords if takes.named is not None and k not in takes.named]
    return f"has no parameter called {lacking[0]}" if lacking else ""


def _count(number: int) -> str:
    return f"{number} argument" if number == 1 else f"{number} arguments"
