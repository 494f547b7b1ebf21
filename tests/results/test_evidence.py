"""Evidence survives JSON whole, and a stage of telling is one of four."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from support import samples

from grader.results.evidence import Repair

REPAIR = samples.repaired(samples.softmax()).repair


def test_a_repair_comes_back_from_json_whole() -> None:
    assert msgspec.json.decode(msgspec.json.encode(REPAIR), type=Repair) == REPAIR


def test_an_unknown_stage_is_refused() -> None:
    data = msgspec.json.encode(replace(REPAIR, told="all"))
    with pytest.raises(msgspec.ValidationError, match="told"):
        msgspec.json.decode(data, type=Repair)
