"""Committees and tasks, where the decision names no wording: what can be derived is suggested, with the provision that was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, Wid, address_of, walk
from reglemente_tool.model.citation import cite
from reglemente_tool.model.proposal import NoChange
from reglemente_tool.model.wording import bare
from reglemente_tool.reading.naming import ALL
from reglemente_tool.reading.operation import Operation, Position, Type, Where
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving._placing import spot
from reglemente_tool.reading.resolving._targets import Target, about, at
from reglemente_tool.reading.resolving.units import repealed

_BY_HAND = "Skriv en att-sats för varje bestämmelse som ändras, eller svara OLAST:{0}=ingen-andring om inget reglemente ändras."


def rename(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee gets a new name, in every charter that speaks of it."""
    own = desk.charter(op)
    known = desk.municipality.committee(own.committee)
    old = op.charter or (known.name.lower() if known else "")
    touched = False
    for charter in desk.charters:
        made = Rename(committee=own.committee, old=old, new=op.new)
        texts = [charter.title, *(t for p in walk(charter.body) for t in (p.heading, p.text, p.closing))]
        if any(made.renamed(text) != text for text in texts):
            touched = True
            yield desk.suggest(charter, made)
    if not touched:
        raise desk.stop("SAKNAS", f"Inget reglemente nämner {old}.", "Kontrollera nämndens nuvarande namn.")


def _task(charter: Charter, text: str, desk: Desk) -> Target:
    """Return the one list item of `charter` that is about `text`. Raises Stop."""
    items = [p for p in walk(charter.body) if p.kind.item and not p.children and about(p.text, text)]
    if len(items) == 1:
        return at(charter, address_of(charter, items[0].wid))
    title = charter.title[:1].lower() + charter.title[1:]
    hint = _BY_HAND.format(desk.clause.number)
    if items:
        raise desk.stop("TVETYDIG", f"I {title} handlar flera punkter om {text}: {', '.join(said(p.text) for p in items[:3])}.", hint)
    raise desk.stop("SAKNAS", f"I {title} finns ingen punkt om {text}.", hint)


def transfer(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A task goes from one committee to another: the item that speaks of it goes there, to a place that a person names."""
    if op.text == ALL or not op.source_body:
        raise desk.stop(
            "ORGANISATION", "Beslutet flyttar uppgifter utan att säga vilka bestämmelser som ändras.", _BY_HAND.format(desk.clause.number)
        )
    source, goal = desk.charter_named(op.source_body), desk.charter_named(op.target_body)
    found = _task(source, op.text, desk)
    going = Operation(
        type=Type.INSERT_UNIT,
        charter=op.target_body,
        target=Address().child(Kind.PARAGRAF).child(Kind.STRECKSATS),
        new=bare(found.provision.text),
        position=Position(Where.UNSPECIFIED),
    )
    place, kind, doubts = spot(goal, going, desk)
    wording = replace(found.provision, kind=kind, text=going.new, wid=Wid(""), marker="", number="", source=None)
    yield desk.suggest(source, repealed(found))
    yield desk.suggest(goal, Insert(target=place, wording=wording, continues=found.wid))
    yield doubts
    yield _derived(desk, f"Uppgiften {said(found.held)} i {cite(found.address)} antas vara den som avses.")


def drop(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A task goes, and nobody gets it."""
    charter = desk.charter(op)
    found = _task(charter, op.text, desk)
    yield desk.suggest(charter, repealed(found))
    yield _derived(desk, f"Uppgiften {said(found.held)} i {cite(found.address)} antas vara den som avses.")


def _derived(desk: Desk, message: str) -> Outcome:
    return desk.warn("SYFTNING", message, "Beslutet anger inga ord. Kontrollera att rätt bestämmelse har hittats.")


def by_hand(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Committees that end, merge or are divided: which provisions that changes, only a person can say."""
    what = {
        Type.ABOLISH_BODY: f"{op.charter} avvecklas",
        Type.MERGE_BODIES: f"{' och '.join(op.bodies)} går upp i {op.target_body}",
        Type.SPLIT_BODY: f"{op.charter} delas upp",
    }[op.type]
    raise desk.stop(
        "ORGANISATION", f"Beslutet säger att {what}, men inte vilka bestämmelser som ändras.", _BY_HAND.format(desk.clause.number)
    )
    yield Outcome()


def abolish(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee ends: its charter goes with it, which the next operation says; a utskott stands in its board's charter."""
    if op.field != "nämnd":
        yield from by_hand(op, desk)
    desk.charter_named(op.charter)
    yield desk.warn(
        "HALVA",
        f"{op.charter.capitalize()} avvecklas. Beslutet måste också säga vem som tar över varje uppgift.",
        "Kontrollera de andra reglementena.",
    )


def wordless(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee is founded, joined or given a role; no charter is changed by that alone."""
    yield Outcome(no_change=(NoChange(desk.clause.number, "organisation"),))
    yield desk.warn("ORGANISATION", "Att-satsen gäller organisationen men anger ingen text. Inget reglemente ändras av den ensam.")


RESOLVERS = {
    Type.RENAME_BODY: rename,
    Type.TRANSFER_RESPONSIBILITY: transfer,
    Type.REPEAL_RESPONSIBILITY: drop,
    Type.MERGE_BODIES: by_hand,
    Type.SPLIT_BODY: by_hand,
    Type.ABOLISH_BODY: abolish,
    Type.CREATE_BODY: wordless,
    Type.JOIN_BODY: wordless,
    Type.ASSIGN_ROLE: wordless,
}
