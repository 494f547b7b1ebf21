"""Folders of data are found in a wheel and in a repository, and missed in one sentence."""

import pytest

from grader import resources
from grader.course import course
from grader.errors import GraderError, UsageError


def test_templates_are_found():
    assert (resources.templates() / "student.html.j2").is_file()


def test_the_copy_inside_the_package_comes_first(tmp_path, monkeypatch):
    package = tmp_path / "grader"
    for folder in (package / "_data" / "exercises", tmp_path / "exercises", tmp_path / "templates"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert resources.exercises() == package / "_data" / "exercises"
    assert resources.templates() == tmp_path / "templates"


def test_a_missing_folder_is_one_clear_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "grader")
    with pytest.raises(GraderError, match=r"^The folder templates is neither .* nor beside it\.$"):
        resources.templates()


def test_a_package_without_exercises_needs_a_course(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "grader")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"^There is no course here; go to the folder of a course, "):
        course.find()
