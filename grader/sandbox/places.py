"""What a worker may read: the interpreter, numpy, SciPy and their libraries, found on this machine."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import grader

ROOT = Path(grader.__file__).resolve().parent
_NEVER = ("site-packages", "dist-packages")
"""Folders of installed packages: the grader may be among them, and so may anything."""
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
"""Environment in which BLAS keeps to the one core that a process of ours has."""
_INSTRUCTIONS = ("NPY_DISABLE_CPU_FEATURES", "NPY_ENABLE_CPU_FEATURES", "OPENBLAS_CORETYPE")
"""Switches by which NumPy and OpenBLAS choose instructions: the worker computes as the grader was told to."""


def interpreter() -> Path:
    """Return the interpreter's own file, past the links of a virtual environment."""
    return Path(sys.executable).resolve()


def boot(module: str, call: str) -> list[str]:
    """Return the interpreter's options: no environment, no start-up files, of `grader` the worker alone."""
    code = _BOOT.format(module=module, call=call)
    return ["-I", "-S", "-B", "-c", code, str(ROOT), *_search_path()]


def _search_path() -> list[str]:
    folders = (folder.parent for folder in (*packages(), _package("msgspec")))
    return list(dict.fromkeys(str(folder) for folder in folders))


def environment(*kept: str) -> dict[str, str]:
    """Return the worker's environment: one thread for BLAS, UTF-8, and of ours what is named in `kept`."""
    ours = {name: os.environ[name] for name in (*kept, *_INSTRUCTIONS) if name in os.environ}
    return ours | ONE_THREAD | {"LANG": "C.UTF-8"}


def own() -> list[Path]:
    """Return what the warm process needs of ours, and no submission may read."""
    return [ROOT / "worker", ROOT / "errors.py", _package("msgspec")]


def readable() -> list[Path]:
    """Return all that a submission may read, in parts that hold neither installed packages nor the grader."""
    found = [interpreter(), *_without(Path(os.__file__).resolve().parent), *packages(), *_libraries()]
    return [path for path in dict.fromkeys(found) if path.exists()]


def packages() -> list[Path]:
    """Return the folders of numpy, of SciPy if there is one, and of the libraries they bring."""
    folders = [_package("numpy")]
    if importlib.util.find_spec("scipy"):
        folders.append(_package("scipy"))
    libraries = [folder.with_name(f"{folder.name}.libs") for folder in folders]
    return [*folders, *(folder for folder in libraries if folder.is_dir())]


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).resolve().parent


def _without(folder: Path) -> Iterator[Path]:
    """Yield `folder`, or its parts but those that are never to be read."""
    if not any((folder / name).exists() for name in _NEVER) and not ROOT.is_relative_to(folder):
        yield folder
        return
    for part in sorted(folder.iterdir()):
        if part.name not in _NEVER and part != ROOT:
            yield from _without(part) if part.is_dir() else (part,)


def _libraries() -> Iterator[Path]:
    """Yield the folder of the C library, the loader's index, and the interpreter's own library."""
    mapped = sorted(set(_mapped(Path("/proc/self/maps").read_text().splitlines())))
    home = {path.parent for path in mapped if path.name.startswith(("libc.so", "libc-", "ld-musl"))}
    for folder in sorted(home):
        yield from _without(folder)
    yield Path("/etc/ld.so.cache")
    yield from (path for path in mapped if path.parent not in home and "python" in path.name)


def _mapped(lines: Iterable[str]) -> Iterator[Path]:
    for line in lines:
        name = line.partition("/")[2]
        if ".so" in name:
            yield Path(f"/{name}")


def loaders() -> list[Path]:
    """Return the program loaders by the path that executables name."""
    return [path for pattern in ("lib*/ld-linux*", "lib/ld-musl*") for path in Path("/").glob(pattern)]
