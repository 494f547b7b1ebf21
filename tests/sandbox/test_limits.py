"""A run overrules an exercise, an exercise the table; what sets no limit is refused."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.sandbox import Limits


def test_a_setting_overrules_an_exercise_and_an_exercise_the_table() -> None:
    run = Limits().overruled(["cpu_s=5", "open_files=9"])
    assert (run.cpu_s, run.open_files, run.wall_s, run.digest) == (5.0, 9, 25.0, "cpu_s=5 open_files=9")
    asked = run.asked({"cpu_s": 20, "memory_mb": 99})
    assert (asked.cpu_s, asked.memory_mb, Limits().digest) == (5.0, 99, "")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("cpu_s", "“cpu_s” sets no limit; expected a form such as cpu_s=5."),
        ("cpu_s=fast", "“cpu_s=fast” sets no limit; expected a form such as cpu_s=5."),
        ("cpu_s=-1", "The limit cpu_s cannot be -1."),
        ("cpu_s=nan", "The limit cpu_s cannot be nan."),
        (
            "speed=1",
            "There is no limit speed; there are cpu_s, wall_factor, asleep_s, total_asleep_s, total_cpu_s,"
            " memory_mb, output_kb, answer_mb, file_bytes, open_files, processes, restarts,"
            " timeouts.",
        ),
    ],
)
def test_a_setting_that_means_nothing_is_refused(setting: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Limits().overruled([setting])
    assert str(caught.value) == message


def test_what_an_exercise_asks_for_has_types_and_units_of_the_table() -> None:
    asked = Limits().asked({"memory_mb": 99.0, "output_kb": 2, "answer_mb": 3, "cpu_s": 1, "wall_factor": 4})
    assert (type(asked.memory_mb), asked.memory_mb) == (int, 99)
    assert (asked.output_chars, asked.answer_bytes, asked.wall_s) == (2048, 3 * 2**20, 4.0)
