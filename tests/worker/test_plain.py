"""What may be a key is what msgpack can encode, and tuples of it; nothing of which many share a hash."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.worker.plain import NO_KEY, TEXT_CHARS, as_key, is_huge, is_plain


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (None, None),
        (True, True),
        (2**63 - 1, 2**63 - 1),
        (0.5, 0.5),
        ("word", "word"),
        (b"bytes", b"bytes"),
        (("a", (1, None)), ("a", (1, None))),
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        ((np.bool_(True),), (True,)),
    ],
)
def test_a_key_is_sent_as_the_plain_value_that_equals_it(value: Any, key: Any) -> None:
    found = as_key(value)
    assert (found, type(found)) == (key, type(key))


@pytest.mark.parametrize(
    "value",
    [2**63, (1, 2**64), "x" * (TEXT_CHARS + 1), b"x" * (TEXT_CHARS + 1), frozenset({1}), 1j, object(), [1]],
    ids=lambda value: type(value).__name__,
)
def test_all_else_is_no_key(value: Any) -> None:
    assert as_key(value) is NO_KEY


def test_integers_of_64_bits_are_plain_and_larger_ones_huge() -> None:
    edges = (-(2**63) - 1, -(2**63), 2**63 - 1, 2**63)
    assert [(is_plain(n), is_huge(n)) for n in edges] == [
        (False, True),
        (True, False),
        (True, False),
        (False, True),
    ]
    assert not any(map(is_huge, (True, 1e300, np.uint64(2**63), "9" * 30)))
