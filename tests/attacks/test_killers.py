"""A submission that ends the grader's own processes gains no point, and costs nobody else one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import Done, run
from support.handed import InMemory
from support.small import handed_in, on_disk, small_course
from support.walls import LACKING

from grader.classroom.grade_class import Options, grade_class
from grader.executors import Local
from grader.gradebook import Gradebook, records
from grader.submissions import Submission

# `who` is the warm process or the grading process above it.
KILL = """
import os, signal
def kill(who):
    pid = os.getppid()
    if who == "grading":
        pid = int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
    os.kill(pid, signal.SIGKILL)
calls = []
def act(last):
    calls.append(1)
    if len(calls) > last:
        kill("WHO")
"""
WHEN = {
    "at import": (KILL + 'kill("WHO")\n', ""),
    "in the first call": (KILL, "    act(0)\n"),
    "after some right answers": (KILL, "    act(3)\n"),
    "in the last exercise": (KILL, "    if 'thrice' in NAME: act(2)\n"),
}


def killer(name: str, who: str, when: str) -> Submission:
    head, act = WHEN[when]
    source = head.replace("WHO", who)
    for slug, factor in (("twice", 2), ("thrice", 3)):
        body = act.replace("NAME", repr(slug))
        source += f"def {slug}(Z):\n{body}    return {factor} * Z\n"
    return Submission(name, {"all.py": source.encode()})


SELDOM = {("warm", "in the first call"), ("warm", "in the last exercise"), ("grading", "at import")}
"""As other moments, for the same process."""


@pytest.mark.parametrize(
    ("who", "when"),
    [
        pytest.param(who, when, marks=[pytest.mark.soak] if (who, when) in SELDOM else [])
        for who in ("warm", "grading")
        for when in WHEN
    ],
)
def test_who_kills_the_graders_processes_gains_nothing_by_it(who: str, when: str, tmp_path: Path) -> None:
    level = "limits"
    if LACKING[level]:
        pytest.skip(LACKING[level])
    here = small_course(tmp_path / "course")
    class_ = [handed_in("student-01"), killer("student-02", who, when), handed_in("student-03")]
    grade_class(InMemory(class_), here, tmp_path / "out", Options(level=level, executor=Local(1)))
    with Gradebook(f"sqlite:///{tmp_path / 'out/gradebook.db'}") as book:
        found = {r.student: r.result for r in records(book)}
    assert {name: r.points for name, r in found.items()} == {
        "student-01": 8.0,
        "student-02": 0.0,
        "student-03": 8.0,
    }
    assert found["student-02"].open_points == 8.0
    assert {e.status for e in found["student-02"].exercises} == {"undecided"}


def test_level_none_grades_one_submission_alone(tmp_path: Path) -> None:
    small_course(tmp_path / "course")
    folder = on_disk(tmp_path / "handed", [handed_in("student-01"), handed_in("student-02")])
    command = ("grade", folder, "--out", "out", "--course", "course", "--sandbox", "none")
    sentence = (
        "grader: Sandbox level none grades one submission, your own, and here are 2; grade a class on Linux,"
        " in a container or a virtual machine where it must be.\n"
    )
    refused = run(*command, cwd=tmp_path, GRADER_SEED="7")
    assert refused == Done(2, "", sentence)
    assert not (tmp_path / "out").exists()
    done = run(*command, "--only", "student-01", cwd=tmp_path)
    assert (done.code, "1 submission graded, sandbox level none." in done.out) == (0, True)
