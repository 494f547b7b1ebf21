"""What hostile submissions try comes to nothing at levels A and C; `make soak` has the other levels."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

import pytest
from support.walls import LACKING

from attacks import Attack, honest, outcome
from attacks.book import ATTACKS, place
from grader.sandbox import Limits, Sandbox

CLAIMED = [
    pytest.param(level, attack, id=f"{level}-{attack.name}")
    for level in ("A", "C")
    for attack in ATTACKS
    if level in attack.levels
]


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[Callable[[str], Sandbox]]:
    """Return the one sandbox of each level: what an attack leaves behind meets all that come later."""
    with ExitStack() as stack:
        yield functools.cache(lambda level: stack.enter_context(Sandbox(level=level, limits=Limits())))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return place(tmp_path_factory.mktemp("place"))


@pytest.mark.parametrize(("level", "attack"), CLAIMED)
def test_attack(
    sandboxes: Callable[[str], Sandbox], level: str, attack: Attack, facts: Mapping[str, str]
) -> None:
    if LACKING[level]:
        pytest.skip(f"level {level}: {LACKING[level]}")
    if not attack.runs_here:
        pytest.skip(f"written for {attack.machine}")
    sandbox = sandboxes(level)
    assert outcome(attack, sandbox, facts) in attack.held
    assert honest(sandbox) == 4.0


def test_no_two_attacks_share_a_name() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 90
