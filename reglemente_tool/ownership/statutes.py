"""Statutes in a text: by number, by name, by short form, with the chapter and section that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reglemente_tool.model.catalogue import Catalogue, Statute, StatuteRef
from reglemente_tool.model.wording import fold

_NUMBER = re.compile(r"(?:\((?:SFS )?)?(?<![\d:])((?:1[789]|20)\d\d[:/]\d{1,4})(?!\d)\)?")
_PLACE = (
    r"(?:(?P<kap>\d+(?: [a-z])?) kap\.?,? ?(?:(?P<par>\d+(?: [a-z])?)(?:[-, 0-9a-z]|och)*? ?§§? ?)?|(?P<par2>\d+(?: [a-z])?) ?§ )?(?:i )?"
)
_AFTER = re.compile(r"[ ,(]*(?P<kap>\d{1,2}(?: [a-z])?)(?: ?kap\.?|:(?=\d{1,2}\b)) ?(?:(?P<par>\d+(?: [a-z])?) ?§?)?")
_LAW = re.compile(r"\b(?:lag|lagen|förordning|förordningen) $")
_TITLE = re.compile(r" (?:om|med) .+?(?=,|;| samt | och (?:lag|den|för|lämnar|prövar|utövar)|\.$|\. |$)")
"""What the law with the number before it is about, as far as its title can reach."""


_ALSO_WORDS = frozenset({"sol", "lov", "lav", "lou", "fb", "mb"})
"""Short forms that, in small letters, are other words or slips."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A statute spoken of: what is meant, and the span in the folded text (place, name and number)."""

    ref: StatuteRef
    start: int
    end: int


class StatuteBook:
    """The catalogue's statutes, made ready for reading. A number that has been replaced means its successors as well."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the statutes of `catalogue`."""
        self.catalogue = catalogue
        self._names: dict[str, str] = {}
        for statute in catalogue.statutes:
            for name in (statute.name, *(s for s in statute.short if len(s) > 4 and s.islower())):
                self._names.setdefault(_loose(name), statute.number)
        self._short = {s: statute.number for statute in catalogue.statutes for s in statute.short if not s.islower()}
        listed = sorted(self._names, key=len, reverse=True)
        self._name = re.compile(_PLACE + r"\b(?P<name>" + "|".join(map(re.escape, listed)) + r")s?(?!\w)") if listed else None
        self._heirs: dict[str, frozenset[str]] = {}

    def heirs(self, number: str) -> frozenset[str]:
        """Return the numbers that hold what `number` held: itself when it stands, else those that replaced it, in turn."""
        if number not in self._heirs:
            self._heirs[number] = frozenset()
            nearest = self.catalogue.replaced_by(number)
            self._heirs[number] = frozenset({number}) if not nearest else frozenset().union(*(self.heirs(s.number) for s in nearest))
        return self._heirs[number]

    def same(self, one: str, other: str) -> bool:
        """True when the two numbers are one statute, or one has come in the other's place."""
        return bool(self.heirs(one) & self.heirs(other))

    def name(self, number: str) -> str:
        """Return "alkohollagen (2010:1622)" for a number; the number alone when it is not known."""
        statute = self._statute(number)
        return f"{statute.name} ({number})" if statute else f"SFS {number}"

    def lacking(self, ref: StatuteRef) -> str:
        """Return, in Swedish, that the statute has no such chapter; "" when it may have."""
        statute = self.catalogue.statute(ref.number)
        if statute is None or statute.chapters is None or not ref.chapter or int(ref.chapter.split()[0]) <= statute.chapters:
            return ""
        name = f"{self.name(ref.number)[:1].upper()}{self.name(ref.number)[1:]}"
        return f"{name} har inget {ref.chapter} kap." if statute.chapters else f"{name} är inte indelad i kapitel."

    def _statute(self, number: str) -> Statute | None:
        found = self.catalogue.statute(number)
        if found is None:
            heirs = self.catalogue.replaced_by(number)
            return replace(heirs[0], number=number) if heirs else None
        return found

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the statutes that the provision `text` speaks of, in order."""
        folded = _loose(fold(text).lower())
        found = [*self._numbers(folded), *self._named(folded)]
        return tuple(_united(sorted(found, key=lambda m: (m.start, -m.end)), self))

    def asked(self, text: str, *, common: Iterable[str] = ()) -> tuple[Mention, ...]:
        """Return the statutes that a question speaks of. Short forms count too: "PBL", "lss"; not one that is also a `common` word."""
        plain = fold(text)
        found = list(self.mentions(text))
        if not self._short:
            return tuple(found)
        usual = set(common)
        for match in re.finditer(_PLACE + r"(?P<kort>\b[^\W\d_][\w-]+)", plain):
            number = self._by_short(match["kort"], usual)
            if number and not any(m.start <= match.start("kort") < m.end for m in found):
                after = _AFTER.match(plain, match.end())
                place = match if match["kap"] or match["par2"] else after
                found.append(Mention(_ref(number, place), match.start(), max(match.end(), after.end() if after else 0)))
        return tuple(sorted(found, key=lambda m: m.start))

    def _by_short(self, word: str, usual: set[str]) -> str:
        if word in self._short:
            return self._short[word]
        if word.lower() in usual or word in _ALSO_WORDS:
            return ""
        return next((number for short, number in self._short.items() if short.lower() == word.lower()), "")

    def _numbers(self, folded: str) -> Iterator[Mention]:
        for match in _NUMBER.finditer(folded):
            title = _TITLE.match(folded, match.end()) if _LAW.search(folded, 0, match.start()) else None
            yield Mention(StatuteRef(match[1]), match.start(), title.end() if title else match.end())

    def _named(self, folded: str) -> Iterator[Mention]:
        if self._name is None:
            return
        for match in self._name.finditer(folded):
            number, end = self._names[match["name"]], match.end()
            after = _AFTER.match(folded, end) if not (match["kap"] or match["par2"]) else None
            yield Mention(_ref(number, after if after else match), match.start(), after.end() if after else end)


def _loose(text: str) -> str:
    return text.lower().replace("- och ", " och ").replace(" (sfs ", " (")


def _ref(number: str, match: re.Match[str] | None) -> StatuteRef:
    if match is None:
        return StatuteRef(number)
    groups = match.groupdict()
    return StatuteRef(number, groups.get("kap") or "", groups.get("par") or groups.get("par2") or "")


def _united(found: list[Mention], book: StatuteBook) -> Iterator[Mention]:
    """A name and the number that follows it are one mention; the number says which."""
    waiting: Mention | None = None
    for mention in found:
        if waiting is not None and mention.start <= waiting.end + 1 and mention.start >= waiting.start:
            chapter = waiting.ref if waiting.ref.chapter or waiting.ref.section else mention.ref
            number = mention.ref.number if mention.end > waiting.end else waiting.ref.number
            waiting = Mention(StatuteRef(number, chapter.chapter, chapter.section), waiting.start, max(waiting.end, mention.end))
            continue
        if waiting is not None:
            yield waiting
        waiting = mention
    if waiting is not None:
        yield waiting
