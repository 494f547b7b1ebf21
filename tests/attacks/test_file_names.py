"""Names and notes act in no terminal, page, table or CI log, and a hostile class is graded to the end."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cli import console, main
from grader.results import from_json
from grader.submissions import collect

HOSTILE = (
    "=cmd|x",
    "<script>alert(1)<script>",
    "a\x1b[31mred",
    "::error::boom",
    "a\n::error::boom",
    "##[error]boom",
    "\u202egnp.exe",
    "\u200f::error::boom",
    "@sum(1)",
    "-1+1",
    "+1",
    "{{ 7*7 }}",
    "[red]x",
    "\r::set-output name=a::b",
    "Student-01",
    "student-01",
    "con",
    "x" * 230,
    "学" * 80,
    "%2e%2e",
)
RELU = b"import numpy as np\n\ndef relu(z):\n    return np.maximum(z, 0)\n"
COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("class")
    for name in HOSTILE:
        (root / name).mkdir()
        (root / name / "relu.py").write_bytes(RELU)
        (root / name / (name[:50] + ".zip")).write_bytes(b"PK")
        (root / name / (name[:50] + ".py")).symlink_to("/etc/passwd")
    (root / "\x1b[31m::error::.docx").touch()
    return root


class Tags(HTMLParser):
    """The names of all elements, and where links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href" and value]


def run(monkeypatch: pytest.MonkeyPatch, *args: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["grader", *map(str, args)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if type(ended.value.code) is int else 0


def test_hostile_names_act_in_no_terminal_page_table_or_log(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "roster.csv").write_text('name,id\n"::error::boom",1\n"##[error]x\n::error::y",2\n')
    args = ("--lesson", "03_activations", "--roster", tmp_path / "roster.csv")
    code = run(monkeypatch, "grade", hostile, "--out", tmp_path / "out", *args)
    printed = capsys.readouterr().out
    assert code == 0
    assert COMMAND.findall(printed) + CONTROL.findall(printed) == []
    assert f"{len(HOSTILE)} submissions graded" in printed
    assert "In the roster, without a submission: ##\\[error]x\\n::error::y (2)" in printed.replace(
        "#\\#", "##\\"
    )

    names = [s.student for s in collect(hostile).infos]
    assert len({name.casefold() for name in names}) == len(HOSTILE)
    with (tmp_path / "out/grades.csv").open(encoding="utf-8", newline="") as stream:
        cells = [row[0] for row in csv.reader(stream)][1:]
    assert sorted(cell.removeprefix("'") for cell in cells) == sorted(names)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    results = [from_json(path.read_bytes()) for path in (tmp_path / "out/results").iterdir()]
    assert sorted(r.student for r in results) == sorted(names)

    known = Tags((tmp_path / "out/index.html").read_text(encoding="utf-8"))
    reports = {path.name for path in (tmp_path / "out/reports").iterdir()}
    assert len(reports) == len(HOSTILE)
    assert {path.name for path in (tmp_path / "out/instructor").iterdir()} == reports
    for page in [tmp_path / "out/index.html", *(tmp_path / "out").glob("[ir]*/*.html")]:
        text = page.read_text(encoding="utf-8")
        assert CONTROL.findall(text) == []
        assert "<script>alert" not in text
    assert {unquote(link) for link in known.links} >= {f"instructor/{name}" for name in reports}
    assert known.tags.isdisjoint({"red", "iframe"})


@given(st.text(st.sampled_from(" \t\n\r\v\u2003:#[vso]a\x1b\u202e\u2028")))
def test_no_text_is_a_command_to_a_runner(text: str) -> None:
    shown = console.inert(text)
    assert COMMAND.findall(shown) + CONTROL.findall(shown) == []
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))


def test_a_fault_of_use_is_as_inert_as_a_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "grade", "a\n::error::\x1b", "--out", tmp_path / "out") == 2
    assert COMMAND.findall(capsys.readouterr().err) == []


def test_every_layout_of_one_class_earns_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as one:
        one.writestr("hw/relu.py", RELU)
        one.writestr("hw/numpy.py", b"raise SystemExit")
        one.writestr("../../evil.py", RELU)
    notebook = (
        b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "%d"}, {"cell_type": "code", "source": '
    )
    notebook += b'"import numpy as np\\ndef relu(z): return np.maximum(z, 0)"}, '
    notebook += b'{"cell_type": "code", "source": "1 / 0"}]}'
    root = tmp_path / "class"
    (root / "student-01").mkdir(parents=True)
    (root / "student-01/relu.py").write_bytes(RELU)
    (root / "student-02.py").write_bytes(RELU)
    (root / "student-03.zip").write_bytes(whole.getvalue())
    (root / "student-04.ipynb").write_bytes(notebook)
    (root / "student-05.ipynb").write_bytes(notebook[:-2])
    assert run(monkeypatch, "grade", root, "--out", tmp_path / "out", "--lesson", "03_activations") == 0
    capsys.readouterr()
    found = {}
    for path in sorted((tmp_path / "out/results").iterdir()):
        result = from_json(path.read_bytes())
        found[result.student] = next((e.status, e.file) for e in result.exercises if e.slug == "relu")
    assert found == {
        "student-01": ("passed", "relu.py"),
        "student-02": ("passed", "student-02.py"),
        "student-03": ("passed", "relu.py"),
        "student-04": ("passed", "student-04.ipynb"),
        "student-05": ("unreadable", "student-05.ipynb"),
    }
