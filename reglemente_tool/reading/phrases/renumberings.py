"""What gets another number, and what only follows from that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.model.address import Address, Kind, Part, Reads
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.phrases import Match, Result, phrase

_FOLLOWING = (
    r"(?:(?:därpå |de )?efterföljande (?:paragrafer|paragraferna|numrering|§§)(?: i {R})?|resterande paragrafer|övriga paragrafer|"
    r"(?:de )?följande "
    r"paragrafer(?:na)?|paragraferna därefter)"
    r"(?: som följer)? (?:numreras om|omnumreras|ska numreras om|får ny numrering|ska omnumreras|justeras|ändras)(?: (?:i enlighet "
    r"därmed|därefter|i följd|i nummerföljd|löpande))?"
)


@phrase("{A} {betecknas} {A}", "(?:numrera om|omnumrera|beteckna|ändra beteckningen på|ändra numreringen av) {A} (?:till|som) {A}",
        "{A} flyttas och (?:blir|betecknas|får beteckningen) (?:en |ett )?{A}", "{A} (?:{betecknas}) (?P<bare>\\d+(?: [a-z])?)")
def betecknas(m: Match) -> Iterator[Result]:
    """att nuvarande 8 § betecknas 9 §"""
    old = m.places[0]
    if len(m.places) < 2:
        last, bare = old.address.last, m.group("bare").replace(" ", "")
        if last is not None and last.kind is Kind.PARAGRAF and last.number and old.reads is not Reads.NY and not (old.quoted or old.topic):
            number = re.sub(r"(?<=\d)(?=[a-z])", " ", bare)
            yield Operation(type=Type.RENUMBER, charter=old.charter, target=old.address, number=number)
        return
    new = m.places[1]
    if "flyttas" in m.found[0] and m.where.addresses:
        # "12 § flyttas till 2 kap. och betecknas …": it is not there yet.
        return
    if new.reads is Reads.NY and not re.search("flyttas|bli|beteckna|numrera|får", m.found[0]):
        return
    if new.charters and not m.named[0].charters and not any(m.where.charters):
        # "3 a § ska betecknas 4 § i reglementet för valnämnden"
        old = replace(old, charters=new.charters)
    if (new.charters and new.charters != old.charters) or len(old.addresses) != len(new.addresses):
        return
    if old.reads is Reads.NY or any(p.quoted or p.topic for p in (old, new)):
        return
    for was, becomes in zip(old.addresses, new.addresses, strict=True):
        if not was.steps or not becomes.steps or was.part is Part.RUBRIK or becomes.part is Part.RUBRIK:
            return
        last, step = was.steps[-1], becomes.steps[-1]
        if last.kind is not step.kind or not last.number or not step.number:
            return
        if becomes.steps[:-1] and becomes.steps[:-1] != was.steps[:-1]:
            # "5 § ska betecknas 6 kap. 1 §" moves it too.
            return
        yield Operation(type=Type.RENUMBER, charter=old.charter, target=was, number=step.number, expectation=last.kind.positional)


@phrase(
    "{A} (?:byter|ska byta) plats(?: med varandra)?",
    "{A} (?:byter|ska byta) (?:plats|nummer|beteckning) med {A}",
    "{A} och {A} byter plats",
)
def byter_plats(m: Match) -> Iterator[Result]:
    """att 6 § och 7 § byter plats"""
    both = tuple(a for p in m.places for a in p.addresses)
    if len(both) != 2 or any(not a.steps or a.steps[-1].kind is not Kind.PARAGRAF or a.part is Part.RUBRIK for a in both):
        return
    for one, other in (both, both[::-1]):
        yield Operation(type=Type.RENUMBER, charter=m.place.charter, target=one, number=other.steps[-1].number)


@phrase(_FOLLOWING, "varvid " + _FOLLOWING)
def efterfoljande(m: Match) -> Iterator[Result]:
    """att 8 § upphävs och att de efterföljande paragraferna numreras om i följd"""
    moved = [op for op in m.before if op.type in (Type.REPEAL_UNIT, Type.INSERT_UNIT)]
    if len(moved) != 1 or not _is_paragraf(moved[0].target):
        return
    op = moved[0]
    number = op.target.steps[-1].number
    if not number.isdigit():
        return
    gone = op.type is Type.REPEAL_UNIT
    first = str(int(number) + (1 if gone else 0))
    target = Address((*op.target.steps[:-1],)).child(Kind.PARAGRAF, first)
    charter = m.named[0].charter if m.named else op.charter
    if op.charter and charter != op.charter:
        return
    yield Operation(type=Type.RENUMBER, charter=charter, target=target, number="-1" if gone else "+1", text="efterföljande")


def _is_paragraf(address: Address) -> bool:
    return bool(address.steps) and address.steps[-1].kind is Kind.PARAGRAF and address.part is Part.HELA


@phrase("{R} (?:numreras om|omnumreras|får ny numrering)(?: i sin helhet)?", "(?:numrera om|omnumrera) (?:paragraferna i )?{R}")
def hela_numreras_om(m: Match) -> Iterator[Result]:
    """att reglementet för socialnämnden numreras om"""
    yield Operation(type=Type.RENUMBER, charter=m.place.charter, text="alla")
