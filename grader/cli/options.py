"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CourseOption = Annotated[
    Path | None,
    typer.Option("--course", help="The course's folder.", envvar="GRADER_COURSE", show_default=False),
]
LessonOption = Annotated[
    str, typer.Option("--lesson", help="One lesson, such as activations, 03 or 03_activations.")
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", help="A limit such as cpu_s=5, see `grader sandbox`; may be repeated."),
]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write the result as JSON to this file.")]
BookOption = Annotated[
    str, typer.Option("--gradebook", help="A database instead of the one in OUT.", envvar="GRADER_GRADEBOOK")
]
JobsOption = Annotated[
    int, typer.Option("--jobs", help="Processes; 0 for one a core.", min=0, show_default=False)
]
