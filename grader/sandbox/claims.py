"""From plain data to answers: each field is the worker's claim, so its type and size are checked."""

from __future__ import annotations

from typing import Any

from grader.answer import Answer, Raised
from grader.errors import ProtocolError
from grader.sandbox.limits import Limits
from grader.worker import wire

_MESSAGE_CHARS = 2000
_NAME_CHARS = 200
_NAMES = _WARNINGS = 20


def loaded(value: Any, limits: Limits) -> tuple[Answer | None, str]:
    """Return why loading failed, None if it did not, and what it printed; raises `ProtocolError`."""
    if not isinstance(value, dict):
        raise ProtocolError("no mapping")
    stdout = _text(value.get("stdout", ""), limits.output_kb * 1024)
    return (None, stdout) if value.get("fate") == "loaded" else (answer(value, limits), stdout)


def answer(value: Any, limits: Limits) -> Answer:
    """Return one answer from plain data; raises `ProtocolError` if it is none."""
    if isinstance(value, wire.Opaque):
        return Answer("returned", value=value)
    if not isinstance(value, dict):
        raise ProtocolError("no mapping")
    fate = value.get("fate")
    common: dict[str, Any] = {
        "stdout": _text(value.get("stdout", ""), limits.output_kb * 1024),
        "warnings": _texts(value.get("warnings", []), _WARNINGS, _MESSAGE_CHARS),
        "args_after": tuple(_as(list, value.get("after", []))),
    }
    if fate == "returned":
        result = value.get("value")
        return Answer("returned", value=result, value_after=value.get("again", result), **common)
    if fate == "exited":
        return Answer("exited", detail=_text(value.get("detail", "")), **common)
    if fate == "raised":
        return Answer("raised", raised=_exception(value), **common)
    raise ProtocolError("an unknown end of a call")


def _exception(value: dict[Any, Any]) -> Raised:
    line = value.get("line")
    return Raised(
        _texts(value.get("names", []), _NAMES, _NAME_CHARS) or ("Exception",),
        _text(value.get("message", "")),
        line if type(line) is int else None,
        _text(value.get("traceback", "")),
    )


def _texts(value: Any, most: int, chars: int) -> tuple[str, ...]:
    return tuple(_text(item, chars) for item in _as(list, value)[:most])


def _text(value: Any, chars: int = _MESSAGE_CHARS) -> str:
    text: str = _as(str, value)
    return text[:chars]


def _as(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ProtocolError(f"no {kind.__name__} where one belongs")
    return value
