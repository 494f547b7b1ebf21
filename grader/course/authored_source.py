"""Cut the student's stub, the solution, and code that a worker can run from an authored file."""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from grader.cases import promises
from grader.course.discovery import Authored
from grader.course.task import Task
from grader.errors import AuthorError


def stub(authored: Authored) -> str:
    """Return the student's stub: the imports that it uses, signature, docstring and one `raise`."""
    tree = ast.parse(authored.source)
    slug = authored.exercise.slug
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == slug]
    if not functions:
        raise AuthorError(f"{authored.path}: {slug} is not defined by a `def` at the left margin")
    function = functions[-1]
    if ast.get_docstring(function) is None:
        raise AuthorError(f"{authored.path}: {slug} has no docstring; it is the stub's whole text")
    lines = authored.source.split("\n")
    if not _alone(function, lines):
        raise AuthorError(f"{authored.path}: the docstring of {slug} does not have its lines to itself")
    head = "\n".join(lines[function.lineno - 1 : function.body[0].end_lineno])
    if authored.exercise.keeps_arguments:
        head = _with_unchanged(head, authored)
    title = "\n".join(lines[tree.body[0].lineno - 1 : tree.body[0].end_lineno])
    title += f"\n# {authored.exercise.difficulty.capitalize()}, about {authored.exercise.minutes} minutes."
    used = {n.id for n in ast.walk(ast.parse(head + "\n    ...")) if isinstance(n, ast.Name)} | {"np"}
    imports = "\n".join(import_lines(tree, used))
    top = f"{title}\n\n{imports}" if imports else title
    parts = [top, *_helpers(tree, function, lines), f'{head}\n    raise NotImplementedError("{slug}")\n']
    return _importable("\n\n\n".join(parts), authored.path)


def _with_unchanged(head: str, authored: Authored) -> str:
    """Return a signature and docstring that ask to leave the arguments alone."""
    signature, quotes, text = head.partition('"""')
    if not text.endswith('"""'):
        raise AuthorError(f'{authored.path}: the docstring of {authored.exercise.slug} does not stand in """')
    names = authored.exercise.parameters.names
    return f'{signature}{quotes}{promises.with_unchanged(text[:-3], names, indent="    ")}"""'


def _alone(function: ast.FunctionDef, lines: Sequence[str]) -> bool:
    """Return whether the docstring shares no line with code, as the stub is cut after its last line."""
    docstring, *code = function.body
    before = lines[docstring.lineno - 1][: docstring.col_offset]
    return before.isspace() and all(s.lineno != docstring.end_lineno for s in code)


def _importable(text: str, path: Path) -> str:
    """Return `text` if it runs, else raise `AuthorError`: a default may name a constant the stub lacks."""
    try:
        exec(compile(text, str(path), "exec"), {"__name__": path.stem})
    except Exception as error:  # a default value may raise anything
        raise AuthorError(f"{path}: its stub fails by itself: {type(error).__name__}: {error}") from error
    return text


def _helpers(tree: ast.Module, function: ast.FunctionDef, lines: Sequence[str]) -> Iterator[str]:
    """Yield the text of the functions that are default values in the signature."""
    defaults = [*function.args.defaults, *function.args.kw_defaults]
    named = {node.id for node in defaults if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in named:
            yield "\n".join(lines[node.lineno - 1 : node.end_lineno])


def import_lines(tree: ast.Module, used: Collection[str]) -> Iterator[str]:
    """Yield the imports that bind a used name, except the grader's, with the blank lines of the file."""
    end = group = kept_group = 0
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            group += node.lineno > end + 1
            end = node.end_lineno or node.lineno
            module = node.module if isinstance(node, ast.ImportFrom) else ""
            names = [a for a in node.names if (a.asname or a.name).partition(".")[0] in used]
            if names and module != "__future__" and (module or "").partition(".")[0] != "grader":
                kept = ast.ImportFrom(module, names, 0) if module else ast.Import(names)
                yield ("\n" if 0 < kept_group < group else "") + ast.unparse(kept)
                kept_group = group


def solution(authored: Authored) -> str:
    """Return a module with the title, the solution, and the imports, constants and helpers that it uses."""
    tree = ast.parse(authored.source)
    used = _reached(tree, authored.exercise.slug)
    title = ast.get_source_segment(authored.source, tree.body[0]) or ""
    top = "\n\n".join([title, *filter(None, ["\n".join(import_lines(tree, used))])])
    kept = (node for node in tree.body if used.intersection(_binds(node)))
    return (
        "\n\n\n".join([top, *(ast.get_source_segment(authored.source, node) or "" for node in kept)]) + "\n"
    )


def _reached(tree: ast.Module, slug: str) -> set[str]:
    """Return the solution's name and all names that it uses, directly or through helpers of its file."""
    defined = {name: node for node in tree.body for name in _binds(node)}
    seen: set[str] = set()
    queue = [slug]
    while queue:
        name = queue.pop()
        seen.add(name)
        nodes = ast.walk(defined[name]) if name in defined else ()
        queue += [n.id for n in nodes if isinstance(n, ast.Name) and n.id not in seen]
    return seen


def _binds(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


@functools.lru_cache(maxsize=1)  # called for each mistake of one exercise in turn
def runnable(source: str) -> bytes:
    """Return an authored file without its declarations: only solution, mistakes and their helpers."""
    tree = ast.parse(source)
    body = [node for node in tree.body if not _declares(node)]
    for node in body:
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = [d for d in node.decorator_list if not _mentions(d, "exercise")]
    return ast.unparse(ast.Module(body, [])).encode()


def _declares(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] == "grader"
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(t, ast.Name) and t.id == "exercise" for t in targets)


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def standing_in(task: Task, function: str) -> bytes:
    """Return the authored file with one of its functions under the solution's name.

    The solution itself is renamed, so that a mistake may call it.
    """
    if function == task.slug:
        return runnable(task.source)
    return _solution_aside(task.source, task.slug) + f"\n\n{task.slug} = {function}\n".encode()


@functools.lru_cache(maxsize=1)  # called for each mistake of one exercise in turn
def _solution_aside(source: str, slug: str) -> bytes:
    tree = ast.parse(runnable(source))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == slug:
            node.name = f"right_{slug}"
        elif isinstance(node, ast.Name) and node.id == slug:
            node.id = f"right_{slug}"
    return ast.unparse(tree).encode()
