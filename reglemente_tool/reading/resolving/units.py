"""Provisions that go, come, move, get another number or another wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.model.address import Address, Kind, Part, Reads, Step
from reglemente_tool.model.charter import Charter, Provision, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.wording import bare
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving._placing import spot
from reglemente_tool.reading.resolving._targets import Target, aim
from reglemente_tool.reading.wording import read_wording


def repeal(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A provision or a heading goes."""
    refuse_proposal(op, desk)
    charter = desk.charter(op)
    if op.reads is Reads.NY:
        raise desk.stop("SYFTNING", f"Det som utgår kan inte anges som den nya {cite(op.target)}.", "Ange det nuvarande numret.")
    yield desk.suggest(charter, repealed(aim(charter, op, desk)))


def repealed(target: Target) -> Repeal:
    """Return the repeal of what was found."""
    return Repeal(target=target.address, expects=target.expects, wid=target.wid)


def substitute(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A provision, a sentence or a heading gets a new wording."""
    require_text(op, desk)
    charter = desk.charter(op)
    if op.reads is Reads.NY:
        yield desk.suggest(
            charter, Substitute(target=op.target, reads=Reads.NY, wording=worded(op.new, op.target, op.target.steps[-1].kind))
        )
        return
    target = aim(charter, op, desk)
    kind = target.address.steps[-1].kind if target.address.steps[-1].kind.virtual else target.provision.kind
    new = worded(op.new, target.address, kind)
    yield desk.suggest(charter, Substitute(target=target.address, expects=target.expects, wid=target.wid, wording=new))


def worded(text: str, address: Address, kind: Kind) -> Provision:
    """Return new wording as a provision. Raises CannotRead when the text is not one provision of that kind."""
    if address.part is Part.RUBRIK:
        return Provision(kind=kind, heading=" ".join(text.split()))
    new = read_wording(_unwrapped(text), kind)
    return new


def _unwrapped(text: str) -> str:
    """Join lines that only the page broke: the next one goes on in small letters after running text."""
    lines = text.splitlines()
    joined: list[str] = []
    for line in lines:
        goes_on = bool(joined) and bool(joined[-1].strip()) and line.strip()[:1].islower() and not re.match(r"\s*[a-zåäö]\)", line)
        if goes_on and not re.match(r"\s*(?:[-–—•·*]|\d+[.)]|[a-zåäö]\))\s", joined[-1]) and not joined[-1].rstrip().endswith(":"):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def insert(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A new provision comes in."""
    charters = desk.charters_named(op)
    if len(charters) != 1:
        raise desk.stop(
            "PLACERING",
            "Samma text ska in i flera reglementen, men beslutet säger inte var i dem.",
            "Skriv en att-sats för varje reglemente, med paragraf.",
        )
    charter = charters[0]
    if op.copies and not op.new:
        op = _copied(op, desk)
    require_text(op, desk)
    target, kind, doubts = spot(charter, op, desk)
    new = worded(op.new, target, kind)
    if new.kind is not kind and new.kind is Kind.STRECKSATS:
        new = read_wording(op.new, Kind.STRECKSATS)
    reads = op.reads if target.part is Part.RUBRIK else Reads.NUVARANDE
    yield desk.suggest(charter, Insert(target=target, reads=reads, wording=_unmarked(new, kind)))
    yield doubts


def _unmarked(new: Provision, kind: Kind) -> Provision:
    """The list that it goes into gives an item its glyph, and the address a § its number."""
    if kind.item:
        return replace(new, kind=kind, marker="", number="")
    return replace(new, marker="") if kind is Kind.PARAGRAF and not new.number else new


def _copied(op: Operation, desk: Desk) -> Operation:
    gone = [s.amendment for s in desk.made if isinstance(s.amendment, Repeal)]
    used = sum(1 for s in desk.made if isinstance(s.amendment, Insert))
    if used >= len(gone) or gone[used].expects.startswith("sha256:"):
        raise desk.stop(
            "FORSLAG",
            "Beslutet talar om motsvarande text, men den går inte att ta över ordagrant.",
            "Skriv ut den nya texten i att-satsen.",
        )
    return replace(op, new=bare(gone[used].expects), source="")


def renumber(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A provision gets another number; or every § that follows does."""
    refuse_proposal(op, desk)
    charter = desk.charter(op)
    if op.text == "efterföljande":
        yield from _following(charter, op, desk)
        return
    if op.text:
        raise desk.stop("NUMMER", "Beslutet säger inte vilka nummer paragraferna ska få.", "Ange dem: 5 § ska betecknas 4 §.")
    target = aim(charter, op, desk)
    if op.expectation:
        yield _expected(op, target, charter, desk)
        return
    yield desk.suggest(charter, Renumber(target=target.address, number=op.number, expects=target.expects, wid=target.wid))


def _expected(op: Operation, target: Target, charter: Charter, desk: Desk) -> Outcome:
    """ "Nuvarande andra stycket blir tredje stycket" is verified, not done: it must follow from what else is decided."""
    old, wanted = target.address.steps[-1].number, op.number
    moved = 0
    for made in (*desk.earlier, *desk.made):
        a = made.amendment
        beside = (
            made.charter == charter.id
            and a.target.parent == target.address.parent
            and a.target.steps[-1].kind is target.address.steps[-1].kind
        )
        if not beside or not old.isdigit() or not a.target.steps[-1].number.isdigit():
            continue
        place = int(a.target.steps[-1].number)
        moved += (
            (1 if place <= int(old) else 0) if isinstance(a, Insert) else (-1 if place < int(old) else 0) if isinstance(a, Repeal) else 0
        )
    if not old.isdigit() or not wanted.isdigit() or int(old) + moved != int(wanted):
        raise desk.stop(
            "NUMMER",
            f"{cite(target.address)} blir inte {cite(Address((Step(target.address.steps[-1].kind, wanted),)))} av det som beslutas.",
            "Kontrollera var det nya stycket ska stå.",
        )
    return Outcome(charter=charter.id)


def _following(charter: Charter, op: Operation, desk: Desk) -> Iterator[Outcome]:
    step = int(op.number)
    first = int(op.target.steps[-1].number)
    chapter = op.target.parent
    following = [
        (a, p)
        for a, p in walk_addressed(charter)
        if p.kind is Kind.PARAGRAF and (not chapter.steps or chapter.covers(a)) and (m := re.match(r"\d+", p.number)) and int(m[0]) >= first
    ]
    if not following:
        raise desk.stop("NUMMER", "Det finns inga paragrafer efter den som ändras.", "Kontrollera paragrafens nummer.")
    if len({a.steps[:-1] for a, _ in following}) > 1:
        raise desk.stop(
            "TVETYDIG", "Paragraferna börjar om i varje kapitel; beslutet säger inte i vilket de numreras om.", "Ange kapitlet."
        )
    for address, provision in following:
        digits = re.match(r"\d+", provision.number)
        assert digits is not None
        number = f"{int(digits[0]) + step}{provision.number[digits.end() :]}"
        yield desk.suggest(charter, Renumber(target=address, number=number, wid=provision.wid))


def move(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A heading goes to another §; a list item to another place, in this charter or another."""
    refuse_proposal(op, desk)
    charter = desk.charter(op)
    assert op.to is not None
    target = aim(charter, op, desk)
    if op.target.part is Part.RUBRIK:
        yield desk.suggest(charter, repealed(target))
        yield desk.suggest(
            charter, Insert(target=op.to.address, reads=op.to.reads, wording=Provision(kind=target.provision.kind, heading=target.held))
        )
        return
    item = target.provision.kind.item
    if not (item or target.provision.kind is Kind.STYCKE) or target.provision.children:
        raise desk.stop(
            "FORSLAG", f"Flytten av {cite(target.address)} går inte att läsa som ändringar.", "Skriv ut vad som upphör och vad som införs."
        )
    goal = desk.charter_named(op.to.charter) if op.to.charter else charter
    words = bare(target.provision.text) if item else target.provision.text
    going = Operation(type=Type.INSERT_UNIT, charter=op.to.charter, target=op.to.address, new=words, position=op.position)
    place, kind, doubts = spot(goal, going, desk)
    wording = replace(target.provision, kind=kind, text=going.new, wid=type(target.wid)(""), marker="", number="", source=None)
    yield desk.suggest(charter, repealed(target))
    yield desk.suggest(goal, Insert(target=place, wording=wording, continues=target.wid))
    yield doubts


def require_text(op: Operation, desk: Desk) -> None:
    """Raise Stop unless the clause itself holds the new wording."""
    refuse_proposal(op, desk)
    if not op.new:
        source = bare_source(op.source) if op.source not in ("ej angiven", "följande text") else ""
        message = f"Den nya lydelsen står inte i beslutet ({source})." if source else "Den nya lydelsen står inte i att-satsen."
        raise desk.stop("FORSLAG", message, "Klistra in den nya lydelsen efter att-satsen, inom citattecken.")


def bare_source(source: str) -> str:
    """Return where a text is said to be, without the words that lead it in: "bilaga 2"."""
    return re.sub(
        r"^(?:enligt|i enlighet med|i överensstämmelse med|(?:den )?lydelsen? som framgår av|som framgår av|se)\s+",
        "",
        source,
        flags=re.IGNORECASE,
    )


def refuse_proposal(op: Operation, desk: Desk) -> None:
    """Raise Stop for what changes a proposal before it is adopted: its text is not here."""
    if op.source == "förslaget":
        raise desk.stop(
            "FORSLAG", "Ändringen gäller förslaget, vars text inte står i beslutet.", "Läs in det reglemente som antogs i sin helhet."
        )


RESOLVERS = {
    Type.REPEAL_UNIT: repeal,
    Type.REPLACE_UNIT: substitute,
    Type.INSERT_UNIT: insert,
    Type.RENUMBER: renumber,
    Type.MOVE_UNIT: move,
}
