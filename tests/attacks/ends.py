"""Submissions that end, crash or hang."""

from __future__ import annotations

from attacks import EVERYWHERE, TIMED, WAITS, Attack, denied


def _once(name: str, act: str, *held: str, setup: str = "", limits: object = None) -> Attack:
    """Return an attack on the first of two cases: the second is answered whatever became of the first."""
    source = f"{setup}\ndef f(z):\n    if z == 1:\n        {act}\n    return z\n"
    outcomes = tuple(f"{outcome} | returned 2" for outcome in held)
    return Attack(name, source, outcomes, EVERYWHERE, (1, 2), limits=limits or {})  # type: ignore[arg-type]


def _at_import(name: str, source: str, *held: str) -> Attack:
    return Attack(name, f"{source}\ndef f(z): return z\n", tuple(f"load {h}" for h in held), EVERYWHERE)


def _sleeps(name: str, source: str, calls: int = 8) -> Attack:
    """Return an attack by calls that all sleep: sooner or later none is made any more."""
    outcomes = [["returned 1"] * n + ["timed_out"] * (calls - n) for n in range(calls)]
    held = tuple(" | ".join(one) for one in outcomes)
    limits = {"cpu_s": 5, "asleep_s": 0.5}
    return Attack(name, source, held, TIMED, (1,) * calls, limits=limits)


_STR = "class E(Exception):\n    def __str__(self): {}\n"

ATTACKS = (
    _once("exit_in_a_call_costs_its_case", "import sys; sys.exit(0)", "exited"),
    _once("quit_in_a_call_costs_its_case", "quit()", "exited"),
    _once("hard_exit_in_a_call_costs_its_case", "import os; os._exit(0)", "exited"),
    _once("segmentation_fault_costs_its_case", "import ctypes; ctypes.string_at(0)", "crashed", "raised OSError"),
    _once("abort_costs_its_case", "import os; os.abort()", "crashed", "exited"),
    _once("endless_recursion_becomes_an_exception", "return f(z)", "raised RecursionError"),
    _once(
        "overflow_of_the_c_stack_costs_its_case",
        "import sys; sys.setrecursionlimit(10**8)\n        for _ in range(100000): z = [z]\n        repr(z)",
        "crashed", "raised RecursionError", "exited", "timed_out",
    ),
    _once("infinite_loop_becomes_timed_out", "while True: pass", "timed_out"),
    _once("infinite_loop_in_c_becomes_timed_out", "sum(iter(int, 1))", "timed_out"),
    _once("giant_power_becomes_timed_out", "9**9**9", "timed_out", "raised MemoryError"),
    _once("catastrophic_pattern_becomes_timed_out",
          "import re; re.match('(a+)+$', 'a' * 60 + 'b')", "timed_out"),
    _once("loop_that_swallows_every_exception_becomes_timed_out",
          "while True:\n            try: raise SystemExit\n            except BaseException: pass", "timed_out"),
    _once("loop_that_ignores_signals_becomes_timed_out",
          "[signal.signal(s, signal.SIG_IGN) for s in (2, 15)]\n        while True: pass", "timed_out",
          setup="import signal"),
    _once("sleep_becomes_timed_out", "import time; time.sleep(99)", "timed_out", limits=WAITS),
    _sleeps("sleep_in_every_call_ends_with_the_time_asleep",
            "import time\ndef f(z):\n    time.sleep(0.2)\n    return z"),
    _sleeps("many_short_sleeps_end_with_the_time_asleep",
            "import time\ndef f(z):\n    for _ in range(200): time.sleep(0.001)\n    return z"),
    _sleeps("sleep_between_work_ends_with_the_time_asleep",
            "import time\ndef f(z):\n    for _ in range(9): time.sleep(0.03); sum(range(10**4))\n    return z"),
    _once("waiting_for_nothing_becomes_timed_out", "import select; select.select([], [], [], 99)",
          "timed_out", "raised OSError", limits=WAITS),
    _once("exit_handlers_that_hang_do_not_run", "import atexit, sys; atexit.register(input); sys.exit()", "exited"),
    _once("exception_whose_text_raises_keeps_its_verdict", "raise E", "raised E", setup=_STR.format("raise E")),
    _once("exception_whose_text_exits_keeps_its_verdict", "raise E", "raised E", setup=_STR.format("quit()")),
    _once("exception_whose_text_is_no_text_keeps_its_verdict", "raise E", "raised E", setup=_STR.format("return 3")),
    _once("exception_with_ten_megabytes_of_text_keeps_its_verdict", "raise ValueError('x' * 10**7)",
          "raised ValueError"),
    _once("exception_with_a_hostile_metaclass_keeps_its_verdict", "raise E", "raised E",
          setup="class M(type):\n    def __getattribute__(c, n): quit()\n"
                "class E(Exception, metaclass=M): pass"),
    _once("keyboard_interrupt_is_an_exception_like_any", "raise KeyboardInterrupt", "raised KeyboardInterrupt"),
    _once("generator_exit_is_an_exception_like_any", "raise GeneratorExit", "raised GeneratorExit"),
    _at_import("exit_at_import_gives_no_answers", "import sys; sys.exit(0)", "exited"),
    _at_import("hard_exit_at_import_gives_no_answers", "import os; os._exit(0)", "exited"),
    _at_import("crash_at_import_gives_no_answers", "import ctypes; ctypes.string_at(0)", "crashed", "raised OSError"),
    _at_import("loop_at_import_gives_no_answers", "while True: pass", "timed_out"),
    _at_import("null_bytes_in_the_source_are_a_syntax_error", "x = '\0'", "raised SyntaxError", "raised ValueError"),
    _at_import("a_source_that_breaks_the_parser_gives_no_answers", "x = " + "(" * 5000, "raised SyntaxError",
               "raised MemoryError", "raised RecursionError", "crashed"),
    denied("stopping_itself_is_denied", "os.kill(os.getpid(), 19)"),
)  # fmt: skip
