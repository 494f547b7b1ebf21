"""Sources are kept once for equal submissions, and stay readable after the stubs have changed."""

from __future__ import annotations

from sqlalchemy import func, select, update

from grader.gradebook import Gradebook
from grader.gradebook.packed import joined, pack
from grader.gradebook.schema import sources, stubs
from grader.gradebook.sources import handed, keep_sources, unkept
from grader.submissions import Submission

OLD, NEW = joined(["def relu(Z):\n    raise\n"]), joined(["def relu(Z):\n    ...\n"])
ONE = Submission("student-01", {"relu.py": b"def relu(Z):\n    return Z\n"}, unreadable={"a.zip": "No."})
SAME = Submission("student-02", ONE.files, unreadable=ONE.unreadable)
TWO = Submission("student-03", {"relu.py": b"def relu(Z):\n    return -Z\n"})


def counted(book: Gradebook) -> list[int | None]:
    with book.transaction(reading=True) as link:
        return [link.scalar(select(func.count()).select_from(table)) for table in (sources, stubs)]


def found(book: Gradebook) -> dict[str, Submission | None]:
    digests = [ONE.digest, TWO.digest, "of nobody"]
    return {key: one and one.submission("student-01") for key, one in handed(book, digests)}


def test_equal_submissions_are_kept_once_and_all_come_back(book: Gradebook) -> None:
    infos = [ONE.info, SAME.info, TWO.info]
    assert unkept(book, infos) == infos
    keep_sources(book, [pack(one, OLD) for one in (ONE, SAME)])
    assert unkept(book, infos) == [TWO.info]
    keep_sources(book, [pack(TWO, NEW)])
    assert (counted(book), unkept(book, infos)) == ([2, 2], [])
    back = found(book)
    assert {key: one and (one.files, one.unreadable) for key, one in back.items()} == {
        one.digest: (one.files, one.unreadable) for one in (ONE, TWO)
    }


def test_a_damaged_source_is_none_until_it_is_kept_again(book: Gradebook) -> None:
    keep_sources(book, [pack(ONE, OLD)])
    with book.transaction() as link:
        link.execute(update(sources).values(data=b"\xff"))
    assert found(book) == {ONE.digest: None}
    keep_sources(book, [pack(ONE, OLD)])
    assert found(book)[ONE.digest]
