"""What moves: a list item to another charter, a heading to another paragraf."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.model.address import Address, Kind, Part, Step
from reglemente_tool.reading.operation import Operation, Place, Position, Type, Where
from reglemente_tool.reading.phrases import Match, Result, phrase

_MOVED = "(?:flyttas|ska flyttas|flyttas över|överförs|ska överföras|förs över|ska föras över)"
_SET = "(?:sätts|ska sättas|placeras|ska placeras|flyttas|ska flyttas|ställs)"


@phrase(
    f"{{A}} {_SET}(?: till)? (?:närmast )?(?:före|framför|till före) {{A}}",
    f"{{A}} {_SET} till {{A}}",
    f"{{A}} {_SET} så att den står (?:närmast )?(?:före|framför|över) {{A}}",
    "(?:sätta|flytta|placera) {A}(?: till)? (?:närmast )?före {A}",
)
def rubriken_flyttas(m: Match) -> Iterator[Result]:
    """att rubriken närmast före 5 § sätts närmast före 6 §"""
    place, to = m.places
    if (
        len(place.addresses) != 1
        or len(to.addresses) != 1
        or place.address.part is not Part.RUBRIK
        or to.charters not in ((), place.charters)
    ):
        return
    yield Operation(
        type=Type.MOVE_UNIT, charter=place.charter, target=place.address, old=place.quoted[0] if place.quoted else "",
        to=Place((), (Address(to.address.steps, Part.RUBRIK),), to.reads),
    )  # fmt: skip


@phrase(
    f"{{A}} {_MOVED} från {{P}} till {{P}}(?P<end>,? sist| i slutet av listan)?",
    f"{{A}} {_MOVED} till {{P}}(?P<end>,? sist)?",
    f"{{A}} {_MOVED}(?: från {{P}})? till (?P<end>slutet (?:av|i) |sist i ){{P}}",
    "(?:flytta|överföra|föra över) {A}(?: från {P})? till (?P<end>slutet (?:av|i) |sist i ){P}",
    f"{{A}},? {{Q}},? {_MOVED} (?:från {{R}} )?till {{P}}(?P<end>)",
    f"(?:strecksatsen|punkten) {{Q}} {_MOVED} från {{A}} till {{P}}(?P<end>)",
    f"{{Q}} {_MOVED} från {{A}} till {{P}}(?P<end>)",
    "(?:flytta|överföra|föra över) {A} från {P} till {P}(?P<end>)",
    "(?:flytta|överföra|föra över) {A} till {P}(?P<end>,? sist)?",
    "(?:flytta|överföra|föra över) (?:strecksatsen |punkten )?{Q} från {A} till {P}(?P<end>)",
)
def strecksats_flyttas(m: Match) -> Iterator[Result]:
    """att strecksatsen ”torghandel” flyttas från 3 § i reglementet för tekniska nämnden till 2 § i reglementet för kommunstyrelsen"""
    places = m.named
    to = places[-1]
    place = places[0]
    if len(places) == 3:
        place = Place(places[1].charters or place.charters, place.inside(places[1]).addresses, quoted=place.quoted, topic=place.topic)
    place = place.inside(m.where)
    words = m.quotes[0] if m.quotes else (place.quoted[0] if place.quoted else "")
    if len(place.addresses) != 1 or len(to.addresses) > 1 or place.address.part is Part.RUBRIK or not place.address.steps:
        return
    target = place.address
    kind = target.steps[-1].kind
    if not kind.item and kind not in (Kind.STYCKE, Kind.MENING):
        if not m.quotes:
            return
        target, kind = target.child(Kind.STRECKSATS), Kind.STRECKSATS
    elif not kind.item and m.quotes:
        return
    goal = to.address if to.addresses else Address()
    if goal.steps and goal.steps[-1].kind.item:
        return
    yield Operation(
        type=Type.MOVE_UNIT, charter=place.charter, target=target, old=words, topic=place.topic,
        to=Place(to.charters, (goal.child(kind),)), position=Position(Where.END),
    )  # fmt: skip


@phrase(
    f"{{A}} {_MOVED} till {{A}} som (?:(?:en |ett )?(?P<as>{{A}})|(?:en |ett )?(?:egen|eget|nytt?|ny) (?P<unit>stycke|strecksats|punkt|"
    f"mening))(?P<end>,? sist)?",
    f"{{A}} {_MOVED} och placeras som (?:(?:en |ett )?(?P<as>{{A}})|(?:en |ett )?(?:nytt?|ny) (?P<unit>stycke|strecksats|punkt|"
    f"mening))(?P<end>,? sist)?",
    "(?:flytta|överföra|föra över) {A} till {A} som (?:(?:en |ett )?(?P<as>{A})|(?:en |ett )?(?:egen|eget|nytt?|ny) "
    "(?P<unit>stycke|strecksats|punkt|mening))(?P<end>,? sist)?",
)
def flyttas_som(m: Match) -> Iterator[Result]:
    """att andra stycket i 4 § flyttas till 5 § som nytt första stycke"""
    place, to = m.places[0], m.named[1] if "placeras" not in m.found[0] else Place((), (m.places[0].address.parent,))
    if any(len(p.addresses) != 1 or p.address.part is Part.RUBRIK or not p.address.steps for p in (place, to)) or to.quoted or to.topic:
        return
    kind = place.address.steps[-1].kind
    said = m.skeleton.slots[m.within("as", "A")[0]].value if m.within("as", "A") else None
    number = ""
    if isinstance(said, Place):
        last = said.address.last
        if last is None or len(said.address.steps) != 1 or last.kind is not kind:
            return
        number = last.number
    elif Kind(m.group("unit").lower()) is not kind:
        return
    said_last = number == "sist" or bool(m.group("end"))
    where = Position(Where.END, said=said_last) if number in ("", "sist") else Position(Where.AS, (Address((Step(kind, number),)),))
    step = "" if where.where is Where.END else number
    yield Operation(
        type=Type.MOVE_UNIT, charter=place.charter, target=place.address, old=place.quoted[0] if place.quoted else "", topic=place.topic,
        to=Place(to.charters, (to.address.child(kind, step),)), position=where,
    )  # fmt: skip


@phrase(
    "{A} (?:flyttas|ska flyttas|placeras|ska placeras|sätts|ställs|ska stå)(?: så att (?:den|det) står)? (?P<end>sist|först)"
    "(?: i (?:listan|uppräkningen|paragrafen|stycket))?",
    "(?:flytta|placera|sätta) {A} (?P<end>sist|först)(?: i (?:listan|uppräkningen|paragrafen|stycket))?",
)
def flyttas_inom(m: Match) -> Iterator[Result]:
    """att strecksatsen ”torghandel” i 3 § flyttas så att den står först i listan"""
    place = m.place
    if len(place.addresses) != 1 or place.address.last is None or not place.address.steps[-1].kind.item or not place.address.parent.steps:
        return
    kind = place.address.steps[-1].kind
    where = Where.END if m.group("end").lower() == "sist" else Where.START
    yield Operation(
        type=Type.MOVE_UNIT, charter=place.charter, target=place.address, old=place.quoted[0] if place.quoted else "", topic=place.topic,
        to=Place((), (place.address.parent.child(kind),)), position=Position(where),
    )  # fmt: skip


@phrase(
    f"{{A}} {_MOVED} till {{A}},? där den (?:placeras|sätts|läggs|ska placeras|ska stå) (?:närmast |direkt )?(?P<side>efter|före) {{A}}",
)
def flyttas_till_plats(m: Match) -> Iterator[Result]:
    """att tredje strecksatsen i 2 § flyttas till 4 § i reglementet för valnämnden, där den placeras efter första strecksatsen"""
    place, to, beside = m.places[0], m.named[1], m.named[2]
    if any(len(p.addresses) != 1 or p.address.part is not Part.HELA or not p.address.steps for p in (place, to, beside)):
        return
    last = beside.address.steps[-1]
    if not place.address.steps[-1].kind.item or to.address.steps[-1].kind.item or to.quoted or to.topic:
        return
    if beside.charters or beside.quoted or beside.topic or len(beside.address.steps) != 1 or not last.kind.item:
        return
    side = Where.BEFORE if m.group("side").lower() == "före" else Where.AFTER
    yield Operation(
        type=Type.MOVE_UNIT, charter=place.charter, target=place.address, old=place.quoted[0] if place.quoted else "", topic=place.topic,
        to=Place(to.charters, (to.address.child(last.kind),)), position=Position(side, (Address((last,)),)),
    )  # fmt: skip
