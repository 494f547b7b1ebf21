"""Import the student's files from memory; nothing is written. Imports start in the entry file's folder."""

from __future__ import annotations

import ast
import codeop
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

SUBMISSION = "<submission>/"
"""Prefix of the student's file names in tracebacks; it distinguishes their frames from all others."""


class Sources(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules among the submitted files."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.folder = ""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of a module among the files: `name.py`, `name/__init__.py` or a bare folder."""
        stem = self.folder + fullname.replace(".", "/")
        for found, package in ((f"{stem}.py", False), (f"{stem}/__init__.py", True)):
            if found in self.files:
                return importlib.machinery.ModuleSpec(
                    fullname, self, origin=SUBMISSION + found, is_package=package
                )
        # A folder without `__init__.py` is a namespace package, as in Python.
        if any(name.startswith(f"{stem}/") for name in self.files):
            return importlib.machinery.ModuleSpec(fullname, self, origin=None, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Return None, so that Python creates the module."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the file in the module's namespace."""
        origin = module.__spec__.origin if module.__spec__ else None
        if origin:
            exec(compile(self.files[origin.removeprefix(SUBMISSION)], origin, "exec"), module.__dict__)

    def run(self, file: str) -> dict[str, Any]:
        """Return the namespace of `file` after it ran."""
        parent = str(PurePosixPath(file).parent)
        self.folder = "" if parent == "." else f"{parent}/"
        # Under its own name, not `__main__`: what stands under `if __name__ == "__main__":` does not run.
        module = types.ModuleType(PurePosixPath(file).stem)
        module.__file__ = SUBMISSION + file
        sys.modules[module.__name__] = module
        if file.lower().endswith(".ipynb"):
            _run_cells(self.files[file], SUBMISSION + file, module.__dict__)
        else:
            exec(compile(self.files[file], SUBMISSION + file, "exec"), module.__dict__)
        return module.__dict__


def _run_cells(source: bytes, name: str, namespace: dict[str, Any]) -> None:
    """Run a notebook's code statement by statement; one that raises is reported, and the rest still runs.

    A definition can raise, for example in its decorator. An earlier definition of the same name is then
    removed, because checks of the source read the last one.
    """
    compiled = codeop.Compile()  # remembers `from __future__`, as a notebook does
    for statement in ast.parse(source, name).body:
        try:
            exec(compiled(ast.Module([statement], []), name, "exec"), namespace)  # type: ignore[arg-type]  # trees too
        except (Exception, SystemExit) as error:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                namespace.pop(statement.name, None)
            print(f"Line {statement.lineno} of the notebook raised {type(error).__name__}; the rest ran on.")


class Inert(types.ModuleType):
    """A plotting library that accepts every call and draws nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything()


class _Anything:
    """Any object of the library, such as a figure; every call, attribute and item of it is itself."""

    def __call__(self, *_: object, **__: object) -> _Anything:
        return self

    def __getattr__(self, name: str) -> _Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: object) -> _Anything:
        return self

    def __iter__(self) -> Any:
        # Two items for `fig, ax = plt.subplots()`, the most common unpacking by far.
        return iter((self, self))


class Plots(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `Inert` for matplotlib and all its submodules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for matplotlib and its submodules, None for all else."""
        if fullname.partition(".")[0] != "matplotlib":
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return the stub."""
        return Inert(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run nothing."""


def install(files: Mapping[str, bytes]) -> Sources:
    """Put the submission first on the import path, and the plotting stub after it."""
    sources = Sources(files)
    sys.meta_path[:0] = [sources, Plots()]
    return sources
