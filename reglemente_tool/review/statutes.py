"""Statutes as a charter cites them: a number that has been replaced, a number that is not the name's, a name that is old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reglemente_tool.errors import Level
from reglemente_tool.model.catalogue import Catalogue, Retired, Statute
from reglemente_tool.review.finding import Finding, Words, at
from reglemente_tool.review.subject import Subject

_NUMBER = re.compile(r"\((?:SFS )?(\d{4}:\d{1,4})\)|\bSFS (\d{4}:\d{1,4})\b")
_LAW = re.compile(r"\b(?P<law>lag|lagen|förordning|förordningen)\s+$", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"(?:§|kap\.?|stycket|punkten|\d[a-z]?)\s*(?:i\s+)?$")
_PLACE = (
    r"(?:(?P<kap>\d+(?: ?[a-z])?) kap\.? )?(?<![\d–-])(?P<par>\d+(?: ?[a-z])?)"
    r"(?P<more>(?: ?(?:,|och|samt|eller|[–-]) ?\d+(?: ?[a-z])?)*) ?§§?"
)
_RIGHT_BEFORE = re.compile(_PLACE + r"(?: (?:första|andra|tredje|fjärde|femte) (?:stycket|meningen))? (?:i )?$")
_PLACE_AFTER = re.compile(r"[\s,]*\d+(?:\s*[a-z])?\s*(?:kap|§)")


class Statutes:
    """The catalogue's statutes, by the names that stand in text."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        """Take the catalogue, and the day on which a statute holds or not."""
        self.catalogue, self.day = catalogue, day
        self.current: dict[str, Statute] = {}
        self.former: dict[str, Statute] = {}
        self.retired = {r.number: r for r in catalogue.retired}
        for statute in catalogue.statutes:
            for name in (statute.name, *(s for s in statute.short if s.islower() and len(s) > 4)):
                self.current.setdefault(name.lower(), statute)
            for name in statute.formerly if statute.renamed is None or statute.renamed <= day else ():
                self.former.setdefault(name.lower(), statute)
        # What a name meant before the statute that has it now.
        self.elder: dict[str, list[Retired]] = {}
        for statute in catalogue.statutes:
            same = [r for n in statute.replaces if (r := self.retired.get(n)) and r.name.lower() == statute.name.lower()]
            if same:
                self.elder[statute.name.lower()] = sorted(same, key=lambda r: int(r.number[:4]))
        self._cited = _cited(list(self.elder))
        # A popular name that the heir has taken over is no fault ("tobakslagen"), unless the heir is another sort of law.
        official = {s.name.lower() for s in catalogue.statutes}
        self.old = {
            r.name.lower(): r
            for r in catalogue.retired
            if r.name.lower() not in official and not (r.plain and r.name.lower() in self.current)
        }
        listed = sorted({*self.current, *self.former, *(r.name.lower() for r in catalogue.retired)}, key=len, reverse=True)
        self._names = listed
        self._plain = _any([n for n in (*self.old, *self.former) if not n.startswith(("lagen ", "förordningen "))])
        self._title = {n: n.split(" ", 1)[1] for n in listed if n.startswith(("lagen ", "förordningen "))}

    def heirs(self, number: str) -> tuple[Statute, ...]:
        """Return what has taken the place of `number` on the day; none when it still holds or is not known."""
        return tuple(s for s in self.catalogue.replaced_by(number) if _from(s) <= self.day)

    def name_before(self, text: str, end: int) -> tuple[str, int]:
        """Return the statute's name that ends right before `end`, in small letters, and where it begins; ("", end) for none."""
        low = text[:end].rstrip().lower()
        for name in self._names:
            if low.endswith(name) and not low[: len(low) - len(name)][-1:].isalnum():
                return name, len(low) - len(name)
        return "", end

    def name_around(self, text: str, start: int, end: int) -> tuple[str, int, int]:
        """Return the name that "lagen (N) om …" around the number at `start` to `end` says, and its span; "" for none known."""
        law = _LAW.search(text[:start])
        if law is None:
            return "", start, end
        low = text.lower()
        for name, title in self._title.items():
            if low.startswith(title, end + 1) and not low[end + 1 + len(title) : end + 2 + len(title)].isalnum():
                return name, law.start("law"), end + 1 + len(title)
        return "", law.start("law"), end

    def titles(self, text: str) -> list[tuple[int, int]]:
        """Return where names of statutes stand: by number, from the word lag to the end of a known title; else by old names."""
        spans = []
        for match in _NUMBER.finditer(text):
            _, left, right = self.name_around(text, match.start(), match.end())
            if right == match.end() and left < match.start():
                tail = re.compile(r"[^,;.]*").match(text, right)
                right = tail.end() if tail else right
            spans.append((left, right))
        return spans + [m.span() for m in self.old_names(text)]

    def cited(self, text: str) -> list[re.Match[str]]:
        """Return where a § is cited of a statute whose name an older statute had too, and no number says which."""
        return list(self._cited.finditer(text)) if self._cited else []

    def old_names(self, text: str) -> list[re.Match[str]]:
        """Return where a statute is called by a name that no statute has now, number or not."""
        return list(self._plain.finditer(text)) if self._plain else []


def _cited(names: list[str]) -> re.Pattern[str] | None:
    """A § of a statute that is called by name, without its number: "6 kap. 32 § kommunallagen"."""
    if not names:
        return None
    listed = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"{_PLACE}(?:[^.;§()\d]{{0,40}}?) (?:i )?(?P<name>{listed})s?(?![\w-])(?!\s*\()", re.IGNORECASE)


def _any(names: list[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    return re.compile(rf"(?<![\w-])(?P<name>{'|'.join(re.escape(n) for n in sorted(names, key=len, reverse=True))})s?(?!\w)", re.IGNORECASE)


def _from(statute: Statute) -> date:
    """From when a statute holds; the end of the year of its number when the catalogue does not say."""
    return statute.since or date(int(statute.number[:4]), 12, 31)


def statutes_hold(subject: Subject) -> Iterator[Finding]:
    """SFS: a statute that has been replaced, that is cited by a number that is not its own, or by a name that it had before."""
    statutes = Statutes(subject.catalogue, subject.day)
    for charter in subject.charters:
        for words in subject.words(charter):
            done: list[tuple[int, int]] = []
            for match in _NUMBER.finditer(words.text):
                start, end, found = _numbered(statutes, words, match)
                done.append((start, end))
                if found is not None:
                    yield found
            for match in statutes.cited(words.text):
                yield from _older(subject, statutes, words, match)
            for match in statutes.old_names(words.text):
                if not any(a <= match.start() < b for a, b in done):
                    yield from _named(statutes, words, match)


def _numbered(statutes: Statutes, words: Words, match: re.Match[str]) -> tuple[int, int, Finding | None]:
    text, number = words.text, match[1] or match[2]
    name, start = statutes.name_before(text, match.start())
    end = match.end()
    if not name:
        name, start, end = statutes.name_around(text, match.start(), match.end())
    start = min(start, match.start())
    heirs = statutes.heirs(number)
    known = statutes.current.get(name) or statutes.former.get(name)
    if heirs and (not name or known is None or number in known.replaces):
        return start, end, _replaced(statutes, words, (start, end), number, name, heirs)
    if known is not None and known.number != number and number not in known.replaces:
        old = statutes.retired.get(number)
        if old is not None and old.name.lower() == name:
            return start, end, None
        return start, end, _misnumbered(statutes, words, match, (start, end), number, known)
    if known is not None and known.number == number and name in statutes.former:
        return start, end, _renamed(words, (start, end), known)
    return start, end, None


def _older(subject: Subject, statutes: Statutes, words: Words, match: re.Match[str]) -> Iterator[Finding]:
    """A § cited by the statute's name alone, in words that are older than the statute that has the name now."""
    name = match["name"].lower()
    known = statutes.current[name]
    written = subject.written(words).start
    if known.since is None or not written < known.since <= statutes.day:
        return
    then = [r for r in statutes.elder[name] if int(r.number[:4]) <= written.year]
    if then:
        message = (
            f"Hänvisningen skrevs när {then[-1].name} ({then[-1].number}) gällde. "
            f"Sedan {known.since.isoformat()} gäller {known.name} ({known.number})."
        )
        yield at(words, match.start(), match.end(), "SFS", message, level=Level.VARNING, hint=_now_in(then[-1], match))


def _now_in(retired: Retired, cited: re.Match[str] | None) -> str:
    """What to think of, and where what stood in the § that is cited stands now, if that is known."""
    place = ""
    if cited is not None and not cited["more"]:
        place = f"{cited['kap']} kap. {cited['par']} §" if cited["kap"] else f"{cited['par']} §"
    now = dict(retired.places).get(place)
    if now:
        return f"{retired.note} Det som stod i {place} står nu i {now}.".strip()
    return f"{retired.note} En paragraf i den gamla lagen nämns. Slå upp vilken paragraf som nu gäller.".strip()


def _replaced(
    statutes: Statutes, words: Words, span: tuple[int, int], number: str, name: str, heirs: tuple[Statute, ...]
) -> Finding:
    start, end = span
    retired = statutes.retired.get(number)
    which = f"{retired.name if retired else 'Författningen'} ({number})"
    holds = " och ".join(f"{s.name} ({s.number})" for s in heirs)
    since = f" sedan {heirs[0].since.isoformat()}" if heirs[0].since else ""
    new, hint = None, retired.note if retired else ""
    if retired is not None and retired.plain and len(heirs) == 1 and name:
        if _cites_a_place(words.text, start, end):
            hint = _now_in(retired, _RIGHT_BEFORE.search(words.text[:start]))
        elif name in (retired.name.lower(), heirs[0].name, *(s.lower() for s in heirs[0].short)):
            new = _in_the_manner_of(words.text[start:end], heirs[0])
    return at(
        words, start, end, "SFS", f"{which[:1].upper()}{which[1:]} gäller inte längre. I stället gäller{since} {holds}.", hint=hint, new=new
    )


def _misnumbered(
    statutes: Statutes, words: Words, match: re.Match[str], span: tuple[int, int], number: str, known: Statute
) -> Finding:
    other = statutes.catalogue.statute(number)
    retired = statutes.retired.get(number)
    says = f"{number} är {other.name}. " if other else f"{number} är {retired.name}. " if retired else ""
    newer = int(number[:4]) > int(known.number[:4]) and not says
    safe = not says and not newer and not (number[:4] != known.number[:4] and _cites_a_place(words.text, *span))
    text = words.text[match.start() : match.end()]
    hint = "Är numret en ny lag som katalogen inte känner? Lägg den i så fall i katalog.toml." if newer else ""
    return at(
        words, match.start(), match.end(), "SFS", f"Numret hör inte till namnet. {says}{known.name[:1].upper()}{known.name[1:]} har nummer "
        f"{known.number}.", level=Level.VARNING if newer else Level.FEL, hint=hint,
        new=text.replace(number, known.number) if safe else None,
    )  # fmt: skip


def _renamed(words: Words, span: tuple[int, int], known: Statute) -> Finding:
    start, end = span
    return at(
        words, start, end, "SFS", f"Namnet är äldre. {known.number} heter nu {known.name}.", level=Level.VARNING,
        new=_in_the_manner_of(words.text[start:end], known),
    )  # fmt: skip


def _named(statutes: Statutes, words: Words, match: re.Match[str]) -> Iterator[Finding]:
    """An old name that stands without its number."""
    name = match["name"].lower()
    if name in statutes.former:
        known = statutes.former[name]
        yield at(
            words, match.start(), match.end(), "SFS", f"Namnet är äldre. {known.number} heter nu {known.name}.", level=Level.VARNING,
        )  # fmt: skip
        return
    retired: Retired = statutes.old[name]
    heirs = statutes.heirs(retired.number)
    if heirs:
        yield _replaced(statutes, words, match.span(), retired.number, "", heirs)


def _cites_a_place(text: str, start: int, end: int) -> bool:
    return _PLACE_BEFORE.search(text[:start]) is not None or _PLACE_AFTER.match(text, end) is not None


def _in_the_manner_of(said: str, statute: Statute) -> str:
    """The statute's name and number, written as `said` is: "lagen (N) om …", "lag (N) om …", or "skollagen (N)"."""
    head, _, title = statute.name.partition(" ")
    if head in ("lagen", "förordningen"):
        first = {"lag": "lag", "förordning": "förordning"}.get(said.split(" ", 1)[0].lower(), head)
        new = f"{first} ({statute.number}) {title}"
    else:
        new = f"{statute.name} ({statute.number})"
    return new[:1].upper() + new[1:] if said[:1].isupper() else new
