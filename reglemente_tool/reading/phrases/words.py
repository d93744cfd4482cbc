"""Words that change inside a provision, or everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.model.address import Address, Kind, Part
from reglemente_tool.reading.operation import Operation, Place, Position, Type, Where
from reglemente_tool.reading.phrases import Match, Result, addresses, phrase

_WHOLES = (Kind.PARAGRAF, Kind.STYCKE, Kind.KAPITEL, Kind.AVSNITT)


def _replaced(place: Place, old: str, new: str) -> Iterator[Operation]:
    for charter in place.charters or ("",):
        for address in addresses(place):
            yield Operation(type=Type.REPLACE_WORDS, charter=charter, target=address, reads=place.reads, old=old, new=new)


@phrase(
    "{ord}{Q} {byts} {ord}{Q}",
    "{byta}(?: ut)? {ord}{Q} (?:mot|till|med|av) {ord}{Q}",
    "{ord}{Q} i {A} {byts} {ord}{Q}",
    "{byta}(?: ut)? {ord}{Q} i {A} (?:mot|till|med) {ord}{Q}",
    "{Q} {byts} {Q}",
    "{stryka} {ord}{Q} och (?:i stället )?(?:ersätta|ersätter|ersätt)(?: det| dem| den)? med {ord}{Q}",
    "{orden} {Q}(?: i {A})? (?:ska )?anpassas till {ord}{Q}",
    "(?P<of>{A}),? {ord}{Q} {byts} {ord}{Q}",
)
def byts_ut(m: Match) -> Iterator[Result]:
    """att i 9 § orden ”skriftlig kallelse” byts ut mot ”kallelse”"""
    place = m.place
    if place.quoted or place.topic:
        return
    if m.group("of") and any(a.part is not Part.HELA or a.last is None or a.last.kind not in _WHOLES for a in place.addresses):
        # An item's words in brackets after it are the item.
        return
    if not place.addresses and any(c.startswith("*") for c in place.charters):
        for charter in place.charters:
            yield Operation(type=Type.REPLACE_EVERYWHERE, charter=charter, old=m.quotes[0], new=m.quotes[1])
        return
    yield from _replaced(place, m.quotes[0], m.quotes[1])


_TWO = "{ord}{Q}(?P<first> i {A})?(?:,| och| samt) {ord}{Q}(?P<second> i {A})?"


@phrase(
    f"{_TWO} {{byts}} {{ord}}{{Q}}(?: respektive {{ord}}{{Q}})?",
    f"{{byta}}(?: ut)? {_TWO} (?:mot|med|till) {{ord}}{{Q}}(?: respektive {{ord}}{{Q}})?",
)
def tva_byts_ut(m: Match) -> Iterator[Result]:
    """att ”fem” i 4 § och ”sju” i 5 § byts mot ”sju” respektive ”nio”"""
    places = m.places or (m.where, m.where)
    if len(places) == 1:
        # One place is that of both when it stands last; after the first alone it may be that of the first.
        places = (places[0], places[0]) if m.group("second") else ()
    if not places or any(p.quoted or p.topic or len(p.addresses) != 1 for p in places):
        return
    charters = {p.charters for p in places if any(p.charters)}
    if len(charters) == 1:
        # The verb is one, and so is the charter, said first or last.
        places = tuple(replace(p, charters=next(iter(charters))) for p in places)
    olds, news = m.quotes[:2], m.quotes[2:]
    if len(news) == 1 and places[0] == places[1]:
        # Two words of one § that give way to one: both together, or each?
        return
    for place, old, new in zip(places, olds, news * 2 if len(news) == 1 else news, strict=True):
        yield from _replaced(place, old, new)


@phrase("(?:i {A} )?{ord}{Q} (?:mot|med|till) {ord}{Q}(?: i {A})?")
def och_ett_till(m: Match) -> Iterator[Result]:
    """att i 4 § byta ut ”tre” mot ”fem” och i 5 § ”fyra” mot ”sex”"""
    last = m.before[-1] if m.before else None
    if last is None or last.type not in (Type.REPLACE_WORDS, Type.REPLACE_EVERYWHERE) or m.place.quoted or m.place.topic:
        return
    if m.named or m.where.addresses:
        yield from _replaced(m.place, m.quotes[0], m.quotes[1])
    else:
        yield replace(last, old=m.quotes[0], new=m.quotes[1])


@phrase(
    r"{ord}{Q} på (?:(?:samtliga|alla) (?P<antal>\d{1,3}) ställen|båda ställena) {byts} {ord}{Q}",
    r"{ord}{Q} på (?:(?:samtliga|alla) (?P<antal>\d{1,3}) ställen|båda ställena) {utgår}",
)
def byts_ut_pa_stallen(m: Match) -> Iterator[Result]:
    """att i 9 § ordet ”chef” på samtliga 2 ställen byts ut mot ”ledare”"""
    if m.place.quoted or m.place.topic:
        return
    hits = int(m.found["antal"] or 2)
    for operation in _replaced(m.place, m.quotes[0], m.quotes[1] if m.quotes[1:] else ""):
        yield replace(operation, hits=hits)


@phrase(
    "{A} ändras (?:så att|genom att) {ord}{Q} {byts} {ord}{Q}",
    "{A} (?:ändras|justeras) från {Q} till {Q}",
)
def andras_sa_att(m: Match) -> Iterator[Result]:
    """att 6 § ändras så att ”tre” ersätts med ”fem”"""
    if (
        m.place.quoted
        or m.place.topic
        or (m.place.address.steps[-1:] and m.place.address.steps[-1].kind.value in ("mening", "strecksats", "punkt", "bokstav"))
    ):
        return
    yield from _replaced(m.place, m.quotes[0], m.quotes[1])


@phrase(
    "{överallt} i {R} {ord}{Q} {byts} {ord}{Q}",
    "{överallt} i {R} (?:byts|ersätts|ändras|byta|ersätta|ändra)(?: ut)? {ord}{Q}(?: ut)? (?:mot|med|av|till) {ord}{Q}",
    "i hela {R} {ord}{Q} {byts} {ord}{Q}",
    "i hela {R} (?:ersätts|byts|ändras)(?: ut)? {ord}{Q}(?: ut)? (?:mot|med|av|till) {ord}{Q}",
    "{ord}{Q} {byts} {ord}{Q} (?:{överallt} i|i hela) {R}",
    "{ord}{Q} (?:{överallt}|i hela {R}|{överallt} i {R}) {byts} {ord}{Q}",
    "{överallt} {byta}(?: ut)? {ord}{Q} (?:mot|till|med) {ord}{Q}",
    "{överallt} {ord}{Q} {byts} {ord}{Q}",
    "{ord}{Q} {överallt} {byts} {ord}{Q}",
    "{byta}(?: ut)? {ord}{Q} (?:mot|till|med) {ord}{Q} (?:{överallt} i|i hela|{överallt}) {R}",
    "{ord}{Q} {byts} {ord}{Q},? {överallt}",
)
def overallt(m: Match) -> Iterator[Result]:
    """att överallt i reglementet ”landstinget” ersätts med ”regionen”"""
    if m.place.addresses:
        return
    for charter in m.place.charters or ("",):
        yield Operation(type=Type.REPLACE_EVERYWHERE, charter=charter, old=m.quotes[0], new=m.quotes[1])


@phrase(
    r"(?:byta|ändra)(?: ut)? (?:benämning|benämningen|beteckning|beteckningen|titel|titeln) från (?P<old>{np}|{Q}) till "
    r"(?P<new>[^⟦⟧.;]{1,120}?|{Q})(?: (?:i|överallt i|genomgående i) {R})?",
    r"(?:benämningen|beteckningen|titeln) (?P<old>{np}|{Q}) (?:{byts}) (?P<new>[^⟦⟧.;]{1,120}?|{Q}) (?:i|överallt i|genomgående i) {R}",
    r"{ord}{Q} {byts} {ord}{Q} i {R}",
)
def benamning(m: Match) -> Iterator[Result]:
    """att byta benämning från suppleant till ersättare i samtliga reglementen"""
    old, new = (m.quotes[0], m.quotes[1]) if len(m.quotes) == 2 else (_plain(m.group("old")), _plain(m.group("new")))
    everywhere = any(c.startswith("*") for c in m.place.charters) or "benämning" in m.found[0].lower()
    if old and new and everywhere and not m.place.addresses and m.place.charters:
        for charter in m.place.charters:
            yield Operation(type=Type.REPLACE_EVERYWHERE, charter=charter, old=old, new=new)


def _plain(words: str) -> str:
    return words.strip(' "”“»«')


@phrase(
    "(?:{ord}{Q} )?(?:efter|före) {ord}{Q} {införs} {ord}{Q}",
    "(?:efter|före) {ord}{Q} {införa} {ord}{Q}",
    "(?:det )?(?:efter|före) {ord}{Q} {införs} {ord}{Q}",
)
def efter_orden(m: Match) -> Iterator[Result]:
    """att i 5 § efter orden ”mark och vatten” infoga ”samt kulturmiljö”"""
    yield from _added(m, beside=m.quotes[0], new=m.quotes[1], before=m.found[0].lower().startswith("före"))


@phrase(
    "{ord}{Q} {införs} (?:närmast |direkt )?(?:efter|före) {ord}{Q}",
    "{införa} {ord}{Q} (?:närmast |direkt )?(?:efter|före) {ord}{Q}",
    "{införs} {ord}{Q} (?:närmast |direkt )?(?:efter|före) {ord}{Q}",
    "{Q} läggs (?:efter|före) {ord}{Q} till",
)
def ordet_infors(m: Match) -> Iterator[Result]:
    """att ordet ”årligen” införs i 8 § före ”redovisa”"""
    yield from _added(m, beside=m.quotes[1], new=m.quotes[0], before="före" in m.found[0].lower())


def _added(m: Match, *, beside: str, new: str, before: bool) -> Iterator[Operation]:
    for address in m.where.addresses:
        position = Position(Where.BEFORE if before else Where.AFTER, words=beside)
        yield Operation(type=Type.INSERT_WORDS, charter=m.where.charter, target=address, reads=m.where.reads, new=new, position=position)


@phrase(
    "{införa} {ord}{Q}(?: i)? (?:uppräkningen|listan|förteckningen)",
    "{ord}{Q} {införs} i (?:uppräkningen|listan|förteckningen)",
    "(?:uppräkningen|listan|förteckningen) (?:kompletteras|utökas) med {ord}{Q}",
    "i (?:uppräkningen|listan|förteckningen) {införa} {ord}{Q}",
    "i (?:uppräkningen|listan|förteckningen) {införs} {ord}{Q}",
)
def i_uppraekningen(m: Match) -> Iterator[Result]:
    """att i 4 § införa ”valförrättare” i uppräkningen"""
    for address in m.where.addresses:
        yield Operation(
            type=Type.INSERT_WORDS,
            charter=m.where.charter,
            target=address,
            reads=m.where.reads,
            new=m.quotes[0],
            position=Position(Where.LIST),
        )


@phrase("{ord}{Q} {införs}(?: sist| i slutet)", "{orden} {Q} {införs}")
def orden_infors(m: Match) -> Iterator[Result]:
    """att i 6 § orden ”och digitalt” läggs till i slutet"""
    if "sist" not in m.found[0].lower() and "slutet" not in m.found[0].lower():
        return
    for address in m.where.addresses:
        if address != Address():
            yield Operation(
                type=Type.INSERT_WORDS,
                charter=m.where.charter,
                target=address,
                reads=m.where.reads,
                new=m.quotes[0],
                position=Position(Where.END),
            )
