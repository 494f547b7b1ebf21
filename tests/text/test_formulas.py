"""Formulas in a terminal read as they are meant: what a fraction held together stands in brackets."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import resources
from grader.text.escape import spelled
from grader.text.formulas import formula_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\sigma(z) = \frac{1}{1 + e^{-z}}", "σ(z) = 1 / (1 + e^(−z))"),
        (r"\operatorname{relu}(z) = \max(0, z)", "relu(z) = max(0, z)"),
        (r"L = \frac{1}{n} \sum_{i=1}^{n} (\hat y_i - y_i)^2", "L = (1/n) ∑_(i = 1)^n (y\u0302_i − y_i)^2"),
        (r"\frac{\partial L}{\partial z} = \frac{a}{b} (S - Y)", "∂L / ∂z = (a/b)(S − Y)"),
        (r"(X W)_{ij} = \sum_k x_{ik} w_{kj}", "(X W)_ij = ∑_k x_ik w_kj"),
        (r"\sqrt{\frac{t^2}{4} - d}", "√(t^2 / 4 − d)"),
        (r"x' = \frac{x - \mu}{\sigma}", "x′ = (x − μ) / σ"),
        (r"W^{\mathsf T}", "W^T"),
        (r"a \text{ if } z > 0", "a if z > 0"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\no{such}{command", r"\no{such}{command"),
        ("", ""),
    ],
)
def test_a_formula_is_one_line(latex: str, text: str) -> None:
    assert formula_text(latex) == text


def test_all_formulas_of_the_course_are_read_and_fit_two_lines_of_a_terminal() -> None:
    folder = resources.exercises()
    assert folder
    found = [e["formula"] for e in json.loads((folder / "index.json").read_text())["exercises"]]
    texts = [formula_text(one) for one in found if one]
    assert [
        text for text in texts if "\\" in text or "{" in text.replace("{ ", "") or len(text) > 2 * 69
    ] == []
    assert {c for text in texts for c in spelled(text, "ascii") if not c.isascii()} <= set("ℝ⋮∘∼𝒰∫⟺")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_gives_a_text(latex: str) -> None:
    assert isinstance(formula_text(latex), str)
