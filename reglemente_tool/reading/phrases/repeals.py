"""What goes: a provision, a list item named by its number or its words, a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.model.address import Kind, Part
from reglemente_tool.reading.operation import INGRESS, Operation, Place, Type
from reglemente_tool.reading.phrases import Match, Result, addresses, phrase


def repealed(place: Place, quoted: str = "") -> Iterator[Operation]:
    """Yield one repeal for each place. Nothing when no provision is named, or when quotations and places do not pair."""
    words = place.quoted or ((quoted,) if quoted else ())
    if not place.addresses or (words and len(words) != len(place.addresses)):
        return
    for index, address in enumerate(place.addresses):
        if not address.steps and not (address.part is Part.RUBRIK and words) and place.under != INGRESS:
            return
        yield Operation(
            type=Type.REPEAL_UNIT,
            charter=place.charter,
            target=address,
            reads=place.reads,
            old=_unmarked(words[index]) if words else "",
            topic=place.topic,
        )


def _unmarked(words: str) -> str:
    return words.lstrip("–-—•· ") if words[:1] in "–-—•·" else words


@phrase("{A} {utgår}", "{stryka} {A}", "låta {A} (?:utgå|upphöra(?: att gälla)?)", "{A} (?:ska )?inte längre (?:ska )?gälla",
        "eftersom [^⟦⟧.;:]{3,200}?,? ska {A} (?:utgå|strykas|tas bort|upphöra att gälla|upphävas)")  # fmt: skip
def upphor(m: Match) -> Iterator[Result]:
    """att 5 och 7 §§ i reglementet för valnämnden ska upphöra att gälla"""
    yield from repealed(m.place)


@phrase("{A}(?:,| och| samt| liksom) {A} {utgår}", "{stryka} {A}(?:,| och| samt) {A}", "{A}, {A}(?: och| samt) {A} {utgår}")
def upphor_har_och_dar(m: Match) -> Iterator[Result]:
    """att 5 § i reglementet för valnämnden och 7 § i reglementet för kulturnämnden upphör att gälla"""
    last = m.places[-1].charters
    for place in m.places:
        # "14 § samt rubriken närmast före 14 § i reglementet för …": the charter is said last, for both.
        whole = place if place.charters else replace(place, charters=last)
        gone = tuple(repealed(whole))
        if not gone or not whole.charters:
            return
        yield from gone


@phrase("{A} {utgår},? (?:och )?(?:liksom|likaså) {A}(?: i samma reglemente)?")
def upphor_liksom(m: Match) -> Iterator[Result]:
    """att 5 § i reglementet för valnämnden upphör att gälla, liksom 7 § i samma reglemente"""
    first, second = m.places
    if second.charters and second.charters != first.charters and "samma reglemente" in m.said.lower():
        return
    yield from repealed(first)
    yield from repealed(replace(second, charters=second.charters or first.charters))


@phrase("i {A} {utgår}")
def i_paragrafen_utgar(m: Match) -> Iterator[Result]:
    """att i 2 § strecksatsen ”lokal trafikplanering” stryks"""
    if m.place.quoted or m.place.topic:
        yield from repealed(m.place)


_THESE = r"följande (?P<unit>strecksatser|punkter|strecksats|punkt)"


@phrase(
    f"{_THESE} i {{A}} {{utgår}}: ?(?:{{B}}|{{Q}}|{{QQ}})",
    f"{_THESE} {{utgår}} (?:i|ur|från|under) {{A}}: ?(?:{{B}}|{{Q}}|{{QQ}})",
    f"{{stryka}} {_THESE} (?:i|ur|från|under) {{A}}: ?(?:{{B}}|{{Q}}|{{QQ}})",
    f"(?:i|ur|från|under) {{A}} (?:{{stryka}}|{{utgår}}) {_THESE}: ?(?:{{B}}|{{Q}}|{{QQ}})",
)
def foljande_utgar(m: Match) -> Iterator[Result]:
    """Följande strecksatser i 2 § utgår: ”lokalvård” och ”växel”"""
    block = m.value("B")
    listed = [_unmarked(line.strip()).strip() for line in str(block).splitlines() if line.strip()] if block else list(m.quotes)
    kind = Kind.STRECKSATS if m.group("unit").startswith("streck") else Kind.PUNKT
    if len(m.place.addresses) != 1 or m.place.quoted or m.place.topic or (m.group("unit") in ("strecksats", "punkt")) != (len(listed) == 1):
        return
    for words in listed:
        target = m.place.address.child(kind)
        yield Operation(type=Type.REPEAL_UNIT, charter=m.place.charter, target=target, reads=m.place.reads, old=words)


@phrase("{A},? {Q},? {utgår}", "{stryka} {A},? {Q}")
def upphor_med_lydelse(m: Match) -> Iterator[Result]:
    """att 2 § fjärde strecksatsen, ”lokal trafikplanering”, utgår"""
    if m.place.address.last is not None and m.place.address.steps[-1].kind.item and not m.place.quoted:
        yield from repealed(m.place, m.quotes[0])


@phrase("{Q} {utgår} som (?:egen |eget )?(?P<unit>strecksats|punkt)", "{stryka} {Q} som (?:egen |eget )?(?P<unit>strecksats|punkt)")
def stryks_som(m: Match) -> Iterator[Result]:
    """att ”folkhälsa” stryks som strecksats i 4 §"""
    kind = Kind.PUNKT if m.group("unit").lower() == "punkt" else Kind.STRECKSATS
    if len(m.where.addresses) == 1 and m.where.address.steps and not m.where.address.steps[-1].kind.item:
        yield Operation(type=Type.REPEAL_UNIT, charter=m.where.charter, target=m.where.address.child(kind), old=_unmarked(m.quotes[0]))


@phrase("{orden} {Q} {utgår}", "{stryka} {orden} {Q}", "{stryka} {Q}", "{Q} {utgår}", "{ord}{QQ} {utgår}", "{stryka} {ord}{QQ}")
def orden_stryks(m: Match) -> Iterator[Result]:
    """att orden ”i förekommande fall” i 6 § stryks"""
    if not m.where.addresses and not (m.where.charters and re.search("ord|uttryck|begrepp", m.found[0], re.IGNORECASE)):
        return
    for address in addresses(m.where):
        for words in m.quotes:
            yield Operation(type=Type.DELETE_WORDS, charter=m.where.charter, target=address, reads=m.where.reads, old=words)


@phrase(
    "{ord}{Q} {utgår} (?:{överallt} i|i hela|{överallt}) {R}", "{överallt} i {R} {stryka} {ord}{Q}", "{stryka} {ord}{Q} (?:{överallt} i|"
        "i hela) {R}",
    "{överallt} i {R} {utgår} {ord}{Q}", "{överallt} i {R} {ord}{Q} {utgår}",
)  # fmt: skip
def orden_stryks_overallt(m: Match) -> Iterator[Result]:
    """att ordet ”årligen” stryks i hela reglementet"""
    if not m.place.addresses:
        for charter in m.place.charters or ("",):
            yield Operation(type=Type.REPLACE_EVERYWHERE, charter=charter, old=m.quotes[0])


@phrase("{orden} {Q} i {A} {utgår},? (?:och )?(?:liksom|likaså) {ord}{Q} i {A}")
def orden_stryks_liksom(m: Match) -> Iterator[Result]:
    """att orden ”i regel” i 4 § i reglementet för valnämnden stryks, likaså ordet ”normalt” i 6 §"""
    first, second = m.places
    if any(p.quoted or p.topic or len(p.addresses) != 1 for p in m.places):
        return
    for place, words in ((first, m.quotes[0]), (replace(second, charters=second.charters or first.charters), m.quotes[1])):
        yield Operation(type=Type.DELETE_WORDS, charter=place.charter, target=place.address, reads=place.reads, old=words)


@phrase("{P} ändras? (?:så att|genom att) {orden} {Q} {utgår}")
def orden_i_stryks(m: Match) -> Iterator[Result]:
    """att 6 § ändras så att ordet ”skriftligen” stryks"""
    for address in m.place.addresses:
        yield Operation(type=Type.DELETE_WORDS, charter=m.place.charter, target=address, reads=m.place.reads, old=m.quotes[0])
