"""A changed unit is put in the student's file; every other line stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.repair.code import read
from grader.repair.patch import lines, patched
from grader.submissions.source import Found, parse


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_only_the_lines_of_the_unit_change(end: bytes) -> None:
    data = end.join(
        [b"import numpy as np  # np", b"", b"def relu(Z):  # z", b"    return Z", b"print('on')", b""]
    )
    file = parse("relu.py", data)
    its = read(Found(file, "relu", {file.path: file}))
    assert its is not None
    new = patched(its, ("def relu(Z):\n    return np.maximum(0, Z)",))
    head = end.join([b"import numpy as np  # np", b"", b""])
    assert new == head + b"def relu(Z):\n    return np.maximum(0, Z)\n" + b"print('on')" + end
    assert patched(its, its.texts) == data
    assert patched(replace(its, units=its.units), its.texts) == data


def test_lines_are_counted_as_python_counts_them() -> None:
    assert lines(b"a\r\nb\rc\x0cd\ne") == [b"a\r\n", b"b\r", b"c\x0cd\n", b"e"]
