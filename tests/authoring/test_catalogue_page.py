"""The course's page of tables: everything there is, and nothing that tells how to solve it."""

from __future__ import annotations

import re
from pathlib import Path

from grader.authoring.catalogue_page import overview
from grader.course.course import find
from grader.course.discovery import Authored, discover

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "catalogue.md"
TEXT = '''"""Scale: multiply by |k|."""
from grader import Exercise, arrays, checks

def one(x):
    return x

def scale(Z: "an array", k: int = 2, *, by=one, m: float = 0.5) -> "an array":
    """Return a multiple."""
    return Z * abs(k)

exercise = Exercise(
    scale,
    tags=("a", "b"),
    difficulty="hard",
    minutes=20,
    inputs=arrays(),
    checks=(checks.preserves_shape().worth(0.5), checks.finite().hidden(), checks.no_warnings()),
    after={after},
)
'''
EXPECTED = """\
# Exercises

2 exercises, 3 points. `grader build` writes this page from `reference/`.

## 01_small

1 exercise, 1.5 points.

| exercise | | difficulty | points | checks | mistakes | builds on | topics |
|---|---|---|---|---|---|---|---|
| [`scale(Z, k=2, *, by=one, m=0.5)`](../exercises/01_small/scale.py) | {0} | {2} | 1.5 | 3 | 0 |  | a, b |

## 02_more

1 exercise, 1.5 points.

| exercise | | difficulty | points | checks | mistakes | builds on | topics |
|---|---|---|---|---|---|---|---|
| [`again(Z, k=2, *, by=one, m=0.5)`](../exercises/02_more/again.py) | {0} | {2} | 1.5 | 3 | 0 | {1} | a, b |
""".format(r"Scale: multiply by \|k\|", "[`scale`](../exercises/01_small/scale.py)", "hard, 20 min")


def authored(folder: Path) -> list[Authored]:
    for place, after in (("01_small/scale", ()), ("02_more/again", ("scale",))):
        path = folder / f"{place}.py"
        path.parent.mkdir()
        path.write_text(
            TEXT.format(after=after)
            .replace("scale(", f"{path.stem}(")
            .replace("    scale,", f"    {path.stem},")
        )
    return discover(folder)


def test_a_lesson_is_a_table_with_a_row_for_each_exercise(tmp_path: Path) -> None:
    assert overview(authored(tmp_path)) == EXPECTED


def test_what_is_not_in_the_course_is_nobodys_prerequisite(tmp_path: Path) -> None:
    (_, again) = authored(tmp_path)
    assert "builds on | topics |" in overview([again])
    assert "scale.py" not in overview([again])


def test_every_exercise_of_this_course_is_on_its_page_in_order_and_no_link_is_dead() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\| \[`(\w+)\(.*?\)`\]\(", text, re.MULTILINE) == [
        e.slug for e in find(ROOT).entries()
    ]
    links = re.findall(r"\]\((\S+?)\)", text)
    assert [link for link in links if not (PAGE.parent / link).is_file()] == []
