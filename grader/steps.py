"""The steps of an exercise whose calls follow each other; see docs/authors.md."""

from grader.cases.steps import constant, do, get, left, new, result, run

__all__ = ["constant", "do", "get", "left", "new", "result", "run"]
