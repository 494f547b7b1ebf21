"""Notebooks for tests: cells run as a kernel runs them, and a kernel of its own."""

from __future__ import annotations

import linecache
from typing import Any

EXECUTE = """
import sys
import nbclient, nbformat
nb = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(nb, timeout=300, kernel_name="python3", allow_errors=True).execute()
nbformat.write(nb, sys.argv[1])
"""
"""A program that runs the notebook it is given and writes the outputs into it."""


def cell(text: str, names: dict[str, Any] | None = None) -> dict[str, Any]:
    """Run a cell as a notebook does and return its namespace."""
    names = {"__name__": "__main__"} if names is None else names
    file = f"<cell {len(linecache.cache)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), names)
    return names


def shown(output: dict[str, Any]) -> str:
    """Return an output as its plain text."""
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    return output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"]
