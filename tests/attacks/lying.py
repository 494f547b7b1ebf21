"""Submissions that hand back what is not what it seems."""

from __future__ import annotations

from attacks import EVERYWHERE, Attack
from grader.worker.wire import Opaque

_ENDS = ("load exited", "load crashed")
_LARGE = "{}, too much to be compared"
_DEEP = _LARGE.format("list nested more than 12 levels deep")


def _opaque(name: str, make: str, kind: str, setup: str = "") -> Attack:
    return _returns(name, make, repr(Opaque(kind)), setup=setup)


def _returns(name: str, make: str, *shown: str, setup: str = "") -> Attack:
    source = f"import numpy as np\n{setup}\ndef f(z):\n    return {make}\n"
    return Attack(name, source, tuple(s if s in _ENDS else f"returned {s}" for s in shown), EVERYWHERE)


_EXITS = "def __array__(s, *a, **k): quit()\n    __eq__ = __array_function__ = __class_getitem__ = __array__"
_PATCH = (
    "import builtins\nfor n in ('sum', 'len', 'isinstance', 'type', 'str', 'list', 'dict', 'sorted', 'all'):\n"
    "    setattr(builtins, n, lambda *a, **k: True)"
)
_TESTING = "for n in dir(np.testing):\n    setattr(np.testing, n, lambda *a, **k: None)"

ATTACKS = (
    _opaque("subclass_of_an_array_is_told_by_name", "np.zeros(2).view(L)", "s.L", "class L(np.ndarray): pass"),
    _opaque("object_that_acts_as_array_is_told_by_name", "L()", "s.L", f"class L:\n    {_EXITS}"),
    _opaque("object_that_lies_about_its_class_is_told_by_name", "L()", "s.L",
            "class L:\n    __class__ = property(lambda s: np.ndarray)"),
    _opaque("object_equal_to_everything_is_told_by_name", "L()", "s.L",
            "class L:\n    __eq__ = lambda s, o: True\n    __hash__ = None"),
    _opaque("object_with_a_hostile_metaclass_is_told_by_name", "L()", "s.L",
            "class M(type):\n    def __getattribute__(c, n): quit()\nclass L(metaclass=M): pass"),
    _opaque("class_that_equals_every_other_is_told_by_name", "L()", "s.L",
            "class M(type):\n    __eq__ = lambda c, o: quit()\n    __hash__ = type.__hash__\nclass L(metaclass=M): pass"),
    _opaque("object_that_takes_over_pickling_is_told_by_name", "L()", "s.L",
            "class L:\n    def __reduce__(s): return (quit, ())"),
    _opaque("subclass_of_text_is_told_by_name", "L('x')", "s.L", "class L(str): pass"),
    _opaque("subclass_of_a_dictionary_is_told_by_name", "L()", "s.L", "class L(dict): pass"),
    _opaque("subclass_of_a_list_is_told_by_name", "L([1])", "s.L", "class L(list): pass"),
    _opaque("subclass_of_a_number_is_told_by_name", "L(1)", "s.L", "class L(float): pass"),
    _opaque("subclass_of_a_numpy_number_is_told_by_name", "L(1)", "s.L", "class L(np.float64): pass"),
    _returns("named_tuple_is_its_items_whatever_its_methods_say", "L(1)", "(1,)", setup=
             "import collections\nclass L(collections.namedtuple('L', 'a')):\n"
             "    __iter__ = __len__ = __getitem__ = __getattribute__ = lambda s, *a: quit()"),
    _opaque("generator_is_told_by_name", "(n for n in [1])", "generator"),
    _opaque("function_is_told_by_name", "f", "function"),
    _opaque("class_is_told_by_name", "int", "type"),
    _opaque("module_is_told_by_name", "np", "module"),
    _opaque("set_of_objects_is_told_by_name", "{f}", "set with items that are not plain"),
    _opaque("subclass_of_a_set_is_told_by_name", "L()", "s.L", "class L(set): pass"),
    _opaque("subclass_of_bytes_is_told_by_name", "L()", "s.L", "class L(bytes): pass"),
    _opaque("subclass_of_a_counter_is_told_by_name", "L()", "s.L",
            "import collections\nclass L(collections.Counter):\n    items = __iter__ = lambda s: quit()"),
    _returns("factory_of_a_default_dictionary_is_not_called", "collections.defaultdict(quit, {1: 2})", "{1: 2}",
             setup="import collections"),
    _opaque("memory_view_is_told_by_name", "memoryview(b'x')", "memoryview"),
    _opaque("masked_array_is_told_by_name", "np.ma.array([1])", "numpy.ma.MaskedArray"),
    _opaque("array_of_objects_is_told_by_dtype", "np.array([f])", "array of dtype object"),
    _opaque("structured_array_is_told_by_dtype", "np.zeros(1, 'i4,f8')",
            "array of dtype [('f0', '<i4'), ('f1', '<f8')]"),
    _opaque("array_of_text_is_told_by_dtype", "np.array(['a'])", "array of dtype <U1"),
    _opaque("array_of_dates_is_told_by_dtype", "np.zeros(1, 'M8[s]')", "array of dtype datetime64[s]"),
    _opaque("endless_integer_is_told_by_size", "1 << 10**9", _LARGE.format("value with more than 64 MB")),
    _opaque("endless_text_is_told_by_size", "'x' * 10**8", _LARGE.format("value with more than 64 MB")),
    _opaque("keys_of_one_hash_do_not_arrive", "{n * (2**61 - 1): 0 for n in range(4000)}",
            "dict with keys that are not plain"),
    _opaque("deep_list_is_told_by_size", "L", _DEEP, "L = []\nfor _ in range(900): L = [L]"),
    _opaque("cyclic_list_is_told_by_size", "L", _DEEP, "L = []\nL.append(L)"),
    _opaque("cyclic_dictionary_is_told_by_size", "L", _LARGE.format("dict nested more than 12 levels deep"), "L = {}\nL[1] = L"),
    _opaque("result_of_a_terabyte_is_told_by_size", "np.broadcast_to(0.0, 10**12)",
            _LARGE.format("array of shape (1000000000000,) with 7,629,395 MB")),
    _opaque("result_of_a_hundred_megabytes_is_told_by_size", "np.zeros(10**8, 'u1')",
            _LARGE.format("array of shape (100000000,) with 95 MB")),
    _opaque("result_shared_a_million_times_is_told_by_size", "[[0] * 1000] * 1000",
            _LARGE.format("list with more than 10,000 parts")),
    _returns("payload_in_a_nan_is_a_nan", "float(np.array([0x7FF8DEADBEEF0001], 'u8').view('f8')[0])", "nan"),
    _returns("half_a_character_is_told_as_a_question_mark", "'\\ud800'", "'?'"),
    _returns("half_a_character_in_a_key_is_told_as_a_question_mark", "{'\\ud800': 1}", "{'?': 1}"),
    _opaque("half_a_character_in_a_type_is_told_as_a_question_mark", "L()", "?.L",
            "class L: __module__ = '\\ud800'"),
    Attack("half_a_character_in_an_exception_keeps_its_verdict", "def f(z): raise ValueError('\\ud800')",
           ("raised ValueError",), EVERYWHERE),
    _returns("patched_builtins_spoil_its_own_answers_alone", "1", *_ENDS, setup=_PATCH),
    _returns("patched_testing_functions_are_never_called", "1", "1", setup=_TESTING),
    _returns("patched_numpy_spoils_its_own_answers_alone", "1", "1",
             setup="for n in ('array', 'asarray', 'allclose', 'isclose', 'dtype'): setattr(np, n, None)"),
    _returns("printed_workflow_command_is_text", "print('::error::x') or 1", "1"),
    _returns("closed_output_spoils_prints_alone", "sys.stdout.close() or 1", "1", setup="import sys"),
)  # fmt: skip
