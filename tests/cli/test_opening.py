"""Settings under an earlier name of a lesson count, and each command says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import run
from support.small import handed_in, on_disk, small_course

from grader.course.course import find
from grader.errors import UsageError

TOML = 'title = "Small"\n[lessons.04_small]\nweight = 2\n'
TOLD = "course.toml: lessons.04_small is taken for 01_small, its name now; rename it.\n"


def test_settings_of_a_renumbered_lesson_count_and_this_is_said(tmp_path: Path) -> None:
    here = small_course(tmp_path, TOML)
    assert (here.policy.weight("01_small", "twice"), [t.max_points for t in here.tasks()]) == (2, [8, 8])
    on_disk(tmp_path / "class", [handed_in("student-01")])
    done = run("grade", "class", "--out", "out", "--jobs", "1", cwd=tmp_path, GRADER_SEED="5")
    assert (done.code, done.err) == (0, TOLD)


def test_settings_under_both_names_are_refused(tmp_path: Path) -> None:
    here = small_course(tmp_path, TOML + "[lessons.01_small]\nweight = 3\n")
    with pytest.raises(UsageError) as caught:
        here.tasks()
    assert str(caught.value) == (
        "reference/course.toml, lessons.04_small: there is no lesson of that name. Did you mean 01_small?"
    )


def test_a_table_of_lessons_that_is_none_is_refused_as_before(tmp_path: Path) -> None:
    small_course(tmp_path, "lessons = 3\n")
    with pytest.raises(UsageError) as caught:
        find(tmp_path).policy  # noqa: B018
    assert str(caught.value) == "reference/course.toml: lessons is 3; expected a table of keys."
