"""A case is written for the worker once, as it will be called; one that cannot be sent is its author's."""

from __future__ import annotations

import io

import numpy as np
import pytest

from grader.cases.case import Case
from grader.errors import AuthorError
from grader.worker import frames


def test_a_frame_holds_the_call_with_the_layout_that_is_wanted() -> None:
    case = Case("one", (np.array([[1.0, 2.0]]), "sum"), {"axis": 1}, layout="F")
    stream = io.BytesIO(frames.request(7, "f.py", "f", [case.frame, case.frame]))
    nonce, question, ((args, kwargs, layout, *rest), again) = frames.receive_request(stream.read)
    assert (nonce, question.file, question.function) == (7, "f.py", "f")
    assert (args[0].tolist(), args[1], kwargs, layout) == ([[1.0, 2.0]], "sum", {"axis": 1}, "F")
    assert (rest, repr(again)) == ([0, False], repr((args, kwargs, layout, *rest)))


def test_a_whole_class_is_asked_by_one_and_the_same_frame() -> None:
    case = Case("one", (np.zeros(3),))
    assert case.frame is case.frame


def test_neither_the_name_nor_whether_it_is_hidden_reaches_the_worker() -> None:
    assert Case("a secret", (1.0,), hidden=True).frame == Case("b", (1.0,)).frame


def test_a_case_too_large_to_be_sent_is_named() -> None:
    with pytest.raises(AuthorError) as caught:
        _ = Case("huge", ([0] * 10_000,)).frame
    assert str(caught.value) == (
        "the case “huge” is too large to be sent; expected at most 64 MB of arrays and 10000 values"
    )
