"""What comes in: a list item, a stycke, a paragraf, a chapter, a sentence, a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.model.address import LAST, Address, Kind, Part, Reads, number_key
from reglemente_tool.reading.operation import Operation, Place, Position, Type, Where
from reglemente_tool.reading.phrases import Match, Result, phrase
from reglemente_tool.reading.phrases._texts import bare_wording, listed, pieces

_NAMES = {
    Kind.STRECKSATS: "strecksats strecksatser bullet att-sats attsats",
    Kind.STYCKE: "stycke stycken",
    Kind.PUNKT: "punkt punkter",
    Kind.MENING: "mening meningar",
    Kind.PARAGRAF: "paragraf paragrafer",
    Kind.BOKSTAV: "bokstav",
    Kind.KAPITEL: "kapitel",
    Kind.BILAGA: "bilaga",
    Kind.LED: "led",
    Kind.RAD: "rad",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_UNDER = {
    Kind.STRECKSATS: (Kind.STYCKE, Kind.PARAGRAF, Kind.PUNKT, Kind.BILAGA), Kind.PUNKT: (Kind.STYCKE, Kind.PARAGRAF, Kind.BILAGA),
    Kind.BOKSTAV: (Kind.STYCKE, Kind.PARAGRAF, Kind.PUNKT), Kind.STYCKE: (Kind.PARAGRAF, Kind.BILAGA),
    Kind.MENING: (Kind.STYCKE, Kind.PARAGRAF, Kind.PUNKT, Kind.STRECKSATS), Kind.LED: (Kind.STYCKE, Kind.PARAGRAF, Kind.MENING),
    Kind.RAD: (Kind.TABELL,), Kind.PARAGRAF: (Kind.KAPITEL,), Kind.KAPITEL: (), Kind.BILAGA: (),
}  # fmt: skip


_PLURAL = re.compile(r"(?:strecksatser|punkter|att-satser|bokstäver|uppgifter|led)\b", re.IGNORECASE)


def inserted(m: Match, kind: Kind, text: str, source: str = "") -> Iterator[Operation]:
    """Yield the insertion of one unit of `kind` where the pattern's group `place` tells, or at the end. Nothing when it does not fit."""
    position, beside = _position(m)
    home = beside or m.where
    if len(home.addresses) > 1 and position.where is not Where.BETWEEN:
        return
    base = Address(home.addresses[0].steps) if home.addresses else Address()
    if beside is not None:
        if base.last is None or not _alike(base.steps[-1].kind, kind):
            return
        base = base.parent
    if base.steps and base.steps[-1].kind not in _UNDER[kind]:
        return
    if not base.steps and not home.under and kind not in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA):
        return
    target = base.child(kind)
    if kind in (Kind.PARAGRAF, Kind.KAPITEL) and beside is not None:
        number = _between(position)
        if not number:
            return
        target = base.child(kind, number)
    elif kind in (Kind.BILAGA, Kind.KAPITEL) or (kind is Kind.PARAGRAF and position.where is not Where.END):
        return
    several = listed(text) if kind.item else ()
    if several and not _PLURAL.search(m.found[0]):
        # "En ny strecksats" that is a list: it cannot be told which it is.
        return
    for one in several or (text,):
        wording = bare_wording(one, target)
        if wording is None:
            return
        yield Operation(
            type=Type.INSERT_UNIT,
            charter=home.charter,
            target=target,
            new=wording,
            source="" if wording else source or "ej angiven",
            position=position,
        )


def _alike(one: Kind, other: Kind) -> bool:
    """ "Efter tredje punkten" is said of strecksatser too."""
    return one is other or (one.item and other.item)


def _position(m: Match) -> tuple[Position, Place | None]:
    """Return where the new unit goes, and the place of the units it goes beside (None: it goes into `m.where`)."""
    said = m.group("place").lower()
    inside = [m.skeleton.slots[n].value for n in m.within("place", "A")]
    places = tuple(p.meant(m.where, m.near) for p in inside if isinstance(p, Place))
    quoted = [str(m.skeleton.slots[n].value) for n in m.within("place", "Q")]
    if not said or said.startswith(("i listan", "i uppräkningen")):
        return Position(Where.END), None
    if said.startswith(("sist", "allra sist", "i slutet")):
        return Position(Where.END, said=True), None
    if said.startswith(("först", "i början", "överst")):
        return Position(Where.START), None
    if said.startswith("mellan") and places:
        flat = tuple(a for p in places for a in p.addresses)
        return Position(Where.BETWEEN, tuple(Address(a.steps[-1:]) for a in flat)), places[0]
    where = Where.BEFORE if "före" in said or "innan" in said else Where.AFTER
    if places and places[0].addresses:
        return Position(where, (Address(places[0].addresses[0].steps[-1:]),), places[0].quoted[0] if places[0].quoted else ""), places[0]
    return Position(where, (), quoted[0] if quoted else ""), None


def _between(position: Position) -> str:
    """Return the number of what goes between: "3 a" after 3 §; "" when it cannot be told."""
    if position.where is Where.BEFORE or not position.beside:
        return ""
    number = position.beside[0].steps[-1].number
    if position.where is Where.BETWEEN and (
        len(position.beside) != 2 or number_key(position.beside[1].steps[-1].number) <= number_key(number)
    ):
        return ""
    return f"{number} a" if number.isdigit() else ""


PLACE = (
    r"(?P<place>sist(?: i (?:listan|uppräkningen|paragrafen))?|allra sist|först(?: i (?:listan|uppräkningen))?|i slutet(?: av (?:listan|"
    r"paragrafen))?|i (?:listan|uppräkningen)|i början"
    r"|(?:direkt |närmast |omedelbart )?(?:efter|före|innan) (?:{A}|strecksatsen {Q}|{Q})|mellan {A}(?:(?: och|,) {A})?)"
)
_UNIT = r"(?:{ny}{enhet}(?: {Q})?)"


@phrase(
    rf"(?:det )?{PLACE} {{införs}} {{ny}}{{enhet}},?{{medlydelse}}?{{W}}",
    rf"{{ny}}{{enhet}} {{införs}}(?:,? {PLACE})?,?{{medlydelse}}?{{W}}",
    rf"{{ny}}{{enhet}},? {{W}},? {{införs}}(?:,? {PLACE})?",
    rf"{{införs}} {{ny}}{{enhet}}(?:,? {PLACE})?,?{{medlydelse}}?{{W}}",
    rf"{{införa}} {{ny}}{{enhet}}(?:,? {PLACE})?,?{{medlydelse}}?{{W}}",
    rf"{PLACE} {{införa}} {{ny}}{{enhet}},?{{medlydelse}}?{{W}}",
)
def infors(m: Match) -> Iterator[Result]:
    """att efter tredje strecksatsen i 2 § införs en ny strecksats av följande lydelse: ”– cykelparkeringar”"""
    text, source = m.wording
    kind = _KINDS[m.found["unit"].lower()]
    yield from inserted(m, kind, text, source)


@phrase(
    rf"{{Q}} {{införs}} som {{ny}}{{enhet}}(?:,? {PLACE})?",
    rf"{{Q}} {{införs}}(?: {PLACE})? som {{ny}}{{enhet}}",
    rf"{{införa}} {{Q}} som {{ny}}{{enhet}}(?:,? {PLACE})?",
    rf"som {{ny}}{{enhet}}(?: {PLACE})? {{införs}} {{Q}}",
    rf"(?:strecksatsen|punkten) {{Q}} {{införs}}(?:,? {PLACE})?(?P<unit>)",
    rf"{{införa}} strecksatsen {{Q}}(?:,? {PLACE})?(?P<unit>)",
    rf"(?:det )?{{införs}} {{ny}}{{enhet}},? {{Q}}(?:,? {PLACE})?",
)
def fors_in_som(m: Match) -> Iterator[Result]:
    """att ”cykelparkeringar” förs in som en egen strecksats under 2 § första stycket"""
    kind = _KINDS[(m.found["unit"] or "strecksats").lower()]
    yield from inserted(m, kind, m.wording[0])


@phrase(
    "{införa} (?P<new>{A})(?: (?P<place>sist))?", "(?P<new>{A}) {införs}(?: (?P<place>sist))?", "{införs} (?P<new>{A})(?: "
        "(?P<place>sist))?",
    "(?:komplettera|utöka|tillföra) {P} med (?P<new>{A})(?: (?P<place>sist))?",
    "{P} (?:kompletteras|tillförs|utökas)(?: med)? (?P<new>{A})(?: (?P<place>sist))?",
    "(?P<place>(?:direkt |närmast )?(?:efter|före) (?:{A}|{Q})) (?:{införa}|{införs}) (?P<new>{A})",
    "(?:{införa}|{införs}) (?P<new>{A}),? (?P<place>(?:direkt |närmast )?(?:efter|före) (?:{A}|{Q}))",
    "(?P<new>{A}) {införs},? (?P<place>(?:direkt |närmast )?(?:efter|före) (?:{A}|{Q}))",
)  # fmt: skip
def strecksatsen_fors_in(m: Match) -> Iterator[Result]:
    """att i 3 § lägga till strecksatsen ”cykelvägar”"""
    place = m.skeleton.slots[m.within("new", "A")[0]].value
    assert isinstance(place, Place)
    last = place.address.last
    outer = next((p for p in m.named if p is not place), None)
    if m.group("place") and (m.within("place", "AQ")):
        whole = last is not None and (last.kind.item or last.kind in (Kind.MENING, Kind.STYCKE)) and not last.number
        if len(place.quoted) == 1 and last is not None and whole and len(place.address.steps) == 1:
            yield from inserted(m, last.kind, place.quoted[0])
        return
    if outer is not None:
        place = place.inside(outer.meant(m.where, m.near))
    last = place.addresses[-1].last if place.addresses else None
    whole = last is not None and (last.kind.item or last.kind in (Kind.MENING, Kind.STYCKE)) and not last.number
    if whole and place.quoted and len(place.quoted) == len(place.addresses) and len(set(place.addresses)) == 1:
        place = place.meant(m.where, m.near)
        position = Position(Where.END, said=bool(m.group("place")))
        for address, words in zip(place.addresses, place.quoted, strict=True):
            if address.parent.steps or place.under:
                wording = bare_wording(words, address) or ""
                yield Operation(type=Type.INSERT_UNIT, charter=place.charter, target=address, new=wording, position=position)


@phrase("(?:{införa}|lägga) (?P<new>{A})(?: (?P<place>sist))?", "(?P<new>{A}) {införs}(?: (?P<place>sist))?")
def meningen_laggs_till(m: Match) -> Iterator[Result]:
    """att till 4 § andra stycket lägga meningen ”Nämnden får anlita biträden.”"""
    place = m.named[0]
    last = place.address.last
    alone = len(place.address.steps) == 1 and not place.charters and len(place.quoted) == 1
    if alone and last is not None and last.kind in (Kind.MENING, Kind.STYCKE) and not last.number:
        yield from inserted(m, last.kind, place.quoted[0])


@phrase(
    "(?:{införa}|{införs}) (?:följande |två |tre |fyra )?(?:nya )?{enhet}{medlydelse}?:? {QQ}", "{ny}{enhet} {införs}{medlydelse}?:? {QQ}",
    "{QQ} {införs} som (?:egna |nya )?{enhet}",
    f"{{ny}}{{enhet}} {{införs}},? {PLACE}{{medlydelse}}?:? {{QQ}}",
    f"{PLACE} (?:{{införs}}|{{införa}}) {{ny}}{{enhet}}{{medlydelse}}?:? {{QQ}}",
    f"{{införa}} {{ny}}{{enhet}},? {PLACE}{{medlydelse}}?:? {{QQ}}", f"{{QQ}} {{införs}} som (?:egna |nya )?{{enhet}},? {PLACE}",
    "{införa} {QQ} som (?:egna |nya )?{enhet}", "(?:följande )?(?:två |tre )?(?:nya )?{enhet},? {QQ},? {införs}",
)  # fmt: skip
def fors_in_flera(m: Match) -> Iterator[Result]:
    """att ”cykelvägar” och ”gångbroar” förs in som egna strecksatser i 2 §"""
    kind = _KINDS[m.found["unit"].lower()]
    for words in m.quotes:
        yield from inserted(m, kind, words)


@phrase(
    "{Q} {införs} som (?:en |ett )?{A}", "som (?:en |ett )?{A} (?:{införs}|{införa}) {Q}", "{införa} {Q} som (?:en |ett )?{A}",
    "{Q} (?:blir|ska bli) (?:en |ett )?{A}",
)  # fmt: skip
def fors_in_som_nummer(m: Match) -> Iterator[Result]:
    """att ”cykelvägar” förs in som en ny femte strecksats i 2 § första stycket"""
    place = m.place
    if len(place.addresses) != 1 or place.quoted or not place.address.steps:
        return
    step = place.address.steps[-1]
    text = bare_wording(m.quotes[0], place.address)
    if place.reads is not Reads.NY and step.number != LAST:
        return
    if not step.number or text is None or not (step.kind.item or step.kind in (Kind.STYCKE, Kind.MENING)):
        return
    target, position = _as_said(place.address)
    yield Operation(type=Type.INSERT_UNIT, charter=place.charter, target=target, new=text, position=position)


@phrase(
    "{P} (?:får|ges) {ny}{enhet}(?:,? sist)?{medlydelse}?{W}",
    "{P} (?:kompletteras|utökas|tillförs|ska kompletteras|ska utökas)(?: med)?(?: {ny}{enhet})?(?:,? sist)?{medlydelse}?{W}",
    "(?:komplettera|utöka|tillföra) {P}(?: med)?(?: {ny}{enhet})?{medlydelse}?{W}",
    "(?:listan|uppräkningen|förteckningen) (?:kompletteras|utökas|ska kompletteras) med {ny}{enhet}{medlydelse}?{W}",
)
def kompletteras(m: Match) -> Iterator[Result]:
    """att 4 § i valnämndens reglemente kompletteras med ett nytt stycke: ”Nämnden får anlita biträden.”"""
    text, source = m.wording
    place, unit = m.place, (m.found["unit"] or "").lower()
    if len(place.addresses) > 1 or (not text and not source and not unit):
        return
    if unit and place.addresses:
        yield from inserted(Match(m.found, m.skeleton, place, m.near, m.before), _KINDS[unit], text, source)
        return
    if place.addresses and not unit:
        return
    # The charter is named and no place in it: a person must say where.
    kind = _KINDS.get(unit, Kind.STYCKE)
    if kind not in (Kind.STYCKE, Kind.STRECKSATS, Kind.PUNKT, Kind.MENING) or not text:
        return
    target = Address().child(Kind.PARAGRAF).child(kind)
    for charter in place.charters or ("",):
        wording = bare_wording(text, target) or text
        yield Operation(type=Type.INSERT_UNIT, charter=charter, target=target, new=wording, position=Position(Where.UNSPECIFIED))


@phrase(
    "(?P<rule>{np}),? varvid (?:bestämmelsen|detta|regeln) (?:{införs})(?: i {R})?",
    r"(?=[^⟦]*\b(?:får|ska|har rätt att)\b)(?P<rule>{np}), vilket (?:ska )?{införs} i {R}",
    "(?P<rule>{np}); beslutet innebär att bestämmelsen {införs} i {R}",
    "(?P<rule>{np}) och (?:att )?(?:bestämmelsen|detta|regeln) {införs}(?: i {R})?",
)
def bestammelsen_fors_in(m: Match) -> Iterator[Result]:
    """att sammanträden får spelas in, varvid bestämmelsen tas in i respektive nämnds reglemente"""
    target = Address().child(Kind.PARAGRAF).child(Kind.STYCKE)
    for charter in m.place.charters or ("",):
        yield Operation(type=Type.INSERT_UNIT, charter=charter, target=target, new=m.group("rule"), position=Position(Where.UNSPECIFIED))


_NEXT = "(?P<place>(?:direkt |närmast )?(?:efter|före) {A})"


@phrase(f"{{införa}} följande(?: text)? {_NEXT}{{W}}", f"{_NEXT} (?:{{införa}}|{{införs}}) följande(?: text)?{{W}}",
        f"följande(?: text)? {{införs}} {_NEXT}{{W}}")  # fmt: skip
def foljande_efter(m: Match) -> Iterator[Result]:
    """att i 4 § efter andra stycket införa följande: ”Nämnden får anlita biträden.”"""
    text, source = m.wording
    last = m.named[0].address.last
    if text and last is not None and (last.kind.item or last.kind in (Kind.STYCKE, Kind.MENING)):
        yield from inserted(m, last.kind, text, source)


@phrase("{A}(?:,? med)?(?: {text})?[:.,]? ?(?:{Q}|{B})", "{R}[:,]? {A}(?:,? med)?(?: {text})?[:.,]? ?(?:{Q}|{B})")
def nytt_stycke(m: Match) -> Iterator[Result]:
    """Nytt tredje stycke i 5 §: ”Nämnden får anlita biträden.”"""
    place = m.place
    if len(place.addresses) != 1 or place.reads is not Reads.NY or place.quoted or place.topic or not place.address.steps:
        return
    text, step = bare_wording(m.wording[0], place.address), place.address.steps[-1]
    if not step.number or not text or place.address.part is not Part.HELA:
        return
    target, position = _as_said(place.address)
    yield Operation(type=Type.INSERT_UNIT, charter=place.charter, target=target, new=text, position=position)


def _as_said(address: Address) -> tuple[Address, Position | None]:
    """Return target and position of what is put in as "ett nytt andra stycke" or "ett nytt sista stycke"."""
    step = address.steps[-1]
    if step.number == LAST:
        return address.parent.child(step.kind), Position(Where.END, said=True)
    return address, Position(Where.AS, (Address((step,)),)) if step.kind.positional else None


_NOUN = "(?P<called>(?:{ny}(?:paragraf|paragrafer|bestämmelse|kapitel|bilaga),? )?)"
_NEW = f"{_NOUN}(?:en |ett |två |tre )?(?P<new>{{A}})"
_AFTER = "(?:,? (?:närmast |direkt |omedelbart )?(?:efter|före) (?P<after>{A}))?"


@phrase(
    f"(?:det )?{{införs}} {_NEW}{_AFTER},?{{medlydelse}}?{{W}}",
    f"{_NEW},? {{införs}}{_AFTER},?{{medlydelse}}?{{W}}",
    f"(?:det )?(?:närmast |direkt )?(?:efter|före) (?P<after>{{A}}) (?:{{införs}}|{{införa}}) {_NEW},?{{medlydelse}}?{{W}}",
    f"{{införa}} {_NEW}{_AFTER},?{{medlydelse}}?{{W}}",
    f"{_NEW},? {{Q}},? {{införs}}",
    "(?:{införs}|{införa}) {ny}{enhet} som (?:blir|ska bli) (?P<called>)(?P<new>{A}),?{medlydelse}?{W}",
    f"{{P}} (?:kompletteras med|utökas med|ska kompletteras med|tillförs|får|ges) {_NEW},?{{medlydelse}}?{{W}}",
)
def ny_paragraf(m: Match) -> Iterator[Result]:
    """att i reglementet för valnämnden införa en ny paragraf, 4 a §, med lydelsen ”Nämnden har ett presidium.”"""
    text, source = m.wording
    place = m.skeleton.slots[m.within("new", "A")[0]].value
    assert isinstance(place, Place)
    outer = next((p for p in m.named if p is not place), None)
    noun = re.match("(?:en |ett )?ny", m.group("called"), re.IGNORECASE) is not None
    if outer is not None and m.group("after"):
        # "efter 5 § i reglementet för … införa 5 a §": the charter is that of both.
        outer = Place(outer.charters)
    elif outer is not None and place.reads is not Reads.NY and not noun:
        return
    place = place.meant(outer.meant(m.where, m.near) if outer else m.where, m.near)
    if not place.addresses or place.quoted or place.topic or any(not a.steps or a.part is Part.RUBRIK for a in place.addresses):
        return
    if place.explicit and place.reads is not Reads.NY:
        return
    texts = pieces(text, place.addresses)
    if text and texts is None:
        return
    for index, address in enumerate(place.addresses):
        step = address.steps[-1]
        if not step.number:
            return
        target, position = _as_said(address)
        yield Operation(
            type=Type.INSERT_UNIT,
            charter=place.charter,
            target=target,
            new=texts[index] if texts else "",
            source="" if text else source or ("ej angiven" if step.kind.positional else "följande text"),
            position=position,
        )


@phrase(
    "{A} {införs} {ny}rubrik,?{medlydelse}? ?{W}",
    "{ny}rubrik,? ?{Q},? {införs} (?:närmast )?(?:före|framför|över) {A}",
    "{ny}rubrik {införs} (?:närmast )?(?:före|framför|över) {A},?{medlydelse}?{W}",
    "(?:det )?(?:närmast )?(?:före|framför|över) {A} {införs} {ny}rubrik,?{medlydelse}?{W}",
    "(?:det )?(?:närmast )?(?:före|framför|över) {A} {införs} rubriken {Q}",
    "{införa} {ny}?rubrik(?:en)? {Q} (?:närmast )?(?:före|framför|över) {A}",
    "{införa} {ny}rubrik,?{medlydelse}? {Q},? (?:närmast )?(?:före|framför|över) {A}",
    "{införa} {ny}rubrik (?:närmast )?(?:före|framför|över) {A},?{medlydelse}?{W}",
    "{A} (?:ska )?(?:får|få|ges|förses med) (?:en ny |en )?{A}",
    "(?:ge|förse) {A}(?: med)? (?:en ny |en )?{A}",
    "rubriken {Q} {införs} (?:närmast )?(?:före|framför|över) {A}",
    "(?:närmast )?(?:före|framför|över) {A} (?:{införa}|{införs}) {ny}?rubrik(?:en)?,? {Q}",
    "(?:det )?(?:närmast )?(?:före|framför|över) {A} (?:{införa}|{införs}) {A}",
)
def ny_rubrik(m: Match) -> Iterator[Result]:
    """att närmast före 6 § införs en ny rubrik, ”Delegering”"""
    text, source = m.wording
    carrier = m.place.address.last
    if carrier is not None and carrier.kind is not Kind.PARAGRAF:
        # A kapitel has a heading already: "2 kap. får rubriken …" may well change it.
        return
    if len(m.named) == 2:
        named = m.named[1]
        if named.address.part is not Part.RUBRIK or named.address.steps or len(named.quoted) != 1:
            return
        text = named.quoted[0]
    if len(m.place.addresses) == 1 and m.place.address.steps and not m.place.quoted:
        target = m.place.address.heading()
        source = "" if text else source or "ej angiven"
        yield Operation(type=Type.INSERT_UNIT, charter=m.place.charter, target=target, reads=m.place.reads, new=text, source=source)
