"""The command that shows the levels and limits of the sandbox."""

from __future__ import annotations

from grader.cli import SYSTEMS, app, console
from grader.cli.options import LimitOption


@app.command(rich_help_panel=SYSTEMS)
def sandbox(limit: LimitOption = None) -> None:
    """Show the sandbox levels this machine can have, why not the others, and the limits.

    Example: grader sandbox --limit cpu_s=5
    """
    from rich.table import Table
    from rich.text import Text

    from grader.sandbox import Limits
    from grader.sandbox.layers import STRONG, WHAT
    from grader.sandbox.levels import survey

    limits = Limits().overruled(limit or ())
    lacking = survey()
    levels = Table("level", "made of", "here")
    for level, what in WHAT.items():
        levels.add_row(level, what, Text(lacking[level] or "yes"))  # `[grade]` is no markup
    console.out.print(levels)
    best = next((level for level in STRONG if not lacking[level]), "")
    console.line(f"`grader grade` chooses {best}." if best else "`grader grade` finds none of A, B and C.")
    console.line("A class of strangers needs Linux: level none grades one submission, your own.")
    table = Table("limit", "value", "of what")
    for name, value, what in limits.rows():
        table.add_row(name, f"{value:g}", what)
    console.out.print(table)
