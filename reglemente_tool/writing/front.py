"""What page one says of a wording: its header facts, the honest status line, and where each provision comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reglemente_tool.consolidate import Entry, Version, charters, entries, pending, version_on, versions
from reglemente_tool.model.charter import Charter, CharterId, DecisionId, Wid, by_wid, walk, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.history import Condition, Correction, Decision, History
from reglemente_tool.model.notices import as_of, awaited, overlay, since

Facts = tuple[tuple[str, str], ...]


def facts(history: History, id: CharterId, *, in_force: date, known: date | None = None) -> Facts:
    """Return the header of the wording on `in_force`: antaget, senast reviderat, gäller från, dnr, then what only the document says.

    Raises what `version_on` raises.
    """
    version = version_on(history, id, in_force=in_force, known=known)
    made = _events(history, version.decisions)
    adopted = [e for e in made if _adopts(e, id)]
    base = adopted[-1] if adopted else None
    later = made[made.index(base) + 1 :] if base else made
    found: list[tuple[str, str]] = []
    if base is not None:
        found.append(("Antaget", f"kommunfullmäktige {_when(base)}"))
    if later:
        found.append(("Senast reviderat", f"kommunfullmäktige {_when(later[-1])}" if isinstance(later[-1], Decision) else later[-1].name))
    found.append(("Gäller från", version.start.isoformat()))
    case = next((e.case_number for e in reversed(made) if isinstance(e, Decision) and e.case_number), "")
    if case:
        found.append(("Dnr", case))
    return (*found, *version.charter.facts)


def draft_facts(facts: Facts, starts: str, case_number: str = "") -> Facts:
    """Return the header of a draft: that of the wording it changes, said as such, and from when it is meant to hold (`starts`)."""
    kept = [("Nuvarande lydelse gäller från" if key == "Gäller från" else key, value) for key, value in facts]
    kept = [(key, value) for key, value in kept if not (case_number and key == "Dnr")]
    return (*kept, ("Utkastet gäller från", starts), *((("Dnr", case_number),) if case_number else ()))


def _when(event: Decision | Correction) -> str:
    section = event.section if isinstance(event, Decision) else ""
    return event.decided_on.isoformat() + (f", § {section}" if section else "")


def _adopts(event: Decision | Correction, id: CharterId) -> bool:
    return isinstance(event, Decision) and any(
        amendment.tag == "antas" for change in event.changes if change.charter == id for amendment in change.amendments
    )


def _events(history: History, ids: Iterable[DecisionId]) -> list[Decision | Correction]:
    found = (history.event(id) for id in ids)
    return [e for e in found if isinstance(e, Decision | Correction)]


def status(history: History, id: CharterId, *, in_force: date, known: date | None = None) -> tuple[str, ...]:
    """Return the honest line: as of which day, by which decisions, what is laid over it for a time, what is decided but not in force."""
    version = version_on(history, id, in_force=in_force, known=known)
    made = _events(history, version.decisions)
    lines = [as_of(in_force, made[-1].name, known) if made else ""]
    lines += [overlay(entry.change.in_force_until, _name(history, entry.by)) for entry in _overlays(history, id, version, known)]
    waiting = []
    for decision, change in pending(history, id, in_force=in_force, known=known):
        start = change.in_force_from
        waiting.append(f"{decision.name} ({start.text if isinstance(start, Condition) else f'gäller från {start.isoformat()}'})")
    return tuple(line for line in (*lines, awaited(waiting)) if line)


def _overlays(history: History, id: CharterId, version: Version, known: date | None) -> list[Entry]:
    return [e for e in entries(history, id, known) if e.by in version.temporary and e.change.in_force_until]


def _name(history: History, id: DecisionId) -> str:
    event = history.event(id)
    return event.name if event else id


def origins(history: History, id: CharterId, *, in_force: date, known: date | None = None) -> dict[Wid, str]:
    """Return for each provision that a later decision than the adoption has touched: "sedan 2017-07-01, KF § 105"."""
    version = version_on(history, id, in_force=in_force, known=known)
    starts = {e.by: e.start for e in entries(history, id, known)}
    found = {}
    for provision in walk(version.charter.body):
        event = history.event(provision.source) if provision.source else None
        if event is None or not isinstance(event, Decision | Correction) or _adopts(event, id):
            continue
        by = f"KF § {event.section}" if isinstance(event, Decision) and event.section else event.name
        found[provision.wid] = since(starts[event.id], by)
    return found


def between(history: History, id: CharterId, first: date, second: date, known: date | None = None) -> tuple[str, ...]:
    """Return the names of the decisions that make the wording on `second` differ from that on `first`, in legal order."""
    old = version_on(history, id, in_force=first, known=known).decisions
    new = version_on(history, id, in_force=second, known=known).decisions
    gone = (f"{_name(history, d)} (gäller inte längre)" for d in old if d not in new)
    return (*(_name(history, d) for d in new if d not in old), *gone)


def elsewhere(history: History, id: CharterId, first: date, second: date, known: date | None = None) -> dict[Wid, str]:
    """Return notes on what has moved between this charter and another from `first` to `second`, by identity."""
    return moved_between(id, _standing(history, first, known).values(), _standing(history, second, known).values())


def moved_between(id: CharterId, before: Iterable[Charter], after: Iterable[Charter]) -> dict[Wid, str]:
    """Return notes on what has moved between the charter `id` and another of those before and after, by identity."""
    old, new = {c.id: c for c in before}, {c.id: c for c in after}
    notes: dict[Wid, str] = {}
    mine_before, mine_after = by_wid(old[id]) if id in old else {}, by_wid(new[id]) if id in new else {}
    for other, charter in new.items():
        for address, p in walk_addressed(charter) if other != id else ():
            if p.wid in mine_before and p.wid not in mine_after:
                notes[p.wid] = f"flyttad till {_spoken(charter)}, {cite(address)}"
    for other, charter in old.items():
        for address, p in walk_addressed(charter) if other != id else ():
            if p.wid in mine_after and p.wid not in mine_before:
                notes[p.wid] = f"flyttad hit från {_spoken(charter)}, {cite(address)}"
    return notes


def _spoken(charter: Charter) -> str:
    return charter.title[:1].lower() + charter.title[1:]


def _standing(history: History, day: date, known: date | None) -> dict[CharterId, Charter]:
    found = {}
    for id in charters(history):
        past = [v for v in versions(history, id, known) if v.start <= day]
        if past and past[-1].charter.title and not past[-1].charter.repealed:
            found[id] = past[-1].charter
    return found
