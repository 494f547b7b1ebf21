"""A submission's digest is that of what was handed in, and nothing else."""

from __future__ import annotations

from grader.submissions import Submission, SubmissionInfo


def test_a_digest_changes_with_names_contents_and_what_is_unreadable() -> None:
    every = [
        Submission("a", {}),
        Submission("a", {"x": b"1"}),
        Submission("a", {"x": b"2"}),
        Submission("a", {"y": b"1"}),
        Submission("a", {}, unreadable={"x": "1"}),
        Submission("a", {}, unreadable={"x": "2"}),
    ]
    assert len({one.digest for one in every}) == len(every)
    assert Submission("a", {"x": b"1"}).digest == Submission("b", {"x": b"1"}, ("note",), late=True).digest


def test_what_is_known_without_the_files_is_all_but_the_files() -> None:
    one = Submission(
        "Given_101",
        {"relu.py": b"pass"},
        ("It was handed in late.",),
        name="Given",
        id="7",
        is_called=True,
        system="moodle",
        late=True,
        submitted="2026-03-01T23:59:00+01:00",
    )
    assert one.info == SubmissionInfo(
        "Given_101",
        one.digest,
        ("It was handed in late.",),
        name="Given",
        id="7",
        is_called=True,
        system="moodle",
        late=True,
        submitted="2026-03-01T23:59:00+01:00",
    )
