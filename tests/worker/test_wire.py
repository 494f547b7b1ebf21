"""The wire format brings plain data across unchanged, and nothing else."""

import contextlib
import math
from collections import Counter, OrderedDict, defaultdict

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.plain_values import values

from grader.errors import ProtocolError
from grader.worker import wire


def same(a, b):
    if isinstance(a, np.ndarray | np.generic):
        is_alike = type(a) is type(b) and a.dtype == b.dtype and a.shape == b.shape
        return is_alike and np.array_equal(bits(a), bits(b))
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, float):
        return type(b) is float and (a == b or (math.isnan(a) and math.isnan(b)))
    if isinstance(a, complex):
        return type(b) is complex and same(a.real, b.real) and same(a.imag, b.imag)
    return type(a) is type(b) and a == b


def bits(values):
    """Return the bytes of each part of an array, those of every nan alike."""
    flat = np.ravel(values)
    flat = flat.view(flat.real.dtype) if flat.dtype.kind == "c" else flat
    return np.where(np.isnan(flat), np.nan, flat).tobytes() if flat.dtype.kind == "f" else flat.tobytes()


def round_trip(value):
    header, buffers = wire.encode(value)
    return wire.decode(header, b"".join(buffers))


@given(values)
def test_plain_data_comes_back_equal_to_the_bit(value):
    assert same(value, round_trip(value))


def test_bits_that_arithmetic_never_makes_arrive_as_usual_ones():
    signalling = np.frombuffer(bytes.fromhex("010000000000f07f"), "float64")
    odd = (np.frombuffer(b"\x02", "bool"), signalling, float(signalling[0]), complex(1, signalling[0]))
    boolean, *others = round_trip(odd)
    assert boolean.tobytes() == b"\x01"
    # Warnings are errors in all tests, and NumPy warns at every use of a signalling nan.
    usual = (np.array([np.nan]), np.nan, complex(1, np.nan))
    assert [str(np.asarray(v) * 1) for v in others] == [str(np.asarray(v) * 1) for v in usual]


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_junk_raises_only_protocol_error(header, body):
    with contextlib.suppress(ProtocolError):
        wire.decode(header, body)


def excess(what):
    return wire.Opaque(f"{what}, too much to be compared")


class Liar(np.ndarray):
    pass


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (np.zeros(2).view(Liar), f"{__name__}.Liar"),
        (object(), "object"),
        (np.array([object()]), "array of dtype object"),
        (np.zeros(2, dtype=">f8"), "array of dtype >f8"),
        ({2**70: np.zeros(2)}, "dict with keys that are not plain"),
        ({frozenset({1}): 1}, "dict with keys that are not plain"),
        ({(1, 2**64)}, "set with items that are not plain"),
    ],
)
def test_other_types_become_their_name(value, name):
    assert round_trip(value) == wire.Opaque(name)


class Named(dict):
    pass


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (Counter("abca"), {"a": 2, "b": 1, "c": 1}),
        (OrderedDict([(("l", "o"), 2), (b"x", None)]), {("l", "o"): 2, b"x": None}),
        (defaultdict(list, {1: [2]}), {1: [2]}),
        (frozenset({1, "a", (2, None)}), {1, "a", (2, None)}),
        ({np.int64(3): 1, np.float32(0.5): 2, np.bool_(True): 3}, {3: 1, 0.5: 2, True: 3}),
        ("x" * 10**6, "x" * 10**6),
        (Named(a=1), wire.Opaque(f"{__name__}.Named")),
    ],
)
def test_collections_arrive_as_plain_ones_and_subclasses_do_not(value, arrives):
    found = round_trip(value)
    assert (found, type(found)) == (arrives, type(arrives))


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 2**70, -(2**9000), 10**4300], ids=hex)
def test_integers_of_any_size_arrive(value):
    assert same(value, round_trip(value))


def test_what_a_buffer_holds_counts_like_an_array():
    for value in ("x" * 10**5, b"x" * 10**5, 2**800_000):
        assert isinstance(wire.within(value, 99_000), wire.Opaque)
        assert wire.within(value, 101_000) == value


def test_givens_and_generators_travel_by_name():
    assert round_trip((wire.Given("identity"), wire.Rng(3))) == (wire.Given("identity"), wire.Rng(3))


def test_a_cycle_is_left_out_as_too_deep():
    cycle = []
    cycle.append(cycle)
    assert round_trip(cycle) == excess("list nested more than 12 levels deep")


def test_a_long_list_is_left_out_as_too_long():
    assert round_trip([0] * wire.NODES) == excess("list with more than 10,000 parts")


def test_arrays_beyond_the_byte_limit_are_left_out():
    header, buffers = wire.encode([np.zeros(10), np.zeros(10)], most=350)
    assert (wire.decode(header, b""), buffers) == (excess("list with more than 350 bytes"), [])


def test_a_broadcast_array_is_left_out_before_it_is_copied():
    assert round_trip(np.broadcast_to(0.0, 10**12)) == excess(
        "array of shape (1000000000000,) with 7,629,395 MB"
    )


def test_a_header_beyond_its_limit_is_left_out():
    assert round_trip(["x" * wire.TEXT_CHARS] * 5) == excess("list with more than 256 KB beside arrays")


@pytest.mark.parametrize("ndim", [*range(9), 9, 26, 32])
def test_an_array_of_more_dimensions_than_are_compared_is_told_by_their_number(ndim):
    array = np.ones((1,) * ndim, "u1")
    told = wire.Opaque(f"array of {ndim} dimensions, more than the 8 that are compared")
    assert same(round_trip(array), array if ndim <= wire.DIMENSIONS else told)


@pytest.mark.parametrize("shape", [(0, 2**40), (2**31, 0), (0, 2**16, 2**16), (2**20, 2**20, 0, 2**20)])
def test_an_array_without_elements_whose_other_sides_are_enormous_is_told_by_its_shape(shape):
    array = np.empty(shape, "u1")
    assert round_trip([array]) == [excess(f"array of shape {shape} with 0 bytes")]


def test_an_array_without_elements_keeps_its_shape():
    assert round_trip(np.empty((2**20, 0, 7))).shape == (2**20, 0, 7)


@given(values, st.integers(0, 2000))
def test_a_value_arrives_if_it_counts_no_more_than_there_is_room(value, most):
    header, buffers = wire.encode(value, most=most)
    got = wire.decode(header, b"".join(buffers), most=max(most, wire.NODE_BYTES))
    if wire.measured(value) <= most:
        assert same(got, value)
    else:
        assert isinstance(got, wire.Opaque)
        assert got.type_name.endswith(wire.TOO_LARGE)


@given(values)
def test_a_message_that_counts_more_than_there_is_room_is_refused(value):
    header, buffers = wire.encode(value)
    with pytest.raises(ProtocolError, match=r"^a value with more than "):
        wire.decode(header, b"".join(buffers), most=wire.measured(value) - 1)


def test_long_double_keeps_its_precision():
    value = np.array([1, 3], dtype=np.longdouble) / 3
    assert same(round_trip(value), value)


def test_a_type_with_a_name_that_is_no_text_is_still_named():
    assert round_trip(type("Odd", (), {"__module__": 3})()) == wire.Opaque("Odd")


@pytest.mark.parametrize(
    ("tree", "sizes", "body"),
    [
        (["a", "object", [1]], [8], b"12345678"),
        (["a", "float64", [-1, -1]], [8], b"12345678"),
        (["a", "float64", [2]], [8], b"12345678"),
        (["a", "float64", [1]], [9], b"12345678"),
        (["a", "float64", [2**40, 2**40]], [8], b"12345678"),
        (["a", "float64", [0, 2**64 - 1]], [0], b""),
        (["a", "float64", [0, *[2**31 - 1] * 4]], [0], b""),
        (["a", "uint8", [1] * 9], [1], b"1"),
        (["n", "float64", [1]], [8], b"12345678"),
        (["z"], [8], b"12345678"),
        (["z"], [-8, 8], b""),
        (["d", [[["z"]]]], [], b""),
        (["d", [[["l", []], ["z"]]]], [], b""),
        (["l", [["z"]] * wire.NODES], [], b""),
        (["evil", 1], [], b""),
        ({"a": 1}, [], b""),
        (["p", [1]], [], b""),
        (["a", "float64", [1]], [], b""),
    ],
)
def test_a_message_of_the_wrong_form_is_refused(tree, sizes, body):
    with pytest.raises(ProtocolError):
        wire.decode(msgspec.msgpack.encode([tree, sizes]), body)


def test_a_giant_header_is_refused_unread():
    with pytest.raises(ProtocolError, match="a header of"):
        wire.decode(b"\x00" * (wire.HEADER_BYTES + 1), b"")
