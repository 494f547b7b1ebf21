"""Renew the pictures of the README from the sample class: `make pictures`.

The sample class is graded and its pages are opened in Chromium. The README shows two pictures side by side,
so the window is narrow and the parts for which there is no room are hidden. The date is taken out, because it
would make each picture differ from the last one; nothing else is changed.
"""

from __future__ import annotations

import base64
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from support.browsers import ARGS, BROWSER, NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
SCHEMES = ("light", "dark")
BUDGET = 60_000
"""The most bytes that a picture may have: the README loads two at once, on a phone too."""
WIDTH, HEIGHT, SCALE = 640, 1380, 1.3
"""Pixels of CSS; the README shows them at about two thirds, where text is still 10 pixels high."""
COLOURS, ROUNDS = 32, 8
"""A screenshot has 2000 colours, most of them at the edges of letters; 32 look the same in fewer bytes."""
WITHOUT_DATE = """for (const text of document.querySelectorAll('header .small'))
    text.innerHTML = text.innerHTML.replace(/ · (last )?graded [^·]*UTC/, '')"""
PIXELS = """async png => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + png;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    let text = '';
    for (let i = 0; i < bytes.length; i += 32768)
        text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return [image.height, image.width, btoa(text)];
}"""


@dataclass(frozen=True)
class Shot:
    """One page, and what of it is left out."""

    name: str
    page: str
    hidden: str


SHOTS = (
    Shot(
        "report",
        "reports/student-16.html",
        "nav, .eyebrow, #e1c2, .formula, .first li:nth-child(3), .check .note, .curves div",
    ),
    Shot(
        "class",
        "index.html",
        "nav, .facts, .causes details, .causes li:nth-child(n + 3), .glance .small, "
        ".tally :is(th, td):nth-child(4)",
    ),
)


def graded(folder: Path) -> None:
    """Grade the sample class as `make demo` does."""
    arguments = ["grade", "tests/data/class", "--lesson", "activations", "--out", str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "GRADER_SEED"}
    subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def taken(page: Page, shot: Shot) -> np.ndarray:
    """Return the pixels of an open page: height, width, red green blue."""
    page.add_style_tag(content=f":is({shot.hidden}) {{ display: none !important }}")
    page.evaluate(WITHOUT_DATE)
    png = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}, full_page=True)
    decoder = page.context.new_page()  # a page of ours lets no other picture in
    height, width, pixels = decoder.evaluate(PIXELS, base64.b64encode(png).decode())
    decoder.close()
    return np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(height, width, 4)[..., :3]


def few_colours(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a palette and the index of each pixel in it: k-means, started from the most frequent colours."""
    colours, places, counts = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    colours = colours.astype(float)
    palette = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    for _ in range(ROUNDS):
        nearest = np.square(colours[:, None] - palette).sum(axis=-1).argmin(axis=1)
        for i in range(len(palette)):
            members = nearest == i
            if members.any():
                palette[i] = np.average(colours[members], axis=0, weights=counts[members])
    nearest = np.square(colours[:, None] - palette).sum(axis=-1).argmin(axis=1)
    return palette.round().astype(np.uint8), nearest[places].reshape(pixels.shape[:2]).astype(np.uint8)


def png(palette: np.ndarray, indices: np.ndarray) -> bytes:
    """Return a PNG with a palette, one byte a pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    height, width = indices.shape
    rows = np.pad(indices, ((0, 0), (1, 0)))  # each row begins with its filter: 0, none
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            chunk(b"PLTE", palette.tobytes()),
            chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            chunk(b"IEND", b""),
        )
    )


def main() -> None:
    """Write every picture in every colour scheme."""
    if BROWSER is None:
        raise SystemExit(f"The pictures need a browser; none of {', '.join(NAMES)} is installed.")
    from playwright.sync_api import sync_playwright  # the tests that read the budget do without it

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        graded(folder)
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGS)
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, color_scheme=scheme
            )
            page = context.new_page()
            for shot in SHOTS:
                page.goto((folder / shot.page).as_uri())
                path = FOLDER / f"{shot.name}-{scheme}.png"
                data = png(*few_colours(taken(page, shot)))
                if len(data) > BUDGET:
                    raise SystemExit(f"{path.name} has {len(data)} bytes; expected at most {BUDGET}.")
                path.write_bytes(data)
                print(f"{path.relative_to(ROOT)}: {len(data)} bytes")
        browser.close()


if __name__ == "__main__":
    main()
