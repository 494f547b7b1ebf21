"""A submission's code may change this process: what tests run here is put back."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture
def world_as_before() -> Iterator[None]:
    """Put streams, import path, modules and generators back as they were."""
    streams, path, modules = (sys.stdin, sys.stdout, sys.stderr), list(sys.meta_path), set(sys.modules)
    state, numpy_state = random.getstate(), np.random.get_state()
    yield
    sys.stdin, sys.stdout, sys.stderr = streams
    sys.meta_path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]
    random.setstate(state)
    np.random.set_state(numpy_state)
