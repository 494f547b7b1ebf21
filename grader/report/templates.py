"""The template environment: it escapes all text, makes control characters visible, and has filters."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from math_core import LatexError, LatexToMathML

from grader.report.file_names import file_name
from grader.resources import templates
from grader.text.escape import visible
from grader.text.numbers import MINUS, number, plural, points_text

_CODE: Final = re.compile("`([^`\n]+)`")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s*\n\s*")
_CSS_SPACE: Final = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+(?=[^}]*[;}])")
_LONG: Final = 4000
_REPEATED: Final = 1024
"""Size of the caches of rendered sentences, most of which occur on many pages of a class."""

_latex = LatexToMathML()


@cache
def formula(latex: str) -> Markup:
    """Return LaTeX as MathML with chains of "=" in lines, or as code if it cannot be converted."""
    try:
        return Markup(
            _latex.convert_with_local_state(_in_lines(latex), displaystyle=True)
        )  # escapes its text
    except LatexError:
        return Markup("<code>{}</code>").format(visible(latex))


def _in_lines(latex: str) -> str:
    depths = accumulate((c == "{") - (c == "}") for c in latex)
    signs = [i for i, (c, depth) in enumerate(zip(latex, depths, strict=True)) if c == "=" and not depth]
    if len(signs) < 2 or "\\begin" in latex:
        return latex
    ends = [*signs[1:], len(latex)]
    lines = r" \\ ".join(f"&{latex[start:end]}" for start, end in zip(signs, ends, strict=True))
    return rf"\begin{{aligned}}{latex[: signs[0]]}{lines}\end{{aligned}}"


@lru_cache(_REPEATED)
def prose(text: str) -> Markup:
    """Return an escaped sentence with `words in backticks` as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(visible(text)))))


@lru_cache(_REPEATED)
def breakable(name: str) -> Markup:
    """Return a name in which lines may break after an underscore."""
    return Markup(str(escape(visible(name))).replace("_", "_<wbr>"))


def clip(text: str) -> str:
    """Return at most 4000 characters of `text`, and the number of those left out."""
    rest = len(text) - _LONG
    return text if rest <= 0 else f"{text[:_LONG]}\n… {plural(rest, 'character')} more"


def address(student: str) -> str:
    """Return the relative link to an instructor's page of a student; no name can make it lead elsewhere."""
    return _below("instructor", student)


def report_address(student: str) -> str:
    """Return the relative link to the report that a student reads."""
    return _below("reports", student)


def exercise_address(slug: str) -> str:
    """Return the relative link to an exercise's page; no name can make it lead elsewhere."""
    return _below("exercises", slug)


def _below(folder: str, name: str) -> str:
    return f"{folder}/{quote(file_name(name), safe='')}.html"


def true_minus(text: str) -> str:
    """Return `text` with a true minus sign instead of each hyphen before a digit or `inf`."""
    return re.sub(r"-(?=\d|inf)", MINUS, text)


def blocks(rows: list[str]) -> str:
    """Return the SVG path of a mismatch map, with one unit per block, filled for `x`."""
    runs = [(y, run) for y, row in enumerate(rows) for run in re.finditer("x+", row)]
    return "".join(f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z" for y, run in runs)


def data(value: Any) -> Markup:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _finalize(value: Any) -> Any:
    return visible(value) if type(value) is str else value


@cache
def source(name: str) -> Markup:
    """Return one of our style sheets or scripts without comments and indentation."""
    text = (templates() / name).read_text(encoding="utf-8")
    text = _SPACE.sub("\n", _COMMENT.sub("", text)).strip()
    return Markup(_CSS_SPACE.sub(r"\1", text).replace(";}", "}") if name.endswith(".css") else text)


def scoped(name: str, selector: str) -> Markup:
    """Return one of our style sheets for a single element of a foreign page, such as a notebook."""
    text = source(name).replace(":root{", ":scope{").replace("body{", ":scope{").replace("html{", ":scope{")
    return Markup(f"@scope ({selector}){{{text}}}")


@cache
def digest(name: str) -> str:
    """Return the Content-Security-Policy source that allows one of our scripts and no other."""
    return f"sha256-{b64encode(sha256(source(name).encode()).digest()).decode()}"


@cache
def environment() -> Environment:
    """Return the environment of all pages."""
    made = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,
    )
    made.filters |= {
        f.__name__: f
        for f in (
            *(formula, prose, breakable, clip, address, report_address, exercise_address),
            *(true_minus, blocks, data, number, points_text),
        )
    }
    made.globals |= {"plural": plural, "source": source, "scoped": scoped, "digest": digest}
    return made
