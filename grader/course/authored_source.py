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
    """Return the student's stub: the imports that it uses, signatures, docstrings and a `raise` in each.

    Of a class it has the bases and the methods that do not begin with one underscore.
    """
    tree = ast.parse(authored.source)
    lines = authored.source.split("\n")
    subjects = [_definition(authored, tree, name) for name in authored.exercise.subjects]
    bodies = [_emptied(authored, node, lines) for node in subjects]
    title = "\n".join(lines[tree.body[0].lineno - 1 : tree.body[0].end_lineno])
    title += f"\n# {authored.exercise.difficulty.capitalize()}, about {authored.exercise.minutes} minutes."
    used = {n.id for body in bodies for n in ast.walk(ast.parse(body)) if isinstance(n, ast.Name)} | {"np"}
    imports = "\n".join(import_lines(tree, used))
    top = f"{title}\n\n{imports}" if imports else title
    helpers = dict.fromkeys(text for node in subjects for text in _helpers(tree, node, lines))
    return _importable("\n\n\n".join([top, *helpers, *bodies]) + "\n", authored.path)


def _definition(authored: Authored, tree: ast.Module, name: str) -> ast.FunctionDef | ast.ClassDef:
    found = [n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and n.name == name]
    if not found:
        raise AuthorError(f"{authored.path}: {name} is not defined by a `def` or `class` at the left margin")
    if ast.get_docstring(found[-1]) is None:
        raise AuthorError(f"{authored.path}: {name} has no docstring; it is the stub's whole text")
    return found[-1]


def _emptied(authored: Authored, node: ast.FunctionDef | ast.ClassDef, lines: Sequence[str]) -> str:
    """Return a definition with its docstring and without its code."""
    if isinstance(node, ast.FunctionDef):
        head = _head(authored, node, lines)
        head = _with_unchanged(head, authored) if authored.exercise.keeps_arguments else head
        return f'{head}\n    raise NotImplementedError("{node.name}")'
    methods = [
        part
        for part in node.body
        if isinstance(part, ast.FunctionDef) and (not part.name.startswith("_") or part.name.endswith("__"))
    ]
    if not methods:
        raise AuthorError(f"{authored.path}: the class {node.name} has no methods for the student to write")
    parts = [_head(authored, node, lines)]
    for method in methods:
        decorators = "".join(f"    @{ast.unparse(one)}\n" for one in method.decorator_list)
        head = _head(authored, method, lines, node.name)
        parts.append(f'{decorators}{head}\n        raise NotImplementedError("{node.name}.{method.name}")')
    return "\n\n".join(parts)


def _head(
    authored: Authored, node: ast.FunctionDef | ast.ClassDef, lines: Sequence[str], owner: str = ""
) -> str:
    """Return the lines of a definition up to the end of its docstring; a method may have none."""
    name = f"{owner}.{node.name}" if owner else node.name
    if ast.get_docstring(node) is None and owner:
        end = node.body[0].lineno - 1
        if node.body[0].lineno == node.lineno:
            raise AuthorError(f"{authored.path}: {name} has its code on the line of its `def`")
        return "\n".join(lines[node.lineno - 1 : end]).rstrip()
    if not _alone(node, lines):
        raise AuthorError(f"{authored.path}: the docstring of {name} does not have its lines to itself")
    return "\n".join(lines[node.lineno - 1 : node.body[0].end_lineno])


def _with_unchanged(head: str, authored: Authored) -> str:
    """Return a signature and docstring that ask to leave the arguments alone."""
    signature, quotes, text = head.partition('"""')
    if not text.endswith('"""'):
        raise AuthorError(f'{authored.path}: the docstring of {authored.exercise.slug} does not stand in """')
    names = authored.exercise.parameters.names
    return f'{signature}{quotes}{promises.with_unchanged(text[:-3], names, indent="    ")}"""'


def _alone(function: ast.FunctionDef | ast.ClassDef, lines: Sequence[str]) -> bool:
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


def _helpers(
    tree: ast.Module, subject: ast.FunctionDef | ast.ClassDef, lines: Sequence[str]
) -> Iterator[str]:
    """Yield the text of the functions that are default values in the signatures."""
    functions = [node for node in ast.walk(subject) if isinstance(node, ast.FunctionDef)]
    defaults = [one for f in functions for one in (*f.args.defaults, *f.args.kw_defaults)]
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
    used = _reached(tree, authored.exercise.subjects)
    title = ast.get_source_segment(authored.source, tree.body[0]) or ""
    top = "\n\n".join([title, *filter(None, ["\n".join(import_lines(tree, used))])])
    kept = (node for node in tree.body if used.intersection(_binds(node)))
    return (
        "\n\n\n".join([top, *(ast.get_source_segment(authored.source, node) or "" for node in kept)]) + "\n"
    )


def _reached(tree: ast.Module, subjects: Sequence[str]) -> set[str]:
    """Return the solution's names and all names that they use, directly or through helpers of their file."""
    defined = {name: node for node in tree.body for name in _binds(node)}
    seen: set[str] = set()
    queue = list(subjects)
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
    theirs = {name for node in tree.body for name in _of_the_grader(node)}
    body = [node for node in tree.body if not (_declares(node) or _is_made_with(node, theirs))]
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            node.decorator_list = [d for d in node.decorator_list if not _mentions(d, "exercise")]
    return ast.unparse(ast.Module(body, [])).encode()


def _of_the_grader(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement imports from the grader, which a worker does not have."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        for one in node.names:
            if (module or one.name).partition(".")[0] == "grader":
                yield (one.asname or one.name).partition(".")[0]


def _is_made_with(node: ast.stmt, names: Collection[str]) -> bool:
    """Return whether a definition is a check of the author's own, or a value made with the grader."""
    made = node.decorator_list if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []
    value = getattr(node, "value", None) if isinstance(node, (ast.Assign, ast.AnnAssign, ast.Expr)) else None
    made = [one for one in made if not _mentions(one, "exercise")]  # a known mistake
    parts = [*made, *([value] if value else [])]
    return any(_mentions(part, name) for part in parts for name in names)


def _declares(node: ast.stmt) -> bool:
    if any(_of_the_grader(node)):
        return True
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(t, ast.Name) and t.id == "exercise" for t in targets)


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def standing_in(task: Task, function: str) -> bytes:
    """Return the authored file with one of its mistakes under the solution's name; itself for the solution.

    The solution is renamed, so that a mistake may call it or inherit from it.
    """
    subjects = task.subjects or (task.slug,)
    if function in (task.slug, *subjects):
        return runnable(task.source)
    instead = {mistake.name: mistake.instead for mistake in task.mistakes}.get(function) or subjects[0]
    return _solution_aside(task.source, instead) + f"\n\n{instead} = {function}\n".encode()


@functools.lru_cache(maxsize=1)  # called for each mistake of one exercise in turn
def _solution_aside(source: str, slug: str) -> bytes:
    tree = ast.parse(runnable(source))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == slug:
            node.name = f"right_{slug}"
        elif isinstance(node, ast.Name) and node.id == slug:
            node.id = f"right_{slug}"
    return ast.unparse(tree).encode()
