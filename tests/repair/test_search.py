"""The search finds the slip itself, proves it, and keeps still where only a dodge would pass."""

from __future__ import annotations

import pytest

SLIPS = {
    "axis": (
        "softmax",
        """
        def softmax(Z):
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            return e / e.sum(axis=0, keepdims=True)
        """,
        [(6, "    return e / e.sum(axis=1, keepdims=True)")],
    ),
    "the same slip in two places": (
        "softmax",
        """
        def softmax(Z):
            e = np.exp(Z - Z.max(axis=0, keepdims=True))
            return e / e.sum(axis=0, keepdims=True)
        """,
        [
            (5, "    e = np.exp(Z - Z.max(axis=1, keepdims=True))"),
            (6, "    return e / e.sum(axis=1, keepdims=True)"),
        ],
    ),
    "in place": (
        "softmax",
        """
        def softmax(Z):
            Z -= Z.max(axis=1, keepdims=True)
            return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
        """,
        [(5, "    Z = Z - Z.max(axis=1, keepdims=True)")],
    ),
    "dtype": (
        "hadamard",
        """
        def hadamard(A, B):
            C = np.zeros_like(A)
            C[...] = A * B
            return C
        """,
        [(5, "    C = np.zeros_like(A, dtype=float)")],
    ),
    "return inside the loop": (
        "mean",
        """
        def mean(x):
            total = 0.0
            for value in x:
                total += value
                return total / len(x)
        """,
        [(8, "    return total / len(x)")],
    ),
    "in a helper": (
        "tanh_derivative",
        """
        def square(t):
            # the square
            return t * 2


        def tanh_derivative(x):
            return 1 - square(np.tanh(x))
        """,
        [(6, "    return t ** 2")],
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_the_slip_is_found_without_the_solution_and_told_with_its_line(name: str, searched) -> None:
    slug, text, lines = SLIPS[name]
    repair = searched(slug, text, alone=True)
    assert repair is not None
    assert repair.is_full
    assert not repair.uses_donor
    assert [(line.number, line.new) for line in repair.lines if line.new] == lines
    assert repair.lines[0].number == lines[0][0]
    assert repair.gained


def test_two_slips_are_found_one_after_the_other(searched) -> None:
    repair = searched(
        "gaussian_pdf",
        """
        def gaussian_pdf(x, mu, sigma):
            if sigma < 0:
                raise ValueError("sigma")
            exponent = -0.5 * ((x + mu) / sigma) ** 2
            return np.exp(exponent) / (sigma * np.sqrt(2 * np.pi))
        """,
        alone=True,
    )
    assert repair is not None
    assert sorted(repair.kinds) == ["comparison", "operator"]
    assert [line.new.strip() for line in repair.lines] == [
        "if sigma <= 0:",
        "exponent = -0.5 * ((x - mu) / sigma) ** 2",
    ]


UNCHECKED = """
    def one_hot(labels, n_classes):
        return np.eye(n_classes)[labels]
"""


def test_a_missing_guard_comes_from_the_solution_and_is_marked_so(searched) -> None:
    repair = searched("one_hot", UNCHECKED)
    assert repair is not None
    assert (repair.kinds, repair.uses_donor, repair.is_full) == (("guard",), True, True)


def test_without_the_solution_no_guard_is_made_up(searched) -> None:
    assert searched("one_hot", UNCHECKED, alone=True) is None


def test_a_change_that_can_be_made_without_the_solution_is_no_donor(searched) -> None:
    slug, text, _ = SLIPS["axis"]
    repair = searched(slug, text)
    assert repair is not None
    assert not repair.uses_donor


def test_a_right_function_has_no_repair(searched) -> None:
    assert (
        searched(
            "softmax",
            """
            def softmax(Z):
                e = np.exp(Z - Z.max(axis=1, keepdims=True))
                return e / e.sum(axis=1, keepdims=True)
            """,
        )
        is None
    )


@pytest.mark.parametrize("name", ["axis", "in a helper"])
def test_the_same_code_has_the_same_repair_each_time(name: str, searched) -> None:
    slug, text, _ = SLIPS[name]
    first, again = searched(slug, text), searched(slug, text)
    assert first is not None
    assert again is not None
    assert (first.texts, first.steps, first.gained) == (again.texts, again.steps, again.gained)


DODGES = {
    "a clip that is moved behind the return": (
        "exponential",
        """
        def exponential(Z):
            Z = np.clip(Z, -500, 500)
            return np.exp(Z)
        """,
        "statements swapped",
    ),
    "a negative length turns the order round": (
        "pca_directions",
        """
        def pca_directions(X, k):
            Xc = X - X.mean(axis=0)
            C = Xc.T @ Xc / (len(X) - 1)
            values, vectors = np.linalg.eigh(C)
            return vectors[:, np.argsort(values)[:k]]
        """,
        "operands swapped",
    ),
    "a column of a constant is divided by 1 + its spread": (
        "frobenius_norm",
        """
        def frobenius_norm(A):
            biggest = np.abs(A).max()
            return float(biggest * np.sum((A / biggest) ** 2))
        """,
        "complement",
    ),
}


@pytest.mark.parametrize("name", DODGES)
def test_a_dodge_that_the_checks_accept_is_not_told(name: str, searched) -> None:
    slug, text, kind = DODGES[name]
    repair = searched(slug, text)
    assert repair is None or kind not in repair.kinds


def test_of_two_changes_that_are_nearly_as_likely_the_one_without_the_solution_is_told(searched) -> None:
    # np.tanh(x) in place of x is as right, but would be told as a step that is missing.
    repair = searched(
        "tanh_derivative",
        """
        def tanh_derivative(x):
            t = np.tanh(x)
            return 1 - t * x
        """,
    )
    assert (repair.kinds, repair.uses_donor) == (("another name",), False)
    assert repair.lines[0].new == "    return 1 - t * t"
