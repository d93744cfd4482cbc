"""A clause with everything that can be read on its own taken out: quotations, places, charters, committees, days, annexes.

What is left is a short string of Swedish in which each such thing stands as a slot, "⟦A0⟧ utgår", so that a phrase is a
pattern over few words, and a phrase that matches the whole string has accounted for every word of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from reglemente_tool.model.address import Address, Kind, Part, Reads, Step
from reglemente_tool.model.citation import citations
from reglemente_tool.reading import dates
from reglemente_tool.reading.abbreviations import spelled_out
from reglemente_tool.reading.joining import joined
from reglemente_tool.reading.naming import BODY, charters_in, committees_in
from reglemente_tool.reading.operation import INGRESS, Place
from reglemente_tool.reading.quoting import COVER, quotes
from reglemente_tool.reading.slots import Slot


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The words that are left, with slots as ⟦letter number⟧, and the slots by number."""

    words: str
    slots: tuple[Slot, ...]

    def said(self, words: str) -> str:
        """Return a piece of the skeleton's words as it was written."""
        return _MARK.sub(lambda m: self.slots[int(m[2])].said, words)


def places_in(bones: Skeleton) -> tuple[Place, ...]:
    """Return the places with an address that the words speak of, in order."""
    values = (bones.slots[int(m[2])].value for m in _MARK.finditer(bones.words) if m[1] == "A")
    return tuple(value for value in values if isinstance(value, Place))


_MARK = re.compile(r"⟦([A-Z])(\d+)⟧")
LONG = 1000
"""Quotations longer than this name no provision; they are covered before citations are looked for."""

_BLOCK_LEAD = re.compile(
    r"(?:ändras\s+till\s*:\s*|(?:lydelse(?:n|r)?|ordalydelse|lyda|lyder|följande|tillägg|innehåll|nedan)\s*:\s*|(?:följande\s+lydelse|lyda|lyder|"
    r"ny\s+lydelse)\s*(?:\.\s+(?=§|\d|(?-i:[A-ZÅÄÖ])|[–-])|\n\s*)|:[ \t]*\n\s*)(?=\S)",
    re.IGNORECASE,
)
_OWN_SENTENCE = re.compile(
    r"(?:^|(?<=[.:]\s)|\n)\s*(?:ändringen|ändringarna|beslutet|detta beslut|reglementet|reglementena|den nya lydelsen|de nya "
    r"lydelserna)\s+(?:ska\s+|skall\s+)?(?:träd|gäll|börja)",
    re.IGNORECASE,
)
_OWNER = (
    rf"(?:{BODY}s?|tjänsteskrivelsens|skrivelsens|utlåtandets|protokollets|utredningens|förvaltningens|kontorets|\w+(?:kontorets|"
    rf"förvaltningens|utskottets|nämndens|utredningens|beredningens|direktörens|chefens|enhetens|avdelningens|sekreterarens|juristens|"
    rf"kansliets|ledningens|presidiets))"
)
_OF = (
    r"(?:bifoga(?:d|t|de)|bilag(?:d|t|da)|upprätta(?:t|d|de)|föreliggande|framlag(?:t|da)|reviderat|redovisa(?:t|de)|närvarande|lagda|"
    r"liggande|"
    r"presenterat|omarbetat|nytt|ovanstående)"
)
_PAPER = (
    r"(?:förslag(?:et|en)?|bilag(?:a|an|or|orna)|handling(?:en|ar|arna)?|tjänsteskrivelsen?|skrivelsen?|tjänsteutlåtandet?|"
    r"dokument(?:et)?|förteckning(?:en)?|sammanställning(?:en)?|(?:jämförelse)?tabell(?:en)?|jämförelse(?:n)?|lista|karta|text|"
    r"underlag(?:et)?|"
    r"pm|ändringsförslag(?:et)?|version(?:en)?)"
)
_NUMBERS = r"(?:\s+(?:nr\s+)?\d{1,3}(?![:\d])(?:\s?(?:,|–|-|och|samt|respektive)\s?\d{1,3}(?![\d]))*|\s+[A-H](?![\wåäö]))?"
_DATED = rf"(?:,?\s+(?:daterat|daterad|daterade|av|från|den)\s+{dates.DAY})?"
_TO_PAPER = (
    rf"(?:\s+till\s+(?:{_OWNER}\s+)?(?:tjänsteutlåtandet?|tjänsteskrivelsen?|skrivelsen?|protokoll(?:et)?|beslutet|ärendet)"
    rf"(?:\s+(?:daterad|daterat|av\s+den|av|från|den)\s+{dates.DAY})?)?(?:\s+i\s+bilaga{_NUMBERS})?"
)
_SOURCE = re.compile(
    rf"(?<!\w)(?:(?:enligt|i\s+enlighet\s+med|i\s+överensstämmelse\s+med|i\s+linje\s+med|på\s+(?:det\s+)?sätt\s+som\s+framgår\s+av|"
    rf"(?:så\s+)?som\s+(?:de\s+|det\s+)?framgår\s+av|"
    rf"(?:så\s+)?som\s+(?:de\s+|det\s+)?(?:återfinns|redovisas|anges|finns|"
    rf"återges|beskrivs)\s+i|(?:det\s+reglemente\s+)?som\s+utgör|(?:den\s+)?lydelse(?:n)?\s+som\s+framgår\s+av)"
    rf"\s+(?:(?:den|det|de)\s+)?(?:{_OF}\s+|{_OWNER}\s+)*{_PAPER}{_NUMBERS}{_DATED}{_TO_PAPER}(?:\s+respektive\s+bilaga{_NUMBERS})?"
    rf"|(?<=[a-zåäö]),\s+bilaga{_NUMBERS}{_TO_PAPER}(?=[,.]|$|\s+(?:antas|fastställs|godkänns))|"
    rf"(?:{_OF})\s+(?:{_OWNER}\s+)?{_PAPER}{_NUMBERS}{_DATED}|{_OWNER}\s+(?:{_OF}\s+)?förslag(?:et)?{_DATED}|(?:se|"
    rf"jfr)\s+bilaga{_NUMBERS}|\((?:se\s+)?bilaga{_NUMBERS}\))(?!\w)",
    re.IGNORECASE,
)
_COUNCIL = r"(?:(?:kommun|stads|region)?fullmäktige|(?-i:KF))"
_DECIDED = re.compile(
    rf"(?<!\w)(?:(?:(?:tidigare\s+)?(?:{_COUNCIL}(?:-|:?s\s+))?(?:tidigare\s+)?|sitt\s+)beslut(?:et)?\s+(?:av\s+{_COUNCIL}\s+)?"
    rf"(?:av\s+|den\s+|från\s+)?(?P<d0>{dates.DAY}),?\s*§\s*(?P<s0>\d+)(?:,(?=\s[a-zåäö]))?|"
    rf"§\s*(?P<s1>\d+)\s+i\s+{_COUNCIL}s\s+beslut\s+(?:av\s+)?(?P<d1>{dates.DAY})(?:,(?=\s[a-zåäö]))?"
    rf"|{_COUNCIL}s\s+beslut\s+(?:från|av)\s+(?:den\s+)?(?P<d5>{dates.DAY}),?\s*\(§\s*(?P<s5>\d+)\)"
    rf"|(?:{_COUNCIL}s\s+)?beslut(?:et)?\s+§\s*(?P<s4>\d+),?\s+(?:av\s+|från\s+)?(?P<d4>{dates.DAY})(?:,(?=\s[a-zåäö]))?"
    rf"|(?P<adopted>,?\s*(?:antaget|som\s+antogs|antagen|fastställt|fastställd|beslutat|"
    rf"senast\s+reviderat)\s+(?:av\s+)?(?:{_COUNCIL}\s+)?(?:av\s+{_COUNCIL}\s+)?(?P<d3>{dates.DAY}),?(?:\s*§\s*(?P<s3>\d+))?,?))",
    re.IGNORECASE,
)
_STOPS = re.compile(r"\b(?:beslutet|ändringen|ändringarna)\s+(?P<stops>(?:ska\s+)?upphöra?\s+)$", re.IGNORECASE)
_CASE_NUMBER = re.compile(
    r",? \((?:(?:dnr|diarienummer|ärende)[.:]? ?(?:[A-ZÅÄÖ]{2,5}[ /.-]?)?|[A-ZÅÄÖ]{2,5}[ /.-]?)\d{4}[-/:]\d{1,5}(?:[-/:]\d{1,3})?\)"
    r"|,? (?:dnr|diarienummer)[.:]? ?(?:[A-ZÅÄÖ]{2,5}[ /.-]?)?\d{4}[-/:.]\d{1,5}(?:-\d{1,3})?,?"
    r"|,? ?(?:i )?ärende(?:nummer)? (?:[A-ZÅÄÖ]{2,5}[ /-])?\d{4}[-/:]\d{1,6},?|, [A-ZÅÄÖ]{2,5}[ /-]\d{4}[/:-]\d{1,6},?|"
    r"(?<=\()[A-ZÅÄÖ]{2,5}/\d{4}:\d{1,5}, "
)
"""The number of the case, which a clause may mention and which says nothing of what is decided."""
_DECIMAL = re.compile(
    r"(?:(?<=^)|(?<=^att )|(?<=^i )|(?<=^I )|(?<=, )|(?<=reglemente )|(?<= stryka )|(?<= upphäva ))(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)"
    r"(?=,? (?:(?:första|andra|tredje|fjärde|femte|sjätte|sista) \w|(?:i|av|ska|utgår|stryks|upphävs|upphör|får|ges|ändras|har) ))"
)
"""The number of a section that stands without the word, where only a section can stand: "2.4 tredje strecksatsen"."""
_LETTER_ALONE = re.compile(r"(?:(?<=^)|(?<=^att ))([a-h]\))(?= (?:i|under) (?:\d|§))")
"""A bokstav that stands without the word: "b) i 5 §"."""
_INDEFINITE = re.compile(r"\b(?:en|ett) $", re.IGNORECASE)
_BARE_NOUN = re.compile(r"^(?:\S+ )?\S+ (?:stycke|strecksats|punkt|mening)\b", re.IGNORECASE)
"""What "ett tredje stycke" speaks of is new, as "ett nytt tredje stycke" is; "det tredje stycket" is there."""
_FIGURE = re.compile(
    r"\b(?:(?:siffran|talet|årtalet) (?P<old>\d+)\b[^.;:]{0,200}? (?:ändras till|byts(?: ut)? mot|ersätts (?:med|av)|till|mot|med)"
    r"(?: (?:siffran|talet|årtalet))? (?P<new>\d+)|(?:ordet|begreppet|termen) (?P<word>[\w-]+)\b[^.;:]{0,200}? (?:ändras till|"
    r"byts(?: ut)? mot|ersätts (?:med|av)|mot|med)(?: (?:ordet|begreppet|termen))? (?P<other>[\w-]+))"
    r"(?=[.,]?$|[,.]? (?:och|samt|i|från|fr))",
    re.IGNORECASE,
)
"""Figures and single words need no quotation marks: "siffran 3 ändras till 5", "ordet suppleant ersätts med ersättare"."""
_DURING = re.compile(
    rf"\b(?:under|för) (?:tiden|perioden|tidsperioden) (?:från (?:och med )?|fr\.?o\.?m\.? )?(?P<first>{dates.DAY})\s*"
    rf"(?:–|-|—|till(?: och med)?|t\.?o\.?m\.?)\s*(?P<last>{dates.DAY})",
    re.IGNORECASE,
)
_UNDER = re.compile(r"\b(?:under|inom|i avsnittet under) $", re.IGNORECASE)
_INGRESS = re.compile(r"(?<![\w-])(?:ingressen|ingress(?= till| i reglemente)|preambeln)(?![\w-])", re.IGNORECASE)
Found = tuple[int, int, Slot]


def skeleton(text: str) -> Skeleton:
    """Return the skeleton of a clause. Never fails; what is not recognised stays as words."""
    text = text.replace("⟦", "[").replace("⟧", "]").replace("\u00ad", "").replace("\u00a0", " ")
    text = _LETTER_ALONE.sub(r"bokstav \1", _DECIMAL.sub(r"avsnitt \1", spelled_out(text)))
    found: list[Found] = []
    bare = text
    for finder in (_quotations, _blocks, _case_numbers, _sources, _decisions, _times, _places, _charters, _committees):
        for start, end, slot in finder(text, bare):
            if slot.letter in "ABK" and any(s < end and start < e for s, e, _ in found):
                # A place takes the quotations that name it into itself, new wording those that stand in it.
                found = [(s, e, other) for s, e, other in found if e <= start or s >= end]
            found.append((start, end, slot))
            bare = bare[:start] + COVER * (end - start) + bare[end:]
    return _assembled(text, sorted(found, key=lambda item: item[0]))


def _assembled(text: str, found: list[Found]) -> Skeleton:
    pieces: list[str] = []
    slots: list[Slot] = []
    last = 0
    for start, end, slot in found:
        pieces += [text[last:start], f"⟦{slot.letter}{len(slots)}⟧"]
        slots.append(slot)
        last = end
    words = " ".join(re.sub(r"⟦C\d+⟧", "", "".join([*pieces, text[last:]])).split())
    return Skeleton(joined(words, slots), tuple(slots))


def _quotations(text: str, bare: str) -> Iterator[Found]:
    for quote in quotes(text):
        yield quote.start, quote.end, Slot("Q", text[quote.start : quote.end], quote.words)
    figure = _FIGURE.search(bare) if COVER not in bare else None
    if figure is not None:
        for name in ("old", "new") if figure["old"] else ("word", "other"):
            yield figure.start(name), figure.end(name), Slot("Q", figure[name], figure[name])


def _blocks(text: str, bare: str) -> Iterator[Found]:
    lead = _BLOCK_LEAD.search(bare)
    if lead is None or bare[lead.end() :].lstrip()[:1] in ("", COVER):
        return
    block = text[lead.end() :].strip()
    # A sentence about the decision itself is no part of the new wording, nor is a mark that opens a quotation and never closes
    # it; where one stands, a person must say where the wording ends.
    stray = any(mark in bare[lead.end() :] for mark in '"”“„»«')
    if block and not stray and not _OWN_SENTENCE.search(block):
        # What is quoted inside the block belongs to it: the span reaches to the end.
        yield lead.end(), len(text), Slot("B", text[lead.end() :], block)


def _case_numbers(text: str, bare: str) -> Iterator[Found]:
    for match in _CASE_NUMBER.finditer(bare):
        yield match.start(), match.end(), Slot("C", text[match.start() : match.end()], "")


def _sources(text: str, bare: str) -> Iterator[Found]:
    for match in _SOURCE.finditer(bare):
        if (
            not re.match(r"\s+till\s+(?:\S+\s+){0,3}\S*reglemente", bare[match.end() :])
            or "bilag" not in match[0].lower()
            or "enligt" in match[0].lower()
        ):
            yield match.start(), match.end(), Slot("S", text[match.start() : match.end()], " ".join(match[0].split()))


def _decisions(text: str, bare: str) -> Iterator[Found]:
    for match in _DECIDED.finditer(bare):
        day = match["d0"] or match["d1"] or match["d3"] or match["d4"] or match["d5"]
        section = match["s0"] or match["s1"] or match["s3"] or match["s4"] or match["s5"] or ""
        yield match.start(), match.end(), Slot("K", match[0], ("antaget" if match["adopted"] else "beslut", dates.day(day), section))


def _times(text: str, bare: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for span in _DURING.finditer(bare):
        first, last = dates.day(span["first"]), dates.day(span["last"])
        if first is not None and last is not None:
            taken.append(span.span())
            yield span.start(), span.start("last"), Slot("T", text[span.start() : span.start("last")], dates.Moment(span["first"], first))
            yield span.start("last"), span.end(), Slot("U", span["last"], dates.Moment(span["last"], last))
    for letter, pattern, read in (("U", dates.END, dates.ending), ("T", dates.START, dates.beginning)):
        for match in pattern.finditer(bare):
            moment = read(match)
            if moment is not None and not any(s < match.end() and match.start() < e for s, e in taken):
                taken.append(match.span())
                if letter == "T" and match["ended"] and moment.day and (stops := _STOPS.search(bare[: match.start()])):
                    # "Beslutet upphör vid utgången av juni": it still holds on the last day.
                    until = replace(moment, day=moment.day - timedelta(days=1))
                    yield stops.start("stops"), match.end(), Slot("U", text[stops.start("stops") : match.end()], until)
                else:
                    yield match.start(), match.end(), Slot(letter, match[0], moment)
    for start, end, read_day in dates.days(bare):
        if not any(s < end and start < e for s, e in taken):
            yield start, end, Slot("D", text[start:end], read_day)


def _places(text: str, bare: str) -> Iterator[Found]:
    for ingress in _INGRESS.finditer(bare):
        yield ingress.start(), ingress.end(), Slot("A", ingress[0], Place((), (Address(),), under=INGRESS))
    if not re.search(
        r"[§\d]|rubrik|stycke|mening|punkt|strecksats|sats|bullet|bilag|bokstav|kapit|paragraf|tabell|rad|led|st\b|p\b", bare, re.IGNORECASE
    ):
        return
    quoted = [q for q in quotes(text) if q.end - q.start <= LONG and bare[q.start : q.start + 1] == COVER]
    open_text = bare
    for quote in quoted:
        open_text = open_text[: quote.start] + text[quote.start : quote.end] + open_text[quote.end :]
    for citation in citations(open_text):
        inside = any(q.start <= citation.start < q.end or (q.start < citation.end < q.end) for q in quoted)
        holds = any(citation.start < q.end and q.start < citation.end for q in quoted)
        if inside or (holds and not citation.quoted) or not citation.addresses:
            continue
        said = text[citation.start : citation.end]
        if citation.law:
            yield citation.start, citation.end, Slot("L", said, citation.law)
            continue
        before = bare[max(0, citation.start - 24) : citation.start]
        new = _INDEFINITE.search(before) and _BARE_NOUN.search(said)
        reads, explicit = (Reads.NY, True) if new else (citation.reads, citation.explicit)
        place = Place((), tuple(map(_sectioned, citation.addresses)), reads, explicit, citation.quoted, citation.topic)
        if _UNDER.search(before) and len(citation.quoted) == 1 and citation.addresses == (Address((), Part.RUBRIK),):
            place = Place((), (Address(),), under=citation.quoted[0])
        yield citation.start, citation.end, Slot("A", said, place)


def _sectioned(address: Address) -> Address:
    """ "Punkt 3.2" is the section with that number: no list counts its items so."""
    first, *rest = address.steps or (None,)
    if first is None or first.kind is not Kind.PUNKT or "." not in first.number:
        return address
    return replace(address, steps=(Step(Kind.AVSNITT, first.number), *rest))


def _charters(text: str, bare: str) -> Iterator[Found]:
    for start, end, names in charters_in(bare):
        yield start, end, Slot("R", text[start:end], Place(names))


def _committees(text: str, bare: str) -> Iterator[Found]:
    for start, end, name in committees_in(bare):
        yield start, end, Slot("N", text[start:end], name)
