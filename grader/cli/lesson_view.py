"""Print a lesson's text, which is Markdown with formulas, to the terminal."""

from __future__ import annotations

import re

from rich.markdown import Markdown

from grader.cli import console
from grader.text.escape import visible
from grader.text.formulas import formula_text

_DISPLAYED = re.compile(r"^[ \t]*\$\$(.+?)\$\$[ \t]*$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"(?<![\\$])\$([^$\n]+(?:\n[^$\n]+)?)\$")
_CODE = re.compile(r"(^```.*?^```[ \t]*$)", re.DOTALL | re.MULTILINE)


def show_lesson(text: str) -> None:
    """Print the text with its formulas as text; headings, tables and code keep their form."""
    console.out.print(Markdown(without_latex(visible(text)), code_theme="bw"), soft_wrap=False)


def without_latex(text: str) -> str:
    """Return Markdown with each formula as a line of text; code is left as it is."""
    parts = _CODE.split(text)
    return "".join(part if part.startswith("```") else _formulas(part) for part in parts)


def _formulas(text: str) -> str:
    text = _DISPLAYED.sub(lambda found: f"\n    {formula_text(' '.join(found[1].split()))}\n", text)
    return _INLINE.sub(lambda found: f"`{formula_text(' '.join(found[1].split()))}`", text)
