"""What a learner needs of a task at a glance: its sentences, and the example in its stub."""

from __future__ import annotations

import ast
import doctest
import re
from dataclasses import dataclass
from typing import Final

from grader.course.index import Entry

_LISTS: Final = re.compile(r"^(Args|Arguments|Parameters|Raises):$")
_HEAD: Final = re.compile(r"^(Args|Arguments|Parameters|Raises|Returns|Example|Examples|Notes?):$")


@dataclass(frozen=True)
class TaskText:
    """The text of a stub and its examples."""

    gist: str = ""
    """What to do, in one paragraph."""
    details: tuple[str, ...] = ()
    """One paragraph for each argument, and what is returned."""
    examples: tuple[str, ...] = ()
    """Code, and below it what Python shows after it, as in the stub."""


def task_text(entry: Entry) -> TaskText:
    """Return the text and the examples of an exercise's stub; both are empty if it cannot be read."""
    doc = _docstring(entry)
    if not doc:
        return TaskText()
    told = doc.partition("\n>>>")[0].splitlines()
    heads = [place for place, line in enumerate(told) if _HEAD.match(line.strip())]
    first = heads[0] if heads else len(told)
    gist = " ".join(" ".join(told[:first]).split())
    examples = doctest.DocTestParser().get_examples(doc)
    return TaskText(gist, tuple(_details(told[first:])), tuple(map(_example, examples)))


def _docstring(entry: Entry) -> str:
    try:
        body = ast.parse(entry.stub).body
    except (SyntaxError, ValueError):
        return ""
    defined = [node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    own = [node for node in defined if node.name in entry.names] or defined
    return (ast.get_docstring(own[0]) or "") if own else ""


def _details(lines: list[str]) -> list[str]:
    """Return one paragraph for each argument, and for each other section."""
    found: list[str] = []
    is_list, margin, is_open = False, 0, False
    for line in lines:
        words, depth = line.strip(), len(line) - len(line.lstrip())
        if _HEAD.match(words):
            is_list, margin, is_open = bool(_LISTS.match(words)), depth + 4, False
        elif words and is_open and (not is_list or depth > margin):
            found[-1] += f" {words}"
        elif words:
            found.append(words)
            is_open = True
    return found


def _example(one: doctest.Example) -> str:
    return f"{one.source.rstrip()}\n{one.want.rstrip()}".rstrip()
