"""In a real browser the pages are accessible, silent on the network and never wider than the screen."""

import pytest
from support import samples
from support.browsers import ARGS, BROWSER, NAMES

from grader.report.class_summary import summary
from grader.report.pages import class_page, student_page
from grader.student.notebook import Checked

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
)


def notebook(output):
    """Return an output inside a page that is not ours."""
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return (
        f'<!doctype html><html lang="en">{meta}'
        f"<title>Notebook</title><main><h1>Notebook</h1>{output}</main></html>"
    )


PAGES = {
    "student": lambda: student_page(samples.usual(), title="Deep learning with NumPy"),
    "everything": lambda: student_page(samples.everything(), audience="instructor"),
    "code": lambda: samples.with_code(),
    "full": lambda: student_page(samples.result("student-01", [samples.relu()])),
    "class": lambda: class_page(summary(samples.group(30)), title="Activation functions"),
    "class_lesson": lambda: class_page(
        summary(samples.lesson(f"student-{n}") for n in range(5)), title="Activation functions"
    ),
    "class_one": lambda: class_page(summary(samples.group(1)), title="Activation functions"),
    "class_large": lambda: class_page(summary(samples.group(250)), title="Activation functions"),
    "class_broken": lambda: class_page(summary([samples.everything()]), title="All lessons"),
    "exercise": lambda: samples.overview(
        samples.group(30), "softmax", title="Activation functions", text=samples.TEXT
    ),
    "exercise_other": lambda: samples.overview(
        samples.group(200), "sigmoid_derivative", title="Activation functions"
    ),
    "class_empty": lambda: class_page(summary([]), title="Activation functions"),
    "notebook": lambda: notebook(Checked(samples.usual())._repr_html_()),
}

pytestmark = pytest.mark.skipif(BROWSER is None, reason=f"none of {', '.join(NAMES)} is installed")


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=ARGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, made in PAGES.items():
        (folder / f"{name}.html").write_text(made(), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in PAGES}


@pytest.fixture
def opened(browser, files):
    """Return a function that opens a page; what it asked for and complained about is in its lists."""
    contexts = []

    def visit(name, *, width=1280, scheme="light", **more):
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        )
        page = contexts[-1].new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(files[name])
        return page

    yield visit
    for context in contexts:
        context.close()


def unfolded(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    return page


def violations(page, **options):
    """Return the rules that axe finds broken, each with a few places."""
    found = axe_api.Axe().run(page, options=options or None).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]


# The others are made of the same parts.
AUDITED = [
    pytest.param(
        name,
        marks=()
        if name in ("student", "class", "exercise", "notebook", "everything", "code")
        else pytest.mark.soak,
    )
    for name in PAGES
]


@pytest.mark.parametrize("name", AUDITED)
def test_axe_finds_no_violation(opened, name):
    assert violations(unfolded(opened(name))) == []


@pytest.mark.parametrize("name", AUDITED)
def test_axe_finds_every_text_legible_in_the_dark(opened, name):
    assert violations(unfolded(opened(name, scheme="dark")), runOnly=["color-contrast"]) == []


@pytest.mark.parametrize("name", ["student", "class", "exercise"])
def test_axe_finds_no_violation_on_a_phone(opened, name):
    assert violations(unfolded(opened(name, width=320))) == []


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_for_nothing_but_itself_and_breaks_no_rule_of_its_own(opened, files, name):
    page = opened(name)
    page.wait_for_timeout(50)
    assert (page.asked, page.said) == ([files[name]], [])


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_never_wider_than_the_screen(opened, name):
    page = unfolded(opened(name))
    for style in ("html {}", SPACING):
        page.add_style_tag(content=style)
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["student", "class", "exercise"])
def test_no_text_is_smaller_than_13_pixels(opened, name):
    page = unfolded(opened(name))
    script = """[...document.querySelectorAll('body *')].filter(e =>
        [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest('svg, math, script')
        && parseFloat(getComputedStyle(e).fontSize) < 13).map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(script) == []


@pytest.mark.parametrize("name", ["student", "class", "exercise"])
def test_every_control_can_be_hit(opened, name):
    page = opened(name, width=360)
    script = """[...document.querySelectorAll('a:not(.skip), button, summary, input')].filter(e => {
        const r = e.getBoundingClientRect();
        return r.width && !e.closest('p') && r.height < 24; }).map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(script) == []


def test_a_large_class_is_read_without_a_script(opened):
    page = opened("class_large", java_script_enabled=False)
    assert page.locator("#rows tr").count() == 100
    assert page.locator("#said").inner_text() == "250 students, the first 100 are shown"
    assert page.locator(".filter").is_hidden()


def test_the_table_of_a_lesson_fits_the_screen_and_its_rows_are_low(opened):
    page = opened("class_lesson")
    assert page.locator(".students thead tr").first.locator("th").count() == 17
    table = page.locator(".scroll", has=page.locator(".students"))
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert max(page.locator("#rows tr").evaluate_all("rows => rows.map(r => r.offsetHeight)")) <= 48


def test_likely_causes_are_seen_on_a_phone_without_scrolling(opened):
    page = opened("class", width=360)
    box = page.locator("#rows td:nth-child(3)").nth(1).bounding_box()
    assert box["x"] + 90 <= 360


def names(page):
    return page.locator("#rows th").all_inner_texts()


@pytest.mark.parametrize("name", ["class", "class_large"])
def test_rows_are_sorted_by_any_column_both_ways(opened, name):
    page = opened(name)
    assert names(page)[:2] == ["student-01", "student-02"]
    button = page.get_by_role("button", name="Points")
    button.click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    first = [int(text) for text in page.locator("#rows tr td:nth-child(2)").all_inner_texts()]
    assert first == sorted(first)
    button.click()
    last = [int(text) for text in page.locator("#rows tr td:nth-child(2)").all_inner_texts()]
    assert last == sorted(last, reverse=True)
    assert page.locator("th[aria-sort]").count() == 1


@pytest.mark.parametrize("name", ["class", "class_large"])
def test_the_filter_finds_names_and_causes(opened, name):
    page = opened(name)
    page.get_by_label("Filter by name or cause").fill("student-07")
    assert names(page) == ["student-07"]
    assert page.get_by_role("status").inner_text() in ("1 of 30 students", "1 of 250 students")
    page.get_by_label("Filter by name or cause").fill("no_shift")
    assert "student-02" in names(page)
    assert "student-01" not in names(page)
    page.get_by_label("Filter by name or cause").fill("nobody")
    assert names(page) == []


def test_pages_of_a_hundred_are_turned(opened):
    page = opened("class_large")
    assert page.get_by_role("button", name="Previous 100").is_disabled()
    page.get_by_role("button", name="Next 100").click()
    page.get_by_role("button", name="Next 100").click()
    assert names(page)[0] == "student-201"
    assert len(names(page)) == 50
    assert page.get_by_role("status").inner_text() == "250 of 250 students, 201 to 250 shown"
    assert page.get_by_role("button", name="Next 100").is_disabled()
    assert page.locator("#rows a").first.get_attribute("href") == "instructor/student-201.html"


def test_rows_built_from_data_equal_static_ones(opened):
    plain = opened("class_large", java_script_enabled=False).locator("#rows tr").all_inner_texts()
    assert opened("class_large").locator("#rows tr").all_inner_texts() == plain


def test_print_shows_passed_checks_and_hides_hints(opened):
    page = opened("student")
    page.emulate_media(media="print")
    assert page.get_by_text("Every row sums to 1").bounding_box()["height"] > 0
    assert page.locator(".hints").first.is_hidden()
    assert page.locator("nav").is_hidden()


@pytest.mark.parametrize("name", ["student", "class", "exercise"])
def test_the_first_stop_of_the_keyboard_skips_to_the_content(opened, name):
    page = opened(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
