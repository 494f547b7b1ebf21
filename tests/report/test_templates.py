"""Text is inert and readable on a page; formulas, links, data and style sheets are what they should be."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import templates


def test_control_characters_are_spelled_out_and_line_breaks_kept():
    assert templates.visible("a\x1b[31m\u202eb\n\tc\ud800") == r"a\x1b[31m\u202eb" + "\n\tc" + r"\ud800"


def test_backticks_become_code_and_the_rest_is_escaped():
    assert templates.prose("use `a<b>` & <i>") == "use <code>a&lt;b&gt;</code> &amp; &lt;i&gt;"


@given(st.text())
def test_prose_never_opens_a_tag_but_code(text):
    assert "<" not in templates.prose(text).replace("<code>", "").replace("</code>", "")


def test_names_may_wrap_after_underscores():
    assert templates.breakable("a_<b>") == "a_<wbr>&lt;b&gt;"


def test_formulas_become_mathml():
    assert str(templates.formula("x^2")).startswith('<math display="block"><msup><mi>x</mi><mn>2</mn></msup>')


@pytest.mark.parametrize(
    ("latex", "rows"),
    [
        ("a = b", 0),
        ("a = b = c", 2),
        (r"a = \sum_{i=1}^{n} b = c = d", 3),
        (r"\begin{aligned}a &= b\end{aligned}", 1),
    ],
)
def test_chains_of_equations_break_at_the_sign(latex, rows):
    assert str(templates.formula(latex)).count("<mtr>") == rows


def test_a_formula_that_is_not_understood_is_shown_as_code():
    assert templates.formula(r"\nope{<b>") == r"<code>\nope{&lt;b&gt;</code>"


def test_formula_text_cannot_be_markup():
    assert "<script" not in templates.formula(r"\text{<script>alert(1)</script>}")


def test_long_text_is_cut_and_says_so():
    assert templates.clip("a" * 4001) == "a" * 4000 + "\n… 1 character more"
    assert templates.clip("a" * 4000) == "a" * 4000


@pytest.mark.parametrize(
    ("student", "link"),
    [
        ("student-01", "instructor/student-01.html"),
        ("../x", "instructor/..%252Fx.html"),
        ("javascript:alert(1)//", "instructor/javascript%253Aalert%25281%2529%252F%252F.html"),
        ("a b?#é", "instructor/a%20b%253F%2523%C3%A9%3D5.html"),
        ("\ud800", "instructor/%253F.html"),
    ],
)
def test_links_lead_to_reports_and_nowhere_else(student, link):
    assert templates.address(student) == link


def test_minus_signs_of_numbers_are_true_ones():
    assert templates.true_minus("1e-12 to -inf, a-b") == "1e\N{MINUS SIGN}12 to \N{MINUS SIGN}inf, a-b"


def test_a_map_is_one_path():
    assert templates.blocks(["xx.x", "...."]) == "M0 0h2v1h-2zM3 0h1v1h-1z"


@given(st.recursive(st.text() | st.integers(), st.lists))
def test_data_survives_a_script_element(value):
    text = str(templates.data(value))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_style_sheets_lose_comments_but_no_rule():
    css = templates.source("style.css")
    assert "/*" not in css
    assert "@media screen and (prefers-color-scheme:dark){" in css
    assert css.count("{") == css.count("}")


def test_the_script_is_small_and_named_by_its_digest():
    assert len(templates.source("class.js").encode()) <= 3072
    assert templates.digest("class.js").startswith("sha256-")


def test_a_name_too_long_for_a_file_is_cut_and_stays_one_of_its_own():
    names = ["学" * 80, "学" * 81, "a" * 200, "a" * 201]
    made = [templates.file_name(name) for name in names]
    assert [len(name) for name in made] == [201, 201, 200, 201]
    assert len(set(made)) == 4
