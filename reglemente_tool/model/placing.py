"""Putting a new provision where an address says, and setting numbered provisions in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.errors import AmbiguousAddress, NoSuchProvision, NumberTaken
from reglemente_tool.model.address import Address, Kind, Step, number_key
from reglemente_tool.model.charter import Charter, Provision, Wid, by_wid, edit, usual_marker, walk, with_body, with_children
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import groups, locate

Siblings = tuple[Provision, ...]


def place(charter: Charter, address: Address, new: Provision) -> Charter:
    """Return `charter` with `new` put in so that it has `address`.

    A § without a chapter goes after the § that has the nearest lower number, in that one's chapter. A list item goes into
    the list that stands there; "sist" is the end of it. A stycke or item gets the ordinal of the address and what stood
    there moves down. Raises NoSuchProvision (no such parent, no list, a gap in the ordinals), AmbiguousAddress (several
    lists), NumberTaken.
    """
    step = address.steps[-1]
    if step.kind is Kind.PARAGRAF:
        return _place_paragraf(charter, address, new)
    if len(address.steps) == 1:
        return with_body(charter, _among(charter.body, address, new))
    holder = locate(charter, address.parent)
    if step.kind.item and holder.kind is not Kind.STYCKE and holder.kind is not Kind.PUNKT:
        holder = _list_holder(holder, address)
    if step.kind.item and not holder.items and step.number not in ("1", "sist"):
        raise NoSuchProvision(f"{cite(address.parent)} har ingen lista.", hint="Ange den nya lydelsen av hela stycket i stället.")
    if new.kind.item and holder.items and all(p.kind is not new.kind for p in holder.items):
        raise NoSuchProvision(
            f"{cite(address)} kan inte införas: listan där är av ett annat slag.", hint="Skriv det nya som de andra i listan."
        )
    return edit(charter, holder.wid, lambda p: with_children(p, _among(p.children, address, new)))


def list_holder(charter: Charter, address: Address) -> Provision:
    """Return the stycke whose list an item at `address` belongs to. Raises NoSuchProvision or AmbiguousAddress."""
    holder = locate(charter, address.parent)
    return holder if holder.items or holder.kind in (Kind.STYCKE, Kind.PUNKT) else _list_holder(holder, address)


def _list_holder(holder: Provision, address: Address) -> Provision:
    lists = [p for p in holder.children if p.items]
    if len(lists) == 1:
        return lists[0]
    if lists:
        raise AmbiguousAddress(f"{cite(address.parent)} har {len(lists)} listor.", hint="Ange i vilket stycke.")
    raise NoSuchProvision(f"{cite(address.parent)} har ingen lista.", hint="Ange den nya lydelsen av hela stycket i stället.")


def _among(siblings: Siblings, address: Address, new: Provision) -> Siblings:
    step = address.steps[-1]
    run = [i for i, p in enumerate(siblings) if p.kind is new.kind]
    if step.kind.positional or step.from_end is not None:
        wanted = len(run) if step.from_end is not None else int(step.number or len(run) + 1) - 1
        if wanted > len(run):
            raise NoSuchProvision(f"{cite(address)} kan inte införas: där finns bara {len(run)} före.", hint="Ange platsen på nytt.")
        if wanted < len(run):
            at = run[wanted]
        else:
            at = run[-1] + 1 if run else (len(siblings) if not new.kind.item else _first_item_place(siblings))
    else:
        _refuse_taken([siblings[i] for i in run], step, address)
        later = [i for i in run if number_key(siblings[i].number) > number_key(step.number)]
        at = later[0] if later else (run[-1] + 1 if run else len(siblings))
    return siblings[:at] + (_in_style(new, [siblings[i] for i in run]),) + siblings[at:]


def _first_item_place(siblings: Siblings) -> int:
    return next((i for i, p in enumerate(siblings) if not p.kind.item), len(siblings))


def _in_style(new: Provision, run: list[Provision]) -> Provision:
    """A new item is printed with its neighbours' glyph; a new § in their order ("§ 2" or "2 §"); an item that has none, as is usual."""
    if not run:
        return replace(new, marker=usual_marker(new.kind, new.number)) if new.kind.item and not new.marker else new
    model = run[0]
    if new.kind is Kind.STRECKSATS:
        return replace(new, marker=model.marker)
    if new.number and model.number and model.number in model.marker:
        return replace(new, marker=model.marker.replace(model.number, new.number, 1))
    return new


def _refuse_taken(run: list[Provision], step: Step, address: Address) -> None:
    if any(p.number.lower() == step.number.lower() for p in run):
        raise NumberTaken(
            f"{cite(address).capitalize()} finns redan.",
            hint="Ska den ha ny lydelse, så säg det; annars behöver den nya bestämmelsen ett annat nummer.",
        )


def _place_paragraf(charter: Charter, address: Address, new: Provision) -> Charter:
    step = address.steps[-1]
    top = charter.body if len(address.steps) == 1 else locate(charter, address.parent).children
    run = [p for group in groups(top, Kind.PARAGRAF) for p in group]
    _refuse_taken(run, step, address)
    new = _in_style(new, run)
    if run and not new.layout:
        new = replace(new, layout=run[0].layout if not (run[0].layout == "rubrikrad" and not new.heading) else "")
    before = [p for p in run if number_key(p.number) < number_key(step.number)]
    if not run:
        if len(address.steps) == 1:
            return with_body(charter, (*charter.body, new))
        return edit(charter, locate(charter, address.parent).wid, lambda p: with_children(p, (*p.children, new)))
    anchor, offset = (before[-1], 1) if before else (run[0], 0)
    return beside(charter, anchor.wid, new, offset)


def beside(charter: Charter, wid: Wid, new: Provision, offset: int) -> Charter:
    """Return `charter` with `new` put right before (offset 0) or right after (offset 1) the provision `wid`."""

    def put(siblings: Siblings) -> Siblings | None:
        for index, p in enumerate(siblings):
            if p.wid == wid:
                return siblings[: index + offset] + (new,) + siblings[index + offset :]
            inner = put(p.children)
            if inner is not None:
                return siblings[:index] + (with_children(p, inner),) + siblings[index + 1 :]
        return None

    body = put(charter.body)
    if body is None:
        raise NoSuchProvision(f"{charter.title} har ingen bestämmelse med identiteten {wid}.")
    return with_body(charter, body)


def settle(charter: Charter, touched: frozenset[Wid], anew: bool) -> Charter:
    """Return `charter` with the `touched` numbered provisions moved to where their numbers belong (7, 7 a, 8).

    `anew`: the §§ begin at 1 in every kapitel. What was not touched stays where it is, faults and all, and what is in order
    where it stands does too. Raises NumberTaken when a touched provision has a number that another one beside it carries.
    """
    moved = {p.kind for p in walk(charter.body) if p.wid in touched}
    for kind in (k for k in _INNERMOST_FIRST if k in moved):
        found = [(p, home) for p, home in _homed(charter.body) if p.wid in touched and p.kind is kind]
        for p, home in found:
            if sum(q.number.lower() == p.number.lower() for q in _row(charter, kind, home, anew)) > 1:
                what = cite(Address((Step(kind, p.number),)))
                raise NumberTaken(f"Två bestämmelser skulle heta {what}.", hint="Något av numren måste bli ett annat.")
        out = [(p, home) for p, home in found if not _in_order(_row(charter, kind, home, anew))]
        for mover, _ in out:
            charter = edit(charter, mover.wid, lambda _: None)
        for mover, home in sorted(out, key=lambda pair: number_key(pair[0].number)):
            charter = _into_order(charter, mover, home, anew)
    return charter


_INNERMOST_FIRST = (Kind.BOKSTAV, Kind.PUNKT, Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA)


def _homed(siblings: Siblings, home: Wid | None = None) -> Iterator[tuple[Provision, Wid | None]]:
    """Every provision among and inside `siblings`, and what it lies right inside; None at the top."""
    for provision in siblings:
        yield provision, home
        if provision.children:
            yield from _homed(provision.children, provision.wid)


def _beside(charter: Charter, home: Wid | None) -> Siblings:
    return charter.body if home is None else by_wid(charter)[home].children


def _row(charter: Charter, kind: Kind, home: Wid | None, anew: bool) -> list[Provision]:
    """Those among which a number stands once, in reading order: for a §, its kapitel's §§ when they begin anew there, else all."""
    if kind is Kind.PARAGRAF and not anew:
        return [p for group in groups(charter.body, kind) for p in group]
    return [p for p in _beside(charter, home) if p.kind is kind]


def _in_order(row: list[Provision]) -> bool:
    keys = [number_key(p.number) for p in row]
    return keys == sorted(keys)


def _into_order(charter: Charter, mover: Provision, home: Wid | None, anew: bool) -> Charter:
    """Put back what was taken out: in its own kapitel when it can stand in order there, otherwise after the nearest lower number."""
    siblings = _beside(charter, home)
    for at in range(len(siblings) + 1):
        row = siblings[:at] + (mover,) + siblings[at:]
        placed = with_body(charter, row) if home is None else edit(charter, home, lambda p, row=row: with_children(p, row))  # type: ignore[misc]
        if _in_order(_row(placed, mover.kind, home, anew)):
            return placed
    others = _row(charter, mover.kind, home, anew)
    before = [p for p in others if number_key(p.number) < number_key(mover.number)]
    if before:
        return beside(charter, max(before, key=lambda p: number_key(p.number)).wid, mover, 1)
    return beside(charter, min(others, key=lambda p: number_key(p.number)).wid, mover, 0)
