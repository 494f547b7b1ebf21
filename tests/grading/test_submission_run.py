"""A submission's function is found once and asked once, hidden cases apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from support.end_to_end import FIRST, RIGHT, one

from grader.course.task import Task
from grader.grading.submission_run import SubmissionRun
from grader.results import Fault
from grader.sandbox import Sandbox
from grader.submissions import Submission
from grader.submissions.locate import NotFound


def test_prints_stand_with_their_call_and_those_of_hidden_cases_nowhere(sandbox: Sandbox, task: Task) -> None:
    source = "print('imported')\n" + FIRST + "    print(Z.tolist()); np.log(-abs(Z) - 1); return 3 * Z"
    exercise = one(sandbox, task, source)
    hidden = [c for c in task.cases if c.hidden]
    assert hidden
    shown = {check.name: check for check in exercise.checks if check.status == "failed" and not check.advice}
    by_name = {case.name: case for case in task.cases}
    assert {name: check.printed for name, check in shown.items()} == {
        name: "" if check.case_hidden else f"{by_name[check.case].args[0].tolist()}\n"  # type: ignore[attr-defined]
        for name, check in shown.items()
    }
    assert any(check.printed for check in shown.values())
    assert exercise.stdout == "imported\n"
    assert exercise.warnings == ["RuntimeWarning on line 5: invalid value encountered in log"]


def test_a_line_that_the_file_does_not_have_is_not_told(sandbox: Sandbox, task: Task) -> None:
    code = "exec(compile('\\n' * 4710 + 'raise ValueError', __file__, 'exec'), {})"
    exercise = one(sandbox, task, f"def twice(Z):\n    {code}\n")
    assert exercise.error is not None
    assert (exercise.error.message, exercise.error.line) == ("ValueError.", None)


@contextmanager
def begun(sandbox: Sandbox, task: Task, submission: Submission) -> Iterator[tuple[SubmissionRun, list[str]]]:
    """Return a submission on its way, and the exercises for which its worker was asked."""
    asked: list[str] = []
    with sandbox.open(submission.files) as session, sandbox.open(submission.files) as hidden:
        yield SubmissionRun(submission, session, hidden, [task.slug], begun=asked.append), asked


def test_a_worker_is_asked_once_for_all_checks_until_its_answers_are_dropped(
    sandbox: Sandbox, task: Task
) -> None:
    with begun(sandbox, task, Submission("me", {"twice.py": RIGHT.encode()})) as (run, asked):
        assert [run.judge(task, bound).status for bound in task.checks] == ["passed"] * len(task.checks)
        assert (set(run.asked(task).answers), asked) == ({case.name for case in task.cases}, ["twice"])
        run.forget(task)
        run.asked(task)
    assert asked == ["twice"] * 2


def test_a_file_that_was_left_out_is_a_fault_with_its_reason(sandbox: Sandbox, task: Task) -> None:
    why = "twice.py was left out: it is a link."
    with begun(sandbox, task, Submission("me", {}, unreadable={"twice.py": why})) as (run, _):
        found = run.asked(task)
        assert found.source == NotFound("unreadable", Fault(type="Unreadable", message=why), "twice.py")
        assert {run.judge(task, bound).status for bound in task.checks} == {"skipped"}


def test_where_public_cases_have_used_up_all_tries_no_hidden_one_is_asked(
    sandbox: Sandbox, task: Task
) -> None:
    source = FIRST + "    import os; os._exit(3)"
    with begun(sandbox, task, Submission("me", {"twice.py": source.encode()})) as (run, _):
        answers = run.asked(task).answers
    assert {answers[name].outcome for name in task.secret} == {"not_run"}
    assert "exited" in {answer.outcome for answer in answers.values()}
