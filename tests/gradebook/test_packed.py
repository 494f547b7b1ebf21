"""What was handed in comes back byte for byte, takes little space, and is not trusted when it is read."""

from __future__ import annotations

import hashlib
import random
import statistics
import zlib
from collections import defaultdict
from textwrap import dedent, indent

import msgspec
import pytest
from fairness.right import RIGHT
from fairness.wrong import WRONG
from hypothesis import given
from hypothesis import strategies as st

from grader.course.authored_source import stub
from grader.course.course import find
from grader.gradebook.damage import DAMAGE
from grader.gradebook.packed import Stubs, joined, pack, unpack
from grader.submissions import Submission
from grader.submissions.gather import FILES, TOTAL_BYTES

STUBS = joined(["def twice(Z):\n    raise NotImplementedError\n"])
ONE = Submission("student-01", {"twice.py": b"def twice(Z):\n    return 2 * Z\n"}, unreadable={"a.py": "No."})
PATHS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)


def deflated(value: object, stubs: bytes = STUBS.text) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, stubs)
    return deflate.compress(msgspec.msgpack.encode(value)) + deflate.flush()


@given(st.dictionaries(PATHS, st.binary(max_size=500)), st.dictionaries(PATHS, PATHS), st.binary())
def test_it_comes_back_byte_for_byte(
    files: dict[str, bytes], unreadable: dict[str, str], text: bytes
) -> None:
    one = Submission("student-01", files, unreadable=unreadable)
    packed = pack(one, Stubs(text))
    back = unpack(packed.digest, packed.stubs.text, packed.data).submission("student-01")
    assert (back.files, back.unreadable, back.digest) == (files, unreadable, one.digest)


def test_equal_submissions_are_packed_into_equal_bytes() -> None:
    files = {"b.py": b"2", "a.py": b"1"}
    assert pack(Submission("x", files), STUBS) == pack(Submission("y", dict(sorted(files.items()))), STUBS)


MANY = {f"{n}.py": b"" for n in range(FILES + 1)}
LARGE = {f"{n}.py": bytes(TOTAL_BYTES // 2 + 1) for n in range(2)}
BOMB = {"a.py": bytes(64 * TOTAL_BYTES)}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(pack(ONE, STUBS).data[:-3], id="cut"),
        pytest.param(deflated({"files": 1}), id="another shape"),
        pytest.param(deflated([{"a.py": "text"}, {}]), id="another type"),
        pytest.param(deflated([{"twice.py": b"changed"}, {}]), id="another submission"),
        pytest.param(deflated([MANY, {}]), id="too many files"),
        pytest.param(deflated([LARGE, {}]), id="too many bytes"),
        pytest.param(deflated([BOMB, {}]), id="a bomb"),
    ],
)
def test_what_no_submission_can_be_is_damage(data: bytes) -> None:
    with pytest.raises(DAMAGE):
        unpack(ONE.digest, STUBS.text, data)


def test_what_is_too_large_is_damage_even_under_its_own_digest() -> None:
    for files in (MANY, LARGE):
        with pytest.raises(ValueError, match="larger than any submission"):
            unpack(Submission("x", files).digest, b"", deflated([files, {}], b""))


def test_other_stubs_than_those_it_was_packed_with_are_damage() -> None:
    data = pack(ONE, STUBS).data
    other = hashlib.sha256(STUBS.text).digest()
    with pytest.raises(DAMAGE):
        unpack(ONE.digest, other, data)


def test_a_median_submission_of_each_lesson_takes_at_most_two_kilobytes() -> None:
    drawn = random.Random(1)
    lessons: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in find().authored():
        lessons[one.lesson].append((one.exercise.slug, stub(one)))
    medians = {}
    for lesson, stubs in lessons.items():
        begin = joined([text for _, text in stubs])
        sizes = []
        for _ in range(20):
            files = {f"{slug}.py": _solved(slug, text, drawn) for slug, text in stubs}
            sizes.append(len(pack(Submission("x", files), begin).data))
        medians[lesson] = statistics.median(sizes)
    assert {lesson: size for lesson, size in medians.items() if size > 2048} == {}


def _solved(slug: str, text: str, drawn: random.Random) -> bytes:
    """Return a stub with one of the corpus's bodies in place of its `raise`."""
    bodies = [*RIGHT.get(slug, {}).values(), *WRONG.get(slug, {}).values()] or ["return 0"]
    body = indent(dedent(drawn.choice(bodies).strip("\n")), "    ")
    return f"{text[: text.rindex('    raise NotImplementedError')]}{body}\n".encode()
