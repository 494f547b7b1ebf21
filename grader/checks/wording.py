"""Sentences for beginners on why a call gave no answer: a timeout, an exception, an exit."""

from __future__ import annotations

import builtins

from grader.cases.case import Answer, Case
from grader.text.script_text import script_text
from grader.text.values import call_text


def code_of(name: str, case: Case) -> str:
    """Return Python code of a case that can be pasted: one call, or the steps of a script.

    Args:
        name: the function's name.
    """
    if case.script is not None:
        return script_text(case.script, case.at, case.args)
    return call_text(name, case.args, case.kwargs)


def sentence(answer: Answer) -> str:
    """Return a sentence for beginners on why a call gave no answer."""
    if answer.outcome == "raised" and answer.raised is not None:
        place = f" of {answer.raised.file}" if answer.raised.file else ""
        line = f" on line {answer.raised.line}{place}" if answer.raised.line else ""
        text = f": {answer.raised.message}" if answer.raised.message else ""
        return f"{answer.raised.names[0]}{line}{text}".rstrip(".") + "."
    if answer.slept:
        return f"Your code slept for {answer.slept}, the most it may. Remove time.sleep and all waiting."
    if answer.outcome == "timed_out":
        return f"No result after {answer.detail or 'the time limit'}. A loop may not end."
    if answer.outcome == "exited":
        return "Your code ended Python itself. Remove calls of exit and quit."
    if answer.outcome == "crashed":
        return f"Python stopped in the middle of the call ({answer.detail})."
    if answer.detail:
        return f"This step was not made, because {answer.detail}."
    return "This call was not made, because one before it did not end."


def public_sentence(answer: Answer) -> str:
    """Return the same without texts, lines and types that the student's code can choose.

    A submission could raise an exception whose message contains a hidden input.
    """
    if answer.outcome == "raised":
        return f"Your function raised {public_type(answer)}."
    if answer.slept:
        return "Your code slept longer than it may. Remove time.sleep and all waiting."
    if answer.outcome == "timed_out":
        return "A call gave no result within the time limit. A loop may not end."
    if answer.outcome == "crashed":
        return "Python stopped in the middle of a call."
    return sentence(answer)


def public_type(answer: Answer) -> str:
    """Return the exception's name if it is Python's own; a student's class may be named after an input."""
    name = answer.raised.names[0] if answer.raised else ""
    return name if isinstance(getattr(builtins, name, None), type) else "an exception"
