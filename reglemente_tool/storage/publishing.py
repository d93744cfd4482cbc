"""What a register's derived files and commit messages are to say, computed from the history. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reglemente_tool import consolidate
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.charter import Charter, CharterId, DecisionId
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Correction, Decision, Event, History
from reglemente_tool.storage.xmlform import Edition, charter_to_xml

LINE = 300


def event_path(event: Event) -> str:
    """Return where in the register the event's file lies."""
    return f"beslut/{event.decided_on.year:04d}/{event.id}.xml"


def charter_path(charter: CharterId) -> str:
    """Return where in the register the charter's file lies."""
    return f"reglementen/{charter}.xml"


def published(history: History, text: Charter | None) -> bytes | None:
    """Return the file of a charter, given its latest decided wording in `history`; None when there is none. Raises CannotStore."""
    return None if text is None else charter_to_xml(text, edition(history, text.id))


def edition(history: History, charter: CharterId) -> Edition:
    """Return what is to be said of the charter's latest decided wording."""
    listed = [entry for entry in consolidate.entries(history, charter) if entry.permanent]
    made = [entry for entry in listed if entry.ends is None]
    adoptions = [entry.by for entry in made if _adopts(entry)]
    if not made:
        return Edition()
    ended = [(entry.ends, entry.ended_by) for entry in listed if entry.ends is not None and entry.ended_by is not None]
    holds_from, latest = max([(made[-1].start, history.event(made[-1].by)), *ended], key=lambda pair: pair[0])
    return Edition(
        adopted_by=adoptions[-1] if adoptions else None,
        holds_from=holds_from,
        latest=latest.id if latest else None,
        latest_name=latest.name if latest else "",
    )


def last_before_end(history: History, charter: CharterId) -> tuple[Charter, date] | None:
    """Return the last wording of a charter that is to end or has ended, and the first day on which it holds no longer; None for one
    that has no end or never held. Raises CannotApply."""
    made = consolidate.versions(history, charter)
    standing = [n for n, version in enumerate(made) if version.charter.title and not version.charter.repealed]
    return (made[standing[-1]].charter, made[standing[-1] + 1].start) if standing and standing[-1] + 1 < len(made) else None


def laid_on(history: History, charter: CharterId, before: date | None = None) -> tuple[DecisionId, ...]:
    """Return the decisions and corrections that the charter's text is made of besides the one that adopted it last; with `before`
    those of its text until that day."""
    made = [e for e in consolidate.entries(history, charter) if before is None or e.start < before]
    first = max((i for i, entry in enumerate(made) if _adopts(entry)), default=-1)
    adopted = made[first].by if first >= 0 else None
    listed = (id for entry in made[first + 1 :] for id in (entry.by, *((entry.ended_by.id,) if entry.ended_by else ())))
    return tuple(dict.fromkeys(id for id in listed if id != adopted))


def _adopts(entry: consolidate.Entry) -> bool:
    return any(isinstance(amendment, Adopt) for amendment in entry.change.amendments)


def touched(history: History, event: Event) -> tuple[CharterId, ...]:
    """Return the charters whose text the event may change, in order of name."""
    about = _about(history, event)
    repealed = about.revocations if isinstance(about, Decision) else ()
    earlier = ((r, history.decision(r.annuls)) for r in repealed)
    gone = {c.charter for r, d in earlier if d is not None for c in d.changes if r.charter in (None, c.charter)}
    return tuple(sorted({change.charter for change in changes_of(history, event)} | gone))


def changes_of(history: History, event: Event) -> tuple[Change, ...]:
    """Return the changes that the event makes, sets in force or undoes; none when it names a decision that is not there."""
    about = _about(history, event)
    if isinstance(about, Decision):
        return about.changes
    return (about.change,) if isinstance(about, Correction) else ()


def days_of(history: History, event: Event) -> tuple[date | Condition, ...]:
    """Return from when what the event makes, sets in force or undoes holds: changes and repeals, each day once."""
    about = _about(history, event)
    repealed = about.revocations if isinstance(about, Decision) else ()
    return tuple(dict.fromkeys((*(c.in_force_from for c in changes_of(history, event)), *(r.in_force_from for r in repealed))))


def _about(history: History, event: Event) -> Decision | Correction | None:
    """The decision or correction that the event is, or is about: a higher court's word is about what the lower court's is about."""
    found: Event | None = event
    # An event's id holds the id of what it is about, so the way has an end.
    while isinstance(found, Commencement | Annulment):
        found = named_by(history, found)
    return found


def named_by(history: History, event: Commencement | Annulment) -> Event | None:
    """Return the event that a commencement or a court's word names; None when it is not there."""
    return history.event(event.decision if isinstance(event, Commencement) else event.annuls)


def message(history: History, event: Event, titles: Mapping[CharterId, str]) -> str:
    """Return the commit's message: a line that names the event, a line for each amendment, and trailers for machines.
    `titles` are those of the charters that it changes.
    """
    lines = [_cut(_headline(history, event), 120)]
    trailers = [f"Beslut: {event.id}"]
    if isinstance(event, Decision | Correction):
        changes = changes_of(history, event)
        said = [f"{titles.get(change.charter, change.charter)}: {a.describe()}" for change in changes for a in change.amendments]
        if isinstance(event, Decision):
            said += [f"Upphäver {r.annuls}" + (f" för {titles.get(r.charter, r.charter)}" if r.charter else "") for r in event.revocations]
            said += [f"{capital(a.kind.value)}, {a.to}: {a.what}" for a in event.assignments]
        lines += ["", *(_cut(line, LINE) for line in said)] if said else []
        trailers += [f"Galler-fran: {_cut(d.text if isinstance(d, Condition) else d.isoformat(), LINE)}" for d in days_of(history, event)]
    elif isinstance(event, Commencement):
        trailers.append(f"Galler-fran: {event.on.isoformat()}")
    case_number = getattr(event, "case_number", "")
    if case_number:
        trailers.insert(1, f"Dnr: {_cut(case_number, LINE)}")
    return "\n".join([*lines, "", *trailers]) + "\n"


def _headline(history: History, event: Event) -> str:
    if isinstance(event, Decision):
        return f"{event.name}: {event.title}" if event.title else event.name
    if isinstance(event, Correction):
        return f"{capital(event.name)}: {event.reason}"
    names: list[str] = [event.name]
    about: Event | None = event
    while isinstance(about, Commencement | Annulment) and (about := named_by(history, about)) is not None:
        names.append(about.name)
    return capital(": ".join(names))


def _cut(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
