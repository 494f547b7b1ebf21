"""One process as its coordinator sees it: whatever becomes of it, the end is certain and has a reason."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from support.grading_processes import job, processes

from grader.classroom.grade_job import result as decode
from grader.errors import ExecutorError
from grader.executors import Local, Setup
from grader.executors.process_handle import ProcessHandle


def test_an_answer_in_pieces_is_the_end_of_its_process(setup: Setup) -> None:
    with ProcessHandle(setup) as process:
        process.take()
        process.link.close()
        with pytest.raises(EOFError):
            process.take()


def test_an_interpreter_that_is_not_there_is_our_fault(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ExecutorError, match=r"^A grading process cannot be started: No such file"):
        list(Local(1).run(setup, [job(0)]))


def test_a_process_that_will_not_end_is_killed(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.executors.process_handle._END_S", 0.05)
    with ProcessHandle(setup) as process:
        process.take()
        (pid,) = processes()
        os.kill(pid, signal.SIGSTOP)
    assert processes() == []


def test_processes_that_hang_before_they_are_ready_stop_the_run(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.executors.process_handle._START_S", 0.01)
    with pytest.raises(ExecutorError, match=r"^A grading process has said nothing for 0\.01 s\.$"):
        list(Local(1).run(setup, [job(0)]))


def test_a_slow_submission_is_no_hanging_process(setup: Setup) -> None:
    sleeper = "(__import__('time').sleep(0.2) or 2)"
    with ProcessHandle(setup) as process:
        process.take()
        process.give(job(0, twice=sleeper))
        words = 0
        while not (done := process.take()):
            words += 1
    assert (decode(done.payload).points, words >= 2) == (8, True)
