"""Reference to student tree: stubs, index and recorded answers, or a list of what is stale."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader import bundle
from grader.errors import AuthorError
from grader.exercise import Authored
from grader.freshness import is_fresh
from grader.mistakes import Mistakes
from grader.overview import overview
from grader.sandbox import Sandbox
from grader.task import Task, prepare

OVERVIEW = "../docs/catalogue.md"


def stub(authored: Authored) -> str:
    """Return what a student starts from: imports the stub uses, signature, docstring, one `raise`."""
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
    title = "\n".join(lines[tree.body[0].lineno - 1 : tree.body[0].end_lineno])
    used = {n.id for n in ast.walk(ast.parse(head + "\n    ...")) if isinstance(n, ast.Name)} | {"np"}
    imports = "\n".join(import_lines(tree, used))
    top = f"{title}\n\n{imports}" if imports else title
    parts = [top, *_helpers(tree, function, lines), f'{head}\n    raise NotImplementedError("{slug}")\n']
    return _importable("\n\n\n".join(parts), authored.path)


def _alone(function: ast.FunctionDef, lines: Sequence[str]) -> bool:
    """Return whether no code shares a line with the docstring: a stub is cut where it ends."""
    docstring, *code = function.body
    before = lines[docstring.lineno - 1][: docstring.col_offset]
    return before.isspace() and all(s.lineno != docstring.end_lineno for s in code)


def _importable(text: str, path: Path) -> str:
    """Return `text` if it runs: a signature may name what a stub lacks, such as a constant of the file."""
    try:
        exec(compile(text, str(path), "exec"), {"__name__": path.stem})
    except Exception as error:  # a default value may raise anything
        raise AuthorError(f"{path}: its stub fails by itself: {type(error).__name__}: {error}") from error
    return text


def _helpers(tree: ast.Module, function: ast.FunctionDef, lines: Sequence[str]) -> Iterator[str]:
    """Yield the text of the functions that stand as defaults in the signature."""
    defaults = [*function.args.defaults, *function.args.kw_defaults]
    named = {node.id for node in defaults if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in named:
            yield "\n".join(lines[node.lineno - 1 : node.end_lineno])


def import_lines(tree: ast.Module, used: Collection[str]) -> Iterator[str]:
    """Yield the imports that bind a used name, but none of the grader, grouped as the author grouped them."""
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


def files(authored: Sequence[Authored], sandbox: Sandbox) -> dict[str, bytes]:
    """Return every generated file by its path as seen from `exercises/`."""
    made: dict[str, bytes] = {}
    mistakes = Mistakes(sandbox)
    entries: list[dict[str, Any]] = []
    recordings: dict[str, dict[str, Any]] = {}
    known = {one.exercise.slug for one in authored}
    for one in authored:
        # Hidden cases never enter: they are left out here, whatever the seed.
        task: Task = prepare(one, seed=0, public_only=True)
        text = stub(one)
        entries.append(bundle.entry(task, after=[s for s in one.exercise.after if s in known], stub=text))
        recordings.setdefault(task.lesson, {})[task.slug] = {
            "source": hashlib.sha256(task.source.encode()).hexdigest(),
            **bundle.recording(task, mistakes.answers(task)),
        }
        made[f"{task.lesson}/{task.slug}.py"] = text.encode()
        if task.givens:
            made[f"{task.lesson}/givens.py"] = task.givens
    made[OVERVIEW] = overview(authored).encode()
    made[bundle.INDEX] = pretty({"schema": bundle.SCHEMA, "exercises": entries})
    for lesson, recorded in recordings.items():
        made[f"{lesson}/{bundle.ANSWERS}"] = _compact({"schema": bundle.SCHEMA, "exercises": recorded})
    return made


def pretty(data: object) -> bytes:
    """Return JSON as it is written for people."""
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


def _compact(data: dict[str, Any]) -> bytes:
    """Return JSON with one line a case: small, and a change shows as a line."""
    return msgspec.json.encode(data).replace(b'{"name":', b'\n{"name":') + b"\n"


def write(folder: Path, made: Mapping[str, bytes]) -> list[str]:
    """Write the generated files that are stale and remove those nothing generates; return their names."""
    stale = compare(folder, made)
    for name in stale:
        path = folder / name
        if name not in made:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made[name])
    return stale


def compare(folder: Path, made: Mapping[str, bytes]) -> list[str]:
    """Return the names of generated files that differ, are missing or stand there for no exercise."""
    stale = [name for name, data in made.items() if _differs(folder / name, data)]
    present = {p.relative_to(folder).as_posix() for p in folder.glob("*/*.py")}
    present |= {p.relative_to(folder).as_posix() for p in folder.glob(f"*/{bundle.ANSWERS}")}
    return sorted([*stale, *(present - set(made))])


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or is_stale(path.name, path.read_bytes(), data)


def is_stale(name: str, present: bytes, data: bytes) -> bool:
    """Return whether a file is not what would be generated; recorded answers are compared by value."""
    return not is_fresh(present, data) if name.endswith(bundle.ANSWERS) else present != data
