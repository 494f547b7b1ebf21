"""Parse submitted source without running it: find its definitions, their lines and signatures."""

from __future__ import annotations

import ast
import hashlib
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from grader.results import UNREADABLE, Fault
from grader.submissions.bindings import Definition, at_the_end
from grader.submissions.parsing import SOURCE_BYTES, TOKENS_OF_ALL, ExcessError, tokens, tree

_PARAMETERS = 255
"""Most names of parameters that are kept."""
_CUT = 200
"""Longest text, in characters, of a name or a parser's message."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The arguments that a `def` accepts."""

    least: int
    """Fewest positional arguments."""
    most: int | None
    """Most positional arguments; None for `*args`."""
    keyword: str = ""
    """The first keyword-only parameter without a default."""
    named: frozenset[str] | None = frozenset()
    """Parameters that may be passed by name; None for `**kwargs`."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition at the top level, without its tree."""

    line: int
    is_stub: bool = False
    signature: Signature | None = None
    """None if it is known only when the code runs: for a class, a value or a decorated function."""
    text: bytes = b""
    """Hash of its lines without blanks at their ends."""


@dataclass(frozen=True)
class Parsed:
    """One Python file of a submission: its definitions, or a fault; its tree is not kept."""

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
        """The source as text."""
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
        """Every file whose code the function may use."""
        return {self.file.path: self.file, **self.beside}


def parse(path: str, data: bytes, *, wanted: Collection[str] | None = None) -> Parsed:
    """Return the top-level definitions of one file; a file that cannot be parsed has a fault with a sentence.

    Args:
        wanted: the names to keep; by default all.
    """
    try:
        _, found = at_the_end(tree(data))
    except ExcessError as error:
        return Parsed(path, {}, Fault(type=UNREADABLE, message=f"{path} {error}."), data)
    except SyntaxError as error:
        return Parsed(path, {}, _syntax_fault(path, error, data), data)
    names = found if wanted is None else found.keys() & wanted
    lines = re.split(rb"\r\n|\r|\n", data)
    # Once for each node, as `a = b = c = 1` is the definition of each name.
    texts = {
        id(node): _text(node, lines) for node in {id(found[name]): found[name] for name in names}.values()
    }
    return Parsed(path, {name: _defined(found[name], texts[id(found[name])]) for name in names}, data=data)


def parse_all(files: Mapping[str, bytes], *, wanted: Collection[str] | None = None) -> dict[str, Parsed]:
    """Return the files of a submission, parsed in order of size until the budget of tokens is spent."""
    parsed, left = {}, TOKENS_OF_ALL
    is_small = sum(map(len, files.values())) <= TOKENS_OF_ALL  # a token has a byte at least: none is counted
    for path, data in sorted(files.items(), key=lambda item: (len(item[1]), item[0])):
        is_too_large = len(data) > SOURCE_BYTES  # `parse` refuses it, so it costs nothing of the budget
        if not is_small and not is_too_large and left >= 0:
            left -= tokens(data, most=left)
        if is_too_large or left >= 0:
            parsed[path] = parse(path, data, wanted=wanted)
        else:
            message = (
                f"{path} was not read: all files together hold more than {TOKENS_OF_ALL:,} words and signs."
            )
            parsed[path] = Parsed(path, {}, Fault(type=UNREADABLE, message=message), data)
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
    # Python ends lines at \n, \r and \r\n only; str.splitlines would also split at form feeds.
    lines = [line.rstrip("\n") for line in io.StringIO(text, newline=None)]
    first, last = max(1, line - around), min(len(lines), line + around)
    return [(number, lines[number - 1][:160]) for number in range(first, last + 1)]


def _defined(node: Definition, text: bytes) -> Defined:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return Defined(node.lineno, is_stub(node), text=text)
    signature = None if node.decorator_list else _signature(node.args)
    return Defined(node.lineno, is_stub(node), signature, text)


def _text(node: Definition, lines: Sequence[bytes]) -> bytes:
    """Return a hash of a definition's source; its decorators count, blanks at the ends of lines do not."""
    decorators = [] if isinstance(node, (ast.Assign, ast.AnnAssign)) else node.decorator_list
    first: ast.stmt | ast.expr = decorators[0] if decorators else node
    mine = list(lines[first.lineno - 1 : node.end_lineno])
    # One line may hold thousands of assignments.
    mine[-1] = mine[-1][: node.end_col_offset]
    mine[0] = mine[0][first.col_offset :]
    return hashlib.sha256(b"\n".join(line for line in map(bytes.rstrip, mine) if line)).digest()


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
    """Return whether a function has no code but a docstring, `pass` or `raise NotImplementedError`.

    Of a class, this holds if it has methods, and all are such stubs.
    """
    if isinstance(node, ast.ClassDef):
        methods = [part for part in node.body if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef))]
        return bool(methods) and all(map(is_stub, methods))
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    body = [s for s in node.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    if not body or (len(body) == 1 and isinstance(body[0], ast.Pass)):
        return True
    error = body[0].exc if len(body) == 1 and isinstance(body[0], ast.Raise) else None
    name = error.func if isinstance(error, ast.Call) else error
    return isinstance(name, ast.Name) and name.id == "NotImplementedError"
