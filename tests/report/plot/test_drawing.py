"""A page draws every part of a picture, in the frame that the picture was made for."""

from __future__ import annotations

import re

from grader.report.plot.axes import Tick
from grader.report.plot.drawing import HEIGHT, LEFT, RIGHT, TOP, WIDTH, Label, Panel, Picture
from grader.report.templates import environment

PANEL = Panel(
    top=TOP,
    bottom=TOP + HEIGHT[1],
    ticks=[Tick(180.0, "low"), Tick(10.0, "high")],
    paths=[("expected", "M44 1l5 5"), ("yours", "M44 2l5 5")],
    labels=[Label("yours", 100.0, 20.0), Label("expected", 200.0, 30.0)],
    gap="M44 3l5 5z",
    dots=[("yours", "M49 7h0")],
    start=(44.0, 2.0),
)
PICTURE = Picture(
    "relu", 203, [Tick(44.0, "−1"), Tick(312.0, "1")], [PANEL], ["They differ."], "Across: steps."
)


def drawn(picture: Picture) -> str:
    return str(environment().get_template("curves.html.j2").module.curves(picture, "p1"))  # type: ignore[attr-defined]  # a macro


def test_a_page_draws_as_wide_as_pictures_are_made() -> None:
    page = drawn(PICTURE)
    assert re.findall(r'viewBox="([^"]*)"', page) == [f"0 0 {WIDTH} 203"]
    assert f"M{LEFT} 180.0H{WIDTH - RIGHT}" in page


def test_every_part_of_a_picture_is_on_the_page() -> None:
    page = drawn(PICTURE)
    assert re.findall(r'<path class="(\w+ ?\w*)" d="(.*?)"', page) == [
        ("base", "M44 180H312"),
        ("gap", "M44 3l5 5z"),
        ("curve expected", "M44 1l5 5"),
        ("curve yours", "M44 2l5 5"),
        ("dots yours", "M49 7h0"),
    ]
    assert re.findall(r"<text [^>]*>(.*?)</text>", page) == ["low", "high", "yours", "expected", "−1", "1"]
    assert '<circle class="start" cx="44.0" cy="2.0"' in page
    assert ("<li>They differ.</li>" in page, "Across: steps." in page) == (True, True)
