"""A two-column table against the charter that it is about: every row that differs becomes an amendment.

The left column is a guard: it must be what the charter says, word for word, in the same stycken and list items. A row that does
not fit stops the whole table, and is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.errors import CannotRead
from reglemente_tool.model.address import Address, Kind, Part
from reglemente_tool.model.amendment import Amendment, said
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Provision, flat, walk, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.proposal import Clause, NoChange
from reglemente_tool.model.wording import fold
from reglemente_tool.reading.columns import Columns, Table, table_in
from reglemente_tool.reading.kernel import opened, timed
from reglemente_tool.reading.operation import Operation, Place, Reading, Type
from reglemente_tool.reading.resolving import Desk, Outcome
from reglemente_tool.reading.resolving._desk import Stop
from reglemente_tool.reading.resolving._targets import at, try_at
from reglemente_tool.reading.skeleton import skeleton
from reglemente_tool.reading.wording import read_provisions

PHRASE = "tabell_med_tva_spalter"

_LEAD = re.compile(
    r"(?:(?:anta|antar|fastställa|fastställer|godkänna|godkänner|besluta om|göra|införa) "
    r"(?:följande |nedanstående )?ändring(?:ar|en|arna)? (?:i|av) "
    r"|(?:ändra|ändrar|revidera|reviderar) |i )?⟦(?:R|A)(?P<place>\d+)⟧,?(?: (?:ska|ändras|revideras|justeras|får|ha|ges|har|göras|görs|"
    r"den|enligt|på|som|följande|nedan|nedanstående|ny|nya|framgår|av|tabell|tabellen|uppställning|uppställningen|lydelse|lydelsen|sätt|följer|så|ändring|"
    r"ändringar))*",
    re.IGNORECASE,
)


def read_table(clause: Clause) -> tuple[Table, Reading] | None:
    """Return the table in a clause and what its words say of charter and time: unread when they say more. None: there is no table."""
    table = table_in(clause.text)
    if table is None:
        return None
    bones = skeleton(table.lead)
    kernel, start, until = timed(opened(bones.words), bones)
    match = _LEAD.fullmatch(kernel.rstrip(" :.,"))
    place = bones.slots[int(match["place"])].value if match else None
    if not isinstance(place, Place) or len(place.charters) > 1 or place.quoted or place.topic or place.under:
        return table, Reading(unread=True)
    operation = Operation(type=Type.REPLACE_UNIT, charter=place.charter, to=place)
    return table, Reading(operations=(operation,), phrases=(PHRASE,), start=start, until=until)


def compare_table(clause: Clause, table: Table, reading: Reading, desk: Desk) -> Outcome:
    """Return the amendments that the table says, or the problem that names the row which does not fit. Never fails."""
    here = desk.at(clause, desk.said, (), PHRASE)
    try:
        charter = here.charter(reading.operations[0])
        where = reading.operations[0].to
        made, misfits = _readings(table, charter, where.addresses if where else ())
        if len(made) > 1:
            row = next((f"raden för {cite(a.target)}" for one in made for a in one if any(a not in other for other in made)), "tabellen")
            raise here.stop("TVETYDIG", f"Det går att läsa {row} på flera sätt: var varje stycke slutar syns inte i spalterna.", _WRITE_OUT)
        if not made:
            raise here.stop("LYDELSE-SKILJER", *(misfits[0] if misfits else _uncut(table)))
    except Stop as stop:
        return stop.outcome
    (amendments,) = made
    if not amendments:
        return Outcome(no_change=(NoChange(clause.number, "uttryckligen-ingen-andring"),), charter=charter.id)
    total = Outcome()
    for amendment in amendments:
        total = total.and_then(here.suggest(charter, amendment))
    return total


_WRITE_OUT = "Skriv ut ändringarna som att-satser: 5 § ska ha följande lydelse: ”…”"


def _uncut(table: Table) -> tuple[str, str]:
    row = said(table.uncut, 80) if table.uncut.strip() else "första raden"
    return f"Tabellen går inte att dela i två spalter vid raden {row}.", _WRITE_OUT


class _Misfit(Exception):
    """A row that does not fit the charter."""

    def __init__(self, message: str, hint: str = _WRITE_OUT) -> None:
        super().__init__(message)
        self.why = (message, hint)


def _readings(
    table: Table, charter: Charter, within: tuple[Address, ...]
) -> tuple[dict[tuple[Amendment, ...], None], list[tuple[str, str]]]:
    """Return what the table says in each way that it can be cut and fits; and why the others do not."""
    made: dict[tuple[Amendment, ...], None] = {}
    misfits: list[tuple[str, str]] = []
    for way in table.ways:
        before = len(made)
        for widths in _widths(way):
            try:
                made.update(dict.fromkeys(tuple(_amendments(way, width, charter, within)) for width in widths))
            except _Misfit as misfit:
                misfits.append(misfit.why)
            except CannotRead as error:
                misfits.append((f"Tabellen går inte att läsa: {error}", _WRITE_OUT))
            if len(made) > before:
                break
    return made, misfits


def _widths(way: Columns) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return how broad the columns may be, left and right, in turn: what is tried first, and what only when nothing of that fits.

    0 is a column whose lines end only where the words do. How broad the right one was set nobody says: it is as broad as its
    longest line, or as the left one; where the two give different stycken there are two readings.
    """
    own = max((len(line) for line in way.right), default=0)
    if not way.width:
        return (((0, 0),), ((1, 1),))
    return (((way.width, own), (way.width, max(own, way.width))), ((0, 0),))


# --------------------------------------------------------------------------------------------------- from cells to §§

_OMITTED = re.compile(r"\s*(?:[-–—]\s*){2,}")
_REST = "\ue001"
"""What stands for stycken that are left out as unchanged: "– – –"."""
_MARKED = re.compile(r"\s*(?:[-–—•·*]|\d+[.)]|[a-zåäö]\))\s")
_NEW = re.compile(r"\s*(?:§\s*\d+(?:\s?[a-z])?|\d+\s*(?:[a-z]\s*)?§|\d+\s*kap\b)")


def _text(lines: tuple[str, ...], width: int) -> str:
    """Return a column as text; where it has a width, lines that only the width broke are put together."""
    rows: list[str] = []
    last = ""
    for line in lines:
        plain = _REST if _OMITTED.fullmatch(line) else line.strip()
        above = rows[-1] if rows else ""
        own = plain in ("", _REST) or above in ("", _REST) or _MARKED.match(plain) or _NEW.match(plain) or _NEW.fullmatch(above)
        # A sentence that ends where the next word had room was ended on purpose.
        ended = re.search(r"[.:]$", last) is not None and len(last) + 1 + len(plain.split(" ")[0]) <= width
        if not width or own or ended:
            rows.append(plain)
        elif re.search(r"\w-$", above) and plain[:1].islower() and not re.match(r"(?:och|eller|samt)\b", plain):
            rows[-1] = above[:-1] + plain
        else:
            rows[-1] = f"{above} {plain}"
        last = plain
    return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class _Side:
    """One column: its §§ by address, and the stycken of one that has none."""

    paragrafer: dict[Address, Provision]
    loose: tuple[Provision, ...]


def _side(lines: tuple[str, ...], width: int) -> _Side:
    text = _text(lines, width)
    if not text.strip():
        return _Side({}, ())
    body = read_provisions(text)
    column = Charter(CharterId("spalt"), "", CommitteeId("spalt"), body)
    found = {a: p for a, p in walk_addressed(column) if p.kind is Kind.PARAGRAF}
    held = [p for p in walk(body) if p.kind is Kind.PARAGRAF]
    if len(found) != len(held):
        raise _Misfit("Samma paragraf står flera gånger i en spalt.")
    loose = tuple(p for p in body if p.kind in (Kind.STYCKE, Kind.TABELL, Kind.BILAGA))
    return _Side(found, loose)


def _amendments(way: Columns, widths: tuple[int, int], charter: Charter, within: tuple[Address, ...]) -> Iterator[Amendment]:
    left, right = _side(way.left, widths[0]), _side(way.right, widths[1])
    if left.loose or right.loose:
        if left.paragrafer or right.paragrafer:
            row = (left.loose or right.loose)[0]
            raise _Misfit(f"Raden {said(flat(row), 80)} hör inte till någon paragraf.")
        yield from _styckevis(left.loose, right.loose, charter)
        return
    for address in (*left.paragrafer, *right.paragrafer):
        if within and not any(place.covers(address) for place in within):
            raise _Misfit(f"Raden för {cite(address)} hör inte till det som att-satsen säger ska ändras.")
    gone = [a for a in left.paragrafer if a not in right.paragrafer]
    new = [a for a in right.paragrafer if a not in left.paragrafer]
    for old in gone:
        for address in new:
            if _alike(replace(left.paragrafer[old], heading=""), replace(right.paragrafer[address], heading="")):
                raise _Misfit(
                    f"I raden för {cite(old)} byter paragrafen nummer till {cite(address)}.",
                    f"Skriv det som en att-sats: {cite(old)} ska betecknas {cite(address)}.",
                )
    for address in dict.fromkeys((*left.paragrafer, *right.paragrafer)):
        yield from _row(address, left.paragrafer.get(address), right.paragrafer.get(address), charter)


def _row(address: Address, left: Provision | None, right: Provision | None, charter: Charter) -> Iterator[Amendment]:
    target = try_at(charter, address)
    if left is None:
        assert right is not None
        if target is not None:
            raise _Misfit(f"Raden för {cite(address)} har bara ny lydelse, men {cite(address)} finns redan.")
        if any(_is_rest(p) for p in right.children):
            raise _Misfit(f"Raden för {cite(address)} utelämnar text som inte finns.")
        yield Insert(target=address, wording=right)
        return
    if target is None:
        message = f"Raden för {cite(address)}: {charter.title} har ingen {cite(address)}."
        raise _Misfit(message, "Kontrollera vänster spalt mot reglementet.")
    segments = _fitted(left, target.provision)
    if segments is None:
        raise _Misfit(
            f"Raden för {cite(address)}: vänster spalt är inte den lydelse som gäller.",
            f"Där står: {said(flat(target.provision))}",
        )
    if right is None:
        if any(_is_rest(p) for p in left.children):
            raise _Misfit(f"Raden för {cite(address)} utelämnar text, och höger spalt är tom.")
        yield Repeal(target=target.address, expects=target.expects, wid=target.wid)
        return
    wording = _filled(right, segments)
    if wording is None:
        raise _Misfit(f"Raden för {cite(address)}: spalterna utelämnar text på olika ställen (– – –).")
    if left.heading and not right.heading:
        raise _Misfit(f"Raden för {cite(address)}: rubriken {said(left.heading)} står bara i vänster spalt.")
    if right.heading and fold(right.heading) != fold(left.heading):
        yield _heading(right.heading, address, charter)
    wording = replace(wording, heading="")
    if not _alike(wording, target.provision):
        yield Substitute(target=target.address, expects=target.expects, wid=target.wid, wording=wording)


def _heading(words: str, address: Address, charter: Charter) -> Amendment:
    above = replace(address, part=Part.RUBRIK)
    new = Provision(kind=Kind.PARAGRAF, heading=words)
    held = try_at(charter, above)
    if held is None:
        return Insert(target=above, wording=new)
    return Substitute(target=held.address, expects=held.expects, wid=held.wid, wording=new)


def _styckevis(left: tuple[Provision, ...], right: tuple[Provision, ...], charter: Charter) -> Iterator[Amendment]:
    """Rows without §: each left cell must be one stycke that stands in one place only."""
    if len(left) != len(right) or any(_is_rest(p) for p in (*left, *right)):
        raise _Misfit("Tabellens rader anger ingen paragraf.", "Skriv paragrafens nummer i båda spalterna, eller skriv ut att-satser.")
    for old, new in zip(left, right, strict=True):
        held = [(a, p) for a, p in walk_addressed(charter) if p.kind is Kind.STYCKE and _alike(p, old)]
        if len(held) != 1:
            where = "finns inte i reglementet" if not held else f"finns på {len(held)} ställen"
            raise _Misfit(f"Raden {said(flat(old), 80)}: texten i vänster spalt {where}.")
        if not _alike(old, new):
            target = at(charter, held[0][0])
            yield Substitute(target=target.address, expects=target.expects, wid=target.wid, wording=new)


def _is_rest(provision: Provision) -> bool:
    return _REST in provision.text or any(_is_rest(child) for child in provision.children)


def _alike(one: Provision, other: Provision) -> bool:
    """True for the same words in the same parts."""
    return (
        one.kind is other.kind
        and all(fold(a) == fold(b) for a, b in ((one.text, other.text), (one.closing, other.closing)))
        and (not one.heading or not other.heading or fold(one.heading) == fold(other.heading))
        and len(one.children) == len(other.children)
        and all(_alike(a, b) for a, b in zip(one.children, other.children, strict=True))
    )


Segments = tuple[tuple[Provision, ...], ...]


def _fitted(left: Provision, held: Provision) -> Segments | None:
    """Return the stycken that each "– – –" of the left column stands for; None when it does not fit, or in several ways."""
    if left.heading and fold(left.heading) != fold(held.heading):
        return None
    if sum(p.text == _REST for p in left.children) > 5:
        return None
    found = list(islice(_fits(left.children, held.children), 2))
    return found[0] if len(found) == 1 else None


def _fits(left: tuple[Provision, ...], held: tuple[Provision, ...]) -> Iterator[Segments]:
    if not left:
        if not held:
            yield ()
        return
    if left[0].text == _REST and not left[0].children:
        for count in range(1, len(held) + 1):
            for rest in _fits(left[1:], held[count:]):
                yield (held[:count], *rest)
    elif held and _alike(left[0], held[0]):
        yield from _fits(left[1:], held[1:])


def _filled(right: Provision, segments: Segments) -> Provision | None:
    """Return the right column with the unchanged stycken in place of each "– – –"."""
    waiting = list(segments)
    children: list[Provision] = []
    for child in right.children:
        if child.text == _REST and not child.children:
            if not waiting:
                return None
            children += [_bare(p) for p in waiting.pop(0)]
        elif _is_rest(child):
            return None
        else:
            children.append(child)
    return None if waiting else replace(right, children=tuple(children))


def _bare(provision: Provision) -> Provision:
    return replace(provision, wid=type(provision.wid)(""), source=None, children=tuple(_bare(c) for c in provision.children))
