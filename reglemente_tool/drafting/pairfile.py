"""Pairs of old and adopted provisions as a text that a person reads, corrects and gives back.

One pair a line: "4 § = 5 §", "6 § utgår", "7 § ny", "3 § delas i 3 §, 4 §", "3 §, 4 § förs samman till 3 §". What stands on the
left is the old wording, on the right (and before "ny") the new one. "#" begins a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reglemente_tool.compare.matching import Fate, Pairing, Told
from reglemente_tool.compare.merging import Placed
from reglemente_tool.errors import CannotRead, Place
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import CONTAINERS, Charter, walk_addressed
from reglemente_tool.model.citation import cite, read_citation

SURE = 0.9
_HEAD = """\
# Par mellan reglementet som det är ({old}) och den nya texten ({new}).
# Läs igenom, ändra det som inte stämmer, spara och kör kommandot igen. Det som står här gäller då före det som föreslås.
#   4 § = 5 §                      samma bestämmelse: den gamla 4 § är den nya 5 §
#   6 § utgår                      finns inte längre
#   7 § ny                         har inte funnits förut
#   3 § delas i 3 §, 4 §           blir två; den första behåller sin historik
#   3 §, 4 § förs samman till 3 §  blir en
"""


def pair_lines(pairings: Sequence[Pairing], old: str, new: str) -> str:
    """Return the file: every § and kapitel, and of stycken and items those that are not the same, in the same place."""
    lines = [_HEAD.format(old=old, new=new)]
    for pairing in pairings:
        if shown(pairing):
            line = said(pairing)
            remark = "" if pairing.certainty >= SURE else f"# osäkert: {pairing.reason}"
            lines.append(f"{line:<40} {remark}".rstrip())
    return "\n".join(lines) + "\n"


def shown(pairing: Pairing) -> bool:
    """True for what a person should see: §§ and chapters always, their parts when something has become of them as such."""
    if pairing.kind in (Kind.PARAGRAF, Kind.BILAGA, *CONTAINERS):
        return True
    whole = pairing.fates[0] in (Fate.NEW, Fate.GONE)
    return Fate.MOVED in pairing.fates or (whole and not _follows(pairing)) or pairing.certainty < LEAST_SURE


LEAST_SURE = 0.6


def _follows(pairing: Pairing) -> bool:
    """A stycke or item that comes or goes needs no line of its own unless something else is rather like it."""
    return "närmast" not in pairing.reason


def said(pairing: Pairing) -> str:
    """Return a pairing as a line of the file."""
    olds, news = (_cited(side) for side in (pairing.olds, pairing.news))
    if not pairing.olds:
        return f"{news} ny"
    if not pairing.news:
        return f"{olds} utgår"
    if len(pairing.news) > 1:
        return f"{olds} delas i {news}"
    if len(pairing.olds) > 1:
        return f"{olds} förs samman till {news}"
    return f"{olds} = {news}"


def _cited(side: Sequence[Placed]) -> str:
    return ", ".join(cite(one.address) for one in side)


_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<old>.+?)\s*=\s*(?P<new>.+)",
        r"(?P<old>.+?)\s+(?:delas\s+i|delas\s+upp\s+i)\s+(?P<new>.+)",
        r"(?P<old>.+?)\s+(?:förs\s+samman\s+till|slås\s+samman\s+till)\s+(?P<new>.+)",
        r"(?P<old>.+?)\s+utgår",
        r"(?P<new>.+?)\s+(?:är\s+)?ny(?:tt)?",
    )
)


def read_pairs(text: str, old: Charter, adopted: Charter) -> tuple[Told, ...]:
    """Return what the file says. Raises CannotRead, with the line, for what cannot be read, is not there, or is said twice."""
    known = [{a for a, _ in walk_addressed(charter)} for charter in (old, adopted)]
    told: list[Told] = []
    taken: tuple[set[Address], set[Address]] = (set(), set())
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        words = line.partition("#")[0].strip()
        if not words:
            continue
        match = next((m for form in _FORMS if (m := form.fullmatch(words))), None)
        if match is None:
            hint = "Skriv till exempel ”4 § = 5 §”, ”6 § utgår” eller ”7 § ny”."
            raise _refuse(number, line, "Raden går inte att läsa som ett par.", hint)
        parts = match.groupdict()
        sides = tuple(tuple(_addresses(parts.get(name) or "", number, line)) for name in ("old", "new"))
        if len(sides[0]) > 1 and len(sides[1]) > 1:
            raise _refuse(number, line, "Flera kan inte bli flera på en rad.", "Skriv en rad för varje.")
        for side, addresses, there, name in zip(taken, sides, known, ("den gamla", "den nya"), strict=True):
            for address in addresses:
                if address not in there:
                    raise _refuse(number, line, f"{cite(address)} finns inte i {name} texten.", "Kontrollera numret.")
                if address in side:
                    raise _refuse(number, line, f"{cite(address)} i {name} texten står på två rader.", "Ta bort den ena.")
                side.add(address)
        if len({a.steps[-1].kind for side in sides for a in side}) > 1:
            hint = "En paragraf blir en paragraf, ett stycke ett stycke."
            raise _refuse(number, line, "Bara delar av samma slag kan vara samma bestämmelse.", hint)
        told.append(Told(*sides))
    return tuple(told)


def _addresses(words: str, number: int, line: str) -> Iterator[Address]:
    for piece in re.split(r"\s*,\s*|\s+och\s+", words) if words else ():
        read = read_citation(piece)
        if read is None or read.end < len(piece) or not all(a.steps for a in read.addresses):
            hint = "Skriv till exempel ”2 §” eller ”2 § första stycket”."
            raise _refuse(number, line, f"”{piece}” går inte att läsa som ett ställe.", hint)
        yield from read.addresses


def _refuse(number: int, line: str, message: str, hint: str) -> CannotRead:
    return CannotRead(message, place=Place(f"rad {number}", line), hint=hint)
