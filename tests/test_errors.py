"""Whatever is the grader's own to say is one sentence and exit code 2, and the module names every kind."""

from __future__ import annotations

import sys

import pytest

from grader import errors
from grader.cli import main
from grader.errors import GraderError

KINDS = [one for one in vars(errors).values() if isinstance(one, type)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_error_is_one_line_and_exit_code_2(
    kind: type[GraderError], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise kind("net.py is no\nexercise.")

    monkeypatch.setattr(sys, "argv", ["grader", "--version"])  # which loads no command
    monkeypatch.setattr("grader.cli.app", fails)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, *capsys.readouterr()) == (2, "", "grader: net.py is no exercise.\n")


def test_the_list_of_errors_names_all_of_them() -> None:
    assert errors.__doc__
    named = [word for word in errors.__doc__.replace("├──", "").replace("└──", "").split() if "Error" in word]
    assert named == [kind.__name__ for kind in KINDS]


def test_whoever_catches_the_graders_errors_catches_each() -> None:
    assert [kind for kind in KINDS if not issubclass(kind, GraderError)] == []
    assert not issubclass(GraderError, (ValueError, OSError, RuntimeError))
