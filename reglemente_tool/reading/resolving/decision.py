"""What is said of the decision itself, where that is no matter of dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reglemente_tool.consolidate import repealed_on
from reglemente_tool.model.history import Decision
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import NoChange, Revoking
from reglemente_tool.reading import dates
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._desk import Desk, Outcome


def condition(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """The decision holds on a condition; the proposal carries it."""
    yield Outcome(no_change=(NoChange(desk.clause.number, "villkor"),))


def mandate(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Somebody may tidy the text; a charter is changed only by what the council itself decides."""
    yield Outcome(no_change=(NoChange(desk.clause.number, "uppdrag"),))


def repeal_decision(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """An earlier decision is repealed, or what it changed in one charter: from the day of this decision and not backwards."""
    day, _, section = op.text.partition(" § ")
    decisions = [e for e in desk.history.events if isinstance(e, Decision)]
    found = [d for d in decisions if d.decided_on.isoformat() == day and slug(d.section) == slug(section)]
    if len(found) != 1:
        hint = f"Rör beslutet inget reglemente, svara --svar OLAST:{desk.clause.number}=ingen-andring."
        near = _nearest(decisions, day, section)
        raise desk.stop("UPPHAVANDE", f"Registret har inte kommunfullmäktiges beslut {op.text}, som att-satsen upphäver.", f"{near}{hint}")
    about = found[0]
    charter = desk.charter(op) if op.charter else None
    if repealed_on(desk.history, about.id) is not None:
        raise desk.stop("UPPHAVANDE", f"{about.name} är redan upphävt.", "Kontrollera vilket beslut som avses.")
    if about.revocations:
        message = f"{about.name} upphäver självt ett tidigare beslut. Vad som ska gälla när det upphävs framgår inte."
        raise desk.stop("UPPHAVANDE", message, "Fullmäktige behöver säga vad som ska gälla i stället.")
    if charter is not None and not any(c.charter == charter.id for c in about.changes):
        raise desk.stop("UPPHAVANDE", f"{about.name} ändrar inte {charter.title}.", "Kontrollera vilket beslut som avses.")
    changed = [c for c in about.changes if charter is None or c.charter == charter.id]
    told = Outcome(no_change=(NoChange(desk.clause.number, "upphaver-beslut"),), charter=charter.id if charter else None)
    days = sorted(c.in_force_from for c in changed if isinstance(c.in_force_from, date))
    if days:
        message = (
            f"{about.name} gäller från {days[0].isoformat()}. Upphävandet verkar framåt, från den dag då det här beslutet gäller; "
            "lydelsen dessförinnan står kvar som den var."
        )
        hint = "Ska beslutet aldrig ha gällt är det en domstol som upphäver: reglemente upphav."
        told = told.and_then(desk.warn("UPPHAVANDE", message, hint))
    revoking = Revoking(desk.clause.number, about.id, charter.id if charter else None)
    yield told.and_then(Outcome(revocations=(revoking,)))


def _nearest(decisions: list[Decision], day: str, section: str) -> str:
    """Return a sentence that names the decisions most like the one that was looked for; "" when there are none."""
    wanted = dates.day(day)
    same_day = [d for d in decisions if d.decided_on == wanted]
    same_section = [d for d in decisions if slug(d.section) == slug(section)]
    by_day = sorted(decisions, key=lambda d: abs((d.decided_on - wanted).days) if wanted is not None else 0)
    near = list(dict.fromkeys(d.name for d in (*same_day, *same_section, *by_day)))[:3]
    return f"Närmast är {', '.join(near)}. " if near else ""


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
