"""Find the code that a submitted function may run: itself and all that it names, in all files.

`from helpers import m` and `def f(z): return m(z)` lead to `m` in helpers.py, and from there to `numpy.mean`.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Final

from grader.submissions.bindings import STAR
from grader.submissions.possible_bindings import Binding
from grader.submissions.scopes import Scope, Scopes, local, nodes, scopes

# Bounds for hostile files. Beyond one of them, the check says that it cannot read the code.
_NODES: Final = 100_000
_BYTES: Final = 1024 * 1024
_STEPS: Final = 20_000
"""Look-ups of names, counted by bindings and files."""
_HOPS: Final = 20
"""Nested look-ups of one name, as in `a = b`, `b = c`, `c = np.mean`."""
_STARS: Final = 20
_MEANINGS: Final = 50
_NAME: Final = 500
"""Longest full name; no function of a library has as many characters."""
_DOTS: Final = 12
"""Most dots of a name; no function of a library has as many."""


class UnclearError(Exception):
    """The code cannot be followed; the text gives the reason."""


@dataclass(frozen=True)
class Module:
    """A module of the submission: `folder/helpers` for `folder/helpers.py`."""

    stem: str


@dataclass(frozen=True)
class Code:
    """Code of the submission that a name is bound to."""

    path: str
    binding: Binding


Meaning = str | Module | Code
"""What a name stands for: a full name outside the submission, such as `numpy.mean`, or a part of it."""
Meanings = tuple[Meaning, ...]


@dataclass(frozen=True)
class Part:
    """One node of the function, or of code that it names."""

    node: ast.AST
    path: str
    means: Meanings = ()
    """The meanings of a name, with or without dots; empty if they are known only when the code runs."""
    is_outside: bool = False
    """Whether a name with dots surely begins with an import or a builtin."""


@dataclass
class ReachableCode:
    """Follows the names of a submission; `files` are those that Python can read, by path."""

    files: Mapping[str, bytes]
    path: str
    """The file that is imported first; its folder is searched for modules."""
    name: str
    _read: dict[str, Scopes] = field(default_factory=dict)
    _known: dict[object, Meanings] = field(default_factory=dict)
    _hops: int = 0
    _steps: int = 0

    @cached_property
    def lines(self) -> list[int]:
        """The lines that may bind the function; more than one if that depends on a branch."""
        return sorted({getattr(one.binding.node, "lineno", 1) for one in self._bound(self.path, self.name)})

    def parts(self) -> Iterator[Part]:
        """Yield every node of the function, of the code that it names, and so on; raises `UnclearError`."""
        waiting, seen, left = deque(self._bound(self.path, self.name)), set[Code](), _NODES
        while waiting:
            code = waiting.popleft()
            if code in seen:
                continue
            seen.add(code)
            if code.binding.imported:
                means = self._binding_meanings(code, self.name)
                yield Part(code.binding.node, code.path, means)
                waiting += [one for one in means if isinstance(one, Code)]
            for node, scope in nodes(code.binding.value) if code.binding.value else ():
                left -= 1
                if left < 0:
                    raise UnclearError("it names more code than this check reads")
                part = self._part(node, code.path, scope)
                yield part
                waiting += [one for one in part.means if isinstance(one, Code) and one not in seen]

    def _part(self, node: ast.AST, path: str, scope: Scope | None) -> Part:
        root, dots = _dotted(node)
        if root is None:
            return Part(node, path)
        direct = self._meanings(root, path, scope)
        if not dots:
            return Part(node, path, direct)
        means = self._attributes(self._meanings(root, path, scope, aliases=True), dots)
        return Part(node, path, means, bool(direct) and not any(isinstance(one, Code) for one in direct))

    def _meanings(self, name: str, path: str, scope: Scope | None, *, aliases: bool = False) -> Meanings:
        """Return the meanings of a name; for a local name only those known without running the code.

        Args:
            aliases: whether to follow `m = np` from `m` to `numpy`.
        """
        key = (name, path, scope, aliases)
        if key not in self._known:
            self._known[key] = ()  # ends the recursion for `a = b` and `b = a`
            self._hop()
            self._known[key] = _bounded(self._look_up(name, path, scope, aliases=aliases))
            self._hops -= 1
        return self._known[key]

    def _look_up(self, name: str, path: str, scope: Scope | None, *, aliases: bool) -> Iterator[Meaning]:
        inner = local(name, scope)
        if inner is not None:
            bindings, where = inner
            self._step(len(bindings))
            only_imports = all(one.imported for one in bindings)
            for binding in bindings:
                if binding.imported and (aliases or only_imports):
                    yield from self._imported(binding.imported, path)
                elif aliases:
                    yield from self._alias(binding.value, path, where)
            if not where.is_class:  # a name in a class body may also be the module's, until it is bound
                return
        for one in self._of_module(path, name):
            yield one
            if aliases and isinstance(one, Code):
                yield from self._alias(one.binding.value, one.path, None)

    def _alias(self, value: ast.AST | None, path: str, scope: Scope | None) -> Iterator[Meaning]:
        """Yield the meanings of a value that is another name, as in `m = np` or `m = np if x else z`."""
        waiting = [value] if value else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.IfExp):
                waiting += [node.body, node.orelse]
            elif isinstance(node, ast.BoolOp):
                waiting += node.values
            elif isinstance(node, ast.NamedExpr):
                waiting.append(node.value)
            else:
                root, dots = _dotted(node)
                if root is not None:
                    yield from self._attributes(self._meanings(root, path, scope, aliases=True), dots)

    def _attributes(self, means: Meanings, dots: Iterable[str]) -> Meanings:
        for dot in dots:
            means = _bounded(inner for one in means for inner in self._attribute(one, dot))
        return means

    def _attribute(self, one: Meaning, name: str) -> Meanings:
        """Return the meanings of `one.name`; for an attribute of a student's class or value, all its code."""
        match one:
            case str():
                return (f"{one}.{name}"[:_NAME],)
            case Module(stem):
                path = next((p for p in (f"{stem}.py", f"{stem}/__init__.py") if p in self.files), "")
                found = self._held(path, name) if path else ()
                if path and not found and self._scopes(path).bindings("__getattr__").bindings:
                    found = self._held(path, "__getattr__")  # Python calls it for names that are not bound
                inner = f"{stem}/{name}".removeprefix("/")
                return (*found, Module(inner)) if inner in self._stems else found
        return (one,)

    def _held(self, path: str, name: str) -> Meanings:
        return tuple(one for one in self._of_module(path, name) if one != name)

    def _of_module(self, path: str, name: str) -> Meanings:
        """Return the meanings of a name after its file has run; if it may be unbound, the name itself, too.

        An unbound name such as `sorted` may be a builtin.
        """
        key = (path, name)
        if key not in self._known:
            self._known[key] = ()  # ends the recursion if two files import each other
            self._hop()
            bound = self._bound(path, name)
            found = _bounded(meaning for one in bound for meaning in self._binding_meanings(one, name))
            self._known[key] = found if self._scopes(path).bindings(name).is_bound else (*found, name)
            self._hops -= 1
        return self._known[key]

    def _bound(self, path: str, name: str) -> list[Code]:
        """Return the bindings of a name that may hold at the end of its file, `from … import *` included."""
        here = self._scopes(path)
        held, stars = here.bindings(name), here.bindings(STAR)
        self._step(1 + len(held.bindings) + len(stars.bindings))
        if held.unclear:
            raise UnclearError(f"{name} is bound in too many places")
        # `from helpers import *` before `def m` binds nothing that stays; after it, it may replace `m`.
        since = max((b.at for b in held.bindings), default=0) if held.is_bound else 0
        later = {b.imported: b for b in stars.bindings if b.at > since}
        if len(later) > _STARS or stars.unclear:
            raise UnclearError(f"{path} imports every name of too many modules")
        its = [
            b
            for b in later.values()
            if not self._is_ours(b, path) or self._binding_meanings(Code(path, b), name)
        ]
        return [Code(path, b) for b in (*held.bindings, *its)]

    def _is_ours(self, star: Binding, path: str) -> bool:
        return any(isinstance(one, Module) for one in self._imported(star.imported, path))

    def _binding_meanings(self, one: Code, name: str) -> Meanings:
        """Return the meanings of a binding of this name."""
        if not one.binding.imported:
            return (one,)
        means = self._imported(one.binding.imported, one.path)
        node = one.binding.node
        is_star = isinstance(node, ast.ImportFrom) and node.names[0].name == STAR
        return self._attributes(means, [name]) if is_star else means

    def _imported(self, name: str, path: str) -> Meanings:
        """Return the meanings of an import: a module of the submission, a part of one, or an outside name."""
        level = len(name) - len(name.lstrip("."))
        parts = name[level:].split(".") if name[level:] else []
        stem = _folder(path if level else self.path, level)
        if not level:
            first = f"{stem}/{parts[0]}".removeprefix("/")
            # The worker has imported NumPy already, so a student's numpy.py does not replace it.
            if parts[0] == "numpy" or first not in self._stems:
                return (name,)
        return self._attributes((Module(stem),), parts)

    @cached_property
    def _stems(self) -> frozenset[str]:
        """The modules and packages of the submission, as paths without `.py`."""
        folders = {str(folder) for path in self.files for folder in PurePosixPath(path).parents}
        return frozenset(folders | {p.removesuffix(".py") for p in self.files if p.endswith(".py")})

    def _scopes(self, path: str) -> Scopes:
        if path not in self._read:
            if sum(len(self.files[one]) for one in (*self._read, path)) > _BYTES:
                raise UnclearError("it names more files than this check reads")
            self._read[path] = scopes(self.files[path], is_notebook=path.lower().endswith(".ipynb"))
        return self._read[path]

    def _hop(self) -> None:
        self._hops += 1
        if self._hops > _HOPS:
            raise UnclearError("a name is passed on too often before it is used")

    def _step(self, count: int) -> None:
        """Count look-ups: files that import `*` from each other take names times files of them."""
        self._steps += count
        if self._steps > _STEPS:
            raise UnclearError("its names are looked up in too many places")


@lru_cache(maxsize=1000)
def _folder(path: str, level: int) -> str:
    """Return the folder in which a file searches for modules, for an import with `level` leading dots."""
    folders = PurePosixPath(path).parents
    folder = folders[min(max(level, 1), len(folders)) - 1]
    return "" if str(folder) == "." else str(folder)


def _dotted(node: ast.AST) -> tuple[str | None, list[str]]:
    """Return the parts of a name that is read, such as `np` and [`linalg`, `inv`], or None and the dots."""
    dots: list[str] = []
    while isinstance(node, ast.Attribute) and len(dots) < _DOTS:
        dots.append(node.attr)
        node = node.value
    if isinstance(node, ast.Attribute):
        raise UnclearError(f"a name has more than {_DOTS} dots")
    is_read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    return (node.id if is_read else None), dots[::-1]  # type: ignore[attr-defined]  # a Name, see above


def _bounded(found: Iterable[Meaning]) -> Meanings:
    every = dict.fromkeys(found)
    if len(every) > _MEANINGS:
        raise UnclearError("a name may stand for too many things")
    return tuple(every)
