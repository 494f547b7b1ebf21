"""The one table of limits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    cpu_s: float = 2.0
    """CPU time of one call, or of importing one file."""
    wall_factor: float = 5.0
    """Backstop: wall time of one call, as a multiple of `cpu_s`."""
    total_cpu_s: int = 120
    """CPU time of one child, the kernel's second backstop."""
    memory_mb: int = 1024
    """Address space beyond the interpreter's own."""
    file_bytes: int = 0
    """Size of any file it writes."""
    open_files: int = 64
    restarts: int = 3
    """New children for one exercise after a crash or a hang."""
