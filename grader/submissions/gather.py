"""Gather one student's files entry by entry within a budget; each file left out becomes a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from grader.submissions import archive, notebook
from grader.submissions.allowance import Allowance
from grader.submissions.file_names import hides, is_junk, kind, stem, tool
from grader.submissions.listing import Entry, RefusedError
from grader.text.encodings import as_utf8

FILE_BYTES: Final = 1024 * 1024
NOTEBOOK_BYTES: Final = 16 * 1024 * 1024
"""Notebooks contain pictures, which are read but not kept."""
ARCHIVE_BYTES: Final = 32 * 1024 * 1024
TOTAL_BYTES: Final = 8 * 1024 * 1024
READ_BYTES: Final = 96 * 1024 * 1024
FILES: Final = 500
DEPTH: Final = 2
"""Archives are opened as deep as one inside another."""
_NOTES: Final = 20


@dataclass
class Budget:
    """What is left for one student's files, those in archives included."""

    read: int = READ_BYTES
    kept: int = TOTAL_BYTES
    files: int = FILES
    archives: Allowance = field(default_factory=lambda: Allowance())

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is read."""
        return min(self.read, self.kept, self.files) <= 0


@dataclass
class Builder:
    """Gathers the files of one student, or of one archive among them."""

    budget: Budget = field(default_factory=Budget)
    depth: int = 0
    """How many archives the files lie in, one inside the other."""
    files: dict[str, bytes] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    """Archives that were not opened or not read to their end, with a sentence each."""
    notes: dict[str, None] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    archives: list[tuple[str, Builder]] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Add a sentence, once."""
        self.notes[sentence] = None

    def add(self, entry: Entry, path: str) -> None:
        """Add one entry under its path inside the submission."""
        if entry.refused and not path:
            self.note(f"{entry} was left out: {entry.refused}.")
            return
        parts = tuple(path.split("/"))
        made = tool(parts)
        if any(map(is_junk, parts)) or (entry.is_folder and not entry.refused and not made):
            return
        if made:
            self.note(f"{made} was left out: it is not written by hand.")
        elif entry.refused:
            self._refuse(path, entry.refused)
        elif parts[-1] == "conftest.py":
            self.note("conftest.py was left out: graders never run a submission's test set-up.")
        else:
            self._take(entry, path)

    def _take(self, entry: Entry, path: str) -> None:
        what = kind(path)
        if what == "other":
            self.others.append(path)
        elif what == "foreign":
            self._close(path, "only zip, tar and tar.gz archives are opened")
        elif what == "archive" and self.depth == DEPTH:
            self._close(path, "an archive in an archive in an archive is not opened")
        elif self.budget.is_spent:
            self.note("Some files were left out: the submission is over the limit of files or of bytes.")
        else:
            try:
                {"source": self._source, "notebook": self._notebook, "archive": self._archive}[what](
                    entry, path
                )
            except RefusedError as error:
                self._refuse(path, str(error))

    def _data(self, entry: Entry, limit: int) -> bytes:
        """Return a whole file; raises `RefusedError` if it is larger than `limit`."""
        data = entry.read(limit + 1)
        # A file that is too large counts as well, because it was read.
        self.budget.read -= len(data)
        if len(data) > limit:
            raise RefusedError(f"it is larger than {limit // 1024} KB")
        return data

    def _close(self, path: str, reason: str) -> None:
        """Note an archive that stays closed: what it holds is unknown, not missing."""
        self.note(f"{path} was left out: {reason}.")
        self.closed[path] = f"{path} was left out: {reason}."

    def _refuse(self, path: str, reason: str) -> None:
        self.note(f"{path} was left out: {reason}.")
        if kind(path) in ("archive", "foreign"):
            self.closed[path] = f"{path} was left out: {reason}."
        elif kind(path) in ("source", "notebook") and path not in self.files:
            self.unreadable[path] = f"{path} was left out: {reason}."

    def _source(self, entry: Entry, path: str) -> None:
        self._keep(path, as_utf8(self._data(entry, FILE_BYTES)))
        library = hides(path.rpartition("/")[2])
        if library == "numpy":
            self.note(
                f"{path} hides NumPy from code that runs beside it; here NumPy itself is imported. "
                "Rename the file."
            )
        elif library:
            self.note(
                f"{path} is named like a library: `import {library}` may find it instead. Rename the file."
            )

    def _notebook(self, entry: Entry, path: str) -> None:
        made = notebook.convert(as_utf8(self._data(entry, NOTEBOOK_BYTES)))
        if made.fault:
            self.unreadable[path] = f"{path} {made.fault}."
            self.note(f"{path} {made.fault}.")
            return
        for name, data in notebook.cells(path, made):
            self._keep(name, data)
        if made.dropped:
            self.note(f"{path}: notebook commands (such as %matplotlib and !pip) were left out.")
        for number in made.broken:
            self.note(f"{path}: code cell {number} cannot be read as Python; the other cells were used.")

    def _archive(self, entry: Entry, path: str) -> None:
        self.budget.archives.open_archive()
        inner = Builder(self.budget, self.depth + 1)
        try:
            for member in archive.students(self._data(entry, ARCHIVE_BYTES), self.budget.archives):
                inner.add(member, "/".join(member.parts))
        except RefusedError as error:
            self.note(f"{path}: {error}.")
            self.closed[path] = f"{path}: {error}."
        inner.unpack()
        self.archives.append((path, inner))

    def _keep(self, path: str, data: bytes) -> None:
        if path in self.files:
            self.note(f"{path} is there twice; the later one was read.")
        if self.budget.files <= 0:
            raise RefusedError("the submission is over the limit of files")
        if len(data) > self.budget.kept:
            # Stop here. Reading files and not keeping them would cost time that no budget bounds.
            self.budget.kept = 0
            raise RefusedError("the submission is over the limit of bytes")
        self.budget.kept -= len(data)
        self.budget.files -= 1
        self.files[path] = data
        self.unreadable.pop(path, None)

    def close(self) -> None:
        """Merge the archives, and note if there is nothing to grade."""
        self.unpack()
        if not self.files and not self.unreadable:
            found = ", ".join(sorted(self.others)[:3])
            self.note(f"No Python file and no notebook was handed in{f', only {found}' if found else ''}.")
        self.unreadable |= self.closed

    def unpack(self) -> None:
        """Merge the archives.

        If the submission is a single archive, its files are the submission's. Otherwise, they get the
        archive's name as a folder, so that two archives may have a file of the same name.
        """
        alone = len(self.archives) == 1 and not self.files and not self.unreadable
        for path, inner in self.archives:
            self._merge("" if alone else f"{stem(path)}/", inner)
        self.archives = []

    def _merge(self, prefix: str, inner: Builder) -> None:
        # Most archives have one folder with all files in it, which is left out of the paths.
        top = _single_top([*inner.files, *inner.unreadable])
        self.files |= {prefix + name[top:]: data for name, data in inner.files.items()}
        self.unreadable |= {prefix + name[top:]: why for name, why in inner.unreadable.items()}
        self.closed |= {prefix + name: why for name, why in inner.closed.items()}
        self.others += inner.others
        self.notes |= inner.notes

    def sentences(self) -> tuple[str, ...]:
        """Return the notes; of more than 20, the first 20 and the number of the others."""
        every = list(self.notes)
        more = len(every) - _NOTES
        return tuple(
            every if more <= 0 else [*every[:_NOTES], f"{more} more remarks like these are not shown."]
        )


def _single_top(paths: Iterable[str]) -> int:
    """Return the length, with its slash, of the folder with which all paths begin; 0 if there is none."""
    tops = {path.partition("/")[0] if "/" in path else "" for path in paths}
    top = tops.pop() if len(tops) == 1 else ""
    return len(top) + 1 if top else 0
