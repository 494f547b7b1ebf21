"""Find the function of an exercise in a submission, or say why it cannot be found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.cases.signature import Parameters
from grader.results import AMBIGUOUS, UNREADABLE, ExerciseStatus, Fault
from grader.submissions.source import Found, Parsed, Signature, excerpt


@dataclass(frozen=True)
class NotFound:
    """The reason why there is no function to grade."""

    status: ExerciseStatus
    fault: Fault
    file: str = ""


def locate(
    files: Mapping[str, Parsed],
    slug: str,
    aliases: Sequence[str],
    wanted: Parameters | None,
    subjects: Sequence[str] = (),
) -> Found | NotFound:
    """Return the function to grade; `<slug>.py` or `<slug>.ipynb` is searched first, then every file.

    Args:
        wanted: the parameters; None for a class and for several functions, whose calls will tell.
        subjects: the functions or classes to find, by default one called like the slug. The file of the first
            that is written counts.
    """
    names = (*(subjects or (slug,)), *aliases)
    # The course hands out givens.py; its functions are not the student's work.
    files = {path: f for path, f in files.items() if f.name != "givens.py"}
    own = [f for f in files.values() if f.name in (f"{slug}.py", f"{slug}.ipynb")]
    for group in (own, list(files.values())):
        candidates = [Found(f, name, files) for f in group for name in names if name in f.definitions]
        # A stub in relu.py does not count if the student wrote `relu` in another file.
        written = [c for c in candidates if not c.file.definitions[c.name].is_stub]
        # A copy of a file, or a notebook and its export, define the same.
        if _are_several(written, subjects):
            several = {c.file.path for c in written}
            if len(several) > 1:
                return _ambiguous(names[0], sorted(several))
        if written:
            return _fitting(written[0], wanted) if wanted else written[0]
        broken = next((f for f in group if f.fault), None) if group is own or not candidates else None
        if broken and broken.fault:
            is_unreadable = broken.fault.type == UNREADABLE
            status: ExerciseStatus = "unreadable" if is_unreadable else "syntax_error"
            return NotFound(status, broken.fault, broken.path)
    stub = next((f.path for f in files.values() if any(n in f.definitions for n in names)), "")
    return _not_attempted(names[0], stub) if stub else _missing(names[0], is_class=names[0][:1].isupper())


def _are_several(written: Sequence[Found], subjects: Sequence[str]) -> bool:
    """Return whether one name has several definitions; each of several subjects has one of its own."""
    texts = {(c.name, c.file.definitions[c.name].text) for c in written}
    return len(texts) > (len({name for name, _ in texts}) if len(subjects) > 1 else 1)


def _missing(slug: str, *, is_class: bool = False) -> NotFound:
    head = f"class {slug}:" if is_class else f"def {slug}(…)"
    message = f"No file defines {slug}. Write `{head}` at the left margin, spelt exactly so."
    return NotFound("missing", Fault(type="Missing", message=message))


def _not_attempted(slug: str, path: str) -> NotFound:
    message = f"{slug} has no code yet. Put your code in place of `raise NotImplementedError` or `pass`."
    return NotFound("not_attempted", Fault(type="NotImplementedError", message=message), path)


def _ambiguous(slug: str, paths: Sequence[str]) -> NotFound:
    listed = " and ".join(paths)
    message = f"{slug} is defined in more than one file: {listed}. Keep one of them."
    return NotFound("missing", Fault(type=AMBIGUOUS, message=message))


def _fitting(found: Found, wanted: Parameters) -> Found | NotFound:
    defined = found.file.definitions[found.name]
    # A decorator may change the parameters, so a decorated function has no signature here.
    problem = _misfit(defined.signature, wanted) if defined.signature else ""
    if not problem:
        return found
    message = f"{found.name} {problem}; expected {found.name}{wanted}."
    shown = excerpt(found.file.text, defined.line)
    fault = Fault(type="TypeError", message=message, line=defined.line, excerpt=shown)
    return NotFound("wrong_signature", fault, found.file.path)


def _misfit(takes: Signature, wanted: Parameters) -> str:
    if takes.least > wanted.required:
        return f"needs {_count(takes.least)}"
    if takes.most is not None and takes.most < wanted.required:
        return f"takes {_count(takes.most)}"
    if takes.keyword:
        return f"needs the keyword {takes.keyword}"
    lacking = [k for k in wanted.keywords if takes.named is not None and k not in takes.named]
    return f"has no parameter called {lacking[0]}" if lacking else ""


def _count(number: int) -> str:
    return f"{number} argument" if number == 1 else f"{number} arguments"
