"""The pages equal their gold files, keep their budgets and let nothing that students wrote act."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.parse import quote

import msgspec
import pytest
from msgspec.structs import replace
from support import samples

from grader import results
from grader.report.class_summary import summary
from grader.report.code_view import Code
from grader.report.file_names import file_name
from grader.report.pages import class_page, student_page

GOLD = Path(__file__).parents[1] / "gold"
PAGES = {
    "student": lambda: student_page(samples.usual(), title="Deep learning with NumPy"),
    "instructor": lambda: student_page(samples.everything(), audience="instructor"),
    "instructor_code": lambda: samples.with_code(),
    "full": lambda: student_page(samples.result("student-01", [samples.relu()])),
    "nothing": lambda: student_page(samples.result("student-09", [samples.absent("relu", "missing")])),
    "class": lambda: class_page(summary(samples.group(30)), title="Activation functions"),
    "class_large": lambda: class_page(summary(samples.group(201)), title="Activation functions"),
    "class_empty": lambda: class_page(summary([]), title="Activation functions"),
    "exercise": lambda: samples.overview(
        samples.group(30), "softmax", title="Activation functions", text=samples.TEXT
    ),
    "exercise_other": lambda: samples.overview(
        samples.group(200), "sigmoid_derivative", title="Activation functions"
    ),
    "repairs": lambda: samples.repairs("student"),
    "repairs_instructor": lambda: samples.repairs("instructor"),
    "exercise_repaired": lambda: samples.overview(
        [samples.result("student-03", [samples.repaired(samples.softmax())])], "softmax", title="Small"
    ),
    "exercise_passed": lambda: samples.overview([samples.usual()], "relu", title="Activation functions"),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_equals_its_gold_file(name):
    path, text = GOLD / f"{name}.html", PAGES[name]()
    if os.environ.get("GRADER_GOLD") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


class Tags(HTMLParser):
    """Every tag with the names of its attributes, and all text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.hrefs, self.ids = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.hrefs += [value for name, value in attrs if name in ("href", "src", "xlink:href")]
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data):
        self.text.append(data)


LINK = (
    r"#[\w-]+|(\.\./)?(reports|exercises|instructor)/[\w.%~-]+\.html(#answers)?"
    r"|(\.\./)?index\.html|grades\.csv"
)
TAME = "\\tame"
"""No formula either, so that both pages show it as code."""
EVIL = (
    "</style></title></script><script>alert(1)</script>{{ 7*7 }}{% x %}\"'>"
    "<img src=x onerror=alert(1)>\u202e\x1b[31m&\\evil"
)


def filled(kind: Any, text: str, name: str = "") -> Any:
    """Return a value of a results type in which every free string is `text`."""
    if kind is str:
        return "2026-03-14T21:07:00+00:00" if name == "started" else text
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind)
        return kind(**{f: filled(hints[f], text, f) for f in kind.__struct_fields__ if f != "schema"})
    options = get_args(kind)
    if getattr(kind, "__origin__", None) is list:
        return [filled(options[0], text, name)]
    if getattr(kind, "__origin__", None) is dict:
        return {filled(options[0], text): filled(options[1], text)}
    if getattr(kind, "__origin__", None) is tuple:
        return tuple(filled(option, text) for option in options)
    if type(None) in options:
        return filled(options[0], text, name)
    return options[0] if options and isinstance(options[0], str) else kind(1)


def variants(text):
    """Results with every string `text`, in every status, with and without evidence of each kind."""
    result = filled(results.Result, text)
    base = result.exercises[0]
    check = replace(base.checks[0], picture=samples.sigmoid_derivative().checks[1].picture, advice=False)
    large = replace(samples.large().checks[0].difference, plane=text, tolerance=text)
    far = [replace(far, index=text, yours=text) for far in large.top]
    checks = [
        *(replace(check, status=s, case_hidden=False, hidden=False) for s in get_args(results.CheckStatus)),
        replace(check, status="failed", difference=replace(large, top=far), shapes=None),
        replace(check, status="failed", difference=None, shapes=None, case_hidden=True),
        replace(check, status="failed", difference=None, shapes=None, case_hidden=False),
        replace(check, status="failed", advice=True),
        results.CheckResult(name=text, title=text, status="failed", points=0, max_points=1),
    ]
    exercises = [replace(base, status=s, checks=checks, points=0) for s in get_args(results.ExerciseStatus)]
    return replace(result, exercises=exercises)


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_nothing_a_student_wrote_becomes_markup(audience):
    tame = Tags(student_page(variants(TAME), audience=audience, title=f"{TAME}."))
    evil_page = student_page(variants(EVIL), audience=audience, title=f"{EVIL}.")
    evil = Tags(evil_page)
    assert evil.tags == tame.tags
    assert evil.hrefs == tame.hrefs
    assert "{{ 7*7 }}" in "".join(evil.text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", evil_page)


def test_no_code_becomes_markup():
    def made(text):
        result = variants(text)
        files = {text: f"def {text}(x):\n    {text}\n".encode("utf-8", "replace")}
        code = Code({text: files}, {text: text})
        return student_page(result, audience="instructor", title=f"{text}.", code=code)

    tame, evil_page = Tags(made(TAME)), made(EVIL)
    evil = Tags(evil_page)
    assert evil.tags == tame.tags
    assert all(re.fullmatch(LINK, href) for href in evil.hrefs)
    assert "def {{ 7*7 }}" in "".join(evil.text).replace(EVIL.partition("{{")[0], "")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", evil_page)


def test_a_student_never_gets_the_page_with_code():
    code = Code({"d": {"softmax.py": b"secret = 1\n"}}, {"softmax": "d"})
    assert student_page(samples.usual(), code=code) == student_page(samples.usual())


@pytest.mark.unmeasured
@pytest.mark.parametrize("size", [2, 201])
def test_nothing_in_a_class_becomes_markup(size):
    def made(text):
        return [replace(variants(text), student=f"{text}{i}") for i in range(size)]

    evil_page = class_page(summary(made(EVIL)), title=EVIL)
    tame, evil = Tags(class_page(summary(made(TAME)), title=TAME)), Tags(evil_page)
    assert evil.tags == tame.tags
    assert all(re.fullmatch(LINK, href) for href in evil.hrefs)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", evil_page)


def test_nothing_on_an_exercises_page_becomes_markup():
    def made(text):
        class_ = [replace(variants(text), student=f"{text}{i}") for i in range(3)]
        few = [replace(r, exercises=[e]) for r in class_ for e in r.exercises]
        named = [replace(r, student=f"{r.student}{i}") for i, r in enumerate(few)]
        return samples.overview(named, text, title=text, text=text)

    tame, evil = Tags(made(TAME)), Tags(made(EVIL))
    assert evil.tags == tame.tags
    assert all(re.fullmatch(LINK, href) for href in evil.hrefs)
    assert "{{ 7*7 }}" in "".join(evil.text)


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_nothing_of_the_network(name):
    page = PAGES[name]()
    parsed = Tags(page)
    assert all(re.fullmatch(LINK, href) for href in parsed.hrefs)
    assert {tag for tag, _ in parsed.tags} & {"link", "img", "iframe", "object", "form"} == set()
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize("name", PAGES)
def test_every_link_inside_a_page_has_its_target_and_no_id_comes_twice(name):
    parsed = Tags(PAGES[name]())
    assert len(parsed.ids) == len(set(parsed.ids))
    assert {href[1:] for href in parsed.hrefs if href.startswith("#")} <= set(parsed.ids)


@pytest.mark.parametrize("name", [n for n in PAGES if not n.startswith("class")])
def test_a_report_has_no_script(name):
    assert "script" not in {tag for tag, _ in Tags(PAGES[name]()).tags}


def test_the_title_starts_with_the_score():
    assert "<title>9 of 17 – Activations – student-02</title>" in PAGES["student"]()


def test_hidden_cases_are_shown_to_instructors_alone():
    assert "0.4711" not in student_page(samples.usual())
    assert "0.4711" in student_page(samples.usual(), audience="instructor")


def test_evidence_is_never_folded():
    page = student_page(samples.usual())
    folded = re.findall(r"<details.*?</details>", page, re.DOTALL)
    assert folded
    assert not any("want" in part or "Called with" in part for part in folded)


def test_a_report_keeps_its_budget():
    assert len(PAGES["student"]().encode()) <= 40_000
    assert len(student_page(samples.lesson()).encode()) <= 48_000


def test_a_picture_keeps_its_budget():
    figure = re.search(r"<figure>.*?</figure>", PAGES["student"](), re.DOTALL)
    assert figure
    assert len(figure[0].encode()) <= 6_000


def test_a_large_class_takes_at_most_60_bytes_a_student():
    sizes = [len(class_page(summary(samples.group(n)), title="x").encode()) for n in (300, 1300)]
    assert (sizes[1] - sizes[0]) / 1000 <= 60


def test_rows_beyond_the_first_hundred_are_data():
    large = PAGES["class_large"]()
    assert large.count('<a href="instructor/student-100.html">') >= 1
    assert '<tr><th scope="row"><a href="instructor/student-101.html">' not in large
    assert '["student-201",' in large


def test_links_of_odd_names_lead_to_their_files_in_small_and_large_classes():
    name = "a/b c?é"
    link = f"instructor/{quote(file_name(name), safe='')}.html"
    for size in (2, 250):
        students = [replace(result, student=f"{i}") for i, result in enumerate(samples.group(size))]
        page = class_page(summary([*students, replace(samples.usual(), student=name)]), title="x")
        assert f'"{link}"' in page


def test_rendering_is_the_same_every_time():
    assert PAGES["instructor"]() == PAGES["instructor"]()


def test_bars_of_many_students_carry_shares_for_counts_would_not_fit():
    results = [
        samples.result(f"student-{n}", [samples.relu("failed" if n % 4 else "passed")]) for n in range(1400)
    ]
    counts = re.findall(r'class="count"[^>]*>([^<]+)<', class_page(summary(results), title="x"))
    assert counts == ["75%", "25%"]
