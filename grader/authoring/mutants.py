"""Mutants are solutions with one change; the checks should notice each that changes an answer."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.course.authored_source import runnable
from grader.course.task import Task
from grader.errors import GraderError
from grader.grading.pipeline import grade
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import Submission

Edit = tuple[ast.AST, str, Any]
"""A node, the name of one of its fields, and the new value of that field."""

_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.And: ast.Or, ast.Or: ast.And, ast.USub: ast.UAdd, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_REVERSED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE,
}  # fmt: skip

_CONVERSIONS = ("float", "int", "np.array", "np.asarray")
"""Calls that do not change numbers, as checks treat scalars of NumPy and of Python alike."""


@dataclass(frozen=True)
class Mutant:
    """A solution with one change."""

    change: str
    """The new line of code, or `without` and the removed line."""
    source: bytes


@dataclass(frozen=True)
class Score:
    """The mutation score of one exercise."""

    mutants: int
    killed: int
    equivalent: int
    """Number of mutants that the author marked, with a reason, as equivalent."""
    findings: tuple[str, ...]
    """Sentences on survivors without a reason, and on reasons without a survivor."""


def score(task: Task, equivalents: Mapping[str, str], sandbox: Sandbox) -> Score:
    """Grade each mutant of a task's solution like a submission, and return how many fail.

    Args:
        equivalents: the reasons why mutants may survive, by their changed lines.
    """
    made = mutants(task.source, *(task.subjects or (task.slug,)))
    survivors = _survivors(task, made, sandbox)
    alive = [change for change in survivors if change not in equivalents]
    stale = [change for change in equivalents if change not in survivors]
    findings = [
        *(f"No check notices the mutant: {change}" for change in alive),
        *(f"No such mutant survives, so its mark can go: {change}" for change in stale),
    ]
    return Score(len(made), len(made) - len(survivors), len(survivors) - len(alive), tuple(findings))


def _survivors(task: Task, made: list[Mutant], sandbox: Sandbox) -> list[str]:
    found: list[Result] = []
    submissions = [Submission(m.change, {f"{task.slug}.py": m.source}) for m in made]
    grade(submissions, [task], sandbox=sandbox, suite="", sink=found.append)
    undecided = [result.student for result in found if result.is_undecided]
    if undecided:
        raise GraderError(f"the grader failed on the mutant of {task.slug}: {undecided[0]}")
    return [result.student for result in found if result.exercises[0].status == "passed"]


def mutants(source: str, *names: str) -> list[Mutant]:
    """Return the mutants of functions, and of the methods of classes, in an authored file.

    There are no duplicates.
    """
    tree = ast.parse(runnable(source))
    made: dict[str, Mutant] = {}
    for function in _functions(tree, names):
        function.body = function.body[1:] if ast.get_docstring(function) else function.body
        function.returns = None
        before = ast.unparse(function)
        for node, name, new in list(_edits(function)):
            old = getattr(node, name)
            setattr(node, name, new)
            change = _change(before, ast.unparse(function))
            if change:
                made.setdefault(change, Mutant(change, ast.unparse(tree).encode()))
            setattr(node, name, old)
    return list(made.values())


def _functions(tree: ast.Module, names: Collection[str]) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in names:
            yield node
        elif isinstance(node, ast.ClassDef) and node.name in names:
            yield from (part for part in node.body if isinstance(part, ast.FunctionDef))


def _change(before: str, after: str) -> str:
    """Return the first new line, else the first removed one; empty if nothing differs."""
    old, new = before.splitlines(), after.splitlines()
    for line in new:
        if line not in old:
            return line.strip()
    gone = [line.strip() for line in old if line not in new]
    return f"without {gone[0]}" if gone else ""


def _edits(function: ast.FunctionDef) -> Iterator[Edit]:
    for default in [*function.args.defaults, *function.args.kw_defaults]:
        if isinstance(default, ast.Constant):
            yield from _constant(default)
    for statement in function.body:
        for node in _nodes(statement):
            yield from _operator(node)
            yield from _call(node)
            yield from _unwrapped(node)
            yield from _without(node)
            if isinstance(node, ast.Constant):
                yield from _constant(node)
            if isinstance(node, (ast.If, ast.IfExp, ast.While)):
                yield node, "test", ast.UnaryOp(ast.Not(), node.test)
    yield from _without(function)


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all nodes below it, except in `raise`: a task's text specifies no messages."""
    yield node
    if not isinstance(node, ast.Raise):
        for child in ast.iter_child_nodes(node):
            yield from _nodes(child)


def _operator(node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.UnaryOp, ast.BoolOp)) and type(node.op) in _OPERATORS:
        yield node, "op", _OPERATORS[type(node.op)]()
    if isinstance(node, ast.Compare):
        for table in (_OPERATORS, _REVERSED):
            if type(node.ops[0]) in table:
                yield node, "ops", [table[type(node.ops[0])](), *node.ops[1:]]


def _constant(node: ast.Constant) -> Iterator[Edit]:
    if isinstance(node.value, bool):
        yield node, "value", not node.value
    elif isinstance(node.value, (int, float)):
        yield node, "value", node.value + 1
        if isinstance(node.value, int):
            yield node, "value", node.value - 1


def _call(node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        yield node.value, "elts", [node.value.elts[1], node.value.elts[0], *node.value.elts[2:]]
    if not isinstance(node, ast.Call):
        return
    if len(node.args) >= 2:
        yield node, "args", [node.args[1], node.args[0], *node.args[2:]]
    for keyword in node.keywords:
        yield node, "keywords", [k for k in node.keywords if k is not keyword]
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        for step in (ast.Add(), ast.Sub()):
            last = node.args[min(1, len(node.args) - 1)]
            moved = ast.BinOp(last, step, ast.Constant(1))
            yield node, "args", [moved if a is last else a for a in node.args]


def _unwrapped(node: ast.AST) -> Iterator[Edit]:
    """Yield edits that replace a call by its first argument."""
    for name, value in ast.iter_fields(node):
        if _has_effect(value):
            yield node, name, value.args[0]
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if _has_effect(item):
                    yield node, name, [*value[:at], item.args[0], *value[at + 1 :]]


def _has_effect(value: Any) -> bool:
    return isinstance(value, ast.Call) and bool(value.args) and ast.unparse(value.func) not in _CONVERSIONS


def _without(node: ast.AST) -> Iterator[Edit]:
    """Yield edits that remove one statement from a body; an empty body becomes `pass`."""
    for name in ("body", "orelse"):
        body = getattr(node, name, None)
        if isinstance(body, list):
            for at, statement in enumerate(body):
                if not isinstance(statement, ast.Return):
                    yield node, name, [*body[:at], *body[at + 1 :]] or [ast.Pass()]
