"""New wording of what is there: a paragraf, a stycke, an item, a sentence, a heading, an annex."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.model.address import Kind, Part
from reglemente_tool.reading.operation import INGRESS, Operation, Type
from reglemente_tool.reading.phrases import Match, Result, phrase
from reglemente_tool.reading.phrases._texts import pieces


@phrase(
    "{A} {lydelse}{W}",
    "{A} (?:ska )?(?:ha|har|få|får|ges|erhålla|erhåller) (?:den lydelse (?:som framgår av )?|en ändrad lydelse |ny lydelse )?{S}",
    "{revidera} {A} {S}",
    "{A} {revideras} {S}",
    "{A} {lydelse} {orden} {Q}",
    "(?:ändra|formulera om|ge) {A}(?: till| till att lyda| så att den lyder| följande lydelse| ny lydelse| lydelsen){W}",
    "{A} (?:justeras|ändras|revideras)(?: till att lyda)?:? ?{Q}",
    "{A} (?:ersätts|ersättas) (?:med|av) (?:bifogad|bilagd|följande) (?:[a-zåäö]*(?:förteckning|text|tabell|bilaga|karta|skiss|plan|"
    "lista))(?: enligt {S})?",
)
def ny_lydelse(m: Match) -> Iterator[Result]:
    """att 7 § ska ha följande lydelse: ”Nämnden sammanträder minst åtta gånger om året.”"""
    text, source = m.wording
    if not m.place.addresses or m.place.quoted or m.place.topic:
        return
    texts = pieces(text, m.place.addresses)
    if text and texts is None:
        return
    for index, address in enumerate(m.place.addresses):
        if not address.steps and m.place.under != INGRESS:
            return
        yield Operation(
            type=Type.REPLACE_UNIT,
            charter=m.place.charter,
            target=address,
            reads=m.place.reads,
            new=texts[index] if texts else "",
            source="" if text else source or "följande text",
        )


@phrase("{A} {lydelse}{W}", "{A} {byts} (?:strecksatsen |punkten |lydelsen )?{Q}", "i {A} {lydelse}{W}",
        "{A},? {Q},? (?:{byts}|{lydelse}) {Q}", "{byta}(?: ut)? {A},? {Q},? (?:till|mot|med)(?: att lyda)? {Q}",
        "{byta}(?: ut)? {A} (?:till|mot|med)(?: att lyda)? {Q}")  # fmt: skip
def punkten_far_lydelse(m: Match) -> Iterator[Result]:
    """att strecksatsen ”lokal trafikplanering” i 2 § ersätts med ”trafikplanering”"""
    place, (text, _) = m.place, m.wording
    if len(place.addresses) != 1 or not text or not place.address.steps:
        return
    last = place.address.steps[-1]
    if not last.kind.item and not (last.kind in (Kind.MENING, Kind.STYCKE) and not last.number and place.quoted):
        return
    if bool(place.quoted or place.topic) == (len(m.quotes) == 2):
        return
    old = m.quotes[0] if len(m.quotes) == 2 else place.quoted[0] if place.quoted else ""
    texts = pieces(text, place.addresses)
    if texts:
        yield Operation(
            type=Type.REPLACE_UNIT, charter=place.charter, target=place.address, reads=place.reads, old=old, topic=place.topic, new=texts[0]
        )


@phrase("{A} (?:ska )?(?:ersätts|ersättas|byts(?: ut)?|bytas(?: ut)?) (?:med|mot|av) {A}", "{byta}(?: ut)? {A} (?:mot|med) {A}")
def strecksatsen_ersatts(m: Match) -> Iterator[Result]:
    """att strecksatsen ”torghandel” i 2 § ersätts med strecksatsen ”torg och marknader”"""
    place, new = m.places[0], m.named[1]
    if len(place.addresses) != 1 or not place.address.steps or place.topic or len(place.quoted) > 1 or new.charters or new.topic:
        return
    last, other = place.address.steps[-1], new.address.last
    alone = other is not None and len(new.address.steps) == 1 and not other.number and len(new.quoted) == 1
    if not alone or other is None or other.kind is not last.kind or not last.kind.item or not (last.number or place.quoted):
        return
    texts = pieces(new.quoted[0], place.addresses)
    if texts:
        old = place.quoted[0] if place.quoted else ""
        yield Operation(type=Type.REPLACE_UNIT, charter=place.charter, target=place.address, reads=place.reads, old=old, new=texts[0])


@phrase("{A} ska (?:vara|heta) {Q}", "{A} ska lyda {Q}")
def rubriken_ska_vara(m: Match) -> Iterator[Result]:
    """att rubriken närmast före 8 § ska vara ”Protokoll”"""
    place = m.place
    if len(place.addresses) == 1 and place.address.part is Part.RUBRIK and place.address.steps and not place.quoted:
        yield Operation(type=Type.REPLACE_UNIT, charter=place.charter, target=place.address, reads=place.reads, new=m.quotes[0])


@phrase("{A} (?:ändras|ska ändras|byts(?: ut)?|justeras) från {Q} till(?: att lyda)? {Q}", "ändra {A} från {Q} till {Q}")
def fran_till(m: Match) -> Iterator[Result]:
    """att första meningen i 9 § ändras från ”Kallelse skickas per post.” till ”Kallelse skickas digitalt.”"""
    place = m.place
    if len(place.addresses) != 1 or len(m.quotes) != 2 or not place.address.steps:
        return
    whole = place.address.part is Part.RUBRIK or place.address.steps[-1].kind is Kind.MENING or place.address.steps[-1].kind.item
    kind = Type.REPLACE_UNIT if whole else Type.REPLACE_WORDS
    yield Operation(type=kind, charter=place.charter, target=place.address, reads=place.reads, old=m.quotes[0], new=m.quotes[1])


@phrase("{A} (?:{byts}|{lydelse}|{nynamn}) {Q}", "{byta}(?: ut)? {A} (?:till|mot|med) {Q}")
def rubriken_andras(m: Match) -> Iterator[Result]:
    """att rubriken ”Kallelse” ändras till ”Kallelse och handlingar”"""
    place = m.place
    if len(place.addresses) == 1 and place.address.part is Part.RUBRIK and place.quoted:
        yield Operation(
            type=Type.REPLACE_UNIT, charter=place.charter, target=place.address, reads=place.reads, old=place.quoted[0], new=m.quotes[0]
        )


@phrase("{R} (?:(?:ska|får) (?:ha|få|ges)|får|ges|erhåller) (?:(?:den |följande )?lydelse(?:n)?(?: som framgår av)?:?{W}|{S})")
def reglementet_far_lydelse(m: Match) -> Iterator[Result]:
    """att reglementet för socialnämnden ska ha den lydelse som framgår av bilaga 1"""
    text, source = m.wording
    for charter in m.place.charters or ("",):
        yield Operation(type=Type.REPLACE_CHARTER, charter=charter, new=text, source="" if text else source)
