"""Submissions that speak to the grader in the worker's place."""

from __future__ import annotations

from attacks import EVERYWHERE, WAITS, Attack

_SAY = """
from attempt import *
import time
def say(header=b'', body=b'', number=None, sizes=None):
    lengths = sizes or (len(header), len(body))
    number = worker('nonce') if number is None else number
    worker('send')(struct.pack('<QII', number, *lengths) + header + body)
    {after}
def encode(value):
    import msgspec
    return msgspec.msgpack.encode(value)
def claim(*fields):
    return encode(fields)
def pack(tree, *sizes):
    values = encode([['t', [tree, ['d', []]]], list(sizes)])
    return claim('returned', '', [], [], '', None, '', '', values)
"""
_FOREVER = "time.sleep(99)"


def says(
    name: str, act: str, *held: str, after: str = _FOREVER, waits: bool = False, size_limit: int = 0
) -> Attack:
    """Return an attack that sends bytes of its own in place of its answer."""
    source = _SAY.format(after=after) + f"def f(z):\n    {act}\n    return z\n"
    return Attack(
        name, source, held or ("crashed",), EVERYWHERE, limits=WAITS if waits else {}, size_limit=size_limit
    )


ATTACKS = (
    says("junk_breaks_the_protocol", "say(b'\\xc1junk')"),
    says("header_that_is_no_message_breaks_the_protocol", "say(b'\\x01')"),
    says("giant_header_breaks_the_protocol", "say(sizes=(2**32 - 1, 0))"),
    says("giant_body_breaks_the_protocol", "say(sizes=(1, 2**32 - 1))"),
    says("wrong_nonce_breaks_the_protocol", "say(pack(['z']), number=1)"),
    says("nothing_breaks_the_protocol", "say(claim())"),
    says("unknown_node_breaks_the_protocol", "say(pack(['evil', 1]))"),
    says("array_of_objects_breaks_the_protocol", "say(pack(['a', 'object', [1]], 8), b'12345678')"),
    says("structured_array_breaks_the_protocol", "say(pack(['a', 'i4,f8', [1]], 12), b'123456789012')"),
    says("text_as_dtype_breaks_the_protocol", "say(pack(['a', 'U2', [1]], 8), b'12345678')"),
    says("overflowing_shape_breaks_the_protocol", "say(pack(['a', 'float64', [2**61]], 8), b'12345678')"),
    says("overflowing_empty_shape_breaks_the_protocol", "say(pack(['a', 'float64', [0, 2**64 - 1]], 0))"),
    says("negative_shape_breaks_the_protocol", "say(pack(['a', 'float64', [-1]], 8), b'12345678')"),
    says("negative_size_breaks_the_protocol", "say(pack(['z'], -8, 8))"),
    says("buffer_that_is_too_short_breaks_the_protocol", "say(pack(['a', 'float64', [2]], 8), b'12345678')"),
    says("buffer_that_nobody_uses_breaks_the_protocol", "say(pack(['z'], 8), b'12345678')"),
    says("unhashable_key_breaks_the_protocol", "say(pack(['d', [[['l', []], ['z']]]]))"),
    says("deep_message_breaks_the_protocol", "say(b'\\x91' * 200000)"),
    says("a_million_nodes_break_the_protocol", "say(pack(['l', [['z']] * 50000]))"),
    says("unknown_fate_breaks_the_protocol", "say(claim('evil'))"),
    says("number_as_text_breaks_the_protocol", "say(claim('exited', '', [], [], '', None, '', 1))"),
    says("names_that_are_no_list_break_the_protocol", "say(claim('raised', '', [], 1))"),
    says("text_that_is_not_utf8_breaks_the_protocol", "say(b'\\x92\\xa8returned\\xa1\\xff')"),
    says("silence_becomes_timed_out", _FOREVER, "timed_out", waits=True),
    says("half_an_answer_becomes_timed_out", "say(b'x', sizes=(9, 9))", "timed_out", waits=True),
    says("drip_of_bytes_becomes_timed_out",
          "say(sizes=(9999, 0))", "timed_out", waits=True,
          after="for _ in range(999): os.write(pipe(), b'x'); time.sleep(0.01)"),
    says("closing_the_pipe_is_an_end", "os.close(pipe())", "exited", after="pass"),
    says("half_an_answer_and_an_end_is_an_end", "say(b'x', sizes=(9, 9))", "exited", after="os._exit(0)"),
    says("answer_said_twice_is_the_submissions_own",
          "[say(pack(['p', 7])) for _ in '12']", "returned 7", after="pass"),
    Attack("answering_before_being_asked_breaks_the_protocol",
           _SAY.format(after=_FOREVER) + "say(pack(['z']))\ndef f(z): return z\n", ("load crashed",), EVERYWHERE),
)  # fmt: skip
