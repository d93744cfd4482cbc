"""An answer of `vem` in words and as JSON: what both forms, the terminal and the page, say in the same way."""

from __future__ import annotations

from datetime import date
from typing import Any

from reglemente_tool.cli.register import today
from reglemente_tool.model.charter import CommitteeId
from reglemente_tool.model.citation import cite
from reglemente_tool.model.wording import bare
from reglemente_tool.ownership import Answer, Holding, Tenure, committee_name, holder_name, names_over_time
from reglemente_tool.ownership.answers import whom
from reglemente_tool.storage.library import Register


def named_on(register: Register, committee: CommitteeId, day: date) -> str:
    """Return what the committee was called on `day`."""
    return committee_name(register.history, register.municipality, committee, day)


def holder(holding: Holding, found: Answer, register: Register) -> str:
    """Return what the committee that has the task was called on the day of the question."""
    return holder_name(register.history, register.municipality, holding, found.in_force)


def named_at_end(register: Register, tenure: Tenure) -> str:
    """Return what the committee was called at the end of the tenure, or is called now."""
    return named_on(register, tenure.committee, tenure.until or max(today(), tenure.start))


def event_name(register: Register, id: str) -> str:
    """Return "KF 2017-06-21 § 105" for an event's id."""
    return next((event.name for event in register.history.events if event.id == id), id)


def place(holding: Holding, *, upper: bool = False) -> str:
    """Return "Reglemente för socialnämnden, 2 § första stycket"; in a sentence with a small letter."""
    title = holding.title if upper else holding.title[:1].lower() + holding.title[1:]
    return f"{title}, {cite(holding.address)}"


def tells_of_tasks(found: Answer) -> bool:
    """True when the answer shows a provision; when it shows none, assignments and money answer by themselves."""
    return bool(found.owners or found.also or found.exceptions or found.rest)


def nobody_said(found: Answer) -> str:
    """Return the sentences that open an answer in which no committee has the task: that it is so, and to whom the charters point."""
    pointing = dict.fromkeys(f"{place(h, upper=True)}, hänvisar till {whom(h.to)}." for h in found.exceptions if h.to)
    return " ".join((f"Ingen nämnd i registret har ”{found.question}” den {found.in_force.isoformat()}.", *pointing))


def since_said(holding: Holding, register: Register) -> str:
    """Return "2015-01-01, KF 2014-12-10 § 143": from when the provision stands where it does, and by which decision; "" if unknown."""
    return f"{holding.present.start.isoformat()}, {event_name(register, holding.present.by)}" if holding.tenures else ""


def line_rows(holding: Holding, found: Answer, register: Register) -> list[tuple[str, str]]:
    """Return the task's line in time as (label, words): earlier wordings and names, earlier committees, what is decided for later."""
    rows: list[tuple[str, str]] = []
    if holding.tenures:
        for old, new in zip(holding.present.wordings, holding.present.wordings[1:], strict=False):
            if new.start <= found.in_force:
                what = f"löd förut ”{old.text}”" if old.text != new.text else f"stod förut i {cite(old.address)}"
                rows.append(("ändrad", f"{new.start.isoformat()}, {event_name(register, new.by)}: {what}"))
    for start, name in names_over_time(register.history, register.municipality, holding.committee)[1:]:
        if start <= found.in_force:
            before = named_on(register, holding.committee, date.fromordinal(start.toordinal() - 1))
            rows.append(("namn", f"{name} sedan {start.isoformat()}, förut {before}"))
    for earlier in reversed(holding.tenures[:-1]):
        said = f"{named_at_end(register, earlier)}, {cite(earlier.address)}, till och med {earlier.until}: ”{earlier.text}”"
        doubt = " (inget beslut säger att det är samma uppgift; frågan är densamma)" if earlier.inferred else ""
        rows.append(("dessförinnan", f"{said}{doubt}"))
    return rows + [("beslutat", said) for said in decided_said(holding, found.in_force, register)]


def decided_said(holding: Holding, day: date, register: Register) -> list[str]:
    """Return what is decided for the holding but not in force on `day`: other words, another committee, an end."""
    if not holding.tenures:
        return []
    said = []
    for old, new in zip(holding.present.wordings, holding.present.wordings[1:], strict=False):
        words, moved = bare(old.text) != bare(new.text), old.address != new.address
        if new.start > day and (words or moved):
            what = f"lyder den ”{new.text}”" if words else f"står den i {cite(new.address)}"
            said.append(f"från {new.start.isoformat()} {what}, {event_name(register, new.by)}")
    for later in holding.later:
        said.append(f"från {later.start.isoformat()} {named_on(register, later.committee, later.start)}, {event_name(register, later.by)}")
    if holding.present.until is not None and not holding.later:
        said.append(f"bestämmelsen gäller till och med {holding.present.until.isoformat()}")
    return said


def answer_data(found: Answer, register: Register, *, known: date | None = None) -> dict[str, Any]:
    """Return the answer as it stands in JSON."""
    return {
        "fraga": found.question,
        "galler": found.in_force,
        "kant": known,
        "svar": [_holding_data(h, found, register) for h in found.owners],
        "undantag": [
            {
                "namnd": named_on(register, h.committee, found.in_force),
                "namnd_id": h.committee,
                "reglemente": h.charter,
                "stalle": cite(h.address),
                "text": h.text,
                "ord": h.words,
                "till": h.to,
                "skal": h.reason,
                "sedan": h.present.start if h.tenures else None,
                "beslut": h.present.by if h.tenures else None,
                "beslut_namn": event_name(register, h.present.by) if h.tenures else None,
            }
            for h in found.exceptions
        ],
        "kommande": [
            {
                **_tenure_data(t, register),
                "namnd": named_on(register, t.committee, t.start),
                "for_namnd": named_on(register, h.committee, found.in_force),
                "for_wid": h.wid,
            }
            for h in (*found.owners, *found.also)
            for t in h.later
        ],
        "villkorat": [
            {"beslut": w.decision, "villkor": w.condition.text, "namnder": [named_on(register, c, found.in_force) for c in w.then]}
            for w in found.waiting
        ],
        "aven": [_holding_data(h, found, register) for h in found.also],
        "resten": _holding_data(found.rest, found, register) if found.rest else None,
        "anmarkningar": list(found.remarks),
        "avvisad": found.refusal or None,
    }


def _holding_data(holding: Holding, found: Answer, register: Register) -> dict[str, Any]:
    came = holding.came_from
    return {
        "namnd": holder(holding, found, register),
        "namnd_id": holding.committee,
        "reglemente": holding.charter,
        "mal": holding.address.code,
        "stalle": cite(holding.address),
        "inledning": holding.lead,
        "lydelse": holding.text,
        "ord": holding.words,
        "grund": holding.ground.name.lower(),
        "sakerhet": holding.certainty.value,
        "skal": holding.reason,
        "varje_namnd": holding.each,
        "oppen_lista": holding.open,
        "sedan": holding.present.start if holding.tenures else None,
        "beslut": holding.present.by if holding.tenures else None,
        "beslut_namn": event_name(register, holding.present.by) if holding.tenures else None,
        "kom_fran": _tenure_data(came, register) if came else None,
        "linje": [_tenure_data(t, register) for t in holding.tenures],
        "wid": holding.wid,
    }


def _tenure_data(tenure: Tenure, register: Register) -> dict[str, Any]:
    return {
        "namnd": named_at_end(register, tenure),
        "reglemente": tenure.charter,
        "stalle": cite(tenure.address),
        "lydelse": tenure.text,
        "fran": tenure.start,
        "till": tenure.until,
        "beslut": tenure.by,
        "lydelser": [{"fran": w.start, "stalle": cite(w.address), "lydelse": w.text, "beslut": w.by} for w in tenure.wordings],
        "antagen": tenure.inferred,
    }
