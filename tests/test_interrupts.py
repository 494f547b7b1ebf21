"""Ctrl-C and SIGTERM are kept until they are asked for and never lost; what is ignored stays ignored."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator

import pytest

from grader.interrupts import Interrupts, Terminated, exit_code, sigterm_raises

NUMBERS = {signal.SIGINT: KeyboardInterrupt, signal.SIGTERM: Terminated}
each = pytest.mark.parametrize("number", NUMBERS)


@pytest.fixture(autouse=True)
def as_a_command_has_it() -> Iterator[None]:
    with sigterm_raises():
        yield
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@each
def test_a_signal_is_kept_until_it_is_asked_for(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with Interrupts() as interrupts:
        interrupts.heed()
        signal.raise_signal(number)
        with pytest.raises(KeyboardInterrupt) as raised:
            interrupts.heed()
    assert (raised.type, signal.getsignal(number)) == (NUMBERS[number], before)


@each
def test_a_signal_that_nobody_asks_for_ends_the_run_with_the_block(number: signal.Signals) -> None:
    with pytest.raises(NUMBERS[number]), Interrupts():
        signal.raise_signal(number)


@each
def test_whoever_waits_is_told_at_once(number: signal.Signals) -> None:
    told: list[str] = []
    with Interrupts(tell=lambda: told.append("now")) as interrupts:
        signal.raise_signal(number)
        assert told == ["now"]
        with pytest.raises(NUMBERS[number]):
            interrupts.heed()


@each
def test_a_signal_that_is_ignored_stays_ignored(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with sigterm_raises(), Interrupts() as interrupts:
            signal.raise_signal(number)
            interrupts.heed()
            assert signal.getsignal(number) is signal.SIG_IGN
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)


def test_a_second_sigterm_does_not_stop_the_end() -> None:
    with pytest.raises(Terminated):
        signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGTERM)


@each
def test_a_signal_that_a_finalizer_swallows_is_raised_again(
    number: signal.Signals, capfd: pytest.CaptureFixture[str]
) -> None:
    class Late:
        def __del__(self) -> None:
            signal.raise_signal(number)

    def wait() -> None:
        late = Late()
        del late
        time.sleep(500)  # one long wait: it too must end

    with pytest.raises(NUMBERS[number]) as raised:
        wait()
    assert (raised.type, capfd.readouterr().err) == (NUMBERS[number], "")


def test_another_exception_in_a_finalizer_is_printed_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty:
        def __del__(self) -> None:
            raise ValueError("of its own")

    told: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: told.append(str(unraisable.exc_value)))
    with sigterm_raises():
        Faulty()
    assert told == ["of its own"]


def test_exit_codes_are_those_of_a_shell() -> None:
    assert (exit_code(KeyboardInterrupt()), exit_code(Terminated())) == (130, 143)
