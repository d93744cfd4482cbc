"""A task that goes from one committee to another, or goes and nobody gets it. The decision names no wording; it is derived."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, Provision, Wid, address_of, walk
from reglemente_tool.model.citation import cite
from reglemente_tool.reading.duties import listed_tasks, prose_tasks
from reglemente_tool.reading.naming import ALL
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._deriving import BY_HAND, chosen, codes, moved, name_of, named, spoken, spoken_of, the_tasks
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving._targets import Target, at
from reglemente_tool.reading.resolving.units import repealed


def transfer(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A task, or all that a committee has, goes to another committee: what speaks of it goes to that one's task list."""
    for body in (op.source_body, op.target_body):
        if body.endswith("utskottet") and not desk.names.charters(body):
            what = f"{body.capitalize()} har inget eget reglemente, så vilka bestämmelser som flyttas går inte att härleda."
            raise desk.stop("ORGANISATION", what, BY_HAND.format(desk.clause.number))
    goal = desk.charter_named(op.target_body)
    if op.text == ALL:
        source = _giver(op, desk)
        gone = any(s.charter == source.id and isinstance(s.amendment, Dissolve) for s in (*desk.earlier, *desk.made))
        yield from all_tasks(source, goal, desk, leaves=not gone)
        return
    source = desk.charter_named(op.source_body) if op.source_body else _holder(op.text, goal, desk)
    _refuse_same(source, goal, desk)
    going = the_tasks(source, op.text, desk)
    words = desk.answer_for("ORD", desk.clause.number)
    if words and len(going) > 1:
        raise desk.stop("ORD", "Svaret anger ord för en uppgift, men flera flyttas.", BY_HAND.format(desk.clause.number))
    yield from _leave(source, going, desk)
    for found, why in going:
        for outcome in moved(found, source, goal, desk, why, words):
            desk = desk.after(outcome)
            yield outcome


def _giver(op: Operation, desk: Desk) -> Charter:
    """Return the charter of the committee whose tasks all go; where only "dess" says which, of the one that ends."""
    if op.source_body:
        source = desk.charter_named(op.source_body)
        _refuse_same(source, desk.charter_named(op.target_body), desk)
        return source
    ended = dict.fromkeys(s.charter for s in (*desk.earlier, *desk.made) if isinstance(s.amendment, Dissolve))
    if len(ended) == 1:
        return desk.by_id(next(iter(ended)))
    raise desk.stop(
        "ORGANISATION", "Beslutet flyttar uppgifter utan att säga från vilken nämnd.", BY_HAND.format(desk.clause.number)
    )


def _refuse_same(source: Charter, goal: Charter, desk: Desk) -> None:
    if source.id == goal.id:
        raise desk.stop("ORGANISATION", "Uppgiften skulle flytta till den nämnd som redan har den.", BY_HAND.format(desk.clause.number))


def _holder(text: str, goal: Charter, desk: Desk) -> Charter:
    """Return the one other charter that speaks of `text`, when the clause does not say who has it. Raises Stop."""
    answered = desk.answer("NAMND")
    if answered:
        return desk.charter_named("") if not desk.names.charters(answered) else desk.charter_named(answered)
    holders = [c for c in desk.charters if c.id != goal.id and spoken_of(c, text)]
    if len(holders) == 1:
        return holders[0]
    if holders:
        shown = " ".join(f"{c.title}: {named(c, spoken_of(c, text)[:2])}" for c in holders[:5])
        raise desk.stop_asking(
            "NAMND", f"Beslutet säger inte vem som har haft ansvaret för {text}. Flera reglementen nämner det. {shown}",
            tuple(c.id for c in holders),
        )  # fmt: skip
    raise desk.stop(
        "SAKNAS",
        f"Inget annat reglemente nämner {text}, så det är en ny uppgift som beslutet inte anger orden för.",
        BY_HAND.format(desk.clause.number),
    )


def all_tasks(source: Charter, goal: Charter, desk: Desk, *, leaves: bool) -> Iterator[Outcome]:
    """Yield that every task of `source` goes to `goal`: the items of its task lists, and what an answer adds. Raises Stop.

    `leaves` is False when the whole of `source` goes by the same decision.
    """
    why = f"{name_of(source.id, desk)}s uppgifter övergår till {name_of(goal.id, desk)}"
    going = _which(source, desk)
    if leaves:
        yield from _leave(source, tuple((target, why) for target in going), desk)
    for target in going:
        for outcome in moved(target, source, goal, desk, why):
            desk = desk.after(outcome)
            yield outcome


def _leave(source: Charter, going: tuple[tuple[Target, str], ...], desk: Desk) -> Iterator[Outcome]:
    """Yield that provisions leave `source`, each for its reason; what stands empty without them goes too."""
    for target in _emptied(source, {t.wid for t, _ in going}):
        inside = {p.wid for p in walk((target.provision,))}
        why = next(why for t, why in going if t.wid in inside)
        if target.wid not in {t.wid for t, _ in going}:
            why += f"; {cite(target.address)} står tom utan det som flyttas eller utgår"
        yield desk.suggest(source, repealed(target), derived=why)


def _emptied(source: Charter, going: set[Wid]) -> Iterator[Target]:
    """Yield what leaves `source` with the provisions `going`: a lead-in goes with its whole list, a § with all its stycken."""

    def goes(p: Provision) -> bool:
        return p.wid in going or (bool(p.children) and not p.closing and all(goes(c) for c in p.children))

    def top(siblings: tuple[Provision, ...]) -> Iterator[Provision]:
        for p in siblings:
            if p.kind is not Kind.KAPITEL and p.kind is not Kind.AVSNITT and goes(p):
                yield p
            else:
                yield from top(p.children)

    for p in top(source.body):
        yield at(source, address_of(source, p.wid))


def _which(source: Charter, desk: Desk) -> tuple[Target, ...]:
    """Return the provisions that go; tasks in running text go only when a person has said so."""
    listed, prose = listed_tasks(source), prose_tasks(source)
    answer = desk.answer("UPPGIFTER").lower()
    if not listed and not prose and not answer:
        raise desk.stop(
            "SAKNAS", f"I {spoken(source)} finns ingen bestämmelse som säkert är en uppgift.",
            f"Ange vilka med --svar UPPGIFTER:{desk.clause.number}=KOD,KOD. {BY_HAND.format(desk.clause.number)}",
        )  # fmt: skip
    if prose and not answer:
        raise desk.stop_asking(
            "UPPGIFTER",
            f"I {spoken(source)} står uppgifter i löpande text: {named(source, prose)} {_choice(len(listed))}",
            ("alla", "listan", *codes(source, prose)) if listed else ("alla", *codes(source, prose)),
        )
    if answer and answer not in ("alla", "listan"):
        return chosen(source, answer, "UPPGIFTER", desk)
    going = (*listed, *prose) if answer == "alla" else listed
    return tuple(at(source, address_of(source, p.wid)) for p in going)


def _choice(listed: int) -> str:
    codes_too = "eller vilka bestämmelser (koder med komma emellan)?"
    if not listed:
        return f"Ska de föras över som de står (alla), {codes_too}"
    items = "strecksatsen i uppgiftslistan" if listed == 1 else f"de {listed} strecksatserna i uppgiftslistan"
    return f"Ska de föras över som de står (alla), ska bara {items} föras över (listan), {codes_too}"


def drop(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A task goes, and nobody gets it; that it is left without a committee is told when all clauses have been read."""
    charter = desk.charter(op)
    yield from _leave(charter, the_tasks(charter, op.text, desk), desk)


RESOLVERS = {
    Type.TRANSFER_RESPONSIBILITY: transfer,
    Type.REPEAL_RESPONSIBILITY: drop,
}
