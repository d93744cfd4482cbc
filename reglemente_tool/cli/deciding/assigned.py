"""How assignments and allocations are shown and stand in JSON: in a reading, in vem, when a decision is enacted."""

from __future__ import annotations

from datetime import date
from typing import Any

from reglemente_tool.cli.answering.whodata import event_name, named_on
from reglemente_tool.cli.output import heading, say, table
from reglemente_tool.model.assignment import Assignment, AssignmentKind, Sum, kronor_said
from reglemente_tool.ownership import Entrusted
from reglemente_tool.ownership.lines import ONE_DAY
from reglemente_tool.ownership.succession import Gone
from reglemente_tool.storage.library import Register


def assignment_said(one: Assignment) -> str:
    """Return "Uppdrag åt kommunstyrelsen: se över lokalerna" or "Anslag till socialnämnden: 500 000 kronor, för lekplatser"."""
    if one.kind is AssignmentKind.UPPDRAG:
        return f"Uppdrag åt {one.to}: {one.what}"
    to = f" till {one.to}" if one.to else ""
    return f"Anslag{to}: {_given(one)}"


def _given(one: Assignment) -> str:
    if not one.sums:
        return f"{one.what} (beloppet är inte läst)"
    return "; ".join(_sum_said(s) for s in one.sums) + (f", för {one.purpose}" if one.purpose else "")


def _sum_said(one: Sum) -> str:
    return kronor_said(one.kronor) + (f" ({one.time})" if one.time else "")


def _last_said(one: Assignment) -> str:
    if one.until is not None:
        return one.until.isoformat()
    return f"{one.until_said} (ingen säker dag)" if one.until_said else one.last_day.isoformat() if one.last_day else ""


_LAST = {AssignmentKind.UPPDRAG: "senast", AssignmentKind.ANSLAG: "till och med"}


def show_assignment(one: Assignment) -> None:
    """Print one assignment as part of a reading."""
    say(f"+ {assignment_said(one)}", indent=2, hanging=2)
    rows = [(_LAST[one.kind], _last_said(one)), ("villkor", one.condition)]
    table([row for row in rows if row[1]], indent=6)


def show_entrusted(found: tuple[Entrusted, ...], register: Register, day: date) -> None:
    """Print what the council has asked of somebody and allotted, apart from the charters' own tasks."""
    for kind, title in ((AssignmentKind.UPPDRAG, "Uppdrag från fullmäktige"), (AssignmentKind.ANSLAG, "Anslag")):
        mine = [e for e in found if e.assignment.kind is kind]
        if mine:
            heading(title)
        for one in mine:
            say(f"- {assignment_said(one.assignment)}", indent=2, hanging=2)
            table(entrusted_rows(one, register, day), indent=6)


def entrusted_rows(one: Entrusted, register: Register, day: date) -> list[tuple[str, str]]:
    """Return what is told of an assignment or an allocation beside its words, as (label, words): decision, last day, condition,
    state, and what has become by `day` of the committee that got it.
    """
    rows = [
        ("beslut", one.name),
        (_LAST[one.assignment.kind], _last_said(one.assignment)),
        ("villkor", one.assignment.condition),
        ("läge", _state(one)),
        ("nämnden", _gone_said(one.gone, register, day) if one.gone else ""),
    ]
    return [row for row in rows if row[1]]


def _state(one: Entrusted) -> str:
    if one.repealed is not None:
        return f"beslutet är upphävt, från {one.repealed.isoformat()}"
    return "tiden har gått ut" if one.past else ""


def _gone_said(gone: Gone, register: Register, day: date) -> str:
    name = named_on(register, gone.committee, gone.on - ONE_DAY)
    heirs = " och ".join(named_on(register, id, day) for id in gone.heirs)
    after = f"; uppgifter som den hade har gått över till {heirs}" if heirs else ""
    return f"{name} finns inte sedan {gone.on.isoformat()}, {event_name(register, gone.by)}{after}"


def _gone_data(gone: Gone, register: Register, day: date) -> dict[str, Any]:
    return {
        "namnd": named_on(register, gone.committee, gone.on - ONE_DAY),
        "sedan": gone.on,
        "beslut": gone.by,
        "beslut_namn": event_name(register, gone.by),
        "over_till": [{"namnd": named_on(register, id, day), "namnd_id": id} for id in gone.heirs],
    }


def assignment_data(one: Assignment) -> dict[str, Any]:
    """Return an assignment as it stands in JSON."""
    data: dict[str, Any] = {
        "att_sats": one.clause,
        "till": one.to,
        "namnd": one.committee,
        "vad": one.what,
        "senast": one.until,
        "senast_text": one.until_said or None,
        "villkor": one.condition or None,
    }
    if one.kind is AssignmentKind.ANSLAG:
        data["belopp"] = [{"kronor": s.kronor, "varje_ar": s.each_year, "ar": list(s.years), "tid": s.time or None} for s in one.sums]
        data["andamal"] = one.purpose or None
    return data


def assignments_data(found: tuple[Assignment, ...]) -> dict[str, Any]:
    """Return a reading's assignments and allocations as they stand in JSON."""
    return {
        "uppdrag": [assignment_data(a) for a in found if a.kind is AssignmentKind.UPPDRAG],
        "anslag": [assignment_data(a) for a in found if a.kind is AssignmentKind.ANSLAG],
    }


def entrusted_data(found: tuple[Entrusted, ...], register: Register, day: date) -> dict[str, Any]:
    """Return the answer to "what has the council asked" as it stands in JSON."""

    def one(e: Entrusted) -> dict[str, Any]:
        mine = {"beslut": e.decision, "beslut_namn": e.name, "beslutat": e.decided_on, "utgatt": e.past, "upphavt_fran": e.repealed}
        over = _gone_data(e.gone, register, day) if e.gone else None
        return {**assignment_data(e.assignment), "sista_dag": e.assignment.last_day, **mine, "namnd_upphord": over}

    return {
        "uppdrag": [one(e) for e in found if e.assignment.kind is AssignmentKind.UPPDRAG],
        "anslag": [one(e) for e in found if e.assignment.kind is AssignmentKind.ANSLAG],
    }


def counted(found: tuple[Assignment, ...]) -> str:
    """Return "2 uppdrag och 1 anslag"; "" for none."""
    parts = [(sum(a.kind is kind for a in found), kind.value) for kind in AssignmentKind]
    return " och ".join(f"{number} {name}" for number, name in parts if number)
