"""What walls this machine can have, asked once a process: each level is tried by starting a worker."""

from __future__ import annotations

from grader.sandbox.layers import STRONG
from grader.sandbox.levels import survey

LACKING = survey()
BEST = next((level for level in STRONG if not LACKING[level]), "")
"""The strongest level that works here; empty if none does."""
