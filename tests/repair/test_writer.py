"""A writer's text is that of the whole changed tree, whatever was written before."""

from __future__ import annotations

import ast

from grader.repair.places import changes

from .conftest import code

LOOPS = """
    def mean(x, *, n=2):
        total, k = 0.0, len(x)
        for i in range(1, k):
            if x[i] > 0 and n:
                total += x[i]
            elif n < 3:
                total = n
            else:
                while k:
                    k -= 1
        return [total / k, lambda z: z[:, 0] + 1]
"""


def test_every_change_is_written_as_the_whole_tree_would_be() -> None:
    its = code("mean", LOOPS)
    writer = its.writers[0]
    before, seen = writer.text(), 0
    for number, change in changes(its):
        with change.made():
            whole = ast.unparse(its.units[number])
            assert writer.text([change.holder]) == whole or _same(writer.text([change.holder]), whole)
            seen += 1
        assert writer.text() == before
    assert seen > 100


def _same(one: str, other: str) -> bool:
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
