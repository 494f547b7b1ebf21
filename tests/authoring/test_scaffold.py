"""A scaffold runs as it stands, proves itself once filled in, and is never written where it must not be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring import scaffold
from grader.authoring.verify import Proof, verify
from grader.course.discovery import discover, load
from grader.errors import UsageError
from grader.sandbox import Sandbox

NO_NAME = "{} is no function name; expected LESSON/SLUG."
NO_LESSON = "{} is no lesson; expected a name such as 03_activations."
OWN = "{} has a meaning of its own in an exercise's file; choose another name."
REFUSED = {
    "": NO_LESSON.format("An empty name"),
    "softplus": NO_LESSON.format("softplus"),
    "../softplus": NO_LESSON.format(".."),
    "/02_small/softplus": NO_LESSON.format("/02_small/softplus"),
    "2_small/softplus": NO_LESSON.format("2_small"),
    "02_Small/softplus": NO_LESSON.format("02_Small"),
    "02_small\n/softplus": NO_LESSON.format("02_small\n"),
    "٠٢_small/softplus": NO_LESSON.format("٠٢_small"),
    "02_small": NO_NAME.format("02_small"),
    "02_small/": NO_NAME.format("02_small/"),
    "02_small/../softplus": NO_NAME.format("../softplus"),
    "02_small/soft/plus": NO_NAME.format("soft/plus"),
    "02_small/soft-plus": NO_NAME.format("soft-plus"),
    "02_small/2softplus": NO_NAME.format("2softplus"),
    "02_small/softplus.py": NO_NAME.format("softplus.py"),
    "02_small/lambda": NO_NAME.format("lambda"),
    "02_small/ｓoftplus": NO_NAME.format("ｓoftplus"),
    "02_small/givens": OWN.format("givens"),
    "02_small/__init__": OWN.format("__init__"),
    "02_small/np": OWN.format("np"),
    "02_small/squared": OWN.format("squared"),
}
FILLED = {
    "say in a few words what it is for": "a smooth ReLU",
    "Return twice each element of `Z`.": "Return log(1 + exp(z)) for each element of `Z`.",
    "array([2., 4.])": "array([1.31326169, 2.12692801])",
    "    return 2 * Z": "    return np.logaddexp(0, Z)",
    "Tell the student the mistake and how to correct it: the input came back as it was.": "Z came back.",
    "Twice a number is 2 * Z; Z ** 2 is its square.": "The logarithm is missing: take np.log of the sum.",
    "    return Z**2": "    return 1 + np.exp(Z)",
    "`Z *= 2` changes the caller's array: write 2 * Z.": "np.exp(Z, out=Z) changes the caller's array.",
    "    Z *= 2\n    return Z": "    return np.logaddexp(0, Z, out=Z if Z.dtype == float else None)",
    "Where should the student look?": "Which function has this derivative: the sigmoid?",
    "Which idea leads on?": "np.logaddexp(a, b) is log(e^a + e^b) without overflow.",
    "f(z) = 2z": r"f(z) = \log(1 + e^z)",
}


def proof(path: Path) -> Proof:
    with Sandbox() as sandbox:
        (found,) = verify([load(path)], seed=3, sandbox=sandbox)
    return found


def test_a_scaffold_stands_in_its_lesson_and_is_discovered(tmp_path: Path) -> None:
    path = scaffold.create(tmp_path / "reference", "02_small/soft_plus")
    assert path == tmp_path / "reference" / "02_small" / "soft_plus.py"
    (found,) = discover(tmp_path / "reference")
    assert (found.lesson, found.exercise.slug) == ("02_small", "soft_plus")
    assert found.title == "Soft plus: say in a few words what it is for"


def test_a_scaffold_proves_itself_as_it_stands(tmp_path: Path) -> None:
    made = proof(scaffold.create(tmp_path, "02_small/twice"))
    assert made == Proof(lesson="02_small", slug="twice", points=5, checks=3, mistakes=3, caught=3)


def test_a_scaffold_filled_in_by_its_author_proves_itself(tmp_path: Path) -> None:
    path = scaffold.create(tmp_path, "02_small/softplus")
    text = path.read_text()
    for blank, written in FILLED.items():
        assert text.count(blank) == 1
        text = text.replace(blank, written)
    path.write_text(text)
    assert proof(path) == Proof(lesson="02_small", slug="softplus", points=5, checks=3, mistakes=3, caught=3)


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_cannot_be_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        scaffold.create(tmp_path / "reference", name)
    assert str(caught.value) == REFUSED[name]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["02_small/twice", "03_other/twice"])
def test_an_exercise_that_exists_is_never_overwritten(tmp_path: Path, name: str) -> None:
    path = scaffold.create(tmp_path, "02_small/twice")
    path.write_text("mine")
    with pytest.raises(UsageError) as caught:
        scaffold.create(tmp_path, name)
    assert str(caught.value) == f"{path} exists already."
    assert [p.read_text() for p in tmp_path.rglob("*.py")] == ["mine"]


@given(st.text(max_size=30) | st.from_regex(r"\d\d_[a-z./\\]*/[\w./\\]*", fullmatch=True))
def test_no_name_leads_out_of_the_reference(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    reference = tmp_path_factory.mktemp("course") / "reference"
    try:
        made = [scaffold.create(reference, name)]
    except UsageError:
        made = []
    assert [p for p in reference.parent.rglob("*") if p.is_file()] == made
    assert all(p.resolve().parents[1] == reference and load(p) for p in made)
