"""What is said of the decision itself, where that is no matter of dates."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.model.proposal import NoChange
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._desk import Desk, Outcome


def condition(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """The decision holds on a condition; the proposal carries it."""
    yield Outcome(no_change=(NoChange(desk.clause.number, "villkor"),))


def mandate(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Somebody may tidy the text; a charter is changed only by what the council itself decides."""
    yield Outcome(no_change=(NoChange(desk.clause.number, "uppdrag"),))


def repeal_decision(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """An earlier decision is set aside: that is an event of its own."""
    raise desk.stop(
        "UPPHAVANDE",
        f"Att-satsen upphäver kommunfullmäktiges beslut {op.text}.",
        "Registrera det med reglemente upphav, eller skriv ut vilka bestämmelser som ändras.",
    )
    yield Outcome()


def unfollowed(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """The council adopted a proposal whose text was not found."""
    raise desk.stop(
        "FORSLAG", "Kommunfullmäktige beslutar enligt ett förslag vars text inte står här.", "Klistra in förslagets att-satser också."
    )
    yield Outcome()


RESOLVERS = {
    Type.SET_CONDITION: condition,
    Type.EDITORIAL_MANDATE: mandate,
    Type.REPEAL_DECISION: repeal_decision,
    Type.APPLY_PROPOSAL: unfollowed,
}
