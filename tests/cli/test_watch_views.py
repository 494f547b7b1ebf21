"""A text scrolls within its bounds; a list is searched and chosen from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text
from support.judging import QUICK

from grader.cli import console
from grader.cli.screen import Size
from grader.cli.watch_views import Pager, Picker
from grader.course.index import Entry
from grader.student.progress import Progress

KEYS = st.sampled_from([" ", "b", "up", "down", "pageup", "pagedown", "home", "end", "g", "G", "x", "j", "k"])
SIZE = Size(80, 10)


def pager(count: int, start: str = "") -> Pager:
    return Pager("A text", lambda: [console.line(f"line {n}") for n in range(count)] and None, start)


def plain(lines: list[str]) -> list[str]:
    return [Text.from_ansi(line).plain for line in lines]


@QUICK
@given(st.integers(0, 50), st.lists(KEYS, max_size=20), st.integers(1, 30))
def test_a_text_never_scrolls_beyond_its_ends(count: int, keys: list[str], rows: int) -> None:
    view = pager(count)
    view.drawn(Size(80, rows))
    assert all(view.pressed(key) for key in keys)
    lines = plain(view.drawn(Size(80, rows)))
    shown = [line for line in lines if line.startswith("line ")]
    assert len(lines) == max(rows, 3)
    assert len(shown) == min(count, max(rows - 2, 1))


def test_pages_turn_and_the_foot_says_where_one_is() -> None:
    view = pager(20)
    assert plain(view.drawn(SIZE))[-1].endswith("lines 1 to 8 of 20")
    view.pressed(" ")
    assert plain(view.drawn(SIZE))[1] == "line 8"
    view.pressed("G")
    assert plain(view.drawn(SIZE))[-1].endswith("lines 13 to 20 of 20")
    assert not view.pressed("q")


def test_a_text_opens_where_it_is_about_the_exercise() -> None:
    lines = plain(pager(100, "line 50").drawn(SIZE))
    assert "line 50" in lines[1:-1]


ENTRIES = [
    Entry(slug=slug, lesson=lesson, title=title, points=5)
    for slug, lesson, title in (
        ("relu", "03_activations", "Keep what is positive"),
        ("softmax", "03_activations", "Scores become probabilities"),
        ("mse_loss", "04_losses", "Mean squared error"),
    )
]


def picker() -> Picker:
    return Picker(ENTRIES, Progress(), ENTRIES[1])


def test_the_list_begins_at_the_current_exercise_and_goes_both_ways() -> None:
    view = picker()
    assert plain(view.drawn(SIZE))[2].startswith("> ○ 03  softmax")
    assert view.pressed("down")
    assert plain(view.drawn(SIZE))[3].startswith("> ○ 04  mse_loss")
    view.pressed("home")
    assert not view.pressed("\n")
    assert view.chosen == ENTRIES[0]


def test_what_is_typed_is_searched_in_names_lessons_and_titles() -> None:
    found = {}
    for typed in ("rel", "loss", "prob", "act soft", "zzz"):
        view = picker()
        for letter in typed:
            view.pressed(letter)
        found[typed] = [entry.slug for entry in view.found()]
    assert found == {
        "rel": ["relu"],
        "loss": ["mse_loss"],
        "prob": ["softmax"],
        "act soft": ["softmax"],
        "zzz": [],
    }


def test_nothing_found_is_said_and_cannot_be_chosen() -> None:
    view = picker()
    for letter in "zq":
        view.pressed(letter)
    assert "No exercise has that in its name, lesson or title." in plain(view.drawn(SIZE))
    assert view.pressed("\n")
    for _ in range(3):
        view.pressed("backspace")
    assert len(view.found()) == 3
    assert not view.pressed("escape")
    assert view.chosen is None
