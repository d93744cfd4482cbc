"""Whole charters: adopted, replaced, revised by an annex, repealed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.model.address import Kind
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.phrases import Match, Result, phrase

_PURPOSE = "(?:,? i syfte att (?P<purpose>.{3,300}?)|,? (?:med anledning av|till följd av) (?P<because>{np}))?"
_OLD = r"(?:reglemente(?:t|n|na)?|arbetsordning(?:en)?|instruktion(?:en)?|{R}|det|de)"
_PAPERS = r"(?:{S}|\({A}\)|{A}|(?:det |ett )?bila(?:gt|gda) (?:reglemente|förslag)|(?:det )?reglemente {S})"
_BY = (
    r"(?:,? ?(?:(?:så )?som (?:det |den |de )?(?:framgår av|står i|anges i|redovisas i) |enligt |i enlighet med |utifrån |på grundval av |"
    r"se "
    r"|(?:så ?som|såsom|som) (?:(?:de|det|den|dessa|ändringarna) )?(?:(?:har|är|blivit) )*(?:markera(?:t|ts|d|de)|redovisa(?:t|ts|s|d|de)|"
    r"framgå(?:r|tt)|återgivits|presentera(?:ts|t|s))(?: med [^⟦⟧,;:]{3,60})? i |med (?:de |den )?(?:ändringar(?:na)?|ändring|"
    r"revideringar|tillägg) |(?:enligt|i enlighet med) (?:vad|det) )?(?:(?:jämförelsetabell|"
    rf"jämförelse)(?:en)? (?:i|enligt) )?(?:det )?{_PAPERS},?"
    r"|,? ?(?:daterat |daterad |daterade |av den |av |från |den )?{D},?| \([^()⟦⟧]{3,80}\)|,? dnr [^⟦⟧,;:]{3,30}){0,4}"
    r"(?:,? i (?:dess|sin) helhet|,? med (?:nedanstående|följande) lydelse:?|:)?(?: {B})?"
)
"""The document that holds the text: an annex, a proposal, what follows."""
_INSTEAD = (
    rf"(?P<instead>,? (?:(?:som|vilka|vilket|vilken|och|samt) (?:samtidigt |därmed )?(?:ersätter|upphäver)|(?:för )?att ersätta|i stället "
    rf"för|"
    rf"samtidigt som det upphäver) (?:samtidigt )?"
    rf"(?:det |de |"
    rf"den |nu )*"
    rf"(?:tidigare |gällande |nuvarande |befintliga |nu gällande |antaget |antagna )*{_OLD}(?: (?:från|som antogs|antaget) (?:år "
    rf")?(?:\\d{{4}}|{{D}}))?)?"
)
_KIND = (
    r"(?P<kind>(?:(?:(?:en )?(?:reviderad|uppdaterad|ändrad) version av|förslag(?:et)? till|det|de|den|ett|nya|nytt|första|nyskrivna?t?|"
    r"bifoga[dt]e?|bilag[dt]a?|upprätta[dt]e?|föreliggande|"
    r"föreslag(?:en|et|na)|revidera[dt]e?|uppdatera[dt]e?|ändra[dt]e?|omarbeta[dt]e?|följande|ny|gemensamt?) )*)"
)
_CHANGE = (
    r"(?:(?:förslag(?:et)? till|{S}(?: till)?|{N}s förslag till|de|den|det|föreslag(?:en|na)|redovisa(?:d|de)|mindre|smärre|bifogad?e?|"
    r"redaktionella|följande|"
    r"språkliga|(?:redaktionella och språkliga)) )*(?:revidering|ändring|ändringar|revideringar|uppdatering|uppdateringar|justering|"
    r"justeringar|"
    r"förändringar|revidering/uppdatering)(?:en|na|arna)? (?:av|i|till)"
)


_FORMER = (
    r"(?:(?:det |den |de )?(?:(?:nu )?(?:nuvarande|tidigare|gällande|gamla|befintliga|befintligt|nu gällande|hittillsvarande|"
    r"föregående)(?: antagna| antaget)?)|"
    r"det|den|de|deras|dess)"
)
_ACTS = r"(?:reglemente|reglementet|reglementen|reglementena|arbetsordning|arbetsordningen|arbetsordningar|instruktion|instruktioner)"
_THESE = r"(?:densamma|denna|denne|nämnden|samma nämnd|dessa(?: nämnder)?|nämnderna|de nämnda nämnderna|desamma|samma nämnder)"
_ADOPTING = (Type.ADOPT_CHARTER, Type.REPLACE_CHARTER, Type.REVISE_BY_ANNEX)


def _whole(m: Match, kind: Type, text: str = "") -> Iterator[Operation]:
    charters = [place for place in m.places if not place.addresses or place.charters]
    annexes = [place for place in m.named if place.addresses]
    if any(a.steps[:1] and a.steps[0].kind is not Kind.BILAGA for place in annexes for a in place.addresses) or len(annexes) > 1:
        return
    if not charters and m.where.addresses:
        return
    names = charters[0].charters if charters else m.where.charters
    written = m.sources[-1] if m.sources else ""
    if annexes:
        written = f"{written} bilaga {annexes[0].address.steps[0].number}".strip()
    source = written or ("förslag" if "förslag" in m.found[0].lower() else "")
    sources = _shared(source, len(names))
    for index, charter in enumerate(names or ("",)):
        yield Operation(type=kind, charter=charter, new=text, source="" if text else sources[index])


def _shared(source: str, count: int) -> tuple[str, ...]:
    """ "enligt bilagorna 1–3" for three charters is one annex each, in order; so is "bilaga 1 respektive bilaga 2"."""
    apart = re.findall(r"bilaga\s+(\w+)", source) if "respektive" in source else []
    several = re.search(r"bilagorna\s+(\d+)\s?[–-]\s?(\d+)", source)
    listed = re.search(r"bilag(?:orna|or|a)\s+((?:\d+, )*\d+,? (?:och|samt|respektive) \d+)", source)
    if several:
        apart = [str(n) for n in range(int(several[1]), int(several[2]) + 1)]
    elif listed:
        apart = re.findall(r"\d+", listed[1])
    if len(apart) == count > 1:
        return tuple(f"bilaga {n}" for n in apart)
    return (source,) * max(count, 1)


def _of_committee(made: tuple[Operation, ...], m: Match) -> tuple[Operation, ...]:
    """The charter of "den nybildade servicenämnden" is told by the committee."""
    return (replace(made[0], charter=m.bodies[-1]),) if len(made) == 1 and not made[0].charter and m.bodies else made


def _kind(m: Match, indefinite: Type) -> Type:
    """What is done with a charter, by how the clause speaks of it: "reviderat", "nytt", "reglementet", "det första"."""
    words = f"{m.group('kind')} {m.said}".lower()
    if re.search(r"\bförsta |nybildad|nyinrättad", words):
        return Type.ADOPT_CHARTER
    if re.search(r"\b(?:revidera[dt]e?|uppdatera[dt]e?|ändra[dt]e?|omarbeta[dt]e?)\b", words):
        return Type.REVISE_BY_ANNEX
    definite = (
        r"\breglemente(?:t|na|n)\b|arbetsordningen\b|\bersätt|\bbyta? ut|\bbyt(?:s|as) ut|\bnytt\b|\bny(?:a)? (?:reglement|"
        r"arbetsordning|instruktion)"
    )
    if re.search(definite, words) or m.group("instead"):
        return Type.REPLACE_CHARTER
    created = [op for op in m.before if op.type is Type.CREATE_BODY]
    return Type.ADOPT_CHARTER if created else indefinite


@phrase(
    f"{{anta}} {_KIND}{{P}}{_BY}{_INSTEAD}",
    f"{{S}},? {{anta}} {_KIND}{{R}}{_INSTEAD}",
    f"{{R}} (?:ska )?(?:ersätter|ersätta) (?:det |den |nu |tidigare |gällande |nuvarande |befintliga |nu gällande )*{_OLD},?(?: "
    f"{{K}})?(?P<kind>)(?P<instead>)",
    f"{{anta}} {{S}}(?: till)?,? {_KIND}{{P}}{_BY}{_INSTEAD}",
    f"{{anta}} {{N}}s förslag till {_KIND}{{P}}{_BY}{_INSTEAD}",
    f"{{anta}} {_KIND}reglemente för (?:den )?(?:nybildade|nyinrättade|nya) {{N}}{_BY}{_INSTEAD}",
)
def anta(m: Match) -> Iterator[Result]:
    """att anta reglemente för krisledningsnämnden enligt bilaga 2"""
    block = m.value("B")
    yield from _of_committee(tuple(_whole(m, _kind(m, Type.ADOPT_CHARTER), str(block) if block else "")), m)


@phrase(
    f"{_KIND}reglemente för (?:den )?(?:nybildade|nyinrättade|nya) {{N}} {{antas}}{_BY}{_INSTEAD}",
    f"{_KIND}{{P}},? (?:reviderat|uppdaterat|ändrat) {{S}},? {{antas}}{_INSTEAD}",
    f"{_KIND}{{P}}(?: i {{A}})?,? (?:(?:daterat|daterad|av) {{D}},? ?)?(?:(?:enligt |i enlighet med )?{{S}},? )?{{antas}}{_BY}{_INSTEAD}",
    f"(?:{{S}}|{{N}}s förslag) till {_KIND}{{P}} {{antas}}{_BY}{_INSTEAD}",
    "(?:ersätta|byta ut) {R} (?:med|mot) (?:{S}|(?:ett )?(?:nytt )?reglemente {S}|bilagt reglemente)(?P<kind>)(?P<instead>)",
    "{R} (?:ska )?(?:ersätts|ersättas|byts ut|bytas ut)(?: i (?:dess|sin) helhet)? (?:med|mot|av) (?:(?:det )?{S}|(?:det |ett )?(?:nytt "
    ")?reglemente {S}|"
    "(?:bilagt|bifogat) (?:nytt )?(?:reglemente|förslag))(?P<kind>)(?P<instead>)",
)
def antas(m: Match) -> Iterator[Result]:
    """Reglemente för kulturnämnden, i enlighet med bilaga 3, antas."""
    block = m.value("B")
    yield from _of_committee(tuple(_whole(m, _kind(m, Type.ADOPT_CHARTER), str(block) if block else "")), m)


@phrase(
    "(?:reglemente|arbetsordning|instruktion) för (?:denna|denne|nämnden|densamma|utskottet) {antas} ?{S}?",
    "reglementen för dessa {antas} ?{S}?", "{anta} reglementen för dessa ?{S}?",
    "{anta} (?:bifogat|bilagt|bilagda|föreliggande|upprättat|nytt|följande) (?:nytt )?(?:reglemente|arbetsordning)(?:,? {S})?",
    "{anta} {förslag}(?:reglemente|arbetsordning|instruktion)(?: för (?:denna|nämnden|densamma|utskottet))?(?:,? {S})?",
)
def anta_for_denna(m: Match) -> Iterator[Result]:
    """att inrätta en parknämnd och att fastställa reglemente för denna enligt bilaga 4"""
    new = next((op.bodies for op in reversed(m.before) if op.type is Type.SPLIT_BODY), ())
    if "för dessa" in m.found[0].lower():
        sources = _shared(m.sources[-1] if m.sources else "", len(new))
        yield from (Operation(type=Type.ADOPT_CHARTER, charter=body, source=source) for body, source in zip(new, sources, strict=False))
        return
    if not m.where.addresses and (m.where.charters or not m.before):
        yield Operation(type=Type.ADOPT_CHARTER, charter=m.where.charter, source=m.sources[-1] if m.sources else "")


@phrase("{N} (?:får|ges|ska få) (?:ett )?nytt reglemente(?:,? {S})?", "för {N} {anta} {förslag}{nytt}reglemente(?:,? {S})?")
def anta_for_namnden(m: Match) -> Iterator[Result]:
    """att för krisledningsnämnden anta reglemente enligt bilaga 2"""
    new = re.search(r"nytt\b|reviderat\b|omarbetat\b|uppdaterat\b|ändrat\b", m.said, re.IGNORECASE)
    kind = Type.REPLACE_CHARTER if new else Type.ADOPT_CHARTER
    yield Operation(type=kind, charter=m.bodies[0], source=m.sources[-1] if m.sources else "")


@phrase(
    f"{{revidera}} {_KIND}{{R}}{_BY}{_PURPOSE}",
    f"(?:de |mindre |vissa )?(?:redaktionella|språkliga) (?:ändringar|justeringar) (?:görs|genomförs|vidtas|ska göras) i {{R}}{_BY}",
    f"(?:{{S}}|{{A}}),? {{revidera}} {_KIND}{{R}}",
    f"med (?:de )?(?:ändringar|revideringar|justeringar)(?:na)? {{S}},? {{anta}} {_KIND}{{R}}",
    f"{{R}} {{revideras}}{_BY}{_PURPOSE}",
    f"{{anta}} {_CHANGE} {_KIND}{{P}}{_BY}{_PURPOSE}",
    f"{_CHANGE} {{R}} {{antas}}{_BY}",
    f"{_CHANGE} {{R}} (?:görs|vidtas|genomförs|ska göras){_BY}",
    f"(?:göra|genomföra|vidta) (?:en )?(?:översyn av|{_CHANGE}) {{R}}{_BY}",
)
def revidera(m: Match) -> Iterator[Result]:
    """att revidera socialnämndens reglemente enligt bilaga 1"""
    if m.value("B"):
        # What stands below is the changes themselves, or a text: no annex.
        return
    yield from _whole(m, Type.REVISE_BY_ANNEX)


@phrase(
    "{R}(?:,? {K},?)? {utgår}", "{R} (?:gäller inte längre|ska inte längre gälla|ska inte gälla längre)",
    "(?:upphäva|upphäver|avskaffa|dra in) {R}(?:,? {K})?",
    "{R}(?:,? {K},?)? (?:ska )?(?:upphör|upphöra|upphävs|upphävas)(?: att gälla)?(?: i sin helhet)?",
)
def reglementet_upphor(m: Match) -> Iterator[Result]:
    """att reglementet för trafiknämnden upphör att gälla"""
    if not m.place.addresses:
        for charter in m.place.charters or ("",):
            yield Operation(type=Type.REPEAL_CHARTER, charter=charter)


@phrase(
    f"(?:upphäva|upphäver) {_FORMER}(?: {_ACTS})?(?: för {_THESE})?(?:,? {{K}})?",
    f"{_FORMER}(?: {_ACTS})?(?: för {_THESE})?(?:,? ?{{K}},?)? (?:upphävs|upphör att gälla|upphör|ska upphöra att gälla|ska upphävas|"
    "upphöra att gälla|upphöra|ersätts)",
    f"(?:upphäva|upphäver) (?:dessa )?nämnders?(?:nas)? {_FORMER} {_ACTS}",
    "(?:upphäva|upphäver) (?:samtidigt )?reglemente(?:t)?,? {K}", "reglemente(?:t)?,? {K},? (?:upphävs|upphör(?: att gälla)?)",
    "(?:samtidigt )?upphävs (?:nuvarande|tidigare|gällande) reglemente(?:t)?(?: för (?:densamma|denna|nämnden))?",
)
def nuvarande_upphor(m: Match) -> Iterator[Result]:
    """att anta nytt reglemente för kulturnämnden och att upphäva nuvarande reglemente för densamma"""
    adopted = tuple(dict.fromkeys(op.charter for op in m.before if op.type in _ADOPTING))
    several = re.search(r"reglementena?\b(?! för nämnden)|reglementen\b|dessa|instruktioner|arbetsordningar", m.found[0], re.IGNORECASE)
    if several and len(adopted) > 1 and not re.search("för (?:densamma|denna|nämnden|samma)", m.found[0], re.IGNORECASE):
        # "dessa nämnders reglementen" are those that the clause itself has put in their place.
        yield from (Operation(type=Type.REPEAL_CHARTER, charter=charter) for charter in adopted)
        return
    if not m.where.addresses and (m.where.charters or not m.before) and not (several and len(adopted) == 1 and "dessa" in m.found[0]):
        for charter in m.where.charters or ("",):
            yield Operation(type=Type.REPEAL_CHARTER, charter=charter)
