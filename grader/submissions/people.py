"""Decide who is who, for downloads, rosters, worksheets, templates and names that an instructor types.

Nobody is guessed: whoever has no certain match, or shares one, is left without.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeVar

from grader.submissions.file_names import student as shown

K = TypeVar("K", str, tuple[str, str])

_NO_WORD: Final = re.compile(r"[\W_]+")
_MOST_WORDS: Final = 12
"""Words of a name that are put in another order."""
_CLOSE: Final = 0.8
"""Least likeness of a mistyped name, between 0 and 1."""
_SUGGESTIONS: Final = 5


@dataclass(frozen=True, slots=True)
class Clues:
    """What a download, a roster, a worksheet or the gradebook says about one person."""

    numbers: frozenset[tuple[str, str]] = frozenset()
    """Systems and their own numbers. Moodle numbers students anew in each assignment."""
    ids: frozenset[str] = frozenset()
    """The institution's ids: id, e-mail address, user name; see `id_key`."""
    texts: frozenset[str] = frozenset()
    """Texts that may be an id or a name, such as the name of a folder; see `id_key`."""
    names: frozenset[str] = frozenset()
    """Full names; see `name_keys`."""

    @property
    def _exact(self) -> frozenset[str]:
        return frozenset(key for key in self.names if key.startswith("="))


def id_key(text: str) -> str:
    """Return a key that is equal for an id in capitals and in small letters; empty for an empty id."""
    return " ".join(unicodedata.normalize("NFKC", shown(text)).casefold().split()) if text.strip() else ""


def id_keys(*texts: str) -> frozenset[str]:
    """Return the keys of all ids that are not empty."""
    return frozenset(key for key in map(id_key, texts) if key)


def name_keys(*names: str, joined: bool = False) -> frozenset[str]:
    """Return keys of full names: `=givenfamily` in this order, `~familygiven` and `~givenfamily` in any.

    Blanks, signs and capitals do not count, as downloads leave them out. `Family, Given` is `Given Family`.

    Args:
        joined: whether the names are written as Canvas does, such as `familygiven`: their order is not known.
    """
    found: set[str] = set()
    for name in names:
        last, comma, first = name.partition(",")
        words = [key for word in f"{first} {last}".split() if (key := letters(word))][:_MOST_WORDS]
        if not words:
            words = [id_key(name)] if name.strip() and not comma else []
        found |= {"~" + "".join(words[at:] + words[:at]) for at in range(len(words))}
        if words and not joined:
            found.add("=" + "".join(words))
    return frozenset(found)


def letters(name: str) -> str:
    """Return a key that is equal for a name with and without blanks, commas and capitals."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True)
class Matches:
    """Who was matched with whom, by places in the two lists."""

    pairs: dict[int, int]
    """The certain matches."""
    candidates: list[frozenset[int]]
    """Everybody who may be meant by each entry of the first list; one candidate may be somebody else's."""


def match(asked: Sequence[Clues], known: Sequence[Clues], *, are_distinct: bool = False) -> Matches:
    """Match two lists of people: by a system's number, else by an id, else by the full name.

    A match is certain if both are each other's only candidate. The stronger clue wins: a row with only a name
    cannot take somebody whose number or id is in another row.

    Args:
        are_distinct: whether nobody is in `known` twice, as in a roster. Then of two namesakes, the one who
            cannot be meant leaves the other; else both may be the same person.
    """
    board = _Board(asked, known, are_distinct)
    pairs: dict[int, int] = {}
    claimed: set[int] = set()
    candidates: list[frozenset[int]] = [frozenset()] * len(asked)
    for find in (board.by_number, board.by_id, board.by_name, board.by_words):
        found = {at: find(one) for at, one in enumerate(asked) if not candidates[at]}
        claims: dict[int, list[int]] = defaultdict(list)
        for at, people in found.items():
            candidates[at] = people
            if len(people) == 1:
                claims[min(people)].append(at)
        pairs |= {mine[0]: who for who, mine in claims.items() if len(mine) == 1 and who not in claimed}
        # Also those whom several entries claim: a weaker clue must not decide what a stronger one left open.
        claimed = claimed.union(*found.values())
    return Matches(pairs, candidates)


class _Board:
    """Finds the candidates by one kind of clue."""

    def __init__(self, asked: Sequence[Clues], known: Sequence[Clues], are_distinct: bool) -> None:
        self._known, self._are_distinct = known, are_distinct
        self._numbers = _index(one.numbers for one in known)
        self._only_ids = _index(one.ids for one in known)
        self._ids = _index(one.ids | one.texts | one._exact for one in known)
        self._names = _index(one.names for one in known)
        # If some numbers agree, both lists are of one assignment, and other numbers mean other people. If
        # some ids agree, both lists have the same kind of ids.
        self._agreeing = {
            system for one in asked for system, text in one.numbers if (system, text) in self._numbers
        }
        self._ids_agree = any(key in self._only_ids for one in asked for key in one.ids)

    def by_number(self, one: Clues) -> frozenset[int]:
        return _among(self._numbers, one.numbers)

    def by_id(self, one: Clues) -> frozenset[int]:
        # A folder's name may be an id, a user name or a full name.
        exact = one._exact if one.texts else frozenset()
        certain = self._possible(one, _among(self._only_ids, one.ids))
        found = certain or self._possible(one, _among(self._ids, one.ids | one.texts | exact))
        if found and one.texts and not exact:
            # Canvas's number may be the id of somebody else by chance; then the name tells another person.
            named = self.by_words(one)
            return found | named if found.isdisjoint(named) else found
        return found

    def by_name(self, one: Clues) -> frozenset[int]:
        return self._named(one, one._exact)

    def by_words(self, one: Clues) -> frozenset[int]:
        return self._named(one, one.names - one._exact)

    def _named(self, one: Clues, keys: frozenset[str]) -> frozenset[int]:
        found = self._possible(one, _among(self._names, keys))
        if len(found) < 2:
            return found
        # Of equal names, the one whose id is the number.
        numbers = id_keys(*(text for _, text in one.numbers))
        return frozenset(person for person in found if self._known[person].ids & numbers) or found

    def _possible(self, one: Clues, found: frozenset[int]) -> frozenset[int]:
        if len(found) > 1 and not self._are_distinct:
            return found
        return frozenset(person for person in found if not self._is_another(one, self._known[person]))

    def _is_another(self, one: Clues, other: Clues) -> bool:
        if self._ids_agree and one.ids and other.ids and one.ids.isdisjoint(other.ids):
            return True
        return any(
            _of(one, system) and _of(other, system) and _of(one, system).isdisjoint(_of(other, system))
            for system in self._agreeing
        )


def _of(one: Clues, system: str) -> frozenset[str]:
    return frozenset(text for mine, text in one.numbers if mine == system)


def _index(keys: Iterable[frozenset[K]]) -> dict[K, set[int]]:
    index: dict[K, set[int]] = defaultdict(set)
    for at, mine in enumerate(keys):
        for key in mine:
            index[key].add(at)
    return dict(index)


def _among(index: dict[K, set[int]], keys: Iterable[K]) -> frozenset[int]:
    return frozenset(person for key in keys for person in index.get(key, ()))


@dataclass(frozen=True, slots=True)
class Named:
    """A person by all that an instructor may type."""

    student: str
    name: str = ""
    ident: str = ""
    also: tuple[str, ...] = ()
    """Further names under which the person handed in."""


@dataclass(frozen=True)
class Meant:
    """The people whom a typed text may mean."""

    students: list[str]
    is_typed_right: bool = True
    """Whether the text is an id, a name or the beginning of its words, and not merely like one."""


def meant(text: str, people: Sequence[Named]) -> Meant:
    """Return whom an id, a full name, a part of a name or a mistyped name may mean; the best kind alone."""
    if any(one.student == text for one in people):
        return Meant([text])
    key, names, words = id_key(text), name_keys(text), _words(text)
    kinds: tuple[Callable[[Named], bool], ...] = (
        lambda one: bool(key) and key in id_keys(one.student, one.ident, *one.also),
        lambda one: bool(names & name_keys(one.name, one.student)),
        lambda one: bool(words) and _begins(words, _words(f"{one.name} {one.student}")),
        lambda one: bool(letters(text)) and letters(text) in letters(one.student),
    )
    for fits in kinds:
        found = [one.student for one in people if fits(one)]
        if found:
            return Meant(found)
    spelt = {letters(name): one.student for one in people for name in (one.student, one.name) if name}
    near = get_close_matches(letters(text), spelt, n=_SUGGESTIONS, cutoff=_CLOSE)
    return Meant(list(dict.fromkeys(spelt[called] for called in near)), is_typed_right=False)


def suggested(students: Sequence[str]) -> str:
    """Return at most five names as a list."""
    more = len(students) - _SUGGESTIONS
    return ", ".join(students[:_SUGGESTIONS]) + (f" or {more} more" if more > 0 else "")


def unclear(typed: str, found: Meant, nobody: str) -> str:
    """Return that a text means several people, or else `nobody` with those who are called alike."""
    near = suggested(found.students)
    if found.students and found.is_typed_right:
        return f"{typed} may be {near}; say which one."
    return f"{nobody}; did you mean {near}?" if near else f"{nobody}."


def _words(text: str) -> list[str]:
    return [word for word in _NO_WORD.split(unicodedata.normalize("NFKC", text).casefold()) if word]


def _begins(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether each typed word begins a word of its own; numbers must be whole."""
    left = list(words)
    for word in typed:
        fits = (w for w in left if (w == word if word.isdigit() else w.startswith(word)))
        found = next(fits, None)
        if found is None:
            return False
        left.remove(found)
    return True
