"""The pictures of the README are there and small, and they show what their texts say, in both schemes."""

import html
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pictures import BUDGET, FOLDER, HEIGHT, ROOT, SCALE, SCHEMES, SHOTS, WIDTH, few_colours

README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"<picture>.*?</picture>", README, re.DOTALL)
NAMES = [f"{shot.name}-{scheme}.png" for shot in SHOTS for scheme in SCHEMES]
STUDENT = "student-16"


def texts_of(path: Path) -> str:
    """Return what a reader sees of a page, on one line."""
    body = re.sub(r"<(script|style).*?</\1>|<wbr>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages of the student whose report is shown."""
    folder = tmp_path_factory.mktemp("class")
    shutil.copytree(ROOT / "tests" / "data" / "class" / STUDENT, folder / "in" / STUDENT)
    arguments = ["grade", str(folder / "in"), "--lesson", "activations", "--out", str(folder / "out")]
    environment = {name: value for name, value in os.environ.items() if name != "GRADER_SEED"}
    command = [sys.executable, "-m", "grader", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return folder / "out"


def test_the_folder_holds_each_picture_in_both_schemes_and_nothing_else():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_within_the_budget_and_has_the_size_of_the_others(name):
    data = (FOLDER / name).read_bytes()
    assert data[:16] == b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    assert struct.unpack(">II", data[16:24]) == (round(WIDTH * SCALE), round(HEIGHT * SCALE))
    assert len(data) <= BUDGET


def test_the_readme_shows_each_picture_in_the_scheme_of_the_reader():
    shown = [re.findall(r'scheme: (\w+)\)" srcset="(.*?)"|<img .*?src="(.*?)"', one) for one in PICTURES]
    path = FOLDER.relative_to(ROOT).as_posix()
    assert shown == [
        [
            ("dark", f"{path}/{shot.name}-dark.png", ""),
            ("light", f"{path}/{shot.name}-light.png", ""),
            ("", "", f"{path}/{shot.name}-light.png"),
        ]
        for shot in SHOTS
    ]


@pytest.mark.parametrize(
    ("picture", "shot"), [*zip(PICTURES, SHOTS, strict=True)], ids=[s.name for s in SHOTS]
)
def test_what_the_text_of_a_picture_quotes_is_on_the_page(picture, shot, graded):
    quoted = re.findall("“(.*?)”", re.search(r'alt="(.*?)"', picture)[1])
    assert len(quoted) >= 3
    page = texts_of(graded / shot.page)
    assert [text for text in quoted if text not in page] == []


def test_few_colours_are_kept_as_they_are():
    pixels = np.array([[[255, 0, 0], [0, 0, 255]], [[0, 0, 255], [0, 0, 255]]], np.uint8)
    palette, indices = few_colours(pixels)
    assert palette[indices].tolist() == pixels.tolist()
