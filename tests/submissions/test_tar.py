"""Tars are streams that end where they must, and are refused before they cost."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.archives import info, tarred

from grader.errors import UsageError
from grader.submissions import collect
from grader.submissions.allowance import Allowance
from grader.submissions.listing import RefusedError
from grader.submissions.tar import DAMAGED, Gunzip, Paid, expanding, listed


@given(
    st.lists(st.tuples(st.binary(max_size=200_000), st.integers(0, 3)), min_size=1, max_size=5),
    st.integers(1, 9000),
)
@settings(deadline=None, max_examples=50)
def test_gzips_expand_to_what_was_put_in(parts: list[tuple[bytes, int]], size: int) -> None:
    whole = b"".join(gzip.compress(data) + bytes(zeros) for data, zeros in parts)
    stream = Gunzip(io.BytesIO(whole))
    found = b""
    while chunk := stream.read(size):
        assert len(chunk) <= size
        found += chunk
    assert found == b"".join(data for data, _ in parts)
    with pytest.raises(EOFError):
        Gunzip(io.BytesIO(gzip.compress(b"x")[:-1])).read(1), Gunzip(io.BytesIO(b"\x1f\x8b")).read(1)


def test_a_class_tar_that_points_backwards_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("student-01.py")
    info.size = -1024
    (tmp_path / "class.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(4096))
    with pytest.raises(UsageError) as caught:
        collect(tmp_path / "class.tar")
    damaged = "it is damaged, cut short or no such archive"
    assert str(caught.value) == f"{tmp_path / 'class.tar'} cannot be read as an archive: {damaged}."


def names(data: bytes) -> list[str]:
    return [member.name for _, member in listed(io.BytesIO(data), "r|", Allowance())]


def test_headers_that_every_member_would_copy_are_refused() -> None:
    headers = {f"key{n}": "value" for n in range(1000)}
    data = tarred([(info("relu.py"), b"")], mode="w", format=tarfile.PAX_FORMAT, pax_headers=headers)
    with pytest.raises(RefusedError, match=f"^{DAMAGED}$"):
        names(data)
    few = dict.fromkeys(list(headers)[:100], "value")
    assert names(tarred([(info("relu.py"), b"")], mode="w", format=tarfile.PAX_FORMAT, pax_headers=few)) == [
        "relu.py"
    ]


def test_what_is_read_is_paid_until_nothing_is_left() -> None:
    paid = Paid(io.BytesIO(bytes(20)), Allowance(expanded=15))
    assert len(paid.read(10)) == 10
    with pytest.raises(RefusedError, match=r"^it expands to too much; the rest of it was not looked at$"):
        paid.read(10)


def test_a_gzip_is_expanded_by_its_first_bytes_whatever_it_is_called() -> None:
    assert expanding(io.BytesIO(gzip.compress(b"relu"))).read(9) == b"relu"
    assert expanding(io.BytesIO(b"relu")).read(9) == b"relu"


def test_global_headers_count_all_together() -> None:
    few, more = ({f"{letter}{n}": "value" for n in range(60)} for letter in "ab")
    headers = [tarfile.TarInfo.create_pax_global_header(its) for its in (few, more)]
    member = info("relu.py").tobuf(tarfile.USTAR_FORMAT)
    assert names(headers[0] + member) == ["relu.py"]
    with pytest.raises(RefusedError, match=f"^{DAMAGED}$"):
        names(b"".join(headers) + member)
