"""Submitted source, parsed but never run: where a function stands and how it is written."""

from __future__ import annotations

import ast
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.results import AMBIGUOUS, ExerciseStatus, Fault
from grader.scopes import reached

SOURCE_BYTES = 256 * 1024
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True)
class Parsed:
    """One Python file of a submission: its definitions, or why it has none."""

    path: str
    definitions: Mapping[str, Definition]
    tree: ast.Module | None = None
    fault: Fault | None = None
    text: str = ""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Found:
    """The function that is graded."""

    file: Parsed
    name: str

    @property
    def function(self) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The `def`, or None where the name is bound in another way."""
        node = self.file.definitions[self.name]
        return node if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else None

    def nodes(self) -> Iterator[ast.AST]:
        """Return every node of the function and of what it names in its file."""
        return reached(self.name, self.file.definitions, self.file.text)

    def imports(self) -> dict[str, str]:
        """Return what each imported name stands for, such as np for numpy."""
        names: dict[str, str] = {}
        for node in ast.walk(self.file.tree) if self.file.tree else ():
            if isinstance(node, ast.Import):
                for a in node.names:
                    first = a.name.partition(".")[0]
                    names[a.asname or first] = a.name if a.asname else first
            elif isinstance(node, ast.ImportFrom):
                names.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
        return names

    def star_imports(self) -> list[str]:
        """Return the modules whose every name is imported."""
        return [
            node.module or ""
            for node in (ast.walk(self.file.tree) if self.file.tree else ())
            if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
        ]


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


def parse(path: str, data: bytes) -> Parsed:
    """Return the top-level definitions of one file; whatever breaks the parser is a fault with a sentence."""
    if len(data) > SOURCE_BYTES:
        limit = SOURCE_BYTES // 1024
        return Parsed(path, {}, fault=Fault(type="SyntaxError", message=f"{path} is larger than {limit} KB."))
    try:
        tree = quiet_parse(data, path)
    except SyntaxError as error:
        return Parsed(path, {}, fault=_syntax_fault(path, error, data))
    except (ValueError, RecursionError, MemoryError) as error:
        message = f"{path} cannot be read as Python: {str(error) or 'it is nested too deeply'}."
        return Parsed(path, {}, fault=Fault(type="SyntaxError", message=message))
    return Parsed(path, _definitions(tree), tree=tree, text=data.decode("utf-8", "replace"))


def quiet_parse(data: bytes, path: str) -> ast.Module:
    """Return the tree; warnings of escapes such as `\\d` are not for our terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(data, filename=path)


def _syntax_fault(path: str, error: SyntaxError, data: bytes) -> Fault:
    message = (
        f"{path}, line {error.lineno or 1}: {error.msg}. Python cannot read the file until this is mended."
    )
    return Fault(
        type=type(error).__name__,
        message=message,
        line=error.lineno,
        excerpt=excerpt(data.decode("utf-8", "replace"), error.lineno or 1),
    )


def excerpt(text: str, line: int, *, around: int = 2) -> list[tuple[int, str]]:
    """Return the numbered lines of `text` around `line`, each at most 160 characters."""
    # As Python counts: str.splitlines would also break at form feeds and the like.
    lines = [line.rstrip("\n") for line in io.StringIO(text, newline=None)]
    first, last = max(1, line - around), min(len(lines), line + around)
    return [(number, lines[number - 1][:160]) for number in range(first, last + 1)]


def _definitions(tree: ast.Module) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for node in _top_level(tree.body):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            found.update({t.id: node for t in node.targets if isinstance(t, ast.Name)})
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node
    return found


def _top_level(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run on import, inside `if`, `try` and `with` too."""
    for node in body:
        yield node
        for name in ("body", "orelse", "finalbody"):
            if isinstance(node, (ast.If, ast.Try, ast.With)):
                yield from _top_level(getattr(node, name, []))


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
        candidates = [Found(f, name) for f in group for name in names if name in f.definitions]
        written = [c for c in candidates if not is_stub(c.file.definitions[c.name])]
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
    node = found.function
    # A decorator may change what a function accepts: then only a call can tell.
    if node is None or node.decorator_list:
        return found
    problem = _misfit(node.args, wanted)
    if not problem:
        return found
    message = f"{found.name} {problem}; expected {found.name}{wanted}."
    fault = Fault(
        type="TypeError", message=message, line=node.lineno, excerpt=excerpt(found.file.text, node.lineno)
    )
    return NotFound("wrong_signature", fault, found.file.path)


def _misfit(args: ast.arguments, wanted: Parameters) -> str:
    positional = [*args.posonlyargs, *args.args]
    least = len(positional) - len(args.defaults)
    needs_keyword = [a.arg for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is None]
    if least > wanted.required:
        return f"needs {_count(least)}"
    if len(positional) < wanted.required and not args.vararg:
        return f"takes {_count(len(positional))}"
    if needs_keyword:
        return f"needs the keyword {needs_keyword[0]}"
    named = {a.arg for a in [*args.args, *args.kwonlyargs]}
    lacking = [k for k in wanted.keywords if k not in named and not args.kwarg]
    return f"has no parameter called {lacking[0]}" if lacking else ""


def _count(number: int) -> str:
    return f"{number} argument" if number == 1 else f"{number} arguments"
