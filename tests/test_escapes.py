"""What hostile submissions try comes to nothing at levels A and C; `make soak` has the other levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from attacks import Attack, honest, outcome
from attacks.book import ATTACKS, place

from grader.sandbox import Limits, Sandbox
from grader.sandbox.levels import survey

LACKING = survey()


CLAIMED = [
    pytest.param(level, attack, id=f"{level}-{attack.name}")
    for level in ("A", "C")
    for attack in ATTACKS
    if level in attack.levels
]


@pytest.fixture(scope="module")
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    if LACKING[request.param]:
        pytest.skip(f"level {request.param}: {LACKING[request.param]}")
    with Sandbox(level=request.param, limits=Limits()) as one:
        yield one


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return place(tmp_path_factory.mktemp("place"))


@pytest.mark.parametrize(("sandbox", "attack"), CLAIMED, indirect=["sandbox"])
def test_attack(sandbox: Sandbox, attack: Attack, facts: Mapping[str, str]) -> None:
    if not attack.runs_here:
        pytest.skip(f"written for {attack.machine}")
    assert outcome(attack, sandbox, facts) in attack.held
    assert honest(sandbox) == 4.0


def test_no_two_attacks_share_a_name() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 90
