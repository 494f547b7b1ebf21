"""The student's files as modules in memory: nothing is written, the entry file's own folder comes first."""

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
"""Prefix of the file names in tracebacks: how the student's own frames are told from others."""


class Sources(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules among the submitted files."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.folder = ""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where a module stands among the files: `name.py` or `name/__init__.py`."""
        stem = self.folder + fullname.replace(".", "/")
        for found, package in ((f"{stem}.py", False), (f"{stem}/__init__.py", True)):
            if found in self.files:
                return importlib.machinery.ModuleSpec(
                    fullname, self, origin=SUBMISSION + found, is_package=package
                )
        if any(name.startswith(f"{stem}/") for name in self.files):
            return importlib.machinery.ModuleSpec(fullname, self, origin=None, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Leave the making of the module to Python."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the file in the module's namespace."""
        origin = module.__spec__.origin if module.__spec__ else None
        if origin:
            exec(compile(self.files[origin.removeprefix(SUBMISSION)], origin, "exec"), module.__dict__)

    def run(self, file: str) -> dict[str, Any]:
        """Return the namespace of `file` after it ran."""
        parent = str(PurePosixPath(file).parent)
        self.folder = "" if parent == "." else f"{parent}/"
        module = types.ModuleType(PurePosixPath(file).stem)
        module.__file__ = SUBMISSION + file
        sys.modules[module.__name__] = module
        if file.lower().endswith(".ipynb"):
            _run_cells(self.files[file], SUBMISSION + file, module.__dict__)
        else:
            exec(compile(self.files[file], SUBMISSION + file, "exec"), module.__dict__)
        return module.__dict__


def _run_cells(source: bytes, name: str, namespace: dict[str, Any]) -> None:
    """Run a notebook's code by statement; one that raises is told in the output and hides no other.

    A definition that raises, as by a decorator, leaves no earlier one of its name: the checks of the source
    read the last.
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
    def __call__(self, *_: object, **__: object) -> _Anything:
        return self

    def __getattr__(self, name: str) -> _Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: object) -> _Anything:
        return self

    def __iter__(self) -> Any:
        # `fig, ax = plt.subplots()` is by far the commonest unpacking.
        return iter((self, self))


class Plots(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives `Inert` for matplotlib and all below it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for matplotlib alone."""
        if fullname.partition(".")[0] != "matplotlib":
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return the stub."""
        return Inert(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run nothing."""


def install(files: Mapping[str, bytes]) -> Sources:
    """Put the submission before all else on the import path, and the plotting stub with it."""
    sources = Sources(files)
    sys.meta_path[:0] = [sources, Plots()]
    return sources
