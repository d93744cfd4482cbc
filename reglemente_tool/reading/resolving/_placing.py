"""Where something new goes: the full address, or the question that must be answered before there is one."""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import LAST, Address, Kind, Part, Reads, Step
from reglemente_tool.model.charter import Charter, Provision, address_of
from reglemente_tool.model.citation import cite
from reglemente_tool.model.placing import list_holder
from reglemente_tool.reading.operation import Operation, Position, Where
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving._targets import aim, at, try_at

Spot = tuple[Address, Kind, Outcome]


def spot(charter: Charter, op: Operation, desk: Desk) -> Spot:
    """Return the address that the new provision will have, its kind, and what a person should be asked or told about that.

    Raises Stop or CannotApply when there is no such place, or when only a person can say which.
    """
    target = op.target
    if target.part is Part.RUBRIK:
        comes = op.reads is Reads.NY or _comes(charter, target, desk)
        holder = at(charter, Address(target.steps)) if not comes else None
        return (holder.address if holder else Address(target.steps)).heading(), target.steps[-1].kind, Outcome()
    last = target.last
    if (
        last is None
        or (op.position is not None and op.position.where is Where.UNSPECIFIED)
        or (not target.parent.steps and last.kind.positional)
    ):
        return _answered(charter, op, desk)
    if not last.kind.positional and not last.kind.item:
        return _numbered(charter, op, desk)
    if _comes(charter, target.parent, desk):
        return target if last.number else target.parent.child(last.kind, LAST), last.kind, Outcome()
    if last.kind.item:
        return _item(charter, op, desk)
    return _part(charter, op, desk)


def _comes(charter: Charter, address: Address, desk: Desk) -> bool:
    """True when the place itself comes in by this decision."""
    return any(
        isinstance(s.amendment, Insert) and s.charter == charter.id and s.amendment.target == Address(address.steps)
        for s in (*desk.earlier, *desk.made)
    )


def _numbered(charter: Charter, op: Operation, desk: Desk) -> Spot:
    """A § or chapter with a number of its own."""
    target, doubts = op.target, Outcome()
    if not target.steps[-1].number:
        raise desk.stop(
            "NUMMER", "Beslutet säger inte vilket nummer den nya paragrafen ska ha.", "Skriv numret i att-satsen: en ny paragraf, 7 a §."
        )
    if op.position is not None and op.position.where in (Where.BETWEEN, Where.AFTER, Where.BEFORE):
        for beside in op.position.beside:
            at(charter, Address((*target.steps[:-1], *beside.steps)))
        if try_at(charter, target) is not None:
            raise desk.stop("NUMMER", f"{cite(target)} finns redan.", "Ange vilket nummer den nya bestämmelsen ska ha.")
        doubts = desk.warn(
            "PLACERING", f"Beslutet säger inte vilket nummer den nya bestämmelsen ska ha; {cite(target)} är det som passar på platsen."
        )
    return target, target.steps[-1].kind, doubts


def _item(charter: Charter, op: Operation, desk: Desk) -> Spot:
    """An item of a list: in which list, in which place."""
    holder = list_holder(charter, op.target)
    base = address_of(charter, holder.wid)
    items = holder.items
    kind = items[0].kind if items else op.target.steps[-1].kind
    if not items and kind is Kind.STRECKSATS and op.position is not None and op.position.where is Where.END:
        raise desk.stop("SAKNAS", f"{cite(base)} har ingen lista.", "Ange den nya lydelsen av hela stycket i stället.")
    answered = desk.answer("PLACERING")
    place = _ordinal(charter, op, items, answered, desk)
    ask = Outcome()
    unsaid = op.position is not None and op.position.where is Where.END and not op.position.said
    if unsaid and not answered:
        ask = desk.ask("PLACERING", f"Beslutet säger inte var i listan i {cite(base)} det nya ska stå.", default=LAST)
    if kind.positional:
        return base.child(kind, place if place != LAST else _free_end(base, kind, charter, desk)), kind, ask
    if place != LAST and int(place) != len(items) + 1:
        raise desk.stop(
            "PLACERING",
            f"Punkterna i {cite(base)} är numrerade; en ny punkt mitt i listan ändrar de andras nummer.",
            "Skriv en ny lydelse av hela stycket.",
        )
    return base.child(kind, _next_number(items, base, kind, charter, desk)), kind, ask


def _ordinal(charter: Charter, op: Operation, items: tuple[Provision, ...], answered: str, desk: Desk) -> str:
    """Return the place among the items: an ordinal, or "sist"."""
    number = op.target.steps[-1].number
    if number:
        return number
    position = op.position or Position(Where.END)
    if answered and position.where is Where.END:
        if answered != LAST and not (answered.isdigit() and 1 <= int(answered) <= len(items) + 1):
            raise desk.stop(
                "PLACERING", f"{answered} är ingen plats i listan.", f"Svara {LAST}, eller ett tal från 1 till {len(items) + 1}."
            )
        place = answered if answered == LAST else str(int(answered) + _beside_it(charter, op, int(answered), desk))
        return LAST if place == str(len(items) + 1) else place
    if position.where is Where.END:
        return LAST
    if position.where is Where.START:
        return "1"
    if position.where is Where.AS:
        return position.beside[0].steps[-1].number
    beside = _beside(charter, op, position, desk)
    index = next(i for i, item in enumerate(items) if item.wid == beside.wid)
    wanted = index + 1 + (0 if position.where is Where.BEFORE else 1)
    return LAST if wanted > len(items) else str(wanted + _beside_it(charter, op, wanted, desk))


def _beside_it(charter: Charter, op: Operation, first: int, desk: Desk) -> int:
    """How many new items of this clause already stand in a row from that place on."""
    base = address_of(charter, list_holder(charter, op.target).wid)
    numbers = {
        s.amendment.target.steps[-1].number
        for s in desk.made
        if isinstance(s.amendment, Insert) and s.charter == charter.id and s.amendment.target.parent == base
    }
    count = 0
    while str(first + count) in numbers:
        count += 1
    return count


def _beside(charter: Charter, op: Operation, position: Position, desk: Desk) -> Provision:
    """Return the item that the new one goes beside."""
    home = op.target.parent
    if position.beside:
        seek = replace(op, target=Address((*home.steps, *position.beside[0].steps)), old=position.words, topic="")
    else:
        seek = replace(op, target=home.child(op.target.steps[-1].kind), old=position.words, topic="")
    found = aim(charter, seek, desk).provision
    holder = list_holder(charter, op.target)
    if all(item.wid != found.wid for item in holder.items):
        raise desk.stop("TVETYDIG", f"{cite(home)} har flera listor.", "Ange i vilket stycke.")
    return found


def _free_end(base: Address, kind: Kind, charter: Charter, desk: Desk) -> str:
    """ "sist", or "sist+1" and on for what comes after another new item at the end of the same list."""
    taken = sum(
        1
        for s in (*desk.earlier, *desk.made)
        if isinstance(s.amendment, Insert)
        and s.charter == charter.id
        and s.amendment.target.parent == base
        and s.amendment.target.steps[-1].from_end is not None
    )
    return f"{LAST}+{taken}" if taken else LAST


def _next_number(items: tuple[Provision, ...], base: Address, kind: Kind, charter: Charter, desk: Desk) -> str:
    taken = sum(
        1
        for s in (*desk.earlier, *desk.made)
        if isinstance(s.amendment, Insert) and s.charter == charter.id and s.amendment.target.parent == base
    )
    last = items[-1].number
    if last.isdigit():
        return str(int(last) + 1 + taken)
    if len(last) == 1 and last.isalpha():
        return chr(ord(last) + 1 + taken)
    raise desk.stop("NUMMER", f"Listan i {cite(base)} har en numrering som inte går att fortsätta.", "Skriv en ny lydelse av hela stycket.")


def _part(charter: Charter, op: Operation, desk: Desk) -> Spot:
    """A stycke, a sentence, a led, a row: where in what holds it."""
    holder = at(charter, op.target.parent)
    last = op.target.steps[-1]
    base = holder.address
    if last.kind.virtual and holder.provision.kind is Kind.PARAGRAF:
        stycken = [p for p in holder.provision.children if p.kind is Kind.STYCKE]
        if len(stycken) != 1:
            raise desk.stop("TVETYDIG", f"{cite(base)} har {len(stycken)} stycken.", "Ange i vilket stycke meningen ska stå.")
        base = address_of(charter, stycken[0].wid)
    position = op.position or Position(Where.END)
    number = last.number
    if not number and position.where is Where.START:
        number = "1"
    elif not number and position.where in (Where.AFTER, Where.BEFORE):
        if not position.beside:
            raise desk.stop("PLACERING", "Beslutet säger inte tydligt var den nya texten ska stå.", "Ange stycket.")
        beside = at(charter, Address((*op.target.parent.steps, *position.beside[0].steps))).address.steps[-1]
        number = beside.number
        if not number.isdigit():
            raise desk.stop("PLACERING", "Beslutet säger inte tydligt var den nya texten ska stå.", "Ange stycket med ordningstal.")
        number = str(int(number) + (1 if position.where is Where.AFTER else 0))
    if not number:
        number = _free_end(base, last.kind, charter, desk)
    if number.isdigit() and not last.kind.virtual:
        before = sum(1 for p in holder.provision.children if p.kind is last.kind)
        if int(number) > before + 1:
            raise desk.stop("SAKNAS", f"{cite(base)} har bara {before} stycken.", "Kontrollera var det nya ska stå.")
        number = _free_end(base, last.kind, charter, desk) if int(number) == before + 1 else number
    return Address((*base.steps, Step(last.kind, number))), last.kind, Outcome()


def _answered(charter: Charter, op: Operation, desk: Desk) -> Spot:
    """The clause does not say where: a person must, by the address of what it shall stand in."""
    kind = op.target.steps[-1].kind if op.target.steps else Kind.STYCKE
    what = "strecksats" if kind is Kind.STRECKSATS else "text"
    answer = desk.answer("PLACERING")
    if not answer:
        raise desk.stop_asking(
            "PLACERING",
            f"Var i {charter.title[:1].lower()}{charter.title[1:]} ska den nya {what}en stå? Svara med paragrafens kod, till exempel par5.",
        )
    try:
        home = at(charter, Address.from_code(answer))
    except (ValueError, CannotApply) as error:
        raise desk.stop(
            "PLACERING",
            f"{answer} är ingen plats i {charter.title[:1].lower()}{charter.title[1:]}.",
            "Svara till exempel par5 eller par5.st1.",
        ) from error
    if home.provision.kind not in (Kind.PARAGRAF, Kind.STYCKE, Kind.BILAGA) or home.address.steps[-1].kind.virtual:
        raise desk.stop("PLACERING", f"{answer} är ingen paragraf eller stycke.", "Svara till exempel par5 eller par5.st1.")
    given = replace(op, target=home.address.child(kind), position=Position(Where.END, said=True))
    free = replace(desk, answers={k: v for k, v in desk.answers.items() if not k.startswith("PLACERING")})
    return spot(charter, given, free)
