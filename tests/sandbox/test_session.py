"""The parent's side with a real worker: what a submission does costs its own case alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import msgspec
import numpy as np
import pytest

from grader.cases.case import Answer, Case
from grader.sandbox import Limits, Sandbox
from grader.worker import frames, wire

FAST = Limits(cpu_s=0.3, wall_factor=50, restarts=2)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(level="limits", limits=FAST) as one:
        yield one


def outcomes(sandbox: Sandbox, source: str, *sizes: int, **limits: float) -> list[tuple[str, str]]:
    cases = [Case(f"case {n}", (np.ones(n),)) for n in sizes]
    with sandbox.open({"s.py": source.encode()}) as session:
        return [(a.outcome, a.detail) for a in session.ask("s.py", "f", cases, limits=limits).answers]


def test_a_call_returns_its_value(sandbox: Sandbox) -> None:
    with sandbox.open({"s.py": b"def f(z):\n    return z + 1"}) as session:
        batch = session.ask("s.py", "f", [Case("one", (np.zeros(2),))])
    (answer,) = batch.answers
    assert (answer.outcome, np.asarray(answer.value).tolist(), batch.load) == ("returned", [1.0, 1.0], None)


def test_a_hang_costs_its_case_and_the_rest_goes_on(sandbox: Sandbox) -> None:
    source = "def f(z):\n    while z.size == 2: pass\n    return z"
    assert outcomes(sandbox, source, 1, 2, 3) == [("returned", ""), ("timed_out", "0.3 s"), ("returned", "")]


def test_sleeping_meets_the_wall_clock(sandbox: Sandbox) -> None:
    source = "import time\ndef f(z):\n    time.sleep(60)"
    assert outcomes(sandbox, source, 1, wall_factor=5) == [("timed_out", "1.5 s of waiting")]


def test_a_call_that_waited_too_long_is_asked_once_more(sandbox: Sandbox) -> None:
    source = (
        f"import time\ndef f(z):\n    time.sleep(max(0, {time.time() + 2.5} - time.time()))\n    return z"
    )
    assert outcomes(sandbox, source, 1, 2, wall_factor=5) == [("returned", ""), ("returned", "")]


def test_import_that_waited_too_long_is_tried_once_more(sandbox: Sandbox) -> None:
    source = f"import time\ntime.sleep(max(0, {time.time() + 2.5} - time.time()))\ndef f(z): return z"
    assert outcomes(sandbox, source, 1, wall_factor=5) == [("returned", "")]


def test_only_the_first_wait_is_tried_again(sandbox: Sandbox) -> None:
    source = "import time\ndef f(z):\n    time.sleep(60)"
    waited = ("timed_out", "0.6 s of waiting")
    assert outcomes(sandbox, source, 1, 2, 3, wall_factor=2) == [waited, waited, ("not_run", "")]


def test_after_two_time_outs_the_rest_is_not_asked(sandbox: Sandbox) -> None:
    found = outcomes(sandbox, "def f(z):\n    while True: pass", 1, 2, 3, 4)
    assert [outcome for outcome, _ in found] == ["timed_out", "timed_out", "not_run", "not_run"]


def test_three_thousand_cases_are_one_batch(sandbox: Sandbox) -> None:
    assert outcomes(sandbox, "def f(z): return z", *[1] * 3000) == [("returned", "")] * 3000


def test_a_crash_costs_its_case(sandbox: Sandbox) -> None:
    source = "import os\ndef f(z):\n    if z.size == 1: os.kill(os.getpid(), 11)\n    return z"
    assert outcomes(sandbox, source, 1, 2) == [
        ("crashed", "signal 11, a segmentation fault"),
        ("returned", ""),
    ]


def test_an_unnamed_signal_is_told_by_number(sandbox: Sandbox) -> None:
    assert outcomes(sandbox, "import os\ndef f(z):\n    os.kill(os.getpid(), 9)", 1) == [
        ("crashed", "signal 9")
    ]


def test_ending_the_process_is_told_by_exit_code(sandbox: Sandbox) -> None:
    assert outcomes(sandbox, "import os\ndef f(z):\n    os._exit(3)", 1) == [("exited", "exit code 3")]


def test_using_up_the_whole_cpu_time_is_a_timeout(sandbox: Sandbox) -> None:
    source = "import os, signal\ndef f(z):\n    os.kill(os.getpid(), signal.SIGXCPU)"
    assert outcomes(sandbox, source, 1) == [("timed_out", "the submission's whole CPU time")]


def test_after_too_many_restarts_the_rest_is_not_run(sandbox: Sandbox) -> None:
    found = outcomes(sandbox, "import os\ndef f(z):\n    os._exit(1)", 1, 2, 3, 4, 5)
    assert [outcome for outcome, _ in found] == ["exited"] * 3 + ["not_run"] * 2


def test_a_hang_on_import_gives_no_answers(sandbox: Sandbox) -> None:
    with sandbox.open({"s.py": b"while True: pass\ndef f(z): return z"}) as session:
        batch = session.ask("s.py", "f", [Case("one", (1,)), Case("two", (2,))])
    assert batch.answers == (Answer("not_run"),) * 2
    assert batch.load == Answer("timed_out", detail="0.3 s")


def test_memory_beyond_the_limit_is_an_exception() -> None:
    with Sandbox(level="limits", limits=Limits(memory_mb=200)) as sandbox:
        source = b"import numpy as np\ndef f(z):\n    return np.ones(10**9)"
        with sandbox.open({"s.py": source}) as session:
            (answer,) = session.ask("s.py", "f", [Case("one", (1,))]).answers
    assert answer.raised is not None
    assert "MemoryError" in answer.raised.names


def test_no_file_can_be_written(sandbox: Sandbox) -> None:
    source = (
        b"import tempfile\ndef f(z):\n    with tempfile.TemporaryFile() as t:\n        t.write(b'x' * 10)"
    )
    with sandbox.open({"s.py": source}) as session:
        (answer,) = session.ask("s.py", "f", [Case("one", (1,))]).answers
    assert answer.outcome != "returned"


def test_the_next_submission_sees_a_clean_world(sandbox: Sandbox) -> None:
    spoil = b"import numpy as np, builtins\nnp.exp = None\nbuiltins.sum = None\ndef f(z): return 1"
    clean = b"import numpy as np\ndef f(z):\n    return float(np.exp(0.0)) + sum([1])"
    for source, value in ((spoil, 1), (clean, 2.0)):
        with sandbox.open({"s.py": source}) as session:
            (answer,) = session.ask("s.py", "f", [Case("one", (0,))]).answers
        assert answer.value == value


def said(nonce: int, claim: object) -> bytes:
    """Return a frame with anything in place of a claim."""
    return frames.pack(nonce, msgspec.msgpack.encode(claim), [])


def _with_values(value: object) -> list[object]:
    return ["returned", "", [], [], "", None, "", "", wire.encode(value)[0]]


@pytest.mark.parametrize(
    ("reply", "detail"),
    [
        (said(1, ["returned"]), "the worker sent an answer to another question"),
        (said(0, 5), "the worker sent an answer that is not of the expected form"),
        (said(0, ["maybe"]), "the worker sent an answer that is not of the expected form"),
        (said(0, ["returned", 5]), "the worker sent an answer that is not of the expected form"),
        (said(0, ["returned", "", [1]]), "the worker sent an answer that is not of the expected form"),
        (said(0, ["loaded"]), "the worker sent no answer to what was asked"),
        (said(0, ["returned"]), "the worker sent a header that is not msgpack of the expected form"),
        (said(0, _with_values(3)), "the worker sent values that are not of the expected form"),
        (said(0, _with_values((1, {}, 2, 3))), "the worker sent values that are not of the expected form"),
    ],
)
def test_a_child_that_writes_its_own_frames_breaks_the_protocol(
    sandbox: Sandbox, reply: bytes, detail: str
) -> None:
    source = f"""
import inspect, struct
def f(z):
    frame = inspect.currentframe()
    while 'nonce' not in frame.f_locals: frame = frame.f_back
    nonce = frame.f_locals['nonce']
    data = {reply!r}
    good = struct.unpack('<Q', data[:8])[0] == 0
    frame.f_locals['send']((struct.pack('<Q', nonce) if good else data[:8]) + data[8:])
    while True: pass
"""
    assert outcomes(sandbox, source, 1) == [("crashed", detail)]


def test_an_answer_too_large_is_named_as_such(sandbox: Sandbox) -> None:
    source = b"import numpy as np\ndef f(z):\n    return list(range(20000))"
    with sandbox.open({"s.py": source}) as session:
        (answer,) = session.ask("s.py", "f", [Case("one", (1,))]).answers
    large = wire.Opaque("list with more than 10,000 parts, too much to be compared")
    assert answer == Answer("returned", value=large, value_after=large, args_after=(1,), cpu_s=answer.cpu_s)


def test_output_at_its_limit_hides_no_value_whatever_its_script(sandbox: Sandbox) -> None:
    source = "def f(z):\n    print('\U0001f600' * 10**5)\n    return z".encode()
    with sandbox.open({"s.py": source}) as session:
        (answer,) = session.ask("s.py", "f", [Case("one", (1,))]).answers
    assert (answer.value, answer.stdout) == (1, "\U0001f600" * 64 * 1024)


def test_no_child_outlives_its_session(sandbox: Sandbox) -> None:
    with sandbox.open({"s.py": b"import os\ndef f(z): return os.getpid()"}) as session:
        (answer,) = session.ask("s.py", "f", [Case("one", (1,))]).answers
    assert isinstance(answer.value, int)
    with pytest.raises(ProcessLookupError):
        os.kill(answer.value, 0)


def test_a_submission_that_hangs_up_gets_the_grader_no_traceback(sandbox: Sandbox) -> None:
    source = b"def f(z):\n    return z"
    with sandbox.open({"s.py": source}) as session:
        session.ask("s.py", "f", [])
        assert session.close(settle_s=0.0) == -9


def test_an_exercise_gets_the_limits_it_asks_for(sandbox: Sandbox) -> None:
    source = b"def f(z):\n    print('x' * 5000)\n    return 1"
    with sandbox.open({"s.py": source}) as session:
        lengths = [
            len(session.ask("s.py", "f", [Case("one", (1,))], limits=limits).answers[0].stdout)
            for limits in (None, {"output_kb": 1}, None)
        ]
    assert lengths == [5001, 1024, 5001]
