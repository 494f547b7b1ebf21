"""Where a course is found, what it holds, and what is said of one that cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.courses import SLUGS, author, course, student

from grader import resources
from grader.authoring.build import files, write
from grader.course.course import Course, find, on_this_machine
from grader.errors import UsageError
from grader.grading.fingerprint import task_digest
from grader.sandbox import Sandbox

SEED = "{} is {!r}; expected a whole number of digits alone."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRADER_COURSE", raising=False)
    monkeypatch.delenv("GRADER_SEED", raising=False)


def refused(course: Course) -> str:
    with pytest.raises(UsageError) as caught:
        _ = course.seed
    return str(caught.value)


@pytest.mark.parametrize("make", [author, student, course])
def test_the_nearest_course_above_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: object
) -> None:
    assert callable(make)
    make(tmp_path)
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert find().root == tmp_path
    student(tmp_path / "a")
    assert find() == Course(tmp_path / "a")


def test_without_any_course_the_installed_exercises_are_one() -> None:
    assert find().exercises == resources.exercises()


def test_a_folder_that_is_named_comes_before_the_variable_and_that_before_the_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "variable", "named"):
        student(tmp_path / name)
    monkeypatch.chdir(tmp_path / "here")
    assert find().root == tmp_path / "here"
    monkeypatch.setenv("GRADER_COURSE", "../variable")
    assert find().root == tmp_path / "variable"
    assert find(Path("../named")).root == tmp_path / "named"


def test_another_machines_folder_is_looked_for_where_the_variable_says_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "variable", "named"):
        student(tmp_path / name)
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(UsageError, match=r"^/elsewhere is no course: "):
        on_this_machine("/elsewhere", seed="")
    monkeypatch.setenv("GRADER_COURSE", str(tmp_path / "variable"))
    assert on_this_machine("/elsewhere", seed="").root == tmp_path / "variable"
    assert on_this_machine(str(tmp_path / "named"), seed="").root == tmp_path / "named"


def test_the_coordinators_seed_counts_whatever_this_machine_has_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_SEED", "9")
    here = str(author(tmp_path))
    found = [on_this_machine(here, seed=seed) for seed in ("", "5")]
    assert [(here.seed, here.has_development_seed) for here in found] == [(7, True), (5, False)]
    assert os.environ["GRADER_SEED"] == "9"


def test_a_reference_alone_is_a_course_if_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    assert find(tmp_path) == Course(tmp_path)


@pytest.mark.parametrize("name", ["nope", "empty", "file"])
def test_a_folder_that_is_no_course_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(UsageError) as caught:
        find(Path(name))
    assert str(caught.value) == f"{name} is no course: it has neither reference/ nor exercises/index.json."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"title =", "Invalid value (at end of document)"),
        (b"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
)
def test_settings_that_are_no_toml_are_refused(tmp_path: Path, text: bytes, reason: str) -> None:
    path = author(tmp_path) / "reference" / "course.toml"
    path.write_bytes(text)
    with pytest.raises(UsageError) as caught:
        find()
    assert str(caught.value) == f"{path} is not valid TOML: {reason}."


def test_the_title_is_the_settings_or_a_plain_one(tmp_path: Path) -> None:
    assert Course(tmp_path).title == "NumPy exercises"
    assert find(author(tmp_path)).title == "Small numbers"


def test_the_seed_is_the_variables_else_the_settings_else_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Course(tmp_path).seed == 1
    assert find(author(tmp_path)).seed == 7
    monkeypatch.setenv("GRADER_SEED", "0012")
    assert find().seed == 12


@pytest.mark.parametrize("text", ["x", "-1", "1.5", " 1", "1\n", "²", "٣", "1_0", "9" * 5000])
def test_a_seed_that_is_no_number_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(Course(tmp_path, {"seed": text})) == SEED.format("The seed in course.toml", text)
    assert refused(Course(tmp_path, secret_seed=text)) == SEED.format("GRADER_SEED", text)


@given(st.integers(min_value=0))
def test_every_whole_number_is_a_seed(number: int) -> None:
    assert Course(Path(), {"seed": number}).seed == number


def test_only_an_author_without_a_secret_seed_has_the_development_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not find(student(tmp_path)).has_development_seed
    assert find(author(tmp_path)).has_development_seed
    monkeypatch.setenv("GRADER_SEED", "5")
    assert not find().has_development_seed


def test_tasks_are_the_references_with_hidden_cases_or_the_bundles_without(tmp_path: Path) -> None:
    here = find(course(tmp_path))
    hidden = [
        [any(case.hidden for case in t.cases) for t in here.tasks(public_only=p)] for p in (False, True)
    ]
    assert hidden == [[True, True], [False, False]]
    assert [t.slug for t in Course(student(tmp_path / "student")).tasks()] == list(SLUGS)


def test_a_secret_seed_changes_the_hidden_cases_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = find(course(tmp_path)).tasks(slugs=["twice"])[0].cases
    monkeypatch.setenv("GRADER_SEED", "5")
    second = find(tmp_path).tasks(slugs=["twice"])[0].cases
    same = [repr(one) == repr(other) for one, other in zip(first, second, strict=True)]
    assert same == [not case.hidden for case in first]


@pytest.mark.parametrize("public_only", [False, True])
def test_lessons_and_slugs_choose(tmp_path: Path, public_only: bool) -> None:
    here = find(course(tmp_path))

    def chosen(lesson: str = "", slugs: tuple[str, ...] = ()) -> list[str]:
        return [t.slug for t in here.tasks(lesson=lesson, slugs=slugs, public_only=public_only)]

    assert chosen() == list(SLUGS)
    assert chosen(lesson="02") == ["again"]
    assert chosen(slugs=("again", "twice")) == list(SLUGS)
    where = "exercises" if public_only else "reference"
    for lesson, slugs, reason in (
        ("", ("twice", "nope"), f"There is no exercise called nope in {where}/."),
        ("01", ("again",), f"There is no exercise called again in {where}/."),
        ("9", (), f"There is no exercise in lesson 9 in {where}/."),
    ):
        with pytest.raises(UsageError) as caught:
            chosen(lesson, slugs)
        assert str(caught.value) == reason


CHOICE = 'title = "Small numbers"\nseed = 7\n{}'


def stated(folder: Path, toml: str) -> Course:
    here = course(folder)
    (here / "reference" / "course.toml").write_text(CHOICE.format(toml))
    return find(here)


def test_a_lesson_that_is_not_used_has_no_exercises_and_nothing_waits_for_them(tmp_path: Path) -> None:
    here = stated(tmp_path, "[lessons.01_small]\nuse = false\n[weights]\ntwice = 2")
    path = tmp_path / "reference" / "02_small" / "again.py"
    path.write_text(path.read_text().replace("    tags=", '    after=("twice",),\n    tags='))
    assert [t.slug for t in here.tasks()] == ["again"]
    with Sandbox() as sandbox:
        write(here.exercises, files(here.authored(), sandbox))
    assert [(e.slug, e.after) for e in here.entries()] == [("again", ())]
    assert not (here.exercises / "01_small" / "twice.py").exists()
    for asked, reason in (
        ({"slugs": ["twice"]}, "There is no exercise called twice in reference/."),
        ({"lesson": "01"}, "There is no exercise in lesson 01 in reference/."),
    ):
        with pytest.raises(UsageError) as caught:
            here.authored(**asked)  # type: ignore[arg-type]  # options by name
        assert str(caught.value) == reason


def test_weights_multiply_the_points_of_every_check_and_everybody_sees_the_product(tmp_path: Path) -> None:
    here = stated(tmp_path, "[lessons.01_small]\nweight = 3\n[weights]\ntwice = 0.1\nagain = 0")
    weighed = {t.slug: [b.check.points for b in t.checks] for t in here.tasks()}
    assert weighed == {"twice": [0.3, 0.3, 0.9], "again": [0, 0, 0]}
    with Sandbox() as sandbox:
        write(here.exercises, files(here.authored(), sandbox))
    assert {e.slug: e.points for e in here.entries()} == {"twice": 1.5, "again": 0}
    assert {t.slug: t.max_points for t in here.tasks(public_only=True)} == {"twice": 1.5, "again": 0}


def test_a_weight_changes_the_digest_of_its_own_exercise_alone(tmp_path: Path) -> None:
    before = {t.slug: task_digest(t, "") for t in find(course(tmp_path / "one")).tasks()}
    after = {t.slug: task_digest(t, "") for t in stated(tmp_path / "two", "[weights]\ntwice = 2").tasks()}
    assert [slug for slug in SLUGS if before[slug] != after[slug]] == ["twice"]


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        (
            "[lessons.01_smal]\nuse = false",
            ", lessons.01_smal: there is no lesson of that name. Did you mean 01_small?",
        ),
        ("[lessons.x]\ntitle = 'X'", ", lessons.x: there is no lesson of that name."),
        ("[weights]\ntwic = 2", ", weights.twic: there is no exercise of that name. Did you mean twice?"),
        ("[weights]\ntwice = -2", ": weights.twice is -2; expected a number from 0 to 1000."),
        (
            "lessens = 2",
            ": there is no key lessens; did you mean lessons? "
            "The keys are title, attempts, late, repairs, lessons, weights, seed.",
        ),
    ],
)
def test_what_course_toml_cannot_mean_is_refused_before_anything_is_done(
    tmp_path: Path, toml: str, reason: str
) -> None:
    here = stated(tmp_path, toml)
    with pytest.raises(UsageError) as caught:
        here.authored()
    assert str(caught.value) == f"reference/course.toml{reason}"


def test_a_reference_without_exercises_has_none(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    with pytest.raises(UsageError) as caught:
        find(tmp_path).authored()
    assert str(caught.value) == "There is no exercise in reference/."
