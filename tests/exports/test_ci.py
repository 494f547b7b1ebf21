"""What CI systems read: annotations that hold no command, a summary that holds no markup, valid XML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from support import samples

from grader.exports.ci import ANNOTATIONS, github_annotations, junit, summary
from grader.results import Diagnosis, ExerciseResult, Fault, Result
from grader.text.escape import visible

ANYTHING = st.text(st.characters(exclude_categories=())) | st.text(":%,;=\r\n\\|`<>&[]_*0AD \ud800\ufffe")
INJECTIONS = ("::error::x", "\n::error::x", "%0A::error::x", "\r\n::add-mask::x", "a::b,line=1")
TABLE = ["| Exercise | Status | Points | First thing to mend |", "|---|---|---|---|"]


def one(exercise: ExerciseResult) -> Result:
    return samples.result("push", [exercise])


def saying(text: str) -> ExerciseResult:
    """An exercise in which a student's words stand wherever they can."""
    checks = [samples.check("values", "Matches", "failed", message=text, call=text)]
    fault = Fault(type="ValueError", message=text, line=3)
    return samples.exercise("relu", "ReLU", checks, status="raised", file=text, error=fault)


def read(annotation: str) -> tuple[dict[str, str], str]:
    """Return properties and message of a workflow command, unescaped as GitHub's runner does."""
    found = re.fullmatch("::error ([^:\r\n]*)::([^\r\n]*)", annotation)
    assert found
    parts = (pair.split("=", 1) for pair in found[1].split(","))
    properties = {name: value.replace("%3A", ":").replace("%2C", ",") for name, value in parts}
    return {name: _unescaped(value) for name, value in properties.items()}, _unescaped(found[2])


def _unescaped(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_each_failed_exercise_has_one_annotation_where_it_stands() -> None:
    found = github_annotations(samples.result("push", [samples.tanh(), samples.relu()]), folder=Path("a/b"))
    message = "ValueError on line 3: shapes (2, 3) and (2,) cannot be combined."
    assert found == [
        f"::error file=a/b/tanh.py,line=3,title=tanh%3A Error::{message}%0AIs odd: {message}%0A"
        "Lies between −1 and 1: "
    ]


def test_the_likely_cause_comes_first_and_advice_does_not_come() -> None:
    ((place, message),) = map(read, github_annotations(one(samples.softmax())))
    assert place == {"file": "softmax.py", "title": "softmax: Partial"}
    assert message.splitlines() == [
        "Likely cause: `np.exp` overflows above 709: subtract each row's maximum first.",
        "Stays finite for large scores: 3 of 6 values differ. Row 1 of your output is all nan; "
        "expected probabilities that sum to 1.",
    ]


@pytest.mark.parametrize("status", ["passed", "missing", "not_attempted"])
def test_what_is_not_wrong_has_no_annotation(status: str) -> None:
    assert github_annotations(one(samples.absent("relu", status))) == []


def test_an_exercise_without_a_file_has_no_place() -> None:
    (found,) = github_annotations(one(samples.absent("relu", "undecided")))
    assert read(found)[0] == {"title": "relu: Undecided"}


def test_there_are_at_most_ten_annotations() -> None:
    many = samples.result("push", [samples.softmax() for _ in range(ANNOTATIONS + 1)])
    assert len(github_annotations(many)) == ANNOTATIONS == 10


def test_a_long_message_is_cut() -> None:
    (found,) = github_annotations(one(saying("x" * 10_000)))
    assert read(found)[1] == "x" * 4000


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_command_in_a_students_words_is_text(text: str) -> None:
    (found,) = github_annotations(one(saying(text)))
    place, message = read(found)
    assert place == {"file": visible(text), "line": "3", "title": "relu: Error"}
    assert message == visible(f"{text}\nMatches: {text}")


@given(ANYTHING.filter(lambda text: Path(text).as_posix() == text and not text.startswith("/")))
def test_no_words_end_an_annotation_or_add_a_property(text: str) -> None:
    (found,) = github_annotations(one(saying(text)))
    place, message = read(found)
    assert place == {"file": visible(text), "line": "3", "title": "relu: Error"}
    assert message.endswith(visible(f"Matches: {text}")[:4000])
    assert found.encode().decode() == found


def test_the_summary_is_a_table_with_the_first_thing_to_mend() -> None:
    found = summary(samples.result("push", [samples.softmax(), samples.relu(), samples.tanh()]))
    assert found.splitlines() == [
        "## 8 of 13 points",
        "",
        *TABLE,
        "| `softmax` | Partial | 5 / 8 | ``Likely cause: `np.exp` overflows above 709: "
        "subtract each row's maximum first.`` |",
        "| `relu` | Passed | 3 / 3 |  |",
        "| `tanh` | Error | 0 / 2 | `ValueError on line 3: shapes (2, 3) and (2,) cannot be combined.` |",
    ]
    assert found.endswith("|\n")


LINKS = (
    "https://example.org/x", "www.example.org", "mailto:a@example.org", "a@example.org", "ftp://example.org",
    "<https://example.org>", "[a](http://example.org)", "[a]: http://example.org", "![a](http://example.org/x)",
    "<a href=x>", "<img src=x>", "//example.org", "example.org", "@user", "#123", "owner/repo#1", "!12",
    "~label", "0123456789abcdef0123456789abcdef01234567", "GH-1", ":smile:", "`", "``", "|", "\\|", "\\",
    "&amp;", "**a**", "$a$", "https://example.org`|@user", " ", "\r", "\u2028",
)  # fmt: skip


class Texts(HTMLParser):
    """The texts of a page that are not in code, those that are, and all elements."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.plain, self.code = "", ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.elements.add(tag)

    def handle_endtag(self, tag: str) -> None:
        self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "code" in self.open:
            self.code += data
        else:
            self.plain += data


def rendered(text: str) -> Texts:
    """Return the summary of a push that says `text`, as GitHub's kind of Markdown shows it."""
    page = Texts()
    page.feed(MarkdownIt("gfm-like", {"html": True}).render(summary(one(saying(text)))))
    return page


def said(text: str) -> str:
    """Return what of a text is to be seen: its first line."""
    return visible(text).partition("\n")[0].replace("\t", " ")


TABLE_TEXT = "0 of 1 point Exercise Status Points First thing to mend Error 0 / 1"
ELEMENTS = {"h2", "table", "thead", "tbody", "tr", "th", "td", "code"}


@given(st.lists(st.sampled_from(LINKS) | st.text("a`|\\ @#:/.", max_size=5)).map("".join) | ANYTHING)
def test_no_words_of_a_student_are_markup_or_a_link(text: str) -> None:
    page = rendered(text)
    assert page.elements == ELEMENTS
    # Platforms make links of names and numbers in all but code.
    assert " ".join(page.plain.split()) == TABLE_TEXT
    assert page.code.replace("\t", " ") == "relu" + (
        said(text) if text else "A call of relu ended in an exception."
    )


@pytest.mark.parametrize("text", LINKS)
def test_what_a_platform_would_link_is_code(text: str) -> None:
    page = rendered(f"see {text} here")
    assert (page.elements, page.code) == (ELEMENTS, f"relusee {said(f'{text} here')}")


@given(ANYTHING)
def test_no_words_end_a_row_of_the_summary(text: str) -> None:
    found = summary(one(saying(text))).encode().decode()
    assert found.count("\n") == 5
    row = found.split("\n")[4]
    assert len(re.findall(r"(?<!\\)\|", row)) == 5


def test_junit_has_one_case_a_check() -> None:
    exercise = samples.leaky_relu()
    checks = [*exercise.checks, *samples.sigmoid_derivative().checks[-1:], *samples.softmax().checks[-1:]]
    text = junit(one(replace(exercise, checks=checks)))
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
    (suite,) = ElementTree.fromstring(text.encode())
    assert suite.attrib == {"name": "grader", "tests": "7", "failures": "4", "errors": "1", "time": "0.250"}
    assert [(case.get("name"), [inner.tag for inner in case]) for case in suite] == [
        ("leaky_relu-preserves_shape", ["failure"]),
        ("leaky_relu-returns_array", ["failure"]),
        ("leaky_relu-matches_reference", ["failure"]),
        ("leaky_relu-alpha", []),
        ("leaky_relu-odd", ["error"]),
        ("leaky_relu-gradient_matches", ["failure"]),
        ("leaky_relu-no_warnings", []),
    ]


def test_a_junit_failure_says_what_the_student_reads() -> None:
    (suite,) = ElementTree.fromstring(junit(one(samples.leaky_relu())))
    case = suite[1]
    assert case.attrib == {
        "classname": "leaky_relu",
        "name": "leaky_relu-returns_array",
        "file": "leaky_relu.py",
        "time": "0.000",
    }
    (failure,) = case
    assert failure.attrib == {"message": "Failed"}
    assert failure.text == (
        "Returns a NumPy array: You returned a list; expected a NumPy array.\n"
        "leaky_relu(np.array([-1.0, 2.0]))"
    )


def test_a_result_without_checks_is_valid_too() -> None:
    (suite,) = ElementTree.fromstring(junit(samples.result("push", [])))
    assert (suite.get("tests"), len(suite)) == ("0", 0)


@given(ANYTHING)
def test_whatever_a_student_wrote_the_xml_is_valid_and_holds_it(text: str) -> None:
    (suite,) = ElementTree.fromstring(junit(one(saying(text))).encode())
    (case,) = suite
    (failure,) = case
    assert failure.text == visible(f"Matches: {text}\n{text}".strip())
    assert (case.get("file") or "").split() == visible(text).split()


def test_a_diagnosis_is_escaped_like_all_else() -> None:
    cause = Diagnosis(mistake="m", message="a\n::error::b|<c>")
    result = one(replace(samples.softmax(), diagnosis=cause))
    assert github_annotations(result)[0].count("\n") == 0
    assert "| `Likely cause: a` |" in summary(result)
