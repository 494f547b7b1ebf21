"""A Ctrl-C is kept until it is asked for, and never lost."""

from __future__ import annotations

import signal

import pytest

from grader.executors.ctrl_c import CtrlC


def test_a_ctrl_c_is_kept_until_it_is_asked_for() -> None:
    with CtrlC() as ctrl_c:
        ctrl_c.heed()
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            ctrl_c.heed()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_ctrl_c_that_nobody_asks_for_ends_the_run_with_the_block() -> None:
    with pytest.raises(KeyboardInterrupt), CtrlC():
        signal.raise_signal(signal.SIGINT)


def test_whoever_ignores_ctrl_c_keeps_doing_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with CtrlC():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
