"""Numbers have the bits that arithmetic makes of them, and warn nobody."""

import math
import struct

import numpy as np
import pytest

from grader.worker.canonical_bits import usual, usual_float

ODD_BITS = {
    "bool": b"\x02\x00\xff",
    "float16": b"\x01\x7d",
    "float32": bytes.fromhex("0100807f"),
    "float64": bytes.fromhex("010000000000f07f"),
    "complex64": bytes.fromhex("0000803f0100807f"),
}
if np.finfo(np.longdouble).nmant == 63:  # of eighty bits: an "unnormal", which no processor makes
    ODD_BITS["longdouble"] = bytes.fromhex("0000000000000001ff3f000000000000")


@pytest.mark.parametrize("dtype", ODD_BITS)
def test_bits_that_arithmetic_never_makes_become_usual_ones_and_warn_nobody(dtype: str) -> None:
    got = usual(np.frombuffer(ODD_BITS[dtype], dtype=dtype))  # warnings are errors in all tests
    if dtype == "bool":
        assert got.tobytes() == b"\x01\x00\x01"
    else:
        expected = complex(1, np.nan) if dtype == "complex64" else np.nan
        assert str(got * 1) == str(np.array([expected], dtype) * 1)


def test_a_signalling_nan_of_a_plain_number_becomes_the_usual_one() -> None:
    signalling = struct.unpack("<d", ODD_BITS["float64"])[0]
    assert struct.pack("<d", usual_float(signalling)) == struct.pack("<d", math.nan)
    assert math.copysign(1, usual_float(-0.0)) == -1


def test_numbers_of_usual_bits_are_not_copied() -> None:
    for values in (np.array([1.0, -0.0, np.inf]), np.array([1, 2]), np.array([1j])):
        assert usual(values) is values
