"""What may be changed: the function and the functions of its file that it uses, within bounds."""

from __future__ import annotations

import ast

from grader.repair.code import cloned, nodes, read

from .conftest import code, found

WITH_HELPERS = """
    EPS = 1e-9


    def unused(x):
        return x


    def shift(Z):
        \"\"\"Shift.\"\"\"
        return Z - Z.max()


    def softmax(Z):
        return np.exp(shift(Z)) + EPS
"""


def test_the_function_its_helpers_and_its_constants_are_read_without_docstrings() -> None:
    assert code("softmax", WITH_HELPERS).texts == (
        "EPS = 1e-09",
        "def shift(Z):\n    return Z - Z.max()",
        "def softmax(Z):\n    return np.exp(shift(Z)) + EPS",
    )


def test_a_candidate_has_the_changed_unit_and_those_that_use_it() -> None:
    its = code("softmax", WITH_HELPERS)
    texts = (its.texts[0], "def shift(Z):\n    return Z", its.texts[2])
    assert its.made(texts) == "\n".join(
        [
            "def _candidate():",
            "    def shift(Z):",
            "        return Z",
            "    def softmax(Z):",
            "        return np.exp(shift(Z)) + EPS",
            "    return softmax",
        ]
    )


def test_a_decorated_function_a_class_instance_and_broken_code_are_not_searched() -> None:
    assert read(found("relu", "import functools\n\n@functools.cache\ndef relu(Z):\n    return Z")) is None
    assert read(found("relu", "relu = np.vectorize(lambda z: max(z, 0))")) is None
    assert read(found("relu", "def relu(Z) return Z")) is None


def test_a_copy_of_a_tree_shares_no_node_with_it_and_reads_the_same() -> None:
    text = "def f(a, *, n=1):\n    return [g(-a[1:, 0] ** n, axis=0) for g in (np.sum, max) if 0 < n]"
    tree = ast.parse(text)
    its = cloned(tree)
    assert ast.dump(its, include_attributes=True) == ast.dump(tree, include_attributes=True)
    assert not {id(n) for n in nodes(its)} & {id(n) for n in nodes(tree)}


def test_below_known_nodes_nothing_is_listed() -> None:
    tree = ast.parse("a * (b + 1)", mode="eval").body
    assert isinstance(tree, ast.BinOp)
    assert nodes(tree, {id(tree.right)}) == [tree, tree.left, tree.right]
