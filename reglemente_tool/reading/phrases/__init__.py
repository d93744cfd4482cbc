"""The decision phrases. A shelf: every module holds phrases that do the same sort of thing, each one function.

    @phrase("{A} {utgår}", "{stryka} {A}")
    def upphor(m: Match) -> Iterator[Result]:
        \"\"\"att 5 och 7 §§ ska upphöra att gälla\"\"\"

The patterns speak of a clause's skeleton (`reading.skeleton`), where places, charters, quotations and the like are slots. A pattern
must match the whole skeleton, so that a phrase accounts for every word. The first line of the docstring is the example that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from reglemente_tool.model.address import Address
from reglemente_tool.reading.operation import Nothing, Operation, Place
from reglemente_tool.reading.phrases._words import WORDS
from reglemente_tool.reading.skeleton import Skeleton
from reglemente_tool.shelf import modules

Result = Operation | Nothing

_SLOTS = {"P": "AR"}
_ONE = re.compile(r"\{([^\W\d_]+|…)\}")
_MARK = re.compile(r"⟦([A-Z])(\d+)⟧")


@dataclass(frozen=True, slots=True)
class Match:
    """What a phrase sees: the match, the skeleton, and what the clause has said before this part of it.

    `where` is the place that the part is said of ("i 2 § stryks …", "reglementet för … ändras på så sätt att …").
    """

    found: re.Match[str]
    skeleton: Skeleton
    where: Place
    near: Address = Address()
    before: tuple[Operation, ...] = ()

    def _numbers(self, letters: str) -> list[int]:
        named = self.found.groupdict().items()
        return [int(number) for name, number in named if number is not None and name[0] in letters and name[1:].isdigit()]

    def _values(self, letters: str, kind: type) -> list[object]:
        return [value for n in self._numbers(letters) if isinstance(value := self.skeleton.slots[n].value, kind)]

    @property
    def named(self) -> tuple[Place, ...]:
        """The places matched by {A}, {R} and {P} as they are written, nothing filled in."""
        return tuple(place for place in self._values("ARP", Place) if isinstance(place, Place))

    @property
    def places(self) -> tuple[Place, ...]:
        """The places matched by {A}, {R} and {P}, in order, each as meant within `where`."""
        return tuple(place.meant(self.where, self.near) for place in self.named)

    @property
    def place(self) -> Place:
        """The first of `places`; `where` when the phrase names none."""
        return self.places[0] if self.places else self.where

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quotations matched by {Q}, in order."""
        return tuple(str(q) for q in self._values("Q", str))

    @property
    def bodies(self) -> tuple[str, ...]:
        """The committees matched by {N}, in order, in normal form."""
        return tuple(str(n) for n in self._values("N", str))

    @property
    def sources(self) -> tuple[str, ...]:
        """The annexes and proposals matched by {S}, in order."""
        return tuple(str(s) for s in self._values("S", str))

    @property
    def wording(self) -> tuple[str, str]:
        """(new wording, "") from a quotation or a block; ("", where it is said to be) when the clause does not hold it."""
        beside = self.within("place", "Q")
        numbers = [n for n in self._numbers("QB") if n not in beside]
        if numbers:
            return str(self.skeleton.slots[numbers[-1]].value), ""
        return "", self.sources[-1] if self.sources else ""

    def within(self, name: str, letters: str) -> tuple[int, ...]:
        """Return the numbers of the slots of those letters inside a named group, in order."""
        held = self.found[name] if name in self.found.re.groupindex else None
        return tuple(int(n) for letter, n in _MARK.findall(held or "") if letter in letters)

    def value(self, letter: str) -> object:
        """Return the value of the first slot of that letter, or None."""
        values = self._values(letter, object)
        return values[0] if values else None

    @property
    def said(self) -> str:
        """All that the phrase matched, as it was written."""
        return self.skeleton.said(self.found[0])

    def group(self, name: str) -> str:
        """Return a named group of the pattern as it was written, or ""."""
        return self.skeleton.said(self.found[name] or "").strip(" ,") if name in self.found.re.groupindex else ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as a regular expression, and which slots it can match and must match: most clauses are turned away by these alone, and
    so it is compiled only when a clause is not.
    """

    written: str
    needed: tuple[str, ...]
    most: tuple[str, ...] | None
    """The letters of all its slots; None when it may hold any number of them."""

    def fits(self, letters: str) -> bool:
        """True when words that hold slots of just these letters, each as often as it stands there, could match."""
        least = all(letters.count(letter) >= self.needed.count(letter) for letter in set(self.needed))
        return least and (self.most is None or all(letters.count(letter) <= self.most.count(letter) for letter in set(letters)))

    @property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, compiled the first time that it is asked for."""
        return _compiled(self.written)


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of saying something: its name, the example that is shown, its patterns, and what it reads them as.

    `sealed` phrases speak of the clause as a whole ("X yrkar att …"): what stands in it is never an operation of the council's.
    """

    name: str
    example: str
    patterns: tuple[Pattern, ...]
    read: Callable[[Match], Iterator[Result]]
    sealed: bool = False


@cache
def candidates(letters: str) -> tuple[tuple[Phrase, tuple[re.Pattern[str], ...]], ...]:
    """Return the phrases, with those of their patterns, that could match words whose slots have just these letters, in order."""
    fitting = ((p, tuple(pattern.regex for pattern in p.patterns if pattern.fits(letters))) for p in phrases())
    return tuple((phrase, regexes) for phrase, regexes in fitting if regexes)


def phrase(*patterns: str, sealed: bool = False) -> Callable[[Callable[[Match], Iterator[Result]]], Phrase]:
    """Make a function into a Phrase.

    In a pattern {A} is a place, {R} a charter, {P} either, {Q} a quotation, {N} a committee, {S} an annex, {K} an earlier decision,
    {W} a wording (quoted, following or annexed, or none), {…} any words, and {utgår} and its like a row of words (`phrases._words`).
    Raises KeyError for an unknown row.
    """

    def made(function: Callable[[Match], Iterator[Result]]) -> Phrase:
        example = (function.__doc__ or "").strip().splitlines()[0]
        return Phrase(function.__name__, example, tuple(_pattern(p) for p in patterns), function, sealed)

    return made


def compiled(template: str) -> re.Pattern[str]:
    """Return a phrase's pattern as a regular expression."""
    return _pattern(template).regex


def _pattern(template: str) -> Pattern:
    written = _rows(template)
    letters = tuple("".join(_SLOTS.get(name, name) for name in _ONE.findall(written) if name != "…"))
    counter = iter(range(1000))

    def slot(match: re.Match[str]) -> str:
        name = match[1]
        if name == "…":
            return f"(?P<free{next(counter)}>.*?)"
        return rf"(?:⟦[{_SLOTS.get(name, name)}](?P<{name}{next(counter)}>\d+)⟧)"

    free = "{…}" in written or re.search(r"(?<!\\)\.[+*{]|\[\^[^\]⟦]*\][+*{]", written) is not None
    needed, repeated = _needed(written)
    return Pattern(_ONE.sub(slot, written), needed, None if free or repeated else letters)


def _rows(template: str) -> str:
    """Write out the rows of words; slots and free words stay."""

    def row(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name == "…" or (len(name) == 1 and name.isupper() and name != "W") else f"(?:{_rows(WORDS[name])})"

    return _ONE.sub(row, template)


def _needed(written: str) -> tuple[tuple[str, ...], bool]:
    """Return the letters of slots that every match holds: those in no group that is optional or has alternatives; and if any slot can
    be repeated.
    """
    loose: list[tuple[int, int]] = []
    repeated = False
    opened: list[tuple[int, bool]] = [(0, False)]
    for index, sign in enumerate(written):
        escaped = index and written[index - 1] == "\\"
        if sign == "(" and not escaped:
            opened.append((index, False))
        elif sign == "|" and not escaped:
            opened[-1] = (opened[-1][0], True)
        elif sign == ")" and not escaped and len(opened) > 1:
            start, several = opened.pop()
            again = written[index + 1 : index + 2] in ("*", "+", "{") and _ONE.match(written, index + 1) is None
            repeated = repeated or (again and any(m[1] != "…" for m in _ONE.finditer(written, start, index)))
            if several or written[index + 1 : index + 2] in ("?", "*") or written[index + 1 : index + 3] == "{0":
                loose.append((start, index))
    if opened[0][1]:
        return (), repeated
    slots = [m for m in _ONE.finditer(written) if m[1] not in ("…", "P") and written[m.end() : m.end() + 1] not in ("?", "*")]
    return tuple(m[1] for m in slots if not any(a < m.start() < b for a, b in loose)), repeated


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return every phrase on the shelf, in the order of its modules and of their lines."""
    return tuple(value for module in modules(__name__) for value in vars(module).values() if isinstance(value, Phrase))


def examples() -> tuple[tuple[str, str], ...]:
    """Return every phrase's name and example, for `las --fraser`."""
    return tuple((p.name, p.example) for p in phrases())


def nearest(text: str) -> str:
    """Return the example that looks most like `text`, or "" when none does."""
    words = " ".join(text.split()).lower()[:200]
    ranked = sorted(((SequenceMatcher(None, words, p.example.lower(), autojunk=False).ratio(), p.example) for p in phrases()), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] >= 0.75 else ""


def addresses(place: Place) -> tuple[Address, ...]:
    """Return the places in a charter that are meant; one empty address when only a charter is."""
    return place.addresses or (Address(),)
