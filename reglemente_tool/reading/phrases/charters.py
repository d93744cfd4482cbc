"""Whole charters: adopted, replaced, revised by an annex, repealed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.phrases import Match, Result, phrase

_AFTER = "(?:,? {S}|,? {S},|,? i (?:dess|sin) helhet|,? med (?:nedanstående|följande) lydelse|:)?"
_PURPOSE = "(?:,? i syfte att (?P<purpose>.{3,300}?)|,? (?:med anledning av|till följd av) (?P<because>{np}))?"


def _whole(m: Match, kind: Type, text: str = "") -> Iterator[Operation]:
    if m.place.addresses:
        return
    source = m.sources[-1] if m.sources else ("förslag" if "förslag" in m.found[0].lower() else "")
    sources = _shared(source, len(m.place.charters))
    for index, charter in enumerate(m.place.charters or ("",)):
        yield Operation(type=kind, charter=charter, new=text, source="" if text else sources[index])


def _shared(source: str, count: int) -> tuple[str, ...]:
    """ "enligt bilagorna 1–3" for three charters is one annex each."""
    apart = re.findall(r"bilaga\s+\w+", source) if "respektive" in source else []
    if len(apart) == count > 1:
        return tuple(apart)
    numbers = re.search(r"bilagorna\s+(\d+)\s?[–-]\s?(\d+)", source)
    if numbers and int(numbers[2]) - int(numbers[1]) + 1 == count > 1:
        return tuple(f"bilaga {n}" for n in range(int(numbers[1]), int(numbers[2]) + 1))
    return (source,) * max(count, 1)


@phrase(
    f"{{anta}} {{förslag}}{{nytt}}{{R}}{_AFTER}(?: {{B}})?",
    "{anta} {förslag}{nytt}{R} {S},? {S}",
    "{anta} {S},? {nytt}{R}",
    "{anta} (?:bifogat|bilagt|bilagda|bifogade|föreliggande|upprättat|nytt|reviderat|följande) {R}(?: {S})?(?::? {B})?",
    f"{{anta}} {{förslag}}{{nytt}}{{R}}{_AFTER},? att ersätta nuvarande(?: reglemente)?",
)
def anta(m: Match) -> Iterator[Result]:
    """att anta reglemente för krisledningsnämnden enligt bilaga 2"""
    block = m.value("B")
    definite = re.search(
        r"reglemente(?:t|na|n)\b|arbetsordningen\b|nytt\b|nya\b|reviderat\b|reviderade\b|omarbetat\b|uppdaterat\b", m.said, re.IGNORECASE
    )
    yield from _whole(m, Type.REPLACE_CHARTER if definite else Type.ADOPT_CHARTER, str(block) if block else "")


@phrase(
    f"{{förslag}}{{nytt}}{{R}},? (?:{{S}},? )?{{antas}}{_AFTER}",
    f"{{S}} till {{nytt}}{{R}} {{antas}}{_AFTER}",
    f"{{förslag}}{{nytt}}{{R}},? (?:{{S}},? )?{{antas}}{_AFTER}(?: och|,) ersätter (?:nuvarande|tidigare|gällande) reglemente(?:t)?",
    "(?:ersätta|byta ut) {R} (?:med|mot) (?:{S}|(?:ett )?(?:nytt )?reglemente {S})",
    "{R} (?:ska )?(?:ersätts|ersättas|byts ut|bytas ut) (?:med|mot|av) (?:{S}|(?:ett )?(?:nytt )?reglemente {S})",
)
def antas(m: Match) -> Iterator[Result]:
    """Reglemente för kulturnämnden, i enlighet med bilaga 3, antas."""
    yield from _whole(m, Type.REPLACE_CHARTER)


@phrase(
    "(?:reglemente|arbetsordning|instruktion) för (?:denna|denne|nämnden|densamma|utskottet) {antas} ?{S}?",
    "{anta} {förslag}(?:reglemente|arbetsordning|instruktion)(?: för (?:denna|nämnden|densamma|utskottet))?(?:,? {S})?",
)
def anta_for_denna(m: Match) -> Iterator[Result]:
    """att inrätta en parknämnd och att fastställa reglemente för denna enligt bilaga 4"""
    if not m.where.addresses and (m.where.charters or not m.before):
        yield Operation(type=Type.ADOPT_CHARTER, charter=m.where.charter, source=m.sources[-1] if m.sources else "")


@phrase("för {N} {anta} {förslag}{nytt}reglemente(?:,? {S})?")
def anta_for_namnden(m: Match) -> Iterator[Result]:
    """att för krisledningsnämnden anta reglemente enligt bilaga 2"""
    new = re.search(r"nytt\b|reviderat\b|omarbetat\b|uppdaterat\b|ändrat\b", m.said, re.IGNORECASE)
    kind = Type.REPLACE_CHARTER if new else Type.ADOPT_CHARTER
    yield Operation(type=kind, charter=m.bodies[0], source=m.sources[-1] if m.sources else "")


@phrase(
    f"{{revidera}} {{R}}(?:,? {{S}})?{_PURPOSE}",
    f"{{R}} {{revideras}}(?:,? {{S}})?{_PURPOSE}",
    "{anta} {förslag}(?:revidering|ändring|ändringar|revideringar|uppdatering|justering|justeringar|revidering/uppdatering)(?:en|"
    "arna)? (?:av|i|till) {R}(?:,? {S})?",
    "{anta} (?:{S}|{N}s förslag) till (?:revidering|ändring|ändringar|revideringar|uppdatering|justering|justeringar)(?:en|arna)? "
    "(?:av|i) {R}",
    "{S} till (?:revidering|ändring|ändringar|justeringar) (?:av|i) {R} {antas}",
    "(?:föreslagna|redovisade|föreslagen) (?:revidering|ändring|ändringar|justeringar|revideringar)(?:en|arna)? (?:av|i) {R} "
    "{antas}(?:,? {S})?",
    "{anta} (?:föreslagna|redovisade|de föreslagna) (?:ändringar|ändringarna|revideringar|justeringar) (?:av|i) {R}(?:,? {S})?",
    "(?:revidering|ändring|ändringar|revideringar)(?:en|arna)? (?:av|i) {R} {antas}(?:,? {S})?",
    "redaktionella (?:ändringar|justeringar) (?:görs|vidtas|genomförs|ska göras) i {R},? {S}",
    "(?:göra|genomföra|vidta) (?:en )?(?:revidering|översyn|redaktionella ändringar|ändringar|revideringar) (?:av|i) {R}(?:,? {S})",
)
def revidera(m: Match) -> Iterator[Result]:
    """att revidera socialnämndens reglemente enligt bilaga 1"""
    yield from _whole(m, Type.REVISE_BY_ANNEX)


@phrase(
    "{R}(?:,? {K},?)? {utgår}",
    "(?:upphäva|upphäver|avskaffa|dra in) {R}(?:,? {K})?",
    "{R}(?:,? {K},?)? (?:ska )?(?:upphör|upphöra|upphävs|upphävas)(?: att gälla)?(?: i sin helhet)?",
)
def reglementet_upphor(m: Match) -> Iterator[Result]:
    """att reglementet för trafiknämnden upphör att gälla"""
    if not m.place.addresses:
        for charter in m.place.charters or ("",):
            yield Operation(type=Type.REPEAL_CHARTER, charter=charter)


@phrase(
    "(?:upphäva|upphäver) (?:nuvarande|tidigare|gällande|befintligt|det) (?:reglemente|reglementet|arbetsordning)(?: för (?:densamma|"
    "denna|nämnden|samma nämnd))?",
    "(?:nuvarande|tidigare|gällande|det) reglemente(?:t)?(?: för (?:densamma|denna|nämnden))? (?:upphävs|upphör att gälla|upphör|ska "
    "upphöra att gälla|ska upphävas)",
    "(?:samtidigt )?upphävs (?:nuvarande|tidigare|gällande) reglemente(?:t)?(?: för (?:densamma|denna|nämnden))?",
)
def nuvarande_upphor(m: Match) -> Iterator[Result]:
    """att anta nytt reglemente för kulturnämnden och att upphäva nuvarande reglemente för densamma"""
    if not m.where.addresses and (m.where.charters or not m.before):
        for charter in m.where.charters or ("",):
            yield Operation(type=Type.REPEAL_CHARTER, charter=charter)
