"""Formulas as one line of text: LaTeX by way of MathML, for a terminal."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from math_core import LatexError, LatexToMathML

_ACCENTS: Final = {"^": "\u0302", "ˆ": "\u0302", "¯": "\u0304", "\u0332": "\u0304", "~": "\u0303"}
"""Signs above a letter, and the combining characters that join it."""
_SPACED: Final = frozenset("=<>≤≥≈≠←→∈+−⊙×∝↦∼≪≫±∣⟺∘⋅")
"""Operators with blanks around."""
_OPENING: Final = frozenset("([{‖|")
_CLOSING: Final = frozenset(")]}‖|")
_WORDS: Final = {"\u2061": "", "𝖳": "T", "\ufe00": ""}
_ONE: Final = re.compile(r"[^\W_]+|\d+(\.\d+)?")
_FACTOR: Final = re.compile(r"[^\s/+−·⋅]+")


def formula_text(latex: str) -> str:
    r"""Return a formula as one line of text; one that cannot be read stays as it is.

    >>> formula_text(r"\frac{e^{z_i}}{\sum_j e^{z_j}}")
    'e^(z_i) / (∑_j e^(z_j))'
    """
    try:
        markup = LatexToMathML().convert_with_local_state(latex, displaystyle=True)
        root = ElementTree.fromstring(markup.replace("&ApplyFunction;", "\u2061"))
    except (LatexError, ElementTree.ParseError):
        return latex
    return re.sub(r"\s+", " ", _row(root)).replace("( ", "(").replace(" )", ")").replace(" ,", ",").strip()


def _row(node: Element) -> str:
    """Return the parts one after the other, with blanks around operators and between factors."""
    text = ""
    children = [child for child in node if child.text != "\u2061"]
    for place, child in enumerate(children):
        part = _text(child)
        sign = part.strip() if child.tag == "mo" else ""
        if sign == ",":
            part = ", "
        elif sign in _SPACED and sign and not _is_prefix(sign, text):
            part = f" {part} "
        elif child.tag == "mfrac" and _is_factor(children, place):
            part = f"{'' if text.endswith(('(', ' ')) or not text else ' '}({part})"
        elif _needs_blank(text, part):
            part = f" {part}"
        text += part
    return text


def _is_prefix(sign: str, before: str) -> bool:
    return sign in "+−±" and before.rstrip()[-1:] in ("", "=", ",", *_OPENING)


def _is_factor(children: list[Element], place: int) -> bool:
    """Return whether something other than an operator, a comma or a bracket stands beside a fraction."""
    before, after = children[max(place - 1, 0) : place], children[place + 1 : place + 2]
    return any(
        one.tag != "mspace" and not (one.tag == "mo" and (one.text or "") in {*_SPACED, ",", *bracket})
        for beside, bracket in ((before, _OPENING), (after, _CLOSING))
        for one in beside
    )


def _needs_blank(before: str, after: str) -> bool:
    """Return whether two parts would read as one word, such as a sum and its term."""
    if not before or before[-1].isspace() or before[-1] in _OPENING or not after:
        return False
    if re.search(r"(^|[=,(\[{])\s*[+−±]$|∂$", before):
        return False
    is_name = bool(re.search(r"[^\W\d_]{2,}$", before)) and "_" not in before[-4:]
    opens = after[0] in "([" and (re.search(r"[∑∏](_\([^()]*\)|_\w+)?(\^\S+)?$", before) is not None)
    return opens or (
        after[0] not in "([)]},.:;‖|′!_^" and (is_name or before[-1] not in "‖|⋅∘" or after[0] == "∑")
    )


def _text(node: Element) -> str:
    if node.tag in ("mi", "mn", "mo", "mtext", "ms"):
        text = node.text or ""
        return "".join(_WORDS.get(sign, sign) for sign in text)
    if node.tag == "mspace":
        return " "
    parts = [_text(child) for child in node]
    match node.tag:
        case "mfrac":
            over, under = (part.strip() for part in parts)
            is_short = bool(_ONE.fullmatch(over) and _ONE.fullmatch(under))
            return f"{over}/{under}" if is_short else f"{_grouped(over)} / {_grouped(under)}"
        case "msqrt":
            return f"√({_row(node).strip()})"
        case "mroot":
            return f"{_grouped(parts[0])}^(1/{parts[1]})"
        case "msup":
            return f"{parts[0]}′" if parts[1] == "′" else f"{parts[0]}^{_script(parts[1])}"
        case "msub" | "munder":
            return f"{parts[0]}_{_script(parts[1])}"
        case "msubsup" | "munderover":
            if parts[2] == "′":
                return f"{parts[0]}′_{_script(parts[1])}"
            return f"{parts[0]}_{_script(parts[1])}^{_script(parts[2])}"
        case "mover":
            accent = _ACCENTS.get(parts[1], "")
            return (
                parts[0] + accent
                if len(parts[0]) == 1
                else f"mean({parts[0]})"
                if accent == "\u0304"
                else parts[0]
            )
        case "mtable":
            return "; ".join(", ".join(_row(cell).strip() for cell in row) for row in node)
    return _row(node)


def _grouped(text: str) -> str:
    """Return the text in brackets where only a fraction's line held it together."""
    return text if _FACTOR.fullmatch(text) or re.fullmatch(r"√\([^()]*\)", text) else f"({text})"


def _script(text: str) -> str:
    text = text.strip()
    letters = text.replace(" ", "")
    if _ONE.fullmatch(letters) and (len(letters) == 2 or letters == text):
        return letters
    return f"({text})" if len(text) > 1 else text
