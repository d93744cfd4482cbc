"""What goes: a provision, a list item named by its number or its words, a heading."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.model.address import Address, Part
from reglemente_tool.reading.operation import Operation, Place, Type
from reglemente_tool.reading.phrases import Match, Result, phrase


def repealed(place: Place, quoted: str = "") -> Iterator[Operation]:
    """Yield one repeal for each place. Nothing when no provision is named, or when quotations and places do not pair."""
    words = place.quoted or ((quoted,) if quoted else ())
    if not place.addresses or (words and len(words) != len(place.addresses)):
        return
    for index, address in enumerate(place.addresses):
        if not address.steps and not (address.part is Part.RUBRIK and words):
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


@phrase("{A} {utgår}", "{stryka} {A}(?: utgå)?", "{A} (?:ska )?inte längre (?:ska )?gälla")
def upphor(m: Match) -> Iterator[Result]:
    """att 5 och 7 §§ i reglementet för valnämnden ska upphöra att gälla"""
    yield from repealed(m.place)


@phrase("i {A} {utgår}")
def i_paragrafen_utgar(m: Match) -> Iterator[Result]:
    """att i 2 § strecksatsen ”lokal trafikplanering” stryks"""
    if m.place.quoted or m.place.topic:
        yield from repealed(m.place)


@phrase("{A},? {Q},? {utgår}", "{stryka} {A},? {Q}")
def upphor_med_lydelse(m: Match) -> Iterator[Result]:
    """att 2 § fjärde strecksatsen, ”lokal trafikplanering”, utgår"""
    if m.place.address.last is not None and m.place.address.steps[-1].kind.item and not m.place.quoted:
        yield from repealed(m.place, m.quotes[0])


@phrase("{orden} {Q} {utgår}", "{stryka} {orden} {Q}", "{stryka} {Q}", "{Q} {utgår}", "{orden} {Q}(?:,| och| samt) {Q} {utgår}")
def orden_stryks(m: Match) -> Iterator[Result]:
    """att orden ”i förekommande fall” i 6 § stryks"""
    for address in m.where.addresses:
        for words in m.quotes:
            yield Operation(type=Type.DELETE_WORDS, charter=m.where.charter, target=address, reads=m.where.reads, old=words)


@phrase("{P} ändras? (?:så att|genom att) {orden} {Q} {utgår}")
def orden_i_stryks(m: Match) -> Iterator[Result]:
    """att 6 § ändras så att ordet ”skriftligen” stryks"""
    for address in m.place.addresses:
        yield Operation(type=Type.DELETE_WORDS, charter=m.place.charter, target=address, reads=m.place.reads, old=m.quotes[0])
