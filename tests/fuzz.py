"""A longer search for bytes, source and answers that break the grader: `make fuzz`.

The decoder may raise nothing but `ProtocolError`, and what comes after it nothing at all. `FUZZ_SECONDS`
bounds the search, 60 if not set; `FUZZ_SEED` begins it elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import count

import fuzz_grading
import msgspec
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from support.plain_values import values

from grader.cases.case import Case
from grader.errors import ProtocolError
from grader.sandbox import Limits
from grader.sandbox.answers import answer, loaded
from grader.worker import claim, frames, wire
from grader.worker.claim import Claim

ROUND, SLOW_ROUND = 300, 40
"""Examples of one round of the decoder's targets, and of those that judge."""
numbers = st.integers(-(2**63), 2**64 - 1) | st.integers(-3, 40)
words = st.sampled_from(
    ["z", "p", "c", "a", "n", "t", "l", "d", "g", "r", "o", "outcome", "returned", "raised"]
)
plain = st.none() | st.booleans() | numbers | st.floats() | words | st.sampled_from(sorted(wire.DTYPES))
trees = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(words, inner), max_leaves=20
)
texts = st.text(max_size=5) | plain
fields = st.tuples(
    st.sampled_from(["loaded", "returned", "raised", "exited", "maybe"]),
    texts,
    st.lists(texts, max_size=3) | plain,
    st.lists(texts, max_size=3) | plain,
    texts,
    numbers | plain,
    texts,
    texts,
)
CASE = Case("one", (1, [2]))


def decoded(header: bytes, body: bytes) -> None:
    """Decode as the grader does a claim, and the values of one; only `ProtocolError` may come of it."""
    for made in (lambda: claim.decode(header), lambda: Claim("returned", values=header)):
        with contextlib.suppress(ProtocolError):
            loaded(made(), Limits())
        with contextlib.suppress(ProtocolError):
            answer(made(), body, CASE, most=wire.ANSWER_BYTES, output_chars=65536, cpu_s=0)


def junk(data: bytes, body: bytes) -> None:
    """Bytes without any form."""
    decoded(data, body)


def forged(tree: object, sizes: list[int], body: bytes) -> None:
    """A message of the right outer form."""
    with contextlib.suppress(OverflowError):
        decoded(msgspec.msgpack.encode([tree, sizes]), body)


def bent(value: object, places: list[tuple[int, int]]) -> None:
    """A true message with some bytes changed."""
    header, buffers = wire.encode(value)
    changed = bytearray(header)
    for place, byte in places:
        changed[place % len(changed)] = byte
    decoded(bytes(changed), b"".join(buffers))


def framed(data: bytes) -> None:
    """A stream of junk, cut where it ends."""
    rest = memoryview(data)

    def read(count: int) -> bytes:
        nonlocal rest
        if count > len(rest):
            raise EOFError
        part, rest = bytes(rest[:count]), rest[count:]
        return part

    with contextlib.suppress(ProtocolError, EOFError):
        _, header, body = frames.receive(read)
        decoded(header, body)


def claimed(said: tuple[object, ...], value: object) -> None:
    """A claim of nearly the right form, as a worker may send it."""
    header, buffers = wire.encode(value)
    with contextlib.suppress(OverflowError):
        decoded(msgspec.msgpack.encode([*said, header]), b"".join(buffers))


prefixes = st.builds(struct.pack, st.just("<QII"), *[st.integers(0, 2**n - 1) for n in (64, 6, 6)])
TARGETS: tuple[tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...]], ...] = (
    (junk, (st.binary(max_size=400), st.binary(max_size=60))),
    (forged, (trees, st.lists(numbers, max_size=4), st.binary(max_size=60))),
    (bent, (values, st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=4))),
    (framed, (st.builds(bytes.__add__, prefixes, st.binary(max_size=200)),)),
    (claimed, (fields, st.tuples(values, values) | values)),
)


def main() -> int:
    """Run rounds of examples until the time is over."""
    end = time.monotonic() + float(os.environ.get("FUZZ_SECONDS", "60"))
    start = int(os.environ.get("FUZZ_SEED", "0"))
    every = [(ROUND, *one) for one in TARGETS] + [(SLOW_ROUND, *one) for one in fuzz_grading.TARGETS]
    examples: Counter[str] = Counter()
    for number in count(start):
        if time.monotonic() >= end:
            break
        size, target, strategies = every[number % len(every)]
        run = settings(
            max_examples=size, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )(seed(number)(given(*strategies)(target)))
        run()
        examples[target.__name__] += size
    listed = ", ".join(f"{count} {name}" for name, count in examples.items())
    print(f"Nothing broke: at most {listed}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
