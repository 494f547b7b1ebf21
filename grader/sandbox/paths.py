"""Find the files that a worker may read: the interpreter, numpy, SciPy and their libraries."""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader.resources import PACKAGE as ROOT

_NEVER = ("site-packages", "dist-packages")
"""Folders of installed packages, hidden from submissions: the grader itself may be one of the packages."""
# `-S` leaves out the module `site`, and with it `exit` and `quit`, which `site.setquit` defines again.
_BOOT = """
import site, sys, types
sys.path += sys.argv[2:]
site.setquit()
package = types.ModuleType("grader")
package.__path__ = [sys.argv[1]]
sys.modules["grader"] = package
from {module} import main
{call}
"""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Environment in which BLAS uses one thread; a worker may start no others."""
_INSTRUCTIONS = ("NPY_DISABLE_CPU_FEATURES", "NPY_ENABLE_CPU_FEATURES", "OPENBLAS_CORETYPE")
"""Variables, inherited by the worker, that choose the processor instructions of NumPy and OpenBLAS."""
_LIBRARIES = "LD_LIBRARY_PATH"
"""Where an interpreter finds its own library that was moved, or is loaded as a module of a cluster."""


def interpreter() -> Path:
    """Return the interpreter's own file, with the links of a virtual environment resolved."""
    return Path(sys.executable).resolve()


def boot(module: str, call: str) -> list[str]:
    """Return the interpreter's options that run `call` with no environment and no start-up files.

    A bare package object stands for `grader`, so that importing `grader.worker` does not run
    `grader/__init__.py`.
    """
    code = _BOOT.format(module=module, call=call)
    return ["-I", "-S", "-B", "-c", code, str(ROOT), *_search_path()]


def _search_path() -> list[str]:
    folders = (folder.parent for folder in (*packages(), _package("msgspec")))
    return list(dict.fromkeys(str(folder) for folder in folders))


def environment(*kept: str) -> dict[str, str]:
    """Return the worker's environment: one thread for BLAS, UTF-8, and our own variables named in `kept`."""
    ours = {name: os.environ[name] for name in (*kept, *_INSTRUCTIONS) if name in os.environ}
    # An empty or relative folder would be one of the submission.
    folders = [one for one in os.environ.get(_LIBRARIES, "").split(":") if Path(one).is_absolute()]
    if folders:
        ours[_LIBRARIES] = ":".join(folders)
    return ours | ONE_THREAD | {"LANG": "C.UTF-8"}


def own() -> list[Path]:
    """Return the grader's files that the warm process needs; no submission may read them."""
    return [ROOT / "worker", ROOT / "errors.py", _package("msgspec")]


def readable() -> list[Path]:
    """Return the files and folders that a submission may read.

    Of a folder that holds hidden ones, such as the standard library with its `site-packages`, the visible
    parts are listed one by one: Landlock can only allow, and what it allows includes all folders below.
    """
    hidden = _hidden()
    parts = (part for folder in _folders() for part in _without(folder, hidden))
    return list(dict.fromkeys([*_files(), *parts, *packages()]))


def wholes() -> tuple[list[Path], list[Path]]:
    """Return whole folders that contain `readable` without the packages, and what to hide inside them.

    bubblewrap needs a millisecond for each path. The standard library alone has 200 parts, so binding one
    folder and hiding a part of it halves the start of a sandbox.
    """
    folders = _folders()
    inside = (path for path in _hidden() if any(path.is_relative_to(folder) for folder in folders))
    return [*folders, *_files()], list(inside)


def packages() -> list[Path]:
    """Return the folders of numpy, of SciPy if it is installed, and of their bundled libraries."""
    folders = [_package("numpy")]
    if importlib.util.find_spec("scipy"):
        folders.append(_package("scipy"))
    # A wheel keeps its shared libraries, such as OpenBLAS, in `numpy.libs` beside `numpy`.
    libraries = [folder.with_name(f"{folder.name}.libs") for folder in folders]
    return [*folders, *(folder for folder in libraries if folder.is_dir())]


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).resolve().parent


def _without(path: Path, hidden: Sequence[Path]) -> Iterator[Path]:
    """Yield `path` if it contains nothing hidden, else its visible parts."""
    above = {parent for one in hidden for parent in one.parents}
    waiting = [path]
    while waiting:
        path = waiting.pop()
        if path in above:
            waiting += sorted(path.iterdir(), reverse=True)
        elif path not in hidden:
            yield path


def _hidden() -> list[Path]:
    """Return the folders of installed packages directly inside library folders, and the grader's folder."""
    inside = (folder / name for folder in _folders() for name in _NEVER)
    return [*(path for path in inside if path.is_dir()), ROOT]


@functools.cache
def _folders() -> tuple[Path, ...]:
    """Return the folders of the standard library and of the C library."""
    c = (path.parent for path in _libraries() if path.name.startswith(("libc.so", "libc-", "ld-musl")))
    return tuple(dict.fromkeys([Path(os.__file__).resolve().parent, *c]))


@functools.cache
def _files() -> tuple[Path, ...]:
    """Return the interpreter, its own library, and the loader's index."""
    own = (path for path in _libraries() if path.name.startswith("libpython"))
    elsewhere = (path for path in own if not any(path.is_relative_to(folder) for folder in _folders()))
    return tuple(path for path in (interpreter(), *elsewhere, Path("/etc/ld.so.cache")) if path.exists())


def _libraries() -> list[Path]:
    """Return the shared libraries that this process has loaded."""
    return _mapped(Path("/proc/self/maps").read_text().splitlines())


def _mapped(lines: Iterable[str]) -> list[Path]:
    names = {line.partition("/")[2] for line in lines}
    return [Path(f"/{name}") for name in sorted(names) if ".so" in name]


def loaders() -> list[Path]:
    """Return the program loaders under the paths by which executables name them."""
    return [path for pattern in ("lib*/ld-linux*", "lib/ld-musl*") for path in Path("/").glob(pattern)]
