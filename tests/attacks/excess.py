"""Submissions that answer with more than the trusted side could look at in a moment."""

from __future__ import annotations

from attacks import EVERYWHERE, Attack
from attacks.speech import says
from grader.worker.wire import Opaque

_SIZE_LIMIT = 2**20
_LARGE = "too much to be compared"
_SIXTY_FOUR = f"array of shape (8388608,) with 64 MB, {_LARGE}"


def _returns(name: str, make: str, kind: str, *, setup: str = "", size_limit: int = _SIZE_LIMIT) -> Attack:
    source = f"import numpy as np\n{setup}\ndef f(z):\n    return {make}\n"
    return Attack(name, source, (f"returned {Opaque(kind)!r}",), EVERYWHERE, size_limit=size_limit)


ATTACKS = (
    _returns("array_of_26_dimensions_is_told_by_their_number", "np.zeros((2,) * 26, 'u1')",
             "array of 26 dimensions, more than the 8 that are compared", size_limit=0),
    _returns("array_of_32_dimensions_is_told_by_their_number", "np.zeros((1,) * 32)",
             "array of 32 dimensions, more than the 8 that are compared"),
    _returns("array_without_elements_and_with_an_enormous_side_is_told_by_its_shape", "np.empty((0, 2**40))",
             f"array of shape (0, 1099511627776) with 0 bytes, {_LARGE}", size_limit=0),
    _returns("array_without_elements_whose_sides_overflow_is_told_by_its_shape",
             "np.empty((0, 2**31 - 1, 2**29))",
             f"array of shape (0, 2147483647, 536870912) with 0 bytes, {_LARGE}", size_limit=0),
    _returns("answer_of_64_megabytes_is_told_by_its_size", "np.zeros(2**23)", _SIXTY_FOUR),
    _returns("answer_of_64_megabytes_in_bytes_is_told_by_its_size", "np.zeros(2**26, 'u1')",
             f"array of shape (67108864,) with 64 MB, {_LARGE}"),
    _returns("answer_of_64_megabytes_of_long_doubles_is_told_by_its_size", "np.zeros(2**22, np.longdouble)",
             f"array of shape (4194304,) with 64 MB, {_LARGE}"),
    _returns("many_arrays_are_told_by_what_they_exceed", "[np.zeros(2**14)] * 64",
             f"list with more than 1 MB, {_LARGE}"),
    _returns("many_keys_are_told_by_what_they_exceed", "{str(n): n for n in range(10**4)}",
             f"dict with more than 10,000 parts, {_LARGE}"),
    _returns("long_keys_are_told_by_what_they_exceed", "{str(n) + 'x' * 65000: n for n in range(900)}",
             f"dict with more than 1 MB, {_LARGE}"),
    _returns("long_texts_are_told_by_what_they_exceed", "['x' * 65536] * 5",
             f"list with more than 256 KB beside arrays, {_LARGE}"),
    _returns("wide_list_at_the_depth_limit_is_told_by_its_size", "L",
             f"list with more than 10,000 parts, {_LARGE}",
             setup="L = [1]\nfor _ in range(11): L = [L, L, L]"),
    says("answer_beyond_its_room_breaks_the_protocol", "say(pack(['a', 'uint8', [2**21]], 2**21), b'x' * 2**21)",
         size_limit=_SIZE_LIMIT),
    says("nodes_beyond_their_room_break_the_protocol", "say(pack(['l', [['d', []]] * 5000]))", size_limit=2**16),
    says("text_longer_than_texts_may_be_breaks_the_protocol", "say(pack(['p', 'x' * 2**17]))", size_limit=2**16),
    says("array_of_9_dimensions_breaks_the_protocol", "say(pack(['a', 'uint8', [1] * 9], 1), b'x')"),
)  # fmt: skip
